"""The lines of a file of results: first which grid it is of, then a row for each scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from .. import __version__
from ..foresight.scenarios import Scenarios
from ..rulebook.mistake import Mistake, Mistakes, clipped

KEPT = "What was there is as it was."
OTHER_FILE = "name another file"
LONGEST = 1_000_000
"""Bytes of a first line that are read to say what else a file is."""


class Span(NamedTuple):
    """Where a line lies in its file, in bytes."""

    at: int
    length: int

    def read(self, file: BinaryIO) -> bytes:
        """The line."""
        file.seek(self.at)
        return file.read(self.length)


def trouble(message: str, help: str = OTHER_FILE) -> Mistakes:
    """What cannot be done with a file of results."""
    return Mistakes([Mistake("no-rows", message, help=help)], KEPT)


def cannot(path: Path, what: str, flaw: OSError) -> Mistakes:
    """What is said where the system refuses."""
    return trouble(f"`{clipped(str(path), 200)}` cannot be {what}: {(flaw.strerror or 'no such place').lower()}")


def header(grid: Scenarios) -> dict[str, Any]:
    """What the first line says: which grid, and which Poise, as another may have another model."""
    return {
        "poise": "scenarios",
        "version": __version__,
        "scenarios": len(grid),
        "digest": grid.digest,
        "shared": grid.shared,
        "axes": {name: list(levels) for name, levels in grid.axes.items()},
        "policies": list(grid.policies),
        "books": {name: dict(book.given) for name, book in grid.books.items()},
        "points": grid.points,
    }


def line_of(told: dict[str, Any]) -> bytes:
    """One line, in bytes."""
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def spans(path: Path, file: BinaryIO, grid: Scenarios) -> Iterator[tuple[int, Span]]:
    """Each scenario's number and where its row lies; a torn last line is left out. Raises Mistakes."""
    file.seek(0)
    wanted = line_of(header(grid))
    first = file.readline(max(len(wanted), LONGEST))  # a device or another file may have no end of a line
    _check(path, first, grid, wanted)
    at = len(first)
    for number, line in enumerate(file, 2):
        if line.endswith(b"\n"):
            yield _scenario(path, number, line, len(grid)), Span(at, len(line))
        at += len(line)


def _check(path: Path, first: bytes, grid: Scenarios, line: bytes) -> None:
    """Whether a first line is this grid's, or what there is of it where writing it was cut short."""
    name, wanted = clipped(path.name), header(grid)
    if line.startswith(first):
        return
    try:
        found = json.loads(first)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("poise") != "scenarios":
        raise trouble(f"`{name}` is there already, and holds no scenarios")
    if found.get("version") != wanted["version"]:
        message = f"`{name}` was begun with Poise {clipped(str(found.get('version')))}; this is {__version__}"
        raise trouble(message, "name another file, or go on with that Poise")
    raise trouble(f"`{name}` is of another grid", "name another file, or the grid that it was begun with")


def _scenario(path: Path, number: int, line: bytes, count: int) -> int:
    """The number of a row's scenario."""
    try:
        found = json.loads(line)["scenario"]
        if isinstance(found, int) and 0 <= found < count:
            return found
    except (ValueError, KeyError, TypeError):
        pass
    raise trouble(
        f"{clipped(path.name)}:{number}: this line is no row of a scenario", "take the line out, or " + OTHER_FILE
    )
