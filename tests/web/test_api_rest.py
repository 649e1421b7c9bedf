"""The rest of the API: people, oneself, rulebooks, the practice; locked; and what cannot be understood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..docs.pages import ROOT, blocks
from .conftest import PASSPHRASE
from .program import ANSWERS, PROBLEM, Program, kept, new

PAGE = ROOT / "docs" / "api.md"


# People, and oneself


def test_signs_and_what_to_come_back_to(program: Program) -> None:
    person = program.ask("POST", "/api/people", {"nickname": "Sam"}).body
    assert program.ask("POST", "/api/people", {"nickname": "sam"}).status == 200
    path = f"/api/people/{person['uid']}"
    assert program.ask("POST", f"{path}/signs", {"sign": "rupture", "said": "yes"}).status == 201
    waiting = {"person": person["uid"], "due_on": "2027-01-05"}
    follow_up = program.ask("POST", "/api/follow-ups", waiting).body
    about = program.ask("GET", path).body
    assert about["sore"]
    assert [each["uid"] for each in about["waiting"]] == [follow_up["uid"]]
    done = f"/api/follow-ups/{follow_up['uid']}/done"
    assert program.ask("POST", done).body == program.ask("POST", done).body
    assert program.ask("GET", "/api/follow-ups").body["follow_ups"] == []
    assert len(program.ask("GET", "/api/follow-ups?done=true").body["follow_ups"]) == 1


def test_a_nickname_is_changed_but_not_to_somebody_elses(program: Program) -> None:
    uids = [program.ask("POST", "/api/people", {"nickname": name}).body["uid"] for name in ("Sam", "Kit")]
    assert program.ask("PATCH", f"/api/people/{uids[0]}", {"nickname": "kit"}).status == 409
    assert program.ask("PATCH", f"/api/people/{uids[0]}", {"relation": "sister"}).body["relation"] == "sister"


def test_check_ins_and_rest(program: Program) -> None:
    names = [each["name"] for each in program.ask("GET", "/api/check-ins/questions").body["questions"]]
    assert names == ["energy", "toll", "elsewhere"]
    assert program.ask("POST", "/api/check-ins", {"said": {"energy": "low"}}).body["energy"] == "low"
    assert program.ask("POST", "/api/check-ins", {"said": {"energy": "purple"}}).kinds == ["unknown-answer"]
    assert program.ask("GET", "/api/rests/now").body["rest"] is None
    rest = program.ask("POST", "/api/rests", {"note": "a quiet week"}).body
    assert program.ask("GET", "/api/rests/now").body["rest"] == rest
    assert len(program.ask("GET", "/api/rests").body["rests"]) == len(
        program.ask("GET", "/api/check-ins").body["check_ins"]
    )


# Rulebooks, and the practice itself


def test_a_rulebook_is_read_used_and_rewritten(program: Program) -> None:
    (book,) = program.ask("GET", "/api/books").body["books"]
    assert (book["name"], book["in_use"]) == ("among_friends", True)
    path = "/api/books/among_friends"
    text = program.ask("GET", path).body
    changed = {"text": text["text"] + "\n# a remark of mine\n", "instead_of": text["sha256"]}
    assert program.ask("PUT", path, changed).body["text"] == changed["text"]
    assert program.ask("PUT", path, changed).status == 409
    broken = program.ask("PUT", path, {"text": "poise: 2", "instead_of": text["sha256"]})
    assert (broken.status, broken.kinds) == (422, ["version"])
    assert broken.body["mistakes"][0]["line"] == 1
    assert program.ask("POST", f"{path}/use").status == 200
    assert program.ask("GET", "/api/books/nowhere").kinds == ["no-book"]


def test_a_sealed_copy_is_made_and_tried(program: Program) -> None:
    kept(program)
    made = program.ask("POST", "/api/copies")
    assert (made.status, made.body["restores"], made.body["entries"]) == (201, True, 1)
    assert program.ask("GET", "/api/copies").body["copies"][0] == made.body["copy"]


def test_a_wrong_passphrase_opens_nothing(locked: Program) -> None:
    said = locked.ask("POST", "/api/unlock", {"passphrase": "not this"})
    assert (said.status, said.body["kind"]) == (422, "wrong-key")
    assert not locked.ask("GET", "/api/state").body["open"]


# Locked


READS = ["moments", "people", "rests", "check-ins", "follow-ups", "copies"]


@pytest.mark.parametrize("path", READS)
def test_while_locked_nothing_sealed_is_read(locked: Program, path: str) -> None:
    said = locked.ask("GET", f"/api/{path}")
    assert (said.status, said.body["kind"]) == (423, "locked")


def test_a_moment_kept_while_locked_joins_the_journal_at_unlocking(locked: Program) -> None:
    path = f"/api/moments/{new()}"
    for _ in range(2):
        sealed = locked.ask("PUT", path, {"answers": ANSWERS, "did": "gentle_now", "person": "Sam", "remark": "quiet"})
        assert sealed.status == 202
    assert locked.ask("PUT", f"/api/moments/{new()}", {"answers": {"harm": "purple"}}).status == 422
    assert locked.ask("PUT", f"/api/moments/{new()}", {"person": "two\nlines"}).status == 422
    assert locked.ask("GET", "/api/state").body["waiting"] == 1
    opened = locked.ask("POST", "/api/unlock", {"passphrase": PASSPHRASE}).body
    assert (opened["waiting"], opened["troubles"]) == (0, [])
    moment = locked.ask("GET", path).body
    assert (moment["remark"], moment["did"], moment["answers"]) == ("quiet", {"toward": "gentle_now"}, ANSWERS)
    assert locked.ask("PUT", path, {"answers": ANSWERS, "did": "gentle_now", "person": "Sam"}).status == 200
    assert not locked.ask("POST", "/api/lock").body["open"]


# What cannot be understood


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ({"answers": {"harm": "stingz"}}, ["unknown-answer"]),
        ({"answers": {"harn": "stings", "harm": "x"}}, ["unknown-name", "unknown-answer"]),
        ({"answers": {"whose": "mine"}}, ["unknown-name"]),
        ({"answers": {"harm": {"stings": -1}}}, ["bad-belief"]),
        ({"answers": [], "whose": 3, "purple": 1}, ["not-a-table", "not-a-word", "unknown-field"]),
        ({"answers": {"harm": True}}, ["not-a-word"]),
        ({"book": "nowhere"}, ["no-book"]),
        ([], ["not-a-table"]),
        (None, ["not-readable"]),
    ],
    ids=str,
)
def test_every_mistake_is_named_at_once(locked: Program, body: Any, kinds: list[str]) -> None:
    said = locked.ask("POST", "/api/weigh", body)
    assert (said.status, said.kinds) == (422, kinds)
    assert all(each["message"] for each in said.body["mistakes"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b'{"answers": {"harm": {"stings": 1e999}}}',
        b"[" * 100_000,
        b'"\\ud800"',
        b"1" * 9999,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_json_is_said_to_be_none(locked: Program, data: bytes) -> None:
    said = locked.send("POST", "/api/weigh", data)
    assert (said.status, said.headers["content-type"]) == (422, PROBLEM)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nowhere", 404),
        ("GET", "/api/", 404),
        ("GET", f"/api/moments/{'0' * 32}", 404),
        ("GET", "/api/moments/%00", 422),
        ("GET", "/api/moments?most=0", 422),
        ("GET", "/api/moments?before=%F0%9F%8D%90", 422),
        ("DELETE", "/api/state", 405),
        ("TRACE", "/api/moments", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(program: Program, method: str, path: str, status: int) -> None:
    said = program.send(method, path)
    assert (said.status, said.headers["content-type"], said.body["status"]) == (status, PROBLEM, status)
    if status == 405:
        assert "GET" in said.headers["allow"]


# The page


def test_the_program_on_the_page_runs(program: Program, tmp_path: Path) -> None:
    (example,) = [block for block in blocks(PAGE) if block.language == "py"]
    (shown,) = [block for block in blocks(PAGE) if block.language == "text"]
    (tmp_path / "ask.py").write_text(example.text, "utf-8")
    folder = str(program.app.rooms.door.folder)
    done = subprocess.run([sys.executable, "ask.py", folder], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout == shown.text
    (moment,) = program.ask("GET", "/api/moments").body["moments"]
    assert moment["answers"]["harm"] == "stings"
