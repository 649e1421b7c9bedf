"""Deletion for good. The file is compacted afterwards, by whoever holds it."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from .. import finding
from ..entries import KINDS
from ..tables import changes, metadata, moments, settings, texts
from .holding import in_force, refuse_held, without_held
from .referring import Ids, dependents, portions
from .undoing import UNDO_DAYS

_HASH = re.compile(r"\b[0-9a-f]{64}\b")


def erase(connection: Connection, found: Ids) -> int:
    """Delete entries for good, and whatever is about them. Raises OnHold. Returns how many."""
    found = dependents(connection, found)
    refuse_held(connection, found)
    for table in reversed(metadata.sorted_tables):
        for ids in portions(found.get(table.name, ())):
            connection.execute(delete(table).where(table.c.id.in_(ids)))
            connection.execute(delete(changes).where(changes.c.kind == table.name, changes.c.entry_id.in_(ids)))
            for entry_id in ids if table.name in KINDS else ():
                finding.unindex(connection, table.name, entry_id)
    used = select(moments.c.book_sha256).where(moments.c.book_sha256.is_not(None))
    connection.execute(delete(texts).where(texts.c.sha256.not_in(used), texts.c.sha256.not_in(_named(connection))))
    return sum(len(ids) for name, ids in found.items() if name in KINDS)


def _named(connection: Connection) -> set[str]:
    """Hashes that a setting names: the history of a rulebook keeps its texts."""
    said = connection.execute(select(settings.c.value)).scalars()
    return {found for value in said for found in _HASH.findall(json.dumps(value))}


def purge(connection: Connection, at: datetime) -> int:
    """Delete for good what lay in the trash for long, and forget how older changes can be undone. Returns how many."""
    before = at - timedelta(days=UNDO_DAYS)
    old: Ids = {}
    for name, kind in KINDS.items():
        table = kind.table()
        if ids := set(connection.execute(select(table.c.id).where(table.c.trashed_at < before)).scalars()):
            old[name] = ids
    if not in_force(connection):
        connection.execute(delete(changes).where(changes.c.at < before))
    old = without_held(connection, old)
    return erase(connection, old) if old else 0
