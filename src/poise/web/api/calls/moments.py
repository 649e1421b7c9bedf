"""Moments: keep one under a name of one's own, write something down beside it, list and search."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ....journal.entries import KeptMoment, Person
from ....journal.finding import PAGE
from ....journal.keeping.checking import checked
from ....journal.tables import LINE, NICKNAME, NOTE
from ....journal.trouble import AlreadyThere, NotThere, Refused
from ....practice import Practice
from ....practice.leaning import by_list
from ....practice.opened import folded, local, weighed
from ....weighing.moment import THEIRS
from ...draft import Draft
from ...shelf import book_of, text_of
from .. import schemas, telling
from ..calling import Answer, Call, Given
from ..shapes import each, either, full, moment_in_time, ref, table, text, uid, whole, words
from .books import ANSWERS, NAMED, WHOSE_MOMENT

MOST = 100
DID = either(text(most=LINE), each(text(most=LINE)), says="A response of the book, or one for each list.")
BESIDE = {
    "person": text("A nickname; somebody new is kept as well.", NICKNAME),
    "did": DID,
    "did_else": text("What I did, in my words.", NOTE),
    "forecast": text("What I expect between us afterwards.", NOTE),
    "remark": text("What was said, when, and who was there.", NOTE),
}
"""What can be written down now or later."""
SAID = table(
    "A moment.",
    book=NAMED,
    whose=WHOSE_MOMENT,
    answers=ANSWERS,
    gut=text("The response that came first, before any leaning.", LINE),
    happened_at=moment_in_time("When it happened; now, where it is left out."),
    **BESIDE,
)
ONE = {"uid": uid("The moment's name.")}
NEW = {
    "uid": text(
        "A name that the caller makes: 32 random hexadecimal digits, such as a UUID's.", pattern="^[0-9a-f]{32}$"
    )
}
PAGES = {
    "before": uid("What the page before gave as `next`."),
    "most": whole(f"How many at most; {PAGE} where it is left out.", 1, MOST),
}
KEPT = schemas.page("moments", "moments, the last that happened first")
WAITS = full("It is sealed, and joins the journal at the next unlocking.", uid=text(), kept=words("", "sealed"))


def listed(given: Given) -> Any:
    """Moments, the last that happened first."""
    most = given.query.get("most", PAGE)
    with given.inside() as practice:
        found = practice.moments(_person(practice, given.query), _before(practice, given.query), most)
        return telling.page(practice, "moments", found, most)


def one(given: Given) -> Any:
    """One moment."""
    with given.inside() as practice:
        return telling.one(practice, telling.there(practice, KeptMoment, given.path["uid"]))


def keep(given: Given) -> Any:
    """Keep a moment; once, however often it is sent."""
    name, said = given.path["uid"], given.body
    if not given.rooms.door.open:
        return _sealed(given, name, said)
    with given.inside() as practice, practice.together:
        try:
            before = practice.journal.get(KeptMoment, name)
        except NotThere:
            return Answer(201, telling.one(practice, _kept(practice, name, said)))
        if before.trashed_at is not None or not _says(practice, before, said):
            message = "a moment of this name says something else; nothing was changed"
            raise AlreadyThere(message, "PATCH changes it; another moment needs another name")
        return Answer(200, telling.one(practice, before))


def change(given: Given) -> Any:
    """Write something down beside a moment."""
    with given.inside() as practice, practice.together:
        moment = telling.there(practice, KeptMoment, given.path["uid"])
        new = {name: value for name, value in given.body.items() if name not in ("did", "person")}
        if "did" in given.body:
            new["did"] = by_list(practice.book_of(moment), given.body["did"])
        if given.body.get("person"):
            new["person_id"] = practice.keep_person(given.body["person"]).id
        return telling.one(practice, practice.journal.change(moment, **new) if new else moment)


def search(given: Given) -> Any:
    """Entries that hold all the words."""
    asked = given.body
    with given.inside() as practice:
        before = practice.entry(asked["before"]) if "before" in asked else None
        narrowed = {name: asked.get(name, "") for name in ("did", "by")}
        found = practice.search(asked["words"], person=_person(practice, asked), before=before, **narrowed)
        return telling.page(practice, "entries", found)


def _kept(practice: Practice, name: str, said: dict[str, Any]) -> KeptMoment:
    happened = datetime.fromisoformat(said["happened_at"]) if "happened_at" in said else None
    rest = {each: said[each] for each in ("book", "answers", "whose", "gut", "did", *_WORDS) if each in said}
    return practice.keep(**rest, person=said.get("person") or None, happened_at=happened, uid=name)


_WORDS = ("did_else", "forecast", "remark")


def _says(practice: Practice, kept: KeptMoment, said: dict[str, Any]) -> bool:
    """Whether a kept moment says what is sent again, as far as that goes."""
    if "person" in said and folded(said["person"]) != folded(practice.nicknames().get(kept.person_id or 0, "")):
        return False
    if "happened_at" in said and datetime.fromisoformat(said["happened_at"]) != kept.happened_at:
        return False
    book = practice.book_of(kept)
    weighing = weighed(book, said.get("whose", THEIRS), said.get("answers", {}))
    answers = {**weighing.moment.answers, **weighing.moment.beliefs}
    same = (kept.whose, kept.answers) == (weighing.moment.whose, answers) and said.get("book", "") in ("", kept.book)
    did = "did" not in said or by_list(book, said["did"]) == kept.did
    return same and did and all(said[name] == getattr(kept, name) for name in ("gut", *_WORDS) if name in said)


def _sealed(given: Given, name: str, said: dict[str, Any]) -> Answer:
    """Seal a moment beside the locked journal. Raises Mistakes or Trouble, as keeping it would."""
    door, book = given.rooms.door, said.get("book", "")
    answers = said.get("answers", {})
    if not all(isinstance(each, str) for each in answers.values()):
        raise Refused("a chance for each answer can be kept only while the journal is open", "unlock it")
    read = book_of(door, book)
    weighed(read, said.get("whose", THEIRS), answers)
    now = datetime.now().astimezone()
    happened = local(datetime.fromisoformat(said["happened_at"])) if "happened_at" in said else now
    draft = Draft(name, book, said.get("whose", THEIRS), answers, kept=True, happened_at=(happened or now).isoformat())
    draft.did = by_list(read, said.get("did"))
    written = {field: said.get(field, "") for field in ("gut", *_WORDS)}
    checked(KeptMoment(happened_at=happened, **written), now)
    for field, value in written.items():
        setattr(draft, field, value)
    draft.person = said.get("person", "")
    if draft.person:
        checked(Person(nickname=draft.person), now)
    given.rooms.keep(draft, text_of(door, book))
    return Answer(202, {"uid": name, "kept": "sealed"})


def _person(practice: Practice, given: Any) -> Person | None:
    return telling.there(practice, Person, given["person"]) if "person" in given else None


def _before(practice: Practice, given: Any) -> KeptMoment | None:
    return telling.there(practice, KeptMoment, given["before"]) if "before" in given else None


CALLS = [
    Call(
        "moments",
        "GET",
        "/api/moments",
        "Moments, the last that happened first.",
        listed,
        {200: KEPT},
        query={"person": uid("Only with this person."), **PAGES},
    ),
    Call("moment", "GET", "/api/moments/{uid}", "One moment.", one, {200: ref("KeptMoment")}, parts=ONE),
    Call(
        "keep_moment",
        "PUT",
        "/api/moments/{uid}",
        "Weigh a moment and keep it: once, however often it is sent. While locked, it is sealed and waits.",
        keep,
        {201: ref("KeptMoment"), 200: ref("KeptMoment"), 202: WAITS},
        SAID,
        parts=NEW,
    ),
    Call(
        "change_moment",
        "PATCH",
        "/api/moments/{uid}",
        "Write something down beside a kept moment.",
        change,
        {200: ref("KeptMoment")},
        table("What to write down; the rest stays as it is.", **BESIDE),
        parts=ONE,
    ),
    Call(
        "search",
        "POST",
        "/api/search",
        "Entries that hold all the words, the last written first.",
        search,
        {200: schemas.page("entries", "entries")},
        table(
            "",
            ("words",),
            words=text("What to look for; `coll*` is every word that begins like it.", 2000),
            person=uid("Only what is about this person."),
            did=text("Only moments in which this response was chosen.", LINE),
            by=text("Only moments in which this guideline spoke.", LINE),
            before=PAGES["before"],
        ),
    ),
]
