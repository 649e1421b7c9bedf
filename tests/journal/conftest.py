"""A journal to test with, wherever it is kept.

A module that says `EVERYWHERE = True` has its journals in a sealed file and on a real PostgreSQL server as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from poise.journal.journal import Journal
from poise.journal.tables import metadata
from poise.journal.team import TeamJournal

from ..made import PASSPHRASE, QUICK
from .postgres.fixtures import another_team, server, team

__all__ = ["PASSPHRASE", "QUICK", "another_team", "server", "team"]
FILE, SERVER = "file", "server"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    said = any("place" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if getattr(metafunc.module, "EVERYWHERE", False) and "place" in metafunc.fixturenames and not said:
        metafunc.parametrize("place", [FILE, SERVER])


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_days(self, days: float) -> None:
        self.at += timedelta(days=days)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal alone: its room knows no practice."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    Journal.create(folder, PASSPHRASE, derivation=QUICK).lock()
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place() -> str:
    """Where journals are: in a file, unless a module is for everywhere."""
    return FILE


@pytest.fixture
def where(place: str, request: pytest.FixtureRequest) -> str:
    """The folder of a journal, or MEMBER@ADDRESS of a server."""
    if place == FILE:
        return str(request.getfixturevalue("folder"))
    found = request.getfixturevalue("team")
    return f"{found.member()}@{found.url()}"


@pytest.fixture
def opens(where: str, place: str, clock: Clock) -> Callable[[], Any]:
    """Opens the same journal, wherever it is."""
    if place == FILE:
        return lambda: Journal.open(Path(where), PASSPHRASE, now=clock)
    member, _, url = where.partition("@")
    return lambda: TeamJournal.open(url, member, PASSPHRASE, now=clock)


@pytest.fixture
def reopened(opens: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Opens the journal, after locking it where it is open."""
    opened: list[Any] = []

    def reopen() -> Any:
        for journal in opened:
            journal.lock()
        opened.append(opens())
        return opened[-1]

    yield reopen
    for journal in opened:
        journal.lock()


@pytest.fixture
def journal(reopened: Callable[[], Any]) -> Any:
    return reopened()


def everything(journal: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, opened; of a file, the tables of its index too."""
    with journal.vault.reading() as connection:
        if connection.dialect.name != "sqlite":
            return {name: [*map(tuple, connection.execute(select(t)))] for name, t in metadata.tables.items()}
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {name: [*map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))] for name in names}


@pytest.fixture(scope="session")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of another journal, with nothing in it."""
    folder = tmp_path_factory.mktemp("another") / "practice"
    Journal.create(folder, PASSPHRASE, derivation=QUICK).lock()
    return folder


@pytest.fixture
def new(another: Path, tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """Another journal than `journal`, with nothing in it."""
    with Journal.open(Path(shutil.copytree(another, tmp_path / "new")), PASSPHRASE, now=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def untouched(another: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """Another journal, for what changes nothing."""
    folder = Path(shutil.copytree(another, tmp_path_factory.mktemp("untouched") / "practice"))
    with Journal.open(folder, PASSPHRASE, now=Clock()) as opened:
        yield opened
