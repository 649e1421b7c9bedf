"""What stands out in a book is found exactly where it is so, with a moment that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, note

import poise
from poise import Moment, weigh
from poise.examining.findings import KINDS, LOOK, NOTE, Finding, findings
from poise.rulebook.reading import read
from poise.shelf import STARTERS

from ..weighing.invented import CHANCES, Compared, Guide, Invented, Joined, Known, book_of
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
    assert not {finding.kind for finding in findings(book, most_states=1)} & {"never-decisive", "never-leads"}


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


SPELLED = {
    "not": (
        "  g:\n    say: G\n    when: not (harm < stings) and safety in (safe, not_safe)\n"
        "    lean: {speak: pull, ask: nudge}\n"
    ),
    "or": (
        "  g: {say: G, when: harm == stings or harm == serious or harm == cruel, lean: {speak: pull, ask: nudge}}\n"
    ),
    "parts": (
        "  g:\n    say: G\n    leans:\n"
        "      - {when: harm == stings, lean: {speak: pull, ask: nudge}}\n"
        "      - {when: harm >= serious, lean: {speak: pull, ask: nudge}}\n"
    ),
    "sums": (
        "  g:\n    say: G\n    leans:\n"
        "      - {when: harm >= stings, lean: {speak: 1.5}}\n"
        "      - {when: harm >= stings, lean: {ask: .75}}\n"
    ),
}
"""Other ways to write the guideline `first` of BOOK."""


@pytest.mark.parametrize("way", SPELLED)
def test_a_guideline_written_in_another_way_is_a_duplicate(way: str) -> None:
    found = kinds(BOOK + SPELLED[way])
    assert found["duplicate"].guidelines == ("g", "first")
    assert "implied" not in found


def test_parts_that_cover_every_answer_are_a_guideline_that_asks_nothing() -> None:
    always = BOOK.replace("when: harm >= stings, ", "")
    parts = [
        f"      - {{when: harm {part}, lean: {{speak: pull, ask: nudge}}}}\n" for part in ("< serious", ">= serious")
    ]
    found = kinds(always + "  g:\n    say: G\n    leans:\n" + "".join(parts))
    assert found["duplicate"].guidelines == ("g", "first")


def test_a_guideline_taken_back_by_the_parts_of_another_is_cancelled() -> None:
    parts = "".join(f"      - {{when: harm == {harm}, lean: {{speak: -pull, ask: -nudge}}}}\n" for harm in HARMS)
    assert kinds(BOOK + "  g:\n    say: G\n    leans:\n" + parts)["cancelled"].guidelines == ("first", "g")


HARMS = ("stings", "serious", "cruel")


@given(chance=CHANCES)
def test_pairs_of_invented_guidelines_are_what_every_situation_says(chance: Random) -> None:
    everything = Everything(twinned(chance, book_of(chance)))
    note(everything.invented.text)
    pulls = _pulls(everything)
    found = {kind: {f.guidelines for f in findings(everything.book) if f.kind == kind} for kind in PAIRS}
    alive = [name for name in everything.book.guidelines if any(map(any, pulls[name]))]
    for one, two in permutations(alive, 2):
        same = pulls[one] == pulls[two]
        assert ({(one, two), (two, one)} & found["duplicate"] != set()) == same
        if not same and _wherever(pulls[one], pulls[two], 1):
            assert (one, two) in found["implied"] or _wherever(pulls[two], pulls[one], 1)
        if _wherever(pulls[one], pulls[two], -1):
            assert {(one, two), (two, one)} & set().union(*found.values())


PAIRS = ("duplicate", "implied", "cancelled")


def twinned(chance: Random, book: Invented) -> Invented:
    """The book with a guideline that says again, or takes back, what another of its guidelines says, in parts."""
    if not book.guides:
        return book
    old = chance.choice(book.guides)
    sign, question = chance.choice((1, 1, -1)), chance.choice(book.questions)
    parts = []
    for clause in old.clauses:
        leans = {response: sign * units for response, units in clause.leans.items()}
        split = chance.random() < 0.5
        for answers in (question.answers[:1], question.answers[1:]) if split else (question.answers,):
            said = Compared(question.id, "in", tuple(answers))
            when = said if clause.so.when is None else Joined("and", (clause.so.when, said))
            parts += [replace(clause, so=replace(clause.so, when=when if split else clause.so.when), leans=leans)]
    return replace(book, guides=(*book.guides, replace(old, id="twin", clauses=tuple(parts))))


def _pulls(everything: Everything) -> dict[str, list[tuple[int, ...]]]:
    """{guideline: for every full situation, what it adds to each response against the first of its list}."""
    oracle, found = everything.oracle, dict[str, list[tuple[int, ...]]]()
    whole = len(everything.invented.questions)
    weighed = [Known(answers, {}, "theirs") for answers, _ in everything.known if len(answers) == whole]
    weighed = [known for known in weighed if oracle.replaced_by(known) is None]
    for guide in everything.invented.guides:
        parts = [(clause, oracle.when(guide.so, clause.so)) for clause in guide.clauses]
        held = ([clause.leans for clause, so in parts if oracle.chance(so, known) == 1] for known in weighed)
        found[guide.id] = [_against_the_first(everything.invented, guide, leans) for leans in held]
    return found


def _against_the_first(book: Invented, guide: Guide, held: list[Mapping[str, int]]) -> tuple[int, ...]:
    added = {r: sum(round(Fraction(guide.weight * leans.get(r, 0), 1000)) for leans in held) for r in _every(book)}
    return tuple(added[r] - added[members[0]] for members in book.responses.values() for r in members)


def _every(book: Invented) -> list[str]:
    return [response for members in book.responses.values() for response in members]


def _wherever(one: list[tuple[int, ...]], two: list[tuple[int, ...]], sign: int) -> bool:
    """Whether wherever the first pulls, the second pulls the same, or with -1 the opposite."""
    return all(
        theirs == tuple(sign * each for each in mine) for mine, theirs in zip(one, two, strict=True) if any(mine)
    )
