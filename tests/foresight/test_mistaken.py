"""What a wrong belief costs, found without chance, and what more knowledge would bring."""

from __future__ import annotations

import numpy as np
import pytest

from poise.foresight import FIVE_ACTIONS, Assumptions, Setting, World, solve
from poise.foresight.grid import COARSE
from poise.foresight.simulating import Start, of_solution, simulate

from .mistaken import KNOWING, PUBLISHED, STRAIN_TOLERANCE, knowing_adds, lost, worth, wrong_strain

WORLD = World(setting=Setting(present=0.4))


def test_the_optimum_followed_in_its_own_world_is_worth_what_it_is_worth() -> None:
    solution = solve([WORLD], FIVE_ACTIONS, COARSE)
    assert np.abs(worth(WORLD, solution.policy[:, 0]) - solution.values[0, 0]).max() < 1e-12
    assert lost(WORLD, WORLD, 0.5) == pytest.approx(0, abs=1e-9)


def test_another_world_s_optimum_is_worth_what_lives_under_it_come_to() -> None:
    other = World(Assumptions(strain=0.0), setting=WORLD.setting)
    solution = solve([other], FIVE_ACTIONS, COARSE)
    e, g, t = round(0.75 * 4), 0, 10
    found = worth(WORLD, solution.policy[:, 0])[e, g, t]
    lives = simulate(WORLD, of_solution(solution), 20_000, start=Start(0.5, 0.0, 0.75)).worth()
    assert lives.mean() == pytest.approx(found, abs=0.05 + 4 * lives.std() / 20_000**0.5)
    assert found < solve([WORLD], FIVE_ACTIONS, COARSE).values[0, 0, e, g, t]


def test_believing_the_wrong_strain_costs_what_was_published() -> None:
    found = wrong_strain("one to one")
    assert abs(found.too_low - PUBLISHED.too_low) < STRAIN_TOLERANCE
    assert abs(found.too_high - PUBLISHED.too_high) < STRAIN_TOLERANCE
    assert wrong_strain("target present").too_high > found.too_high  # there, saying nothing is the dear mistake


@pytest.mark.parametrize("row", KNOWING, ids=[row.what for row in KNOWING])
def test_knowing_trust_exactly_adds_less_than_one_per_cent(row: object) -> None:
    assert 0 < knowing_adds(row, 20_000) < 1.0  # type: ignore[arg-type]
