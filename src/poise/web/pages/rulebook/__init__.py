"""My rulebook: read it, change it in words or as text, see before saving what that would change, and its history."""

from __future__ import annotations

from starlette.routing import Route

from . import adding, findings, guideline, history, new, reading, review, text

PAGES = (new, reading, guideline, adding, text, review, history, findings)


def routes() -> list[Route]:
    """The paths of these pages."""
    return [route for each in PAGES for route in each.routes()]
