"""Looking back on a moment: what is asked, what was said, and keeping it. The leaning is in neither."""

from __future__ import annotations

from typing import Any

from ....journal.entries import KeptMoment, Reflection
from ....journal.tables import NOTE
from ....practice import reflecting
from ....practice.asking import Question, checked
from ....relationship import Instrument
from .. import schemas, telling
from ..calling import Answer, Call, Given
from ..shapes import each, full, ref, several, table, text
from .moments import ONE

ANSWERED = each(text(most=NOTE), "{question: answer}. An empty answer passes the question over.")
SAID = table("What was said.", ("said",), said={**ANSWERED, "minProperties": 1})


def asked(given: Given) -> Any:
    """What is asked, as far as it is known from what was said."""
    with given.inside() as practice:
        moment = telling.there(practice, KeptMoment, given.path["uid"])
        said = dict(given.body.get("said", {}))
        asking = reflecting.questions(reflecting.about(practice, moment))
        checked(asking, said)
        return {"questions": [plain(question) for question in asking(said) if said.get(question.name) is None]}


def reflect(given: Given) -> Any:
    """Keep what was said, all of it or nothing."""
    with given.inside() as practice:
        moment = telling.there(practice, KeptMoment, given.path["uid"])
        entries = practice.reflected(moment, given.body["said"])
        return Answer(201, {"entries": telling.told(practice, entries)})


def reflections(given: Given) -> Any:
    """What was said of a moment, the last first."""
    with given.inside() as practice:
        moment = telling.there(practice, KeptMoment, given.path["uid"])
        found = list(practice.every(Reflection, moment_id=moment.id))
        return {"reflections": telling.told(practice, found)}


def plain(question: Question) -> dict[str, Any]:
    """A question as a JSON object."""
    answers = [{"name": name, "says": says} for name, says in question.answers.items()]
    return {**question._asdict(), "answers": answers, "scale": _scale(question.scale) if question.scale else None}


def _scale(instrument: Instrument) -> dict[str, Any]:
    return {
        "from": instrument.low,
        "to": instrument.high,
        "step": instrument.step,
        **{name: getattr(instrument, name) for name in ("id", "title", "notice", "licence")},
    }


QUESTIONS = full("", questions=several(ref("Question")))
CALLS = [
    Call(
        "reflecting_questions",
        "POST",
        "/api/moments/{uid}/questions",
        "What is asked about a moment afterwards and was not said yet. Later questions depend on what was said.",
        asked,
        {200: QUESTIONS},
        table("What was said so far.", said=ANSWERED),
        parts=ONE,
    ),
    Call(
        "reflect",
        "POST",
        "/api/moments/{uid}/reflections",
        "Keep what was said about a moment. Each time it is sent, it is kept.",
        reflect,
        {201: full("", entries=several(ref("Entry")))},
        SAID,
        parts=ONE,
    ),
    Call(
        "reflections",
        "GET",
        "/api/moments/{uid}/reflections",
        "What was said about a moment, the last first.",
        reflections,
        {200: full("", reflections=several(ref(schemas.called("reflections"))))},
        parts=ONE,
    ),
]
