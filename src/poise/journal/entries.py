"""What a journal holds, one class for each table of entries. `id`, `uid` and the times are given when it is kept."""

from __future__ import annotations

import typing
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Column, Table

from . import tables

RATING, RUPTURE, REPAIR = SIGNS = ("rating", "rupture", "repair")
THEIRS, MINE = WHOSE = ("theirs", "mine")


@dataclass(frozen=True, kw_only=True, repr=False)
class Entry:
    """What every entry has. Its `repr` holds no words: it may end up in a log."""

    kind: ClassVar[str]
    id: int = 0
    uid: str = ""
    written_at: datetime | None = None
    changed_at: datetime | None = None
    trashed_at: datetime | None = None

    @classmethod
    def table(cls) -> Table:
        """The table it is kept in."""
        return tables.metadata.tables[cls.kind]

    def __repr__(self) -> str:
        return f"<{self.kind} {self.uid or 'not kept yet'}>"


AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True, kw_only=True, repr=False)
class Person(Entry):
    """Somebody, by a nickname; who we are to each other, and what trust is for between us."""

    kind = "people"
    nickname: str
    relation: str = ""
    trust_for: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class KeptMoment(Entry):
    """A moment: the answers, the gut feeling, the leaning as it was shown, and what I did."""

    kind = "moments"
    person_id: int | None = None
    happened_at: datetime | None = None
    whose: str = THEIRS
    book: str = ""
    book_sha256: str | None = None
    language: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    gut: str = ""
    leaning: dict[str, Any] = field(default_factory=dict)
    told: str = ""
    did: dict[str, Any] = field(default_factory=dict)
    did_else: str = ""
    forecast: str = ""
    remark: str = ""
    origin: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Reflection(Entry):
    """How it was for the person hit, with us two, for me; knowing how it went, which it would have been."""

    kind = "reflections"
    moment_id: int
    for_them: str = ""
    for_us: str = ""
    for_me: str = ""
    hindsight: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Sign(Entry):
    """A rating, a rupture or a repair."""

    kind = "signs"
    person_id: int
    moment_id: int | None = None
    happened_at: datetime | None = None
    sign: str
    said: str = ""
    note: str = ""

    @property
    def noticed(self) -> bool:
        """Whether there was one: a rupture or a repair that was asked about may be answered with “no”."""
        return self.said != "no"


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckIn(Entry):
    """How I am: what I have left, what it costs, what I give elsewhere."""

    kind = "check_ins"
    happened_at: datetime | None = None
    energy: str = ""
    toll: str = ""
    elsewhere: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class FollowUp(Entry):
    """Come back to it: a day, and what I am waiting for."""

    kind = "follow_ups"
    person_id: int | None = None
    moment_id: int | None = None
    due_on: date | None = None
    waiting_for: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Rest(Entry):
    """A time of rest."""

    kind = "rests"
    happened_at: datetime | None = None
    ends_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Line(Entry):
    """An opening line of my own that worked."""

    kind = "lines"
    person_id: int | None = None
    moment_id: int | None = None
    response: str = ""
    words: str


KINDS: dict[str, type[Entry]] = {
    found.kind: found for found in (Person, KeptMoment, Reflection, Sign, CheckIn, FollowUp, Rest, Line)
}
"""Every kind of entry, by the name of its table."""


def to_row(entry: Entry) -> dict[str, Any]:
    """The entry's columns. A time that has an offset beside it is split in two."""
    row = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name != "id"}
    for name in _clocks(entry.kind):
        moment: datetime | None = row[name]
        row[f"{name}_offset"] = None if moment is None else _minutes(moment)
    return row


def from_row(kind: type[AnyEntry], row: Any) -> AnyEntry:
    """The entry that a row holds."""
    known = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for a row as a mapping
    for name in _clocks(kind.kind):
        moment, minutes = known[name], known.pop(f"{name}_offset")
        if moment is not None and minutes is not None:
            known[name] = moment.astimezone(_zone(minutes))
    return kind(**known)


@cache
def _clocks(name: str) -> tuple[str, ...]:
    """The times of a kind that have an offset beside them."""
    columns = KINDS[name].table().c
    return tuple(column.name for column in columns if f"{column.name}_offset" in columns)


@cache
def _zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


def to_plain(entry: Entry) -> dict[str, Any]:
    """The entry as plain data for JSON: times and days in ISO 8601."""
    return {f.name: _plain(getattr(entry, f.name)) for f in fields(entry)}


def from_plain(kind: type[AnyEntry], plain: dict[str, Any]) -> AnyEntry:
    """The entry that plain data says. Raises TypeError or ValueError where it says none."""
    hints = typing.get_type_hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in plain.items()})


def changed(entry: AnyEntry, **new: Any) -> AnyEntry:
    """The same entry with some of it changed."""
    return replace(entry, **new)


def word_columns(table: Table) -> list[Column[Any]]:
    """The columns that hold words somebody wrote."""
    return [column for column in table.columns if isinstance(column.type, tables.Words)]


def _minutes(moment: datetime) -> int:
    east = moment.utcoffset() or timedelta()
    return round(east.total_seconds() / 60)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _read(hint: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    wanted = typing.get_args(hint) or (hint,)
    if datetime in wanted:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if date in wanted else value
