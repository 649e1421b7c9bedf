"""Every page of the app, over three invented months: an address for each route that shows one.

A new page belongs in `walked`; a test says so where it is missing.
"""

from __future__ import annotations

import re
from pathlib import Path

from poise.web.app import make_app
from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.sessions import Sessions

from .conftest import PASSPHRASE
from .rulebook_site import changed, guideline, the_book
from .site import Answer, Visitor
from .test_supervision import begin

NO_PAGES = {
    "/enter",
    "/state",
    "/foresight/{kind}/{about}/looked",
    "/proposals/looked",
    "/pocket",
    "/pocket/letters",
    "/pocket/{name:path}",
} | {f"/rulebook/{{book}}/{each}/looked" for each in ("findings", "review/{base}/{new}")}
"""Addresses that answer with something else than a page of its own."""
LOCKED = (
    *("/", "/danger", "/unlock", "/rulebook", "/supervision/blank"),
    *("/settings", "/settings/help-sheet", "/settings/phone", "/settings/phone/card"),
)
"""What there is to see while locked."""
FIRST = ("/welcome", "/welcome/kit", "/welcome/help-sheet")
"""What there is to see where no practice is yet."""
ANSWERS = {"safety": "safe", "who_was_hit": "someone_here", "harm": "stings", "they_want": "back_me_up"}
AHEAD = ANSWERS | {
    "they_want": "",
    "role": "friend_family",
    "risk": "none",
    "dependent": "none",
    "place": "small_group",
}
"""Answers after which looking ahead is offered."""


def routes(tmp_path: Path) -> set[str]:
    """Every route of the app that answers GET, but for the API and files."""
    app = make_app(Rooms(Door(tmp_path / "nowhere")), Sessions(), ["127.0.0.1:1"])
    found = {(route.path, frozenset(getattr(route, "methods", None) or ())) for route in app.routes}  # type: ignore[attr-defined]
    return {path for path, methods in found if "GET" in methods and not path.startswith("/api/")}


def walked(visitor: Visitor) -> dict[str, str]:
    """{route: an address that shows it}, of a practice made above; whatever a page needs is brought about."""
    return _now(visitor) | _kept(visitor) | _rulebook(visitor) | _supervision(visitor) | _settings()


def _now(visitor: Visitor) -> dict[str, str]:
    first, *others = ANSWERS.items()
    path = visitor.send("/now", {"book": "", "whose": "theirs", "question": first[0], "answer": first[1]}).place
    for question, answer in others:
        visitor.send(path, {"question": question, "answer": answer})
    asking = visitor.send("/now", {"book": "", "whose": "theirs", "question": first[0], "answer": first[1]}).place
    kept = visitor.send("/now", {"book": "", "whose": "theirs", "question": "harm", "answer": "stings"}).place
    visitor.send(f"{kept}/did", {"did": "gentle_now"})
    return {
        "/": "/",
        "/danger": "/danger",
        "/left": "/left?to=/people",
        "/now/{draft}": asking,
        "/now/{draft}/leaning": f"{path}/leaning",
        "/now/{draft}/ask/{question}": f"{path}/ask/harm",
        "/now/{draft}/kept": f"{kept}/kept",
    }


def _kept(visitor: Visitor) -> dict[str, str]:
    with visitor.app.rooms.door.inside() as practice:
        reflected = next(m for m in practice.moments() if m.remark)
        open_one = practice.moments()[0]
        person = practice.people()[0]
    visitor.send(f"/afterwards/{open_one.uid}/ask", {"question": "forecast", "answer": "same"})
    return {
        "/afterwards": "/afterwards",
        "/afterwards/{moment}": f"/afterwards/{reflected.uid}",
        "/afterwards/{moment}/ask": f"/afterwards/{open_one.uid}/ask",
        "/two-roles/{moment}": f"/two-roles/{reflected.uid}?one=r0&two=r1",
        **_ahead(visitor, person.uid),
        "/check-in": "/check-in",
        "/check-in/kept": "/check-in/kept",
        "/people": "/people",
        "/people/{person}": f"/people/{person.uid}",
        "/look-back": "/look-back?since=all",
        "/proposals": "/proposals",
    }


def _ahead(visitor: Visitor, person: str) -> dict[str, str]:
    """Looking ahead, at a moment that is only thought of; what comes first is answered."""
    thought = visitor.send(f"/foresight/person/{person}").place
    visitor.send(thought, {f"q-{name}": answer for name, answer in AHEAD.items()})
    return {
        "/foresight": "/foresight",
        "/foresight/person/{person}": f"/foresight/person/{person}",
        "/foresight/{kind}/{about}": thought,
    }


def _rulebook(visitor: Visitor) -> dict[str, str]:
    book = the_book(visitor)
    one = guideline(visitor, "Not in group chats")
    review = changed(visitor, one, because="I tried it, and it went badly.").place
    return {
        "/rulebook": "/rulebook",
        "/rulebook/new": "/rulebook/new",
        "/rulebook/{book}": f"{book}?whole=yes",
        "/rulebook/{book}/guideline/{guideline}": one,
        "/rulebook/{book}/add": f"{book}/add",
        "/rulebook/{book}/text": f"{book}/text",
        "/rulebook/{book}/history": f"{book}/history",
        "/rulebook/{book}/findings": f"{book}/findings",
        "/rulebook/{book}/review/{base}/{new}": review,
    }


def _supervision(visitor: Visitor) -> dict[str, str]:
    with visitor.app.rooms.door.inside() as practice:
        begin(visitor, next(m for m in practice.moments() if m.remark).uid)
    visitor.send("/supervision/draft", {"unsure": "What Ola would say, and whether I ask her."})
    pages = ("/supervision", "/supervision/blank", "/supervision/write", "/supervision/check", "/supervision/page")
    return {path: path for path in pages}


def _settings() -> dict[str, str]:
    pages = ("", "/help-sheet", "/copies", "/kit", "/passphrase", "/export", "/import", "/phone", "/phone/card")
    return {f"/settings{path}": f"/settings{path}" for path in pages}


def first_visit(visitor: Visitor) -> dict[str, Answer]:
    """{route: its answer}, of the pages that lead to a practice; and one is set up."""
    greeting = visitor.get("/welcome")
    form = {"book": "among_friends", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    kit = visitor.follow(visitor.send("/welcome", form))
    sheet = visitor.follow(visitor.send("/welcome/kit", typed_back(kit)))
    return {"/welcome": greeting, "/welcome/kit": kit, "/welcome/help-sheet": sheet}


def typed_back(kit: Answer) -> dict[str, str]:
    """The groups that the page of a recovery kit asks for, read off the page."""
    groups = re.findall(r"\b[0-9A-Z]{5}\b", kit.text.split('class="kit"')[1].split("</p>")[0])
    return {f"group{number}": groups[int(number) - 1] for number in re.findall(r'name="group(\d)"', kit.text)}
