"""The app as a process of its own, as a person starts it: `poise open --no-browser`."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from poise.web.running import launched, place_of
from poise.web.serving import Serving

from .site import Visitor

PATIENCE = 30.0


@dataclass(frozen=True)
class Running:
    """A process that answers. What it says is in two files beside its practice."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> Path:
        """A page that leads in, once."""
        page = launched(self.folder)
        assert page
        return page

    def visitor(self) -> Visitor:
        """Somebody who came in."""
        found = Visitor(cast(Serving, self))
        link = re.search(r"/enter\?link=[\w-]+", self.launch().read_text())
        assert link
        assert found.get(link[0]).status == 200
        return found

    def said(self) -> str:
        """Everything it said so far, to the terminal or as a complaint."""
        return "".join(path.read_text() for path in _logs(self.folder))

    def kill(self) -> None:
        """As the system does when it is out of memory."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@contextlib.contextmanager
def running(folder: Path, port: int = 0, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Start the app over a practice; end it in order, unless it was killed."""
    out, err = _logs(folder)
    words = ["-m", "poise", "open", "--no-browser", "--port", str(port), "--home", str(folder)]
    known = {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1", **(environment or {})}
    with out.open("wb") as said, err.open("ab") as complained:
        process = subprocess.Popen([sys.executable, *words], stdout=said, stderr=complained, env=known)
    try:
        yield Running(folder, process, _port(process, out, err))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(15)


def _port(process: subprocess.Popen[bytes], out: Path, err: Path) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", out.read_text())
        if found:
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(f"the app did not start: {out.read_text()} {err.read_text()}")


def _logs(folder: Path) -> tuple[Path, Path]:
    beside = place_of(folder).with_suffix("")
    return beside.with_name("said.txt"), beside.with_name("complained.txt")
