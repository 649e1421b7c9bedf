"""`poise pocket serve`: shows a built page on this machine."""

from __future__ import annotations

from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

LOOPBACK = "127.0.0.1"


class _Files(SimpleHTTPRequestHandler):
    """The files of one folder, with the types that a browser asks for, whatever this machine has registered."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
    }

    def log_message(self, *_: object) -> None:
        """Who looked at what is not written down."""

    def list_directory(self, path: object) -> None:
        """What lies in a folder is not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle is no error."""


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """Answers on this machine alone with the files of a folder; any free port for 0. Raises OSError."""

    def files(*asked: object) -> _Files:
        return _Files(*asked, directory=str(folder))  # type: ignore[arg-type]

    return _Server((LOOPBACK, port), files)


@click.command("serve")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Answer on this port.")
def command(folder: str, port: int) -> int:
    """Show the page in DIR in a browser of this machine, until Ctrl-C. Nobody else can reach it."""
    from .screen import say

    try:
        running = server(Path(folder), port)
    except OSError:
        raise click.UsageError(f"port {port} is taken already: name another one, or none") from None
    with running:
        address = f"http://{LOOPBACK}:{running.server_address[1]}/"
        say([[f"The page is at {address}, on this machine alone. Ctrl-C ends it."]])
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
