"""The history of a book in plain words: which change came when. Going back is a new step, and nothing is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....practice import Practice
from ....practice.book_history import Step
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say
from ...page import page, rooms, say_of
from .differing import Difference, Line, lines
from .naming import asked_for, mark_of
from .proposing import standing
from .review import read_or_none, told

AT_ONCE = 20
"""Steps on one page."""


class Told(NamedTuple):
    """One step: when, how it came, and what it changed. `differences` is None where a text cannot be read."""

    number: int
    at: datetime
    how: str
    sha256: str
    first: bool
    differences: tuple[Difference, ...] | None
    lines: tuple[Line, ...] | None


def routes() -> list[Route]:
    """The paths of this page."""
    return [Route("/rulebook/{book}/history", shown)]


def shown(request: Request) -> Response:
    """The last steps, the newest first; and earlier ones."""
    name = asked_for(request)
    with rooms(request).door.inside() as practice:
        now, _ = standing(practice, name)
        steps = practice.books.history(name)
        until = _until(request, len(steps))
        first = max(0, until - AT_ONCE)
        found = [_told(practice, name, steps, number, say_of(request)) for number in range(until - 1, first - 1, -1)]
        title = book.title if (book := read_or_none(practice, name, practice.books.text(name))) else name
    return page(request, "rulebook/history.html", mark=mark_of(name), title=title, steps=found, now=now, earlier=first)


def _until(request: Request, count: int) -> int:
    """Where the page ends: `?until=` a step, or the last one."""
    asked = request.query_params.get("until", "")
    return max(1, min(count, int(asked))) if asked.isascii() and asked.isdigit() and len(asked) < 9 else count


def _told(practice: Practice, name: str, steps: list[Step], number: int, say: Say) -> Told:
    step = steps[number]
    if number == 0:
        return Told(number, step.at, step.how, step.sha256, True, (), ())
    before, after = (_text(practice, each) for each in (steps[number - 1], step))
    old, new = (_book(practice, name, each) for each in (before, after))
    found = told(old, new, say) if old and new else None
    return Told(number, step.at, step.how, step.sha256, False, found, lines(before, after) if not found else None)


def _text(practice: Practice, step: Step) -> str:
    return practice.journal.text(step.sha256) or ""


def _book(practice: Practice, name: str, text: str) -> Rulebook | None:
    return read_or_none(practice, name, text) if text else None
