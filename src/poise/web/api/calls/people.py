"""People by their nicknames, signs between us, and what to come back to. Nobody is rated here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ....journal.entries import RATING, SIGNS, FollowUp, KeptMoment, Person, Sign
from ....journal.finding import PAGE
from ....journal.tables import LINE, NICKNAME, NOTE
from ....journal.trouble import Refused
from ....practice import Practice
from ....rulebook.mistake import Mistake, Mistakes, clipped, one_of
from ...pages.people import SIGNS as ANSWERS
from .. import schemas, telling
from ..calling import Answer, Call, Given
from ..shapes import day, full, moment_in_time, ref, several, table, text, uid, words, yes_or_no
from .moments import PAGES

ONE = {"uid": uid("The person's name in the journal.")}
NUMBERS = "a rating can be a number on an instrument of one's own"
NICKNAMED = text("A nickname.", NICKNAME)


def listed(given: Given) -> Any:
    """Everybody, in the order of their nicknames."""
    with given.inside() as practice:
        return {"people": telling.told(practice, practice.people())}


def meet(given: Given) -> Any:
    """Somebody by nickname: kept anew where nobody is called that."""
    with given.inside() as practice, practice.together:
        before = len(practice.people())
        person = practice.keep_person(given.body["nickname"])
        return Answer(201 if len(practice.people()) > before else 200, telling.one(practice, person))


def about(given: Given) -> Any:
    """One person, whether something is sore, and what waits."""
    with given.inside() as practice:
        person = _person(practice, given)
        return {
            "person": telling.one(practice, person),
            "sore": practice.is_sore(person.id),
            "waiting": telling.told(practice, practice.to_come_back(person)),
        }


def change(given: Given) -> Any:
    """Change a nickname, who we are to each other, or what trust is for."""
    with given.inside() as practice, practice.together:
        person = _person(practice, given)
        return telling.one(practice, practice.edit_person(person, **given.body) if given.body else person)


def signs(given: Given) -> Any:
    """Signs with one person, the last written first."""
    most = given.query.get("most", PAGE)
    with given.inside() as practice:
        person = _person(practice, given)
        before = telling.there(practice, Sign, given.query["before"]) if "before" in given.query else None
        found = practice.journal.entries(Sign, before, most, person_id=person.id)
        return telling.page(practice, "signs", found, most)


def sign(given: Given) -> Any:
    """Keep a sign."""
    said = given.body
    allowed = ANSWERS[said["sign"]]
    number = said["sign"] == RATING and said["said"] not in allowed
    if said["said"] not in allowed and not number:
        message = f"`{said['sign']}` has no answer `{clipped(said['said'])}`"
        raise Mistakes([Mistake("unknown-answer", message, help=f"it can be {one_of(allowed)}")], "Nothing was kept.")
    happened = datetime.fromisoformat(said["happened_at"]) if "happened_at" in said else None
    with given.inside() as practice:
        kept = practice.sign(
            _person(practice, given),
            said["sign"],
            said=practice.rating(said["said"]) if number else said["said"],
            note=said.get("note", ""),
            moment=_moment(practice, said),
            happened_at=happened,
        )
        return Answer(201, telling.one(practice, kept))


def to_come_back(given: Given) -> Any:
    """What I wanted to come back to, the nearest day first."""
    with given.inside() as practice:
        whom = telling.there(practice, Person, given.query["person"]) if "person" in given.query else None
        return {"follow_ups": telling.told(practice, practice.to_come_back(whom, given.query.get("done", False)))}


def come_back(given: Given) -> Any:
    """Keep that I want to come back to something."""
    said = given.body
    if not said.get("due_on") and not said.get("waiting_for", "").strip():
        raise Refused("neither a day nor what is waited for was given", "nothing was kept; give one of them")
    due = date.fromisoformat(said["due_on"]) if "due_on" in said else None
    with given.inside() as practice:
        whom = telling.there(practice, Person, said["person"]) if "person" in said else None
        kept = practice.come_back(
            _moment(practice, said), person=whom, due_on=due, waiting_for=said.get("waiting_for", "")
        )
        return Answer(201, telling.one(practice, kept))


def came_back(given: Given) -> Any:
    """Note that I came back to it; once, however often it is sent."""
    with given.inside() as practice, practice.together:
        found = telling.there(practice, FollowUp, given.path["uid"])
        return telling.one(practice, found if found.done_at else practice.came_back(found))


def _person(practice: Practice, given: Given) -> Person:
    return telling.there(practice, Person, given.path["uid"])


def _moment(practice: Practice, said: dict[str, Any]) -> KeptMoment | None:
    return telling.there(practice, KeptMoment, said["moment"]) if "moment" in said else None


ABOUT = full(
    "What is between us two.",
    person=ref("Person"),
    sore=yes_or_no("Whether something that felt off is not mended yet."),
    waiting=several(ref("FollowUp"), "What I wanted to come back to with them and have not yet."),
)
CALLS = [
    Call("people", "GET", "/api/people", "Everybody.", listed, {200: full("", people=several(ref("Person")))}),
    Call(
        "meet",
        "POST",
        "/api/people",
        "Somebody by nickname, kept anew where nobody is called that.",
        meet,
        {201: ref("Person"), 200: ref("Person")},
        table("", ("nickname",), nickname=NICKNAMED),
    ),
    Call("person", "GET", "/api/people/{uid}", "What is between us two.", about, {200: ABOUT}, parts=ONE),
    Call(
        "change_person",
        "PATCH",
        "/api/people/{uid}",
        "Change a nickname, who we are to each other, or what trust is for.",
        change,
        {200: ref("Person")},
        table("", nickname=NICKNAMED, relation=text("", LINE), trust_for=text("", LINE)),
        parts=ONE,
    ),
    Call(
        "signs",
        "GET",
        "/api/people/{uid}/signs",
        "Signs between us, the last written first.",
        signs,
        {200: schemas.page("signs", "signs")},
        query=PAGES,
        parts=ONE,
    ),
    Call(
        "keep_sign",
        "POST",
        "/api/people/{uid}/signs",
        "Keep that something felt off, that we talked about it, or how much it held.",
        sign,
        {201: ref("Sign")},
        table(
            "",
            ("sign", "said"),
            sign=words("What it is.", *SIGNS),
            said=text("; ".join([*(f"{sign}: {', '.join(each)}" for sign, each in ANSWERS.items()), NUMBERS]), LINE),
            note=text("", NOTE),
            moment=uid("The moment it is about."),
            happened_at=moment_in_time("When it was; now, where it is left out."),
        ),
        parts=ONE,
    ),
    Call(
        "follow_ups",
        "GET",
        "/api/follow-ups",
        "What I wanted to come back to, the nearest day first.",
        to_come_back,
        {200: full("", follow_ups=several(ref("FollowUp")))},
        query={"person": uid("Only with this person."), "done": yes_or_no("With those I came back to.")},
    ),
    Call(
        "come_back",
        "POST",
        "/api/follow-ups",
        "Keep that I want to come back to something: on a day, or when something has come.",
        come_back,
        {201: ref("FollowUp")},
        table(
            "",
            person=uid("With whom."),
            moment=uid("About which moment."),
            due_on=day("The day."),
            waiting_for=text("What I wait for.", NOTE),
        ),
    ),
    Call(
        "came_back",
        "POST",
        "/api/follow-ups/{uid}/done",
        "Note that I came back to it.",
        came_back,
        {200: ref("FollowUp")},
        parts={"uid": uid("Its name in the journal.")},
    ),
]
