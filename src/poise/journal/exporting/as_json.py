"""A part of a journal as JSON: one object, a list for each table, a record to a line. `schema.json` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .part import Part

ENDING = "json"
WHAT, VERSION = "journal", 1
"""What the file is, and the version of how it is written."""
SCHEMA = Path(__file__).with_name("schema.json")


def head(part: Part, journal: str) -> dict[str, Any]:
    """What stands before the tables."""
    whose = part.person.uid if part.person else None
    return {
        "poise": WHAT,
        "version": VERSION,
        "sealed": False,
        "journal": journal,
        "exported_at": part.now.isoformat(),
        "person": whose,
    }


def write(part: Part, journal: str, path: Path) -> dict[str, int]:
    """Write the file. Returns how many records of each table are in it."""
    counts: dict[str, int] = {}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        file.write(",\n".join(f"{json.dumps(name)}: {_line(value)}" for name, value in head(part, journal).items()))
        for table in part.tables():
            counts[table.name] = 0
            file.write(f",\n{json.dumps(table.name)}: [")
            for record in part.records(table):
                file.write(f"{',' if counts[table.name] else ''}\n{_line(record)}")
                counts[table.name] += 1
            file.write("]")
        file.write("\n}\n")
    return counts


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
