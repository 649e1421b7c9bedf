"""Runs `poise` as a process of its own, without a terminal; or in this one, on a practice."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from .practising import Shell


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Poise = Callable[..., Ran]


@pytest.fixture
def poise() -> Poise:
    def run(*words: str, stdin: str = "", **environment: str) -> Ran:
        environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", **environment}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "poise", *words],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=environment,
            check=False,
            timeout=60,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def shell(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs commands in this process, on a practice of the test's own."""
    return Shell(folder, monkeypatch, capsys)
