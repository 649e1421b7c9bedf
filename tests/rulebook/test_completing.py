from itertools import product
from random import Random

import pytest
from hypothesis import assume, given
from tests.weighing.invented import CHANCES, Invented, Question, Said, condition, questions_of, told
from tests.weighing.oracle import Oracle

from poise.rulebook.completing import Completions, Undecided, alike, grouped
from poise.rulebook.condition import All, Among, Any, Condition, Not
from poise.rulebook.consideration import Consideration
from poise.rulebook.reading.conditions import parse

from .test_condition import no_terms, word


def as_condition(said: Said, questions: tuple[Question, ...]) -> Condition:
    known = {q.id: Consideration(q.id, i, "q", q.answers, q.ordered, {}) for i, q in enumerate(questions)}
    found = parse(word(told(said)), known, no_terms)
    assert not isinstance(found, list)
    return found


@given(CHANCES)
def test_the_outcomes_are_those_of_every_possible_completion(chance: Random) -> None:
    questions = questions_of(chance)
    said = condition(chance, questions, most=6)
    impossible = tuple(condition(chance, questions) for _ in range(chance.randrange(3)))
    oracle = Oracle(Invented(questions, {}, impossible=impossible))
    given_answers = {q.id: chance.choice(q.answers) for q in questions if chance.random() < 0.5}
    left = oracle.open_to(given_answers)
    assume(left)
    sizes = [len(question.answers) for question in questions]
    codes = [q.answers.index(given_answers[q.id]) if q.id in given_answers else -1 for q in questions]
    groups = grouped(as_condition(each, questions) for each in impossible)
    search = Completions(as_condition(said, questions), sizes, groups)
    so = oracle.so(said)
    assert search.outcomes(codes) == {value for value, found in ((True, left & so), (False, left - so)) if found}
    for value in (True, False):
        completed = search.find(value, codes)
        assert (completed is not None) == bool(left & so if value else left - so)
        if completed is not None:
            assert search.condition.under(completed) is value
            assert search.possible.under(completed) is True
            assert all(code in (-1, then) for code, then in zip(codes, completed, strict=True))


def test_answers_that_cannot_be_are_taken_as_given_because_the_person_knows_better() -> None:
    groups = grouped([All((Among(0, 1), Among(1, 1)))])
    assert Completions(Among(1, 1), [2, 2], groups).outcomes([0, 0]) == {True}


def test_what_is_impossible_elsewhere_does_not_matter() -> None:
    groups = grouped([Among(1, 0b01), Among(2, 0b10)])
    search = Completions(Among(0, 1), [2, 2, 2], groups)
    assert search.scope == (0,)
    assert search.outcomes([-1, -1, -1]) == {True, False}


def test_impossible_combinations_hang_together_through_one_another() -> None:
    first, second, apart = All((Among(0, 1), Among(1, 1))), All((Among(1, 2), Among(2, 1))), Among(3, 1)
    assert {(reach, frozenset(each)) for reach, each in grouped([first, apart, second])} == {
        (frozenset({0, 1, 2}), frozenset({first, second})),
        (frozenset({3}), frozenset({apart})),
    }


def test_what_is_impossible_can_settle_a_condition() -> None:
    groups = grouped([All((Among(0, 0b01), Among(1, 0b01)))])
    assert Completions(Among(1, 0b10), [2, 2], groups).outcomes([0, -1]) == {True}
    assert Completions(Among(1, 0b10), [2, 2]).outcomes([0, -1]) == {True, False}


def test_answers_that_nothing_tells_apart_are_tried_once() -> None:
    assert alike(0, 4, [Among(0, 0b1100)]) == (0, 0, 2, 2)
    assert alike(0, 3, []) == (0, 0, 0)
    assert alike(0, 3, [Among(1, 0b001)]) == (0, 0, 0)
    assert Completions(Any((Among(0, 0b1100), Among(1, 0b1))), [4, 3]).combinations == 4


def test_a_search_that_takes_too_long_is_given_up() -> None:
    every = list(product((0, 1), repeat=3))
    clauses = [Any(tuple(Among(i, 1 << bit) for i, bit in enumerate(bits))) for bits in every]
    with pytest.raises(Undecided):
        Completions(All(tuple(clauses)), [2, 2, 2], most=3).find(True, [-1, -1, -1])


def test_a_condition_always_so_and_one_never_so_are_decided_at_once() -> None:
    always = Any((Among(0, 1), Not(Among(0, 1))))
    assert Completions(always, [2]).outcomes([-1]) == {True}
    assert Completions(Not(always), [2]).outcomes([-1]) == {False}
