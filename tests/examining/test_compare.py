"""Two books lead the same exactly where no situation shows otherwise; changes are shown with the fewest answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, note

import poise
from poise import Moment, Rulebook, weigh
from poise.examining.compare import compare, ever_differs
from poise.rulebook.reading import read
from poise.shelf import STARTERS

from ..weighing.invented import CHANCES, Guide, Invented, book_of
from .everything import Everything

Direction = tuple[str, str, str]


def changed(chance: Random, book: Invented) -> Invented:
    """The same book with something about it changed."""
    if not book.guides:
        return replace(book, start={**book.start, book.responses["toward"][0]: chance.randint(-2000, 2000)})
    guides = list(book.guides)
    at = chance.randrange(len(guides))
    old: Guide = guides[at]
    kind = chance.randrange(3)
    if kind == 0:
        del guides[at]
    elif kind == 1:
        guides[at] = replace(old, weight=chance.choice((0, 500, 2000)))
    else:
        guides[at] = replace(old, so=replace(old.so, unless=None))
    limits = book.limits[1:] if chance.random() < 0.3 else book.limits
    return replace(book, guides=tuple(guides), limits=limits)


def leads(book: Rulebook, answers: dict[str, str]) -> dict[str, tuple[str, ...]]:
    weighings = [weigh(book, Moment(book, whose, **answers)) for whose in ("theirs", "mine")]
    return {leaning.list: leaning.lead for weighing in weighings for leaning in weighing.leanings}


@given(chance=CHANCES)
def test_every_direction_of_change_is_found_with_the_fewest_answers(chance: Random) -> None:
    everything = Everything(book_of(chance))
    other = changed(chance, everything.invented)
    new = read("changed", other.text)
    note(f"{everything.invented.text}---\n{other.text}")
    fewest: dict[Direction, int] = {}
    full: dict[Direction, int] = {}
    for answers, _, before in everything.leads():
        after = leads(new, answers)
        for name in everything.invented.responses:
            for direction in _directions(name, before.get(name, ()), after.get(name, ())):
                fewest[direction] = min(fewest.get(direction, 99), len(answers))
                full[direction] = full.get(direction, 0) + (len(answers) == len(everything.invented.questions))
    comparison = compare(everything.book, new)
    assert not comparison.unsettled
    assert ever_differs(everything.book, new) == bool(fewest)
    named = [change for change in comparison.changes if change.gone]
    assert {(c.list, c.gone, c.come): len(c.moment.answers) for c in named} == fewest
    assert all(change.fewest for change in named)
    for change in named:
        assert leads(everything.book, change.moment.answers)[change.list] == change.before
        assert leads(new, change.moment.answers)[change.list] == change.after
        assert change.share is not None
        assert (change.share > 0) == (full[change.list, change.gone, change.come] > 0)


def _directions(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> list[Direction]:
    pairs = [(gone, come) for gone in before for come in after if gone != come]
    return [(name, gone, come) for gone, come in pairs if not (gone in after and come in before)]


@given(chance=CHANCES)
def test_a_bound_that_one_book_alone_has_met_is_a_change(chance: Random) -> None:
    everything = Everything(book_of(chance))
    new = replace(everything.book, bounds={n: b for n, b in everything.book.bounds.items() if not b.replaces})
    shown = compare(everything.book, new).changes
    met = any(not lead for _, _, lead in everything.leads())
    assert any(not change.before and change.after for change in shown) == met
    assert all(not change.gone and change.fewest for change in shown)


@pytest.mark.parametrize("name", STARTERS)
def test_a_book_leads_as_it_leads_itself(name: str) -> None:
    book = poise.read(name)
    comparison = compare(book, poise.read(name))
    assert comparison.same
    assert set(comparison.shares.values()) == {Fraction(0)}


def test_a_change_of_one_guideline_is_found_where_it_is() -> None:
    old = poise.read("among_friends")
    guideline = old.guidelines["short_sorry"]
    new = replace(old, guidelines={**old.guidelines, "short_sorry": guideline._replace(weight=0.0)})
    comparison = compare(old, new)
    assert comparison.changes
    assert {change.list for change in comparison.changes} == {"mine"}
    assert all(change.moment.whose == "mine" for change in comparison.changes)
    assert all(change.moment.answers.get("harm") in ("slip", None) for change in comparison.changes)
    assert comparison.shares["mine"] > 0 == comparison.shares["toward"]
    assert ever_differs(old, new)


TINY = """
poise: 1
title: Tiny
responses: {{toward: {{wait: {{say: Wait}}, speak: {{say: Speak}}{more}}}}}
considerations:
  harm: {{ask: How bad, answers: {answers}}}
  {asked}: {{ask: Else, answers: yes_it_is | no_it_is_not}}
guidelines:
  g: {{say: Speak up, when: "harm == bad", lean: {{speak: pull}}}}
  h: {{say: Look there, when: "{asked} == yes_it_is", lean: {{{leans}: strong}}}}
"""


def test_books_that_ask_different_things_are_compared_over_both_and_it_is_said() -> None:
    old = read("old", TINY.format(more="", answers="slip < bad", asked="place", leans="wait"))
    new = read("new", TINY.format(more=", ask: {say: Ask}", answers="bad | worse", asked="time", leans="ask"))
    comparison = compare(old, new)
    assert comparison.only_old == {
        "considerations": ("place",),
        "answers": ("harm == slip",),
        "responses": (),
        "lists": (),
    }
    assert comparison.only_new["considerations"] == ("time",)
    assert comparison.only_new["responses"] == ("ask",)
    found = {(c.gone, c.come): (c.moment.answers, c.also) for c in comparison.changes}
    assert found["speak", "ask"] == ({}, {})
    assert found["wait", "ask"] == ({}, {})
    assert ("ask", "wait") not in found
    assert all(answers.get("harm") in (None, "bad") for answers, _ in found.values())


@pytest.mark.long
@pytest.mark.parametrize(("one", "two"), list(combinations(STARTERS, 2)))
def test_between_two_starter_books_every_change_is_settled_and_shown_with_the_fewest_answers(
    one: str, two: str
) -> None:
    old, new = poise.read(one), poise.read(two)
    comparison = compare(old, new)
    assert not comparison.unsettled
    assert comparison.shares.keys() == {"toward", "beside", "mine"}
    for change in comparison.changes:
        assert change.fewest
        if change.gone:
            assert change.gone in change.before
            assert change.come in change.after
            assert not (change.gone in change.after and change.come in change.before)
