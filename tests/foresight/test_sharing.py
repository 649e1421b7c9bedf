import numpy as np
import pytest

from poise.foresight import Setting, Week, World, share
from poise.foresight.grid import Grid

SMALL = Grid(11, 3, 4)
WORLDS = [World(setting=Setting(present=present, receptive=r)) for present in (0.15, 0.8) for r in (0.2, 0.5, 0.8)]
STARTS = [(0.2 + 0.1 * i, 0.8, 0.0) for i in range(len(WORLDS))]


def week(pool: float) -> Week:
    return Week(WORLDS, STARTS, pool, grid=SMALL)


def test_where_there_is_plenty_energy_has_no_price() -> None:
    shared = share(week(10))
    assert shared.price == 0
    assert shared.enough


def test_the_higher_the_price_the_less_is_taken() -> None:
    taken = [float(week(1).at(price).takes.sum()) for price in (0, 1, 2, 4, 8, 16)]
    assert (np.diff(taken) <= 1e-12).all()
    assert taken[-1] < taken[0] / 2


def test_the_price_is_the_lowest_at_which_it_does() -> None:
    pool = 0.7 * float(week(1).at(0).takes.sum())
    shared = share(week(pool), within=0.01)
    assert shared.enough
    assert shared.price > 0
    assert shared.takes.sum() <= pool
    assert week(pool).at(shared.price - 0.02).takes.sum() > pool


def test_where_even_silence_takes_more_than_there_is_it_says_so() -> None:
    shared = share(week(0.0))
    assert not shared.enough


def test_each_relationship_has_one_start() -> None:
    with pytest.raises(ValueError, match="one start"):
        Week(WORLDS, STARTS[:2], 1.0)
