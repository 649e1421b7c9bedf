"""Brings in the JSON that `export` wrote: all of it, or one person's part.

The file is read twice: once from end to end, so that what cannot be read is said before anything is tried; then list by
list, what is referred to before what refers to it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from ..entries import KINDS
from ..exporting.as_json import VERSION, WHAT
from ..exporting.records import NEWER, TABLES, from_record, secret
from ..tables import changes, files, metadata, texts
from ..trouble import NewerFile, so
from .adding import Adding, Found, at_place
from .sections import NOTHING, Bytes, not_brought_in, sections
from .undoing import add_changes

Opened = Callable[[], AbstractContextManager[Bytes]]
"""Opens a file anew."""
HEAD = ("poise", "version", "sealed", "journal", "exported_at", "person")
MOST_FILES = 200
_BESIDE = re.compile(r"rulebooks/[\w.-]{1,100}\.yaml|help\.txt")


@dataclass
class Outline:
    """What a file says of itself, and in which order its lists stand."""

    head: dict[str, Any] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)


def outline(opened: Opened, name: str) -> Outline:
    """Read a file from end to end. Raises Refused or NewerFile."""
    found = Outline()
    with opened() as stream:
        for key, line, value in sections(stream, name):
            if key in HEAD:
                found.head[key] = value
            elif key not in metadata.tables:
                _newer(found)
                raise not_brought_in(
                    "`{name}`, line {line}: `{key}` is nothing that a journal holds",
                    NEWER,
                    name=name,
                    line=line,
                    key=key[:40],
                )
            elif key not in found.lists:
                found.lists.append(key)
    _newer(found)
    if any(key not in found.head for key in ("version", "journal")) or not isinstance(found.head["version"], int):
        raise not_brought_in("`{name}` does not say which journal it is from", "write the export anew", name=name)
    return found


def _newer(found: Outline) -> None:
    version = found.head.get("version")
    if found.head.get("poise") == WHAT and isinstance(version, int) and version > VERSION:
        raise NewerFile(
            "this export was written by a newer Poise than this one", so(NOTHING, "update Poise, then try again")
        )


def is_new(connection: Connection) -> bool:
    """Whether nothing was ever kept in the journal, so that an export can move in whole."""
    tables = [*(kind.table() for kind in KINDS.values()), changes]
    return not any(connection.execute(select(table.c.batch if table is changes else table.c.id).limit(1)).first()
                   for table in tables)  # fmt: skip


def bring_in(adding: Adding, opened: Opened, name: str, lists: list[str]) -> dict[str, str]:
    """Put every record of the file where it belongs. Returns the files that lay beside the journal."""
    beside: dict[str, str] = {}
    wanted = [table for table in TABLES if table.name in lists]
    in_order = [table.name for table in wanted] == lists
    for names in [lists] if in_order else [[table.name] for table in wanted]:
        with opened() as stream:
            for table, found in _tables(stream, name, names):
                _put(adding, table, found, beside)
    return beside


def _tables(stream: Bytes, name: str, wanted: list[str]) -> Iterator[tuple[Table, Iterator[Found]]]:
    """The wanted lists, each with its rows; one has to be read before the next."""
    left = ((key, line, value) for key, line, value in sections(stream, name) if key in wanted)
    ahead = next(left, None)

    def rows(table: Table) -> Iterator[Found]:
        nonlocal ahead
        while ahead is not None and ahead[0] == table.name:
            place = f"`{name}`, line {ahead[1]}"
            if not secret(table, ahead[2] if isinstance(ahead[2], dict) else {}):
                with at_place(place):
                    row = from_record(table, ahead[2])
                yield Found(place, row)
            ahead = next(left, None)

    while ahead is not None:
        table = metadata.tables[ahead[0]]
        yield table, rows(table)


def _put(adding: Adding, table: Table, found: Iterator[Found], beside: dict[str, str]) -> None:
    if table is files:
        beside.update(_files(found))
    elif table is changes:
        _changes(adding, found)
    else:
        adding.add(table, _hashed(found) if table is texts else found)


def _changes(adding: Adding, found: Iterator[Found]) -> None:
    """How things can be undone comes along only into a new journal; elsewhere it would be out of order."""
    if adding.noted:
        for _ in found:
            pass
    else:
        add_changes(adding, found)


def _hashed(found: Iterator[Found]) -> Iterator[Found]:
    """Texts that are what their hash says. Raises Refused."""
    for place, row in found:
        text = row["text"] if isinstance(row["text"], str) else ""
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["sha256"]:
            raise not_brought_in(
                "{place}: this text of a rulebook is not the one its hash names", "write it anew", place=place
            )
        yield Found(place, row)


def _files(found: Iterator[Found]) -> Iterator[tuple[str, str]]:
    """Files that belong beside a journal. Raises Refused."""
    for number, (place, row) in enumerate(found):
        if not _BESIDE.fullmatch(row["name"]) or not isinstance(row["text"], str) or number >= MOST_FILES:
            raise not_brought_in(
                "{place}: this is no file that lies beside a journal", "look who wrote this export", place=place
            )
        yield row["name"], row["text"]
