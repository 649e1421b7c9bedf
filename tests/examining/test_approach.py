"""How near a leaning comes, question by question."""

import pytest
from bench.bench_questions import invented

from poise.examining.approach import approach
from poise.rulebook.reading import read as read_text
from poise.shelf import STARTERS, read

BOOK = read_text(
    "two",
    """
poise: 1
title: Two
responses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}
considerations:
  a: {ask: Is it a?, answers: "not_a < all_a"}
  b: {ask: Is it b?, answers: "not_b < all_b"}
guidelines:
  big: {say: Big, when: a == all_a, lean: {speak: 5}}
  small: {say: Small, when: b == all_b, lean: {wait: pull}}
""",
)


def test_the_question_with_most_at_stake_is_asked_first_and_then_it_is_near() -> None:
    found = approach(BOOK, [{"a": "all_a", "b": "all_b"}], after=(0, 1, 2))
    assert found.near == {"toward": {0: 0, 1: 1, 2: 1}}
    assert found.questions == (1,)


def test_a_lead_that_small_answers_cannot_move_far_is_near_from_the_start() -> None:
    found = approach(BOOK, [{"a": "not_a", "b": "all_b"}], after=(0, 2))
    assert found.near == {"toward": {0: 1, 2: 1}}


@pytest.mark.long
@pytest.mark.parametrize("name", STARTERS)
def test_after_eight_questions_the_starter_books_are_near_in_most_situations(name: str) -> None:
    book = read(name)
    found = approach(book, invented(book, 60))
    assert all(counts[8] >= 0.85 * found.situations for counts in found.near.values())
