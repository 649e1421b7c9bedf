"""A running app, met over a real socket as a browser without JavaScript would."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from poise.web.serving import Serving


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return self.raw.decode()

    @property
    def words(self) -> str:
        """What a person reads, on one line."""
        main = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]*>", " ", self.text, flags=re.DOTALL)
        return " ".join(unescape(main).split())

    @property
    def place(self) -> str:
        return self.headers["location"]


@dataclass
class Visitor:
    """Somebody at a browser on this machine. Headers can be left out by setting them to None."""

    app: Serving
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
        **more: str | None,
    ) -> Answer:
        known: dict[str, str | None] = {"Host": f"127.0.0.1:{self.app.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            known["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        known |= {name.replace("_", "-"): value for name, value in {**(headers or {}), **more}.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.app.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in known.items():
                if value is not None:
                    connection.putheader(name, value)
            if method == "POST" and "Content-Length" not in known:
                connection.putheader("Content-Length", str(len(body or b"")))
            connection.endheaders(body)
            answer = connection.getresponse()
            raw = answer.read()
        finally:
            connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        if "set-cookie" in found:
            name, value = found["set-cookie"].split(";")[0].split("=", 1)
            self.cookies[name] = value
        return Answer(answer.status, found, raw)

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def send(self, path: str, form: Mapping[str, str] | None = None, **headers: str | None) -> Answer:
        body = urlencode(form or {}).encode()
        known: dict[str, str | None] = {"Content_Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, body=body, headers=known)

    def follow(self, answer: Answer) -> Answer:
        """The page that a form leads to."""
        assert answer.status == 303, answer.words
        return self.get(answer.place)

    def enter(self) -> Visitor:
        """Come in by a launch link."""
        assert self.get(f"/enter?link={self.app.sessions.link()}").status == 200
        return self
