"""A check-in: how I am, three questions in the words of my own book. Every one can be passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import CheckIn
from ...journal.keeping import new_uid
from ...journal.trouble import NotThere
from ...practice import Practice
from ...practice.asking import Asking, Question, checked
from ...practice.checking_in import questions
from ..page import Form, page, rooms, say_of, see, taking, words
from ..shelf import worded

HERE = "/check-in"
DRAFT = "check-in"
IN_WORDS = "_words"
"""Behind a question's name: the field for one's own words, which come before what was chosen."""
MOST_WORDS = 2000


def routes() -> list[Route]:
    """The paths of this page."""
    return [
        Route(HERE, asked),
        Route(HERE, keep, methods=["POST"]),
        Route(f"{HERE}/draft", drafted, methods=["POST"]),
        Route(f"{HERE}/kept", kept),
    ]


def asked(request: Request) -> Response:
    """The three questions, and what was typed and not kept yet. Raises Mistakes."""
    with rooms(request).door.inside() as practice:
        asking, body = _asking(request, practice), practice.journal.draft(DRAFT)
    return _page(request, asking, json.loads(body) if body else {})


@taking
def keep(request: Request, form: Form) -> Response:
    """Keep what was said; nothing, where every question was passed over. Raises Mistakes."""
    with rooms(request).door.inside() as practice:
        asking = _asking(request, practice)
        said = checked(asking, {each.name: _given(each, form) for each in asking({})})
        if not said:
            return _page(request, asking, {}, nothing=True)
        energy, toll, elsewhere = (said.get(name, "") for name in ("energy", "toll", "elsewhere"))
        practice.check_in(energy=energy, toll=toll, elsewhere=elsewhere, draft=DRAFT, uid=_once(form))
    return see(request, f"{HERE}/kept")


def kept(request: Request) -> Response:
    """It is kept."""
    with rooms(request).door.inside():
        return page(request, "check_in/kept.html")


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being said; where it was kept already, this comes too late."""
    with rooms(request).door.inside() as practice:
        with suppress(NotThere):
            practice.journal.get(CheckIn, _once(form))
            return Response(status_code=204)
        names = [name for each in _asking(request, practice)({}) for name in (each.name, each.name + IN_WORDS)]
        said = {name: words(form, name, MOST_WORDS) for name in names if name in form}
        practice.journal.save_draft(DRAFT, json.dumps(said, ensure_ascii=False))
    return Response(status_code=204)


def _asking(request: Request, practice: Practice) -> Asking:
    """The questions in the language of the pages, as far as the book's words are the starters'."""
    return questions(worded(practice.books.read(), rooms(request).look.language), say_of(request))


def _once(form: Form) -> str:
    """The name that the check-in will have, so that it is kept once, however often it is sent."""
    found = words(form, "once", 40)
    return found if re.fullmatch("[0-9a-z]{32}", found) else ""


def _given(question: Question, form: Form) -> str:
    return words(form, question.name + IN_WORDS, MOST_WORDS) or words(form, question.name, MOST_WORDS)


def _page(request: Request, asking: Asking, said: Mapping[str, str], *, nothing: bool = False) -> Response:
    return page(
        request,
        "check_in/asked.html",
        status=422 if nothing else 200,
        questions=[*asking({})],
        said=said,
        own=IN_WORDS,
        once=new_uid(),
        nothing=nothing,
    )
