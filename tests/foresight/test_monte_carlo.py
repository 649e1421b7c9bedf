import numpy as np
import pytest

from poise.foresight import FIVE_ACTIONS, Setting, World, solve, switched
from poise.foresight.grid import COARSE, Grid
from poise.foresight.monte_carlo import always, live, optimal

WORLD = World(setting=Setting(present=0.4))


def start(count: int, trust: float, energy: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.full(count, trust), np.zeros(count), np.full(count, energy)


@pytest.mark.parametrize("on", [[], ["no_strain"], ["silence_erodes_trust", "harm_ends_when_they_leave"]])
@pytest.mark.parametrize("trust", [0.25, 0.7])
def test_lives_on_the_grid_are_worth_what_the_solution_says(on: list[str], trust: float) -> None:
    world = switched(WORLD, on)
    grid = Grid(21, 5, 5)
    solution = solve([world], grid=grid)
    lived = live(np.random.default_rng(1), world, optimal(solution), start(20_000, trust, 0.75), grid)
    error = lived.value.std() / np.sqrt(20_000)
    assert abs(lived.value.mean() - solution.value_at(trust, 0.75)[0]) < 4 * error


def test_lives_off_the_grid_are_worth_the_same_but_for_the_grid() -> None:
    solution = solve([WORLD])
    lived = live(np.random.default_rng(2), WORLD, optimal(solution), start(60_000, 0.5, 0.9))
    error = lived.value.std() / np.sqrt(60_000)
    assert abs(lived.value.mean() - solution.value_at(0.5)[0]) < 0.02 + 3 * error


def test_no_fixed_response_is_worth_more_than_the_optimum() -> None:
    solution = solve([WORLD], grid=COARSE)
    best = solution.value_at(0.5)[0]
    for number in range(len(FIVE_ACTIONS)):
        lived = live(np.random.default_rng(3), WORLD, always(FIVE_ACTIONS, number), start(20_000, 0.5, 0.9))
        assert lived.value.mean() < best + 4 * lived.value.std() / np.sqrt(20_000)


def test_the_same_chance_gives_the_same_lives() -> None:
    policy = always(FIVE_ACTIONS, 2)
    once, again = (live(np.random.default_rng(4), WORLD, policy, start(500, 0.5, 0.9)) for _ in range(2))
    assert (once.value == again.value).all()
    assert (once.left == again.left).all()


def test_who_has_left_has_no_more_sessions() -> None:
    lived = live(np.random.default_rng(6), WORLD, always(FIVE_ACTIONS, 4), start(5_000, 0.2, 0.9))
    assert lived.left.any()
    assert (lived.sessions[~lived.left] == WORLD.setting.sessions).all()
    assert (lived.ruptures <= lived.sessions).all()
    assert (lived.repairs <= lived.ruptures).all()


def test_leaving_and_ruptures_are_as_often_as_published() -> None:
    # 19.7 % leave early (Swift & Greenberg 2012); ruptures in 20 to 42 % of sessions. The model was fitted to both.
    rng = np.random.default_rng(7)
    count = 20_000
    trust = np.clip(rng.normal(0.5, 0.15, count), 0, 1)
    lived = live(rng, WORLD, always(FIVE_ACTIONS, 2), (trust, np.zeros(count), np.full(count, 0.9)))
    assert abs(lived.left.mean() - 0.197) < 0.02
    assert 0.2 < lived.ruptures.sum() / lived.sessions.sum() < 0.42
