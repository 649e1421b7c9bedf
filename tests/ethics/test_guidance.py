"""Twenty-one pieces of published guidance, tried on the starter books: where this moves so, that one gains or loses.

A direction has to hold at least weakly in every moment of a fixed set and strictly in some of them. Shares are those of
the response within its list, 0 where it is out; several responses are added.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import poise

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data" / "ethics" / "guidance_assertions.csv"
STARTERS = ("in_the_room", "among_friends", "keeping_the_room")
MOMENTS = 60
ANSWERED = 0.7
"""The part of the other questions that a moment answers."""
UNLESS_MOVED = {"risk": ["none"], "dependent": ["none"], "safety": ["shaky", "mostly", "safe"]}
"""Bounds would answer everything before the guidelines do."""
ROUNDING = 1e-12


@dataclass(frozen=True)
class Row:
    id: str
    says: str
    source: str
    why: str
    moves: dict[str, list[str]] = field(default_factory=dict)
    responses: list[str] = field(default_factory=list)
    expect: str = ""
    within: dict[str, list[str]] = field(default_factory=dict)
    books: list[str] = field(default_factory=lambda: list(STARTERS))
    whose: str = "theirs"
    absent: list[str] = field(default_factory=list)


ROWS = [Row(**row) for row in yaml.safe_load((HERE / "guidance.yaml").read_text("utf-8"))["rows"]]
TRIED = [(row, name) for row in ROWS for name in row.books if not row.absent]
LEFT_OUT = [row for row in ROWS if row.absent]


@cache
def starter(name: str) -> poise.Rulebook:
    return poise.read(name)


def moments(book: poise.Rulebook, row: Row) -> Iterator[dict[str, str]]:
    """Some of all answers to everything but what moves: the same ones every time, with what is impossible left out."""
    (moved, ends), *_ = row.moves.items()
    draw = random.Random(row.id)
    kept = 0
    while kept < MOMENTS:
        answers = {}
        for question in book.questions:
            answer = draw.choice((UNLESS_MOVED | row.within).get(question.id) or question.answers)
            if question.id in row.within or question.id in UNLESS_MOVED or draw.random() < ANSWERED:
                answers[question.id] = answer
        if all(possible(book, answers | {moved: end}) for end in ends):
            kept += 1
            yield answers


def possible(book: poise.Rulebook, answers: dict[str, str]) -> bool:
    codes = poise.Moment(book, **answers).codes
    return not any(condition.under(codes) for condition in book.impossible)


def share(book: poise.Rulebook, answers: dict[str, str], row: Row) -> float:
    weighing = poise.weigh(book, poise.Moment(book, row.whose, **answers))
    return sum(
        standing.share
        for leaning in weighing.leanings
        for standing in leaning.ranking
        if standing.response in row.responses
    )


def movements(book: poise.Rulebook, row: Row) -> list[tuple[float, float, dict[str, str]]]:
    """The share before and after, and the moment, of every moment tried."""
    ((moved, (before, after)),) = row.moves.items()
    return [
        (share(book, answers | {moved: before}, row), share(book, answers | {moved: after}, row), answers)
        for answers in moments(book, row)
    ]


@pytest.mark.parametrize(("row", "name"), TRIED, ids=lambda value: value.id if isinstance(value, Row) else value)
def test_a_starter_book_moves_as_the_guidance_says(row: Row, name: str) -> None:
    found = movements(starter(name), row)
    sign = -1 if row.expect in ("down", "out") else 1
    assert any(abs(after - before) > ROUNDING for before, after, _ in found), "it never moves at all"
    if row.expect == "out":
        assert all(after == 0 for _, after, _ in found)
    if row.expect != "changes":
        against = [
            (round(before, 4), round(after, 4), answers)
            for before, after, answers in found
            if sign * (after - before) < -ROUNDING
        ]
        assert not against, f"{row.id} fails in {len(against)} of {len(found)} moments, first {against[0]}"


@pytest.mark.parametrize("row", LEFT_OUT, ids=lambda row: row.id)
@pytest.mark.parametrize("name", STARTERS)
def test_what_the_books_leave_out_on_purpose_has_a_reason(row: Row, name: str) -> None:
    book = starter(name)
    named = {*book.responses, *book.considerations, *book.terms}
    assert not named.intersection(row.absent), "the books have it now: say how it moves, and take `absent` away"
    assert row.why
    print(f"{row.id}, not in {name}: {row.why}")


def test_every_row_says_whose_words_it_follows_and_how_they_became_ours() -> None:
    assert all(row.says and row.source and row.why for row in ROWS)
    assert len({row.id for row in ROWS}) == len(ROWS) == 21
    assert {row.expect for row in ROWS if not row.absent} == {"up", "down", "changes", "out"}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_no_row_of_the_source_is_missing_and_none_points_the_other_way() -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        published: dict[str, dict[str, Any]] = {row["id"]: row for row in csv.DictReader(file)}
    assert set(published) == {row.id for row in ROWS}
    for row in ROWS:
        theirs = published[row.id]["expected"]
        assert row.absent or row.expect == {"forbid": "out"}.get(theirs, theirs)
