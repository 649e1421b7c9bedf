"""A practice for the commands to work on, its key derivation quick, and a way to run them with typed lines."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from poise.cli.commands import cli

from ..made import PASSPHRASE, QUICK

__all__ = ["PASSPHRASE", "QUICK"]


class Shell:
    """Runs commands in this process, with lines typed through a pipe: the passphrase first."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys
        self.code = 0
        monkeypatch.setenv("POISE_HOME", str(folder))
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.delenv("POISE_PASSPHRASE_FD", raising=False)

    def types(self, *lines: str) -> None:
        self._patch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    def __call__(self, *words: str, typed: Sequence[str] = (PASSPHRASE,)) -> str:
        """What a command prints; `code` is how it ended."""
        self.types(*typed)
        return self.printed(lambda: cli.main([*words], prog_name="poise", standalone_mode=False))

    def printed(self, run: Callable[[], object]) -> str:
        self._capsys.readouterr()
        try:
            self.code = int(run() or 0)  # type: ignore[call-overload]
        except SystemExit as end:
            self.code = int(end.code or 0)
        return self._capsys.readouterr().out


def handed_over(text: bytes) -> int:
    """An open file descriptor to read the text from."""
    read, write = os.pipe()
    os.write(write, text)
    os.close(write)
    return read
