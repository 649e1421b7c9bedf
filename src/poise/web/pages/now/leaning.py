"""Which way it leans so far, why, and what will you do."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....weighing.asking import next_question
from ....weighing.telling import told
from ....weighing.weighing import Weighing
from ...drawing.balance import balance
from ...page import Form, help_lines, page, rooms, say_of, see, taking, words
from .moment import book_by, keep, said_so_far
from .with_whom import weighed, with_whom

ELSE, SAVE = "something_else", "just_save"


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/now/{draft}/leaning", leaning),
        Route("/now/{draft}/did", did, methods=["POST"]),
    ]


def leaning(request: Request) -> Response:
    """Which way it leans so far, why, and what will you do."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    if draft.kept:
        return see(request, f"/now/{draft.id}/kept")
    book = book_by(shared, draft.book)
    weighing, say = weighed(shared, draft, book), say_of(request)
    if weighing.bound:
        return page(
            request,
            "now/bound.html",
            draft=draft,
            book=book,
            told=told(weighing, say),
            sheet=help_lines(request),
            said=said_so_far(book, draft),
        )
    main = weighing.mine or weighing.toward or weighing.beside
    named = next_question(weighing, set(draft.passed)) if draft.passed else weighing.next_question
    return page(
        request,
        "now/leaning.html",
        draft=draft,
        book=book,
        told=told(weighing, say),
        balance=balance(weighing, main) if main and weighing.steer else None,
        question=book.considerations[named] if named else None,
        choices=_choices(weighing),
        whom=with_whom(shared, draft, weighing, say),
        said=said_so_far(book, draft),
        else_=ELSE,
        save=SAVE,
    )


@taking
def did(request: Request, form: Form) -> Response:
    """Take what I did, and keep the moment."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = book_by(shared, draft.book)
    chosen = words(form, "did")
    if chosen in book.responses:
        draft.did[book.responses[chosen].list] = chosen
    elif chosen == ELSE:
        draft.did_else = draft.did_else or "something else"
    if not draft.kept:
        draft.believed = "yes" if weighed(shared, draft, book).moment.beliefs else ""
    keep(shared, draft)
    return see(request, f"/now/{draft.id}/kept")


def _choices(weighing: Weighing) -> list[tuple[str, str]]:
    """(response, its words): the lead and its rival where something is suggested, every one where nothing is."""
    main = weighing.mine or weighing.toward
    if not weighing.steer or main is None:
        standing = [s.response for each in weighing.leanings for s in each.ranking]
    else:
        standing = [*main.lead, *([main.rival.response] if main.rival else [])]
    return [(response, weighing.book.responses[response].say) for response in standing]
