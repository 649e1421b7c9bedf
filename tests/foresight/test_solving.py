from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.foresight import FIVE_ACTIONS, SWITCHES, Action, Assumptions, Setting, Values, World, solve, switched
from poise.foresight.grid import COARSE, FINE, Grid, smoothing, weights
from poise.foresight.parameters import drawn

from .oracle import Plain, noisy

SMALL = Grid(5, 3, 4)


def agrees(world: World, actions: tuple[Action, ...] = FIVE_ACTIONS, grid: Grid = SMALL) -> None:
    plain, ours = Plain(world, actions, grid.shape), solve([world], actions, grid)
    for t, values in enumerate(plain.values):
        theirs = np.array([values[x] for x in plain.states]).reshape(grid.shape)
        assert np.abs(ours.values[t, 0] - theirs).max() < 1e-9
    for t, policy in enumerate(ours.policy[:, 0]):
        worths = np.array([plain.worths[t][x] for x in plain.states]).reshape(*grid.shape, *ours.first.shape[1:3])
        worths = worths.transpose(3, 4, 0, 1, 2)
        taken = np.take_along_axis(worths, policy[:, None].astype(np.intp), axis=1)[:, 0]
        assert (taken > worths.max(1) - 1e-9).all()  # and where two are as good as each other, either will do
        assert t or np.abs(ours.first[0] - worths).max() < 1e-9


def test_it_is_backward_induction_as_plain_loops_do_it() -> None:
    agrees(World(setting=Setting(sessions=6, present=0.4)))


@pytest.mark.parametrize("switch", SWITCHES)
def test_so_it_is_with_each_switch_on(switch: str) -> None:
    agrees(switched(World(setting=Setting(sessions=3, present=0.6)), [switch]))


def test_so_it_is_with_other_actions_and_a_price_on_energy() -> None:
    mild = Action("mild", 0.3, 0.1, 0.2, 0.35, 0.02, 0.03)
    agrees(World(setting=Setting(sessions=3), price=2.5), (FIVE_ACTIONS[0], mild, FIVE_ACTIONS[4]))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.floats(0.05, 0.6))
def test_so_it_is_whatever_is_assumed(seed: int, present: float, moments: float) -> None:
    rng = np.random.default_rng(seed)
    assumptions, values = drawn(rng, 1, Assumptions, wide=True)[0], drawn(rng, 1, Values, wide=True)[0]
    agrees(World(assumptions, values, Setting(3, moments, present, float(rng.uniform()))))


def test_worlds_solved_together_are_solved_as_if_alone() -> None:
    rng = np.random.default_rng(5)
    worlds = [World(a, v) for a, v in zip(drawn(rng, 5, Assumptions), drawn(rng, 5, Values), strict=True)]
    together = solve(worlds, grid=SMALL)
    for i, world in enumerate(worlds):
        alone = solve([world], grid=SMALL)
        assert np.allclose(together.values[:, i], alone.values[:, 0], atol=1e-12, rtol=0)
        assert (together.policy[:, i] == alone.policy[:, 0]).all()


def test_worlds_that_look_at_different_times_are_not_solved_together() -> None:
    with pytest.raises(ValueError, match="same number of sessions"):
        solve([World(), World(setting=Setting(sessions=3))])
    with pytest.raises(ValueError, match="one at least"):
        solve([])


def test_a_setting_that_cannot_be_is_refused() -> None:
    for bad in ({"sessions": 0}, {"moments": 1.5}, {"present": -0.1}, {"receptive": 2.0}):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Setting(**bad)


@pytest.mark.parametrize("points", [3, 21, 31])
def test_noise_on_trust_is_carried_exactly(points: int) -> None:
    assert np.abs(smoothing(points) - noisy(points)).max() < 1e-12
    assert np.abs(smoothing(points).sum(1) - 1).max() < 1e-12


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.integers(2, 40))
def test_interpolation_keeps_places_where_they_are(places: list[float], points: int) -> None:
    near = weights(np.array(places), points)
    assert np.allclose(near.sum(-1), 1)
    assert np.allclose(near @ np.linspace(0, 1, points), places)
    assert ((near > 0).sum(-1) <= 2).all()


def test_the_grid_is_fine_enough() -> None:
    # The published comparison has 11.624 on this grid and 11.637 on one of 101 by 21 by 21.
    world = World(setting=Setting(present=0.4))
    fine, coarse = solve([world], grid=FINE).value_at(0.5)[0], solve([world], grid=COARSE).value_at(0.5)[0]
    assert abs(fine - 11.624) < 0.005
    assert abs(coarse - fine) < 0.05


@pytest.mark.long
def test_a_grid_with_many_more_points_says_the_same() -> None:
    assert abs(solve([World(setting=Setting(present=0.4))], grid=Grid(101, 21, 21)).value_at(0.5)[0] - 11.637) < 0.012


def test_when_nothing_matters_every_action_ties_exactly() -> None:
    nothing = Values(help=0, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    solution = solve([World(values=nothing)])
    assert (solution.first == 0).all()


def test_more_harm_valued_never_makes_the_optimum_worth_more() -> None:
    worlds = [World(values=replace(Values(), harm=harm), setting=Setting(present=0.8)) for harm in (0.0, 1.0, 3.0)]
    values = solve(worlds, grid=COARSE).values[0]
    assert (np.diff(values, axis=0) <= 1e-12).all()
