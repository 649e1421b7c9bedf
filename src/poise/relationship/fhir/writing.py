"""Instruments and answers, written as FHIR. An item goes out as its linkId and its range, its words never."""

from __future__ import annotations

from collections.abc import Mapping

from ..instruments.instrument import Instrument, Item
from ..unclear import Problem, Unclear, clipped
from .terms import MAX_VALUE, MIN_VALUE, TIME, Json


def to_questionnaire(instrument: Instrument) -> Json:
    """The instrument as a `Questionnaire`. Raises Unclear where it has no `url`."""
    kinds = {item.id: _kind(item) for item in instrument.items}
    items = [
        {
            "extension": [_end(MIN_VALUE, kinds[item.id], item.low), _end(MAX_VALUE, kinds[item.id], item.high)],
            "linkId": item.id,
            "type": kinds[item.id],
        }
        for item in instrument.items
    ]
    made: Json = {"resourceType": "Questionnaire", "url": _url(instrument)}
    made |= {"version": instrument.version} if instrument.version else {}
    made |= {"title": instrument.title, "status": "active"}
    made["copyright"] = " ".join(part for part in (instrument.notice, f"Licence: {instrument.licence}") if part)
    return made | {"item": items}


def to_response(instrument: Instrument, answers: Mapping[str, float], authored: str = "") -> Json:
    """Answers as a finished `QuestionnaireResponse`; unanswered items are left out. Raises Unclear."""
    instrument.rating(answers)
    if authored and not TIME.fullmatch(authored):
        raise Unclear([Problem("authored", f"{clipped(authored)} is no time in FHIR", "as 2026-03-04T21:15:00+01:00")])
    made: Json = {"resourceType": "QuestionnaireResponse", "questionnaire": _canonical(instrument)}
    made |= {"status": "completed"} | ({"authored": authored} if authored else {})
    given = [
        {"linkId": item.id, "answer": [_number(_kind(item), answers[item.id])]}
        for item in instrument.items
        if item.id in answers
    ]
    return made | ({"item": given} if given else {})


def _kind(item: Item) -> str:
    whole = all(float(number).is_integer() for number in (item.low, item.high, item.step or 0.5))
    return "integer" if whole else "decimal"


def _end(url: str, kind: str, value: float) -> Json:
    return {"url": url} | _number(kind, value)


def _number(kind: str, value: float) -> Json:
    return {"valueInteger": round(value)} if kind == "integer" else {"valueDecimal": value}


def _url(instrument: Instrument) -> str:
    if not instrument.url:
        raise Unclear(
            [Problem(f"`{instrument.id}`", "it has no `url`", "FHIR tells questionnaires apart by it: add one")]
        )
    return instrument.url


def _canonical(instrument: Instrument) -> str:
    return _url(instrument) + (f"|{instrument.version}" if instrument.version else "")
