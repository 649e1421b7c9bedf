"""What a weighing says, from Python and from the page's modules, as the same plain data; and moments to weigh."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import poise
from poise.pocket.compiling import compiled
from poise.rulebook.guideline import DEGREES, MINE, strength
from poise.rulebook.reading import read as read_text
from poise.rulebook.rulebook import Rulebook
from poise.rulebook.speech import Say, plain
from poise.weighing.asking import is_settled, next_question
from poise.weighing.tables import WHOLE
from poise.weighing.telling import Cited, told
from poise.weighing.weighing import Leaning, Weighing

from ..weighing.invented import book_of

Given = dict[str, Any]
"""{"moment": {consideration: answer, perhaps "whose"}, "passed": [considerations that nobody can answer]}."""
Answering = Callable[[Any], Any]
"""Hands plain data to `answer(given)` of ANSWER, wherever JavaScript runs, and returns what it returns."""

LOAD = """
const { understand, weigh, nextQuestion, isSettled, turns } = await static_("weigh.js");
const { told } = await static_("telling.js");
"""
ANSWER = """
function facts(book, { moment, passed }) {
  const weighing = weigh(book, moment), over = new Set(passed);
  const lists = weighing.leanings.map(({ list, leads, close, ranking, out }) => ({
    list, leads, close, out,
    ranking: ranking.map((each) => [each.response, each.score, each.reasons.map((r) => [r.guideline, r.score])]),
    shares: ranking.map(({ share }) => share),
  }));
  return {
    lists, bound: weighing.bound, bounds: weighing.bounds.map(({ id, met }) => [id, met]), steer: weighing.steer,
    applies: weighing.applies, open: weighing.open, settled: isSettled(weighing), next: nextQuestion(weighing),
    settled_over: over.size ? isSettled(weighing, over) : null,
    next_over: over.size ? nextQuestion(weighing, over) : null,
    turns: turns(weighing).map(({ changes, list, lead }) => [list, Object.entries(changes), lead]),
    told: told(weighing),
  };
}
function answer(books) {
  return books.map(([text, moments]) => {
    const book = understand(JSON.parse(text));
    return moments.map((moment) => facts(book, moment));
  });
}
"""


def facts(book: Rulebook, given: Given, say: Say = plain) -> dict[str, Any]:
    """Everything a weighing says."""
    weighing = poise.weigh(book, poise.Moment(book, **given["moment"]))
    passed = frozenset(given["passed"])
    return {
        "lists": [_list(weighing, leaning) for leaning in weighing.leanings],
        "bound": weighing.bound.id if weighing.bound else None,
        "bounds": [[state.bound.id, state.met] for state in weighing.bounds],
        "steer": weighing.steer,
        "applies": list(weighing.applies),
        "open": list(weighing.open),
        "settled": weighing.settled,
        "next": weighing.next_question,
        "settled_over": is_settled(weighing, passed) if passed else None,
        "next_over": next_question(weighing, passed) if passed else None,
        "turns": [
            [turn.list, [list(each) for each in turn.changes.items()], list(turn.lead)] for turn in weighing.turns
        ],
        "told": {name: _plain(value) for name, value in told(weighing, say)._asdict().items()},
    }


def _list(weighing: Weighing, leaning: Leaning) -> dict[str, Any]:
    standing = {each.response for each in leaning.ranking}
    return {
        "list": leaning.list,
        "leads": list(leaning.lead),
        "close": leaning.close,
        "out": [response.id for response in weighing.book.listed(leaning.list) if response.id not in standing],
        "ranking": [
            [each.response, each.score // WHOLE, [[reason.guideline, reason.score // WHOLE] for reason in each.reasons]]
            for each in leaning.ranking
        ],
        "shares": [each.share for each in leaning.ranking],
    }


def _plain(value: str | tuple[str, ...] | tuple[Cited, ...]) -> Any:
    return value if isinstance(value, str) else [each if isinstance(each, str) else _cited(each) for each in value]


def _cited(cited: Cited) -> dict[str, Any]:
    return cited._asdict() | {"strength": strength(cited.units) if cited.units else ""}


def differences(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Where two say something else. Shares may differ in their last bits, as powers do from engine to engine."""
    found = []
    for ours, other in zip(mine["lists"], theirs["lists"], strict=False):
        pairs = zip(ours.pop("shares"), other.pop("shares"), strict=False)
        found += [f"share: {pair}" for pair in pairs if abs(pair[0] - pair[1]) > 1e-12]
    return found + [f"{name}: {mine[name]} != {theirs[name]}" for name in mine if mine[name] != theirs.get(name)]


def agree(books: Sequence[tuple[Rulebook, Sequence[Given]]], answering: Answering, say: Say = plain) -> None:
    """Fails with the first moment of any of these books of which the two say something else."""
    given = [[as_text(book, say), moments] for book, moments in books]
    for (book, moments), found in zip(books, answering(given), strict=True):
        assert len(found) == len(moments)
        for moment, theirs in zip(moments, found, strict=True):
            wrong = differences(facts(book, moment, say), theirs)
            assert not wrong, (book.name, moment, *wrong)


def as_text(book: Rulebook, say: Say = plain) -> str:
    """The compiled book as a page holds it."""
    return json.dumps(compiled(book, say), ensure_ascii=False)


def moments(book: Rulebook, count: int, chance: Random) -> list[Given]:
    """Random moments, from hardly anything said to everything; some questions nobody can answer."""
    return [_moment(book, chance, chance.choice((0.1, 0.3, 0.5, 0.8, 1))) for _ in range(count)]


def _moment(book: Rulebook, chance: Random, part: float) -> Given:
    answers = {q.id: chance.choice(q.answers) for q in book.questions if chance.random() < part}
    left = [q.id for q in book.questions if q.id not in answers]
    passed = chance.sample(left, min(3, len(left))) if chance.random() < 0.2 else []
    return {"moment": answers | ({"whose": MINE} if chance.random() < 0.2 else {}), "passed": passed}


KNOWN = {"q0": "who_was_hit", "q1": "safety", "q2": "they_want", "a": "me", "b": "someone_here", "t0": "let_be",
         "t1": "in_charge", "b0": "nothing_more", "g0": "cardinal"}  # fmt: skip
"""Names of invented books, and the ones that the product knows by themselves."""
SAID = ("", "{plain}.", "Ünd {so} “on”…", "ÉCRIT $& $1", "一句话。", "𝒜lpha", 'It\'s "that" <b>\\', "Ends…..")
"""Words that people may write, some of which mean something to a program."""


def dressed(chance: Random) -> Rulebook:
    """An invented book with the names that decide how a weighing is told, and with words of all kinds."""
    text = re.sub(r"\b(q[012]|[ab]|t[01]|b0|g0)\b", lambda found: KNOWN[found[0]], book_of(chance).text)
    book = read_text("dressed", text)

    def said(otherwise: str = "Said") -> str:
        return chance.choice(SAID) or otherwise

    responses = {
        name: each._replace(
            say=said(name), means=said(""), if_me=said(""), directness=chance.choice(DEGREES),
            lines=tuple(said() for _ in range(chance.randrange(3))), like=chance.choice(("", "", "let_be")),
        )
        for name, each in book.responses.items()
    }  # fmt: skip
    guidelines = {
        name: each._replace(say=said(name), because=said(""), anchored=chance.random() < 0.5)
        for name, each in book.guidelines.items()
    }
    considerations = {
        name: each._replace(ask=said(name), words={each.answers[0]: said("")}, explain=said(""))
        for name, each in book.considerations.items()
    }
    asked = ("What do they want?",) if chance.random() < 0.5 else ()
    return replace(book, responses=responses, guidelines=guidelines, considerations=considerations, ask_yourself=asked)


def cases(book: Rulebook) -> list[Given]:
    """The moments that the book's own cases are about."""
    return [{"moment": case.answers | ({"whose": MINE} if case.mine else {}), "passed": []} for case in book.cases]


def in_parts(given: Sequence[Given], size: int) -> Iterable[Sequence[Given]]:
    """The moments, so many at a time."""
    return (given[first : first + size] for first in range(0, len(given), size))
