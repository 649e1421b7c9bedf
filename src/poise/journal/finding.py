"""Lists and search. What is in the trash is in neither, except in its own list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from . import terms
from .entries import KINDS, AnyEntry, Entry, KeptMoment, Person, from_row, word_columns
from .sealing import fts
from .tables import moments, people, reflections
from .trouble import NotThere

PAGE = 20
SEARCHED = ("people", "moments", "reflections", "signs", "check_ins", "follow_ups", "rests", "lines")
"""Kinds by the number they have in the index. New ones go to the end."""
_KINDS_AT_MOST = 16
_LAST = 1 << 62
_AT_ONCE = 1000
_LEFT_OUT = ("told", "book", "language", "origin", "whose", "sign")


# Lists


def get(connection: Connection, kind: type[AnyEntry], uid: str) -> AnyEntry:
    """The entry of that name. Raises NotThere."""
    row = connection.execute(select(kind.table()).where(kind.table().c.uid == uid)).first()
    if row is None:
        raise NotThere("there is no such entry")
    return from_row(kind, row)


def uids(connection: Connection, kind: type[Entry], ids: Sequence[int]) -> dict[int, str]:
    """{id: uid} of entries of one kind, in the trash or not."""
    table = kind.table()
    rows = connection.execute(select(table.c.id, table.c.uid).where(table.c.id.in_(ids))) if ids else ()
    return {row.id: row.uid for row in rows}


def persons(connection: Connection) -> list[Person]:
    """Everybody, in the order of their nicknames."""
    query = select(people).where(people.c.trashed_at.is_(None))
    return sorted((from_row(Person, row) for row in connection.execute(query)), key=lambda p: p.nickname.casefold())


def page_of_moments(
    connection: Connection, person: Person | None = None, before: KeptMoment | None = None, most: int = PAGE
) -> list[KeptMoment]:
    """Moments, the last that happened first; `before` is the last one of the page shown before."""
    query = select(moments).where(moments.c.trashed_at.is_(None))
    if person is not None:
        query = query.where(moments.c.person_id == person.id)
    if before is not None:
        query = query.where(tuple_(moments.c.happened_at, moments.c.id) < (before.happened_at, before.id))
    query = query.order_by(moments.c.happened_at.desc(), moments.c.id.desc()).limit(most)
    return [from_row(KeptMoment, row) for row in connection.execute(query)]


def stamps(connection: Connection, most: int = PAGE) -> tuple[tuple[int, Any], ...]:
    """(id, when it was changed last) of the last moments and of each reflection on them: as long as these are the same,
    so is all that stands in them."""
    last = select(moments.c.id, moments.c.changed_at).where(moments.c.trashed_at.is_(None))
    last = last.order_by(moments.c.happened_at.desc(), moments.c.id.desc()).limit(most)
    said = select(reflections.c.id, reflections.c.changed_at).where(
        reflections.c.trashed_at.is_(None), reflections.c.moment_id.in_(select(last.subquery().c.id))
    )
    found = [*connection.execute(last), *connection.execute(said.order_by(reflections.c.id))]
    return tuple((row.id, row.changed_at) for row in found)


def page_of(
    connection: Connection, kind: type[AnyEntry], before: AnyEntry | None, most: int, **of: int | Sequence[int] | None
) -> list[AnyEntry]:
    """Entries of one kind, the last written first; `of` names whose or about which, one or any of several
    (`person_id=`, `moment_id=`), or what is not there yet (`done_at=None`)."""
    table = kind.table()
    query: Select[Any] = select(table).where(table.c.trashed_at.is_(None))
    for name, each in of.items():
        query = query.where(table.c[name].in_(each) if isinstance(each, Sequence) else table.c[name] == each)
    if before is not None:
        query = query.where(table.c.id < before.id)
    return [from_row(kind, row) for row in connection.execute(query.order_by(table.c.id.desc()).limit(most))]


def in_trash(connection: Connection) -> list[Entry]:
    """What is in the trash, the last thrown away first."""
    found: list[Entry] = []
    for kind in KINDS.values():
        query = select(kind.table()).where(kind.table().c.trashed_at.is_not(None))
        found += [from_row(kind, row) for row in connection.execute(query)]
    return sorted(found, key=lambda entry: (str(entry.trashed_at), entry.id), reverse=True)


# Search


class Searched(ABC):
    """A connection to where no word can be read: it is searched by an index elsewhere, which follows what is kept."""

    @abstractmethod
    def find_words(self, query: str, before: int, most: int) -> list[int]:
        """The rows that match, the highest first."""


def search(
    connection: Connection,
    words: str,
    tags: Iterable[str] = (),
    before: Entry | None = None,
    most: int = PAGE,
) -> list[Entry]:
    """Entries that hold all the words, the last written first. `coll*` stands for every word that begins like it."""
    query = terms.query(words, tags)
    start = _row(before.kind, before.id) if before else _LAST
    find = connection.find_words if isinstance(connection, Searched) else partial(fts.find, connection)
    rows = find(query, start, most) if query else []
    found = {(entry.kind, entry.id): entry for entry in _fetched(connection, rows)}
    return [found[key] for key in map(_entry, rows) if key in found]


def index(connection: Connection, entry: Entry) -> None:
    """Put an entry's words in the index."""
    if not isinstance(connection, Searched):
        fts.add(connection, *_indexed(entry))


def index_new(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put the words of entries in the index that are not in it yet, many at once."""
    if not isinstance(connection, Searched):
        fts.add_new(connection, [_indexed(entry) for entry in entries])


def index_all(connection: Connection) -> None:
    """Make the index, where there is none, from everything that is not in the trash."""
    if isinstance(connection, Searched) or fts.is_there(connection):
        return
    fts.make(connection)
    for kind in KINDS.values():
        table = kind.table()
        query = select(table).where(table.c.trashed_at.is_(None)).order_by(table.c.id)
        for rows in connection.execute(query).partitions(_AT_ONCE):
            fts.add_new(connection, [_indexed(from_row(kind, row)) for row in rows])


def _indexed(entry: Entry) -> tuple[int, str, str]:
    """An entry's row in the index, its words and its tags."""
    words = [getattr(entry, column.name) for column in word_columns(entry.table()) if column.name not in _LEFT_OUT]
    return _row(entry.kind, entry.id), terms.indexed(word for word in words if word), " ".join(_tags(entry))


def unindex(connection: Connection, kind: str, entry_id: int) -> None:
    """Take an entry's words out of the index."""
    if not isinstance(connection, Searched):
        fts.drop(connection, _row(kind, entry_id))


def tag(name: str, value: object) -> str:
    """What narrows a search: `kind`, `person` (an id), `did` (a response), `by` (a guideline that applied)."""
    return terms.tag(name, value)


def _tags(entry: Entry) -> Iterator[str]:
    yield tag("kind", entry.kind)
    person = entry.id if isinstance(entry, Person) else getattr(entry, "person_id", None)
    if person:
        yield tag("person", person)
    if isinstance(entry, KeptMoment):
        yield from (tag("did", response) for response in entry.did.values() if isinstance(response, str))
        yield from (tag("by", guideline) for guideline in entry.leaning.get("applies", ()))


def _row(kind: str, entry_id: int) -> int:
    """An entry's row in the index: later entries have higher ones."""
    return entry_id * _KINDS_AT_MOST + SEARCHED.index(kind)


def _entry(row: int) -> tuple[str, int]:
    entry_id, number = divmod(row, _KINDS_AT_MOST)
    return SEARCHED[number], entry_id


def _fetched(connection: Connection, rows: list[int]) -> Iterator[Entry]:
    wanted: dict[str, list[int]] = {}
    for kind, entry_id in map(_entry, rows):
        wanted.setdefault(kind, []).append(entry_id)
    for kind, ids in wanted.items():
        table = KINDS[kind].table()
        yield from (from_row(KINDS[kind], row) for row in connection.execute(select(table).where(table.c.id.in_(ids))))
