"""A row says what the model says, and no row depends on another."""

from __future__ import annotations

import numpy as np
import pytest

from poise.foresight import MOMENTS, Asked, Setting, World, solve
from poise.foresight.bands import advantage, first_worths
from poise.foresight.grid import COARSE
from poise.foresight.scenarios import Book, Scenarios, row_of
from poise.foresight.simulating import Start, policy_of, simulate
from poise.shelf import flattened, read

from .. import published

POLICIES = ("optimum", "out_loud", "never", "kindly", "threshold")


def test_worth_and_what_speaks_for_now_are_the_solver_s() -> None:
    grid = Scenarios({"present": 0.4, "help": 2.0}, {"receptive": (0.2, 0.8), "trust_today": (0.33,)}, points="coarse")
    row = row_of(grid[1])
    world = grid[1].world
    assert row["worth"] == pytest.approx(solve([world], grid=COARSE).value_at(0.33)[0], abs=1e-12)
    for where, number in (("one_to_one", 1), ("target_present", 4)):
        asked = Asked(MOMENTS[number])
        wanted = advantage(first_worths([world], asked, [0.33], grid=COARSE), asked.actions)[0, 0]
        assert row["now"][where] == pytest.approx(wanted, abs=1e-12)


def test_the_cells_in_which_waiting_leads_are_counted_by_a_grid_too() -> None:
    axes = {"receptive": (0.2, 0.5, 0.8), "trust_today": tuple(map(float, np.linspace(0.05, 0.95, 10)))}
    grid = Scenarios({"present": 0.4}, axes)
    assert sum(row_of(grid[i])["waits"] for i in range(len(grid))) == published.cells(published.CELLS[0].assumptions)


def test_nothing_fixed_comes_to_more_than_the_optimum_and_that_is_what_was_solved() -> None:
    grid = Scenarios({"people": 20_000, "present": 0.4}, {"strain": (1.0,)}, POLICIES)
    row = row_of(grid[0])
    told = row["policies"]
    noise = told["optimum"]["worth_sd"] / 20_000**0.5
    assert told["optimum"]["worth"] == pytest.approx(row["worth"], abs=4 * noise + 0.03)
    assert all(told[name]["worth"] < told["optimum"]["worth"] + 3 * noise for name in POLICIES)
    assert told["out_loud"]["left"] > told["never"]["left"]
    assert told["never"]["growth"] < told["kindly"]["growth"]


def test_policies_of_a_scenario_meet_the_same_chance_whichever_are_asked_for() -> None:
    some = Scenarios({"people": 300}, {"strain": (0.0, 1.0)}, ("kindly",), points="coarse")
    every = Scenarios({"people": 300}, {"strain": (0.0, 1.0)}, POLICIES, points="coarse")
    for number in (1, 0):
        assert row_of(some[number])["policies"]["kindly"] == row_of(every[number])["policies"]["kindly"]


def test_scenarios_and_seeds_each_have_a_chance_of_their_own() -> None:
    grid = Scenarios({"people": 300}, {"seed": (1, 2, 3), "elsewhere": (1.0, 0.999999)}, ("kindly",), points="coarse")
    worth = [row_of(grid[i])["policies"]["kindly"]["worth"] for i in range(len(grid))]
    assert min(abs(a - b) for i, a in enumerate(worth) for b in worth[:i]) > 1e-4


def test_a_rulebook_is_lived_by_as_the_simulator_does_it() -> None:
    given = {"role": "clinician", "safety": "safe"}
    books = {"in_the_room": Book(flattened("in_the_room"), given)}
    grid = Scenarios({"people": 200, "seed": 9}, {"receptive": (0.2, 0.8)}, (), books, "coarse")
    row, scenario = row_of(grid[1]), grid[1]
    policy = policy_of(read("in_the_room"), scenario.world, given)
    lives = simulate(scenario.world, policy, 200, seed=9, start=Start(0.5, 0.0, 0.9), first=1 << 20)
    assert row["policies"]["in_the_room"]["worth"] == lives.worth().mean()
    assert row["policies"]["in_the_room"]["left"] == lives.left.mean()


def test_without_people_nothing_is_lived_through() -> None:
    grid = Scenarios({"people": 0}, {"strain": (1.0,)}, POLICIES, points="coarse")
    assert row_of(grid[0])["policies"] == {}
    assert World(setting=Setting()) == grid[0].world
