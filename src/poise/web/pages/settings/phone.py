"""Poise on the phone: the page made, what was kept there brought home, and a card on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal import waiting
from ....journal.trouble import Trouble
from ....pocket.building import files_of
from ....pocket.card import drawn
from ....practice.card import card, made_own
from ....practice.coming_home import MOST_BYTES, CameHome, letters_of
from ....practice.own_lines import own_lines
from ...page import Form, page, rooms, say_of, taking, words
from ...pocketing import pocket_of, zipped
from ...shelf import book_of, worded
from ..pocket import MOST_LETTERS, brought

MOST_FILES = 50
SHOWN = 20
"""Letters that are told one by one."""


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/settings/phone", three_steps),
        Route("/settings/phone/make", make, methods=["POST"]),
        Route("/settings/phone/home", bring_home, methods=["POST"]),
        Route("/settings/phone/card", on_paper),
    ]


def three_steps(request: Request) -> Response:
    """What to do, and what is protected and what is not; open or locked."""
    return _steps(request)


def _steps(request: Request, *, status: int = 200, **known: Any) -> Response:
    shared = rooms(request)
    own = False
    if shared.door.open:
        with shared.door.inside() as practice:
            own = next(own_lines(practice), None) is not None
    about: dict[str, Any] = {"own": own, "waiting": waiting.how_many(shared.door.folder), "found": None, "wrong": None}
    return page(request, "settings/phone.html", status=status, shown=SHOWN, **{**about, **known})


@taking
def make(request: Request, form: Form) -> Response:
    """Hand the page to the browser, as a ZIP file. No folder is written into that a web page names."""
    chosen = {name: words(form, name) == "yes" for name in ("lines", "own_help")}
    data = zipped(files_of(pocket_of(rooms(request), **chosen)))
    return Response(
        data, media_type="application/zip", headers={"Content-Disposition": 'attachment; filename="notes.zip"'}
    )


async def bring_home(request: Request) -> Response:
    """Take in files that the phone saved."""
    async with request.form(max_files=MOST_FILES, max_fields=5) as form:
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
        return await run_in_threadpool(_brought_home, request, files)


def _brought_home(request: Request, files: Iterable[UploadFile]) -> Response:
    try:
        sealed: list[bytes] = []
        for each in files:
            sealed += letters_of(each.file.read(MOST_BYTES + 1), MOST_LETTERS - len(sealed))
        found = brought(rooms(request), sealed)
    except Trouble as trouble:
        return _steps(request, status=422, wrong=trouble.said(say_of(request)))
    return _steps(request, found=found, not_taken=_not_taken(request, found))


def _not_taken(request: Request, found: CameHome) -> list[tuple[str, str, str]]:
    """(name, why, the way out) of the first letters that were not taken."""
    say = say_of(request)
    return [(name, *trouble.said(say)) for name, trouble in found.not_taken[:SHOWN]]


def on_paper(request: Request) -> Response:
    """The pocket card, to print. With `?lines=yes` one's own opening lines stand first; it needs the journal open."""
    shared, say = rooms(request), say_of(request)
    lines = request.query_params.get("lines") == "yes"
    found = card(worded(book_of(shared.door, ""), shared.look.language), say)
    own = False
    if lines or shared.door.open:
        with shared.door.inside() as practice:
            own = next(own_lines(practice), None) is not None
            found = made_own(found, practice, lines=lines, say=say)
    return page(request, "settings/card.html", card=Markup(drawn(found, say)), own=own, lines=lines)  # noqa: S704 - escaped there
