"""Records: how a row of any table is written down as plain data, and read again.

What refers to another entry does so by that entry's `uid`: the number an entry has is good within one journal only.
Times and days are in ISO 8601; a time that was kept with its clock's offset keeps it. A new table is a record, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Date, Select, String, Table, select

from ..entries import KINDS
from ..tables import Answers, Instant, Words, changes, metadata, moments, people, settings
from ..trouble import Refused

REFERENCES = {"person_id": ("person", people), "moment_id": ("moment", moments)}
"""Columns that refer to an entry: what they are called in a record, and where that entry is."""
OFFSET = "_offset"
UID = re.compile(r"[0-9A-Za-z-]{1,32}")
TABLES = tuple(sorted(metadata.sorted_tables, key=lambda table: table is changes))
"""All tables; what is referred to comes before what refers to it. What was changed can be any of them."""


def secret(table: Table, record: Mapping[str, Any]) -> bool:
    """Whether a record is a key, which neither leaves a journal unsealed nor comes into one from a file."""
    return table is settings and str(record.get("name", "")).endswith("_key")


@cache
def fields(table: Table) -> dict[str, Column[Any]]:
    """What a record of the table holds, in order: {name: column}."""
    found = {_called(column.name): column for column in table.columns if not column.name.endswith(OFFSET)}
    return {name: column for name, column in found.items() if name != "id"}


def _called(column: str) -> str:
    return "entry" if column == "entry_id" else REFERENCES.get(column, (column,))[0]


def key_of(table: Table) -> Column[Any]:
    """What names a row of the table wherever it is: its uid, or its primary key. Changes have none but their number."""
    return table.c.uid if "uid" in table.c else next(iter(table.primary_key))


# Written down


def rows_of(table: Table) -> Select[Any]:
    """A query for the rows of a table in the order they came, with the uid of what they refer to."""
    query = select(table)
    for column, (name, target) in REFERENCES.items():
        if column in table.c:
            other = target.alias(name)
            query = query.outerjoin(other, other.c.id == table.c[column]).add_columns(other.c.uid.label(f"{name}_uid"))
    return query.order_by(*table.primary_key)


def to_record(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The record of one row that `rows_of` found."""
    return {name: _plain(name, column, row) for name, column in fields(table).items()}


def _plain(name: str, column: Column[Any], row: Mapping[str, Any]) -> Any:
    if column.name in REFERENCES:
        return row[f"{name}_uid"]
    value = row[column.name]
    if isinstance(value, datetime):
        minutes = row.get(column.name + OFFSET)
        zone = UTC if minutes is None else timezone(timedelta(minutes=minutes))
        return value.astimezone(zone).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def changes_in_full(connection: Connection, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Records of changes, with uids in the place of numbers. One that cannot be undone any more is left out."""
    wanted = [(row["kind"], row["entry_id"]) for row in rows]
    befores = [json.loads(row["before"]) if row["before"] else None for row in rows]
    for before in befores:
        wanted += [(target.name, before[ref]) for ref, (_, target) in REFERENCES.items() if before and before.get(ref)]
    uids = _uids(connection, wanted)
    for row, before in zip(rows, befores, strict=True):
        try:
            said = {**to_record(changes, row), "entry": uids[row["kind"], row["entry_id"]]}
            yield {**said, "before": _renamed(before, uids) if before else None}
        except KeyError:
            continue


def _renamed(before: dict[str, Any], uids: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    found = {}
    for name, value in before.items():
        if name in REFERENCES:
            called, target = REFERENCES[name]
            found[called] = uids[target.name, value] if value is not None else None
        elif name != "id":
            found[name] = value
    return found


def _uids(connection: Connection, wanted: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The uids of entries: {(kind, number): uid}."""
    found = {}
    for kind in {kind for kind, _ in wanted}:
        table = KINDS[kind].table()
        ids = {number for other, number in wanted if other == kind}
        for number, uid in connection.execute(select(table.c.id, table.c.uid).where(table.c.id.in_(ids))):
            found[kind, number] = uid
    return found


# Read again


def from_record(table: Table, record: Any) -> dict[str, Any]:
    """The columns that a record says, what they refer to still by its uid. Raises Refused in words."""
    wanted = fields(table)
    if not isinstance(record, dict):
        raise Refused("this is not an entry")
    for name in record:
        if name not in wanted:
            raise Refused("`{name}` is nothing that is kept with {name_2}", NEWER, name=name[:40], name_2=table.name)
    row: dict[str, Any] = {}
    for name, column in wanted.items():
        row |= _read(name, column, record[name] if name in record else _otherwise(name, column))
    return row


NEWER = "look how it is written, or update Poise where a newer one wrote it"


def _otherwise(name: str, column: Column[Any]) -> Any:
    """What stands for a field that is left out. Raises Refused."""
    if column.nullable:
        return None
    if column.server_default is None or isinstance(column.type, Instant):
        raise Refused("`{name}` is missing", name=name)
    return {} if isinstance(column.type, Answers) else ""


def _read(name: str, column: Column[Any], value: Any) -> dict[str, Any]:
    if value is None:
        if not column.nullable:
            raise Refused("`{name}` is empty", name=name)
        return {column.name: None, **({column.name + OFFSET: None} if column.name + OFFSET in column.table.c else {})}
    if isinstance(column.type, Answers) and name != "value" and not isinstance(value, dict):
        raise Refused("`{name}` is not an object of answers: {value}", name=name, value=_shown(value))
    if isinstance(column.type, Answers | Words) or column.name == "entry_id":
        return {column.name: value}
    if isinstance(column.type, Instant):
        return _times(name, column, value)
    return {column.name: _day(name, value) if isinstance(column.type, Date) else _name(name, column, value)}


def _times(name: str, column: Column[Any], value: Any) -> dict[str, Any]:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(
            "`{name}` is not a time: {value}", "for example 2026-03-04T21:15:00+01:00", name=name, value=_shown(value)
        ) from None
    if moment.tzinfo is None:
        raise Refused(
            "`{name}` does not say on which clock: {value}",
            "for example with +01:00 at its end",
            name=name,
            value=_shown(value),
        )
    if column.name + OFFSET not in column.table.c:
        return {column.name: moment}
    return {column.name: moment, column.name + OFFSET: round((moment.utcoffset() or timedelta()).total_seconds() / 60)}


def _day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(
            "`{name}` is not a day: {value}", "for example 2026-03-04", name=name, value=_shown(value)
        ) from None


def _name(name: str, column: Column[Any], value: Any) -> str:
    """A name that is not somebody's words. Raises Refused."""
    most = column.type.length if isinstance(column.type, String) else None
    named = isinstance(value, str) and 0 < len(value) <= (most or 200) and value.isprintable()
    unique = column.name == "uid" or column.name in REFERENCES or column.name == "batch"
    if not named or (unique and not UID.fullmatch(value)):
        raise Refused("`{name}` is not a name that Poise gives: {value}", name=name, value=_shown(value))
    return str(value)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)[:60]
