"""Proposals by the API: listed, taken, kept private, forgotten, undone; and nothing else is ever changed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from ..practice.living import NAME, lived
from .conftest import PASSPHRASE
from .program import Program
from .site import Visitor

NAMED = ("book", "sha256", "guideline", "new")


@pytest.fixture(scope="module")
def ninety(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(made, tmp_path_factory.mktemp("lived") / "practice", {"not_online": 3.0, "tired": 3.0}, 90, 2)


@pytest.fixture
def folder(ninety: Path, tmp_path: Path) -> Path:
    """Of somebody who kept ninety moments."""
    return Path(shutil.copytree(ninety, tmp_path / "practice"))


def listed(program: Program) -> dict[str, Any]:
    """What is proposed, once it is worked out."""
    for _ in range(400):
        found: dict[str, Any] = program.ask("GET", "/api/proposals").body
        if found["ready"]:
            return found
        assert (found["enough"], found["proposals"]) == (None, [])
        time.sleep(0.1)
    raise AssertionError("it is still being worked out")


def proposal(program: Program, guideline: str) -> dict[str, Any]:
    found = next(each for each in listed(program)["proposals"] if each["guideline"] == guideline)
    return {name: found[name] for name in NAMED}


def weight(program: Program, guideline: str) -> float:
    with program.app.rooms.door.inside() as practice:
        return practice.books.read(NAME).guidelines[guideline].weight


@pytest.fixture
def opened(program: Program) -> Program:
    program.ask("POST", "/api/unlock", {"passphrase": PASSPHRASE})
    return program


def test_they_are_listed_with_numbers_and_the_moments_behind_them(opened: Program) -> None:
    found = listed(opened)
    assert found["enough"]
    assert found["answered"] == []
    first = next(each for each in found["proposals"] if each["guideline"] == "not_online")
    assert (first["book"], first["old"], first["new"]) == (NAME, 1.0, 2.0)
    assert opened.ask("GET", f"/api/moments/{first['behind'][0]}").status == 200


def test_where_there_is_not_enough_to_tell_it_says_so(newcomer: Visitor) -> None:
    newcomer.send("/welcome", {"book": "among_friends", "passphrase": PASSPHRASE, "again": PASSPHRASE})
    found = listed(Program(newcomer.app))
    assert (found["enough"], found["proposals"], found["answered"]) == (False, [], [])


def test_one_is_taken_and_undone(opened: Program) -> None:
    said = {"what": "taken", **proposal(opened, "not_online")}
    answer = opened.ask("POST", "/api/proposals/answers", said)
    assert (answer.status, answer.body["what"], weight(opened, "not_online")) == (201, "taken", 2.0)
    assert [each["number"] for each in listed(opened)["answered"]] == [answer.body["number"]]
    assert opened.ask("POST", "/api/proposals/answers", said).status == 422, "sent twice"
    undo = f"/api/proposals/answers/{answer.body['number']}/undo"
    assert opened.ask("POST", undo).body["undone"] == answer.body
    assert weight(opened, "not_online") == 1.0
    assert opened.ask("POST", undo).status == 404


@pytest.mark.parametrize("what", ["private", "forgotten"])
def test_kept_private_or_forgotten_the_book_stays(opened: Program, what: str) -> None:
    said = {"what": what, **proposal(opened, "not_online")}
    assert opened.ask("POST", "/api/proposals/answers", said).body["what"] == what
    assert weight(opened, "not_online") == 1.0
    assert "not_online" not in [each["guideline"] for each in listed(opened)["proposals"]]


@pytest.mark.parametrize(
    "other", [{"new": 9.0}, {"sha256": "0" * 64}, {"guideline": "cardinal"}, {"book": "another"}, {"new": 1e300}]
)
def test_what_is_not_proposed_is_not_touched(opened: Program, other: dict[str, Any]) -> None:
    said = {"what": "taken", **proposal(opened, "not_online"), **other}
    assert opened.ask("POST", "/api/proposals/answers", said).status == 422
    assert weight(opened, "not_online") == 1.0


def test_locked_nothing_is_said_and_nothing_done(visitor: Visitor) -> None:
    program = Program(visitor.app)
    assert program.ask("GET", "/api/proposals").status == 423
    said = {"what": "taken", "book": NAME, "sha256": "0", "guideline": "not_online", "new": 2.0}
    assert program.ask("POST", "/api/proposals/answers", said).status == 423
    assert program.ask("POST", "/api/proposals/answers/1/undo").status == 423


def test_a_rating_can_be_a_number_on_ones_own_instrument_and_no_other(opened: Program) -> None:
    person = opened.ask("POST", "/api/people", {"nickname": "Sam"}).body["uid"]
    path = f"/api/people/{person}/signs"
    assert opened.ask("POST", path, {"sign": "rating", "said": "7"}).status == 422
    with opened.app.rooms.door.inside() as practice:
        practice.use_instrument(
            "instrument: 1\nid: mine\ntitle: Mine\nlicence: CC0-1.0\nreliability: 0.8\n"
            "items:\n  one: {from: 0, to: 10, step: 1}\n"
        )
    assert opened.ask("POST", path, {"sign": "rating", "said": "7"}).body["said"] == "mine 7"
    assert opened.ask("POST", path, {"sign": "rating", "said": "11"}).status == 422
    assert opened.ask("POST", path, {"sign": "rupture", "said": "7"}).kinds == ["unknown-answer"]
    moment = {"answers": {"harm": "stings"}, "person": "Sam"}
    uid = opened.ask("PUT", f"/api/moments/{'a1' * 16}", moment).body["uid"]
    questions = opened.ask("POST", f"/api/moments/{uid}/questions", {}).body["questions"]
    scale = next(each["scale"] for each in questions if each["name"] == "rating")
    assert (scale["from"], scale["to"], scale["step"], scale["licence"]) == (0, 10, 1, "CC0-1.0")
    assert opened.ask("POST", f"/api/moments/{uid}/reflections", {"said": {"rating": "3"}}).status == 201
