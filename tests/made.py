"""A practice to test with: made once, copied for each test. Its key derivation is quick, which no default is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from poise.journal.sealing.keys import Derivation

PASSPHRASE = "a lantern, four plums"
QUICK = Derivation(memory_kib=64, passes=1, lanes=1)
INSTRUMENT = """\
instrument: 1
id: mine
title: A scale of one's own
licence: CC0-1.0
reliability: 0.8
items:
  one: {from: 0, to: 10, step: 1}
"""
"""An instrument of one's own."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice that nothing was kept in yet, and that no test touches."""
    from poise.practice import Practice  # noqa: PLC0415 - most tests need none

    folder = tmp_path_factory.mktemp("made") / "practice"
    Practice.create(folder, PASSPHRASE, derivation=QUICK).lock()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The test's own copy of it."""
    return Path(shutil.copytree(made, tmp_path / "practice"))
