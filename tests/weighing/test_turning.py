"""Turns of the starter books are those that weighing every changed moment finds; their parts are what they say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise
from poise import Moment, Rulebook, weigh
from poise.shelf import STARTERS
from poise.weighing.tables import BIAS, LANE, Table
from poise.weighing.turning.gains import highest, split
from poise.weighing.turning.grouping import MOST_ROWS, grouped
from poise.weighing.weighing import tables_of

Named = set[tuple[str, frozenset[tuple[str, str]], tuple[str, ...]]]


def drawn(chance: Random, book: Rulebook, whose: str) -> Moment:
    """A moment with about half of the questions answered, one of them perhaps as a belief."""
    asked = [question for question in book.questions if chance.random() < 0.5]
    answers: dict[str, str | Mapping[str, float]] = {q.id: chance.choice(q.answers) for q in asked}
    if "trust" not in answers and chance.random() < 0.5:
        answers["trust"] = {"new": 0.3, "building": 0.7}
    return Moment(book, whose, **answers)


def changed(book: Rulebook, moment: Moment, changes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """{list: who leads it} once some answers are changed."""
    kept = {name: belief for name, belief in moment.beliefs.items() if name not in changes}
    answers: dict[str, str | Mapping[str, float]] = {**moment.answers, **kept, **changes}
    weighing = weigh(book, Moment(book, moment.whose, **answers))
    return {each.list: each.lead for each in weighing.leanings}


def tried(weighing: poise.Weighing, name: str, most: int) -> Named:
    """The smallest turns of a list, of at most so many changes, by weighing every changed moment."""
    book, moment = weighing.book, weighing.moment
    before = {each.list: each.lead for each in weighing.leanings}[name]
    can_change = [question for question in book.questions if not question.fixed]
    for size in range(1, most + 1):
        found = set()
        for questions in combinations(can_change, size):
            for answers in product(*([a for a in q.answers if a != moment.answers.get(q.id)] for q in questions)):
                changes = dict(zip((question.id for question in questions), answers, strict=True))
                lead = changed(book, moment, changes).get(name, ())
                if set(lead) - set(before):
                    found.add((name, frozenset(changes.items()), lead))
        if found:
            return found
    return set()


@pytest.mark.parametrize("whose", ["theirs", "mine"])
@pytest.mark.parametrize("name", STARTERS)
def test_single_changes_are_found_as_by_weighing_each(name: str, whose: str) -> None:
    book, chance = poise.read(name), Random(f"{name} {whose}")
    for _ in range(12):
        weighing = weigh(book, drawn(chance, book, whose))
        for leaning in weighing.leanings:
            found = {(t.list, frozenset(t.changes.items()), t.lead) for t in weighing.turns if t.list == leaning.list}
            by_trying = tried(weighing, leaning.list, most=1)
            assert found == by_trying or (not by_trying and all(len(changes) > 1 for _, changes, _ in found))


@pytest.mark.long
@pytest.mark.parametrize("name", STARTERS)
def test_pairs_of_changes_are_found_as_by_weighing_each(name: str) -> None:
    book, chance = poise.read(name), Random(name)
    left = 4
    while left:
        weighing = weigh(book, drawn(chance, book, "theirs"))
        for leaning in weighing.leanings:
            found = {(t.list, frozenset(t.changes.items()), t.lead) for t in weighing.turns if t.list == leaning.list}
            if all(len(changes) == 2 for _, changes, _ in found):
                assert found == tried(weighing, leaning.list, most=2)
                left = max(0, left - 1)


@given(st.lists(st.lists(st.integers(-(BIAS >> 2), BIAS >> 2), max_size=5), max_size=4))
def test_lanes_are_split_and_their_highest_found(each: list[list[int]]) -> None:
    packed = [sum(lane << LANE * i for i, lane in enumerate(lanes)) for lanes in each]
    for lanes, number in zip(each, packed, strict=True):
        apart = split(number)
        assert apart + [0] * (len(lanes) - len(apart)) == lanes
    most = [max(0, *(lanes[i] if i < len(lanes) else 0 for lanes in each)) for i in range(5)] if each else []
    assert highest(packed) == sum(lane << LANE * i for i, lane in enumerate(most))


def test_tables_looked_up_together_are_all_of_them_and_make_no_wide_group() -> None:
    book = poise.read("among_friends")
    tables = tables_of(book).tables
    groups = grouped(tables, book.sizes)
    assert sorted(map(id, tables)) == sorted(id(table) for group in groups for table in group)
    for group in groups:
        rows = 1
        for position in {position for table in group for position in table.scope}:
            rows *= book.sizes[position] + 1
        widest = max(len(table.scope) for table in group)
        assert rows <= MOST_ROWS or any(len(table.scope) == widest and rows == _rows(book, table) for table in group)


def _rows(book: Rulebook, table: Table) -> int:
    rows = 1
    for position in table.scope:
        rows *= book.sizes[position] + 1
    return rows
