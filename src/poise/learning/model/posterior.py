"""The most probable parameters, by damped Newton, with the Laplace approximation around them.

J(w)  = L(w) + b'v - v'Av/2 - (w - m)'P(w - m)/2         concave, so there is one optimum
dJ/dw = sum_i omega_i Phi_i'(y_i - p_i) + b - Av - P(w - m)
H     = sum_i omega_i Phi_i'(diag p_i - p_i p_i')Phi_i + A + P
p(w | data) ~ N(w, H^-1)
log evidence = L(w) + b'v - v'Av/2 - (w - m)'P(w - m)/2 + log|P|/2 - log|H|/2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .choices import Choices
from .layout import Floats, Prior, Quadratic
from .narrowing import Indices, Narrowed, narrowed
from .newton import AT_THE_PRIOR, EXACT, Newton, Start


@dataclass(frozen=True, eq=False)
class Posterior:
    """N(mean, covariance) over all parameters; those that nothing touched are as in the prior."""

    prior: Prior
    mean: Floats
    """(P,): every parameter, those held fixed included."""
    moved: Indices
    """The parameters that choices touched and that are free."""
    precision: Floats
    """(moved, moved): H."""
    evidence: float
    """The log evidence, up to a constant of the data."""
    steps: int

    @cached_property
    def covariance(self) -> Floats:
        """(P, P): the inverse of H, the prior's spread where nothing was touched, 0 where a parameter is held."""
        whole = np.diag(self.prior.sd**2)
        if len(self.moved):
            root = np.linalg.inv(np.linalg.cholesky(self.precision))
            whole[np.ix_(self.moved, self.moved)] = root.T @ root
        return whole

    @cached_property
    def told(self) -> Floats:
        """(moved, moved): H without the prior's part, what choices and outcomes alone say."""
        found = self.precision.copy()
        found.flat[:: len(found) + 1] -= self.prior.sd[self.moved] ** -2.0
        return found

    def told_of(self, places: Indices) -> Floats:
        """`told` of other parameters, 0 of those that did not move here."""
        if np.array_equal(places, self.moved):
            return self.told
        whole = np.zeros((len(self.mean), len(self.mean)))
        whole[np.ix_(self.moved, self.moved)] = self.told
        found: Floats = whole[np.ix_(places, places)]
        return found

    @property
    def strengths(self) -> Floats:
        """(G,): the posterior mean of v."""
        return self.mean[: self.prior.guidelines]

    @property
    def strengths_sd(self) -> Floats:
        """(G,): its spread."""
        found: Floats = np.sqrt(np.diag(self.covariance)[: self.prior.guidelines])
        return found


def fit(
    groups: Sequence[Choices],
    prior: Prior,
    outcomes: Quadratic | None = None,
    start: Floats | Posterior | None = None,
) -> Posterior:
    """The posterior, from any `start`, (P,) or another posterior: the optimum is the same, and the nearer the sooner.

    Raises LinAlgError where nothing identifies w.
    """
    small = narrowed(groups, prior, outcomes)
    begin = AT_THE_PRIOR
    if isinstance(start, Posterior):
        begin = Start(start.mean[small.kept], start.told_of(small.kept[small.prior(prior).free]))
    elif start is not None:
        begin = Start(start[small.kept])
    return widened(small, prior, solved(small, prior, outcomes, begin))


def solved(
    small: Narrowed, prior: Prior, outcomes: Quadratic | None = None, start: Start = AT_THE_PRIOR, enough: float = EXACT
) -> Posterior:
    """The posterior of a narrowed problem, in its own parameters."""
    within = small.prior(prior)
    found = Newton(small.groups, within, small.quadratic(outcomes)).solve(start, enough)
    return Posterior(within, found.w, within.free, found.curve, found.evidence, found.steps)


def widened(small: Narrowed, prior: Prior, found: Posterior) -> Posterior:
    """The posterior over all parameters."""
    mean = prior.mean.copy()
    mean[small.kept] = found.mean
    return Posterior(prior, mean, small.kept[found.moved], found.precision, found.evidence, found.steps)
