"""Rows say, one by one, what `poise.weigh` says of the same moment."""

from __future__ import annotations

from itertools import product
from math import isclose
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

import poise
from poise import Mistakes, Moment, Rulebook, weigh_rows
from poise.rulebook.reading import read
from poise.shelf import STARTERS
from poise.weighing.rows import Rows, lanes, leaf, weighed
from poise.weighing.rows.columns import coded
from poise.weighing.rows.joining import Answering
from poise.weighing.rows.plan import Plan, plan_of
from poise.weighing.weighing import tables_of

from .invented import CHANCES, book_of

ENGINES = ("numpy", "numba")
Columns = dict[str, Any]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "numba":
        pytest.importorskip("numba", reason="numba is an extra and not installed here")
    return str(request.param)


@pytest.fixture(params=["laid out for all rows", "laid out for these rows"])
def laid_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are weighed by what serves all; many by tables without the slots that these rows do not need."""
    if request.param == "laid out for these rows":
        monkeypatch.setattr(weighed, "WORTHWHILE", 0)


def random_columns(book: Rulebook, rows: int, unanswered: float, seed: int = 1) -> Columns:
    draw = np.random.default_rng(seed)
    found = {}
    for question in book.questions:
        codes = draw.integers(0, len(question.answers), rows).astype(np.uint8)
        codes[draw.random(rows) < unanswered] = 255
        found[question.id] = codes
    return found


def moment(book: Rulebook, columns: Columns, whose: str, row: int) -> Moment:
    codes = {name: int(column[row]) for name, column in columns.items()}
    return Moment(book, whose, **{n: book.considerations[n].answers[c] for n, c in codes.items() if c not in (-1, 255)})


def assert_same_as_single(rows: Rows, book: Rulebook, columns: Columns, whose: str = "theirs") -> None:
    applies = {name: rows.applies(name) for name in book.guidelines}
    met = {name: rows.met(name) for name in book.bounds}
    bounds = [*book.bounds, None]
    for row in range(len(rows)):
        weighing = poise.weigh(book, moment(book, columns, whose, row))
        assert bounds[rows.bound[row]] == (weighing.bound.id if weighing.bound else None)
        assert {name for name in applies if applies[name][row]} == set(weighing.applies)
        assert {name for name in met if met[name][row]} == {s.bound.id for s in weighing.bounds if s.met}
        leanings = {leaning.list: leaning for leaning in weighing.leanings}
        assert leanings.keys() <= rows.responses.keys()
        for name, responses in rows.responses.items():
            leaning = leanings.get(name)
            assert rows.lead(name, row) == (leaning.lead if leaning else ())
            shares = {standing.response: standing.share for standing in leaning.ranking} if leaning else {}
            for response, share in zip(responses, rows.shares[name][:, row], strict=True):
                assert isclose(share, shares.get(response, 0), rel_tol=2e-5, abs_tol=1e-12)
                assert (share == 0) >= (response not in shares)


@pytest.mark.usefixtures("laid_out")
@pytest.mark.parametrize("whose", ["theirs", "mine"])
@pytest.mark.parametrize("unanswered", [0, 0.3, 0.8])
@pytest.mark.parametrize("name", STARTERS)
def test_rows_of_a_starter_book_are_its_single_weighings(name: str, unanswered: float, whose: str) -> None:
    book = poise.read(name)
    columns = random_columns(book, 120, unanswered)
    assert_same_as_single(weigh_rows(book, columns, whose, engine="numpy"), book, columns, whose)


@pytest.mark.usefixtures("laid_out")
@pytest.mark.parametrize("unanswered", [0, 0.3])
@pytest.mark.parametrize("name", ["in_the_room", "among_friends"])
def test_both_engines_say_the_same_over_several_chunks(name: str, unanswered: float) -> None:
    pytest.importorskip("numba")
    book = poise.read(name)
    columns = random_columns(book, 3 * (1 << 15) + 17, unanswered)
    first, second = (weigh_rows(book, columns, engine=engine) for engine in ENGINES)
    assert np.array_equal(first.marks, second.marks)
    assert np.array_equal(first.replaced, second.replaced)
    for list_name in first.responses:
        assert np.array_equal(first.leads[list_name], second.leads[list_name])
        assert np.allclose(first.shares[list_name], second.shares[list_name], rtol=2e-5, atol=1e-12)


def every_row(book: Rulebook) -> Columns:
    """Every combination of answers, unanswered included."""
    codes = np.array(list(product(*(range(-1, size) for size in book.sizes))), np.int64)
    return {question.id: codes[:, question.position] for question in book.questions}


@given(CHANCES, st.sampled_from(["theirs", "mine"]))
def test_every_row_of_an_invented_book_is_its_single_weighing(chance: Random, whose: str) -> None:
    invented = book_of(chance)
    note(invented.text)
    book = read("invented", invented.text)
    columns = every_row(book)
    rows = weigh_rows(book, columns, whose, engine="numpy")
    assert_same_as_single(rows, book, columns, whose)


@given(CHANCES)
def test_tables_laid_out_for_some_rows_serve_just_these(chance: Random) -> None:
    book = read("invented", book_of(chance).text)
    columns = every_row(book)
    names = list(columns)
    full = np.ones(len(columns[names[0]]), np.bool_)
    for name in names[: chance.randint(0, len(names))]:
        full &= columns[name] >= 0
    some = {name: column[full] for name, column in columns.items() if chance.random() < 0.8}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weighed, "WORTHWHILE", 0)
        rows = weigh_rows(book, some, engine="numpy")
    assert_same_as_single(rows, book, some)


@given(CHANCES)
def test_the_engines_agree_on_invented_books(chance: Random) -> None:
    pytest.importorskip("numba")
    book = read("invented", book_of(chance).text)
    columns = every_row(book)
    for whose in ("theirs", "mine"):
        first, second = (weigh_rows(book, columns, whose, engine=engine) for engine in ENGINES)
        assert np.array_equal(first.marks, second.marks)
        assert np.array_equal(first.replaced, second.replaced)
        for name in first.responses:
            assert np.array_equal(first.leads[name], second.leads[name])
            assert np.allclose(first.shares[name], second.shares[name], rtol=2e-5, atol=1e-12)


def test_one_lot_may_leave_open_what_another_answers(engine: str) -> None:
    book = poise.read("among_friends")
    full, gaps = random_columns(book, 40, 0), random_columns(book, 40, 0.5, seed=2)
    weigher = weighed.Weigher(book, engine=engine)
    for lot in (full, {"harm": full["harm"]}, gaps, full):
        assert_same_as_single(weigher.weigh(coded(book, lot)), book, lot)


TEXT = """poise: 1
title: Small
considerations:
  harm: {ask: "How bad is it?", answers: slip < stings < serious}
responses:
  toward:
    ask: {say: Ask}
    let_be: {say: Let it be}
guidelines:
  kind: {say: Ask when it stings, when: "harm >= stings", lean: {ask: nudge}}
"""


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int16, np.int64, np.uint64])
def test_any_whole_numbers_are_codes(kind: type[np.integer[Any]], engine: str) -> None:
    book = read("small", TEXT)
    nothing = -1 if np.iinfo(kind).min < 0 else 255
    rows = weigh_rows(book, {"harm": np.array([0, 1, nothing, 2], kind)}, engine=engine)
    assert [rows.lead("toward", row) for row in range(4)] == [("ask", "let_be"), ("ask",), ("ask", "let_be"), ("ask",)]
    assert rows.applies("kind").tolist() == [False, True, False, True]


def test_lists_of_numbers_and_parts_of_arrays_are_columns_too() -> None:
    book = read("small", TEXT)
    spread = np.array([0, 9, 1, 9, 2, 9], np.uint8)[::2]
    for column in ([0, 1, 2], spread):
        assert weigh_rows(book, {"harm": column}).leads["toward"].tolist() == [3, 1, 1]


def test_shares_and_reasons_can_be_left_out(engine: str) -> None:
    book = poise.read("among_friends")
    columns = random_columns(book, 50, 0.2)
    whole = weigh_rows(book, columns, engine=engine)
    bare = weigh_rows(book, columns, engine=engine, shares=False, reasons=False)
    assert bare.shares == {}
    assert bare.marks.shape == (50, 0)
    assert np.array_equal(whole.bound, bare.bound)
    assert all(np.array_equal(whole.leads[name], bare.leads[name]) for name in whole.leads)


def test_no_rows_and_no_list_are_fine(engine: str) -> None:
    book = read("small", TEXT)
    assert len(weigh_rows(book, {}, engine=engine)) == 0
    mine = weigh_rows(book, {"harm": [1, 2]}, "mine", engine=engine)
    assert mine.responses == {}
    assert mine.applies("kind").all()


def book_with(guidelines: str, questions: int = 11, more: str = "") -> Rulebook:
    asked = "\n".join(f"  q{i}: {{ask: q, answers: a | b}}" for i in range(questions))
    return read("made", f"poise: 1\ntitle: Made\nconsiderations:\n{asked}\nresponses:\n{more}guidelines:\n{guidelines}")


LISTED = "  toward:\n    ask: {say: Ask}\n    let_be: {say: Let it be}\n"


def test_a_book_with_more_guidelines_than_a_word_has_bits(engine: str) -> None:
    lines = [f"  g{i}: {{say: s, when: q{i % 7} == {'ab'[i % 2]}, lean: {{ask: {i % 5 - 2}.5}}}}" for i in range(150)]
    book = book_with("\n".join(lines), 7, LISTED)
    columns = random_columns(book, 60, 0.3)
    rows = weigh_rows(book, columns, engine=engine)
    assert rows.marks.shape == (60, 3)
    assert_same_as_single(rows, book, columns)


def test_a_condition_over_many_questions_makes_a_large_table(engine: str) -> None:
    either = " or ".join(f"q{i} == a and q{i + 1} == b" for i in range(10))
    book = book_with(f'  g: {{say: s, when: "{either}", lean: {{ask: 0.7}}}}', 11, LISTED)
    columns = random_columns(book, 100, 0.4)
    assert_same_as_single(weigh_rows(book, columns, engine=engine), book, columns)


def planned(book: Rulebook) -> Plan:
    return plan_of(tables_of(book), "theirs", Answering(), 4_096)


ODD = """  g0: {say: s, when: q0 == a, unless: q1 == b, lean: {ask: 0.289, let_be: 0.75}}
  g1: {say: s, when: q2 == b, lean: {ask: 0.289}}
  g2: {say: s, when: q3 == a and q4 == b, lean: {let_be: -1.001, walk: 0.75}}
"""
EVEN = "".join(
    f"  h{i}: {{say: s, when: q{i} == b, lean: {{ask: -{15 + i % 3 * 0.75}, walk: 7.5}}}}\n" for i in range(8)
)
THREE = LISTED + "    walk: {say: Walk away, needs: q4 == a}\n"


def test_a_response_with_an_odd_lean_has_a_lane_with_it_and_one_without(engine: str) -> None:
    book = book_with(ODD + EVEN, 8, THREE)
    (listed,), block = planned(book).lists, planned(book).blocks[0]
    assert (listed.whose, block.scores.itemsize) == ((0, 0, 0, 0, 1, 1, 2), 2)
    columns = random_columns(book, 400, 0.2)
    assert_same_as_single(weigh_rows(book, columns, engine=engine), book, columns)


def test_a_book_with_too_many_odd_leans_takes_wider_lanes(engine: str) -> None:
    many = "".join(f"  o{i}: {{say: s, when: q{i} == b, lean: {{ask: 0.{i + 1}01}}}}\n" for i in range(5))
    book = book_with(many + EVEN, 8, THREE)
    (listed,), block = planned(book).lists, planned(book).blocks[0]
    assert (listed.whose, block.scores.itemsize) == ((0, 1, 2), 4)
    columns = random_columns(book, 400, 0.2)
    assert_same_as_single(weigh_rows(book, columns, engine=engine), book, columns)


@given(CHANCES)
def test_lanes_for_odd_leans_say_the_same_of_invented_books(chance: Random) -> None:
    book = read("invented", book_of(chance).text)
    columns = every_row(book)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "MORE", 64)
        patch.setitem(lanes.LANE_TYPES, np.uint16, 1 << 12)  # thousandths hardly fit then
        rows = weigh_rows(book, columns, engine="numpy")
    assert_same_as_single(rows, book, columns)


def test_a_list_of_many_responses_takes_several_groups_of_words(engine: str) -> None:
    listed = "  toward:\n" + "".join(f"    r{i}: {{say: r}}\n" for i in range(40))
    lines = [f"  g{i}: {{say: s, when: q{i % 7} == {'ab'[i % 2]}, lean: {{r{i}: {i % 4}.5}}}}" for i in range(1, 40)]
    book = book_with("\n".join(lines), 7, listed)
    columns = random_columns(book, 60, 0.3)
    rows = weigh_rows(book, columns, engine=engine)
    assert rows.leads["toward"].dtype == np.uint64
    assert_same_as_single(rows, book, columns)


def test_rows_begin_and_end_anywhere_in_a_step_and_in_a_chunk(engine: str) -> None:
    book = poise.read("among_friends")
    columns = random_columns(book, (1 << 20) + 1_500, 0)
    whole = weigh_rows(book, columns, engine=engine)
    for start, stop in (
        (0, 1),
        ((1 << 20) - 3, (1 << 20) + 40),
        (5_000, 6_025),
        ((1 << 20) + 1_000, (1 << 20) + 1_500),
    ):
        part = weigh_rows(book, {name: column[start:stop] for name, column in columns.items()}, engine=engine)
        assert np.array_equal(part.marks, whole.marks[start:stop])
        for name, leads in part.leads.items():
            assert np.array_equal(leads, whole.leads[name][start:stop])
            assert np.allclose(part.shares[name], whole.shares[name][:, start:stop], rtol=2e-5, atol=1e-12)


def test_a_book_without_guidelines_is_a_tie(engine: str) -> None:
    book = book_with("", 1, LISTED)
    rows = weigh_rows(book, {"q0": [0, 1, -1]}, engine=engine)
    assert rows.leads["toward"].tolist() == [3, 3, 3]
    assert np.allclose(rows.shares["toward"], 0.5)


# What is refused


def said(error: pytest.ExceptionInfo[Mistakes]) -> str:
    return str(error.value)


def test_a_column_nobody_asks_about_is_named_with_the_nearest() -> None:
    with pytest.raises(Mistakes) as error:
        weigh_rows(read("small", TEXT), {"hram": [1]})
    assert said(error) == "this book does not ask about `hram`\n  did you mean `harm`?\n\nNothing was weighed."


@pytest.mark.parametrize("column", [[0, 3], [-2], np.array([3], np.uint8), np.array([300], np.int32)])
def test_a_number_that_is_no_answer_is_named(column: Any) -> None:
    with pytest.raises(Mistakes, match=r"`harm` has no answer with the number (3|-2|300)\n  its answers are 0 to 2"):
        weigh_rows(read("small", TEXT), {"harm": column})


def test_what_is_no_column_is_refused() -> None:
    book = poise.read("among_friends")
    with pytest.raises(TypeError, match="whole numbers"):
        weigh_rows(book, {"harm": [0.5]})
    with pytest.raises(TypeError, match="one-dimensional"):
        weigh_rows(book, {"harm": [[1]]})
    with pytest.raises(ValueError, match="different lengths"):
        weigh_rows(book, {"harm": [1], "place": [1, 2]})
    with pytest.raises(ValueError, match="no engine"):
        weigh_rows(book, {"harm": [1]}, engine="abacus")
    with pytest.raises(Mistakes, match="`theirs` or `mine`"):
        weigh_rows(book, {"harm": [1]}, "ours")


def far_apart() -> Rulebook:
    """Leans of thousands of doublings, and bounds that could each take the same response out as far again."""
    strong = ["  g:", "    say: s", "    weight: 10", "    when: q0 == a", "    leans:"]
    strong += ["      - lean: {ask: 20, let_be: -20}"] * 2_000
    strong += [f"  fine{i}: {{say: s, when: q{i} == a, lean: {{ask: 0.00{i}}}}}" for i in range(1, 9)]
    bounds = [f"  b{i}: {{when: q{i} == b, never: [ask], say: b}}" for i in range(40)]
    return book_with("\n".join([*strong, "bounds:", *bounds]), 40, LISTED)


def test_scores_too_far_apart_for_rows_are_refused_before_anything_is_weighed() -> None:
    with pytest.raises(Mistakes) as error:
        weigh_rows(far_apart(), {"q0": [0]})
    assert said(error).startswith("the leans of this book reach too far apart to be weighed in rows\n")


def test_a_list_longer_than_a_word_has_bits_is_refused() -> None:
    listed = "  toward:\n" + "".join(f"    r{i}: {{say: r}}\n" for i in range(65))
    with pytest.raises(Mistakes, match="`toward` has 65 responses; weighed in rows it can have 64"):
        weigh_rows(book_with("", 1, listed), {"q0": [0]})


def test_a_condition_that_needs_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaf, "MOST_ROWS", 2)
    with pytest.raises(Mistakes, match="too many combinations"):
        weigh_rows(read("small", TEXT), {"harm": [0]})
