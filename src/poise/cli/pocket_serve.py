"""`poise pocket serve`: shows a built page on this machine."""

from __future__ import annotations

from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from .whole import Whole

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
"""What this machine is asked for by. A site that has its own name lead here (DNS rebinding) asks by another."""
PORT, PLAIN_HTTP = 7464, 80
"""Where it answers, as what is kept on the page waits at this very address; and the port that a browser leaves out."""
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Files(SimpleHTTPRequestHandler):
    """The files of one folder, with the types that a browser asks for, whatever this machine has registered."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
    }

    def send_head(self) -> Any:
        """Open what is asked for: by this machine's own name, inside the folder, and nothing that is hidden in it."""
        root, path = Path(self.directory).resolve(), Path(self.translate_path(self.path))
        if self.headers.get_all("Host", []) not in self._names():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        hidden = any(part.startswith(".") for part in path.relative_to(self.directory).parts)
        if hidden or not path.resolve().is_relative_to(root):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _names(self) -> list[list[str]]:
        port = self.connection.getsockname()[1]
        return [[f"{name}:{port}"] for name in NAMES] + ([[name] for name in NAMES] if port == PLAIN_HTTP else [])

    def end_headers(self) -> None:
        """The headers that every answer has."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

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
@click.argument("folder", metavar="DIR")
@click.option("--port", type=Whole(0, 65535), default=PORT, metavar="N", help="Answer on this port.")
def command(folder: str, port: int) -> int:
    """Show the page in DIR in a browser of this machine, until Ctrl-C. No other machine can reach it."""
    from ..pocket.writing import check_built
    from .screen import say

    page = Path(folder).expanduser().absolute()
    check_built(page)
    try:
        running = server(page, port)
    except OSError:
        raise click.UsageError(f"port {port} is taken already: name another one") from None
    with running:
        address = f"http://{LOOPBACK}:{running.server_address[1]}/"
        say([[f"The page is at {address}, on this machine alone. Ctrl-C ends it."]])
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
