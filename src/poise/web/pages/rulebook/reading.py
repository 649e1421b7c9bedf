"""The book as a person reads it, on a screen and on paper; which of several is in use."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....rulebook.mistake import Mistakes
from ...page import Form, page, rooms, say_of, see, taking
from ...shelf import book_of, text_of
from .laid_out import Page, laid_out
from .naming import asked_for, mark_of, shelf
from .proposing import waiting

MOST_SET = 8
_SET: dict[tuple[int, str, str, bool, tuple[str, ...]], tuple[Page, Markup]] = {}
"""Books that were set for reading. Each keeps its page, so that no other can have its `id`."""


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/rulebook", read),
        Route("/rulebook/{book}", read),
        Route("/rulebook/{book}/use", use, methods=["POST"]),
    ]


def read(request: Request) -> Response:
    """The book; where it cannot be read as it stands, what is in the way."""
    name, door = asked_for(request), rooms(request).door
    known: dict[str, Any] = {"mark": mark_of(name), "name": name, "books": shelf(request)}
    known["whole"] = "whole" in request.query_params
    if not name:
        return page(request, "rulebook/none.html", **known)
    try:
        book = book_of(door, name)
    except Mistakes as wrong:
        return page(request, "rulebook/unreadable.html", mistakes=wrong.mistakes, **known)
    found = laid_out(book, say_of(request))
    article = _article(request, found, mark_of(name), _proposed(request, name))
    known |= {"book": found, "article": article, "proposed": waiting(request, name)}
    return page(request, "rulebook/read.html", **known)


def _proposed(request: Request, name: str) -> tuple[str, ...]:
    """The marks of the guidelines that one's notes speak for changing, as it was worked out last; from now on it is
    worked out, where that was not done yet.
    """
    shared = rooms(request)
    if not shared.door.open:
        return ()
    with shared.door.inside() as practice:
        if name != practice.books.in_use:
            return ()
        offers = practice.lately()
    if offers is None:
        shared.learning.begin(shared.door)
    return tuple(mark_of(each.proposal.guideline) for each in offers or ())


def _article(request: Request, found: Page, mark: str, proposed: tuple[str, ...]) -> Markup:
    """The part of the page that is the same for everybody; the last few are remembered."""
    shared, whole = rooms(request), "whole" in request.query_params
    key = (id(found), mark, shared.look.language, whole, proposed)
    if key not in _SET:
        template = shared.template("rulebook/article.html")
        text = template.render(book=found, mark=mark, whole=whole, proposed=proposed, nonce="")
        _SET[key] = found, Markup(text)  # noqa: S704 - escaped
        for old in list(_SET)[:-MOST_SET]:
            _SET.pop(old, None)
    return _SET[key][1]


@taking
def use(request: Request, _: Form) -> Response:
    """Weigh by this one from now on."""
    name = asked_for(request)
    text_of(rooms(request).door, name)
    with rooms(request).door.inside() as practice:
        practice.books.use(name)
    return see(request, f"/rulebook/{mark_of(name)}")
