"""Keeps and changes entries, and notes how they were before."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from .. import finding
from ..entries import AnyEntry, Entry, to_plain, to_row
from ..tables import changes
from ..trouble import NotThere, Refused
from .checking import checked
from .referring import about, now

_GIVEN = ("id", "uid", "written_at", "changed_at", "trashed_at")
"""What the journal gives an entry, and nobody changes."""


def new_uid() -> str:
    """A name for an entry, the same wherever it is copied to: the time, then 80 random bits."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def keep(connection: Connection, entry: AnyEntry, at: datetime, batch: str = "") -> AnyEntry:
    """Keep a new entry; a `batch` is undone together. Raises Refused, or NotThere where what it is about is gone."""
    row = checked(entry, at)
    _check_about(connection, entry)
    row |= {"uid": entry.uid or new_uid(), "written_at": entry.written_at or at, "changed_at": at, "trashed_at": None}
    row["id"] = _next_id(connection, entry.table(), at)
    connection.execute(insert(entry.table()).values(row))
    kept = now(connection, type(entry), row["id"])
    finding.index(connection, kept)
    note(connection, at, "kept", [kept], before=False, batch=batch)
    return kept


def change(connection: Connection, entry: AnyEntry, at: datetime, new: dict[str, Any]) -> AnyEntry:
    """Change some of an entry; the rest stays as it is now. Raises Refused or NotThere."""
    was = now(connection, type(entry), entry.id)
    for name in new:
        if name in _GIVEN or name not in {field.name for field in fields(entry)}:
            raise Refused("`{name}` cannot be changed; nothing was changed", name=name)
    wanted = replace(was, changed_at=at, **new)
    checked(wanted, at)
    _check_about(connection, wanted)
    note(connection, at, "changed", [was])
    return put(connection, wanted)


def _check_about(connection: Connection, entry: Entry) -> None:
    """Whether what an entry is about is there, and not in the trash. Raises NotThere."""
    for table, entry_id in about(entry):
        there = select(table.c.id).where(table.c.id == entry_id, table.c.trashed_at.is_(None))
        if connection.execute(there).first() is None:
            raise NotThere("this was not kept: what it is about is not in the journal, or is in the trash")


def put(connection: Connection, entry: AnyEntry) -> AnyEntry:
    """Write an entry over what it was."""
    table = entry.table()
    connection.execute(update(table).where(table.c.id == entry.id).values(to_row(entry)))
    if entry.trashed_at is None:
        finding.index(connection, entry)
    else:
        finding.unindex(connection, entry.kind, entry.id)
    return entry


def note(  # noqa: PLR0913
    connection: Connection,
    at: datetime,
    action: str,
    entries: Iterable[Entry],
    *,
    before: bool = True,
    batch: str = "",
) -> None:
    """Note what is done to entries in one go, and how they were before, so that it can be undone."""
    batch = batch or new_uid()
    rows = [
        {
            "batch": batch,
            "at": at,
            "kind": entry.kind,
            "entry_id": entry.id,
            "action": action,
            "before": json.dumps(to_plain(entry), ensure_ascii=False) if before else None,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(insert(changes), rows)


def _next_id(connection: Connection, table: Table, at: datetime) -> int:
    """The microsecond it is kept at, or the next free number: what was kept later has a higher one, in any table."""
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    return max(int(at.timestamp() * 1_000_000), last + 1)
