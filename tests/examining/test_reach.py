"""Shares over all situations: against trying every one of them, and on the starter books against chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import prod, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given, note, settings

import poise
from poise.examining.changes import Changes, changes, decisive
from poise.examining.reach import BY, Leads, Outcome, Reach, chance, leads, reach
from poise.examining.search import Unsettled
from poise.examining.walking import walk as walking
from poise.examining.walking.counts import Counting
from poise.rulebook.condition import ALWAYS, Among
from poise.rulebook.reading import read
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS
from poise.weighing.weighing import weigh

from ..weighing.invented import CHANCES, Invented, Known, book_of
from ..weighing.oracle import Oracle, Situation

Weights = dict[str, dict[str, Fraction]]
Lead = tuple[str, ...]
Shares = dict[tuple[tuple[str, ...], Outcome], Fraction]


def made(invented: Invented) -> Rulebook:
    note(invented.text)
    return read("invented", invented.text)


def weights_of(drawn: Random, invented: Invented) -> Weights:
    """Weights for some questions, some of them so large that no machine word holds their product."""
    found: Weights = {}
    for question in invented.questions:
        if drawn.random() < 0.6:
            sizes = (0, 1, 2, 7, Fraction(1, 3), 10**18 + 9)
            found[question.id] = {answer: Fraction(drawn.choice(sizes)) for answer in question.answers}
            found[question.id][question.answers[0]] += not any(found[question.id].values())
    note(found)
    return found


class EverySituation:
    """All possible situations of a book, tried one after the other."""

    def __init__(self, invented: Invented, weights: Weights | None = None) -> None:
        self.invented, self.oracle, self.weights = invented, Oracle(invented), weights or {}

    def weight(self, situation: Situation) -> Fraction:
        given = (self.weights[q][answer] for q, answer in situation.items() if q in self.weights)
        return prod(given, start=Fraction(1))

    def situations(self) -> Iterator[tuple[Situation, Fraction]]:
        for i in sorted(self.oracle.possible):
            yield self.oracle.situations[i], self.weight(self.oracle.situations[i])

    def outcome(self, name: str, situation: Situation) -> Outcome:
        known = Known(situation)
        if self.oracle.replaced_by(known):
            return Outcome((), False)
        found = self.oracle.outcome(name, known)
        return Outcome(tuple(r for r in self.invented.responses[name] if r in found.lead), found.is_close)

    def shares(self, name: str, by: tuple[str, ...] = ()) -> Shares:
        """{(answers to `by`, outcome): its share of all situations}."""
        found: Shares = {}
        for situation, weight in self.situations():
            key = tuple(situation[q] for q in by), self.outcome(name, situation)
            found[key] = found.get(key, Fraction(0)) + weight
        whole = sum(found.values(), start=Fraction(0))
        return {key: weight / whole for key, weight in found.items() if weight}


def shares(found: Leads) -> Shares:
    whole = found.weight(lambda _: True)
    return {
        (key, outcome): Fraction(seen.weight, whole)
        for key, cell in found.cells.items()
        for outcome, seen in cell.items()
    }


@given(drawn=CHANCES)
def test_every_share_is_what_trying_every_situation_comes_to(drawn: Random) -> None:
    invented = book_of(drawn)
    weights = weights_of(drawn, invented)
    every = EverySituation(invented, weights)
    by = tuple(drawn.sample([q.id for q in invented.questions], drawn.randint(0, min(2, len(invented.questions)))))
    for name in invented.responses:
        assert shares(leads(made(invented), name, by=by, weights=weights)) == every.shares(name, by)


@given(drawn=CHANCES)
def test_a_condition_narrows_the_situations(drawn: Random) -> None:
    invented = book_of(drawn)
    book, every = made(invented), EverySituation(invented)
    question = drawn.choice(invented.questions)
    answer = drawn.choice(question.answers)
    asked = book.considerations[question.id]
    narrow = Among(asked.position, 1 << asked.code(answer))
    for name in invented.responses:
        found = leads(book, name, by=(), given=narrow)
        counts = Counter(every.outcome(name, s) for s, _ in every.situations() if s[question.id] == answer)
        assert shares(found) == {((), outcome): Fraction(n, counts.total()) for outcome, n in counts.items()}
        one = {question.id: answer}
        assert shares(found) == collapsed(leads(book, name, by=(question.id,)).where(**one))


def collapsed(found: Leads) -> Shares:
    """The same, by nothing."""
    return shares(Leads(found.list, found.responses, (), {(): found.outcomes()}))


@given(drawn=CHANCES)
def test_how_often_a_guideline_applies_is_what_trying_comes_to(drawn: Random) -> None:
    invented = book_of(drawn)
    weights = weights_of(drawn, invented)
    every = EverySituation(invented, weights)
    weighed = [(s, weight) for s, weight in every.situations() if not every.oracle.replaced_by(Known(s))]
    whole = sum((weight for _, weight in weighed), start=Fraction(0))
    for guideline, share in reach(made(invented), weights=weights).applies.items():
        applies = (weight for s, weight in weighed if guideline in every.oracle.applies(Known(s)))
        assert share == (sum(applies, start=Fraction(0)) / whole if whole else 0)


@given(drawn=CHANCES)
def test_situations_are_counted(drawn: Random) -> None:
    invented = book_of(drawn)
    assert reach(made(invented)).situations == len(Oracle(invented).possible)


@given(drawn=CHANCES)
def test_an_example_comes_to_what_it_is_an_example_of(drawn: Random) -> None:
    invented = book_of(drawn)
    every = EverySituation(invented)
    for name in invented.responses:
        for outcome, seen in leads(made(invented), name, by=()).outcomes().items():
            fits = [situation for situation, _ in every.situations() if seen.answers.items() <= situation.items()]
            assert fits
            assert all(every.outcome(name, situation) == outcome for situation in fits)


# Two books


def changed(drawn: Random, invented: Invented) -> Invented:
    """The same questions and responses, some guidelines and bounds gone."""
    guides = tuple(guide for guide in invented.guides if drawn.random() < 0.6)
    return replace(invented, guides=guides, limits=invented.limits[:1], impossible=invented.impossible[1:])


def changed_shares(found: Changes) -> dict[tuple[Lead, Lead], Fraction]:
    return {pair: Fraction(seen.weight, found.whole) for pair, seen in found.pairs.items()}


def tried(old: EverySituation, new: EverySituation, name: str) -> dict[tuple[Lead, Lead], Fraction]:
    """The same, by trying every situation that both books take to be possible."""
    counts: Counter[tuple[Lead, Lead]] = Counter()
    for i in old.oracle.possible & new.oracle.possible:
        situation = old.oracle.situations[i]
        counts[old.outcome(name, situation).lead, new.outcome(name, situation).lead] += 1
    whole = counts.total() - counts[(), ()]
    return {pair: Fraction(count, whole) for pair, count in counts.items() if pair[0] != pair[1]}


@given(drawn=CHANCES)
def test_what_leads_differently_is_what_trying_both_books_comes_to(drawn: Random) -> None:
    old = book_of(drawn)
    new = changed(drawn, old)
    for name, found in changes(made(old), made(new)).items():
        assert changed_shares(found) == tried(EverySituation(old), EverySituation(new), name)
        assert found.share == sum(changed_shares(found).values())


@given(drawn=CHANCES)
@settings(max_examples=20)
def test_a_guideline_is_decisive_where_the_lead_is_another_without_it(drawn: Random) -> None:
    invented = book_of(drawn)
    for guide in invented.guides:
        without = replace(invented, guides=tuple(each for each in invented.guides if each is not guide))
        for name, found in decisive(made(invented), guide.id).items():
            assert changed_shares(found) == tried(EverySituation(without), EverySituation(invented), name)


@given(drawn=CHANCES)
def test_a_book_leads_nowhere_differently_from_itself(drawn: Random) -> None:
    book = made(book_of(drawn))
    assert all(found.share == 0 and not found.pairs for found in changes(book, book).values())


# Counts


@given(drawn=CHANCES)
def test_counts_too_large_for_a_machine_word_are_exact(drawn: Random) -> None:
    factors = [[drawn.randrange(10 ** drawn.randint(1, 30)) for _ in range(3)] for _ in range(drawn.randint(1, 5))]
    counting = Counting(prod(sum(each) for each in factors))
    counts, wanted = counting.one(), [1]
    for each in factors:
        counts = counting.times(counts, each)
        wanted = [one * other for one in wanted for other in each]
    assert counting.whole(counts) == wanted
    assert counting.whole(counting.sums(counts, np.array([0]))) == [sum(wanted)]


# The starter books


@cache
def starter(name: str) -> Reach:
    return reach(poise.read(name))


@pytest.mark.parametrize("name", STARTERS)
def test_shares_of_a_starter_book_sum_to_one(name: str) -> None:
    for found in starter(name).lists.values():
        assert sum(found.alone(response) for response in found.responses) + found.tie == 1
        assert found.first(*found.responses) == 1


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_book_does_what_chance_finds_it_to_do(name: str) -> None:
    book, found, many = poise.read(name), starter(name), 2000
    counts, applied = by_chance(book, many)
    for each, leading in found.lists.items():
        for response in leading.responses:
            assert near(counts[each, response], leading.first(response), many), (each, response)
        assert near(counts[each, "close"], leading.close, many), each
        assert near(counts[each, "tie"], leading.tie, many), each
    for guideline, share in found.applies.items():
        assert near(applied[guideline], share, many), guideline


def by_chance(book: Rulebook, many: int) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """What leads how often, and what applies, in situations that are drawn and weighed."""
    drawn = Random(7)
    counts: Counter[tuple[str, str]] = Counter()
    applied: Counter[str] = Counter()
    for _ in range(many):
        answers = {q.id: drawn.choice(q.answers) for q in book.questions} | {"risk": "none", "dependent": "none"}
        for whose in ("theirs", "mine"):
            weighing = weigh(book, poise.Moment(book, whose, **answers))
            for leaning in weighing.leanings:
                counts.update((leaning.list, response) for response in leaning.lead)
                counts[leaning.list, "close"] += leaning.close
                counts[leaning.list, "tie"] += len(leaning.lead) > 1
        applied.update(weighing.applies)
    return counts, applied


def near(count: int, share: Fraction, many: int) -> bool:
    """Within five standard errors, and exactly where the share is nothing or everything."""
    return abs(count / many - share) <= 5 * sqrt(share * (1 - share) / many)


def test_a_walk_in_small_parts_comes_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    book = poise.read("among_friends")
    whole = shares(leads(book, "beside"))
    monkeypatch.setattr(walking, "PART", 500)
    assert shares(leads(book, "beside")) == whole


def test_a_walk_that_would_fill_the_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "PART", 500)
    monkeypatch.setattr(walking, "MOST_ROWS", 1000)
    with pytest.raises(Unsettled):
        reach(poise.read("among_friends"))


def test_breakdowns_add_up_to_the_whole() -> None:
    toward = starter("among_friends").lists["toward"]
    assert toward.by == BY
    harms = [toward.where(harm=answer) for answer in ("slip", "stings", "serious", "cruel")]
    assert sum(each.weighed for each in harms) == toward.weighed
    assert sum(each.weighed * each.silent for each in harms) == toward.weighed * toward.silent


def test_a_book_that_says_nothing_ties_everywhere() -> None:
    text = "poise: 1\ntitle: t\nresponses: {toward: {say: {say: s}, let_be: {say: l}}}\n"
    found = reach(read("empty", text))
    toward = found.lists["toward"]
    assert found.situations == 1
    assert toward.tie == toward.close == toward.silent == toward.first("say") == 1
    assert toward.alone("say") == 0
    assert toward.answers("say") == {}
    assert chance([ALWAYS], found.book, []) == 1
