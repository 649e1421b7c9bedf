"""FHIR in and out: ranges and numbers travel; words and people stay."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.relationship import Instrument, Item, Unclear
from poise.relationship.fhir import Response, from_questionnaire, from_response, to_questionnaire, to_response

from .scales import HOW_SOLID

TWO = Instrument(
    "two_items",
    "Two items",
    (Item("1.0", 0.0, 10.0, 1.0, ask="the owner's words"), Item("group/b", -1.5, 2.5, 0.5)),
    0.8,
    "by permission",
    "(c) the owner",
    url="https://example.org/Questionnaire/two-items",
    version="2",
)
WHEN = "2026-03-04T21:15:00+01:00"


def test_a_questionnaire_has_ranges_and_a_notice_and_no_words() -> None:
    made = to_questionnaire(TWO)
    assert made == {
        "resourceType": "Questionnaire",
        "url": "https://example.org/Questionnaire/two-items",
        "version": "2",
        "title": "Two items",
        "status": "active",
        "copyright": "(c) the owner Licence: by permission",
        "item": [
            {
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
                    {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 10},
                ],
                "linkId": "1.0",
                "type": "integer",
            },
            {
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": -1.5},
                    {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 2.5},
                ],
                "linkId": "group/b",
                "type": "decimal",
            },
        ],
    }
    assert "the owner's words" not in json.dumps(made)


def test_a_response_says_whose_questions_when_and_what_and_never_about_whom() -> None:
    assert to_response(TWO, {"1.0": 7.0}, WHEN) == {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://example.org/Questionnaire/two-items|2",
        "status": "completed",
        "authored": WHEN,
        "item": [{"linkId": "1.0", "answer": [{"valueInteger": 7}]}],
    }


@pytest.mark.parametrize("instrument", [HOW_SOLID, TWO])
def test_a_questionnaire_comes_back_with_the_same_ranges(instrument: Instrument) -> None:
    there = json.loads(json.dumps(to_questionnaire(instrument)))
    back = from_questionnaire(there, reliability=instrument.reliability, name=instrument.id)
    assert (back.id, back.title, back.url, back.version) == (
        instrument.id, instrument.title, instrument.url, instrument.version,
    )  # fmt: skip
    assert [(item.id, item.low, item.high) for item in back.items] == [
        (item.id, item.low, item.high) for item in instrument.items
    ]
    assert instrument.notice in back.notice
    assert to_questionnaire(back)["item"] == there["item"]


@given(
    st.integers(0, 10).map(float), st.integers(-3, 5).map(lambda half: half / 2), st.sampled_from(["", WHEN, "2026"])
)
def test_answers_come_back_as_they_were(first: float, second: float, when: str) -> None:
    answers = {"1.0": first, "group/b": second}
    there = json.loads(json.dumps(to_response(TWO, answers, when)))
    assert from_response(there, TWO) == Response(answers, when)
    assert TWO.rating(answers) == first + second


def test_an_unanswered_item_stays_unanswered() -> None:
    back = from_response(to_response(TWO, {"1.0": 0.0}), TWO)
    assert back.answers == {"1.0": 0}
    assert TWO.rating(back.answers) is None
    assert from_response(to_response(TWO, {}), TWO).answers == {}


def test_groups_and_items_inside_items_are_walked_through() -> None:
    first, second = to_questionnaire(TWO)["item"]
    nested = to_questionnaire(TWO) | {
        "item": [
            {"linkId": "g", "type": "group", "item": [first | {"item": [{"linkId": "d", "type": "display"}, second]}]}
        ]
    }
    assert [item.id for item in from_questionnaire(nested, reliability=0.8).items] == ["1.0", "group/b"]
    answered = to_response(TWO, {}) | {
        "item": [
            {
                "linkId": "g",
                "item": [
                    {
                        "linkId": "1.0",
                        "answer": [
                            {"valueInteger": 3, "item": [{"linkId": "group/b", "answer": [{"valueDecimal": 0.5}]}]}
                        ],
                    }
                ],
            }
        ]
    }
    assert from_response(answered, TWO).answers == {"1.0": 3, "group/b": 0.5}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in to_questionnaire(TWO).items() if key != name}


def ends(kind: str, value: float) -> list[dict[str, Any]]:
    """Both ends of a range at the same number."""
    return [{"url": f"http://hl7.org/fhir/StructureDefinition/{end}Value", kind: value} for end in ("min", "max")]


def with_item(**changed: object) -> dict[str, Any]:
    made = deepcopy(to_questionnaire(TWO))
    made["item"][0] |= changed
    return made


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        (None, "resourceType: this is no Questionnaire"),
        ([], "resourceType: this is no Questionnaire"),
        ({"resourceType": "Patient"}, "resourceType: this is no Questionnaire"),
        (without("copyright"), "Questionnaire.copyright: it does not say whose it is"),
        (without("item"), "Questionnaire.item: it asks nothing"),
        (with_item(linkId=None), "item[0]: its linkId is `None`"),
        (with_item(linkId=["a"]), "item[0]: its linkId is"),
        (with_item(linkId="a b"), "item[0]: its linkId is `a b`"),
        (with_item(linkId="group/b"), "`two_items`: it has one or more items, each with a name of its own"),
        (with_item(type="choice"), "item[0]: `1.0` is of type `choice`"),
        (with_item(type={}), "item[0]: `1.0` is of type `{}`"),
        (with_item(extension=[]), "item[0]: `1.0` has no range"),
        (with_item(extension="no"), "item[0]: `1.0` has no range"),
        (with_item(extension=ends("valueInteger", 3)), "item[0]: `1.0` has no range"),
        (with_item(extension=ends("valueDecimal", math.nan)), "item[0]: `1.0` has no range"),
        (without("item") | {"item": {"linkId": "a"}}, "item: this is no list of items"),
        (without("item") | {"item": ["a"]}, "item[0]: this is no item"),
    ],
)
def test_a_questionnaire_that_cannot_be_read_is_refused_with_its_place(resource: object, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        from_questionnaire(resource, reliability=0.8, name="two_items")
    assert str(caught.value).startswith(said)
    assert len(caught.value.problems) == 1


def answering(*items: object, **changed: object) -> dict[str, Any]:
    return to_response(TWO, {}, WHEN) | {"item": list(items)} | changed


ONE = {"linkId": "1.0", "answer": [{"valueInteger": 3}]}


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("text", "resourceType: this is no QuestionnaireResponse"),
        (answering(ONE, status="in-progress"), "QuestionnaireResponse.status: its status is `in-progress`"),
        (answering(ONE, status=None), "QuestionnaireResponse.status: its status is `None`"),
        (answering(ONE, questionnaire="https://example.org/other"), "QuestionnaireResponse.questionnaire: it answers"),
        (answering(ONE, authored="yesterday"), "QuestionnaireResponse.authored: `yesterday` is no time in FHIR"),
        (answering(ONE, authored=4), "QuestionnaireResponse.authored: `4` is no time in FHIR"),
        (answering(ONE, ONE), "item[1]: `1.0` is answered twice"),
        (
            answering({"linkId": "1.0", "answer": [{"valueString": "3"}]}),
            "item[0]: `1.0` is not answered with one number",
        ),
        (
            answering({"linkId": "1.0", "answer": [{"valueInteger": True}]}),
            "item[0]: `1.0` is not answered with one number",
        ),
        (
            answering({"linkId": "1.0", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}),
            "item[0]: `1.0` is not answered with one number",
        ),
        (answering({"linkId": "1.0", "answer": 3}), "item[0]: `1.0` is not answered with one number"),
        (answering({"linkId": "1.0", "answer": [{"valueInteger": 11}]}), "`1.0`: 11 is not on the scale from 0 to 10"),
        (
            answering({"linkId": "1.0", "answer": [{"valueDecimal": math.nan}]}),
            "item[0]: `1.0` is not answered with one number",
        ),
        (answering({"linkId": "c", "answer": [{"valueInteger": 1}]}), "`c`: `two_items` has no such item"),
        (answering({"linkId": [], "answer": [{"valueInteger": 1}]}), "`[]`: `two_items` has no such item"),
        (answering() | {"item": "none"}, "item: this is no list of items"),
    ],
)
def test_a_response_that_cannot_be_read_is_refused_with_its_place(resource: object, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        from_response(resource, TWO)
    assert str(caught.value).startswith(said)
    assert len(caught.value.problems) == 1


def test_items_in_items_without_end_are_refused() -> None:
    item: dict[str, Any] = ONE
    for _ in range(500):
        item = {"linkId": "g", "item": [item]}
    with pytest.raises(Unclear, match="deep"):
        from_response(answering(item), TWO)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["item", "answer", "linkId", "type", "extension", "url", "valueInteger", "status"]), inner
        )
    ),
    max_leaves=12,
)


@given(JUNK)
def test_whatever_is_handed_in_is_read_or_refused_in_words(junk: object) -> None:
    with suppress(Unclear):
        from_questionnaire(without("item") | {"item": junk}, reliability=0.8)
    with suppress(Unclear):
        from_response(answering() | {"item": junk}, TWO)
    with suppress(Unclear):
        from_response(junk, TWO)


def test_without_an_address_nothing_is_written() -> None:
    bare = Instrument("bare", "Bare", (Item("a", 0.0, 1.0),), 0.7, "none")
    with pytest.raises(Unclear, match="it has no `url`"):
        to_questionnaire(bare)
    with pytest.raises(Unclear, match="it has no `url`"):
        to_response(bare, {"a": 0.5})


@pytest.mark.parametrize("when", ["yesterday", "2026-13-01", "2026-03-04T21:15", "2026-03-04 21:15:00Z"])
def test_a_time_that_is_none_is_not_written(when: str) -> None:
    with pytest.raises(Unclear, match="no time in FHIR"):
        to_response(TWO, {"1.0": 3.0}, when)
