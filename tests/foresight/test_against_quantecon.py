"""Our solver and quantecon's, on the same finite process laid out by plain loops: every action, every value."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest

from poise.foresight import Assumptions, Setting, Values, World, solve, switched
from poise.foresight.grid import Grid
from poise.foresight.solving import ENGINES, Solution

from .problem import Problem, problem

GRID, SESSIONS = Grid(8, 3, 3), 12
SETTING = Setting(SESSIONS, present=0.4)
WORLDS = {
    "as it stands": World(setting=SETTING),
    "a group, closed": World(setting=replace(SETTING, present=0.8, receptive=0.2)),
    "more strain, harm weighs more": World(Assumptions(strain=1.5), Values(harm=3), SETTING),
    "silence erodes trust": switched(World(setting=SETTING), ["silence_erodes_trust"]),
    "energy has a price": World(setting=SETTING, price=3.0),
}


def by_quantecon(made: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Values and actions, (sessions, states)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantecon.markov import DiscreteDP, backward_induction  # noqa: PLC0415 - it takes seconds to load

        ddp = DiscreteDP(made.rewards, made.to, 1.0, made.states, made.actions)
        values, actions = backward_induction(ddp, SESSIONS, made.end)
    return np.asarray(values)[:SESSIONS], np.asarray(actions)


def in_their_order(ours: Solution) -> tuple[np.ndarray, np.ndarray]:
    """What each moment is worth before it is known, and what is done in it, (sessions, points, moments)."""
    points, kinds = int(np.prod(GRID.shape)), ours.policy.shape[2]
    values = ours.values[:SESSIONS, 0].reshape(SESSIONS, points)
    return values, ours.policy[:, 0].reshape(SESSIONS, kinds, points).transpose(0, 2, 1)


@pytest.mark.parametrize("what", WORLDS)
def test_quantecon_finds_the_same_policy_everywhere_and_the_same_values(what: str) -> None:
    world = WORLDS[what]
    values, actions = by_quantecon(problem(world, GRID))
    for engine in ENGINES:
        ours = solve([world], grid=GRID, engine=engine)
        mine, policy = in_their_order(ours)
        points, kinds = policy.shape[1], policy.shape[2] + 1
        chances = np.broadcast_to(ours.tables.chances[0], (kinds, *GRID.shape)).reshape(kinds, points).T
        theirs = (values[:, : points * kinds].reshape(SESSIONS, points, kinds) * chances).sum(2)
        assert np.abs(theirs - mine).max() < 1e-9
        assert (actions[:, : points * kinds].reshape(SESSIONS, points, kinds)[..., :-1] == policy).all()
