"""The trash, and undo. Nothing in here deletes anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import IntegrityError

from ..entries import KINDS, Entry, from_plain
from ..tables import changes
from ..trouble import Trouble
from .referring import above, dependents, entries, now
from .writing import note, put

UNDO_DAYS = 30


def trash(connection: Connection, entry: Entry, at: datetime) -> int:
    """Put an entry, and whatever is about it, in the trash. Returns how many."""
    found = dependents(connection, {entry.kind: {entry.id}})
    moved = [one for one in entries(connection, found) if one.trashed_at is None]
    note(connection, at, "put in the trash", moved)
    for one in moved:
        put(connection, replace(one, trashed_at=at))
    return len(moved)


def put_back(connection: Connection, entry: Entry, at: datetime) -> int:
    """Take an entry out of the trash, with what went in together with it and what it is about. Returns how many."""
    was = now(connection, type(entry), entry.id)
    together = entries(connection, dependents(connection, {was.kind: {was.id}}))
    back = [one for one in together if one.trashed_at is not None and one.trashed_at == was.trashed_at]
    back += [one for one in above(connection, was) if one.trashed_at is not None]
    note(connection, at, "put back", back)
    for one in back:
        put(connection, replace(one, trashed_at=None))
    return len(back)


def undo(connection: Connection, at: datetime) -> list[tuple[str, Entry]]:
    """Undo the last thing that was done, and say what: (what was done, the entry as it is now). Empty: nothing is left.

    An entry that was kept goes to the trash; any other is put as it was before.
    """
    since = changes.c.at >= at - timedelta(days=UNDO_DAYS)
    last = connection.execute(select(changes.c.batch).where(since).order_by(changes.c.id.desc()).limit(1)).scalar()
    rows = connection.execute(select(changes).where(changes.c.batch == last).order_by(changes.c.id.desc())).all()
    undone = [(row.action, _undo(connection, row, at)) for row in rows]
    connection.execute(delete(changes).where(changes.c.batch == last))
    return undone


def _undo(connection: Connection, row: Any, at: datetime) -> Entry:
    kind = KINDS[row.kind]
    if row.before is None:
        return put(connection, replace(now(connection, kind, row.entry_id), trashed_at=at))
    try:
        return put(connection, from_plain(kind, json.loads(row.before)))
    except IntegrityError:
        raise Trouble("this cannot be undone any more: what it was about is gone", "nothing was changed") from None
