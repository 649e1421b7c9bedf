"""What can be kept: words that can be shown and are not endless, times that can have been. Said plainly where not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table

from ..entries import SIGNS, WHOSE, Entry, to_row
from ..tables import Answers, Instant, Words
from ..trouble import Refused

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
FURTHEST = timedelta(days=366 * 20)
"""How far ahead a day to come back can be."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNSEEN_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[01]|[bf])")
"""The same as JSON writes them; after an even number of backslashes, each pair of which is one that was typed."""
_ONE_LINE = ("nickname", "relation", "trust_for", "why", "name")
_ONE_OF = {"sign": SIGNS, "whose": WHOSE}
_TO_COME = ("ends_at",)
_NAMES = {
    "nickname": "the nickname",
    "words": "the line",
    "happened_at": "when it happened",
    "due_on": "the day to come back",
    "told": "the leaning as it was shown",
    "did_else": "what you did",
}


def checked(entry: Entry, now: datetime) -> dict[str, Any]:
    """The columns of an entry that can be kept. Raises Refused; nothing was changed."""
    row = to_row(entry)
    table = entry.table()
    if "happened_at" in table.c and row["happened_at"] is None:
        row = to_row(replace(entry, happened_at=now))  # type: ignore[call-arg]
    for name, value in row.items():
        check(table, name, value, now)
    return row


def check(table: Table, name: str, value: Any, now: datetime) -> None:
    """Check one column's value. Raises Refused."""
    column = table.c[name]
    if isinstance(column.type, Words):
        _check_words(column, value)
    elif isinstance(column.type, Answers):
        _check_answers(column, value)
    elif isinstance(column.type, Instant) and value is not None:
        _check_time(name, value, now + FURTHEST if name in _TO_COME else now + timedelta(days=1))
    elif name == "due_on" and value is not None:
        _check_day(value, now)


def called(name: str) -> str:
    """What a column is called in a sentence."""
    return _NAMES.get(name, f"`{name}`")


def _check_words(column: Column[Any], value: Any) -> None:
    name, most = column.name, column.type.most  # type: ignore[attr-defined]
    if not isinstance(value, str):
        raise Refused(f"{called(name)} is not text; nothing was kept")
    if len(value) > most:
        message = f"{called(name)} is {len(value):,} characters long; {most:,} can be kept"
        raise Refused(message, "nothing was kept; shorten it, or keep the long text somewhere else")
    if _UNSEEN.search(value):
        raise Refused(f"{called(name)} has a sign in it that cannot be shown", "nothing was kept; take it out")
    if name in ("nickname", "words") and not value.strip():
        raise Refused(f"{called(name)} is empty", "a letter or an emoji is enough")
    if name in _ONE_LINE and len(value.splitlines()) > 1:
        raise Refused(f"{called(name)} is more than one line", "nothing was kept; put it on one line")
    if name in _ONE_OF and value not in _ONE_OF[name]:
        raise Refused(f"{called(name)} is one of {', '.join(_ONE_OF[name])}", "nothing was kept")


def _check_answers(column: Column[Any], value: Any) -> None:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise Refused(f"{called(column.name)} holds something that cannot be written down") from None
    if len(text) > Answers.most or _UNSEEN.search(text) or _UNSEEN_IN_JSON.search(text):
        raise Refused(f"{called(column.name)} cannot be kept as it is", "nothing was kept; look at what is in it")


def _check_time(name: str, value: Any, latest: datetime) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Refused(f"{called(name)} is not a time on a known clock; nothing was kept")
    if value > latest:
        raise Refused(f"{called(name)} lies in the future: {value:%d %B %Y}", "nothing was kept; look at the year")
    if value < EARLIEST:
        raise Refused(f"{called(name)} lies before 1900", "nothing was kept; look at the year")


def _check_day(value: Any, now: datetime) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refused("the day to come back is not a day; nothing was kept")
    if not EARLIEST.date() <= value <= (now + FURTHEST).date():
        raise Refused(f"the day to come back is {value.isoformat()}", "nothing was kept; look at the year")
