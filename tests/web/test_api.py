"""The API: the same things as the pages, in JSON; every answer here is held against the description as well."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.routing import Route

import poise
from poise.web.api import every_call
from poise.web.serving import Serving
from poise.weighing.record import record

from ..docs.pages import ROOT, blocks, rows, under
from .conftest import PASSPHRASE
from .program import PROBLEM, Program, described
from .site import Visitor

PAGE = ROOT / "docs" / "api.md"
ANSWERS = {"who_was_hit": "someone_here", "harm": "stings", "safety": "safe", "place": "small_group"}


@pytest.fixture
def locked(app: Serving) -> Program:
    """A program; the journal is locked."""
    return Program(app)


@pytest.fixture
def program(locked: Program) -> Program:
    """A program that unlocked the journal."""
    assert locked.ask("POST", "/api/unlock", {"passphrase": PASSPHRASE}).body["open"]
    return locked


def new() -> str:
    """A name for a moment, as a client makes it."""
    return uuid4().hex


def kept(program: Program, **more: Any) -> dict[str, Any]:
    """A moment that was kept just now."""
    said = program.ask("PUT", f"/api/moments/{new()}", {"answers": ANSWERS, "did": "gentle_now", **more})
    assert said.status == 201
    found: dict[str, Any] = said.body
    return found


# The description


def test_every_path_of_the_app_is_described_and_no_other(app: Serving) -> None:
    served = app.server.config.app
    found = {route.path for route in served.routes if isinstance(route, Route) and route.path.startswith("/api/")}  # type: ignore[union-attr]
    assert found - {"/api/{path:path}"} == set(described()["paths"])
    methods = {(call.path, call.method.lower()) for call in every_call()}
    assert methods == {(path, method) for path, calls in described()["paths"].items() for method in calls}


def test_the_app_serves_the_description(locked: Program) -> None:
    assert locked.ask("GET", "/api/openapi.json").body == described()


def test_the_page_lists_every_call() -> None:
    listed = rows(under(PAGE, "Calls"))
    assert set(listed) == {f"{call.method} {call.path}" for call in every_call()}


def test_what_is_asked_for_is_described_in_words() -> None:
    for call in every_call():
        assert call.says.endswith("."), call.name
        for shape in [*call.query.values(), *call.parts.values()]:
            assert shape["description"]


# Who may call


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic {token}", "Bearer {token}x"])
def test_without_the_token_nothing_is_answered(locked: Program, token: str) -> None:
    said = locked.send("GET", "/api/state", Authorization=token.format(token=locked.app.sessions.token))
    assert (said.status, said.headers["content-type"]) == (401, PROBLEM)


def test_a_browsers_cookie_is_no_token(visitor: Visitor) -> None:
    assert visitor.get("/api/state").status == 401


def test_a_launch_page_leads_in_once(locked: Program) -> None:
    page = Path(locked.ask("POST", "/api/launch").body["page"]).read_text("utf-8")
    link = re.search(r"/enter\?link=[\w-]+", page)
    assert link
    assert Visitor(locked.app).get(link[0]).status == 200
    assert Visitor(locked.app).get(link[0]).status == 401


# A moment


def test_a_moment_is_weighed_as_the_library_weighs_it(locked: Program) -> None:
    said = locked.ask("POST", "/api/weigh", {"answers": ANSWERS}).body
    book = poise.read("among_friends")
    own = poise.weigh(book, poise.Moment(book, **ANSWERS))
    assert said["weighing"] == json.loads(json.dumps(record(own)))
    assert said["question"]["name"] == own.next_question
    assert said["told"]["leaning"] in str(own)


def test_a_belief_is_weighed_and_a_passed_question_is_not_asked_again(program: Program) -> None:
    asked = program.ask("POST", "/api/weigh", {"answers": {"trust": {"new": 0.25, "building": 0.75}}}).body
    assert asked["weighing"]["moment"]["trust"] == {"new": 0.25, "building": 0.75}
    name = asked["question"]["name"]
    again = program.ask("POST", "/api/weigh", {"answers": {}, "passed": [name]}).body
    assert again["question"]["name"] != name


def test_a_moment_is_kept_once_however_often_it_is_sent(program: Program) -> None:
    path, moment = f"/api/moments/{new()}", {"answers": ANSWERS, "did": "gentle_now", "person": "Sam"}
    first = program.ask("PUT", path, moment)
    second = program.ask("PUT", path, moment)
    other = program.ask("PUT", path, {**moment, "answers": {"harm": "serious"}})
    assert (first.status, second.status, other.status) == (201, 200, 409)
    assert first.body == second.body == program.ask("GET", path).body
    assert len(program.ask("GET", "/api/moments").body["moments"]) == 1
    assert [each["nickname"] for each in program.ask("GET", "/api/people").body["people"]] == ["Sam"]


def test_many_at_once_keep_one_moment_and_one_person(program: Program) -> None:
    path, moment = f"/api/moments/{new()}", {"answers": ANSWERS, "person": "Sam"}
    with ThreadPoolExecutor(8) as pool:
        same = [pool.submit(program.ask, "PUT", path, moment) for _ in range(8)]
        others = [pool.submit(program.ask, "PUT", f"/api/moments/{new()}", moment) for _ in range(8)]
        statuses = sorted(each.result().status for each in same)
        assert all(each.result().status == 201 for each in others)
    assert statuses == [200] * 7 + [201]
    assert len(program.ask("GET", "/api/moments").body["moments"]) == 9
    assert len(program.ask("GET", "/api/people").body["people"]) == 1


def test_something_is_written_down_later(program: Program) -> None:
    moment = kept(program)
    path = f"/api/moments/{moment['uid']}"
    changed = program.ask("PATCH", path, {"remark": "at the table", "person": "Sam", "did": "let_be"}).body
    assert (changed["remark"], changed["did"]) == ("at the table", {"toward": "let_be"})
    assert program.ask("GET", f"/api/people/{changed['person']}").body["person"]["nickname"] == "Sam"


def test_moments_come_in_pages_each_of_them_once(program: Program) -> None:
    made = {kept(program)["uid"] for _ in range(7)}
    seen: list[str] = []
    path = "/api/moments?most=3"
    while path:
        said = program.ask("GET", path).body
        seen += [each["uid"] for each in said["moments"]]
        path = f"/api/moments?most=3&before={said['next']}" if said["next"] else ""
    assert sorted(seen) == sorted(made)


def test_words_are_found_and_never_stand_in_an_address(program: Program) -> None:
    moment = kept(program, remark="a lantern at the table", person="Sam")
    kept(program, remark="a plum at the table")
    found = program.ask("POST", "/api/search", {"words": "lant*", "person": moment["person"]}).body["entries"]
    assert [each["uid"] for each in found] == [moment["uid"]]
    assert program.ask("GET", "/api/moments?words=lantern").status == 422


def test_a_moment_is_looked_back_on(program: Program) -> None:
    path = f"/api/moments/{kept(program, person='Sam')['uid']}"
    asked = [each["name"] for each in program.ask("POST", f"{path}/questions", {}).body["questions"]]
    assert asked[0] == "forecast"
    said = {"forecast": "same", "for_them": "helped", "how_known": "told", "for_us": "closer", "off": "a_little"}
    assert program.ask("POST", f"{path}/reflections", {"said": said}).status == 201
    (reflection,) = program.ask("GET", f"{path}/reflections").body["reflections"]
    assert (reflection["for_them"], reflection["moment"]) == ("helped, told", path.rpartition("/")[2])
    assert program.ask("GET", path).body["forecast"] == "same"


@pytest.mark.parametrize("said", [{"due_on": "soon"}, {"for_me": "x", "nothing": "y"}, {"how_known": "told"}])
def test_what_answers_no_question_is_not_kept(program: Program, said: dict[str, str]) -> None:
    path = f"/api/moments/{kept(program)['uid']}/reflections"
    assert program.ask("POST", path, {"said": {"for_us": "same", "back": "day", **said}}).status == 422
    assert program.ask("GET", path).body["reflections"] == []


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
