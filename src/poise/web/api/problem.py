"""What went wrong, for a program: problem details (RFC 9457), as one JSON object in the words a person would read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from ...journal.trouble import Locked, NoJournal, NotThere, Refused, Trouble, WrongKey
from ...rulebook.mistake import SHOWN, Mistakes

MEDIA = "application/problem+json"
STATUS: dict[type[Trouble], int] = {Locked: 423, NotThere: 404, NoJournal: 404, Refused: 422, WrongKey: 422}
"""Every other trouble is a conflict with how things stand: 409."""


def problem(  # noqa: PLR0913 - what RFC 9457 names, and what this project adds
    status: int,
    detail: str,
    help: str = "",
    *,
    kind: str = "",
    mistakes: list[dict[str, object]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer that says what went wrong. `kind` is for programs, `detail` and `help` are for people."""
    title = HTTPStatus(status).phrase
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "help": help,
        "kind": kind or _dashed(title),
        "mistakes": mistakes or [],
    }
    return Response(json.dumps(found, ensure_ascii=False).encode(), status, headers, MEDIA)


def of_trouble(trouble: Trouble) -> Response:
    """The problem that a trouble is."""
    kind = "" if type(trouble) is Trouble else _dashed(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(trouble).__name__))
    return problem(STATUS.get(type(trouble), 409), trouble.message, trouble.help, kind=kind)


def of_mistakes(found: Mistakes) -> Response:
    """The problem that mistakes are: each with its kind, message, help, and its place where it has one."""
    mistakes = [mistake.as_dict() for mistake in found.mistakes[:SHOWN]]
    return problem(422, found.kept, kind="mistakes", mistakes=mistakes)


def _dashed(words: str) -> str:
    return words.lower().replace(" ", "-")
