"""Runs the app on this machine alone, and hands out its launch link by a private file."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from anyio import to_thread

from ..journal.sealing.files import in_words, make_folder, write_whole
from .app import make_app
from .page import Rooms
from .running import API_FILE, place_of
from .sessions import Sessions

LOOPBACK = "127.0.0.1"
NAME = "poise.localhost"
PORT = 7463
AT_ONCE = 6
"""Pages that are worked on at once; the others wait. More would only take each other's turn on the processor."""


@dataclass(frozen=True)
class Serving:
    """An app that is running."""

    rooms: Rooms
    sessions: Sessions
    server: uvicorn.Server
    port: int
    place: Path

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://{LOOPBACK}:{self.port}"

    def launch(self) -> Path:
        """A private file that leads in once, so that the secret is in no list of processes."""
        page = f"""<!doctype html><meta charset="utf-8"><title>Poise</title>
<meta http-equiv="refresh" content="0; url={self.address}/enter?link={self.sessions.link()}">
"""
        path = self.place / "launch.html"
        write_whole(path, page.encode())
        return path


@contextlib.contextmanager
def serving(rooms: Rooms, port: int | None = None) -> Iterator[Serving]:
    """An app that answers until this ends. Raises Trouble where the port is taken."""
    with contextlib.closing(_listening(port)) as listener:
        port = listener.getsockname()[1]
        sessions = Sessions()
        app = make_app(rooms, sessions, [f"{name}:{port}" for name in (LOOPBACK, "localhost", NAME)])
        server = uvicorn.Server(_settings(app, port))
        place = place_of(rooms.door.folder)
        make_folder(place)
        found = Serving(rooms, sessions, server, port, place)
        app.state.launch = found.launch
        _leave_token(found)
        thread = threading.Thread(target=_run, args=(server, listener), daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        try:
            yield found
        finally:
            server.should_exit = True
            thread.join(10)
            rooms.end_demo()
            rooms.lock()
            shutil.rmtree(place, ignore_errors=True)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve until it is told to end."""

    async def serve() -> None:
        to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        await server.serve(sockets=[listener])

    asyncio.run(serve())


def show(path: Path, say: Callable[[str], None]) -> None:
    """Open the launch page in a browser; where there is none, say where it is."""
    if not webbrowser.open(path.as_uri()):
        say(f"Open this file in a browser, on this machine: {path}")


def _listening(port: int | None) -> socket.socket:
    """A socket on loopback: the port that was named, or the usual one, or any that is free."""
    wanted = [port] if port is not None else [PORT, 0]
    for number in wanted:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
        try:
            listener.bind((LOOPBACK, number))
        except OSError as error:
            listener.close()
            if number == wanted[-1]:
                with in_words(f"the port {number}", Path(str(number))):
                    raise error from None
            continue
        listener.listen(128)
        return listener
    raise AssertionError


def _settings(app: object, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=LOOPBACK,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=5,
    )


def _leave_token(found: Serving) -> None:
    """What a program of the same person needs for the API."""
    words = {"address": found.address, "token": found.sessions.token, "process": os.getpid()}
    write_whole(found.place / API_FILE, (json.dumps(words, indent=1) + "\n").encode())
