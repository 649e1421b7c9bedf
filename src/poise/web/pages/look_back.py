"""Look back: what was kept in a time, opened by the person; facts beside each other, like a page of a diary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import FollowUp
from ...practice import Practice
from ...practice.telling import nothing_words, sections, since_words, with_strain
from ...practice.telling.looking_back import WAITING
from ...practice.telling.proposed import offered_words
from ...rulebook.speech import Say
from ..page import Form, Rooms, page, rooms, say_of, see, taking, words

DAYS = {"week": 7, "month": 31, "quarter": 92}
ALL, USUAL = "all", "month"
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
FEWER = "a shorter time"
MOST = 300
"""Moments that are weighed again for one page."""


def routes() -> list[Route]:
    """The paths of this page."""
    return [
        Route("/look-back", looked),
        Route("/look-back/on", turn, methods=["POST"]),
        Route("/look-back/came-back/{follow_up}", came_back, methods=["POST"]),
    ]


def looked(request: Request) -> Response:
    """What was kept since a week, a month, a quarter, or ever."""
    since, say = _since(request.query_params.get("since", "")), say_of(request)
    with rooms(request).door.inside() as practice:
        if not practice.looks_back:
            return page(request, "look_back/off.html")
        start = BEGINNING if since == ALL else practice.journal.now() - timedelta(days=DAYS[since])
        found = practice.look_back(start, MOST)
        proposed = _proposed(rooms(request), practice, say)
        told = with_strain(practice.strain_on_me(), sections(practice, found, say(FEWER), say), say)
    return page(
        request,
        "look_back/looked.html",
        since=since,
        times=[*DAYS, ALL],
        head="" if since == ALL else since_words(found, say),
        nothing="" if since == ALL else nothing_words(found, say),
        sections=told,
        proposed=proposed,
        waiting=WAITING,
    )


@taking
def turn(request: Request, form: Form) -> Response:
    """Turn the look back off for good, or on again."""
    with rooms(request).door.inside() as practice:
        practice.looks_back = words(form, "on") == "yes"
    return see(request, "/look-back")


@taking
def came_back(request: Request, form: Form) -> Response:
    """Note that I came back to something. Raises NotThere."""
    with rooms(request).door.inside() as practice:
        found = practice.journal.get(FollowUp, request.path_params["follow_up"])
        if found.trashed_at is None and found.done_at is None:
            practice.came_back(found)
    return see(request, f"/look-back?since={_since(words(form, 'since'))}")


def _proposed(shared: Rooms, practice: Practice, say: Say) -> list[str]:
    """What one's notes speak for changing, in few words; nothing while that is still being worked out."""
    if not shared.learning.ready(shared.door, practice):
        return []
    return offered_words(practice.proposals(), say)


def _since(asked: str) -> str:
    return asked if asked in (*DAYS, ALL) else USUAL
