"""Where each parameter stands in one vector, and its prior.

    w = [ v (G), delta (G), B_1 (D_1 R_1), B_2 (D_2 R_2), ... ]

v are the guidelines' strengths, delta the gap between what a person values and what they do, and B_l what they do by
habit in list l: one row for each column of the list's context, one column for each response.

    v_g ~ N(kappa m_g, (s sigma_g)^2)     delta_g ~ N(0, gap_g^2)     B_l[d, r] ~ N(0, tau_d^2)

A spread of 0 holds a parameter where its mean is, to the last bit; an infinite one is a flat prior.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Prior:
    """The written book as a prior. `means`, `sds`, `gaps`: (G,) in nats; `habits`: per list the (D, R) spreads."""

    means: Floats
    sds: Floats
    gaps: Floats
    habits: tuple[Floats, ...] = ()
    decisiveness: float = 1.0
    """kappa: how sharply the person chooses; 1 is as the book is written."""
    spread: float = 1.0
    """s: how far the person may be from the book; 1 is as its grips say."""
    habit_spread: float = 1.0
    """The same for the habits. It stays 1 where there is a book."""

    def at(self, decisiveness: float, spread: float, habit_spread: float = 1.0) -> Prior:
        """The same prior at another decisiveness and spread."""
        return replace(self, decisiveness=decisiveness, spread=spread, habit_spread=habit_spread)

    @property
    def guidelines(self) -> int:
        """G."""
        return len(self.means)

    @cached_property
    def blocks(self) -> tuple[slice, ...]:
        """Where each list's habits stand in w."""
        ends = np.cumsum([2 * self.guidelines, *(each.size for each in self.habits)]).tolist()
        return tuple(slice(start, end) for start, end in pairwise(ends))

    @cached_property
    def mean(self) -> Floats:
        """(P,): the prior mean of w."""
        rest = self.guidelines + sum(each.size for each in self.habits)
        return np.concatenate([self.decisiveness * self.means, np.zeros(rest)])

    @cached_property
    def sd(self) -> Floats:
        """(P,): the prior spread of w."""
        habits = [self.habit_spread * each.ravel() for each in self.habits]
        return np.concatenate([self.spread * self.sds, self.gaps, *habits])

    @cached_property
    def free(self) -> NDArray[np.intp]:
        """Which parameters can move at all."""
        return np.flatnonzero(self.sd > 0)

    @cached_property
    def precision(self) -> Floats:
        """(free,): one over the squared spread; 0 where the prior is flat."""
        precision: Floats = self.sd[self.free] ** -2.0
        return precision

    def split(self, w: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """(v, delta, habits of each list)."""
        size = self.guidelines
        habits = tuple(w[at].reshape(each.shape) for at, each in zip(self.blocks, self.habits, strict=True))
        return w[:size], w[size : 2 * size], habits


@dataclass(frozen=True, eq=False)
class Quadratic:
    """A term of the log-likelihood that is exactly quadratic in v: b'v - v'Av/2 (see `outcomes`)."""

    a: Floats
    b: Floats
    used: int = field(default=0, compare=False)
    """How many outcomes it was made of."""

    def __bool__(self) -> bool:
        return bool(self.a.any() or self.b.any())
