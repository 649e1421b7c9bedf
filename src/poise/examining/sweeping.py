"""Exact search, all partial assignments at once: the cheapest that reaches what it has to in every row, or a proof.

A state is what decides the future of a partial assignment: the values of earlier variables that anything still to come
looks at, and the most each row can still reach, by the bounds of `search`. Variables are decided one after the other,
for all states together. A state is dropped as soon as one row can no longer reach what it has to; a row that reaches it
whatever follows tells states no longer apart; and of equal states the cheapest is kept, as in dynamic programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .search import NEVER, Gains, Level, Search, Unsettled

MOST_STATES = 6_000_000
"""States looked at before a sweep is given up: some ten seconds."""
PART = 1 << 15
"""States expanded at a time: what a step needs beside the states that it comes to stays small."""
MOST_KEPT = 400_000
"""States that one step may come to; a few hundred megabytes."""
_MIXERS = np.random.default_rng(0).integers(1 << 62, 1 << 63, size=256, dtype=np.uint64) | np.uint64(1)
_HALF = np.uint64(32)

Costs = Sequence[Sequence[int]]
"""For each variable, what each of its values costs: 0 or more."""


class States(NamedTuple):
    """Partial assignments, one per row: their values so far, their bounds as in `search`, and their cost."""

    values: NDArray[np.uint8]
    bounds: Gains
    cost: NDArray[np.int64]

    def chosen(self, rows: NDArray[np.bool_] | NDArray[np.intp] | slice) -> States:
        """Some of them."""
        return States(self.values[rows], self.bounds[rows], self.cost[rows])


def cheapest(
    search: Search, least: Sequence[int], costs: Costs, most_cost: int | None = None, most_states: int = MOST_STATES
) -> tuple[int, ...] | None:
    """The values of a cheapest assignment that reaches `least` in every row, or None: there is none.

    With `most_cost`, none that costs no more. Raises Unsettled after `most_states`.
    """
    wanted = np.asarray(least, np.int64)
    if 0 in search.sizes or (search.ceiling < wanted).any():
        return None
    states = _Sweep(search, wanted, costs, most_cost, most_states).ends()
    if not len(states.cost):
        return None
    best: list[int] = states.values[states.cost.argmin()].tolist()
    return tuple([search.allowed[variable][value] for variable, value in enumerate(best)])


class _Sweep:
    """One sweep."""

    def __init__(self, search: Search, least: Gains, costs: Costs, most_cost: int | None, most_states: int) -> None:
        self.search, self.least, self.most_cost, self.left = search, least, most_cost, most_states
        self.costs = [
            np.array([costs[variable][value] for value in allowed], np.int64)
            for variable, allowed in enumerate(search.allowed)
        ]

    def ends(self) -> States:
        """The states in which everything is decided; what no factor looks at costs as little as it can."""
        free = {*range(len(self.costs))}.difference(level.variable for level in self.search.levels)
        values = np.array([[cost.argmin() for cost in self.costs]], np.uint8)
        cost = np.array([sum(int(self.costs[variable].min()) for variable in free)], np.int64)
        states = States(values, self.search.start[None, :], cost)
        if self.most_cost is not None:
            states = states.chosen(cost <= self.most_cost)
        levels = self.search.levels
        for number, level in enumerate(levels, 1):
            states = self._decided(states, level, levels[number].context if number < len(levels) else ())
        return states

    def _decided(self, states: States, level: Level, context: tuple[int, ...]) -> States:
        """The states once one more variable is decided; `context` is what then still matters."""
        self.left -= len(states.cost) * self.search.sizes[level.variable]
        if self.left < 0:
            raise Unsettled
        parts, kept = list[States](), 0
        for first in range(0, len(states.cost), PART):
            parts.append(self._merged(self._expanded(states.chosen(slice(first, first + PART)), level), context))
            kept += len(parts[-1].cost)
            if kept > MOST_KEPT:
                raise Unsettled
        return self._merged(_joined(parts), context) if len(parts) > 1 else parts[0] if parts else states

    def _expanded(self, states: States, level: Level) -> States:
        """Every state with every value of the variable, where all rows can still reach what they have to."""
        size, rows = self.search.sizes[level.variable], self.search.rows
        bounds = states.bounds[:, None, :].repeat(size, axis=1)
        for scope, drop in level.drops:
            bounds += drop[tuple([states.values[:, variable] for variable in scope])]
        cost = states.cost[:, None] + self.costs[level.variable]
        left = (bounds[:, :, :rows] >= self.least).all(axis=2)
        if self.most_cost is not None:
            left &= cost <= self.most_cost
        at, value = np.nonzero(left)
        values = states.values[at]
        values[:, level.variable] = value
        return States(values, self._hoped(bounds[at, value]), cost[at, value])

    def _hoped(self, bounds: Gains) -> Gains:
        """The bounds, without end where a row reaches what it has to whatever follows."""
        rows = self.search.rows
        safe = -bounds[:, rows:] >= self.least
        safe[:, 0] = False
        bounds[:, :rows][safe], bounds[:, rows:][safe] = -NEVER, NEVER
        return bounds

    def _merged(self, states: States, context: tuple[int, ...]) -> States:
        """Equal states as the cheapest of them. Sorted by a hash; two that share one stay apart and stay right."""
        telling: Gains = np.column_stack((states.values[:, list(context)], states.bounds[:, : self.search.rows]))
        order = np.lexsort((states.cost, _hashed(telling)))
        telling = telling[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (telling[1:] != telling[:-1]).any(axis=1)
        return states.chosen(order[new])


def _joined(parts: Sequence[States]) -> States:
    return States(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _hashed(rows: Gains) -> NDArray[np.uint64]:
    """A hash of every row: each column mixed in by an odd multiplier and a shift."""
    total: NDArray[np.uint64] = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        total ^= rows[:, column].astype(np.uint64)
        total *= _MIXERS[column % 256]
        total ^= total >> _HALF
    return total
