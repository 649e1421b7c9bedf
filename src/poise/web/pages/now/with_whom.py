"""With whom: somebody chosen before the leaning, so that what is believed of us two is weighed, and can be overruled.

Only while the journal is open. What is believed is said in words, and the person's own answer wins.
"""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ....journal.entries import Person
from ....journal.trouble import NotThere
from ....practice import Practice
from ....practice.between import asked_of_journal
from ....practice.telling.trusted import says_words
from ....rulebook.consideration import Consideration
from ....rulebook.rulebook import Rulebook
from ....rulebook.speech import Say
from ....weighing.weighing import Weighing, weigh
from ...draft import Draft
from ...page import Form, Rooms, rooms, see, taking, words
from ...shelf import book_of

MOST = 6
"""People that are offered: those of the last moments, then others."""


class WithWhom(NamedTuple):
    """What a leaning's page shows of it."""

    people: tuple[Person, ...]
    """Who can be chosen; nobody where somebody was."""
    chosen: str
    question: Consideration | None
    """What can be said otherwise; None where it is not enough yet."""
    says: str


def routes() -> list[Route]:
    """The path of this part of a page."""
    return [Route("/now/{draft}/with", choose, methods=["POST"])]


@taking
def choose(request: Request, form: Form) -> Response:
    """Take whom it was with, or nobody. Raises NotThere or Locked."""
    shared = rooms(request)
    draft = shared.drafts.get(request.path_params["draft"])
    uid = words(form, "person", 80)
    with shared.door.inside() as practice:
        draft.person = _person(practice, uid).nickname if uid else ""
    asked = [each.id for each in asked_of_journal(book_of(shared.door, draft.book))]
    draft.passed = [name for name in draft.passed if name not in asked]
    shared.drafts.save(draft)
    return see(request, f"/now/{draft.id}/leaning")


def weighed(shared: Rooms, draft: Draft, book: Rulebook) -> Weighing:
    """What was said so far, weighed; with what is believed of us two, where that was not answered. Raises Mistakes."""
    moment = draft.moment(book)
    if draft.person and shared.door.open:
        with shared.door.inside() as practice:
            moment = practice.believing(book, moment, draft.person)
        passed = {name: None for name in moment.beliefs if name in draft.passed}
        moment = moment.changed(book, **passed) if passed else moment
    return weigh(book, moment)


def with_whom(shared: Rooms, draft: Draft, weighing: Weighing, say: Say) -> WithWhom | None:
    """What to show; None while locked, where nothing is steered, and where the question is answered, or not asked."""
    open_ = [each for each in asked_of_journal(weighing.book) if each.id not in draft.answers]
    if not open_ or not shared.door.open or not weighing.steer or weighing.bound:
        return None
    if draft.person:
        question = next((each for each in open_ if each.id in weighing.moment.beliefs), None)
        says = says_words(weighing.moment.beliefs[question.id], question, say) if question else ""
        return WithWhom((), draft.person, question, says)
    with shared.door.inside() as practice:
        people = _offered(practice)
    return WithWhom(people, "", None, "") if people else None


def _offered(practice: Practice) -> tuple[Person, ...]:
    """Those of the last moments first."""
    known = {person.id: person for person in practice.people()}
    last = [moment.person_id or 0 for moment in practice.moments()]
    order = dict.fromkeys([*(each for each in last if each in known), *known])
    return tuple(known[each] for each in list(order)[:MOST])


def _person(practice: Practice, uid: str) -> Person:
    person = practice.journal.get(Person, uid)
    if person.trashed_at is not None:
        raise NotThere("this person is in the trash", "`poise undo` takes them out again")
    return person
