"""Right now: a breath, a few questions, which way it leans, what will you do. It works while locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal import waiting
from ...journal.entries import Line
from ...rulebook.consideration import Consideration
from ...rulebook.guideline import BESIDE, LET_BE, MINE, TOWARD
from ...rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT, Rulebook
from ...weighing.asking import next_question
from ...weighing.moment import THEIRS
from ...weighing.telling import told
from ...weighing.telling.leaning import THEY_WANT
from ...weighing.weighing import Weighing
from ..draft import Draft
from ..drawing.balance import balance
from ..page import Form, Rooms, help_lines, page, rooms, say_of, see, taking, words
from ..shelf import book_of, names_of, text_of, worded
from .with_whom import routes as routes_of_whom
from .with_whom import weighed, with_whom

ELSE, SAVE = "something_else", "just_save"
MOST_LINES = 200


def routes() -> list[Route]:
    """The paths of this page."""
    return [
        Route("/", opening),
        Route("/now", begin, methods=["POST"]),
        Route("/now/{draft}", asked),
        Route("/now/{draft}", answer, methods=["POST"]),
        Route("/now/{draft}/leaning", leaning),
        Route("/now/{draft}/ask/{question}", again),
        Route("/now/{draft}/did", did, methods=["POST"]),
        *routes_of_whom(),
        Route("/now/{draft}/kept", kept),
        Route("/now/{draft}/kept", written, methods=["POST"]),
        Route("/now/{draft}/draft", drafted, methods=["POST"]),
        Route("/danger", danger),
    ]


def opening(request: Request) -> Response:
    """The first screen: the breath, and the first question."""
    shared = rooms(request)
    named = request.query_params.get("book", "")
    book = _book(shared, named)
    whose = MINE if request.query_params.get("whose") == MINE and book.listed(MINE) else THEIRS
    return page(
        request,
        "now/opening.html",
        book=book,
        books=names_of(shared.door),
        named=named,
        whose=whose,
        question=_first(book, Draft("", "", whose)),
        gut=book.listed(MINE if whose == MINE else TOWARD),
        slipped=bool(book.listed(MINE)),
        waiting=waiting.how_many(shared.door.folder),
    )


@taking
def begin(request: Request, form: Form) -> Response:
    """Take the first answer."""
    shared = rooms(request)
    book = _book(shared, words(form, "book"))
    draft = Draft.begin(words(form, "book"), words(form, "whose"), datetime.now().astimezone().isoformat())
    return _taken(request, draft, book, form)


@taking
def answer(request: Request, form: Form) -> Response:
    """Take an answer."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    return _taken(request, draft, _book(shared, draft.book), form)


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
    book = _book(shared, draft.book)
    weighing = draft.weighing(book)
    question = _first(book, draft) if weighing.steer and not weighing.bound else None
    if question is None:
        return see(request, f"/now/{draft.id}/leaning")
    return _asking(request, draft, book, question, then="")


def again(request: Request) -> Response:
    """One question, to answer it otherwise."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = _book(shared, draft.book)
    question = book.considerations.get(request.path_params["question"])
    if question is None:
        return see(request, f"/now/{draft.id}")
    return _asking(request, draft, book, question, then="leaning")


def _asking(request: Request, draft: Draft, book: Rulebook, question: Consideration, *, then: str) -> Response:
    """One question alone on its page; `then` is where its answer leads."""
    said = _said(book, draft)
    return page(request, "now/question.html", draft=draft, book=book, question=question, then=then, said=said)


def leaning(request: Request) -> Response:
    """Which way it leans so far, why, and what will you do."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    if draft.kept:
        return see(request, f"/now/{draft.id}/kept")
    book = _book(shared, draft.book)
    weighing, say = weighed(shared, draft, book), say_of(request)
    if weighing.bound:
        return page(
            request, "now/bound.html", draft=draft, book=book, told=told(weighing, say), sheet=help_lines(request)
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
        said=_said(book, draft),
        else_=ELSE,
        save=SAVE,
    )


@taking
def did(request: Request, form: Form) -> Response:
    """Take what I did, and keep the moment."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = _book(shared, draft.book)
    chosen = words(form, "did")
    if chosen in book.responses:
        draft.did[book.responses[chosen].list] = chosen
    elif chosen == ELSE:
        draft.did_else = draft.did_else or "something else"
    if not draft.kept:
        draft.believed = "yes" if weighed(shared, draft, book).moment.beliefs else ""
    _keep(shared, draft)
    return see(request, f"/now/{draft.id}/kept")


def kept(request: Request) -> Response:
    """It is kept. Ways to begin, and what can be written down now or later."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    book = _book(shared, draft.book)
    chosen = [book.responses[response] for response in draft.did.values() if response in book.responses]
    weighing = weighed(shared, draft, book) if draft.believed else draft.weighing(book)
    return page(
        request,
        "now/kept.html",
        draft=draft,
        book=book,
        chosen=chosen,
        lines=_lines(shared, chosen, draft),
        beside=[] if BESIDE in draft.did or weighing.bound else _beside(weighing),
        people=_people(shared),
        let_be=any(LET_BE in (response.id, response.like) for response in chosen),
        saved="saved" in request.query_params,
    )


@taking
def written(request: Request, form: Form) -> Response:
    """Take what was written down beside a kept moment."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    _note(shared, draft, form)
    _keep(shared, draft)
    return see(request, f"/now/{draft.id}/kept?saved")


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed, without leaving the page."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    _note(shared, draft, form)
    shared.drafts.save(draft)
    return Response(status_code=204)


def danger(request: Request) -> Response:
    """Someone is in danger, or a child is being hurt: nothing is weighed, the help sheet is open."""
    shared = rooms(request)
    book = _book(shared, "")
    says = [bound.say for bound in book.bounds.values() if bound.replaces]
    return page(request, "now/danger.html", book=book, says=says, sheet=help_lines(request))


def _book(shared: Rooms, name: str) -> Rulebook:
    """A rulebook, in the language of the pages as far as its words are the starters'."""
    return worded(book_of(shared.door, name), shared.look.language)


def _note(shared: Rooms, draft: Draft, form: Form) -> None:
    """What a form says beside the answers."""
    book = _book(shared, draft.book)
    for name, most in (("line", 2000), ("remark", 100_000), ("forecast", 2000), ("person", 80)):
        if name in form:
            setattr(draft, name, words(form, name, most))
    if "did_else" in form and words(form, "did_else"):
        draft.did_else = words(form, "did_else")
    if words(form, "beside") in book.responses:
        draft.did[BESIDE] = words(form, "beside")


def _keep(shared: Rooms, draft: Draft) -> None:
    """Keep a moment: in the journal, or sealed beside it until it is unlocked."""
    draft.kept = True
    shared.keep(draft, text_of(shared.door, draft.book))


def _first(book: Rulebook, draft: Draft) -> Consideration | None:
    """The next of the questions asked in the ten seconds."""
    if draft.whose == MINE:
        return None
    seen = {*draft.answers, *draft.passed}
    if draft.answers.get(WHO_WAS_HIT, SOMEONE_HERE) != SOMEONE_HERE:
        seen.add(THEY_WANT)
    return next((each for each in book.questions if each.first and each.id not in seen), None)


def _said(book: Rulebook, draft: Draft) -> list[tuple[str, str, str]]:
    """(question, its words, the answer's words) for everything answered so far."""
    considerations = [(book.considerations[name], value) for name, value in draft.answers.items()]
    return [(each.id, each.ask, each.word(each.answers.index(value))) for each, value in considerations]


def _choices(weighing: Weighing) -> list[tuple[str, str]]:
    """(response, its words): the lead and its rival where something is suggested, every one where nothing is."""
    main = weighing.mine or weighing.toward
    if not weighing.steer or main is None:
        standing = [s.response for each in weighing.leanings for s in each.ranking]
    else:
        standing = [*main.lead, *([main.rival.response] if main.rival else [])]
    return [(response, weighing.book.responses[response].say) for response in standing]


def _beside(weighing: Weighing) -> list[tuple[str, str]]:
    found = weighing.beside
    return [(s.response, weighing.book.responses[s.response].say) for s in found.ranking] if found else []


def _lines(shared: Rooms, chosen: list[Any], draft: Draft) -> list[str]:
    """Up to three ways to begin: the person's own first."""
    mine: list[str] = []
    if shared.door.open:
        with shared.door.inside() as practice:
            every = practice.journal.entries(Line, most=MOST_LINES)
            mine = [each.words for each in every if each.response in draft.did.values()]
    return list(dict.fromkeys([*mine, *(line for response in chosen for line in response.lines)]))[:3]


def _people(shared: Rooms) -> list[str]:
    if not shared.door.open:
        return []
    with shared.door.inside() as practice:
        return [person.nickname for person in practice.people()]
