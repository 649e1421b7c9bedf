"""Days as they are said."""

from __future__ import annotations

from datetime import date, datetime


def day_words(moment: datetime | date) -> str:
    """A day as it is said: 4 March 2026."""
    return f"{moment.day} {moment:%B %Y}"
