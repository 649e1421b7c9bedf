"""`poise check`: what stands out, in words, as JSON and as SARIF."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from poise.shelf import STARTERS

from .conftest import Poise

TWICE = """poise: 1
title: Twice
responses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}
considerations: {harm: {ask: How bad, answers: slip < bad < cruel}}
guidelines:
  first: {say: Speak up, when: harm >= bad, lean: {speak: pull}}
  again: {say: Do speak up, when: harm == cruel, lean: {speak: pull}}
  rest: {say: Rest, when: harm == slip, lean: {wait: pull}}
"""


@pytest.fixture
def twice(tmp_path: Path) -> str:
    book = tmp_path / "twice.yaml"
    book.write_text(TWICE, encoding="utf-8")
    return str(book)


@pytest.mark.parametrize("book", STARTERS)
def test_a_starter_book_has_notes_at_most(poise: Poise, book: str) -> None:
    data = json.loads(poise("check", book, "--json").out)["books"][0]
    assert {finding["level"] for finding in data["findings"]} <= {"note"}
    assert poise("check", book).code == 0


def test_a_finding_says_what_where_how_often_and_how_to_see_it(poise: Poise, twice: str) -> None:
    ran = poise("check", twice)
    assert (ran.code, ran.err) == (1, "")
    told = " ".join(ran.out.split())
    assert f"{twice}:7: Whenever `again` applies, `first` applies too and leans the same." in told
    assert "It is so in one of three invented situations." in told
    assert f"See it: poise weigh {twice} harm=cruel" in told


def test_json_has_all_of_it(poise: Poise, twice: str) -> None:
    found = json.loads(poise("check", twice, "--json").out)["books"][0]["findings"]
    assert len(found) == 1
    assert found[0] | {"message": "", "advice": ""} == {
        "kind": "implied",
        "level": "look",
        "message": "",
        "advice": "",
        "guidelines": ["again", "first"],
        "moment": {"harm": "cruel"},
        "whose": "theirs",
        "share": pytest.approx(1 / 3),
        "file": twice,
        "line": 7,
        "column": 3,
    }


def test_sarif_has_mistakes_and_findings_with_their_places(poise: Poise, twice: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(TWICE.replace("harm == slip", "harm == slp"), encoding="utf-8")
    ran = poise("check", twice, str(broken), "--sarif")
    assert ran.code == 2
    data = json.loads(ran.out)
    assert data["version"] == "2.1.0"
    run = data["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"implied", "unknown-answer"}
    finding, mistake = run["results"]
    assert (finding["level"], mistake["level"]) == ("warning", "error")
    assert _marked(finding) == "again"
    assert _marked(mistake) == "slp"


def only(required: dict[str, object], optional: dict[str, object] | None = None) -> dict[str, object]:
    """An object that has these properties, perhaps those, and no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
SAID = only({"text": TEXT})
REGION = only(dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), COUNT))
PLACE = only({"artifactLocation": only({"uri": {"type": "string", "format": "uri-reference"}})}, {"region": REGION})
RESULT = only(
    {
        "ruleId": TEXT,
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": SAID,
        "locations": {"type": "array", "items": only({"physicalLocation": PLACE}), "minItems": 1},
    }
)
RULES = {"type": "array", "items": only({"id": TEXT, "shortDescription": SAID}), "uniqueItems": True}
RUN = only(
    {
        "tool": only({"driver": only({"name": TEXT, "version": TEXT, "rules": RULES})}),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    }
)
SARIF = only(
    {
        "$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "minItems": 1},
    }
)
"""The part of SARIF 2.1.0 that is used, in the standard's own names: sections 3.13 to 3.30 of it say what has to be."""


def test_sarif_is_as_the_standard_has_it(poise: Poise, twice: str, tmp_path: Path) -> None:
    broken = tmp_path / "not quite right.yaml"
    broken.write_text(TWICE.replace("harm == slip", "harm == slp"), encoding="utf-8")
    validator = jsonschema.Draft202012Validator(SARIF)
    for books in ([twice], [str(broken)], ["among_friends", twice, str(broken)]):
        data = json.loads(poise("check", *books, "--sarif").out)
        assert [problem.message for problem in validator.iter_errors(data)] == []
        run = data["runs"][0]
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(
            dict.fromkeys(result["ruleId"] for result in run["results"])
        )
        for result in run["results"]:
            assert " " not in result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def _marked(result: dict[str, Any]) -> str:
    """The text that a result points at, read back from its file."""
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    line: str = Path(place["artifactLocation"]["uri"]).read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert region["endLine"] == region["startLine"]
    start, end = int(region["startColumn"]), int(region["endColumn"])
    return line[start - 1 : end - 1]


def test_two_forms_at_once_are_code_2(poise: Poise, twice: str) -> None:
    ran = poise("check", twice, "--json", "--sarif")
    assert (ran.code, ran.out) == (2, "")
    assert "give one of them" in ran.err
