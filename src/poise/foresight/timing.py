"""Now, or wait: how an answer changes along the way on which nothing tears and trust grows by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .parameters import Array
from .solving import Solution

SOON = 0.6
"""To wait is not to speak to it now, but within this share of the sessions: later is too late to be called waiting."""


@dataclass(frozen=True, eq=False)
class Timing:
    """For each world and moment, (B, K): what leads now, and what comes of waiting.

    first: the number of the action that leads now; of equals, the first
    addressed: whether it is spoken to within SOON, if it is not now
    asked: whether anything at all is said within SOON, a question included
    """

    first: NDArray[np.intp]
    addressed: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    addresses: NDArray[np.bool_]
    silent: NDArray[np.bool_]

    @property
    def wait(self) -> NDArray[np.bool_]:
        """(B, K): not spoken to now, and spoken to as trust grows."""
        return ~self.addresses[self.first] & self.addressed

    @property
    def silent_first(self) -> NDArray[np.bool_]:
        """(B, K): nothing at all is said now, and something as trust grows."""
        return self.silent[self.first] & self.asked


def timing(solution: Solution, trust: float, energy: float = 0.9) -> Timing:
    """Where each world and moment stands, from this trust and energy and nothing learned."""
    actions = solution.tables.actions
    addresses, silent = np.array([a.addresses for a in actions]), np.array([a.silent for a in actions])
    first = solution.at(trust, energy).argmax(2)
    addressed, asked = np.zeros(first.shape, bool), np.zeros(first.shape, bool)
    for leads in _along(solution, trust, energy):
        addressed |= addresses[leads]
        asked |= ~silent[leads]
    return Timing(first, addressed, asked, addresses, silent)


def _along(solution: Solution, trust: float, energy: float) -> list[NDArray[np.int8]]:
    """What leads in each later session within SOON, (B, K) each, at the nearest point of the grid."""
    worlds, grid = solution.tables.worlds, solution.tables.grid
    alpha = np.array([world.assumptions.growth for world in worlds])
    back = np.array([world.assumptions.recovery for world in worlds])
    tau, e = np.full(len(worlds), trust), np.full(len(worlds), energy)
    found = []
    for t in range(1, min(int(SOON * len(solution.policy)), len(solution.policy) - 1) + 1):
        tau, e = tau + alpha * (0.9 - tau), e + back * (1 - e)
        found.append(solution.policy[t][np.arange(len(worlds)), :, _near(e, grid.energy), 0, _near(tau, grid.trust)])
    return found


def _near(places: Array, points: int) -> NDArray[np.intp]:
    """The nearest point of an axis."""
    return np.rint(places * (points - 1)).astype(np.intp)
