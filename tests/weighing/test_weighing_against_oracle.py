"""Every weighing is what trying every situation says it is."""

from fractions import Fraction
from math import isclose
from random import Random

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from poise import Moment, Weighing, weigh
from poise.rulebook.reading import read

from .invented import CHANCES, Invented, Known, book_of, moment_of
from .oracle import SCALE, Oracle


def weighed(book: Invented, known: Known) -> Weighing:
    rulebook = read("invented", book.text)
    beliefs = {name: {a: float(chance) for a, chance in belief.items()} for name, belief in known.beliefs.items()}
    return weigh(rulebook, Moment(rulebook, known.whose, **known.answers, **beliefs))


EITHER = pytest.mark.parametrize(("impossible", "believed"), [(True, False), (False, True)])
"""What cannot be, or what is only believed; for both at once, a belief in what cannot be would have to be explained."""

Case = tuple[Invented, Known, Oracle, Weighing]


@st.composite
def weighings(draw: st.DrawFn, *, impossible: bool = True, believed: bool = True) -> Case:
    """A book, what is known of a moment that can be, and how both sides weigh it."""
    chance = draw(CHANCES)
    book = book_of(chance, with_impossible=impossible)
    known = moment_of(chance, book, believed=believed)
    oracle = Oracle(book)
    assume(oracle.is_sound(known))
    note(f"{book.text}{known}")
    return book, known, oracle, weighed(book, known)


@given(weighings())
def test_what_applies_what_is_open_and_which_bounds_are_met(case: Case) -> None:
    _, known, oracle, weighing = case
    assert {name: Fraction(far) for name, far in weighing.applies.items()} == oracle.applies(known)
    assert set(weighing.open) == oracle.open(known)
    assert {state.bound.id: state.met for state in weighing.bounds} == oracle.bounds(known)
    assert (weighing.bound.id if weighing.bound else None) == oracle.replaced_by(known)
    assert [leaning.list for leaning in weighing.leanings] == oracle.weighed(known)


@given(weighings())
def test_scores_reasons_leads_and_shares(case: Case) -> None:
    book, known, oracle, weighing = case
    for leaning in weighing.leanings:
        outcome = oracle.outcome(leaning.list, known)
        assert {standing.response: standing.score for standing in leaning.ranking} == outcome.scores
        for standing in leaning.ranking:
            reasons = {reason.guideline: reason.score for reason in standing.reasons}
            assert reasons == {g: score for g, score in outcome.reasons[standing.response].items() if score}
            assert sum(reasons.values()) == standing.score
        assert set(leaning.lead) == outcome.lead
        assert leaning.close == outcome.is_close
        order = [
            (-standing.score, book.responses[leaning.list].index(standing.response)) for standing in leaning.ranking
        ]
        assert order == sorted(order)


@given(weighings())
def test_shares_add_up_to_one_and_double_with_each_doubling(case: Case) -> None:
    for leaning in case[3].leanings:
        assert isclose(sum(standing.share for standing in leaning.ranking), 1)
        for standing in leaning.ranking:
            behind = (leaning.ranking[0].score - standing.score) / SCALE
            assert isclose(standing.share, leaning.ranking[0].share * 2.0**-behind)


@given(weighings())
def test_reasons_that_are_enough_alone_or_had_to_be_there(case: Case) -> None:
    _, known, oracle, weighing = case
    for leaning in weighing.leanings:
        outcome = oracle.outcome(leaning.list, known)
        named = {g for each in outcome.reasons.values() for g, score in each.items() if score} - {"start"}
        assert set(leaning.guidelines) == named
        assert set(leaning.enough_alone) == {g for g in named if outcome.lead_by({"start", g}) == outcome.lead}
        every = named | {"start"}
        assert set(leaning.had_to_be_there) == {g for g in named if outcome.lead_by(every - {g}) != outcome.lead}


@EITHER
@given(data=st.data())
def test_it_is_settled_when_no_answer_could_change_a_lead(
    data: st.DataObject, impossible: bool, believed: bool
) -> None:
    _, known, oracle, weighing = data.draw(weighings(impossible=impossible, believed=believed))
    assert weighing.settled == oracle.is_settled(known)
    assert (weighing.next_question is None) == weighing.settled
    assert weighing.next_question not in known.answers.keys() | known.beliefs.keys()


@EITHER
@given(data=st.data())
def test_turns_are_all_the_smallest_changes_that_bring_somebody_new_to_the_lead(
    data: st.DataObject, impossible: bool, believed: bool
) -> None:
    _, known, oracle, weighing = data.draw(weighings(impossible=impossible, believed=believed))
    for name in oracle.weighed(known):
        found = [turn for turn in weighing.turns if turn.list == name]
        as_sets = {(frozenset(turn.changes.items()), frozenset(turn.lead)) for turn in found}
        assert as_sets == oracle.turns(name, known)
        assert len(as_sets) == len(found)
    assert {turn.list for turn in weighing.turns} <= set(oracle.weighed(known))


@given(CHANCES)
def test_any_moment_can_be_weighed_even_one_that_cannot_be(chance: Random) -> None:
    book = book_of(chance)
    weighing = weighed(book, moment_of(chance, book))
    assert (weighing.next_question is None) == weighing.settled
    assert all(turn.changes for turn in weighing.turns)
