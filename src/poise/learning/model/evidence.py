"""How decisive the person is, and how far from the book: weighed by the evidence.

    log kappa ~ N(0, .5^2)      log s ~ N(0, .7^2)      omega ~ exp(log evidence) * hyperprior on a grid

The search begins at kappa = s = 1 and goes on from every corner that counts at all. Without any record there is
nothing to weigh, and kappa = s = 1: then the prior is the written book exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log

import numpy as np

from .choices import Choices
from .layout import Prior, Quadratic
from .mixture import Mixture
from .narrowing import narrowed
from .newton import AT_THE_PRIOR, FINEST, NEAR, Start
from .posterior import Posterior, fit, solved, widened

DECISIVENESS = (0.25, 0.4, 0.65, 1.0, 1.6, 2.6, 4.2)
SPREADS = (0.6, 1.0, 1.7, 3.0)
DECISIVENESS_SD, SPREAD_SD = 0.5, 0.7
HABIT_SPREADS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""For learning without a book, where nothing but habits is learned: times a spread of 1."""
COUNTS = 3.0
"""How far, in logarithms, a corner may be behind the best and still count."""

Corner = tuple[int, int]


def averaged(groups: Sequence[Choices], prior: Prior) -> Mixture:
    """The posterior over every decisiveness and spread that the evidence leaves likely."""

    def at(corner: Corner) -> tuple[Prior, float]:
        kappa, s = DECISIVENESS[corner[0]], SPREADS[corner[1]]
        return prior.at(kappa, s), log_hyperprior(kappa, s)

    if not any(len(group) for group in groups):
        return Mixture((fit(groups, prior),), np.ones(1))
    sizes = len(DECISIVENESS), len(SPREADS)
    return _Search(groups, prior, at, sizes).found((DECISIVENESS.index(1.0), SPREADS.index(1.0)))


def log_hyperprior(decisiveness: float, spread: float) -> float:
    """Up to a constant."""
    return -0.5 * (log(decisiveness) / DECISIVENESS_SD) ** 2 - 0.5 * (log(spread) / SPREAD_SD) ** 2


def averaged_habits(groups: Sequence[Choices], prior: Prior) -> Mixture:
    """The same over spreads of habits: a conditional logit without a book."""

    def at(corner: Corner) -> tuple[Prior, float]:
        return prior.at(1.0, 1.0, HABIT_SPREADS[corner[0]]), 0.0

    return _Search(groups, prior, at, (len(HABIT_SPREADS), 1)).found((HABIT_SPREADS.index(0.4), 0))


def with_outcomes(found: Mixture, groups: Sequence[Choices], outcomes: Quadratic) -> Mixture:
    """Every part with an outcome term added; how much each counts stays as choices and hindsight say."""
    parts = tuple(fit(groups, part.prior, outcomes, part) for part in found.parts)
    return replace(found, parts=parts)


class _Search:
    """Fits at corners of a grid; each starts where the one it was reached from ended."""

    def __init__(
        self,
        groups: Sequence[Choices],
        prior: Prior,
        at: Callable[[Corner], tuple[Prior, float]],
        sizes: tuple[int, int],
    ) -> None:
        self.small = narrowed(groups, prior)
        self.at, self.sizes = at, sizes
        self.tried: dict[Corner, tuple[float, Posterior]] = {}

    def found(self, begin: Corner) -> Mixture:
        """Every corner that counts, exactly fitted, the likeliest first."""
        self.spread_from(begin)
        most = max(value for value, _ in self.tried.values())
        order = sorted(self.tried, key=lambda corner: -self.tried[corner][0])
        kept = [corner for corner in order if self.tried[corner][0] >= most - COUNTS]
        parts = tuple(self.exact(corner) for corner in kept)
        shares = np.exp([part.evidence + self.at(c)[1] - most for part, c in zip(parts, kept, strict=True)])
        return Mixture(parts, shares / shares.sum())

    def spread_from(self, begin: Corner) -> None:
        """Try corners, the likeliest's neighbours first, until all that are left lie beside ones that do not count."""
        self.value(begin, None)
        waiting = [begin]
        while waiting:
            here = max(waiting, key=lambda corner: self.tried[corner][0])
            waiting.remove(here)
            if self.tried[here][0] < max(value for value, _ in self.tried.values()) - COUNTS:
                break
            fresh = [corner for corner in self.neighbours(here) if corner not in self.tried]
            for corner in fresh:
                self.value(corner, here)
            waiting += fresh

    def value(self, corner: Corner, near: Corner | None) -> None:
        """Log evidence and hyperprior at a corner."""
        prior, log_prior = self.at(corner)
        found = solved(self.small, prior, None, self.begun(near), NEAR)
        self.tried[corner] = found.evidence + log_prior, found

    def exact(self, corner: Corner) -> Posterior:
        """The exact fit at a corner, over all parameters."""
        prior = self.at(corner)[0]
        return widened(self.small, prior, solved(self.small, prior, None, self.begun(corner), FINEST))

    def begun(self, near: Corner | None) -> Start:
        """Where to begin: the optimum at a corner that was tried, and what the choices say of H there."""
        if near is None:
            return AT_THE_PRIOR
        found = self.tried[near][1]
        return Start(found.mean, found.told)

    def neighbours(self, corner: Corner) -> Iterator[Corner]:
        """One step up or down either way."""
        for first, second in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            beside = corner[0] + first, corner[1] + second
            if 0 <= beside[0] < self.sizes[0] and 0 <= beside[1] < self.sizes[1]:
                yield beside
