"""`poise rest`: times that I keep for rest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import Rest
    from ..practice import Practice

FROM = "From when? Enter is now."
UNTIL = "Until when? Enter leaves it open."
WORD = "A word about it? Enter leaves it out."
ALONE = "What comes up can wait until you are back; nothing here will ask for you."


@click.command("rest")
@click.option("--from", "begins", metavar="DATE", help="When it begins or began, for example yesterday; else now.")
@click.option("--until", metavar="DATE", help="The last day of it, for example friday or 2026-03-10.")
@click.option("--end", is_flag=True, help="End the time of rest that it is now.")
@click.option("--list", "listed", is_flag=True, help="List the times of rest.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print them as a JSON list; with the other options, what was kept."
)
@of_home
def command(  # noqa: PLR0913, PLR0917
    begins: str | None, until: str | None, end: bool, listed: bool, as_json: bool, home: str | None
) -> int:
    """Set a time of rest. Without options it asks from when, and until when.

    Rest is a part of it. `poise keep` says so when it is a time of rest; it asks for nothing then that cannot wait.
    """
    from ..journal.entries import Rest, to_plain
    from .own import open_practice
    from .screen import say_json

    with open_practice(home) as practice:
        if listed or (as_json and not (begins or until or end)):
            rests = list(practice.every(Rest))
            say_json([to_plain(rest) for rest in rests]) if as_json else _list(rests)
            return 0
        kept = _ended(practice) if end else _kept(practice, begins, until)
    if as_json:
        say_json([to_plain(kept)] if kept else [])
    elif kept:
        _say(kept)
    return 0


def _kept(practice: Practice, begins: str | None, until: str | None) -> Rest:
    from .when import end_of, when

    now = practice.journal.now()
    note = ""
    if not (begins or until):
        begins, until, note = _asked()
    start = when(begins, now) if begins else now
    if not until:
        return practice.rest(start, None, note)
    from .reflecting import typed_day

    return practice.rest(start, end_of(typed_day(practice, until), now), note)


def _asked() -> tuple[str, str, str]:
    from contextlib import suppress

    from .questions import Enough, Questions
    from .when import GONE_BY, TO_COME

    questions = Questions()
    with suppress(Enough):
        questions.line("from", FROM, f"A day, {GONE_BY}.", _a_day)
        questions.line("until", UNTIL, f"A day, {TO_COME}.", _a_day_to_come)
        questions.line("note", WORD)
    said = questions.said
    return said.get("from", ""), said.get("until", ""), said.get("note", "")


def _a_day(typed: str) -> str | None:
    from .when import when

    try:
        when(typed, datetime.now().astimezone())
    except click.UsageError:
        return None
    return typed


def _a_day_to_come(typed: str) -> str | None:
    from .when import day_to_come

    today = datetime.now().astimezone().date()
    found = day_to_come(typed, today)
    return typed if found and found >= today else None


def _ended(practice: Practice) -> Rest | None:
    from .screen import say

    resting = practice.resting()
    if resting is None:
        say([["", "It is no time of rest now; nothing was changed."]])
        return None
    return practice.journal.change(resting, ends_at=practice.journal.now())


def _list(rests: list[Rest]) -> None:
    from .screen import say

    say([[_words(rest) for rest in rests] or ["No time of rest is in the journal. `poise rest` sets one."]])


def _say(rest: Rest) -> None:
    from .screen import say

    say(
        [
            ["", f"Kept: {_words(rest)}."],
            [ALONE] if rest.ends_at is None or rest.ends_at > datetime.now().astimezone() else [],
        ]
    )


def _words(rest: Rest) -> str:
    from .when import day_words

    start = day_words(rest.happened_at) if rest.happened_at else ""
    until = f" until {day_words(rest.ends_at)}" if rest.ends_at else ", with no end set"
    return f"rest from {start}{until}" + (f" · {rest.note}" if rest.note else "")
