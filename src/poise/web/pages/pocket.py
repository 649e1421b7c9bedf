"""The page for a phone, on this machine: what is kept on it comes into the journal by one button.

It needs a session as every page does. It takes sealed letters and nothing else, from its own pages only.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ...journal.trouble import Locked, Trouble
from ...pocket.building import Pocket, files_of
from ...practice.coming_home import CameHome, let_wait, letters_of, take_home
from ...rulebook.speech import Say
from ..api.problem import of_trouble
from ..guard import POCKET
from ..page import Rooms, rooms, say_of
from ..pocketing import pocket_of

KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
INDEX = "index.html"
MOST_LETTERS = 2000
"""That a browser brings at once: it waits for the answer."""


def routes() -> list[Route]:
    """The paths of this page."""
    return [
        Route(POCKET.rstrip("/"), to_the_page),
        Route(f"{POCKET}letters", here),
        Route(f"{POCKET}letters", bring_home, methods=["POST"]),
        Route(f"{POCKET}{{name:path}}", one_file),
    ]


def to_the_page(_: Request) -> Response:
    """The page is a folder."""
    return RedirectResponse(POCKET, 307)


def one_file(request: Request) -> Response:
    """One file of the page. Raises Trouble or Mistakes."""
    name = request.path_params["name"] or INDEX
    data = _files(request).get(name)
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type=KINDS[PurePosixPath(name).suffix])


def here(request: Request) -> Response:
    """Whether letters are taken here, and whether the journal is open."""
    return JSONResponse({"here": not rooms(request).demo, "open": rooms(request).door.open})


async def bring_home(request: Request) -> Response:
    """Take sealed letters in; while the journal is locked they wait."""
    return await run_in_threadpool(_brought_home, request, await request.body())


def _brought_home(request: Request, data: bytes) -> Response:
    try:
        found = brought(rooms(request), letters_of(data, MOST_LETTERS))
    except Trouble as trouble:
        return of_trouble(trouble)
    return JSONResponse(_plain(found, say_of(request)))


def brought(shared: Rooms, sealed: list[bytes]) -> CameHome:
    """Letters that came home: taken in, or waiting beside the journal while it is locked. Raises Trouble.

    Between two of them it can be locked: then the others wait.
    """
    if not shared.door.open:
        return let_wait(shared.door.folder, sealed)
    found = CameHome()
    for number, letter in enumerate(sealed):
        try:
            with shared.door.inside() as practice:
                found += take_home(practice, [letter])
        except Locked:
            return found + let_wait(shared.door.folder, sealed[number:])
    return found


def _plain(found: CameHome, say: Say) -> dict[str, Any]:
    return {
        "came_in": found.came_in,
        "before": found.before,
        "waiting": found.waiting,
        "not_taken": [{"name": name, "why": trouble.said(say)[0]} for name, trouble in found.not_taken],
        "done": list(found.done),
    }


def _files(request: Request) -> dict[str, bytes]:
    """The files of the page, made anew where something in it changed."""
    pocket = pocket_of(rooms(request))
    key = _key(pocket)
    known = getattr(request.app.state, "pocket", None)
    if known is None or known[0] != key:
        known = request.app.state.pocket = key, files_of(pocket)
    found: dict[str, bytes] = known[1]
    return found


def _key(pocket: Pocket) -> tuple[object, ...]:
    address, book = tuple((pocket.address or {}).items()), pocket.book
    said = book.title, book.first_duty, book.ask_yourself, book.guidelines, book.responses, book.bounds, book.questions
    return book.name, pocket.hash, said, address, pocket.help, pocket.language, pocket.appearance
