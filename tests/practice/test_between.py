"""Between two people: trust and strain, worked out from what stands in a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import poise
from poise.journal.trouble import Refused
from poise.practice import Practice
from poise.practice.answering import HELD
from poise.practice.between import asked_of_journal
from poise.practice.telling.trusted import answers_of, held, holds_words, says_words, trust_words
from poise.relationship.encounters import Encounter
from poise.relationship.trust import FIVE
from poise.weighing.moment import Moment

from ..made import PASSPHRASE

START = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
SCALE = """\
instrument: 1
id: {id}
title: A scale of one's own
licence: CC0-1.0
reliability: {reliability}
better: {better}
items:
  one: {{from: {low}, to: {high}, step: {step}}}
"""


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE) as opened:
        yield opened


def scale(**other: object) -> str:
    return SCALE.format(
        **{"id": "mine", "reliability": 0.7, "better": "higher", "low": 0, "high": 4, "step": 1} | other
    )


def met(practice: Practice, day: int, **signs: str) -> None:
    """A moment with Sam on a day, and signs about it."""
    at = START + timedelta(days=day)
    moment = practice.keep(answers={"harm": "stings"}, person="Sam", happened_at=at)
    for sign, said in signs.items():
        practice.sign("Sam", sign, said=said, moment=moment, happened_at=at)


def rated(practice: Practice, *words: str) -> None:
    for day, word in enumerate(words):
        met(practice, 7 * day, rating=word)


def encounters(practice: Practice) -> list[dict[str, Any]]:
    """What was followed, without the times."""
    found: tuple[Encounter, ...] = practice.trust(practice.person("Sam")).encounters
    return [{"rating": each.rating, "rupture": each.rupture, "repair": each.repair} for each in found]


def belief(practice: Practice) -> dict[str, float]:
    return practice.believed(practice.books.read(), practice.person("Sam"))["trust"]


# Encounters


def test_signs_about_the_same_moment_are_one_encounter(practice: Practice) -> None:
    met(practice, 0, rating="solid", rupture="no")
    met(practice, 3, rating="shaky", rupture="a_little")
    assert encounters(practice) == [
        {"rating": 3.0, "rupture": False, "repair": None},
        {"rating": 1.0, "rupture": True, "repair": None},
    ]


def test_signs_of_one_day_about_no_moment_are_one_encounter(practice: Practice) -> None:
    for hour, (sign, said) in enumerate([("rating", "held"), ("rupture", "yes"), ("repair", "partly")]):
        practice.sign("Sam", sign, said=said, happened_at=START - timedelta(hours=hour))
    assert encounters(practice) == [{"rating": 2.0, "rupture": True, "repair": "partly"}]


def test_a_repair_comes_on_a_day_of_its_own(practice: Practice) -> None:
    met(practice, 0, rating="held", rupture="yes")
    (moment,) = practice.moments("Sam")
    practice.sign("Sam", "repair", said="yes", moment=moment, happened_at=START + timedelta(days=9))
    assert encounters(practice) == [
        {"rating": 2.0, "rupture": True, "repair": None},
        {"rating": None, "rupture": None, "repair": "yes"},
    ]


def test_what_reflecting_keeps_is_followed(practice: Practice) -> None:
    kept = practice.keep(answers={"harm": "stings"}, person="Sam", did="ask", happened_at=START)
    practice.reflected(kept, {"for_us": "sore", "off": "yes", "talked": "no", "rating": "shaky"})
    first, second = encounters(practice)
    assert first == {"rating": 1.0, "rupture": True, "repair": None}
    assert second == {"rating": None, "rupture": None, "repair": "no"}


def test_no_is_not_the_same_as_not_asked(practice: Practice) -> None:
    rated(practice, "held", "held", "held")
    not_asked, unsure = belief(practice), practice.trust(practice.person("Sam")).levels()[-1, 1]
    for moment in practice.moments("Sam"):
        practice.sign("Sam", "rupture", said="no", moment=moment, happened_at=moment.happened_at)
    assert [each["rupture"] for each in encounters(practice)] == [False] * 3
    assert belief(practice) != not_asked
    assert practice.trust(practice.person("Sam")).levels()[-1, 1] < unsure, "what was said makes it clearer"


def test_of_two_words_for_one_thing_the_later_counts(practice: Practice) -> None:
    met(practice, 0, rating="barely")
    (moment,) = practice.moments("Sam")
    practice.sign("Sam", "rating", said="solid", moment=moment, happened_at=START)
    assert [each["rating"] for each in encounters(practice)] == [3.0]


def test_what_was_written_later_but_happened_earlier_comes_first(practice: Practice) -> None:
    met(practice, 30, rating="solid")
    met(practice, 0, rating="barely")
    assert [each["rating"] for each in encounters(practice)] == [0.0, 3.0]


def test_what_is_in_the_trash_does_not_count(practice: Practice) -> None:
    rated(practice, "held", "solid", "solid")
    practice.journal.trash(practice.moments("Sam")[0])
    assert len(encounters(practice)) == 2


# A belief


def test_below_three_ratings_there_is_no_belief(practice: Practice) -> None:
    rated(practice, "solid", "solid")
    assert practice.believed(practice.books.read(), practice.person("Sam")) == {}
    met(practice, 40, rating="solid")
    assert sum(belief(practice).values()) == pytest.approx(1.0)
    assert list(belief(practice)) == list(FIVE)


def test_nobody_and_a_book_that_does_not_ask_give_none(practice: Practice) -> None:
    rated(practice, "solid", "solid", "solid")
    book = practice.books.read()
    assert practice.believed(book, None) == {}
    elsewhere = {name: each._replace(source="") for name, each in book.considerations.items()}
    assert practice.believed(replace(book, considerations=elsewhere), practice.person("Sam")) == {}


def test_a_belief_is_weighed_as_an_answer_is(practice: Practice) -> None:
    rated(practice, "very_solid", "very_solid", "very_solid", "very_solid")
    book = practice.books.read()
    believed = practice.believed(book, practice.person("Sam"))
    weighing = poise.weigh(book, Moment(book, harm="stings", **believed))
    assert weighing.moment.beliefs["trust"] == pytest.approx(
        {answer: chance for answer, chance in believed["trust"].items() if chance > 0}
    )
    assert "trust" not in weighing.moment.answers


def test_more_is_held_where_it_held_more(practice: Practice) -> None:
    rated(practice, "shaky", "shaky", "shaky")
    less = belief(practice)
    for day in range(100, 107):
        met(practice, day, rating="very_solid")
    more = belief(practice)
    expected = [sum(at * chance for at, chance in enumerate(each.values())) for each in (less, more)]
    assert expected[0] < expected[1]


# Instruments


def test_without_an_instrument_of_ones_own_it_is_five_words(practice: Practice) -> None:
    assert practice.instrument.id == "how_held"
    for day, word in enumerate(HELD):
        met(practice, day, rating=word)
    assert [each["rating"] for each in encounters(practice)] == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_an_instrument_of_ones_own_is_used_until_it_is_taken_out(practice: Practice) -> None:
    assert practice.use_instrument(scale(id="mine", high=10)).high == 10
    assert practice.instrument.id == "mine"
    assert practice.use_instrument("").id == "how_held"
    assert practice.instrument.id == "how_held"


def test_one_that_cannot_be_understood_is_refused_and_the_other_stays(practice: Practice) -> None:
    practice.use_instrument(scale())
    with pytest.raises(Refused, match="nothing was changed"):
        practice.use_instrument("instrument: 1\nid: mine\n")
    assert practice.instrument.id == "mine"
    assert practice.instrument.high == 4


def test_numbers_are_kept_with_the_instrument_they_were_given_on(practice: Practice) -> None:
    practice.use_instrument(scale(high=10))
    kept = practice.rating(" 7 ")
    assert kept == "mine 7"
    for day in range(3):
        met(practice, day, rating=kept)
    assert [each["rating"] for each in encounters(practice)] == [7.0] * 3
    practice.use_instrument(scale(id="another", high=10))
    assert [each["rating"] for each in encounters(practice)] == [None] * 3
    practice.use_instrument("")
    assert [each["rating"] for each in encounters(practice)] == [None] * 3


def test_a_number_off_the_scale_is_refused(practice: Practice) -> None:
    practice.use_instrument(scale(high=10))
    for said in ("11", "-1", "2.5", "nan", "inf", "", "seven", "mine 7", "1e99"):
        with pytest.raises(Refused, match="nothing was kept"):
            practice.rating(said)


def test_a_number_without_an_instrument_is_refused_and_words_never_are(practice: Practice) -> None:
    with pytest.raises(Refused):
        practice.rating("3")
    practice.use_instrument(scale(high=100))
    assert [practice.rating(word) for word in HELD] == list(HELD)


def test_words_that_say_no_rating_are_unknown(practice: Practice) -> None:
    met(practice, 0, rating="in my own words")
    assert [each["rating"] for each in encounters(practice)] == [None]


def test_another_scale_for_the_same_words_changes_nothing_upside_down_either(practice: Practice) -> None:
    rated(practice, "held", "solid", "shaky", "solid", "very_solid")
    practice.use_instrument(scale())
    before = belief(practice)
    for other in (scale(high=400, step=100), scale(low=-40, high=40, step=20), scale(better="lower")):
        practice.use_instrument(other)
        assert belief(practice) == pytest.approx(before, abs=1e-12)


def test_a_less_reliable_one_says_less(practice: Practice) -> None:
    rated(practice, "very_solid", "very_solid", "very_solid", "very_solid")
    practice.use_instrument(scale(reliability=0.95))
    sure = belief(practice)
    practice.use_instrument(scale(reliability=0.3))
    assert max(belief(practice).values()) < max(sure.values())


# In words


def test_the_fewest_neighbouring_answers_that_hold_four_in_five_are_named() -> None:
    assert held({"new": 0.1, "building": 0.85, "solid": 0.05}) == ("building",)
    assert held({"new": 0.1, "building": 0.41, "solid": 0.49}) == ("building", "solid")
    assert held({"new": 0.5, "building": 0.0, "solid": 0.5}) == ("new", "building", "solid")
    assert held({"new": 0.4, "building": 0.4, "solid": 0.2}) == ("new", "building")


def test_trust_is_said_in_the_words_of_the_book(practice: Practice) -> None:
    (question,) = asked_of_journal(practice.books.read())
    assert answers_of(question) == FIVE
    wide = {"none": 0.05, "new": 0.3, "building": 0.3, "solid": 0.3, "deep": 0.05}
    assert trust_words(wide, question) == "somewhere between just starting and solid"
    assert says_words({"building": 0.4, "solid": 0.6}, question) == (
        "From what you wrote down about you two: building or solid."
    )
    assert holds_words(None).startswith("Not enough yet")


# Strain


def test_strain_is_counted_and_what_it_costs_is_only_asked(practice: Practice) -> None:
    assert practice.strain_on_me().carrying is None
    now = practice.journal.now()
    for day in range(6):
        practice.keep(answers={"harm": "stings"}, happened_at=now - timedelta(days=30 - day))
    found = practice.strain_on_me()
    assert (found.carrying, found.toll) == ("some", None)
    practice.check_in(toll="heavy", happened_at=now - timedelta(days=1))
    assert practice.strain_on_me().toll == "a lot"


def test_rests_are_encounters_with_nothing_to_carry(practice: Practice) -> None:
    now = practice.journal.now()
    for day in range(5):
        practice.keep(answers={"harm": "stings"}, happened_at=now - timedelta(days=30 - day))
    assert practice.strain_on_me().carrying == "some"
    for day in range(3):
        practice.rest(now - timedelta(days=20 - day), now - timedelta(days=19 - day))
    assert practice.strain_on_me().carrying == "little"


# What leaves the journal


def test_what_was_believed_is_no_part_of_anybody_elses_and_no_number_in_words(
    practice: Practice, tmp_path: Path
) -> None:
    rated(practice, "solid", "solid", "solid", "solid")
    book = practice.books.read()
    moment = practice.believing(book, Moment(book, harm="stings"), "Sam")
    practice.keep(weighing=poise.weigh(book, moment), person="Sam")
    assert isinstance(practice.moments("Sam")[0].answers["trust"], dict)
    whole = practice.export(tmp_path, "json").path.read_text("utf-8")
    part = practice.export(tmp_path, "json", person="Sam").path.read_text("utf-8")
    words = practice.export(tmp_path, "markdown").path.read_text("utf-8")
    assert '"trust"' in whole
    assert '"trust"' not in part
    assert '"harm"' in part
    assert "trust: solid or deep" in words
    assert "0." not in words.split("trust: ")[1].split("\n")[0]
