"""Brings along how older changes can be undone, into a journal that has nothing to undo yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from ..entries import KINDS, Entry, from_plain, to_plain
from ..exporting.records import REFERENCES
from ..keeping.checking import checked
from ..tables import changes
from ..trouble import Refused
from .adding import Adding, Count, Found, at_place, nowhere, portions
from .sections import not_brought_in

Numbers = Mapping[tuple[str, str], int]
"""The numbers of entries here: {(kind, uid): number}."""


def add_changes(adding: Adding, found: Iterable[Found]) -> None:
    """Put changes back as they were. Raises Refused, with the place."""
    for portion in portions(found):
        numbers = _numbers(adding.connection, portion)
        rows = [_change(place, row, numbers, adding.at) for place, row in portion]
        adding.connection.execute(insert(changes), rows)
        adding.counts.setdefault(changes.name, Count()).new += len(rows)


def _numbers(connection: Connection, portion: list[Found]) -> dict[tuple[str, str], int]:
    """The numbers of the entries that changes name."""
    wanted: dict[str, set[str]] = {}
    for _, row in portion:
        wanted.setdefault(row["kind"], set()).add(str(row["entry_id"]))
        before = row["before"] if isinstance(row["before"], dict) else {}
        for name, target in REFERENCES.values():
            wanted.setdefault(target.name, set()).add(str(before.get(name)))
    found = {}
    for kind in wanted.keys() & KINDS.keys():
        table = KINDS[kind].table()
        query = select(table.c.uid, table.c.id).where(table.c.uid.in_(wanted[kind]))
        found.update({(kind, uid): number for uid, number in connection.execute(query)})
    return found


def _change(place: str, row: dict[str, Any], numbers: Numbers, at: datetime) -> dict[str, Any]:
    """A change, with numbers in the place of uids. Raises Refused."""
    number = numbers.get((row["kind"], str(row["entry_id"])))
    if number is None:
        raise nowhere(place, "entry", row["entry_id"])
    before = row["before"]
    if before is not None:
        if not isinstance(before, dict) or "id" in before or before.get("uid") != row["entry_id"]:
            raise not_brought_in("{place}: how it was before cannot be understood", "write the file anew", place=place)
        entry = _entry(KINDS[row["kind"]], {**_numbered(before, numbers), "id": number}, place, at)
        before = json.dumps(to_plain(entry), ensure_ascii=False)
    return {**row, "entry_id": number, "before": before}


def _numbered(before: dict[str, Any], numbers: Numbers) -> dict[str, Any]:
    plain = dict(before)
    for column, (name, target) in REFERENCES.items():
        if name in plain:
            uid = plain.pop(name)
            plain[column] = None if uid is None else numbers.get((target.name, str(uid)))
    return plain


def _entry(kind: type[Entry], plain: dict[str, Any], place: str, at: datetime) -> Entry:
    """An entry as it was before. Raises Refused, with the place."""
    with at_place(place):
        try:
            entry = from_plain(kind, plain)
        except (KeyError, TypeError, ValueError):
            raise Refused("how it was before cannot be understood") from None
        checked(entry, at)
        return entry
