"""One call of the API: where it is, what it takes and gives, and who answers. The description is made from the same."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ...journal.trouble import Trouble
from ...practice import Practice
from ...rulebook.mistake import Mistake, Mistakes
from ..page import Rooms, rooms
from . import problem
from .shapes import Shape, unfitting

NOTHING_DONE = "Nothing was changed."
_SURROGATE = re.compile("[\ud800-\udfff]")


class Given(NamedTuple):
    """What a call was given, each part of the shape that was asked for."""

    request: Request
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any

    @property
    def rooms(self) -> Rooms:
        """What the call shares with the pages."""
        return rooms(self.request)

    def inside(self) -> AbstractContextManager[Practice]:
        """The open practice. Raises Locked."""
        return self.rooms.door.inside()


class Answer(NamedTuple):
    """What is answered, where the status is not the usual one of the call."""

    status: int
    body: Any


@dataclass(frozen=True)
class Call:
    """One method of one path."""

    name: str
    method: str
    path: str
    says: str
    answer: Callable[[Given], Any]
    gives: Mapping[int, Shape]
    """{status: shape}, the usual one first."""
    takes: Shape | None = None
    query: Mapping[str, Shape] = field(default_factory=dict)
    parts: Mapping[str, Shape] = field(default_factory=dict)
    """The parts of the path that vary."""

    def given(self, request: Request, data: bytes) -> Given:
        """What the call was given. Raises Mistakes."""
        query, mistakes = _query(self.query, request)
        body = _read(data) if self.takes else None
        if self.takes:
            mistakes += unfitting(self.takes, body, "what was sent")
        for name, shape in self.parts.items():
            mistakes += unfitting(shape, request.path_params[name], f"`{name}`")
        if mistakes:
            raise Mistakes(mistakes, NOTHING_DONE)
        return Given(request, request.path_params, query, body)

    def answered(self, request: Request, data: bytes) -> Response:
        """The answer; what went wrong is a problem in words."""
        try:
            found = self.answer(self.given(request, data))
        except Trouble as trouble:
            return problem.of_trouble(trouble)
        except Mistakes as mistakes:
            return problem.of_mistakes(mistakes)
        answer = found if isinstance(found, Answer) else Answer(next(iter(self.gives)), found)
        return JSONResponse(answer.body, answer.status)


class Path:
    """An ASGI app: the calls of one path, by method. Without any there is nothing there."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self.calls = {call.method: call for call in calls}
        if "GET" in self.calls:
            self.calls["HEAD"] = self.calls["GET"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        call = self.calls.get(request.method)
        if not self.calls:
            answer = problem.problem(404, "the API has no such path", "`/api/openapi.json` describes them all")
        elif call is None:
            allowed = {"Allow": ", ".join(self.calls)}
            answer = problem.problem(405, f"there is no {request.method[:20]} here", headers=allowed)
        else:
            answer = await run_in_threadpool(call.answered, request, await request.body())
        await answer(scope, receive, send)


def _query(shapes: Mapping[str, Shape], request: Request) -> tuple[dict[str, Any], list[Mistake]]:
    """What stands behind the question mark, read; and what about it does not fit."""
    asked = dict(request.query_params)
    mistakes = [Mistake("unknown-name", f"nothing is asked about `{name[:60]}` here") for name in asked.keys() - shapes]
    found = {name: _plain(shapes[name], value) for name, value in asked.items() if name in shapes}
    for name, value in found.items():
        mistakes += unfitting(shapes[name], value, f"`{name}`")
    return found, mistakes


def _plain(shape: Shape, value: str) -> Any:
    if shape["type"] == "integer" and re.fullmatch(r"-?[0-9]{1,9}", value):
        return int(value)
    if shape["type"] == "boolean":
        return {"true": True, "false": False}.get(value, value)
    return value


def _read(data: bytes) -> Any:
    """The JSON that was sent. Raises Mistakes."""
    try:
        words = data.decode("utf-8")
        found = json.loads(words, parse_constant=_no_number, parse_float=_number)
        if _SURROGATE.search(json.dumps(found, ensure_ascii=False)):
            raise _unreadable("encoding", "half of a sign stands in what was sent")
    except UnicodeDecodeError:
        raise _unreadable("encoding", "what was sent is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise _unreadable("not-readable", "what was sent is not JSON") from None
    return found


def _unreadable(kind: str, message: str) -> Mistakes:
    return Mistakes([Mistake(kind, message)], NOTHING_DONE)


def _no_number(_: str) -> Any:
    raise ValueError


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError
    return number
