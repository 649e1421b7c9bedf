"""Afterwards: three minutes, one question at a time, each skippable. What the guidelines leaned to is not shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...journal.entries import KeptMoment, Reflection
from ...journal.finding import PAGE
from ...practice import Practice, reflecting
from ...practice.asking import DAY, LINE, PASSED, Question, on_scale
from ...rulebook.speech import Say
from ..page import Form, page, rooms, say_of, see, taking, words

DAYS = {"tomorrow": 1, "in a week": 7, "in a month": 30}
"""Days to come that one tap chooses."""


class Row(NamedTuple):
    """A moment in a list: what happened when, with whom, what I did, and whether it was looked back on."""

    moment: KeptMoment
    person: str
    did: str
    reflected: bool


def routes() -> list[Route]:
    """The paths of these pages."""
    return [
        Route("/afterwards", listed),
        Route("/afterwards/{moment}", about),
        Route("/afterwards/{moment}/ask", asked),
        Route("/afterwards/{moment}/ask", answer, methods=["POST"]),
        Route("/afterwards/{moment}/keep", keep, methods=["POST"]),
        Route("/afterwards/{moment}/draft", drafted, methods=["POST"]),
    ]


def listed(request: Request) -> Response:
    """Moments, the last that happened first."""
    with rooms(request).door.inside() as practice:
        before = request.query_params.get("before", "")
        found = practice.moments(before=practice.moment(before) if before else None)
        nicknames = practice.nicknames()
        rows = rows_of(practice, found, nicknames)
    return page(request, "afterwards/list.html", rows=rows, more=found[-1].uid if len(found) == PAGE else "")


def about(request: Request) -> Response:
    """One moment: when, with whom, what I did; and what I said of it afterwards."""
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        reflections = practice.journal.entries(Reflection, moment_id=moment.id)
        return page(
            request,
            "afterwards/moment.html",
            row=row_of(practice, moment, practice.nicknames()),
            said=[_said(practice, moment, each, say_of(request)) for each in reflections],
            begun=practice.journal.draft(_draft(moment)) is not None,
        )


def asked(request: Request) -> Response:
    """The next question; where none is left, whether to keep what was said."""
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        said = _so_far(practice, moment)
        seen = reflecting.about(practice, moment, say_of(request))
        question = _next(seen, said)
        known: dict[str, Any] = {"row": row_of(practice, moment, practice.nicknames()), "answered": len(said)}
        if question is None:
            return page(request, "afterwards/keep.html", summary=_summary(seen, said), **known)
        today = practice.journal.now().date()
        days = {name: (today + timedelta(days=far)).isoformat() for name, far in DAYS.items()}
        return page(
            request, "afterwards/question.html", question=question, typed=said.get(f"_{question.name}", ""), days=days,
            is_line=question.kind == LINE, is_day=question.kind == DAY, **known,
        )  # fmt: skip


@taking
def answer(request: Request, form: Form) -> Response:
    """Take an answer, or pass the question over. Raises Refused for a number that is not on one's instrument."""
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        said = _so_far(practice, moment)
        if words(form, "back"):
            _step_back(said)
        else:
            _answered(practice, reflecting.about(practice, moment), said, form)
        practice.journal.save_draft(_draft(moment), json.dumps(said, ensure_ascii=False))
        return see(request, f"/afterwards/{moment.uid}/ask")


@taking
def keep(request: Request, _: Form) -> Response:
    """Keep what was said, all of it."""
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        said = {name: value for name, value in _so_far(practice, moment).items() if not name.startswith("_")}
        if said:
            practice.reflected(moment, said, draft=_draft(moment))
        return see(request, f"/afterwards/{moment.uid}")


@taking
def drafted(request: Request, form: Form) -> Response:
    """Keep what is being typed."""
    with rooms(request).door.inside() as practice:
        moment = practice.moment(request.path_params["moment"])
        said = _so_far(practice, moment)
        said[f"_{words(form, 'question')}"] = words(form, "words")
        practice.journal.save_draft(_draft(moment), json.dumps(said, ensure_ascii=False))
    return Response(status_code=204)


def _answered(practice: Practice, seen: reflecting.About, said: dict[str, str], form: Form) -> None:
    question = _next(seen, said)
    if question is None or question.name != words(form, "question"):
        return  # another tab was faster: nothing is answered twice
    given = words(form, "answer") or words(form, "words")
    if question.scale and not given and not words(form, "pass") and (number := words(form, "number", 60)):
        practice.number(number)
        given = number
    said.pop(f"_{question.name}", None)
    said[question.name] = given if _fits(question, given) else PASSED


def _fits(question: Question, given: str) -> bool:
    """Whether an answer is one of the question's, a day, or one's own words where those count."""
    if question.kind == DAY:
        try:
            return bool(date.fromisoformat(given))
        except ValueError:
            return False
    return question.kind == LINE or question.own_words or given in question.answers or on_scale(question, given)


def _next(seen: reflecting.About, said: Mapping[str, str]) -> Question | None:
    plain = {name: value for name, value in said.items() if not name.startswith("_")}
    return next((each for each in reflecting.questions(seen)(plain) if each.name not in plain), None)


def _step_back(said: dict[str, str]) -> None:
    """Take the last answer back."""
    answered = [name for name in said if not name.startswith("_")]
    if answered:
        del said[answered[-1]]


def _so_far(practice: Practice, moment: KeptMoment) -> dict[str, str]:
    """What was said so far, in its order; what is only typed yet begins with `_`."""
    body = practice.journal.draft(_draft(moment))
    found: dict[str, str] = json.loads(body) if body else {}
    return found


def _draft(moment: KeptMoment) -> str:
    return f"afterwards-{moment.uid}"


def row_of(practice: Practice, moment: KeptMoment, nicknames: Mapping[int, str]) -> Row:
    """A moment for a list."""
    return rows_of(practice, [moment], nicknames)[0]


def rows_of(
    practice: Practice,
    moments: Sequence[KeptMoment],
    nicknames: Mapping[int, str],
    said: Mapping[int, Reflection] | None = None,
) -> list[Row]:
    """Moments for a list; `said` is the last reflection of each, where it is at hand."""
    reflected = practice.last_reflections(moments) if said is None else said
    return [
        Row(each, nicknames.get(each.person_id or 0, ""), practice.did_words(each), each.id in reflected)
        for each in moments
    ]


def _summary(seen: reflecting.About, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, what was said) for everything that was answered."""
    plain = {name: value for name, value in said.items() if not name.startswith("_")}
    asks = list(reflecting.questions(seen)(plain))
    return [(each.ask, each.answers.get(plain[each.name], plain[each.name])) for each in asks if plain.get(each.name)]


def _said(practice: Practice, moment: KeptMoment, reflection: Reflection, say: Say) -> dict[str, Any]:
    fields = ("for_them", "for_us", "for_me")
    return {
        "at": reflection.written_at,
        **{name: reflecting.in_words(name, getattr(reflection, name), say) for name in fields},
        "expected": reflecting.in_words("forecast", moment.forecast, say),
        "would": practice.would_words(moment, reflection),
        "note": reflection.note,
    }
