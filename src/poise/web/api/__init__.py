"""The HTTP API: the same things as the pages, for a program of the same person. It needs the launch file's token."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.routing import Route

from .calling import Call, Given, Path
from .calls import CALLS
from .describing import description
from .shapes import anything

__all__ = ["every_call", "routes"]


def every_call() -> list[Call]:
    """Every call, the description among them."""
    own = Call(
        "describe",
        "GET",
        "/api/openapi.json",
        "This description.",
        _describe,
        {200: anything("An OpenAPI 3.1 document.")},
    )
    return [own, *CALLS]


def routes() -> list[Route]:
    """The paths of the API."""
    by_path: dict[str, list[Call]] = {}
    for call in every_call():
        by_path.setdefault(call.path, []).append(call)
    return [*(Route(path, Path(calls)) for path, calls in by_path.items()), Route("/api/{path:path}", Path([]))]


@cache
def _described() -> dict[str, Any]:
    return description(every_call())


def _describe(_: Given) -> Any:
    return _described()
