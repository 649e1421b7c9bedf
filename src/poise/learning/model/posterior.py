"""The most probable parameters, by damped Newton, with the Laplace approximation around them.

J(w)  = L(w) + b'v - v'Av/2 - (w - m)'P(w - m)/2         concave, so there is one optimum
dJ/dw = sum_i omega_i Phi_i'(y_i - p_i) + b - Av - P(w - m)
H     = sum_i omega_i Phi_i'(diag p_i - p_i p_i')Phi_i + A + P
w <- w + t H^-1 dJ/dw,  t halved until J rises as its slope promises
p(w | data) ~ N(w, H^-1)
log evidence = L(w) + b'v - v'Av/2 - (w - m)'P(w - m)/2 + log|P|/2 - log|H|/2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import choices as likelihood
from .choices import Choices, Weighed
from .layout import Floats, Prior, Quadratic
from .narrowing import Indices, Narrowed, narrowed

MOST_STEPS, MOST_HALVINGS = 100, 60
EXACT, NEAR = 1e-16, 1e-6
"""The squared Newton decrement below which the optimum is as near as floats can say, or near enough to compare."""


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
    groups: Sequence[Choices], prior: Prior, outcomes: Quadratic | None = None, start: Floats | None = None
) -> Posterior:
    """The posterior, from any `start` (P,): the optimum is the same. Raises LinAlgError where nothing identifies w."""
    small = narrowed(groups, prior, outcomes)
    return widened(small, prior, solved(small, prior, outcomes, None if start is None else start[small.kept]))


def solved(
    small: Narrowed,
    prior: Prior,
    outcomes: Quadratic | None = None,
    start: Floats | None = None,
    enough: float = EXACT,
) -> Posterior:
    """The posterior of a narrowed problem, in its own parameters."""
    within = small.prior(prior)
    newton = _Newton(small.groups, within, small.quadratic(outcomes))
    return newton.solve(within.mean if start is None else start, enough)


def widened(small: Narrowed, prior: Prior, found: Posterior) -> Posterior:
    """The posterior over all parameters."""
    mean = prior.mean.copy()
    mean[small.kept] = found.mean
    return Posterior(prior, mean, small.kept[found.moved], found.precision, found.evidence, found.steps)


class _Newton:
    """One problem to solve."""

    def __init__(self, groups: Sequence[Choices], prior: Prior, outcomes: Quadratic | None) -> None:
        self.groups = groups
        self.prior, self.free = prior, prior.free
        self.outcomes = outcomes

    def solve(self, start: Floats, enough: float) -> Posterior:
        w = self.prior.mean.copy()
        w[self.free] = start[self.free]
        value, found = self.value(w)
        steps = 0
        while True:
            slope, curve = self.slope(w, found), self.curve(found)
            step: Floats = np.linalg.solve(curve, slope).astype(np.float64, copy=False)
            rise = float(slope @ step)
            done = rise <= enough * (1 + abs(value)) or steps == MOST_STEPS
            reached = None if done else self.search(w, step, value, rise)
            if reached is None:
                break
            w, value, found = reached
            steps += 1
        return Posterior(self.prior, w, self.free, curve, self.evidence(value, curve), steps)

    def search(self, w: Floats, step: Floats, value: float, rise: float) -> tuple[Floats, float, Weighed] | None:
        """The first of t = 1, 1/2, 1/4 ... that rises enough; None where floats see no rise any more."""
        t = 1.0
        for _ in range(MOST_HALVINGS):
            tried = w.copy()
            tried[self.free] += t * step
            there, found = self.value(tried)
            if np.isfinite(there) and there >= value + 1e-4 * t * rise:
                return tried, there, found
            t /= 2
        return None

    def value(self, w: Floats) -> tuple[float, Weighed]:
        """J, and the shares it was worked out from."""
        found = likelihood.weighed(self.groups, self.prior, w)
        away = (w - self.prior.mean)[self.free]
        value = likelihood.log_likelihood(self.groups, found) - 0.5 * float(away @ (self.prior.precision * away))
        if self.outcomes is not None:
            v = w[: self.prior.guidelines]
            value += float(self.outcomes.b @ v - 0.5 * v @ self.outcomes.a @ v)
        return value, found

    def slope(self, w: Floats, found: Weighed) -> Floats:
        total = likelihood.slope(self.groups, self.prior, found)
        if self.outcomes is not None:
            size = self.prior.guidelines
            total[:size] += self.outcomes.b - self.outcomes.a @ w[:size]
        slope: Floats = total[self.free] - self.prior.precision * (w - self.prior.mean)[self.free]
        return slope

    def curve(self, found: Weighed) -> Floats:
        total = likelihood.curve(self.groups, self.prior, found)
        if self.outcomes is not None:
            size = self.prior.guidelines
            total[:size, :size] += self.outcomes.a
        curve: Floats = total[np.ix_(self.free, self.free)]
        curve[np.diag_indices_from(curve)] += self.prior.precision
        return curve

    def evidence(self, value: float, curve: Floats) -> float:
        """The log evidence at the optimum; a flat prior has none, and is left out of it."""
        if not len(self.free):
            return value
        shown = self.prior.precision[self.prior.precision > 0]
        return value + 0.5 * float(np.log(shown).sum()) - 0.5 * float(np.linalg.slogdet(curve)[1])
