"""Who knows whom: the journal knows no rulebook, one module knows SQLite, and weighing loads none of it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import poise

SOURCE = Path(poise.__file__).parent
HEAVY = (
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "argon2",
    "cryptography",
    "platformdirs",
    "psycopg",
    "poise.journal",
    "poise.practice",
)


def _imports(path: Path) -> Iterator[str]:
    """What a module imports, by full name."""
    package = ["poise", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            yield ".".join([*above, *([node.module] if node.module else [])])
            yield from (".".join([*above, *filter(None, [node.module]), name.name]) for name in node.names)


def _modules(room: str) -> list[Path]:
    return sorted((SOURCE / room).rglob("*.py"))


def test_the_journal_knows_no_room_but_itself() -> None:
    for path in _modules("journal"):
        ours = [name for name in _imports(path) if name.startswith("poise")]
        assert all(name.startswith("poise.journal") for name in ours if name != "poise"), path


def test_what_seals_knows_nothing_of_what_is_sealed() -> None:
    known = ("poise.journal.sealing", "poise.journal.trouble")
    for path in _modules("journal/sealing"):
        ours = [name for name in _imports(path) if name.startswith("poise.journal.")]
        assert all(name.startswith(known) for name in ours), path


def test_two_modules_alone_know_sqlite_beside_migrations_that_are_done() -> None:
    words = ("PRAGMA", "VACUUM", "fts5", "MATCH ?", "sqlite_master", "sqlcipher3")
    for path in _modules("journal"):
        if path.name not in ("sqlite.py", "fts.py") and path.parent.name != "versions":
            text = path.read_text(encoding="utf-8").replace("PRAGMA key", "")  # which a copy's own READ-ME tells
            assert not [word for word in words if word in text], path


def test_one_room_alone_knows_postgresql() -> None:
    words = ("psycopg", "pg_", "set_config", "ROW LEVEL", "plpgsql", "SQLSTATE")
    for path in _modules("journal"):
        if path.parent.name != "team" and path.name != "server.py":
            assert not [word for word in words if word in path.read_text(encoding="utf-8")], path


def test_a_journal_in_a_file_loads_nothing_of_a_team() -> None:
    program = "import sys, poise.practice, poise.journal.journal; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "poise.journal.sealing.vault" in loaded
    assert not {"psycopg", "poise.journal.team"} & loaded


@pytest.mark.parametrize(
    "words", [["weigh", "among_friends", "harm=stings"], ["show", "among_friends"], ["--help"], []]
)
def test_weighing_loads_nothing_of_the_journal(words: list[str]) -> None:
    program = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print([m for m in sys.modules if m.startswith({HEAVY})], file=sys.stderr))\n"
        "from poise.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]", done.stderr


def test_a_practice_is_a_name_of_poise() -> None:
    assert poise.Practice.__module__ == "poise.practice.practice"
