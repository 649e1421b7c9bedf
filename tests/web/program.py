"""A program of the same person: it meets the API over a real socket, and holds every answer against the description."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from poise.web.api import every_call
from poise.web.api.describing import description
from poise.web.serving import Serving

from ..made import PASSPHRASE

PROBLEM = "application/problem+json"
ANSWERS = {"who_was_hit": "someone_here", "harm": "stings", "safety": "safe", "place": "small_group"}


@dataclass(frozen=True)
class Said:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def kinds(self) -> list[str]:
        """The kinds of mistake in a problem."""
        return [each["kind"] for each in self.body["mistakes"]]


@dataclass(frozen=True)
class Program:
    """Whoever has the token."""

    app: Serving

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Said:
        """Call, and see that the answer is as described."""
        data = json.dumps(body).encode() if body is not None else b""
        said = self.send(method, path, data, **headers)
        as_described(method, path.partition("?")[0], said)
        return said

    def send(self, method: str, path: str, data: bytes = b"", **headers: str) -> Said:
        """Call with these very bytes."""
        known = {"Authorization": f"Bearer {self.app.sessions.token}"}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.app.port, timeout=30)
        try:
            connection.request(method, path, data, known)
            answer = connection.getresponse()
            raw = answer.read()
        finally:
            connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Said(answer.status, found, json.loads(raw) if raw else None)


def as_described(method: str, path: str, said: Said) -> None:
    """See that an answer has the status, the media type and the shape that the description says."""
    operation = _operation(method, path)
    assert str(said.status) in operation["responses"], f"{method} {path} answered {said.status}: {said.body}"
    ((media, content),) = operation["responses"][str(said.status)]["content"].items()
    assert said.headers["content-type"] == media
    schema = {**content["schema"], "components": described()["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(said.body)


@cache
def described() -> dict[str, Any]:
    """The description, as the app serves it."""
    found: dict[str, Any] = json.loads(json.dumps(description(every_call())))
    return found


def _operation(method: str, path: str) -> Any:
    """What the description says of a call: of the path that is most like it."""
    parts = path.split("/")
    fitting = [
        known
        for known in described()["paths"]
        if len(known.split("/")) == len(parts)
        and all(one == two or one.startswith("{") for one, two in zip(known.split("/"), parts, strict=True))
    ]
    return described()["paths"][min(fitting, key=lambda known: known.count("{"))][method.lower()]


@pytest.fixture
def locked(app: Serving) -> Program:
    """A program; the journal is locked."""
    return Program(app)


@pytest.fixture
def program(locked: Program) -> Program:
    """A program that unlocked the journal."""
    assert locked.ask("POST", "/api/unlock", {"passphrase": PASSPHRASE}).body["open"]
    return locked


def new() -> str:
    """A name for a moment, as a client makes it."""
    return uuid4().hex


def kept(program: Program, **more: Any) -> dict[str, Any]:
    """A moment that was kept just now."""
    said = program.ask("PUT", f"/api/moments/{new()}", {"answers": ANSWERS, "did": "gentle_now", **more})
    assert said.status == 201
    found: dict[str, Any] = said.body
    return found
