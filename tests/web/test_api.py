"""The API: the same things as the pages, in JSON; every answer here is held against the description as well."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.routing import Route

import poise
from poise.web.api import every_call
from poise.web.serving import Serving
from poise.weighing.record import record

from ..docs.pages import ROOT, rows, under
from .program import ANSWERS, PROBLEM, Program, described, kept, new
from .site import Visitor

PAGE = ROOT / "docs" / "api.md"


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
