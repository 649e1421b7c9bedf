"""Proposals: at most two changes that one's own notes speak for, each to be taken, kept private, or forgotten."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...learning.telling import MOST_SHOWN, forecast_words, habit_words
from ...practice import Practice
from ...practice.proposed import FORGOTTEN, PRIVATE, TAKEN, Answered, Offer, Offers
from ...practice.telling.proposed import WAYS, answered_words, nothing_words, offer_words, only_proposed_words
from ...rulebook.speech import Say, spoken
from ..page import Form, page, rooms, say_of, see, taking, words
from .afterwards import Row, row_of
from .rulebook.differing import Difference, Line, lines
from .rulebook.review import told

HERE = "/proposals"
MOST_EARLIER = 20
PATIENCE = 0.3
"""Seconds that a page waits for what is being worked out, before it says that it is."""


class Shown(NamedTuple):
    """A proposal as it stands on the page: its words, the moments behind it, what it changes."""

    offer: Offer
    said: list[str]
    rows: list[Row]
    changes: tuple[Difference, ...]
    lines: tuple[Line, ...]


def routes() -> list[Route]:
    """The paths of this page."""
    return [
        Route(HERE, listed),
        Route(HERE, answer, methods=["POST"]),
        Route(f"{HERE}/looked", looked),
        Route(f"{HERE}/undo/{{number:int}}", undo, methods=["POST"]),
    ]


def listed(request: Request) -> Response:
    """What is proposed, what else hindsight says, and what became of earlier proposals. Raises Mistakes.

    Where it takes a while to work out, it says so and looks again by itself.
    """
    say, shared = say_of(request), rooms(request)
    with shared.door.inside() as practice:
        ready = shared.learning.ready(shared.door, practice, PATIENCE)
        found = practice.proposals() if ready else None
        lesson = practice.lesson()
        return page(
            request,
            "proposals/list.html",
            working=not ready,
            nothing="" if found is None else nothing_words(found, say),
            only=only_proposed_words(say),
            shown=[] if found is None else [_shown(practice, found, offer, say) for offer in found],
            ways=spoken(say, WAYS),
            beside=_beside(practice, say),
            earlier=[(each, answered_words(lesson.book, each, say)) for each in lesson.answered[:MOST_EARLIER]],
            meanwhile="meanwhile" in request.query_params,
        )


def looked(request: Request) -> Response:
    """Where it is still being worked out, that; else go and look at it. Asking is no visit."""
    shared = rooms(request)
    with shared.door.inside(visit=False) as practice:
        if shared.learning.ready(shared.door, practice):
            return see(request, HERE)
    return page(request, "proposals/working.html")


@taking
def answer(request: Request, form: Form) -> Response:
    """Take one, keep it private, or forget it; one that is not proposed any more is not touched."""
    asked = tuple(words(form, name, 200) for name in ("book", "sha256", "guideline", "new"))
    shared = rooms(request)
    with shared.door.inside() as practice:
        does = {TAKEN: practice.accept, PRIVATE: practice.keep_private, FORGOTTEN: practice.forget}
        what = does.get(words(form, "what"))
        ready = shared.learning.ready(shared.door, practice, PATIENCE)
        offers = practice.proposals() if ready else ()
        offer = next((each for each in offers if tuple(map(str, each.same)) == asked), None)
        if what is None or offer is None:
            return see(request, f"{HERE}?meanwhile")
        what(offer)
    return see(request, HERE)


@taking
def undo(request: Request, _: Form) -> Response:
    """Undo what was done with one. Raises Refused where the book was changed there since."""
    with rooms(request).door.inside() as practice:
        found: list[Answered] = [
            each for each in practice.lesson().answered if each.number == request.path_params["number"]
        ]
        for each in found:
            practice.take_back(each)
    return see(request, HERE if found else f"{HERE}?meanwhile")


def _shown(practice: Practice, found: Offers, offer: Offer, say: Say) -> Shown:
    nicknames = practice.nicknames()
    new = practice.books.understood(offer.book, offer.change.after)
    return Shown(
        offer,
        offer_words(found.book, offer, say),
        [row_of(practice, moment, nicknames) for moment in offer.behind[:MOST_SHOWN]],
        told(found.book, new, say) or (),
        lines(offer.change.before, offer.change.after) or (),
    )


def _beside(practice: Practice, say: Say) -> list[str]:
    """Letting be as a habit, and what was expected, where there is enough to tell."""
    habit = practice.drift()
    forecasts = [forecast_words(each, say) for each in practice.forecasts() if each.enough]
    return [*([habit_words(habit, say)] if habit else []), *forecasts]
