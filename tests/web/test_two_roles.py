"""Two roles side by side: one moment, two leanings, and nothing that says which is right."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from poise.practice import Practice, two_roles
from poise.web.serving import Serving
from poise.weighing.moment import Answer, Moment
from poise.weighing.weighing import weigh

from .axe import violations_in_both as violations
from .conftest import Opened
from .site import Visitor
from .test_seen import unlock

ANSWERS: dict[str, Answer] = {
    "role": "clinician", "who_was_hit": "people_not_here", "trust": "new", "harm": "stings", "safety": "safe",
    "place": "one_to_one", "link": "none", "again": "soon",
}  # fmt: skip


def keep(practice: Practice, **more: Answer) -> str:
    """A moment kept by the book for the room; the name of it."""
    if "in_the_room" not in practice.books.names:
        practice.books.adopt("in_the_room")
    return practice.keep("in_the_room", answers=ANSWERS | more, person="Sam", did="let_be").uid


@pytest.fixture
def uid(unlocked: Visitor) -> str:
    with unlocked.app.rooms.door.inside() as practice:
        return keep(practice)


def option(visitor: Visitor, uid: str, words: str) -> str:
    """The name that a page gives to a way."""
    named = re.search(rf'<option value="(\w+)"[^>]*>{words}', visitor.get(f"/two-roles/{uid}").text)
    assert named
    return named[1]


def test_while_locked_nothing_is_shown(visitor: Visitor) -> None:
    assert visitor.get("/two-roles/anything").place == "/unlock?to=/two-roles/anything"


def test_a_kept_moment_leads_there(unlocked: Visitor, uid: str) -> None:
    assert f'href="/two-roles/{uid}"' in unlocked.get(f"/afterwards/{uid}").text


def test_nothing_is_weighed_before_two_are_chosen(unlocked: Visitor, uid: str) -> None:
    shown = unlocked.get(f"/two-roles/{uid}")
    assert "(as it was)" in shown.words
    assert "It leans to" not in shown.words
    assert unlocked.get(f"/two-roles/{uid}?one=r0").words.count("It leans to") == 0


def test_two_roles_stand_beside_each_other_as_each_would_be_weighed(unlocked: Visitor, uid: str) -> None:
    one, two = (option(unlocked, uid, words) for words in ("their therapist", "friend or family"))
    shown = unlocked.get(f"/two-roles/{uid}?one={one}&two={two}").words
    with unlocked.app.rooms.door.inside() as practice:
        book = practice.books.read("in_the_room")
    for role in ("clinician", "friend_family"):
        weighing = weigh(book, Moment(book, **(ANSWERS | {"role": role})))
        assert weighing.toward
        assert book.responses[weighing.toward.lead[0]].say.lower() in shown.lower()
    assert "When we are only starting out, listen first." in shown
    assert "Nothing here says which is right." in shown


def test_every_guideline_that_differs_is_named_and_no_other(unlocked: Visitor, uid: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        moment = practice.moment(uid)
        ways = {way.role: way for way in two_roles.ways(practice, moment) if way.role}
        here = two_roles.side(practice, moment, ways["clinician"])
        there = two_roles.side(practice, moment, ways["colleague"])
    found = two_roles.differing(here, there)
    book = here.weighing.book
    applies = [{book.guidelines[name].say for name in side.weighing.applies} for side in (here, there)]
    assert set(found.here) >= {"When we are only starting out, listen first."}
    assert set(found.here) <= applies[0]
    assert not set(found.here) & set(found.there)
    for say in (*found.here, *found.there):
        assert (say in applies[0]) != (say in applies[1])


def test_a_role_beside_itself_differs_in_nothing(unlocked: Visitor, uid: str) -> None:
    shown = unlocked.get(f"/two-roles/{uid}?one=r0&two=r0").words
    assert "Both lean the same way." in shown
    assert "say the same on both sides" in shown


def test_two_books_stand_beside_each_other(unlocked: Visitor, uid: str) -> None:
    other = option(unlocked, uid, "Among friends")
    shown = unlocked.get(f"/two-roles/{uid}?one=b&two={other}").words
    assert "“Among friends”" in shown
    assert "“In the room”" in shown


EVEN = """poise: 1
title: Even
responses:
  toward: {ask: {say: Ask}, let_be: {say: Let it be}, step_away: {say: Step away}}
considerations:
  role: {ask: As what, answers: "friend | boss"}
  hired: {ask: Do I work there, answers: "no | yes"}
impossible: ["role == boss and hired == no"]
guidelines:
  bosses: {say: Bosses ask., when: "role == boss", lean: {ask: pull}}
"""


def even(practice: Practice, **answers: Answer) -> str:
    """A moment kept by a book in which friends stand level; the name of it."""
    practice.books.put("even", EVEN)
    return practice.keep("even", answers=answers).uid


def test_a_tie_is_a_tie(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        uid = even(practice, role="friend")
    shown = unlocked.get(f"/two-roles/{uid}?one=r0&two=r1").words
    assert "It stands level between “ask”, “let it be” and “step away”." in shown
    assert "It leans to “ask”." in shown
    assert "The two lean differently." in shown
    assert "Bosses ask." in shown
    assert "does not go with" not in shown


def test_where_it_landed_on_me_nothing_is_suggested_on_either_side(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        uid = keep(practice, who_was_hit="me")
    shown = unlocked.get(f"/two-roles/{uid}?one=r0&two=r6").words
    assert shown.count("That was about you.") == 2
    assert "It leans to" not in shown


def test_what_a_book_calls_impossible_is_said(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        uid = even(practice, role="friend", hired="no")
    shown = unlocked.get(f"/two-roles/{uid}?one=r0&two=r1").words
    assert shown.count("this role does not go with the other answers") == 1


@pytest.mark.parametrize("query", ["?one=r99&two=r0", "?one=r0&two=../x", "?one=b7&two=b", "?one=%00&two=r1"])
def test_a_forged_way_is_no_way(unlocked: Visitor, uid: str, query: str) -> None:
    assert unlocked.get(f"/two-roles/{uid}{query}").status == 404


@pytest.mark.usefixtures("uid")
def test_a_forged_moment_is_not_there(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        person = practice.people()[0].uid
    for name in ("nothing", person):
        assert unlocked.get(f"/two-roles/{name}?one=r0&two=r1").status == 404


def edge(side: Locator, name: str) -> float:
    """Where a side begins, across or down the page."""
    found: float = side.evaluate(f"each => each.getBoundingClientRect().{name}")
    return found


def test_on_a_phone_they_stand_one_above_the_other_and_nothing_is_in_the_way(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    with app.rooms.door.inside() as practice:
        uid = keep(practice)
    page.goto(f"{app.address}/afterwards/{uid}")
    page.get_by_role("link", name="Two roles side by side").click()
    page.get_by_label("On the other").select_option(label="friend or family")
    page.get_by_role("button", name="Put them side by side").click()
    sides = page.locator(".sides section")
    expect(sides).to_have_count(2)
    assert len({edge(side, "x") for side in sides.all()}) == 1
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len({edge(side, "y") for side in sides.all()}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
