"""The guard before every page: who is asked for, who asks, and what a browser may do with the answer.

What it keeps out, in this order: a name that is not this machine's (DNS rebinding), a write from another site or
another port (cross-site request forgery), and anyone without a session. See docs/privacy.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..pocket.building import POLICY as PHONE_POLICY
from .api.problem import problem
from .sessions import Sessions

READS = ("GET", "HEAD")
FOR_ALL = ("/enter", "/static/")
"""Paths that need no session: the launch link itself, and what every copy of Poise has."""
API = "/api/"
MOST_BYTES = 2_000_000
"""Of a form or an API call. Files that are brought in have their own page and limit."""
LARGE = {"/settings/import": 200_000_000, "/settings/phone/home": 60_000_000, "/pocket/letters": 60_000_000}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx"
)
POCKET = "/pocket/"
"""Where the page for a phone is tried on this machine. It has its own rules, which are as strict."""
POCKET_POLICY = f"{PHONE_POLICY}; frame-ancestors 'none'"
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Guard:
    """ASGI middleware. `names` are the hosts, with port, that this app answers to."""

    def __init__(self, app: ASGIApp, names: Iterable[str], sessions: Sessions) -> None:
        self.app, self.names, self.sessions = app, frozenset(names), sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["nonce"] = nonce = secrets.token_urlsafe(16)
        refusal = self._refusal(scope)
        answering = _Answering(send, nonce, scope["path"])
        if refusal:
            await refusal(scope, receive, answering)
        else:
            await self.app(scope, receive, answering)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The first reason not to let a request in."""
        headers = Headers(scope=scope)
        if headers.getlist("host") != [headers.get("host", "")] or headers.get("host") not in self.names:
            return _refused(scope, 421, "unknown host")
        if scope["method"] not in READS and (refusal := _too_large(scope, headers)):
            return refusal
        return (
            self._of_a_program(scope, headers) if scope["path"].startswith(API) else self._of_a_browser(scope, headers)
        )

    def _of_a_program(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if self.sessions.may_use_api(headers.get("authorization", "")):
            return None
        return _refused(scope, 401, "the API needs the token of the launch file")

    def _of_a_browser(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if scope["method"] not in READS and not self._same_origin(headers):
            return PlainTextResponse("writes come from this app's own pages only\n", 403)
        known = self.sessions.knows(_cookie(headers, self.sessions.cookie))
        if scope["path"].startswith(FOR_ALL) or known:
            return None
        return PlainTextResponse("This page opens by a link of its own: run `poise open` once more.\n", 401)

    def _same_origin(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") == f"http://{headers['host']}"


class _Answering:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, nonce: str, path: str) -> None:
        self.send, self.nonce, self.path = send, nonce, path

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            good = message["status"] == 200
            policy = POCKET_POLICY if good and self.path.startswith(POCKET) else POLICY.format(nonce=self.nonce)
            headers["Content-Security-Policy"] = policy
            if not (good and self.path.startswith("/static/")):
                headers["Cache-Control"] = "no-store"
        await self.send(message)


def _refused(scope: Scope, status: int, words: str) -> Response:
    """A refusal: a line of text, or a problem for a program."""
    return problem(status, words) if scope["path"].startswith(API) else PlainTextResponse(f"{words}\n", status)


def _too_large(scope: Scope, headers: Headers) -> ASGIApp | None:
    """Whether what comes in says how long it is, and is not longer than fits."""
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return _refused(scope, 411, "what is sent has to say how long it is")
    most = LARGE.get(scope["path"], MOST_BYTES)
    if int(length[:12]) > most:
        return _refused(scope, 413, f"this is longer than {most // 1_000_000} MB; nothing was taken")
    return None


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return found[name].value if name in found else ""
