"""A journal to test with: made once, copied for each test. Its key derivation is quick, which no default is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from poise.journal.journal import Journal
from poise.journal.sealing.keys import Derivation

PASSPHRASE = "a lantern, four plums"
QUICK = Derivation(memory_kib=64, passes=1, lanes=1)


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
    folder = tmp_path_factory.mktemp("made") / "practice"
    Journal.create(folder, PASSPHRASE, derivation=QUICK).lock()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "practice"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reopened(folder: Path, clock: Clock) -> Iterator[Callable[[], Journal]]:
    """Opens the journal, after locking it where it is open."""
    opened: list[Journal] = []

    def reopen() -> Journal:
        for journal in opened:
            journal.lock()
        opened.append(Journal.open(folder, PASSPHRASE, now=clock))
        return opened[-1]

    yield reopen
    for journal in opened:
        journal.lock()


@pytest.fixture
def journal(reopened: Callable[[], Journal]) -> Journal:
    return reopened()
