"""The breath, and the first questions, one at a time; each can be answered otherwise later."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal import waiting
from ....rulebook.consideration import Consideration
from ....rulebook.guideline import MINE, TOWARD
from ....rulebook.rulebook import Rulebook
from ....weighing.moment import THEIRS
from ...draft import Draft
from ...page import Form, page, rooms, see, taking, words
from ...shelf import names_of
from .leaning import ELSE
from .moment import book_by, next_first, said_so_far


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/", opening),
        Route("/now", begin, methods=["POST"]),
        Route("/now/{draft}", asked),
        Route("/now/{draft}", answer, methods=["POST"]),
        Route("/now/{draft}/ask/{question}", again),
    ]


def opening(request: Request) -> Response:
    """The first screen: the breath, and the first question."""
    shared = rooms(request)
    named = request.query_params.get("book", "")
    book = book_by(shared, named)
    whose = MINE if request.query_params.get("whose") == MINE and book.listed(MINE) else THEIRS
    return page(
        request,
        "now/opening.html",
        book=book,
        books=names_of(shared.door),
        named=named,
        whose=whose,
        question=next_first(book, Draft("", "", whose)),
        gut=book.listed(MINE if whose == MINE else TOWARD),
        slipped=bool(book.listed(MINE)),
        waiting=waiting.how_many(shared.door.folder),
    )


@taking
def begin(request: Request, form: Form) -> Response:
    """Take the first answer."""
    shared = rooms(request)
    book = book_by(shared, words(form, "book"))
    draft = Draft.begin(words(form, "book"), words(form, "whose"), datetime.now().astimezone().isoformat())
    return _taken(request, draft, book, form)


@taking
def answer(request: Request, form: Form) -> Response:
    """Take an answer."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    return _taken(request, draft, book_by(shared, draft.book), form)


def _taken(request: Request, draft: Draft, book: Rulebook, form: Form) -> Response:
    gut = words(form, "gut")
    if gut in (*book.responses, ELSE):
        draft.gut = gut
    asked, given = words(form, "question"), words(form, "answer")
    if asked in book.considerations and given in ("", *book.considerations[asked].answers):
        draft.answer(asked, given)
    rooms(request).drafts.save(draft)
    where = "/leaning" if words(form, "then") == "leaning" else ""
    return see(request, f"/now/{draft.id}{where}")


def asked(request: Request) -> Response:
    """The next of the first questions; the leaning where none is left."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = book_by(shared, draft.book)
    weighing = draft.weighing(book)
    question = next_first(book, draft) if weighing.steer and not weighing.bound else None
    if question is None:
        return see(request, f"/now/{draft.id}/leaning")
    return _asking(request, draft, book, question, then="")


def again(request: Request) -> Response:
    """One question, to answer it otherwise."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = book_by(shared, draft.book)
    question = book.considerations.get(request.path_params["question"])
    if question is None:
        return see(request, f"/now/{draft.id}")
    return _asking(request, draft, book, question, then="leaning")


def _asking(request: Request, draft: Draft, book: Rulebook, question: Consideration, *, then: str) -> Response:
    """One question alone on its page; `then` is where its answer leads."""
    said = said_so_far(book, draft)
    return page(request, "now/question.html", draft=draft, book=book, question=question, then=then, said=said)
