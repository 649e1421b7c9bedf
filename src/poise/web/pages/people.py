"""People: what is between us two, in a few lines. Nobody is rated here; you are the subject of this journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import RATING, REPAIR, RUPTURE, KeptMoment, Person, Sign
from ...journal.trouble import NotThere, Refused
from ...practice import Practice, answering, reflecting
from ...practice.between import asked_of_journal
from ...practice.telling.trusted import answers_of, holds_words
from ...relationship.trust import ENOUGH, Trust
from ...rulebook.mistake import Mistakes
from ...rulebook.speech import Say, spoken
from ..drawing.band import band
from ..page import Form, page, rooms, say_of, see, taking, words
from .afterwards import rows_of

SIGNS = {
    RATING: reflecting.HELD,
    RUPTURE: answering.OFF,
    REPAIR: answering.TALKED,
}
MOST_SIGNS = 200


class SignRow(NamedTuple):
    """A sign in words: its day, what was asked, what was said."""

    sign: Sign
    said: str


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/people", listed),
        Route("/people", meet, methods=["POST"]),
        Route("/people/{person}", about),
        Route("/people/{person}", change, methods=["POST"]),
        Route("/people/{person}/sign", sign, methods=["POST"]),
        Route("/people/{person}/come-back", come_back, methods=["POST"]),
        Route("/people/{person}/came-back/{follow_up}", came_back, methods=["POST"]),
    ]


def listed(request: Request) -> Response:
    """Everybody, and what waits with whom."""
    with rooms(request).door.inside() as practice:
        waiting = {each.person_id for each in practice.to_come_back()}
        people = [(person, person.id in waiting) for person in practice.people()]
    return page(request, "people/list.html", people=people)


@taking
def meet(request: Request, form: Form) -> Response:
    """Write somebody new down, by a nickname."""
    with rooms(request).door.inside() as practice:
        person = practice.keep_person(words(form, "nickname"))
    return see(request, f"/people/{person.uid}")


def about(request: Request) -> Response:
    """One person: five lines, signs, what waits, moments."""
    say = say_of(request)
    with rooms(request).door.inside() as practice:
        person = _person(practice, request)
        nicknames = {person.id: person.nickname}
        signs = practice.journal.entries(Sign, most=MOST_SIGNS, person_id=person.id)
        moments = practice.moments(person)
        trust = practice.trust(person)
        return page(
            request,
            "people/person.html",
            person=person,
            signs=[SignRow(each, reflecting.in_words(each.sign, each.said, say)) for each in signs],
            marks={RUPTURE: _last(signs, RUPTURE), REPAIR: _last(signs, REPAIR)},
            sore=practice.is_sore(person.id),
            waiting=practice.to_come_back(person),
            rows=rows_of(practice, moments, nicknames),
            between=_between(practice, moments, say),
            choices={kind: spoken(say, answers) for kind, answers in SIGNS.items()},
            band=band(trust.band()),
            enough=ENOUGH,
            holds=_holds(practice, trust, say),
            today=practice.journal.now().date(),
        )


@taking
def change(request: Request, form: Form) -> Response:
    """Change a nickname, who we are to each other, or what trust is for."""
    with rooms(request).door.inside() as practice:
        new = {name: words(form, name) for name in ("nickname", "relation", "trust_for") if name in form}
        person = practice.edit_person(_person(practice, request), **new)
    return see(request, f"/people/{person.uid}")


@taking
def sign(request: Request, form: Form) -> Response:
    """Keep that something felt off, that we talked about it, or how much it held."""
    kind, said = words(form, "sign"), words(form, "said")
    with rooms(request).door.inside() as practice:
        person = _person(practice, request)
        if said in SIGNS.get(kind, {}):
            practice.sign(person, kind, said=said)
    return see(request, f"/people/{person.uid}")


@taking
def come_back(request: Request, form: Form) -> Response:
    """Keep that I want to come back to it: on a day, or when something has come."""
    with rooms(request).door.inside() as practice:
        person, day, waiting_for = _person(practice, request), words(form, "due_on"), words(form, "waiting_for", 2000)
        due = _day(day)
        if due or waiting_for:
            practice.come_back(person=person, due_on=due, waiting_for=waiting_for)
    return see(request, f"/people/{person.uid}")


@taking
def came_back(request: Request, _: Form) -> Response:
    """Note that I came back to it."""
    with rooms(request).door.inside() as practice:
        person = _person(practice, request)
        found = [each for each in practice.to_come_back(person) if each.uid == request.path_params["follow_up"]]
        for each in found:
            practice.came_back(each)
    return see(request, f"/people/{person.uid}")


def _day(typed: str) -> date | None:
    """The day that was chosen, if one was. Raises Refused."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refused("this is not a day; nothing was kept", "a day looks like 2026-03-10") from None


def _holds(practice: Practice, trust: Trust, say: Say) -> str:
    """What it could hold, in the words of the book in use; nothing where there is not enough yet."""
    try:
        question = next(iter(asked_of_journal(practice.books.read())), None)
    except Mistakes:
        question = None
    return holds_words(trust.belief(answers_of(question)), question, say) if trust.enough else ""


def _person(practice: Practice, request: Request) -> Person:
    person = practice.journal.get(Person, request.path_params["person"])
    if person.trashed_at is not None:
        raise NotThere("this person is in the trash", "`poise undo` takes them out again")
    return person


def _last(signs: list[Sign], kind: str) -> Sign | None:
    found = [each for each in signs if each.sign == kind and each.noticed]
    return max(found, key=lambda each: (str(each.happened_at), each.id), default=None)


def _between(practice: Practice, moments: Sequence[KeptMoment], say: Say) -> str:
    """How it was between us the last time it was said."""
    said = practice.last_reflections(moments)
    last = next((said[each.id].for_us for each in moments if each.id in said and said[each.id].for_us), "")
    return reflecting.in_words("for_us", last, say) if last else ""
