"""The app: its pages behind the guard."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from . import api
from .guard import Guard
from .page import Rooms
from .pages import (
    access,
    afterwards,
    check_in,
    foresight,
    look_back,
    now,
    people,
    pocket,
    proposals,
    rulebook,
    settings,
    supervision,
    two_roles,
    welcome,
    wrong,
)
from .sessions import Sessions

WITHOUT_PRACTICE = (welcome.HOME, "/enter", "/static/", "/state", "/exit", "/danger", "/api/")


class Welcoming:
    """ASGI middleware: where no practice was set up yet, every page but a few leads to the first visit."""

    def __init__(self, app: ASGIApp, rooms: Rooms) -> None:
        self.app, self.rooms = app, rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or lead on."""
        ready = scope["type"] != "http" or scope["path"].startswith(WITHOUT_PRACTICE) or self.rooms.door.there
        await (self.app if ready else RedirectResponse(welcome.HOME, 303))(scope, receive, send)


def make_app(rooms: Rooms, sessions: Sessions, names: Iterable[str]) -> Starlette:
    """The app of one practice. `names` are the hosts, with port, that it answers to."""
    routes: list[BaseRoute] = [
        *now.routes(),
        *access.routes(),
        *afterwards.routes(),
        *check_in.routes(),
        *people.routes(),
        *rulebook.routes(),
        *look_back.routes(),
        *proposals.routes(),
        *supervision.routes(),
        *two_roles.routes(),
        *foresight.routes(),
        *settings.routes(),
        *pocket.routes(),
        *welcome.routes(),
        *api.routes(),
        Mount("/static", GZipMiddleware(StaticFiles(packages=[("poise.web", "static")]))),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, names=tuple(names), sessions=sessions), Middleware(Welcoming, rooms=rooms)],
        exception_handlers=wrong.handlers(),
    )
    app.state.rooms, app.state.sessions = rooms, sessions
    return app
