"""Now, or later? What would follow, over many sets of assumptions: bands before lines, and never what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import KeptMoment, Person
from ...journal.trouble import NotThere
from ...practice import Practice
from ...practice.foreseeing import foreseeing
from ...practice.foreseeing.scene import (
    AGAIN,
    HARM,
    LEFT,
    PLACE,
    RECEPTIVE,
    comes_first,
    danger_unknown,
    offered,
    to_ask,
)
from ...practice.foreseeing.sliders import SLIDERS, Chosen
from ...practice.telling import foreseen as telling
from ...rulebook.consideration import Consideration
from ...rulebook.guideline import BESIDE
from ...rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ...weighing.moment import THEIRS
from ...weighing.weighing import Weighing
from ..draft import Draft
from ..page import Form, Rooms, help_lines, page, rooms, say_of, see, taking, words
from ..shelf import worded
from .afterwards import row_of, rows_of
from .ahead import shown_all

HERE = "/foresight"
MOMENT, DRAFT, PERSON = "moment", "draft", "person"
ASKS = (HARM, PLACE, "trust", RECEPTIVE, LEFT, AGAIN)
"""Questions that foresight reads; what is not answered is taken as usual, and said so."""


class About(NamedTuple):
    """What is looked at: a kept moment, or one on its way."""

    kind: str
    id: str
    weighing: Weighing
    person: Person | None
    passed: tuple[str, ...]
    moment: KeptMoment | None

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"{HERE}/{self.kind}/{self.id}"


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route(HERE, empty),
        Route(f"{HERE}/person/{{person}}", with_person),
        Route(f"{HERE}/person/{{person}}", think, methods=["POST"]),
        Route(f"{HERE}/{{kind}}/{{about}}", ahead),
        Route(f"{HERE}/{{kind}}/{{about}}", answer, methods=["POST"]),
        Route(f"{HERE}/{{kind}}/{{about}}/looked", looked),
    ]


def empty(request: Request) -> Response:
    """Nothing is looked at yet: the last moments to choose from."""
    with rooms(request).door.inside() as practice:
        rows = rows_of(practice, practice.moments(most=8), practice.nicknames())
    return page(request, "foresight/empty.html", rows=rows, person=None)


def with_person(request: Request) -> Response:
    """Moments with somebody to look at, or one to think of."""
    with rooms(request).door.inside() as practice:
        person = _person(practice, request)
        rows = rows_of(practice, practice.moments(person, most=8), {person.id: person.nickname})
    return page(request, "foresight/empty.html", rows=rows, person=person)


@taking
def think(request: Request, _: Form) -> Response:
    """Begin to think of a moment with somebody: in memory only."""
    with rooms(request).door.inside() as practice:
        draft = Draft.begin("", THEIRS, practice.journal.now().isoformat())
        draft.person = _person(practice, request).nickname
        rooms(request).drafts.remember(draft)  # inside: once it is locked, nothing of it is in memory
    return see(request, f"{HERE}/{DRAFT}/{draft.id}")


def ahead(request: Request) -> Response:
    """The page: what comes first, why it is not offered, or what would follow."""
    return _page(request, "foresight/ahead.html", alone=False)


def looked(request: Request) -> Response:
    """What would follow alone, without the page around it."""
    return _page(request, "foresight/looked.html", alone=True)


@taking
def answer(request: Request, form: Form) -> Response:
    """Take answers for looking ahead: they are not kept with a moment. Raises Mistakes."""
    shared = rooms(request)
    with shared.door.inside() as practice:
        about = _about(shared, practice, request)
        given = {q.id: words(form, f"q-{q.id}") for q in about.weighing.book.questions if f"q-{q.id}" in form}
        _fits(about.weighing, given)
        if about.kind == DRAFT:
            draft = shared.drafts.get(about.id)
            for question, said in given.items():
                draft.answer(question, said)
            shared.drafts.remember(draft)
        elif "anew" in form:
            shared.ahead.unsay(about.id)
        else:
            shared.ahead.say(about.id, given)
    return see(request, about.path)


def _fits(weighing: Weighing, given: Mapping[str, str]) -> None:
    """Raises Mistakes for an answer that its question does not have."""
    questions = weighing.book.considerations
    wrong = [
        Mistake("unknown-answer", f"“{questions[name].ask}” has no answer `{clipped(said)}`")
        for name, said in given.items()
        if said and said not in questions[name].answers
    ]
    if wrong:
        raise Mistakes(wrong)


def _page(request: Request, template: str, *, alone: bool) -> Response:
    shared, say = rooms(request), say_of(request)
    with shared.door.inside() as practice:
        about = _about(shared, practice, request)
        known: dict[str, Any] = {"about": about, "row": _row(practice, about)}
        known["said"] = bool(shared.ahead.said(about.id))
        offer = offered(about.weighing, about.passed)
        asks = _asks(about)
        if not offer.offered:
            why = telling.refusal(about.weighing, offer, say)
            known |= {"asks": asks, "first": comes_first(about.weighing, about.passed)}
            known |= {"on_me": not about.weighing.steer, "beside": _beside(about.weighing)}
            known |= {"sheet": help_lines(request), "danger": danger_unknown(about.weighing, about.passed)}
            return page(request, "foresight/not_offered.html", why=why, **known)
        scene = foreseeing.seen(practice, about.weighing, about.person, say)
    chosen = foreseeing.asked_for(scene, _numbers(request), request.query_params.getlist("off"))
    along = _along(request)
    found = shared.ahead.at(scene, chosen, along)
    query = urlencode([*_query(chosen), ("along", along)])
    return page(request, template, asks=asks, query=query, alone=alone, **shown_all(found, say), **known)


def _about(shared: Rooms, practice: Practice, request: Request) -> About:
    """What is looked at. Raises NotThere."""
    kind, name = request.path_params["kind"], request.path_params["about"]
    said = shared.ahead.said(name)
    answers = {question: answer for question, answer in said.items() if answer}
    passed = tuple(question for question, answer in said.items() if not answer)
    language = shared.look.language
    if kind == DRAFT:
        draft = shared.drafts.get(name)
        book = worded(practice.books.read(draft.book), language)
        person = next((each for each in practice.people() if each.nickname == draft.person), None)
        weighing = foreseeing.weighed(practice, book, draft.moment(book), person)
        return About(DRAFT, name, weighing, person, tuple(draft.passed), None)
    moment = practice.moment(name)
    person = foreseeing.with_whom(practice, moment)
    weighing = foreseeing.about_moment(practice, moment, answers, _in_language(language))
    return About(MOMENT, name, weighing, person, passed, moment)


def _in_language(language: str) -> foreseeing.Worded:
    """Puts a book into the language of the pages, as far as its words are the starters'."""
    return lambda book: worded(book, language)


def _person(practice: Practice, request: Request) -> Person:
    """Somebody by the name in the path. Raises NotThere."""
    person = practice.journal.get(Person, request.path_params["person"])
    if person.trashed_at is not None:
        raise NotThere("this person is in the trash", "`poise undo` takes them out again")
    return person


def _row(practice: Practice, about: About) -> Any:
    return row_of(practice, about.moment, practice.nicknames()) if about.moment else None


def _asks(about: About) -> list[Consideration]:
    """What can be said besides, in the order of the book: what foresight reads, and is not said yet."""
    weighing = about.weighing
    said = {*weighing.moment.answers, *weighing.moment.beliefs, *(q.id for q in to_ask(weighing, about.passed))}
    return [q for q in weighing.book.questions if q.id in ASKS and q.id not in said]


def _beside(weighing: Weighing) -> list[str]:
    """What can be done for whoever was hit, in the words of the book."""
    on_me = not weighing.steer
    return [(each.if_me if on_me else "") or each.say for each in weighing.book.listed(BESIDE)]


def _numbers(request: Request) -> dict[str, str]:
    """What stands in the address for the sliders."""
    return {name: request.query_params[name][:40] for name in SLIDERS if name in request.query_params}


def _along(request: Request) -> str:
    """What the map is drawn along. Raises Mistakes."""
    along = request.query_params.get("along", "strain")
    if along not in SLIDERS:
        help = did_you_mean(along, SLIDERS, f"it can be {', '.join(SLIDERS)}")
        raise Mistakes([Mistake("unknown-name", f"the map has no side `{clipped(along)}`", help=help)])
    return along


def _query(chosen: Chosen) -> list[tuple[str, str]]:
    """The same question as it stands in an address."""
    moved = {name: getattr(chosen, name) for name in SLIDERS}
    return [*((n, f"{v:g}") for n, v in moved.items() if v is not None), *(("off", each) for each in chosen.off)]
