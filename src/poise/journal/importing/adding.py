"""Puts rows that came from a file into the tables, many at once, and none of them twice.

A row is known by its uid (texts by their hash, drafts and settings by their name). What is here already stays as it is
here, whatever the file says. What is about something in the trash joins it there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, insert, select

from .. import finding
from ..entries import KINDS, Entry, from_row
from ..exporting.records import REFERENCES, key_of
from ..keeping import new_uid
from ..keeping.checking import NOTHING as NOT_KEPT
from ..keeping.checking import check
from ..tables import changes
from ..trouble import Phrase, Refused, so
from .sections import NOTHING, not_brought_in

AT_ONCE = 500
"""Rows that are in memory at once."""


class Found(NamedTuple):
    """A row in a file: where it stands there, and its columns. What it refers to is named by uid."""

    place: str
    row: dict[str, Any]


@dataclass
class Count:
    """What came of the rows of one table."""

    new: int = 0
    same: int = 0
    differs: int = 0


@dataclass
class Adding:
    """An import within one transaction. `noted` says whether it can be undone in one go.

    `by_words` says that uids come of the words, so that what has the same uid says the same.
    """

    connection: Connection
    at: datetime
    noted: bool = True
    by_words: bool = False
    batch: str = field(default_factory=new_uid)
    counts: dict[str, Count] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _last_id: Counter[str] = field(default_factory=Counter)

    def add(self, table: Table, found: Iterable[Found]) -> None:
        """Put rows into a table. Raises Refused, with the place."""
        self.counts.setdefault(table.name, Count())
        for portion in portions(found):
            self._portion(table, portion)

    def _portion(self, table: Table, portion: list[Found]) -> None:
        key = key_of(table)
        self._check_once(table, key, portion)
        self._refer(table, portion)
        here = self._here(table, key, portion)
        count = self.counts[table.name]
        new = []
        for place, row in portion:
            known = here.get(row[key.name])
            if known is not None:
                same = self.by_words or all(known[name] == value for name, value in row.items())
                count.same, count.differs = count.same + same, count.differs + (not same)
            else:
                _check(table, row, place, self.at)
                new.append(row)
        self._insert(table, new)
        count.new += len(new)

    def _check_once(self, table: Table, key: Column[Any], portion: list[Found]) -> None:
        for place, row in portion:
            named = (table.name, row[key.name])
            if named in self._seen:
                raise not_brought_in(
                    "{place}: `{row}` is in the file twice", "take one of them out", place=place, row=row[key.name]
                )
            self._seen.add(named)

    def _here(self, table: Table, key: Column[Any], portion: list[Found]) -> dict[str, Mapping[str, Any]]:
        """The rows of the same names that are here already."""
        names = [row[key.name] for _, row in portion]
        found = self.connection.execute(select(table).where(key.in_(names)))
        return {row[key.name]: dict(row) for row in found.mappings()}

    # What it refers to

    def _refer(self, table: Table, portion: list[Found]) -> None:
        """Put numbers in the place of the uids that rows refer to. Raises Refused."""
        for column, (_, target) in REFERENCES.items():
            if column in table.c:
                self._refer_to(column, target, portion)
        if "book_sha256" in table.c:
            self._check_texts(table, portion)

    def _refer_to(self, column: str, target: Table, portion: list[Found]) -> None:
        wanted = {row[column] for _, row in portion if row[column] is not None}
        query = select(target.c.uid, target.c.id, target.c.trashed_at).where(target.c.uid.in_(wanted))
        known = {uid: (number, trashed_at) for uid, number, trashed_at in self.connection.execute(query)}
        for place, row in portion:
            if row[column] is None:
                continue
            if row[column] not in known:
                raise nowhere(place, column, row[column])
            row[column], trashed_at = known[row[column]]
            if trashed_at is not None and row.get("trashed_at", "") is None:
                row["trashed_at"] = trashed_at

    def _check_texts(self, table: Table, portion: list[Found]) -> None:
        (key,) = table.c.book_sha256.foreign_keys
        wanted = {row["book_sha256"] for _, row in portion if row["book_sha256"] is not None}
        known = set(self.connection.execute(select(key.column).where(key.column.in_(wanted))).scalars())
        for place, row in portion:
            if row["book_sha256"] is not None and row["book_sha256"] not in known:
                raise nowhere(place, "book_sha256", row["book_sha256"])

    # Putting in

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        if "id" in table.c and "written_at" in table.c:
            self._number(table, rows)
        self.connection.execute(insert(table), rows)
        if table.name in KINDS:
            entries = [from_row(KINDS[table.name], _Row(row)) for row in rows]
            finding.index_new(self.connection, [entry for entry in entries if entry.trashed_at is None])
            self._note(entries)
            self._span(entries)

    def _number(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Give each row its number: the microsecond it was written at, or the next that is free."""
        last = self._last_id[table.name]
        for row in rows:
            last = row["id"] = max(int(row["written_at"].timestamp() * 1_000_000), last + 1)
        while taken := self._taken(table, [row["id"] for row in rows]):
            last = 0
            for row in rows:
                last = row["id"] = max(max(taken) + 1 if row["id"] in taken else row["id"], last + 1)
        self._last_id[table.name] = last

    def _taken(self, table: Table, ids: list[int]) -> set[int]:
        return set(self.connection.execute(select(table.c.id).where(table.c.id.in_(ids))).scalars())

    def _note(self, entries: list[Entry]) -> None:
        note = {"batch": self.batch, "at": self.at, "action": "brought in", "before": None}
        if self.noted:
            rows = [{**note, "kind": entry.kind, "entry_id": entry.id} for entry in entries]
            self.connection.execute(insert(changes), rows)

    def _span(self, entries: list[Entry]) -> None:
        times = [at for entry in entries if (at := getattr(entry, "happened_at", None))]
        if times:
            self.first = min(times if self.first is None else [*times, self.first])
            self.last = max(times if self.last is None else [*times, self.last])


class _Row:
    """Columns, as a row of the database would have them."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._mapping = columns


def portions(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Rows, as many at once as are held in memory."""
    left = iter(found)
    while portion := list(islice(left, AT_ONCE)):
        yield portion


def _check(table: Table, row: Mapping[str, Any], place: str, at: datetime) -> None:
    """Whether a row can be kept. Raises Refused, with the place."""
    with at_place(place):
        for name, value in row.items():
            check(table, name, value, at)


@contextmanager
def at_place(place: str) -> Iterator[None]:
    """Say of what is refused where it stands, and that nothing was brought in."""
    try:
        yield
    except Refused as trouble:
        found = Phrase("{place}: {found}", place=place, found=trouble.what)
        raise Refused(found, so(NOTHING, _way_out(trouble))) from None


def _way_out(trouble: Refused) -> Phrase:
    """The option that helps, without what became of it elsewhere."""
    help = trouble.way_out.places.get("help", trouble.way_out)
    named = isinstance(help, Phrase) and help.template not in ("", NOT_KEPT)
    return help if named else Phrase("look at this place")  # type: ignore[return-value] # it is a phrase


def nowhere(place: str, name: str, uid: Any) -> Refused:
    """What is said where something refers to what is not there."""
    called = REFERENCES[name][0] if name in REFERENCES else name
    message = "{place}: `{called}` names an entry that is neither in the file nor in the journal: {uid}"
    return not_brought_in(
        message, "the file is not whole: write it anew", place=place, called=called, uid=str(uid)[:64]
    )
