"""Days as they are said."""

from __future__ import annotations

from datetime import date, datetime

from ...rulebook.speech import Say, plain

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(moment: datetime | date, say: Say = plain) -> str:
    """A day as it is said: 4 March 2026."""
    return say("{day} {month} {year}", day=moment.day, month=say(MONTHS[moment.month - 1]), year=moment.year)
