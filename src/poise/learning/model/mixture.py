"""Posteriors at several decisivenesses and spreads, each counting by the evidence for it.

With omega_c the evidence times hyperprior of corner c, made to add up to one:

    mean = sum_c omega_c w_c          covariance = sum_c omega_c (S_c + (w_c - mean)(w_c - mean)')

Taking the best corner alone leaves out that it is not known: from ten choices, intervals that are to hold nine in ten
would hold seven (docs/learning.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .layout import Floats, Prior
from .posterior import Posterior


@dataclass(frozen=True, eq=False)
class Mixture:
    """The posterior with decisiveness and spread averaged over. Parameters are laid out as in every part."""

    parts: tuple[Posterior, ...]
    shares: Floats
    """(parts,): omega, adding up to one."""

    @property
    def best(self) -> Posterior:
        """The part with the most evidence; of equals, the first."""
        return self.parts[int(self.shares.argmax())]

    @property
    def prior(self) -> Prior:
        """The prior of the best part."""
        return self.best.prior

    @cached_property
    def mean(self) -> Floats:
        """(P,)."""
        return _exactly(self.shares, [part.mean for part in self.parts])

    @cached_property
    def covariance(self) -> Floats:
        """(P, P)."""
        total = np.zeros((len(self.mean), len(self.mean)))
        for share, part in zip(self.shares.tolist(), self.parts, strict=True):
            away = part.mean - self.mean
            total += share * (part.covariance + np.outer(away, away))
        return total

    @property
    def strengths(self) -> Floats:
        """(G,): the mean of v."""
        return self.mean[: self.prior.guidelines]

    @property
    def strengths_sd(self) -> Floats:
        """(G,): its spread."""
        found: Floats = np.sqrt(np.diag(self.covariance)[: self.prior.guidelines])
        return found

    @cached_property
    def relative(self) -> tuple[Floats, Floats]:
        """(G,) twice: the mean and spread of v / kappa, which is what a book's weights are in."""
        scaled = [part.strengths / part.prior.decisiveness for part in self.parts]
        mean = _exactly(self.shares, scaled)
        squares = [
            (part.strengths_sd / part.prior.decisiveness) ** 2 + (each - mean) ** 2
            for part, each in zip(self.parts, scaled, strict=True)
        ]
        return mean, np.sqrt(self.shares @ np.array(squares))


def _exactly(shares: Floats, values: list[Floats]) -> Floats:
    """The weighted mean; what all agree on comes out to the last bit."""
    each = np.array(values)
    mean: Floats = np.where((each == each[0]).all(axis=0), each[0], shares @ each)
    return mean
