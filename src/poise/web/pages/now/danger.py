"""Someone is in danger, or a child is being hurt: nothing is weighed, and the help sheet is open."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...page import help_lines, page, rooms
from .moment import book_by


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/danger", danger),
    ]


def danger(request: Request) -> Response:
    """Someone is in danger, or a child is being hurt: nothing is weighed, the help sheet is open."""
    shared = rooms(request)
    book = book_by(shared, "")
    says = [bound.say for bound in book.bounds.values() if bound.replaces]
    return page(request, "now/danger.html", book=book, says=says, sheet=help_lines(request))
