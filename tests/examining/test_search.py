"""The search finds an assignment exactly where trying every assignment finds one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise.examining.search as searching
from poise.examining import sweeping
from poise.examining.search import NEVER, Factor, Search, Unsettled
from poise.examining.sweeping import cheapest

Problem = tuple[tuple[int, ...], list[Factor], tuple[int, ...]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A few variables, a few factors over up to three of them, and what each row has to reach."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    sizes = tuple(int(size) for size in chance.integers(1, 4, size=chance.integers(1, 7)))
    rows = int(chance.integers(2, 5))
    factors = [Factor((), np.zeros(rows, np.int64))]
    for _ in range(chance.integers(1, 8)):
        count = int(chance.integers(0, min(3, len(sizes)) + 1))
        scope = tuple(sorted(int(p) for p in chance.choice(len(sizes), size=count, replace=False)))
        gains = chance.integers(-5, 6, size=(*(sizes[p] for p in scope), rows))
        gains[..., 0] = 0
        gains[chance.random(gains.shape[:-1]) < 0.1] = NEVER
        factors.append(Factor(scope, gains))
    return sizes, factors, (0, *(int(least) for least in chance.integers(-3, 8, size=rows - 1)))


def total(factors: list[Factor], values: tuple[int, ...]) -> list[int]:
    sums = sum(factor.gains[tuple(values[p] for p in factor.scope)] for factor in factors)
    return [int(each) for each in np.asarray(sums)]


@pytest.mark.parametrize("most_entries", [1, 30, 1 << 17])
@given(problem=problems())
def test_it_finds_an_assignment_exactly_where_there_is_one(most_entries: int, problem: Problem) -> None:
    sizes, factors, least = problem
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "MOST_ENTRIES", most_entries)
        found = Search(sizes, factors).find(least)
    reached = list(reaching(problem))
    assert (found is None) == (not reached)
    assert found is None or found in reached


def reaching(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every assignment that reaches what it has to."""
    sizes, factors, least = problem
    for values in product(*map(range, sizes)):
        if all(sum_ >= wanted for sum_, wanted in zip(total(factors, values), least, strict=True)):
            yield values


@pytest.mark.parametrize("most_entries", [1, 30, 1 << 17])
@pytest.mark.parametrize("part", [1, 1 << 15])
@given(problem=problems(), chance=st.integers(0, 2**32), limit=st.none() | st.integers(0, 6))
def test_a_sweep_finds_a_cheapest_assignment_exactly_where_there_is_one(
    most_entries: int, part: int, problem: Problem, chance: int, limit: int | None
) -> None:
    sizes, factors, least = problem
    drawn = np.random.default_rng(chance)
    costs = [[int(cost) for cost in drawn.integers(0, 3, size=size)] for size in sizes]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "MOST_ENTRIES", most_entries)
        patched.setattr(sweeping, "PART", part)
        found = cheapest(Search(sizes, factors), least, costs, limit)
    prices = {
        values: sum(cost[value] for cost, value in zip(costs, values, strict=True)) for values in reaching(problem)
    }
    within = [price for price in prices.values() if limit is None or price <= limit]
    assert (found is None) == (not within)
    assert found is None or prices[found] == min(within)


def test_states_that_share_a_hash_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_hashed", lambda rows: np.zeros(len(rows), np.uint64))
    sizes = (3,) * 5
    ups = [Factor((p,), np.array([[0, 1, -1], [0, -1, 1], [0, 3, -2]])) for p in range(5)]
    assert cheapest(Search(sizes, ups), (0, 2, 0), [[0, 1, 2]] * 5) is None
    found = cheapest(Search(sizes, ups), (0, 2, -1), [[0, 1, 2]] * 5)
    assert found is not None
    assert [sum(row) for row in zip(*([(1, -1), (-1, 1), (3, -2)][value] for value in found), strict=True)] >= [2, -1]


@given(problem=problems())
def test_without_split_joins_the_ceiling_is_the_most_each_row_can_reach(problem: Problem) -> None:
    sizes, factors, _ = problem
    sums = [total(factors, values) for values in product(*map(range, sizes))]
    possible = [each for each in sums if min(each) > NEVER // 2]
    if possible:
        assert Search(sizes, factors).ceiling.tolist() == [max(row) for row in zip(*possible, strict=True)]


def test_a_search_that_takes_too_long_says_so_and_does_not_guess() -> None:
    sizes = (2,) * 10
    ups = [Factor((p,), np.array([[0, 1, -1], [0, -1, 1]])) for p in range(10)]
    search, free = Search(sizes, ups), [[0, 0]] * 10
    with pytest.raises(Unsettled):
        search.find((0, 1, 1), most_steps=3)
    with pytest.raises(Unsettled):
        cheapest(search, (0, 1, 1), free, most_states=3)
    assert search.find((0, 1, 1)) is None is cheapest(search, (0, 1, 1), free)
    assert search.find((0, 0, 0)) is not None is not cheapest(search, (0, 0, 0), free)


def test_a_sweep_that_comes_to_too_many_states_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "MOST_KEPT", 2)
    ups = [Factor((p,), np.array([[0, 1 << p, -1], [0, -1, 1 << p]])) for p in range(6)]
    with pytest.raises(Unsettled):
        cheapest(Search((2,) * 6, ups), (0, 9, 9), [[0, 0]] * 6)
