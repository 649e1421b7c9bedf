"""How well each choice is told by all the others, without fitting anew; and how much of what is not known to take in.

With A = Phi S Phi' of one choice, Lambda = diag p - pp' and omega its weight, leaving one of it out (one Newton step)

    A_without = A (I - o Lambda A)^-1        u_without = u - A_without o (y - p)        o = min(omega, 1)

Where classes can be told apart without fail, the posterior is not normal: it reaches far out on one side only. The
normal one around its mode then takes in too much that is not known, and shares are too level. A share of the covariance
that tells choices best that were left out, the whole of it among those tried, sets this right.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .choices import Choices
from .layout import Floats
from .posterior import Posterior
from .predictive import CHUNK, averaged, jacobian

TAKEN_IN = (1.0, 0.5, 0.25, 0.1, 0.0)
"""Shares of the covariance that are tried; of equals the first."""


def taken_in(found: Posterior, group: Choices) -> float:
    """The share of the covariance with which choices that are left out are told best."""
    scores = np.zeros(len(TAKEN_IN))
    for part, utilities, spread in left_out(found, group):
        for number, share in enumerate(TAKEN_IN):
            told = averaged(utilities, share * spread, part.stood)
            scores[number] += part.score(np.log(np.maximum(told, np.finfo(np.float64).tiny)))
    return TAKEN_IN[int(scores.argmax())]


def left_out(found: Posterior, group: Choices) -> Iterator[tuple[Choices, Floats, Floats]]:
    """Some choices after another: (the choices, their utilities (n, R) and covariances (n, R, R) by all others)."""
    prior, same = found.prior, np.eye(group.stood.shape[1])
    covariance = found.covariance[np.ix_(prior.free, prior.free)]
    for start in range(0, len(group), CHUNK):
        part = group.part(slice(start, start + CHUNK))
        rows = jacobian(prior, part)[:, :, prior.free]
        spread = rows @ covariance @ rows.transpose(0, 2, 1)
        shares, once = part.shares(prior, found.mean)[0], np.minimum(part.weights, 1.0)
        curve = once[:, None, None] * (shares[:, :, None] * same - shares[:, :, None] * shares[:, None, :])
        without = spread @ np.linalg.inv(same - curve @ spread)
        missed = once[:, None] * (part.chosen - shares)
        yield part, part.utilities(prior, found.mean) - (without @ missed[:, :, None])[:, :, 0], without
