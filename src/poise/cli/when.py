"""Days and times: as they are typed, and as they are said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import click

from ..rulebook.mistake import clipped

TODAY, YESTERDAY = "today", "yesterday"


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
        help = "for example `2026-03-04`, `2026-03-04T21:15`, `yesterday` or `today`"
        raise click.UsageError(f"`{clipped(typed)}` is not a day\n  {help}") from None


def day_words(moment: datetime | date) -> str:
    """A day as it is said: 4 March 2026."""
    return f"{moment.day} {moment:%B %Y}"
