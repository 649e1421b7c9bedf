"""Days and times: as they are typed, and as they are said."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import click

from ..practice.telling.days import day_words as day_words  # noqa: PLC0414 - days are said alike everywhere
from ..rulebook.mistake import clipped

TODAY, YESTERDAY, TOMORROW = "today", "yesterday", "tomorrow"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TO_COME = "for example `tomorrow`, `friday`, `in 2 weeks` or `2026-03-10`"
GONE_BY = "for example `2026-03-04`, `2026-03-04T21:15`, `yesterday` or `today`"
_UNITS = {"day": 1, "week": 7, "month": 30}
_IN = re.compile(r"in (\d{1,3}|an?) (day|week|month)s?")


def when(typed: str, now: datetime) -> datetime:
    """A day or a time. A day alone is its noon, or now where noon is still to come. Raises UsageError."""
    near = {TODAY: now.date(), YESTERDAY: now.date() - timedelta(days=1)}
    try:
        day = near.get(typed.strip().lower()) or date.fromisoformat(typed.strip())
    except ValueError:
        return _time(typed)
    noon = datetime.combine(day, time(12), now.tzinfo)
    return now if day == now.date() and noon > now else noon


def _time(typed: str) -> datetime:
    try:
        return datetime.fromisoformat(typed.strip())
    except ValueError:
        raise click.UsageError(f"`{clipped(typed)}` is not a day\n  {GONE_BY}") from None


def day_to_come(typed: str, today: date) -> date | None:
    """A day that is still to come: `tomorrow`, `friday`, `in 2 weeks`, `2026-03-10`; None where it is none."""
    words = " ".join(typed.lower().split()).removeprefix("on ").removeprefix("next ")
    if words in (TODAY, TOMORROW):
        return today + timedelta(days=words == TOMORROW)
    if words in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(words) - today.weekday() - 1) % 7 + 1)
    if words == "week":
        return today + timedelta(days=7)
    if found := _IN.fullmatch(words):
        count = 1 if found[1].startswith("a") else int(found[1])
        return today + timedelta(days=count * _UNITS[found[2]])
    try:
        return date.fromisoformat(words.upper())
    except ValueError:
        return None


def end_of(day: date, now: datetime) -> datetime:
    """The last minute of a day."""
    return datetime.combine(day, time(23, 59), now.tzinfo)
