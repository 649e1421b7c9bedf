"""Which entries refer to which. It reads the tables' own references, so that a new table is never forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, select

from ..entries import KINDS, AnyEntry, Entry, from_row
from ..tables import metadata
from ..trouble import NotThere

Ids = dict[str, set[int]]
"""{table: ids of its entries}."""


def now(connection: Connection, kind: type[AnyEntry], entry_id: int) -> AnyEntry:
    """The entry as it is now. Raises NotThere."""
    row = connection.execute(select(kind.table()).where(kind.table().c.id == entry_id)).first()
    if row is None:
        raise NotThere("there is no such entry any more", "nothing was changed")
    return from_row(kind, row)


def entries(connection: Connection, found: Ids) -> Iterator[Entry]:
    """These entries as they are now."""
    for name, ids in found.items():
        for portion in portions(ids if name in KINDS else ()):
            table = KINDS[name].table()
            for row in connection.execute(select(table).where(table.c.id.in_(portion))).all():
                yield from_row(KINDS[name], row)


def about(entry: Entry) -> Iterator[tuple[Table, int]]:
    """What an entry refers to: (table, id)."""
    for key in entry.table().foreign_keys:
        found = getattr(entry, key.parent.name)
        if found is not None and key.column.table.name in KINDS:
            yield key.column.table, found


def above(connection: Connection, entry: Entry) -> Iterator[Entry]:
    """What an entry is about, and what that is about."""
    for table, entry_id in about(entry):
        found = now(connection, KINDS[table.name], entry_id)
        yield found
        yield from above(connection, found)


def dependents(connection: Connection, found: Ids) -> Ids:
    """These entries and everything that refers to them, to the last."""
    reached: Ids = defaultdict(set)
    new = {name: set(ids) for name, ids in found.items()}
    while any(new.values()):
        for name, ids in new.items():
            reached[name] |= ids
        new = {name: ids - reached[name] for name, ids in _referring(connection, new).items()}
    return dict(reached)


def _referring(connection: Connection, found: Ids) -> Ids:
    """What refers to these entries directly."""
    referring: Ids = defaultdict(set)
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            for ids in portions(found.get(key.column.table.name, ())) if "id" in table.c else ():
                query = select(table.c.id).where(key.parent.in_(ids))
                referring[table.name] |= set(connection.execute(query).scalars())
    return referring


def portions(ids: Iterable[int], most: int = 500) -> Iterator[list[int]]:
    """Ids in portions that one statement can hold."""
    every = sorted(ids)
    return (every[at : at + most] for at in range(0, len(every), most))
