"""Instruments and answers, read from FHIR: every problem in one pass, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from ..instruments.instrument import FARTHEST, HIGHER, SUM, Instrument, Item, is_number
from ..instruments.reading import ITEM_ID, MOST_ITEMS, WORD
from ..unclear import Problem, Unclear, clipped
from .terms import FINISHED, MAX_VALUE, MIN_VALUE, MOST_DEEP, TIME, Json, Response


def from_questionnaire(
    resource: object, *, reliability: float, name: str = "", better: str = HIGHER, total: str = SUM
) -> Instrument:
    """The instrument that a `Questionnaire` describes. Raises Unclear with every problem in it."""
    found = _resource(resource, "Questionnaire")
    items, problems = _items(found)
    if not _text(found, "copyright"):
        problems.append(Problem("Questionnaire.copyright", "it does not say whose it is", "add the owner's notice"))
    if problems:
        raise Unclear(problems)
    title, url = _text(found, "title") or _text(found, "name"), _text(found, "url")
    name = name or _text(found, "name") or _text(found, "id")
    return Instrument(
        id=name if WORD.fullmatch(name) else "questionnaire",
        title=title or url,
        items=tuple(items),
        reliability=reliability,
        licence="see notice",
        notice=_text(found, "copyright"),
        better=better,
        total=total,
        url=url,
        version=_text(found, "version"),
    )


def from_response(resource: object, instrument: Instrument) -> Response:
    """The answers of a `QuestionnaireResponse` to this instrument. Raises Unclear with every problem in it."""
    found = _resource(resource, "QuestionnaireResponse")
    problems = list(_response_problems(found, instrument))
    answers: dict[str, float] = {}
    for place, item in _leaves(found.get("item"), "item", problems):
        link, value = str(item.get("linkId")), _answer(item, place, problems)
        if value is None:
            continue
        if link in answers:
            problems.append(Problem(place, f"{clipped(link)} is answered twice"))
        answers[link] = value
    if problems:
        raise Unclear(problems)
    instrument.rating(answers)
    return Response(answers, _text(found, "authored"))


def _response_problems(found: Json, instrument: Instrument) -> Iterator[Problem]:
    if found.get("status") not in FINISHED:
        message = f"its status is {clipped(found.get('status'))}"
        yield Problem("QuestionnaireResponse.status", message, f"only {' and '.join(FINISHED)} responses count")
    asked = _text(found, "questionnaire")
    if instrument.url and asked and asked.partition("|")[0] != instrument.url:
        message = f"it answers {clipped(asked, 80)}"
        yield Problem("QuestionnaireResponse.questionnaire", message, f"`{instrument.id}` is {instrument.url}")
    authored = found.get("authored")
    if authored is not None and not (isinstance(authored, str) and TIME.fullmatch(authored)):
        yield Problem("QuestionnaireResponse.authored", f"{clipped(authored)} is no time in FHIR")


def _items(found: Json) -> tuple[list[Item], list[Problem]]:
    problems: list[Problem] = []
    items = [_item(place, one, problems) for place, one in _leaves(found.get("item"), "item", problems)]
    made = [item for item in items if item]
    if not made and not problems:
        problems.append(Problem("Questionnaire.item", "it asks nothing"))
    return made, problems


def _item(place: str, found: Json, problems: list[Problem]) -> Item | None:
    link, kind = found.get("linkId"), found.get("type")
    if kind == "display":
        return None
    if not (isinstance(link, str) and ITEM_ID.fullmatch(link)):
        problems.append(Problem(place, f"its linkId is {clipped(link)}", "letters, digits, `_`, `.`, `-` and `/`"))
        return None
    if kind not in ("integer", "decimal"):
        message = f"`{link}` is of type {clipped(kind)}"
        problems.append(Problem(place, message, "only numbers are read: `integer` or `decimal`"))
        return None
    ends = [_end_of(found, url) for url in (MIN_VALUE, MAX_VALUE)]
    low, high = ends
    if low is None or high is None or not low < high:
        problems.append(Problem(place, f"`{link}` has no range", "add the extensions minValue and maxValue"))
        return None
    return Item(link, low, high, 1.0 if kind == "integer" else 0.0)


def _leaves(found: object, place: str, problems: list[Problem], deep: int = 1) -> Iterator[tuple[str, Json]]:
    """Every item but groups, with its place, and the items inside it."""
    if found is None:
        return
    if not isinstance(found, list) or deep > MOST_DEEP or len(found) > MOST_ITEMS:
        problems.append(Problem(place, "this is no list of items, or a very long or deep one", "is it the right file?"))
        return
    for number, one in enumerate(found):
        at = f"{place}[{number}]"
        if not isinstance(one, dict):
            problems.append(Problem(at, "this is no item"))
            continue
        if "item" not in one or "answer" in one or one.get("type", "group") != "group":
            yield at, one
        yield from _leaves(one.get("item"), f"{at}.item", problems, deep + 1)
        for answer in one["answer"] if isinstance(one.get("answer"), list) else []:
            inside = answer.get("item") if isinstance(answer, dict) else None
            yield from _leaves(inside, f"{at}.answer.item", problems, deep + 1)


def _answer(found: Json, place: str, problems: list[Problem]) -> float | None:
    """The one number an item was answered with, None where it was not answered."""
    given = found.get("answer", [])
    if given == []:
        return None
    one = given[0] if isinstance(given, list) and len(given) == 1 else None
    value = one.get("valueInteger", one.get("valueDecimal")) if isinstance(one, dict) else None
    if not is_number(value):
        problems.append(Problem(place, f"{clipped(found.get('linkId'))} is not answered with one number"))
        return None
    return value


def _end_of(found: Json, url: str) -> float | None:
    extensions = found.get("extension")
    for one in extensions if isinstance(extensions, list) else []:
        if isinstance(one, dict) and one.get("url") == url:
            value = one.get("valueInteger", one.get("valueDecimal"))
            return value if is_number(value) and abs(value) <= FARTHEST else None
    return None


def _resource(found: object, kind: str) -> Json:
    if not isinstance(found, dict) or found.get("resourceType") != kind:
        raise Unclear([Problem("resourceType", f"this is no {kind}", "is it the right file?")])
    return found


def _text(found: Json, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""
