"""An audit in words: where a book leads to what, its silences and its loudness, its ties, and what never leads.

Sentences and tables, for a screen or a page to lay out. They speak of the book, over invented situations; never of
people. Numbers are in words; `poise audit --json` has them exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from ..rulebook.condition import NEVER
from ..rulebook.consideration import Consideration
from ..rulebook.guideline import BESIDE, MINE, TOWARD
from ..rulebook.rulebook import Rulebook
from ..rulebook.wording import in_words
from .audit import Audit
from .loudness import listed, loudness, said, silence
from .reach import Leads
from .saying import how_often, in_short, large

HEADINGS = {
    TOWARD: "Toward the one who said it",
    BESIDE: "Beside: for the person hit, and for me",
    MINE: "My own slips",
}
NOT_LIFE = "Nobody lived these. {how} They are harsher and stranger than life: read them as a way to look at the book."
ALIKE = "Every answer comes as often as any other, and by itself."
WEIGHTED = "Answers come as often as you said, each by itself."
ON_ME = "Where it landed on me nothing is suggested: that is only how the guidelines add up."
MOST_NAMED = 5
"""Guidelines named in one sentence."""


class Row(NamedTuple):
    """One line of a table: an answer, and for each response how often it leads there."""

    label: str
    shares: tuple[Fraction, ...]
    weighed: bool


class Table(NamedTuple):
    """How often each response leads, by the answers to one question."""

    list: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Section(NamedTuple):
    """A part of the page."""

    heading: str
    lines: tuple[str, ...]
    ranked: tuple[str, ...] = ()
    """How often each response leads, the most frequent first."""
    tables: tuple[Table, ...] = ()


def sections(found: Audit) -> tuple[Section, ...]:
    """The page, part by part."""
    lists = [_list(found.book, leads) for leads in found.reach.lists.values()]
    toward = found.reach.lists.get(TOWARD)
    heard = {"Silence": silence, "Loudness": loudness} if toward and toward.weighed else {}
    spoken = [Section(heading, tuple(told(found.book, toward))) for heading, told in heard.items()] if toward else []
    return (_opening(found), *lists, *(part for part in spoken if part.lines), _ties(found), _guidelines(found))


def _opening(found: Audit) -> Section:
    book = found.book
    asked = len(book.questions)
    what = f"This is what “{book.title}” does over every invented situation: all {asked} questions answered,"
    lines = [
        f"{what} in every way they can be. That makes {large(found.reach.situations)}.",
        NOT_LIFE.format(how=WEIGHTED if found.weighted else ALIKE),
    ]
    return Section(book.title, (*lines, *_stopped(found)))


def _stopped(found: Audit) -> Iterator[str]:
    """What bounds take out of the weighing altogether."""
    met = {name: share for name, share in found.stops.items() if share}
    for name, share in met.items():
        yield f"A bound comes first {how_often(share)}: {in_words(found.book, found.book.bounds[name].condition)}."
    if met:
        yield "What follows is about the situations that are weighed."


def _list(book: Rulebook, leads: Leads) -> Section:
    """One list: how often each response leads, and by which answers."""
    heading = HEADINGS[leads.list]
    if not leads.weighed:
        return Section(heading, ("Nothing is weighed in any situation: bounds come first everywhere.",))
    leading = [response for response in by_share(leads) if leads.first(response)]
    ranked = tuple(f"{said(book, response)}: {how_often(leads.first(response))}." for response in leading)
    never = [said(book, response) for response in leads.responses if response not in leading]
    lines = [f"What never leads: {listed(never)}."] if never else []
    if leads.list != MINE and book.landed_on_me != NEVER:
        lines.append(ON_ME)
    tables = [_table(book, leads, book.considerations[name]) for name in leads.by]
    telling = tuple(table for table in tables if len({row.shares for row in table.rows}) > 1)
    idle = [f"“{table.question}”" for table in tables if table not in telling]
    lines += [f"What is answered to {listed(idle)} changes nothing here."] if idle else []
    return Section(heading, tuple(lines), ranked, telling)


def by_share(leads: Leads) -> list[str]:
    """The responses, the one that leads most often first."""
    return sorted(leads.responses, key=leads.first, reverse=True)


def _table(book: Rulebook, leads: Leads, question: Consideration) -> Table:
    rows = []
    for code, answer in enumerate(question.answers):
        there = leads.where(**{question.id: answer})
        shares = tuple(there.first(response) for response in leads.responses)
        rows.append(Row(question.word(code), shares, bool(there.weighed)))
    return Table(leads.list, question.ask, tuple(book.responses[r].say for r in leads.responses), tuple(rows))


def most_often(table: Table, row: Row) -> str:
    """A row in words: what leads most often, and what after that."""
    if not row.weighed:
        return "nothing is weighed"
    ranked = sorted(zip(row.shares, table.columns, strict=True), key=lambda pair: -pair[0])
    return ", ".join(f"“{say.lower()}” ({in_short(share)})" for share, say in ranked[:2] if share)


def _ties(found: Audit) -> Section:
    lines = []
    for name, leads in found.reach.lists.items():
        if leads.weighed:
            close = how_often(leads.close - leads.tie)
            lines.append(
                f"{HEADINGS[name]}. Several lead together: {how_often(leads.tie)}. Another comes close: {close}."
            )
            lines += _most_tied(found.book, leads)
    return Section("Ties", tuple(lines))


def _most_tied(book: Rulebook, leads: Leads) -> Iterator[str]:
    tied = {outcome.lead: seen.weight for outcome, seen in leads.outcomes().items() if len(outcome.lead) > 1}
    if tied:
        most = max(tied, key=lambda lead: tied[lead])
        yield f"Most often these: {listed([said(book, response) for response in most])}."


def _guidelines(found: Audit) -> Section:
    """Which guidelines never speak, which always do, and which change what leads."""
    book, applies = found.book, found.reach.applies
    lines = [f"It has {len(book.guidelines)} guidelines." if len(book.guidelines) != 1 else "It has one guideline."]
    lines += _naming(book, "These never apply", [g for g, share in applies.items() if share == 0])
    lines += _naming(book, "These always apply", [g for g, share in applies.items() if share == 1])
    if found.decisive is not None:
        lines += _changing(book, found.decisive)
    return Section("The guidelines", tuple(lines))


def _changing(book: Rulebook, decisive: Mapping[str, Fraction]) -> Iterator[str]:
    """Which guidelines change what leads most and least often."""
    yield from _naming(book, "These never change what leads", [g for g, share in decisive.items() if share == 0])
    ranked = sorted((g for g, share in decisive.items() if share), key=lambda g: -decisive[g])
    few = MOST_NAMED if len(ranked) > 2 * MOST_NAMED else len(ranked)
    for words, some in (("change what leads most often", ranked[:few]), ("change it least often", ranked[few:][-few:])):
        if some:
            yield f"These {words}:"
            yield from (f"  “{book.guidelines[g].say.rstrip('.')}”: {how_often(decisive[g])}." for g in some)


def _naming(book: Rulebook, words: str, guidelines: list[str]) -> list[str]:
    named = [f"“{book.guidelines[g].say.rstrip('.')}”" for g in guidelines]
    return [f"{words}: {listed(named)}."] if named else []
