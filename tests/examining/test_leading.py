"""Situations are found as demanded, with every question answered where that is asked for."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, note

import poise
from poise.examining.leading import Demands, answers_in, conjuncts
from poise.examining.promises import prove
from poise.examining.search import Unsettled
from poise.examining.situations import Space
from poise.rulebook.reading import read, read_promise

from ..weighing.invented import CHANCES, book_of
from .everything import Everything


@given(chance=CHANCES)
def test_a_fully_answered_situation_is_found_where_there_is_one(chance: Random) -> None:
    everything = Everything(book_of(chance))
    note(everything.invented.text)
    whole = len(everything.invented.questions)
    full = [leads for answers, _, leads in everything.leads() if len(answers) == whole]
    space = Space([everything.book])
    for response in everything.book.responses:
        demands = Demands(space, answered=True)
        demands.leads(0, response)
        found = demands.find()
        assert (found is not None) == any(response in lead for leads in full for lead in leads.values())
        assert found is None or answers_in(found) == whole


def test_a_condition_is_taken_apart_only_where_that_says_the_same() -> None:
    book = poise.read("among_friends")
    parts = {
        "harm == slip and place == group_chat and trust == new": 3,
        "not (harm == slip or place == group_chat)": 2,
        "harm == slip or place == group_chat": 1,
        "not (harm == slip and place == group_chat)": 1,
        "not not (harm == slip and place == group_chat)": 2,
    }
    for text, count in parts.items():
        assert len(list(conjuncts(read_promise(book, f"never ask first when {text}").condition))) == count


def test_what_tells_too_much_apart_is_not_settled() -> None:
    names = [f"q{i}" for i in range(12)]
    asked = "\n".join(f"  {name}: {{ask: Q, answers: a | b | c | d}}" for name in names)
    book = read(
        "wide",
        "poise: 1\ntitle: Wide\nresponses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}\n"
        f"considerations:\n{asked}\n",
    )
    each = " or ".join(f"{name} == a and {name} != b or {name} == c and {name} != d" for name in names)
    space = Space([book], [read_promise(book, f"never wait first when {each}").condition])
    with pytest.raises(Unsettled):
        Demands(space).holds(read_promise(book, f"never wait first when {each}").condition)
    assert prove(book, f"never wait first when {each}").state == "not settled"
