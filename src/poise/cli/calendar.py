"""`poise calendar`: the days to come back to, for a calendar, with a title that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from datetime import time


@click.command("calendar")
@click.argument("file", metavar="FILE")
@click.option("--title", metavar="WORDS", help="What each day is called in the calendar; Reminder if left out.")
@click.option("--at", "hour", metavar="HH:MM", help="With a signal at this hour of the day.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as a JSON object.")
@of_home
def command(file: str, title: str | None, hour: str | None, as_json: bool, home: str | None) -> None:
    """Write the days you want to come back to into FILE, for a calendar: reminders.ics, for example.

    Nobody's name and nothing of what it is about is in it. Written again, it moves the days in your calendar and does
    not double them.
    """
    from pathlib import Path

    from ..practice.calendar import TITLE
    from .own import open_practice
    from .screen import say, say_json

    path, at = Path(file).expanduser().absolute(), _hour(hour)
    with open_practice(home) as practice:
        count = practice.write_calendar(path, title or TITLE, at)
    if as_json:
        say_json({"path": str(path) if count else None, "days": count})
    elif count:
        days = "1 day is" if count == 1 else f"{count:,} days are"
        say([["", f"{days} in {path}, each called “{title or TITLE}” and nothing more."]])
    else:
        say([["", "There is no day you wanted to come back to. Nothing was written."]])


def _hour(typed: str | None) -> time | None:
    """An hour of the day. Raises UsageError."""
    from datetime import time

    from ..rulebook.mistake import clipped

    try:
        return time.fromisoformat(typed) if typed else None
    except ValueError:
        raise click.UsageError(f"`{clipped(typed or '')}` is not an hour of the day\n  for example 09:00") from None
