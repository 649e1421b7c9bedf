"""Sealed copies: made, tried, and where they lie."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....practice import tending
from ...page import Form, page, rooms, see, taking


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/settings/copies", listed),
        Route("/settings/copies", make, methods=["POST"]),
        Route("/settings/copies/try", rehearse, methods=["POST"]),
    ]


def listed(request: Request) -> Response:
    """The copies there are, the newest first."""
    with rooms(request).door.inside() as practice:
        copies = practice.journal.copies()
        return page(request, "settings/copies.html", copies=copies, folder=practice.journal.vault.folder, tried=None)


@taking
def make(request: Request, _: Form) -> Response:
    """Make a sealed copy."""
    with rooms(request).door.inside() as practice:
        practice.backup()
    return see(request, "/settings/copies")


@taking
def rehearse(request: Request, _: Form) -> Response:
    """Restore the newest copy into a scratch folder, and compare."""
    with rooms(request).door.inside() as practice:
        found = tending.rehearse(practice)
        copies, folder = practice.journal.copies(), practice.journal.vault.folder
    return page(request, "settings/copies.html", copies=copies, folder=folder, tried=found)
