"""How I am, and times of rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ....journal.entries import AnyEntry, CheckIn, Rest
from ....journal.finding import PAGE
from ....journal.tables import NOTE
from ....practice import checking_in
from ....practice.asking import checked
from .. import schemas, telling
from ..calling import Answer, Call, Given
from ..shapes import full, moment_in_time, or_null, ref, table, text
from .moments import PAGES
from .reflecting import ANSWERED, QUESTIONS, plain


def questions(given: Given) -> Any:
    """How I am, asked in the words of the book in use."""
    with given.inside() as practice:
        asking = checking_in.questions(practice.books.read())
        return {"questions": [plain(question) for question in asking({})]}


def check_ins(given: Given) -> Any:
    """Check-ins, the last written first."""
    return _page(given, CheckIn)


def check_in(given: Given) -> Any:
    """Keep how I am."""
    with given.inside() as practice:
        said = checked(checking_in.questions(practice.books.read()), given.body["said"])
        kept = practice.check_in(**said, happened_at=_time(given.body, "happened_at"))
        return Answer(201, telling.one(practice, kept))


def rests(given: Given) -> Any:
    """Times of rest, the last written first."""
    return _page(given, Rest)


def resting(given: Given) -> Any:
    """The time of rest that it is now."""
    with given.inside() as practice:
        found = practice.resting()
        return {"rest": telling.one(practice, found) if found else None}


def rest(given: Given) -> Any:
    """Keep a time of rest."""
    said = given.body
    with given.inside() as practice:
        kept = practice.rest(_time(said, "happened_at"), _time(said, "ends_at"), said.get("note", ""))
        return Answer(201, telling.one(practice, kept))


def _page(given: Given, kind: type[AnyEntry]) -> Any:
    most = given.query.get("most", PAGE)
    with given.inside() as practice:
        before = telling.there(practice, kind, given.query["before"]) if "before" in given.query else None
        return telling.page(practice, kind.kind, practice.journal.entries(kind, before, most), most)


def _time(said: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(said[name]) if name in said else None


BEGAN = moment_in_time("When it was; now, where it is left out.")
CALLS = [
    Call(
        "check_in_questions",
        "GET",
        "/api/check-ins/questions",
        "How I am, asked in the words of the book in use.",
        questions,
        {200: QUESTIONS},
    ),
    Call(
        "check_ins",
        "GET",
        "/api/check-ins",
        "Check-ins, the last written first.",
        check_ins,
        {200: schemas.page("check_ins", "check-ins")},
        query=PAGES,
    ),
    Call(
        "check_in",
        "POST",
        "/api/check-ins",
        "Keep how I am.",
        check_in,
        {201: ref("CheckIn")},
        table("", ("said",), said={**ANSWERED, "minProperties": 1}, happened_at=BEGAN),
    ),
    Call(
        "rests",
        "GET",
        "/api/rests",
        "Times of rest, the last written first.",
        rests,
        {200: schemas.page("rests", "times of rest")},
        query=PAGES,
    ),
    Call(
        "resting",
        "GET",
        "/api/rests/now",
        "The time of rest that it is now.",
        resting,
        {200: full("", rest=or_null(ref("Rest")))},
    ),
    Call(
        "rest",
        "POST",
        "/api/rests",
        "Keep a time of rest.",
        rest,
        {201: ref("Rest")},
        table(
            "",
            happened_at=BEGAN,
            ends_at=moment_in_time("When it ends; open, where it is left out."),
            note=text("", NOTE),
        ),
    ),
]
