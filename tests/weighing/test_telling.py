"""What a weighing says, read as the one who was hit, the one who saw it and the one who said it."""

import itertools
import random
import re

import pytest

import poise
from poise.rulebook.reading import read as read_text
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS, read
from poise.weighing.telling import told, words

FORBIDDEN = {
    *("should", "must", "appropriate", "problematic", "offender", "incident", "compliance", "optimal", "score"),
    *("percent", "recommended", "microaggression", "brave", "hero", "complicit", "teachable", "calm", "calmly"),
    *("victim", "perpetrator", "violation", "mistake"),
}
NEVER_TO_SOMEONE_HIT = (
    "be nicer", "patient", "gentle", "benefit of the doubt", "they may not have meant", "tone", "good intentions",
)  # fmt: skip
BOOKS = {name: read(name) for name in STARTERS}


def moments(book: Rulebook, count: int, **fixed: str) -> list[poise.Moment]:
    """Invented moments: about half of the questions answered, by a fixed seed."""
    chance = random.Random(7)
    found = []
    for _ in range(count):
        answers = {q.id: chance.choice(q.answers) for q in book.questions if chance.random() < 0.5}
        whose = "mine" if chance.random() < 0.15 and not fixed else "theirs"
        found.append(poise.Moment(book, whose, **{**answers, **fixed}))
    return found


def said(book: Rulebook, moment: poise.Moment) -> str:
    return str(poise.weigh(book, moment))


@pytest.mark.parametrize("name", STARTERS)
def test_no_forbidden_word_number_or_sign_is_ever_said(name: str) -> None:
    for moment in moments(BOOKS[name], 120):
        text = said(BOOKS[name], moment).lower()
        words = set(re.findall(r"[a-z]+", text))
        assert not words & FORBIDDEN, (words & FORBIDDEN, text)
        assert not re.search(r"[%!]|\d", text), text


def test_the_words_of_the_product_itself_hold_no_forbidden_word() -> None:
    constants = [value for name, value in vars(words).items() if isinstance(value, str) and name.isupper()]
    text = " ".join(constants)
    assert "What will you do?" in text
    assert not set(re.findall(r"[a-z]+", text.lower())) & FORBIDDEN
    assert "!" not in text


@pytest.mark.parametrize("name", STARTERS)
def test_every_leaning_ends_with_the_question(name: str) -> None:
    for moment in moments(BOOKS[name], 40):
        weighing = poise.weigh(BOOKS[name], moment)
        assert str(weighing).endswith("What will you do?") or weighing.bound


@pytest.mark.parametrize("name", STARTERS)
def test_someone_who_was_hit_is_never_steered(name: str) -> None:
    book = BOOKS[name]
    for moment in moments(book, 80, who_was_hit="me"):
        weighing = poise.weigh(book, moment)
        if weighing.bound:
            continue
        text = str(weighing)
        assert weighing.steer is False
        assert weighing.pair is None
        assert text.startswith("That was about you.")
        assert "leans to" not in text
        assert "tip to" not in text
        assert book.guidelines["cardinal"].say not in text
        assert not [words for words in NEVER_TO_SOMEONE_HIT if words in text.lower()], text
        standing = [s.response for leaning in weighing.leanings for s in leaning.ranking]
        assert len(told(weighing).choices) == len(standing)


def test_each_of_them_gets_opening_words_of_their_own() -> None:
    book, room = BOOKS["among_friends"], BOOKS["keeping_the_room"]
    assert said(book, poise.Moment(book)).startswith("Who did it land on? What do they want?")
    assert said(book, poise.Moment(book, who_was_hit="me")).startswith("That was about you. Are you safe?")
    assert said(room, poise.Moment(room, role="moderator")).startswith("This is your room. How, not whether.")
    assert said(book, poise.Moment(book, "mine")).startswith("This time it was you.")


def test_someone_who_said_they_are_safe_is_not_asked_again() -> None:
    book = BOOKS["among_friends"]
    assert "Are you safe?" not in said(book, poise.Moment(book, who_was_hit="me", safety="safe"))


@pytest.mark.parametrize("name", STARTERS)
def test_letting_it_be_is_always_for_now_and_never_agreeing(name: str) -> None:
    seen = 0
    for moment in moments(BOOKS[name], 150, who_was_hit="people_not_here"):
        weighing = poise.weigh(BOOKS[name], moment)
        if weighing.toward and "let_be" in weighing.toward.lead:
            seen += 1
            assert "for now" in str(weighing)
            assert "not the same as agreeing" in str(weighing)
    assert seen


def test_a_leaning_against_the_first_rule_says_so_and_what_outweighed_it() -> None:
    book = BOOKS["in_the_room"]
    answers = {
        "role": "clinician",
        "who_was_hit": "people_not_here",
        "trust": "new",
        "harm": "stings",
        "safety": "safe",
    }
    text = said(book, poise.Moment(book, their_pain="raw", **answers))
    assert "This goes against your first rule:" in text
    assert "What outweighed it:" in text


def test_nothing_in_the_way_is_said_when_nothing_is() -> None:
    book = BOOKS["among_friends"]
    moment = poise.Moment(book, who_was_hit="someone_here", harm="stings", safety="safe", livelihood="no_risk")
    assert "Nothing you've entered stands in the way." in said(book, moment)
    assert "Nothing you've entered stands in the way." not in said(book, moment.changed(book, energy="empty"))


def test_someone_who_is_not_safe_is_not_told_of_a_rule_they_went_against() -> None:
    book = BOOKS["among_friends"]
    text = said(book, poise.Moment(book, who_was_hit="someone_here", harm="cruel", safety="not_safe"))
    assert "You said you are not safe." in text
    assert "first rule" not in text
    assert "Waiting has a cost" not in text


TWO = """
poise: 1
title: Two
responses:
  toward:
    left: {say: Go left}
    right: {say: Go right}
considerations:
  a: {ask: Is it a?, answers: "not_a < bit_a < all_a"}
guidelines:
  for_left: {say: Left is kind, when: "a >= bit_a", lean: {left: pull}}
  for_right: {say: Right is kind, when: "a == bit_a", lean: {right: LEAN}}
"""


@pytest.mark.parametrize(
    ("lean", "words"),
    [
        ("pull", "It stands level between “go left” and “go right”."),
        ("1.1", "It leans to “go left”, and “go right” is close."),
        ("nudge", "It leans to “go left”."),
    ],
)
def test_ties_are_ties_and_close_is_close(lean: str, words: str) -> None:
    book = read_text("two", TWO.replace("LEAN", lean))
    text = said(book, poise.Moment(book, a="bit_a"))
    assert words in text
    assert ("Good people would differ." in text) == (lean != "nudge")
    assert ("For “go left”: “Left is kind”. For “go right”: “Right is kind”." in text) == (lean != "nudge")


def test_what_would_tip_it_names_the_question_and_the_answer() -> None:
    book = read_text("two", TWO.replace("LEAN", "strong"))
    text = said(book, poise.Moment(book, a="bit_a"))
    assert "It would tip to “go left” if the answer to “Is it a?” were “all a”." in text
    assert "No answer still open would change this." in text


def test_reasons_name_the_guideline_and_not_a_number() -> None:
    book = BOOKS["among_friends"]
    answers = {"who_was_hit": "someone_here", "harm": "serious", "safety": "safe", "place": "public_room"}
    words = told(poise.weigh(book, poise.Moment(book, **answers)))
    assert words.because
    assert all(cited.say for cited in words.because)
    assert not any(re.search(r"\d", str(cited)) for cited in itertools.chain(words.because, words.against))


def test_up_to_three_ways_to_begin_are_offered_for_what_leads() -> None:
    book = BOOKS["among_friends"]
    for moment in moments(book, 40):
        assert len(told(poise.weigh(book, moment)).lines) <= 3
