"""Findings about regions: answers to who was hit, harm and safety under which a book nearly always leans one way.

A region fixes the answers to some of these considerations, each to one answer or to several. Shown are the widest: a
region inside another that is found too is left out, and what differs in one consideration alone is shown as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ...rulebook.guideline import LET_BE, MINE, TOWARD
from ...rulebook.rulebook import WHO_WAS_HIT, Rulebook
from ...weighing.moment import THEIRS, Moment
from ...weighing.weighing import Weighing, weigh
from ..reach import Answers, Leads, Outcome, leads
from ..saying import how_many
from ..search import Unsettled
from .finding import NOTE, Finding
from .reading import Reading

BY = (WHO_WAS_HIT, "harm", "safety")
NEARLY_ALWAYS, OFTEN_TIED, OFTEN_CLOSE = Fraction(9, 10), Fraction(1, 10), Fraction(1, 3)
"""The share of a region's situations from which on it is found. Ties come about seldom, so fewer of them are many."""
MOST_ROWS = 500_000
"""States at most: a check stays quick, and a book that takes more is not counted."""
MOST_SHOWN = 2
"""Regions shown of each kind: the widest, so that a page of notes does not hide what weighs more."""
LEANING = "That may be what is meant. If not, look at what leans there, and how far."
TIED = "That may be how it is. If not, a guideline could tell them apart there."

Region = tuple[tuple[str, ...], ...]
"""For each consideration the leads are told apart by, the answers that are in."""


class Look(NamedTuple):
    """One way a list can come out, and how to say that it does."""

    kind: str
    least: Fraction
    counts: Callable[[Outcome], bool]
    says: str
    advice: str


def about_regions(reading: Reading) -> Iterator[Finding]:
    """Where it is nearly always silent, nearly always loud, often tied or often close."""
    book = reading.book
    lists = [name for name in dict.fromkeys(r.list for r in book.responses.values()) if len(book.listed(name)) > 1]
    if not any(name in book.considerations for name in BY):
        return
    try:
        found = [leads(book, name, by=BY, most_rows=MOST_ROWS) for name in lists]
    except Unsettled:
        message = "This book has too many situations to count where it is silent, loud or tied."
        yield Finding("regions-not-counted", message, "`poise prove` answers single questions about it.", NOTE)
        return
    for each in found:
        for look in _looks(book, each):
            yield from _regions(reading, each, look)


def _looks(book: Rulebook, found: Leads) -> Iterator[Look]:
    """What is looked for in one list."""
    if found.list == TOWARD and LET_BE in found.responses:
        yield _leaning(book, "silent-region", (LET_BE,))
    loud = tuple(response.id for response in book.listed(TOWARD) if _is_loud(book, response.id))
    if found.list == TOWARD and loud:
        yield _leaning(book, "loud-region", loud)
    many = "several responses" if found.list == TOWARD else f"several responses of `{found.list}`"
    yield Look("tied-region", OFTEN_TIED, lambda outcome: len(outcome.lead) > 1, f"{many} lead together", TIED)
    yield Look("close-region", OFTEN_CLOSE, lambda outcome: outcome.close, f"{many} are close", TIED)


def _leaning(book: Rulebook, kind: str, responses: tuple[str, ...]) -> Look:
    said = "it leans to " + " or ".join(f"“{book.responses[response].say.lower()}”" for response in responses)
    return Look(kind, NEARLY_ALWAYS, lambda outcome: not set(responses).isdisjoint(outcome.lead), said, LEANING)


def _is_loud(book: Rulebook, response: str) -> bool:
    """Whether it is said out loud: straight, and in front of everyone."""
    found = book.responses[response]
    return found.heard_by == "everyone_here" and found.directness == "much"


def _regions(reading: Reading, found: Leads, look: Look) -> Iterator[Finding]:
    """The widest regions of one kind."""
    shown = sorted(_widest(reading.book, found, look), key=lambda region: -_within(found, region).weighed)[:MOST_SHOWN]
    for region in shown:
        yield _finding(reading, found, look, region)


def _widest(book: Rulebook, found: Leads, look: Look) -> list[Region]:
    """Regions in which it comes out so often enough, none inside another, and those side by side made one."""
    answers = [book.considerations[name].answers for name in found.by]
    choices = [(every, *((answer,) for answer in every)) for every in answers]
    regions: list[Region] = []
    for region in sorted(product(*choices), key=lambda region: -sum(map(len, region))):
        if any(_inside(region, wider) for wider in regions):
            continue
        there = _within(found, region)
        if there.weighed and there.share(look.counts) >= look.least:
            regions.append(region)
    return _joined(regions, answers)


def _joined(regions: list[Region], answers: list[tuple[str, ...]]) -> list[Region]:
    """Regions that differ in one consideration alone, as one; again and again, until none do."""
    left = list(regions)
    joined: list[Region] = []
    while left:
        region = left.pop(0)
        beside = next((other for other in left if len(_differing(region, other)) == 1), None)
        if beside is None:
            joined.append(region)
            continue
        left.remove(beside)
        pairs = zip(region, beside, answers, strict=True)
        left.insert(0, tuple(tuple(a for a in every if a in one or a in two) for one, two, every in pairs))
    return joined


def _differing(one: Region, two: Region) -> list[int]:
    return [number for number, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]


def _inside(region: Region, wider: Region) -> bool:
    return all(set(answers) <= set(others) for answers, others in zip(region, wider, strict=True))


def _within(found: Leads, region: Region) -> Leads:
    """The leads of a region alone."""
    cells = {
        key: cell
        for key, cell in found.cells.items()
        if all(answer in answers for answer, answers in zip(key, region, strict=True))
    }
    return Leads(found.list, found.responses, found.by, cells)


def _finding(reading: Reading, found: Leads, look: Look, region: Region) -> Finding:
    book, there = reading.book, _within(found, region)
    named = {
        name: answers
        for name, answers in zip(found.by, region, strict=True)
        if len(answers) < len(book.considerations[name].answers)
    }
    share = there.share(look.counts)
    many = how_many(share)
    often = f"In {many}{' of the' if many.endswith('half') else ''} invented situations{_where(book, named)}"
    answers = next(seen.answers for outcome, seen in there.outcomes().items() if outcome.lead and look.counts(outcome))
    return Finding(
        look.kind,
        f"{often}, {look.says}.",
        look.advice,
        NOTE,
        witness=_shortest(book, found, look, named, answers),
        share=Fraction(there.weight(lambda o: bool(o.lead) and look.counts(o)), found.weighed or 1),
        where=named,
        within=share,
    )


def _where(book: Rulebook, named: Mapping[str, tuple[str, ...]]) -> str:
    """`where safety is “not safe” or “shaky”`; nothing where any answer will do."""
    parts = []
    for name, answers in named.items():
        question = book.considerations[name]
        words = " or ".join(f"“{question.word(question.code(answer))}”" for answer in answers)
        parts.append(f"{name.replace('_', ' ')} is {words}")
    return f" where {' and '.join(parts)}" if parts else ""


def _shortest(
    book: Rulebook, found: Leads, look: Look, named: Mapping[str, tuple[str, ...]], answers: Answers
) -> Moment:
    """A moment of the region in which it comes out so, with no answer it can spare."""
    whose = MINE if found.list == MINE else THEIRS
    kept = {name: answers[name] for name in book.considerations if name in answers}
    for name in reversed(list(kept)):
        fewer = {other: answer for other, answer in kept.items() if other != name}
        if name not in named and _comes_out(weigh(book, Moment(book, whose, **fewer)), found.list, look):
            kept = fewer
    return Moment(book, whose, **kept)


def _comes_out(weighing: Weighing, name: str, look: Look) -> bool:
    leaning = next((each for each in weighing.leanings if each.list == name), None)
    return leaning is not None and not weighing.bound and look.counts(Outcome(leaning.lead, leaning.close))
