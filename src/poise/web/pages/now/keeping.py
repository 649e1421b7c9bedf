"""It is kept: ways to begin, and what can be written down beside it, now or later."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.entries import Line
from ....rulebook.guideline import BESIDE, LET_BE
from ....weighing.weighing import Weighing
from ...draft import Draft
from ...page import Form, Rooms, page, rooms, see, taking, words
from .moment import book_by, keep
from .with_whom import weighed

MOST_LINES = 200


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/now/{draft}/kept", kept),
        Route("/now/{draft}/kept", written, methods=["POST"]),
        Route("/now/{draft}/draft", drafted, methods=["POST"]),
    ]


def kept(request: Request) -> Response:
    """It is kept. Ways to begin, and what can be written down now or later."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = book_by(shared, draft.book)
    chosen = [book.responses[response] for response in draft.did.values() if response in book.responses]
    weighing = weighed(shared, draft, book) if draft.believed else draft.weighing(book)
    return page(
        request,
        "now/kept.html",
        draft=draft,
        book=book,
        chosen=chosen,
        lines=_lines(shared, chosen, draft),
        beside=[] if BESIDE in draft.did or weighing.bound else _beside(weighing),
        people=_people(shared),
        let_be=any(LET_BE in (response.id, response.like) for response in chosen),
        saved="saved" in request.query_params,
    )


@taking
def written(request: Request, form: Form) -> Response:
    """Take what was written down beside a kept moment."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    _note(shared, draft, form)
    keep(shared, draft)
    return see(request, f"/now/{draft.id}/kept?saved")


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed, without leaving the page."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    _note(shared, draft, form)
    shared.drafts.save(draft)
    return Response(status_code=204)


def _note(shared: Rooms, draft: Draft, form: Form) -> None:
    """What a form says beside the answers."""
    book = book_by(shared, draft.book)
    for name, most in (("line", 2000), ("remark", 100_000), ("forecast", 2000), ("person", 80)):
        if name in form:
            setattr(draft, name, words(form, name, most))
    if "did_else" in form and words(form, "did_else"):
        draft.did_else = words(form, "did_else")
    if words(form, "beside") in book.responses:
        draft.did[BESIDE] = words(form, "beside")


def _beside(weighing: Weighing) -> list[tuple[str, str]]:
    found = weighing.beside
    return [(s.response, weighing.book.responses[s.response].say) for s in found.ranking] if found else []


def _lines(shared: Rooms, chosen: list[Any], draft: Draft) -> list[str]:
    """Up to three ways to begin: the person's own first."""
    mine: list[str] = []
    if shared.door.open:
        with shared.door.inside() as practice:
            every = practice.journal.entries(Line, most=MOST_LINES)
            mine = [each.words for each in every if each.response in draft.did.values()]
    return list(dict.fromkeys([*mine, *(line for response in chosen for line in response.lines)]))[:3]


def _people(shared: Rooms) -> list[str]:
    if not shared.door.open:
        return []
    with shared.door.inside() as practice:
        return [person.nickname for person in practice.people()]
