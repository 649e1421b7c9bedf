"""A week shared by many people: one pool of energy, and the price that makes it do.

A Lagrangian relaxation: each relationship is solved by itself, as if a unit of energy cost `price`. The higher the
price, the less energy the optimum takes, so the lowest price at which all of them get by is found by halving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .actions import FIVE_ACTIONS, Action
from .decomposing import energy_spent
from .grid import COARSE, Grid
from .parameters import Array, World
from .solving import Solution, between, solve

HIGHEST = 64.0
"""No price above this is tried: a unit of energy would be worth dozens of good sessions."""


@dataclass(frozen=True, eq=False)
class Shared:
    """One week's pool among N relationships.

    price: what a unit of energy is worth, in good sessions of help; 0 where there is plenty
    takes: (N,) the energy each takes in a week, on average over the sessions looked at
    enough: whether the pool does at all; where it does not, even saying nothing takes more than there is
    """

    price: float
    takes: Array
    enough: bool
    solution: Solution


@dataclass(frozen=True, eq=False)
class Week:
    """N relationships that share one pool of energy; `starts` are the trust, my energy and what they learned, of each.

    Raises ValueError where there is not one start for each world.
    """

    worlds: Sequence[World]
    starts: Sequence[tuple[float, float, float]]
    pool: float
    actions: Sequence[Action] = FIVE_ACTIONS
    grid: Grid = COARSE

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.worlds):
            raise ValueError("each relationship takes one start: its trust, my energy and what they have learned")

    def at(self, price: float) -> Shared:
        """What each takes at one price."""
        solution = solve([replace(world, price=price) for world in self.worlds], self.actions, self.grid)
        spent = energy_spent(solution) / self.worlds[0].setting.sessions
        takes = [between(one, self.grid, *start) for one, start in zip(spent, self.starts, strict=True)]
        return Shared(price, np.array(takes), bool(sum(takes) <= self.pool), solution)


def share(week: Week, within: float = 0.01) -> Shared:
    """The lowest price, to `within`, at which all of them take no more than there is in a week."""
    low, high = week.at(0.0), week.at(HIGHEST)
    if low.enough or not high.enough:
        return low if low.enough else high
    while high.price - low.price > within:
        middle = week.at((low.price + high.price) / 2)
        low, high = (low, middle) if middle.enough else (middle, high)
    return high
