"""A part of a journal as CSV: a ZIP with a file for each table, to open in a spreadsheet.

Answers are JSON within their cell. A cell that a spreadsheet would take for a formula begins with an apostrophe: words
that somebody else said are never run. What is exact to the letter is the JSON.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table

from .part import Part
from .records import fields

ENDING = "csv.zip"
READ_ME = "READ-ME.txt"
_READ_ME = """The entries of a Poise journal, one file for each kind. They are not sealed: anybody can read them.
`uid` names an entry, `person` and `moment` the uid of what it is about. A cell that began with = + - @ or a tab has an
apostrophe before it, so that no spreadsheet runs it. To move to another Poise, use the JSON: `poise export --as json`.
"""
_RUN = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(part: Part, journal: str, path: Path) -> dict[str, int]:
    """Write the archive. Returns how many records of each table are in it."""
    counts = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(READ_ME), f"{_READ_ME}Journal: {journal}\n")
        for table in part.tables():
            with archive.open(_member(f"{table.name}.csv"), "w", force_zip64=True) as member:
                counts[table.name] = _write(part, table, member)
    return counts


def _member(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _EPOCH)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o600 << 16
    return found


def _write(part: Part, table: Table, member: IO[bytes]) -> int:
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    text = io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
    rows = csv.writer(text)
    rows.writerow(fields(table))
    count = 0
    for record in part.records(table):
        rows.writerow(_cells(record))
        count += 1
    text.flush()
    text.detach()
    return count


def _cells(record: dict[str, Any]) -> Iterator[str]:
    for value in record.values():
        text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"'{text}" if text.startswith(_RUN) else text
