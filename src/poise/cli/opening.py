"""Runs the app from the terminal, until somebody ends it."""

from __future__ import annotations

import signal
import tempfile
import threading
from pathlib import Path
from types import FrameType

import click

from ..web.door import Door
from ..web.page import Rooms
from ..web.running import launched
from ..web.serving import Serving, serving, show
from .process import crash_in_places, harden
from .screen import say


def run_app(folder: Path, port: int | None, *, browser: bool) -> int:
    """Serve the practice of a folder. One that runs already is shown again. Raises Trouble."""
    harden()
    running = launched(folder)
    if running:
        _lead_in(running, browser=browser)
        return 0
    _serve(Rooms(Door(folder)), port, browser=browser)
    return 0


def run_demo(port: int | None, *, browser: bool) -> int:
    """Serve invented moments from a folder of their own, and throw it away. Raises Trouble."""
    harden()
    with tempfile.TemporaryDirectory(prefix="poise-") as scratch:
        rooms = Rooms(Door(Path(scratch) / "practice"))
        rooms.begin_demo()
        try:
            _serve(rooms, port, browser=browser)
        finally:
            rooms.end_demo()
    return 0


def _serve(rooms: Rooms, port: int | None, *, browser: bool) -> None:
    crash_in_places()
    with serving(rooms, port) as app:
        _lead_in(app.launch(), browser=browser)
        say([[f"Poise is open at {app.address}, on this machine alone. Ctrl-C ends it."]])
        _until_ended(app)


def _lead_in(page: Path, *, browser: bool) -> None:
    if browser:
        show(page, click.echo)
    else:
        say([[f"This page leads in, once, within two minutes: {page}"]])


def _until_ended(app: Serving) -> None:
    """Wait for Ctrl-C, or for a word from the system that it is time to end."""
    ended = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        ended.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    while not ended.wait(1.0) and app.server.started is not False:
        app.rooms.door.open  # noqa: B018 - locks it where nobody came for a while
