"""Retention: which entries are older than somebody wants to keep them. They go to the trash, never further by this."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Date, Table, and_, or_, select

from ..entries import KINDS
from ..tables import Instant, metadata
from .holding import without_held
from .referring import Ids, entries, portions
from .writing import note, put

LONGEST = 100
"""Years at most; longer is for good."""


def years_before(at: datetime, years: int) -> datetime:
    """The same day so many years earlier; 28 February where that year has no 29th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)


def outlived(connection: Connection, before: datetime) -> Ids:
    """Entries that have no time after `before`, nor has anything about them; without what is held or in the trash.

    Of an entry every time counts: when it happened, was written, was changed; the day to come back, until it is past.
    """
    found: Ids = {}
    for name, kind in KINDS.items():
        table = kind.table()
        found[name] = set(connection.execute(select(table.c.id).where(_old(table, before))).scalars())
    for table in reversed(metadata.sorted_tables):
        if table.name in KINDS:
            _without_what_is_needed(connection, table, found)
    return without_held(connection, found)


def _old(table: Table, before: datetime) -> ColumnElement[bool]:
    """Whether no time of an entry lies after that, and it is not in the trash."""
    parts: list[ColumnElement[bool]] = [table.c.trashed_at.is_(None)]
    for column in table.columns:
        if isinstance(column.type, Instant) and column.name != "trashed_at":
            parts.append(or_(column.is_(None), column < before))
        elif isinstance(column.type, Date):
            parts.append(or_(column.is_(None), column < before.date()))
    return and_(*parts)


def _without_what_is_needed(connection: Connection, table: Table, found: Ids) -> None:
    """Take out what a younger entry of this table is about."""
    for key in table.foreign_keys:
        target = key.column.table.name
        for ids in portions(found.get(target, ())):
            query = select(table.c.id, key.parent).where(key.parent.in_(ids), table.c.trashed_at.is_(None))
            needed = {about for number, about in connection.execute(query) if number not in found[table.name]}
            found[target] -= needed


def let_go(connection: Connection, found: Ids, at: datetime) -> int:
    """Put these entries in the trash, in one go. Returns how many."""
    moved = list(entries(connection, found))
    note(connection, at, "put in the trash", moved)
    for entry in moved:
        put(connection, replace(entry, trashed_at=at))
    return len(moved)
