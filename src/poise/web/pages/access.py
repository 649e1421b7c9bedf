"""Coming in, unlocking, locking, and leaving at once."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ...journal import waiting
from ...journal.trouble import Trouble, WrongKey
from ..page import Form, drop_pages, page, rooms, say_of, see, taking, words

LEADING_IN = """<!doctype html><meta charset="utf-8"><title>Poise</title>
<link rel="icon" href="/static/icon.svg">
<meta http-equiv="refresh" content="0; url=/"><p><a href="/">Go on</a></p>
"""


def routes() -> list[Route]:
    """The paths of coming and going."""
    return [
        Route("/enter", enter),
        Route("/unlock", unlocking),
        Route("/unlock", unlock, methods=["POST"]),
        Route("/lock", lock, methods=["POST"]),
        Route("/left", left),
        Route("/exit", leave, methods=["POST"]),
        Route("/state", state),
    ]


def enter(request: Request) -> Response:
    """Exchange a launch link, which works once, for this run's cookie."""
    sessions = request.app.state.sessions
    session = sessions.enter(request.query_params.get("link", ""))
    if session is None:
        return PlainTextResponse("This link was used already, or is old. `poise open` makes a new one.\n", 401)
    answer = HTMLResponse(LEADING_IN)  # a redirect would count as coming from the file that led here: no strict cookie
    answer.set_cookie(sessions.cookie, session, httponly=True, samesite="strict", path="/")
    return answer


def unlocking(request: Request) -> Response:
    """Ask for the passphrase."""
    shared = rooms(request)
    if shared.door.open:
        return see(request, _back(request.query_params.get("to", "")))
    return page(
        request,
        "unlock.html",
        to=_back(request.query_params.get("to", "")),
        waiting=waiting.how_many(shared.door.folder),
        wrong="",
    )


@taking
def unlock(request: Request, form: Form) -> Response:
    """Open the journal."""
    shared, to = rooms(request), _back(words(form, "to"))
    passphrase = form.get("passphrase", "")
    try:
        shared.door.unlock(passphrase if isinstance(passphrase, str) else "")
    except WrongKey as wrong:
        found = waiting.how_many(shared.door.folder)
        return page(request, "unlock.html", status=422, to=to, waiting=found, wrong=wrong.said(say_of(request))[0])
    return see(request, "/unlocked" if shared.door.troubles else to)


def left(request: Request) -> Response:
    """Where a page without scripts leaves to, once the clock may have locked it away.

    This is no visit: it shows nothing that is sealed, and the clock goes on.
    """
    to = _back(request.query_params.get("to", ""))
    if rooms(request).door.open:
        return page(request, "left.html", to=to)
    return see(request, f"/unlock?to={quote(to)}")


@taking
def lock(request: Request, _: Form) -> Response:
    """Drop the key. What a browser kept of these pages goes with it."""
    rooms(request).lock()
    return _forgotten(request, see(request, "/unlock"))


@taking
def leave(request: Request, _: Form) -> Response:
    """Lock, and show a page that says nothing."""
    rooms(request).lock()
    return _forgotten(request, RedirectResponse("/static/away.html", 303))


def _forgotten(request: Request, answer: Response) -> Response:
    """Have the browser drop its copies of pages."""
    answer.headers["Clear-Site-Data"] = '"cache"'
    drop_pages(request, answer)
    return answer


def state(request: Request) -> Response:
    """Whether the journal is open. Asking is no visit."""
    return JSONResponse({"open": rooms(request).door.open})


def _back(path: str) -> str:
    """A page of this app to go back to, and nothing else."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"


def troubles(request: Request, found: list[Trouble]) -> list[tuple[str, str]]:
    """What went wrong, in words."""
    return [each.said(say_of(request)) for each in found]
