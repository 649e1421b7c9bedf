"""An entry of one's own older diary, on its way into the journal: a moment with words and a time, and no answers.

It is known by its time and its words, from whichever program it comes: brought in again, it is there already.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from ...entries import KeptMoment, to_row
from ...keeping.checking import EARLIEST
from ...trouble import Refused
from ..adding import Found
from ..sections import not_brought_in


class Written(NamedTuple):
    """What somebody wrote in a diary: where it stands, when it happened, and the words."""

    place: str
    happened_at: datetime
    words: str


@dataclass
class Diary:
    """Entries of a diary, and how much was in it that is no words. `origin` says where they are from."""

    origin: str
    entries: Iterable[Written]
    left_out: Counter[str] = field(default_factory=Counter)


def rows(diary: Diary, at: datetime) -> Iterator[Found]:
    """The entries as moments; written down here now, whenever they happened. One that stands there twice comes once."""
    seen: set[str] = set()
    for place, happened_at, words in diary.entries:
        text = words.strip("\n").rstrip()
        uid = _uid(happened_at, text)
        if not text:
            diary.left_out["empty entries"] += 1
        elif uid in seen:
            diary.left_out["entries that stand there twice"] += 1
        else:
            seen.add(uid)
            yield Found(place, _row(uid, happened_at, text, diary.origin, at))


def _row(uid: str, happened_at: datetime, words: str, origin: str, at: datetime) -> dict[str, Any]:
    row = to_row(KeptMoment(uid=uid, happened_at=happened_at, remark=words, origin=origin))
    return {**row, "written_at": at, "changed_at": at}


def _uid(happened_at: datetime, words: str) -> str:
    try:
        moment = happened_at.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    except OverflowError:
        moment = happened_at.isoformat()
    return hashlib.sha256(f"{moment}\n{' '.join(words.split())}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def at_noon(day: date) -> datetime:
    """A day whose hour nobody knows: its noon, on this computer's clock."""
    return on_this_clock(datetime.combine(day, time(12)))


def on_this_clock(moment: datetime) -> datetime:
    """A time on a known clock: this computer's, where it does not say."""
    if moment.tzinfo is not None:
        return moment
    if moment.year < EARLIEST.year or moment.year > 9000:  # clocks do not reach there; it is refused a little later
        return moment.replace(tzinfo=UTC)
    return moment.astimezone()


def not_dated(place: str, what: str) -> Refused:
    """What is said of a day that is none."""
    return not_brought_in(
        "{place}: `{what}` is not a day", "for example 2024-05-01 or 2024-05-01 09:30", place=place, what=what[:40]
    )
