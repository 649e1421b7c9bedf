"""Backward induction, exact on the grid, for B worlds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .actions import FIVE_ACTIONS, MOMENTS, Action
from .grid import FINE, Grid, weights
from .parameters import Array, World
from .rewards import after_leaving, at_once, at_the_end, total
from .tables import OUTCOMES, Tables

K = len(MOMENTS)
NUMPY, NUMBA = "numpy", "numba"
ENGINES = (NUMPY, NUMBA)


@dataclass(frozen=True, eq=False)
class Solution:
    """What backward induction found. K moments, A actions; state axes are (E, G, T) of the grid.

    values: (S + 1, B, E, G, T), before the moment is known, with S sessions left, first the whole time
    policy: (S, B, K, E, G, T), the number of the action that is worth most; of equals, the first
    first: (B, K, A, E, G, T), what each action is worth in the first session
    """

    tables: Tables
    values: Array
    policy: NDArray[np.int8]
    first: Array

    def at(self, trust: float, energy: float = 0.9, growth: float = 0.0) -> Array:
        """(B, K, A): what each action is worth in the first session, interpolated."""
        return between(self.first, self.tables.grid, trust, energy, growth)

    def value_at(self, trust: float, energy: float = 0.9, growth: float = 0.0) -> Array:
        """(B,): what all of it is worth before the first moment is known, interpolated."""
        return between(self.values[0], self.tables.grid, trust, energy, growth)


def between(array: Array, grid: Grid, trust: float | Array, energy: float, growth: float) -> Array:
    """The last three axes (E, G, T) interpolated at one place, or at several trusts: those come first then."""
    e, g = weights(np.array(energy), grid.energy), weights(np.array(growth), grid.growth)
    worth = np.einsum("...egt,e,g->...t", array, e, g)
    return np.asarray(
        np.moveaxis(worth @ weights(np.asarray(trust), grid.trust).T, -1, 0)
        if np.ndim(trust)
        else worth @ weights(np.asarray(trust), grid.trust)
    )


def solve(
    worlds: Sequence[World], actions: Sequence[Action] = FIVE_ACTIONS, grid: Grid = FINE, *, engine: str = NUMPY
) -> Solution:
    """The optimum of each world. `engine` is "numpy", or "numba" (installed by `pip install poise[fast]`).

    Raises ValueError where worlds differ in how many sessions they look at, and for an engine that is none; ImportError
    where numba is asked for and not installed.
    """
    if engine not in ENGINES:
        raise ValueError(f"{engine!r} is no engine: choose among {', '.join(ENGINES)}")
    sessions = {world.setting.sessions for world in worlds}
    if len(sessions) != 1:
        raise ValueError("worlds that are solved together look at the same number of sessions, and are one at least")
    tables = Tables(tuple(worlds), tuple(actions), grid)
    return _backward(tables, sessions.pop()) if engine == NUMPY else _compiled(tables, sessions.pop())


def _compiled(tables: Tables, sessions: int) -> Solution:
    from .solving_numba import by_numba  # noqa: PLC0415 - numba is an extra, and takes half a second to load

    return Solution(tables, *by_numba(tables, sessions, K))


def _backward(tables: Tables, sessions: int) -> Solution:
    now, gone, step = total(at_once(tables)), after_leaving(tables), Step(tables)
    values = np.empty((sessions + 1, len(tables.worlds), *tables.grid.shape))
    policy = np.empty((sessions, len(tables.worlds), K, *tables.grid.shape), np.int8)
    values[sessions] = at_the_end(tables)
    for t in range(sessions - 1, -1, -1):
        worth = step(values[t + 1])
        worth += now
        worth += (sessions - 1 - t) * gone
        choices = by_moment(worth, len(tables.actions))
        values[t] = before(tables, taken(choices, policy[t]), worth[:, -1])
    return Solution(tables, values, policy, choices)


def taken(choices: Array, number: NDArray[np.int8]) -> Array:
    """The most over actions, (B, K, E, G, T), of (B, K, A, E, G, T); `number` is filled with the first that has it.

    Action by action, as numpy's `argmax` over an axis that is not the last is slow.
    """
    most = choices[:, :, 0].copy()
    number[...] = 0
    for a in range(1, choices.shape[2]):
        np.copyto(number, a, where=choices[:, :, a] > most, casting="unsafe")
        np.maximum(most, choices[:, :, a], out=most)
    return most


def by_moment(pairs: Array, actions: int) -> Array:
    """(B, K, A, E, G, T) of (B, K·A + 1, E, G, T): without the session in which nothing is said."""
    return pairs[:, :-1].reshape(len(pairs), K, actions, *pairs.shape[2:])


def before(tables: Tables, taken: Array, nothing: Array) -> Array:
    """(B, E, G, T): the mean over moments of what is taken in each, (B, K, E, G, T), and of none."""
    chances = tables.chances
    return np.asarray((chances[:, :-1] * taken).sum(1) + chances[:, -1] * nothing)


class Step:
    """One session back: from values after it, (B, E, G, T), to their mean for each pair, (B, pairs, E, G, T).

    Energy first (one product of matrices), then trust (one for each field and outcome), then growth (two neighbours).
    """

    def __init__(self, tables: Tables) -> None:
        grid, count, fields = tables.grid, len(tables.worlds), len(tables.fields)
        self.shape = (count, fields, len(OUTCOMES), *grid.shape)
        self.to_energy = tables.to_energy.reshape(count, fields * 2 * grid.energy, grid.energy)
        self.to_trust, self.field = tables.to_trust, tables.field
        self.rupture = np.broadcast_to(tables.rupture, (count, len(tables.pairs), *grid.shape)).copy()
        self._neighbours(tables)
        self.moved = np.empty(self.shape)
        self.near, self.far = np.empty(self.shape), np.empty(self.shape)

    def _neighbours(self, tables: Tables) -> None:
        """Where growth leads to: the place of the nearer neighbour in a flat array, and both weights."""
        grid, growth = tables.grid, tables.grid.axes()[1]
        place = (growth + (1 - growth) * tables.learned) * (grid.growth - 1)
        low = np.minimum(place.astype(np.intp), grid.growth - 2)
        start = np.arange(np.prod(self.shape), dtype=np.intp).reshape(self.shape)
        self.low = start[..., :1, :] + low * grid.trust
        self.high = self.low + grid.trust
        share = np.concatenate([np.ones_like(tables.mends), tables.mends, 1 - tables.mends], 1)[:, None]
        self.to_low, self.to_high = share * (1 - (place - low)), share * (place - low)

    def __call__(self, values: Array) -> Array:
        """Applied to values after the session."""
        count, fields, _, energies, growths, trusts = self.shape
        spent = (self.to_energy @ values.reshape(count, energies, -1)).reshape(count, fields, 2, -1, trusts)
        moved = self.moved.reshape(count, fields, 3, energies * growths, trusts)
        np.matmul(spent[:, :, 0], self.to_trust[:, :, 0], out=moved[:, :, 0])
        np.matmul(spent[:, :, 1:], self.to_trust[:, :, 1:], out=moved[:, :, 1:])
        np.take(self.moved.ravel(), self.low, out=self.near, mode="clip")
        np.take(self.moved.ravel(), self.high, out=self.far, mode="clip")
        self.near *= self.to_low
        self.far *= self.to_high
        self.near += self.far
        held = self.near[:, :, 0]
        torn = self.near[:, :, 1] + self.near[:, :, 2]
        torn -= held
        worth = torn[:, self.field]
        worth *= self.rupture
        worth += held[:, self.field]
        return worth
