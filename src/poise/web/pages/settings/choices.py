"""The first page of the settings, and the choices on it: looks, language, remarks, rest, the help sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....practice.help_sheet import ALWAYS, help_sheet, write_help_sheet
from ...looks import APPEARANCES, Look, write_look
from ...page import Form, page, rooms, say_of, see, taking, words
from ...tongue import AWAITING, LANGUAGES

REST_HOURS = (8, 24, 72, 168)


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/settings", index),
        Route("/settings/look", look, methods=["POST"]),
        Route("/settings/remarks", remarks, methods=["POST"]),
        Route("/settings/rest", rest, methods=["POST"]),
        Route("/settings/help-sheet", sheet),
        Route("/settings/help-sheet", write_sheet, methods=["POST"]),
    ]


def index(request: Request) -> Response:
    """All settings; those that need the journal only while it is open."""
    shared = rooms(request)
    known: dict[str, Any] = {"remarks": False, "resting": None}
    if shared.door.open:
        with shared.door.inside() as practice:
            known = {"remarks": bool(practice.journal.setting("remarks", False)), "resting": practice.resting()}
    return page(
        request,
        "settings/index.html",
        appearances=APPEARANCES,
        languages=LANGUAGES,
        awaiting=AWAITING,
        rest_hours=REST_HOURS,
        **known,
    )


@taking
def look(request: Request, form: Form) -> Response:
    """Choose how the pages look, and their language."""
    shared = rooms(request)
    before = shared.look
    try:
        chosen = Look(words(form, "appearance") or before.appearance, words(form, "language") or before.language)
    except ValueError:
        return see(request, "/settings")
    write_look(shared.door.folder, chosen)
    shared.look = chosen
    return see(request, "/settings")


@taking
def remarks(request: Request, form: Form) -> Response:
    """Turn remarks on or off."""
    with rooms(request).door.inside() as practice:
        practice.journal.set("remarks", words(form, "remarks") == "on")
    return see(request, "/settings")


@taking
def rest(request: Request, form: Form) -> Response:
    """Begin a time of rest, or end the one it is."""
    with rooms(request).door.inside() as practice:
        now, hours = practice.journal.now(), words(form, "hours")
        resting = practice.resting()
        if hours in map(str, REST_HOURS):
            practice.rest(now, now + timedelta(hours=int(hours)))
        elif hours == "end" and resting:
            practice.journal.change(resting, ends_at=now)
    return see(request, "/settings")


def sheet(request: Request) -> Response:
    """The help sheet, to be changed; it can be read and changed while locked."""
    lines = [line for line in help_sheet(rooms(request).door.folder) if line not in ALWAYS]
    return page(
        request,
        "settings/help_sheet.html",
        lines=[*lines, "", "", ""][: max(3, len(lines))],
        always=[*map(say_of(request), ALWAYS)],
    )


@taking
def write_sheet(request: Request, form: Form) -> Response:
    """Write the help sheet."""
    write_help_sheet(rooms(request).door.folder, [words(form, f"line{number}", 200) for number in range(3)])
    return see(request, "/danger")
