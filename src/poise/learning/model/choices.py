"""The log-likelihood of choices, its gradient and its Hessian.

    u_i = Phi_i c + z_i'B          p_i = softmax of u_i over the responses that stood
    L   = sum_i omega_i y_i' log p_i
    dL/dc   = sum_i omega_i Phi_i'(y_i - p_i)
    -d2L/dc2 = sum_i omega_i Phi_i'(diag p_i - p_i p_i')Phi_i

c = v + delta for what was done, c = v (and no B) for what hindsight says it would have been. Nothing is added inside
the softmax: a response that did not stand has weight 0. Where a utility is so large that its exponential could not be
held, the largest of each choice is taken off first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .layout import Floats, Prior

SMALL = 300.0
"""Utilities, in nats, between which no exponential and no sum of them comes near what floats can hold."""


@dataclass(frozen=True, eq=False)
class Choices:
    """Choices among the R responses of one list."""

    phi: Floats
    """(n, R, G): how each guideline's strength enters the utility of each response."""
    chosen: Floats
    """(n, R): one-hot."""
    stood: NDArray[np.bool_]
    """(n, R): the responses among which the choice was."""
    weights: Floats
    """(n,): omega."""
    context: Floats
    """(n, D)."""
    list: int = 0
    """Which list's habits these follow."""
    done: bool = True
    """What was done (with gap and habits), or what hindsight says (values alone)."""

    def __len__(self) -> int:
        return len(self.chosen)

    def part(self, rows: slice | NDArray[np.intp]) -> Choices:
        """Some of these choices."""
        phi, context, weights = self.phi[rows], self.context[rows], self.weights[rows]
        return replace(
            self, phi=phi, chosen=self.chosen[rows], stood=self.stood[rows], weights=weights, context=context
        )

    @cached_property
    def flat(self) -> Floats:
        """(n R, G): phi, one row for each choice and response."""
        return self.phi.reshape(self.stood.size, self.phi.shape[2])

    @cached_property
    def given(self) -> Floats:
        """(n, R): omega where it was chosen."""
        found: Floats = self.weights[:, None] * self.chosen
        return found

    @cached_property
    def open(self) -> bool:
        """Whether every response stood each time."""
        return bool(self.stood.all())

    def utilities(self, prior: Prior, w: Floats) -> Floats:
        """(n, R)."""
        v, delta, habits = prior.split(w)
        found: Floats = (self.flat @ (v + delta if self.done else v)).reshape(self.stood.shape)
        if self.done and habits:
            found += self.context @ habits[self.list]
        return found

    def shares(self, prior: Prior, w: Floats) -> tuple[Floats, Floats]:
        """p and log p, (n, R) each: 0 and minus infinity where a response did not stand."""
        u = self.utilities(prior, w)
        if not self.open:
            u[~self.stood] = -np.inf
        if not (u.min() > -SMALL and u.max() < SMALL):
            u -= u.max(axis=1, keepdims=True)
        shares = np.exp(u)
        whole = (shares @ np.ones(u.shape[1]))[:, None]
        shares /= whole
        u -= np.log(whole)
        return shares, u

    def log_likelihood(self, prior: Prior, w: Floats) -> float:
        """L, given w."""
        return self.score(self.shares(prior, w)[1])

    def score(self, log_shares: Floats) -> float:
        """L, given log p."""
        return float(np.vdot(self.given, log_shares if self.open else np.where(self.given > 0, log_shares, 0.0)))

    def slope(self, prior: Prior, shares: Floats) -> Floats:
        """(P,): dL/dw."""
        missed = self.given - self.weights[:, None] * shares
        strengths = missed.ravel() @ self.flat
        habits = [np.zeros(each.size) for each in prior.habits]
        if not self.done:
            return np.concatenate([strengths, np.zeros(prior.guidelines), *habits])
        if habits:
            habits[self.list] = (self.context.T @ missed).ravel()
        return np.concatenate([strengths, strengths, *habits])

    def curve(self, prior: Prior, shares: Floats, into: Floats) -> None:
        """Add -d2L/dw2 to `into`, (P, P)."""
        size = prior.guidelines
        heavy = self.weights[:, None] * shares
        mean = (shares[:, None] @ self.phi)[:, 0]
        rooted = (np.sqrt(heavy)[:, :, None] * self.phi).reshape(shares.size, size)
        mean_rooted = np.sqrt(self.weights)[:, None] * mean
        strengths = rooted.T @ rooted - mean_rooted.T @ mean_rooted
        into[:size, :size] += strengths
        if not self.done:
            return
        into[size : 2 * size, size : 2 * size] += strengths
        into[:size, size : 2 * size] += strengths
        into[size : 2 * size, :size] += strengths
        if prior.habits:
            pulled = heavy[:, :, None] * (self.phi - mean[:, None])
            self._curve_of_habits(prior, shares, heavy, pulled, into)

    def _curve_of_habits(self, prior: Prior, shares: Floats, heavy: Floats, pulled: Floats, into: Floats) -> None:
        """The blocks of this list's habits: with themselves, and with v and delta."""
        at, (columns, count) = prior.blocks[self.list], prior.habits[self.list].shape
        size, z = prior.guidelines, self.context
        own = into[at, at].reshape(columns, count, columns, count)
        for r in range(count):
            cross = z.T @ pulled[:, r]
            rows = slice(at.start + r, at.stop, count)
            for first in (0, size):
                into[rows, first : first + size] += cross
                into[first : first + size, rows] += cross.T
            own[:, r, :, r] += (z * heavy[:, r, None]).T @ z
            for q in range(r + 1):
                both = (z * (heavy[:, r] * shares[:, q])[:, None]).T @ z
                own[:, r, :, q] -= both
                if q != r:
                    own[:, q, :, r] -= both
        into[at, at] = own.reshape(columns * count, columns * count)


class Weighed(NamedTuple):
    """log p and p of each group of choices at one w."""

    log_shares: tuple[Floats, ...]
    shares: tuple[Floats, ...]


def weighed(groups: Sequence[Choices], prior: Prior, w: Floats) -> Weighed:
    """Every group's shares at w."""
    found = [group.shares(prior, w) for group in groups]
    return Weighed(tuple(logs for _, logs in found), tuple(shares for shares, _ in found))


def log_likelihood(groups: Sequence[Choices], found: Weighed) -> float:
    """L over all groups."""
    return sum(group.score(logs) for group, logs in zip(groups, found.log_shares, strict=True))


def slope(groups: Sequence[Choices], prior: Prior, found: Weighed) -> Floats:
    """(P,): dL/dw over all groups."""
    total = np.zeros(len(prior.mean))
    for group, shares in zip(groups, found.shares, strict=True):
        total += group.slope(prior, shares)
    return total


def curve(groups: Sequence[Choices], prior: Prior, found: Weighed) -> Floats:
    """(P, P): -d2L/dw2 over all groups."""
    total = np.zeros((len(prior.mean), len(prior.mean)))
    for group, shares in zip(groups, found.shares, strict=True):
        group.curve(prior, shares, total)
    return total
