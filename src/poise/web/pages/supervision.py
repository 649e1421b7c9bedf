"""A page for supervision: moments are chosen, it is written by hand, looked over for names, and printed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...practice import Practice, supervising
from ..page import Form, page, rooms, say_of, see, taking, words
from .afterwards import Row

LAST = 30
"""Moments to choose from."""
CHOSEN = "moment-"
"""What the name of a chosen moment's field begins with."""
MOST_WORDS = 500
"""Words that are changed at once."""


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/supervision", choosing),
        Route("/supervision", choose, methods=["POST"]),
        Route("/supervision/blank", blank),
        Route("/supervision/write", writing),
        Route("/supervision/write", write, methods=["POST"]),
        Route("/supervision/draft", drafted, methods=["POST"]),
        Route("/supervision/check", checking),
        Route("/supervision/check", change, methods=["POST"]),
        Route("/supervision/page", printed),
        Route("/supervision/away", put_away, methods=["POST"]),
    ]


def choosing(request: Request) -> Response:
    """The last moments, to choose from; or the page that is being made already."""
    with rooms(request).door.inside() as practice:
        begun = supervising.find(practice) is not None
        rows = [] if begun else _rows(practice)
    return page(request, "supervision/choose.html", rows=rows, begun=begun, chosen=CHOSEN)


@taking
def choose(request: Request, form: Form) -> Response:
    """Begin a page about the chosen moments. Raises Trouble."""
    uids = [name.removeprefix(CHOSEN) for name in form if name.startswith(CHOSEN)]
    with rooms(request).door.inside() as practice:
        supervising.begin(
            practice, [practice.moment(uid) for uid in uids[: supervising.MOST_MOMENTS + 1]], say_of(request)
        )
    return see(request, "/supervision/write")


def writing(request: Request) -> Response:
    """Every field of the page, to be written by hand."""
    with rooms(request).door.inside() as practice:
        draft = supervising.found(practice)
        book = practice.books.read()
    return page(
        request,
        "supervision/write.html",
        draft=draft,
        parts_=supervising.parts_of(draft.order),
        orders=supervising.ORDERS,
        ask_yourself=book.ask_yourself,
    )


@taking
def write(request: Request, form: Form) -> Response:
    """Keep what was written, and go on: to look it over, or to see it in another order."""
    with rooms(request).door.inside() as practice:
        _write(practice, form)
    return see(request, "/supervision/write" if words(form, "order") else "/supervision/check")


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed, without leaving the page."""
    with rooms(request).door.inside() as practice:
        _write(practice, form)
    return Response(status_code=204)


def checking(request: Request) -> Response:
    """Every word that could point to someone, each with room for another."""
    with rooms(request).door.inside() as practice:
        found = supervising.looked_over(practice, supervising.found(practice))
    return page(request, "supervision/check.html", found=found[:MOST_WORDS], kinds=supervising.KINDS)


@taking
def change(request: Request, form: Form) -> Response:
    """Put other words where somebody could be found."""
    pairs = [(words(form, f"word-{at}"), words(form, f"instead-{at}", 200)) for at in range(MOST_WORDS)]
    with rooms(request).door.inside() as practice:
        draft = supervising.found(practice)
        supervising.changed(practice, draft, {old: new for old, new in pairs if old and new})
        supervising.save(practice, draft)
    return see(request, "/supervision/check")


def printed(request: Request) -> Response:
    """The page, for paper."""
    with rooms(request).door.inside() as practice:
        draft = supervising.found(practice)
        left = len(supervising.looked_over(practice, draft))
    return page(
        request,
        "supervision/page.html",
        fields=draft.fields,
        parts_=supervising.parts_of(draft.order),
        ethics_a=draft.order == supervising.ETHICS_A,
        left=left,
    )


@taking
def put_away(request: Request, _: Form) -> Response:
    """Put the page away for good."""
    with rooms(request).door.inside() as practice:
        supervising.drop(practice)
    return see(request, "/supervision")


def blank(request: Request) -> Response:
    """The same page with nothing on it, for a supervisor to think with. It needs no journal."""
    order = supervising.ETHICS_A if request.query_params.get("order") == supervising.ETHICS_A else ""
    parts = supervising.parts_of(order)
    return page(request, "supervision/blank.html", parts_=parts, ethics_a=bool(order))


def _rows(practice: Practice) -> list[Row]:
    """The last moments; whether they were looked back on is not asked."""
    nicknames, last = practice.nicknames(), practice.moments(most=LAST)
    return [Row(each, nicknames.get(each.person_id or 0, ""), practice.did_words(each), True) for each in last]


def _write(practice: Practice, form: Form) -> None:
    draft = supervising.found(practice)
    draft.write({name: words(form, name) for name in (*supervising.FIELDS, "order") if name in form})
    supervising.save(practice, draft)
