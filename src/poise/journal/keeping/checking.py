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
from ..trouble import Phrase, Refused, so

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
FURTHEST = timedelta(days=366 * 20)
"""How far ahead a day to come back can be."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNSEEN_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[01]|[bf])")
"""The same as JSON writes them; after an even number of backslashes, each pair of which is one that was typed."""
_ONE_LINE = ("nickname", "relation", "trust_for", "why", "name")
_ONE_OF = {"sign": SIGNS, "whose": WHOSE}
_TO_COME = ("ends_at",)
NOTHING = "nothing was kept"
NAMES = {
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


def called(name: str) -> Phrase | str:
    """What a column is called in a sentence."""
    return Phrase(NAMES[name]) if name in NAMES else f"`{name}`"


def not_kept(message: str, help: str = "", /, **places: object) -> Refused:
    """What is said where nothing is kept. Both have the places that `places` fill."""
    return Refused(Phrase(message, **places), so(NOTHING, help, **places) if help else NOTHING)


def _check_words(column: Column[Any], value: Any) -> None:
    name, most = column.name, column.type.most  # type: ignore[attr-defined]
    if not isinstance(value, str):
        raise not_kept("{name} is not text", name=called(name))
    if len(value) > most:
        message = "{name} is {value:,} characters long; {most:,} can be kept"
        raise not_kept(
            message, "shorten it, or keep the long text somewhere else", name=called(name), value=len(value), most=most
        )
    if _UNSEEN.search(value):
        raise not_kept("{name} has a sign in it that cannot be shown", "take it out", name=called(name))
    if name in ("nickname", "words") and not value.strip():
        raise not_kept("{name} is empty", "a letter or an emoji is enough", name=called(name))
    if name in _ONE_LINE and len(value.splitlines()) > 1:
        raise not_kept("{name} is more than one line", "put it on one line", name=called(name))
    if name in _ONE_OF and value not in _ONE_OF[name]:
        raise not_kept("{name} is one of {allowed}", name=called(name), allowed=", ".join(_ONE_OF[name]))


def _check_answers(column: Column[Any], value: Any) -> None:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise not_kept("{name} holds something that cannot be written down", name=called(column.name)) from None
    if len(text) > Answers.most or _UNSEEN.search(text) or _UNSEEN_IN_JSON.search(text):
        raise not_kept("{name} cannot be kept as it is", "look at what is in it", name=called(column.name))


def _check_time(name: str, value: Any, latest: datetime) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise not_kept("{name} is not a time on a known clock", name=called(name))
    if value > latest:
        raise not_kept("{name} lies in the future: {value}", "look at the year", name=called(name), value=value.date())
    if value < EARLIEST:
        raise not_kept("{name} lies before 1900", "look at the year", name=called(name))


def _check_day(value: Any, now: datetime) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise not_kept("the day to come back is not a day")
    if not EARLIEST.date() <= value <= (now + FURTHEST).date():
        raise not_kept("the day to come back is {value}", "look at the year", value=value.isoformat())
