"""A real terminal for a command: what is typed, what is seen, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from functools import partial
from pathlib import Path

from .practising import PASSPHRASE

PATIENCE = 40.0


class Terminal:
    """A command in a process of its own, on a pseudo-terminal."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self._screen, terminal = pty.openpty()
        own = {**os.environ, "POISE_HOME": str(folder), "COLUMNS": "80", "NO_COLOR": "1", **environment}
        own.pop("POISE_PASSPHRASE_FD", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "poise", *words],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=own,
            start_new_session=True,
            preexec_fn=partial(fcntl.ioctl, 0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - so that Ctrl-C reaches it
        )
        os.close(terminal)
        self.seen = ""
        self._looked = 0

    def until(self, words: str) -> str:
        """What is seen until these words come; what came before stays unread."""
        end = time.monotonic() + PATIENCE
        while words not in self.seen[self._looked :]:
            if time.monotonic() > end or not self._read():
                self.ends(signal.SIGKILL)
                raise AssertionError(f"`{words}` did not come:\n{self.seen}")
        at = self.seen.index(words, self._looked) + len(words)
        found, self._looked = self.seen[self._looked : at], at
        return found

    def types(self, line: str, *, after: str = "> ") -> str:
        """Type a line when it is asked for. Returns what was seen before it."""
        seen = self.until(after)
        os.write(self._screen, f"{line}\n".encode())
        return seen

    def opens(self, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase."""
        self.types(passphrase, after="Passphrase: ")

    def presses(self, keys: bytes) -> None:
        """Press keys: `\\x03` is Ctrl-C."""
        os.write(self._screen, keys)

    def ends(self, number: signal.Signals | None = None) -> int:
        """How it ended, by itself or by a signal."""
        if number is not None:
            self.process.send_signal(number)
        while self._read():
            pass
        code = self.process.wait(PATIENCE)
        os.close(self._screen)
        return code

    def _read(self) -> bool:
        """Read what has come; False where the terminal is closed."""
        if not select.select([self._screen], [], [], PATIENCE)[0]:
            return False
        try:
            found = os.read(self._screen, 4096)
        except OSError:
            return False
        self.seen += found.decode("utf-8", "replace").replace("\r", "")
        return bool(found)
