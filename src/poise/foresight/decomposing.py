"""Why: what each action is worth, in parts that add up to the whole.

A policy is fixed, so worth is linear in what is counted: each part is carried back by the same steps on its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .parameters import Array
from .rewards import after_leaving, at_once, at_the_end
from .solving import Solution, Step, before, between, by_moment
from .tables import PARTS


@dataclass(frozen=True, eq=False)
class Parts:
    """What each action is worth in the first session, by part.

    first: {part: (B, K, A, E, G, T)}; their sum is the solution's `first`
    """

    solution: Solution
    first: dict[str, Array]

    def at(self, trust: float, energy: float = 0.9, growth: float = 0.0) -> dict[str, Array]:
        """{part: (B, K, A)} at one place. Only what may differ between actions says why one leads."""
        grid = self.solution.tables.grid
        return {part: between(worth, grid, trust, energy, growth) for part, worth in self.first.items()}


def decompose(solution: Solution) -> Parts:
    """Every part of what the solution's actions are worth."""
    tables = solution.tables
    now, step = at_once(tables), Step(tables)
    end = at_the_end(tables)
    found = {}
    for part in PARTS:
        gone = after_leaving(tables) if part == "elsewhere" else None
        last = end if part == "trust" else np.zeros_like(end)
        found[part] = carried(solution, step, now.get(part), gone, last)[1]
    return Parts(solution, found)


def energy_spent(solution: Solution) -> Array:
    """(B, E, G, T): the energy that goes into the whole time, on average, under the solution's policy."""
    tables = solution.tables
    spent = tables.spent[:, tables.field]
    return carried(solution, Step(tables), spent, None, np.zeros_like(solution.values[0]))[0]


def carried(solution: Solution, step: Step, now: Array | None, gone: Array | None, last: Array) -> tuple[Array, Array]:
    """What counts `now` in each session and `gone` in each that was left, carried back under the solution's policy.

    now, gone: broadcast to (B, pairs, E, G, T); last: (B, E, G, T), what counts in the end.
    Gives the mean before the first moment is known, (B, E, G, T), and by action, (B, K, A, E, G, T).
    """
    tables, sessions = solution.tables, len(solution.policy)
    values = last
    for t in range(sessions - 1, -1, -1):
        worth = step(values)
        if now is not None:
            worth += now
        if gone is not None:
            worth += (sessions - 1 - t) * gone
        choices = by_moment(worth, len(tables.actions))
        taken = np.take_along_axis(choices, solution.policy[t][:, :, None].astype(np.intp), axis=2)[:, :, 0]
        values = before(tables, taken, worth[:, -1])
    return values, choices
