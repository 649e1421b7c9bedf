"""The same problem for other solvers: states are (moment, point of the grid), and one for each level of growth of those
who have left. Its chances and rewards come from the plain loops of `oracle`, not from our tables.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from poise.foresight import FIVE_ACTIONS, World
from poise.foresight.grid import Grid

from .oracle import KINDS, Plain, chances, lost

Numbers = NDArray[np.float64]
Codes = NDArray[np.intp]


class Problem(NamedTuple):
    """State-action pairs L over n states: rewards (L,), chances (L, n), which state and action each is; and the end.

    Where nothing hurtful is said, and once they have left, there is one action, the first.
    """

    rewards: Numbers
    to: Any
    states: Codes
    actions: Codes
    end: Numbers


LEAST = 1e-14
"""Chances below are left out: they would only make the neighbours' work longer."""


class _Paths(Plain):
    """Paths alone, without going back."""

    def back(self, left_over: int) -> None:
        """Others do that."""


class _Laying:
    """The problem being laid out, pair by pair."""

    def __init__(self, world: World, grid: Grid) -> None:
        self.world, self.plain = world, _Paths(world, FIVE_ACTIONS, grid.shape)
        self.number = {x: i for i, x in enumerate(self.plain.states)}
        self.kinds, self.levels = len(KINDS) + 1, np.linspace(0, 1, grid.growth)
        self.gone = len(self.number) * self.kinds
        self.likely = np.array([chances(world, self.plain.place(x)[1]) for x in self.plain.states])
        self.rewards: list[float] = []
        self.states: list[int] = []
        self.actions: list[int] = []
        self.rows: list[Codes] = []
        self.columns: list[Codes] = []
        self.values: list[Numbers] = []

    def pair(self, state: int, action: int, reward: float, to: Codes, values: Numbers) -> None:
        """One state and action: what it is worth at once, and where it leads."""
        self.rows.append(np.full(len(to), len(self.rewards)))
        self.rewards.append(reward)
        self.states.append(state)
        self.actions.append(action)
        self.columns.append(to)
        self.values.append(values)

    def there(self, x: tuple[int, int, int], k: int, a: int) -> None:
        """A session, in a point of the grid."""
        now, elsewhere, to = self.plain.paths[x, k, a]
        places, stay = np.array([self.number[y] for y in to]), np.array(list(to.values()))
        places, stay = places[stay > LEAST], stay[stay > LEAST]
        columns = (places[:, None] * self.kinds + np.arange(self.kinds)).ravel()
        ends = np.array([self.gone, self.gone + len(self.levels) - 1])
        values = [(stay[:, None] * self.likely[places]).ravel(), _left(self.world, 1 - stay.sum(), elsewhere)]
        state = self.number[x] * self.kinds + k
        self.pair(state, max(a, 0), now, np.concatenate([columns, ends]), np.concatenate(values))

    def laid(self) -> Problem:
        """All of it."""
        for x, (k, a) in product(
            self.plain.states, [*product(range(len(KINDS)), range(len(FIVE_ACTIONS))), (len(KINDS), -1)]
        ):
            self.there(x, k, a)
        for i, level in enumerate(self.levels):
            self.pair(self.gone + i, 0, lost(self.world, float(level)), np.array([self.gone + i]), np.ones(1))
        where = (np.concatenate(self.rows), np.concatenate(self.columns))
        shape = len(self.rewards), self.gone + len(self.levels)
        to = sparse.csr_matrix((np.concatenate(self.values), where), shape)
        trust = np.repeat([self.world.values.trust * self.plain.place(x)[2] for x in self.plain.states], self.kinds)
        end = np.concatenate([trust, np.zeros(len(self.levels))])
        return Problem(np.array(self.rewards), to, np.array(self.states), np.array(self.actions), end)


def problem(world: World, grid: Grid) -> Problem:
    """The decision process; only worlds in which nobody who has left counts for more than their growth."""
    return _Laying(world, grid).laid()


def _left(world: World, leave: float, elsewhere: float) -> Numbers:
    """The chance of being gone, put on the least and the most that can be learned: the harm elsewhere is kept."""
    least, most = lost(world, 0.0), lost(world, 1.0)
    share = (elsewhere - leave * least) / (most - least) if most != least else 0.0
    return np.clip([leave - share, share], 0, 1)
