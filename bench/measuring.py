"""What one process measures: `python measuring.py NAME` prints {what: seconds} as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import TypeVar

import moments
import peers

import poise
from poise.weighing.tables import OUT, Lanes, Tables
from poise.weighing.weighing import tables_of, weigh_by

BOOK = "among_friends"
FULL, REALISTIC, SLOW = 300, 400, 100
SECONDS = 0.4
"""How long one process measures one thing."""

NEIGHBOURS = {
    "zen-engine, one list of sums": peers.zen_scores,
    "zen-engine, what holds; Python sums": peers.zen_applies,
    "common-expression-language, what holds; Python sums": peers.cel_applies,
    "cedarpy, a policy per clause; Python sums": peers.cedar_applies,
    "clingo, grounded once, sums as costs": peers.clingo_costs,
}
OURS, WORDS, WHOLE = "poise", "poise, from words, every answer checked", "whole"

Timings = dict[str, float]
Given = TypeVar("Given")


def measured(name: str) -> Timings:
    """{what: seconds} for one neighbour, for us, or for whole weighings."""
    if name == WHOLE:
        return whole()
    return ours() if name == OURS else {name: neighbour(NEIGHBOURS[name])}


def ours() -> Timings:
    """The scores of one fully answered moment: from its codes, and from a dict of words."""
    book, tables, answers, codes = fully_answered()
    return {
        OURS: typical(tables.scores, codes),
        WORDS: typical(lambda given: tables.scores(poise.Moment(book, **given).codes), answers),
    }


def neighbour(make: Callable[[peers.Rules], peers.Scorer]) -> float:
    """The same from a ready dict of codes. Ends the process where a score differs from ours."""
    book, tables, _, codes = fully_answered()
    score = make(peers.Rules(tables))
    given = [dict(zip(book.considerations, code, strict=True)) for code in codes]
    for answers, code in zip(given, codes, strict=True):
        if comparable(score(answers)) != comparable(tables.scores(code)):
            sys.exit(f"{make.__name__} and poise disagree on {answers}")
    return typical(score, given)


def fully_answered() -> tuple[poise.Rulebook, Tables, list[dict[str, str]], list[tuple[int, ...]]]:
    """The book, its tables, and moments with every question answered: in words and in codes."""
    book = poise.read(BOOK)
    answers = moments.full(book, FULL)
    return book, tables_of(book), answers, [poise.Moment(book, **given).codes for given in answers]


def comparable(scores: Lanes) -> list[int | None]:
    """The scores, leaving aside how far out a response is that is out."""
    return [score if score > OUT else None for score in scores]


def whole() -> Timings:
    """A whole weighing with its reasons, cold and warm, and what is worked out from it when asked."""
    poise.read(BOOK)
    start = time.perf_counter()
    book = poise.read(BOOK)
    read = time.perf_counter()
    tables = Tables(book)
    made = time.perf_counter()
    answers = moments.realistic(book, REALISTIC)
    known = [poise.Moment(book, **given) for given in answers]
    cold = list(each(lambda moment: weigh_by(tables, moment), known))
    for moment in known:
        poise.weigh(book, moment)
    found = {
        "read the book, not for the first time": read - start,
        "make its tables, all empty": made - read,
        "weigh, the very first moment": cold[0],
        f"weigh, the first {REALISTIC} moments, tables filling": statistics.median(cold),
        "weigh, tables warm": statistics.median(each(lambda moment: poise.weigh(book, moment), again(known))),
        "weigh, tables warm, from words": statistics.median(
            each(lambda given: poise.weigh(book, poise.Moment(book, **given)), again(answers))
        ),
    }
    for name, work in (("next_question", poise.next_question), ("turns", poise.turns)):
        taken = sorted(each(work, [poise.weigh(book, moment) for moment in known[:SLOW]]))
        found[name] = statistics.median(taken)
        found[f"{name}, the slowest in 20"] = taken[len(taken) * 19 // 20]
    return found


def typical(work: Callable[[Given], object], given: Sequence[Given]) -> float:
    """Seconds for one call: the median over passes through everything given, the first pass left out."""
    for one in given:
        work(one)
    passes = []
    end = time.perf_counter() + SECONDS
    while (start := time.perf_counter()) < end:
        for one in given:
            work(one)
        passes.append((time.perf_counter() - start) / len(given))
    return statistics.median(passes)


def each(work: Callable[[Given], object], given: Iterable[Given]) -> Iterator[float]:
    """Seconds for each single call."""
    for one in given:
        start = time.perf_counter()
        work(one)
        yield time.perf_counter() - start


def again(given: Sequence[Given]) -> Iterator[Given]:
    """Everything given, over and over, for SECONDS."""
    end = time.perf_counter() + SECONDS
    for one in chain.from_iterable(repeat(given)):
        if time.perf_counter() > end:
            return
        yield one


if __name__ == "__main__":
    json.dump(measured(sys.argv[1]), sys.stdout)
