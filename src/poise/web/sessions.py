"""Who may come in: a launch link that works once, and the cookie it is exchanged for."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

LAUNCH_SECONDS = 120.0
MOST_LINKS = 20


class Sessions:
    """The sessions of one running app, in memory only: a restart asks for a new launch link.

    `cookie` is this run's own cookie name, as cookies are shared by all ports of an address. `token` is for the API.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.cookie = f"poise_{secrets.token_hex(4)}"
        self.token = secrets.token_urlsafe(32)
        self._links: dict[str, float] = {}
        self._open: set[str] = set()

    def link(self) -> str:
        """A secret that opens one session, soon."""
        now = self._clock()
        fresh = {link: end for link, end in self._links.items() if end > now}
        self._links = dict(list(fresh.items())[-MOST_LINKS + 1 :])
        link = secrets.token_urlsafe(32)
        self._links[link] = now + LAUNCH_SECONDS
        return link

    def enter(self, link: str) -> str | None:
        """A session for a launch link that was not used yet."""
        end = self._links.pop(link, 0.0)
        if end <= self._clock():
            return None
        session = secrets.token_urlsafe(32)
        self._open.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session is one of these."""
        return any(hmac.compare_digest(session.encode(), known.encode()) for known in self._open)

    def may_use_api(self, authorization: str) -> bool:
        """Whether an `Authorization` header carries this run's token."""
        return hmac.compare_digest(authorization.encode("utf-8", "replace"), f"Bearer {self.token}".encode())
