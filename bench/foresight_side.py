"""The same problem for other solvers: states are (moment, point of the grid), and one for each level of growth of those
who have left. Its chances and rewards come from the tests' plain loops, not from our tables.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the plain loops are those of the tests

from tests.foresight.oracle import KINDS, Plain, chances, lost

from poise.foresight import FIVE_ACTIONS, World
from poise.foresight.grid import Grid


class Problem(NamedTuple):
    """State-action pairs L over n states: rewards (L,), chances (L, n), which state and action each is; and the end.

    Where nothing hurtful is said, and once they have left, there is one action, the first.
    """

    rewards: np.ndarray
    to: Any
    states: np.ndarray
    actions: np.ndarray
    end: np.ndarray


LEAST = 1e-14
"""Chances below are left out: they would only make the neighbours' work longer."""


class _Paths(Plain):
    """Paths alone, without going back."""

    def back(self, left_over: int) -> None:
        """Others do that."""


def problem(world: World, grid: Grid) -> Problem:
    """The decision process; only worlds in which nobody who has left counts for more than their growth."""
    plain = _Paths(world, FIVE_ACTIONS, grid.shape)
    number = {x: i for i, x in enumerate(plain.states)}
    points, kinds, levels = len(number), len(KINDS) + 1, np.linspace(0, 1, grid.growth)
    gone = points * kinds
    likely = np.array([chances(world, plain.place(x)[1]) for x in plain.states])
    rewards, states, actions, rows, columns, values = [], [], [], [], [], []
    pairs = [*product(range(len(KINDS)), range(len(FIVE_ACTIONS))), (len(KINDS), -1)]
    for x, (k, a) in product(plain.states, pairs):
        now, elsewhere, to = plain.paths[x, k, a]
        rewards.append(now)
        states.append(number[x] * kinds + k)
        actions.append(max(a, 0))
        places, stay = np.array([number[y] for y in to]), np.array(list(to.values()))
        places, stay = places[stay > LEAST], stay[stay > LEAST]
        columns.append((places[:, None] * kinds + np.arange(kinds)).ravel())
        values.append((stay[:, None] * likely[places]).ravel())
        columns.append(np.array([gone, gone + grid.growth - 1]))
        values.append(_left(world, 1 - stay.sum(), elsewhere))
        rows.append(np.full(len(columns[-2]) + 2, len(rewards) - 1))
    for i, level in enumerate(levels):
        rewards.append(lost(world, float(level)))
        states.append(gone + i)
        actions.append(0)
        rows.append(np.array([len(rewards) - 1]))
        columns.append(np.array([gone + i]))
        values.append(np.ones(1))
    where = (np.concatenate(rows), np.concatenate(columns))
    to_all = sparse.csr_matrix((np.concatenate(values), where), (len(rewards), gone + grid.growth))
    trust = np.repeat([world.values.trust * plain.place(x)[2] for x in plain.states], kinds)
    end = np.concatenate([trust, np.zeros(grid.growth)])
    return Problem(np.array(rewards), to_all, np.array(states), np.array(actions), end)


def _left(world: World, leave: float, elsewhere: float) -> np.ndarray:
    """The chance of being gone, put on the least and the most that can be learned: the harm elsewhere is kept."""
    least, most = lost(world, 0.0), lost(world, 1.0)
    share = (elsewhere - leave * least) / (most - least) if most != least else 0.0
    return np.clip([leave - share, share], 0, 1)
