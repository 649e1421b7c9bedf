"""The compiled solver against the reference: the same values, and the same policy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.foresight import FIVE_ACTIONS, SWITCHES, Action, Assumptions, Setting, Values, World, solve, switched
from poise.foresight.grid import COARSE, FINE, Grid
from poise.foresight.parameters import drawn
from poise.foresight.solving import NUMBA

SMALL = Grid(7, 3, 4)


def agrees(worlds: list[World], actions: tuple[Action, ...] = FIVE_ACTIONS, grid: Grid = SMALL) -> None:
    reference, compiled = solve(worlds, actions, grid), solve(worlds, actions, grid, engine=NUMBA)
    assert np.abs(reference.values - compiled.values).max() < 1e-9
    assert np.abs(reference.first - compiled.first).max() < 1e-9
    assert (reference.policy == compiled.policy).all()


@pytest.mark.parametrize("grid", [COARSE, FINE])
def test_on_the_grids_that_are_used_it_finds_the_same(grid: Grid) -> None:
    agrees([World(setting=Setting(present=0.4))], grid=grid)


@pytest.mark.parametrize("switch", SWITCHES)
def test_so_it_does_with_each_switch_on(switch: str) -> None:
    agrees([switched(World(setting=Setting(sessions=5, present=0.6)), [switch])])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_so_it_does_whatever_is_assumed_and_for_several_worlds_at_once(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    sets = zip(drawn(rng, count, Assumptions, wide=True), drawn(rng, count, Values, wide=True), strict=True)
    agrees([World(a, v, Setting(4, *map(float, rng.uniform(size=3))), float(rng.uniform(0, 4))) for a, v in sets])


def test_so_it_does_with_other_actions() -> None:
    agrees([World()], (FIVE_ACTIONS[0], Action("mild", 0.3, 0.1, 0.2, 0.35, 0.02, 0.03)))


def test_when_nothing_matters_every_action_ties_exactly() -> None:
    nothing = Values(help=0, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    assert (solve([World(values=nothing)], engine=NUMBA).first == 0).all()


def test_what_is_no_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="choose among"):
        solve([World()], engine="magic")
