"""Rooms know only what stands below them, and those that decide are pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import poise

HOUSE = Path(poise.__file__).parent
FLOORS = (
    ("rulebook",),
    ("weighing", "shelf"),
    ("examining", "relationship", "foresight", "learning", "journal"),
    ("pocket", "parquet", "sklearn", "running"),
    ("practice",),
    ("web",),
    ("cli",),
    ("__init__", "__main__"),
)
"""From the ground up. A room may know what stands on lower floors alone; one not named here may know nothing."""
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
STRANGERS = ("rulebook", "relationship", "journal")
"""Rooms that know nothing of each other."""
PURE = ("rulebook", "weighing", "relationship", "learning", "foresight")
NEVER_IN_PURE = {"os", "pathlib", "io", "time", "datetime", "random", "socket", "subprocess", "secrets", "uuid",
                 "shutil", "tempfile", "glob", "urllib", "http", "sqlite3", "threading", "asyncio"}  # fmt: skip
NO_NUMPY = ("rulebook", "weighing")
ARRAYS = HOUSE / "weighing" / "rows"
"""The one part of these rooms that weighs by the million; it is loaded only when asked for."""
FILES = sorted(HOUSE.rglob("*.py"))


def room_of(file: Path) -> str:
    """The room a file belongs to."""
    first = file.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[str, ...]]:
    """Every module a file imports, by its full name in parts; local imports and those for type checkers too."""
    package = ("poise", *file.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = (*above, *(node.module.split(".") if node.module else ()))
            yield from ((*module, alias.name) for alias in node.names)


def rooms_known(file: Path) -> set[str]:
    """The other rooms a file knows. What it takes from `poise` itself it may take from any room."""
    found = {parts[1] for parts in imports(file) if parts[0] == "poise" and len(parts) > 1}
    return {room if room in LEVEL else "__init__" for room in found if (HOUSE / room).is_dir() or room in LEVEL} - {
        room_of(file)
    }


def called(file: Path) -> set[str]:
    """The names of the functions a file calls."""
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {node.func.id for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def _id(file: Path) -> str:
    return str(file.relative_to(HOUSE))


@pytest.mark.parametrize("file", FILES, ids=_id)
def test_imports_point_downward(file: Path) -> None:
    room = room_of(file)
    assert room in LEVEL, "a new room has to be given its floor here"
    assert {other for other in rooms_known(file) if LEVEL[other] >= LEVEL[room]} == set()


@pytest.mark.parametrize("file", FILES, ids=_id)
def test_strangers_know_nothing_of_each_other(file: Path) -> None:
    if room_of(file) in STRANGERS:
        assert not rooms_known(file) & set(STRANGERS)


@pytest.mark.parametrize("file", [file for file in FILES if room_of(file) in PURE], ids=_id)
def test_rooms_that_decide_open_no_file_read_no_clock_and_draw_no_chance(file: Path) -> None:
    assert not {parts[0] for parts in imports(file)} & NEVER_IN_PURE
    assert not called(file) & {"open", "input", "print", "exec", "eval", "__import__"}


@pytest.mark.parametrize("file", [file for file in FILES if room_of(file) in NO_NUMPY], ids=_id)
def test_one_moment_is_weighed_without_arrays(file: Path) -> None:
    if ARRAYS not in file.parents:
        assert "numpy" not in {parts[0] for parts in imports(file)}
        assert "rows" not in {part for parts in imports(file) for part in parts}
