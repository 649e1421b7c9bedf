"""A rulebook as a policy says what the book says, one moment at a time."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import poise
from poise import Mistakes, Moment, Rulebook
from poise.foresight import MOMENTS, Setting, World
from poise.foresight.mapping import AGAIN, HARM, OPENNESS, SPARE, TRUST, answer_of, asked, hit_of
from poise.foresight.simulating import Policy, policy_of, simulate
from poise.rulebook.reading import read as read_text

STARTERS = ("in_the_room", "among_friends", "keeping_the_room")
ROOM = World(setting=Setting(present=0.4))
HARMS = {0.25: "slip", 0.55: "stings", 1.0: "serious"}
ENERGIES = {"empty": 0.1, "low": 0.4, "enough": 0.7, "plenty": 0.95}
STATED = {"safety": "safe", "role": "clinician", "place": "small_group", "livelihood": "no_risk"}
ENERGY = asked(poise.read("among_friends").questions)[SPARE]
FEW = """
poise: 1
title: Few
considerations:
  harm: {ask: How bad, answers: a_bit < quite < very}
  holds: {ask: How much holds, answers: little < much, from: trust}
responses:
  toward:
    wait: {say: Wait}
    speak: {say: Speak, directness: some, asks: some, effort: some, heard_by: just_them}
guidelines:
  trust_first: {say: Trust first, when: holds == little, lean: {wait: pull}}
  bad_first: {say: What is bad comes first, when: harm == very, lean: {speak: pull}}
"""


def small(text: str = FEW) -> Rulebook:
    return read_text("few.yaml", text.encode())


def lead_at(policy: Policy, session: int, number: int, trust: float, energy: float) -> set[str]:
    """What leads: every choice that some tie draw leads to."""
    ties = np.linspace(0, 1, 64, endpoint=False)
    place = (np.full(64, trust), np.zeros(64), np.full(64, energy))
    chosen = policy.choose(session, np.full(64, number), place, ties)
    return {policy.actions[i].id for i in chosen}


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize(
    "stated", [{}, STATED, {"safety": "not_safe"}, {"they_want": "leave_it", "receptive": "cannot"}]
)
def test_in_every_step_leads_what_leads_the_book(starter: str, stated: dict[str, str]) -> None:
    book = poise.read(starter)
    policy = policy_of(book, ROOM, stated)
    trusts = book.considerations["trust"].answers
    steps = product((0, 19), range(len(MOMENTS)), enumerate(trusts), ENERGIES.items())
    for session, number, (i, trust), (energy, place) in steps:
        moment = MOMENTS[number]
        answers = {
            "receptive": "guarded",
            **stated,
            "harm": HARMS[moment.severity],
            "who_was_hit": "someone_here" if moment.present else "people_not_here",
            "trust": trust,
            "energy": energy,
            "again": "soon" if session == 0 else "last_time",
        }
        leaning = poise.weigh(book, Moment(book, **answers)).toward
        assert leaning is not None
        leads = set(leaning.lead)
        assert lead_at(policy, session, number, (i + 0.5) / len(trusts), place) == leads


@pytest.mark.parametrize("starter", STARTERS)
def test_what_bounds_take_out_is_out(starter: str) -> None:
    unsafe = policy_of(poise.read(starter), ROOM, {"safety": "not_safe"})
    found = simulate(ROOM, unsafe, 500, seed=1)
    assert (found.eased == 0).all()
    asked_to_leave_it = policy_of(poise.read(starter), ROOM, {"they_want": "leave_it"})
    done = {asked_to_leave_it.actions[i].id for i in np.unique(asked_to_leave_it.choices[..., 0])}
    assert not done & {"say_it_now", "set_limit"}


@pytest.mark.parametrize("starter", STARTERS)
def test_answers_about_what_the_model_plays_through_are_left_aside(starter: str) -> None:
    book = poise.read(starter)
    moment = {"harm": "cruel", "trust": "deep", "energy": "empty", "again": "maybe", "who_was_hit": "me"}
    plain, given_ = policy_of(book, ROOM), policy_of(book, ROOM, moment)
    assert (plain.choices == given_.choices).all()
    assert (plain.counts == given_.counts).all()


def test_how_open_they_are_is_the_settings_unless_it_is_given() -> None:
    book = poise.read("among_friends")
    closed = policy_of(book, World(setting=Setting(present=0.4, receptive=0.2)))
    assert (policy_of(book, ROOM, {"receptive": "closed"}).choices == closed.choices).all()
    assert (closed.choices != policy_of(book, ROOM, {"receptive": "open"}).choices).any()


def test_a_book_of_ones_own_is_imagined_too() -> None:
    policy = policy_of(small(), ROOM)
    for moment, trust in product(MOMENTS, (0.2, 0.49, 0.51, 0.9)):
        waits, speaks = trust < 0.5, moment.severity == 1.0
        leads = {"wait"} if waits and not speaks else {"speak"} if speaks and not waits else {"wait", "speak"}
        assert lead_at(policy, 3, MOMENTS.index(moment), trust, 0.9) == leads
    assert policy.energy.count == 1
    found = simulate(ROOM, policy, 2_000, seed=1)
    assert 0 < found.left.sum() < 2_000


def test_what_a_book_does_not_ask_plays_no_part() -> None:
    policy = policy_of(small(FEW.replace(", from: trust", "")), ROOM)
    assert policy.trust.count == 1
    assert lead_at(policy, 0, 0, 0.1, 0.9) == lead_at(policy, 0, 0, 0.9, 0.9)


REFUSED = {
    "does not ask how bad": FEW.replace("harm", "colour"),
    "stand in no order": FEW.replace("a_bit < quite < very", "a_bit | quite | very"),
    "lists no response toward": FEW.replace("  toward:", "  beside:"),
    "speaks here": FEW + "bounds:\n  never: {when: harm == very, instead: Not this}\n",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_imagined_is_refused_in_words(words: str) -> None:
    with pytest.raises(Mistakes, match=words) as refused:
        policy_of(small(REFUSED[words]), ROOM)
    assert {mistake.kind for mistake in refused.value.mistakes} == {"not-imagined"}
    assert all(mistake.help for mistake in refused.value.mistakes)
    assert "Nothing was imagined." in str(refused.value)


def test_an_answer_that_the_book_does_not_know_is_refused() -> None:
    with pytest.raises(Mistakes, match="does not ask about"):
        policy_of(small(), ROOM, {"weather": "fine"})
    with pytest.raises(Mistakes, match="has no answer"):
        policy_of(poise.read("among_friends"), ROOM, {"safety": "fine"})


def test_a_bound_that_takes_the_place_of_weighing_is_named() -> None:
    with pytest.raises(Mistakes, match="`serious_harm`"):
        policy_of(poise.read("among_friends"), ROOM, {"risk": "serious_soon"})


@pytest.mark.parametrize("starter", STARTERS)
def test_from_an_answer_to_the_model_and_back_it_is_the_same_place(starter: str) -> None:
    roles = asked(poise.read(starter).questions)
    assert set(roles) == {TRUST, HARM, SPARE, OPENNESS, AGAIN}
    for each in roles.values():
        for answer in each.answers:
            back = each.answer(each.place(answer))
            assert each.place(back) == each.place(answer)
            assert back == answer or len(set(each.places)) < len(each.places)
    assert roles[OPENNESS].told_apart == ("closed", "guarded", "fairly_open")
    assert roles[HARM].told_apart == ("slip", "stings", "serious")


@given(st.floats(0, 1), st.integers(2, 7))
def test_from_the_model_to_an_answer_and_back_it_is_near(at: float, count: int) -> None:
    names = [f"a{i}" for i in range(count)]
    question = f"  harm: {{ask: q, answers: {' < '.join(names)}}}"
    text = f"poise: 1\ntitle: T\nconsiderations:\n{question}\nresponses: {{toward: {{ask: {{say: Ask}}}}}}\n"
    harm = asked(small(text).questions)[HARM]
    assert abs(harm.place(harm.answer(at)) - at) <= 0.5 / count + 1e-12
    assert harm.answer(at) == answer_of(at, names) or min(abs(at - cut) for cut in harm.cuts) < 1e-12


@settings(max_examples=30)
@given(st.floats(0, 1), st.sampled_from(sorted(ENERGIES)))
def test_energy_is_told_by_the_nearest_answer(at: float, starter_answer: str) -> None:
    nearest = min(ENERGIES.values(), key=lambda place: abs(place - at))
    assert abs(ENERGY.place(ENERGY.answer(at)) - at) == pytest.approx(abs(nearest - at))
    assert ENERGY.answer(ENERGIES[starter_answer]) == starter_answer


def test_nobody_who_was_hit_is_played_through() -> None:
    assert {hit_of(moment) for moment in MOMENTS} == {"someone_here", "people_not_here"}
