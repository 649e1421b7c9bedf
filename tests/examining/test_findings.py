"""What stands out in a book is found exactly where it is so, with a moment that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, note

import poise
from poise import Moment, weigh
from poise.examining.findings import KINDS, LOOK, NOTE, Finding, findings
from poise.rulebook.reading import read
from poise.shelf import STARTERS

from ..weighing.invented import CHANCES, book_of
from .everything import Everything

HEAD = """poise: 1
title: Small
responses:
  toward: {let_be: {say: Let it be}, speak: {say: Speak}, ask: {say: Ask}}
  beside: {near: {say: Be near}, nothing_more: {say: Nothing more}}
considerations:
  who_was_hit: {ask: Who, answers: me | someone_here | people_not_here}
  harm: {ask: How bad, answers: slip < stings < serious < cruel}
  safety: {ask: Safe, answers: not_safe < safe}
"""
SPEAK = "  first: {say: Speak up, when: harm >= stings, lean: {speak: pull, ask: nudge}}\n"
NEAR = "  stay: {say: Stay near, when: who_was_hit == someone_here, lean: {near: pull}}\n"
LOOKS = "  asks: {say: Ask when it is safe, when: safety == safe and harm == slip, lean: {ask: pull}}\n"
QUIET = "  rest: {say: Rest, when: safety == not_safe, lean: {let_be: pull}}\n"
BOOK = f"{HEAD}guidelines:\n{SPEAK}{NEAR}{LOOKS}{QUIET}"


REGIONS = {"silent-region", "loud-region", "tied-region", "close-region"}
"""Even a small book has some: they are looked at by themselves, in `test_regions`."""


def kinds(text: str) -> dict[str, Finding]:
    return {finding.kind: finding for finding in findings(read("small", text)) if finding.kind not in REGIONS}


def test_nothing_stands_out_where_nothing_is_amiss() -> None:
    assert kinds(BOOK) == {}


CASES = {
    "never-applies": "  g: {say: G, when: harm == slip and harm == cruel, lean: {ask: pull}}\n",
    "part-never-applies": (
        "  g: {say: G, leans: [{when: harm < slip, lean: {ask: 1}}, {when: harm == slip, lean: {ask: 9}}]}\n"
    ),
    "always-applies": "  g: {say: G, when: harm >= slip, lean: {ask: .5}}\n",
    "duplicate": "  g: {say: G, when: harm != slip, lean: {speak: pull, ask: nudge}}\n",
    "implied": "  g: {say: G, when: harm == cruel, lean: {speak: pull, ask: nudge}}\n",
    "cancelled": "  g: {say: G, when: harm == stings, lean: {speak: -pull, ask: -nudge}}\n",
    "never-decisive": "  g: {say: G, when: harm == cruel, lean: {ask: .1}}\n",
    "bound-never-met": "bounds:\n  b: {when: safety < not_safe, never: [speak], say: B}\n",
    "nothing-to-do": "bounds:\n  b: {when: safety == not_safe, never: [speak, ask, near], say: B}\n",
    "promise-broken": 'promises: ["never speak first when harm == cruel"]\n',
    "promise-of-nothing": 'promises: ["never speak first when harm < slip"]\n',
}
"""What each kind is found in, added to a book in which nothing stands out."""


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_is_found_where_it_is(kind: str) -> None:
    found = kinds(BOOK + CASES[kind])
    assert set(found) - {"never-decisive"} <= {kind} <= set(found)
    finding = found[kind]
    assert finding.level == (NOTE if kind == "never-decisive" else LOOK)
    assert finding.place is not None or kind == "nothing-to-do"
    assert finding.place is None or finding.place.line > BOOK.count("\n")
    assert finding.advice


def test_a_pair_is_shown_in_a_moment_in_which_both_apply() -> None:
    for kind in ("duplicate", "implied", "cancelled"):
        finding = kinds(BOOK + CASES[kind])[kind]
        assert finding.witness
        assert set(finding.guidelines) == {"first", "g"}
        assert set(finding.guidelines) <= set(weigh(read("small", BOOK + CASES[kind]), finding.witness).applies)
        assert finding.share == {"duplicate": 0.75, "implied": 0.25, "cancelled": 0.25}[kind]


def test_a_question_that_nothing_looks_at_is_a_note() -> None:
    found = kinds(BOOK.replace("considerations:\n", "considerations:\n  age: {ask: Age, answers: young < old}\n"))
    assert {kind: finding.level for kind, finding in found.items()} == {"never-asked": NOTE}


def test_a_response_that_never_leads_is_found() -> None:
    finding = kinds(BOOK + "start: {ask: -9}\n")["never-leads"]
    assert "`ask` never leads" in finding.message
    assert finding.share == 0


def test_silence_while_someone_here_is_seriously_hurt_is_found_with_the_fewest_answers() -> None:
    finding = kinds(BOOK + "start: {let_be: 2}\n")["silent-while-hurt"]
    assert finding.witness
    assert finding.witness.answers == {"who_was_hit": "someone_here", "harm": "serious", "safety": "safe"}
    # two of four degrees of harm, one of three who were hit, one of two answers on safety
    assert finding.share == pytest.approx(1 / 2 * 1 / 3 * 1 / 2)


def test_silence_that_was_asked_for_does_not_stand_out() -> None:
    wish = "  they_want: {ask: Want, answers: leave_it | back_me_up}\n"
    leave = "  wish: {say: Leave it, when: they_want == leave_it, lean: {let_be: strong}}\n"
    book = BOOK.replace("considerations:\n", f"considerations:\n{wish}") + leave
    assert kinds(book) == {}
    assert "silent-while-hurt" in kinds(book.replace("they_want == leave_it", "they_want == back_me_up"))


def test_a_book_in_which_nothing_pulls_toward_speaking_is_found() -> None:
    assert "no-pull-to-speak" in kinds(f"{HEAD}guidelines:\n{NEAR}{QUIET}")


def test_a_search_cut_short_claims_nothing() -> None:
    book = poise.read("among_friends")
    assert not {finding.kind for finding in findings(book, most_steps=1)} & {"never-decisive", "never-leads"}


@pytest.mark.parametrize("name", STARTERS)
def test_nothing_in_a_starter_book_is_worth_more_than_a_note(name: str) -> None:
    assert [finding for finding in findings(poise.read(name)) if finding.level == LOOK] == []


def test_every_kind_of_finding_can_be_found() -> None:
    tested = {*CASES, "never-asked", "never-leads", "silent-while-hurt", "no-pull-to-speak", "promise-not-settled"}
    assert tested | REGIONS | {"regions-not-counted"} == set(KINDS)


def test_an_unknown_kind_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no kind of finding"):
        Finding("odd", "Odd.")


@given(chance=CHANCES)
def test_findings_of_invented_books_are_what_every_situation_says(chance: Random) -> None:
    everything = Everything(book_of(chance))
    note(everything.invented.text)
    found = findings(everything.book)
    assert {f.guidelines[0] for f in found if f.kind == "never-applies"} == _never_applying(everything)
    assert {f.message.split("`")[1] for f in found if f.kind == "never-leads"} == _never_leading(everything)
    decided = {f.guidelines[0] for f in found if f.kind == "never-decisive"}
    assert decided <= _never_decisive(everything)
    others = {
        g for f in found if f.kind in {"never-applies", "duplicate", "implied", "cancelled"} for g in f.guidelines
    }
    assert _never_decisive(everything) - decided <= others
    assert {f.message.split("`")[1] for f in found if f.kind == "bound-never-met"} >= _never_met(everything)


def _full(everything: Everything) -> Iterator[poise.Weighing]:
    """Every full situation that can be and is weighed."""
    for answers, _, weighings in everything.weighed:
        if len(answers) == len(everything.invented.questions):
            yield from (weighing for weighing in weighings.values() if not weighing.bound)


def _never_applying(everything: Everything) -> set[str]:
    applied = {guideline for weighing in _full(everything) for guideline in weighing.applies}
    return set(everything.book.guidelines) - applied


def _never_leading(everything: Everything) -> set[str]:
    led = {response for _, _, leads in everything.leads() for lead in leads.values() for response in lead}
    return set(everything.book.responses) - led


def _never_met(everything: Everything) -> set[str]:
    met = {
        state.bound.id for _, _, each in everything.weighed for w in each.values() for state in w.bounds if state.met
    }
    return set(everything.book.bounds) - met


def _never_decisive(everything: Everything) -> set[str]:
    """Guidelines without which every situation, answered or not, leads to the same."""
    found = set()
    for name in everything.book.guidelines:
        rest = {other: each for other, each in everything.book.guidelines.items() if other != name}
        without = replace(everything.book, guidelines=rest)
        same = all(
            {each.list: each.lead for each in weigh(without, Moment(without, whose, **answers)).leanings}
            == {each.list: each.lead for each in weighing.leanings}
            for answers, _, weighings in everything.weighed
            for whose, weighing in weighings.items()
        )
        found |= {name} if same else set()
    return found
