import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.foresight import FIVE_ACTIONS, Assumptions, Setting, Values, World, decompose, solve
from poise.foresight.decomposing import energy_spent
from poise.foresight.grid import COARSE, Grid
from poise.foresight.monte_carlo import live, optimal
from poise.foresight.parameters import drawn

SMALL = Grid(7, 3, 4)
GENTLE, LET_GO = 2, 0


def most_apart(world: World, grid: Grid) -> float:
    solution = solve([world], grid=grid)
    return float(np.abs(sum(decompose(solution).first.values()) - solution.first).max())


@pytest.mark.parametrize("price", [0.0, 3.0])
def test_the_parts_add_up_to_the_whole(price: float) -> None:
    assert most_apart(World(setting=Setting(present=0.4), price=price), COARSE) < 1e-12


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_so_they_do_whatever_is_assumed(seed: int, sessions: int) -> None:
    rng = np.random.default_rng(seed)
    assumptions, values = drawn(rng, 1, Assumptions, wide=True)[0], drawn(rng, 1, Values, wide=True)[0]
    assert most_apart(World(assumptions, values, Setting(sessions=sessions)), SMALL) < 1e-12


def test_a_value_of_nothing_leaves_its_part_empty() -> None:
    parts = decompose(solve([World(values=Values(growth=0, elsewhere=0))], grid=SMALL)).first
    assert (parts["growth"] == 0).all()
    assert (parts["elsewhere"] == 0).all()
    assert (parts["price"] == 0).all()
    assert (parts["harm"] <= 0).all()


def test_why_gentle_costs_help_at_thin_trust_and_teaches_at_solid_trust() -> None:
    # Published, one to one, a moderate remark. At .25: help -.15, growth +.12, energy -.06, leaving -.06, harm -.01,
    # in all -.15. At .70: growth +.21, energy -.08, the rest about 0, in all +.14.
    parts = decompose(solve([World(setting=Setting(present=0.15))]))
    expected = {
        0.25: {"help": -0.15, "growth": 0.12, "energy": -0.06, "leaving": -0.06, "harm": -0.01},
        0.70: {"help": 0.0, "growth": 0.21, "energy": -0.08, "leaving": 0.0, "harm": 0.0},
    }
    for trust, published in expected.items():
        at = parts.at(trust)
        for part, number in published.items():
            assert abs(float(at[part][0, 1, GENTLE] - at[part][0, 1, LET_GO]) - number) < 0.03, (trust, part)


def test_energy_spent_is_what_lives_spend() -> None:
    world = World(setting=Setting(present=0.4))
    solution = solve([world], grid=COARSE)
    count = 20_000
    start = (np.full(count, 0.5), np.zeros(count), np.full(count, 0.75))
    lived = live(np.random.default_rng(8), world, optimal(solution), start, COARSE)
    mean, error = lived.spent.mean(), lived.spent.std() / np.sqrt(count)
    assert abs(energy_spent(solution)[0, 3, 0, 10] - mean) < 4 * error
    assert solution.tables.actions == FIVE_ACTIONS
