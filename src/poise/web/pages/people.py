"""People: what is between us two, in a few lines. Nobody is rated here; you are the subject of this journal."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import RATING, REPAIR, RUPTURE, Person, Sign
from ...journal.trouble import NotThere, Refused
from ...practice import Practice, answering, reflecting
from ...practice.telling.rated import scale_words
from ...practice.telling.trusted import answers_of, holds_words
from ...practice.telling.us_two import five_lines
from ...practice.us_two import asked_about_trust, us_two
from ...relationship.trust import Trust
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
    """One person: five lines, what it could hold, signs, what waits, moments."""
    say = say_of(request)
    with rooms(request).door.inside() as practice:
        us = us_two(practice, _person(practice, request))
        return page(
            request,
            "people/person.html",
            us=us,
            lines=five_lines(us, say),
            signs=[SignRow(each, reflecting.in_words(each.sign, each.said, say)) for each in us.signs[:MOST_SIGNS]],
            rows=rows_of(practice, us.moments, {us.person.id: us.person.nickname}, us.said),
            choices={kind: spoken(say, answers) for kind, answers in SIGNS.items()},
            band=band(us.trust.band()),
            holds=_holds(practice, us.trust, say),
            instrument=practice.own_instrument,
            takes=scale_words(practice.own_instrument, say) if practice.own_instrument else [],
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
    """Keep that something felt off, that we talked about it, or how much it held: in a word, or as a number on one's
    own instrument. Raises Refused for a number that is not on it.
    """
    kind, said, number = words(form, "sign"), words(form, "said"), words(form, "number", 60)
    with rooms(request).door.inside() as practice:
        person = _person(practice, request)
        if said in SIGNS.get(kind, {}):
            practice.sign(person, kind, said=said)
        elif kind == RATING and number and not said:
            practice.sign(person, kind, said=practice.number(number))
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
    """What it could hold, in the words of the book in use; or that there is not enough yet."""
    question = asked_about_trust(practice)
    return holds_words(trust.belief(answers_of(question)), question, say)


def _person(practice: Practice, request: Request) -> Person:
    person = practice.journal.get(Person, request.path_params["person"])
    if person.trashed_at is not None:
        raise NotThere("this person is in the trash", "`poise undo` takes them out again")
    return person
