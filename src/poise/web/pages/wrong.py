"""What went wrong, as a page in plain words. Nothing that was written is lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...journal.trouble import Locked, NotThere, Refused, Trouble
from ...rulebook.mistake import Mistakes
from ..api.problem import problem
from ..guard import API
from ..page import drop_pages, page, say_of, see

STATUS: dict[type[Trouble], int] = {NotThere: 404, Refused: 422}


def handlers() -> Mapping[Any, Any]:
    """Which page answers which exception."""
    return {Locked: _locked, Trouble: _trouble, Mistakes: _mistakes, HTTPException: _http, Exception: _crash}


def _locked(request: Request, _: Exception) -> Response:
    back = request.url.path if request.method in ("GET", "HEAD") else "/"
    answer = see(request, f"/unlock?to={quote(back)}")
    drop_pages(request, answer)
    return answer


def _trouble(request: Request, trouble: Trouble) -> Response:
    status = STATUS.get(type(trouble), 409)
    message, help = trouble.said(say_of(request))
    if isinstance(trouble, NotThere) and "`" in help:  # what a terminal can be asked for
        help = say_of(request)("The links below lead on.")
    return said(request, message, help, status)


def _mistakes(request: Request, mistakes: Exception) -> Response:
    return said(request, "", "", 422, str(mistakes))


def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        say = say_of(request)
        return said(request, say("There is no such page."), say("The links below lead on."), 404)
    return said(request, error.detail, "", error.status_code)


def _crash(request: Request, _: Exception) -> Response:
    if request.url.path.startswith(API):
        return problem(500, "something went wrong in Poise itself", "what was kept before is kept")
    say = say_of(request)
    return said(request, say("Something went wrong in Poise itself."), say("What you wrote before is kept."), 500)


def said(request: Request, message: str, help: str, status: int, mistakes: str = "") -> Response:
    """The page. Sent to htmx, its words go where the form stays."""
    answer = page(request, "wrong.html", status=status, message=message, help=help, mistakes=mistakes)
    if request.headers.get("hx-request"):
        answer.headers.update({"HX-Retarget": "#trouble", "HX-Reselect": "[data-words]", "HX-Reswap": "innerHTML"})
    return answer
