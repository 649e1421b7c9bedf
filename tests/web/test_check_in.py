"""A check-in: three questions, each skippable; kept once, kept meanwhile, and never while locked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from poise.journal.entries import CheckIn
from poise.web.serving import Serving

from .axe import violations_in_both
from .conftest import Opened
from .site import Answer, Visitor
from .test_seen import unlock


def kept(visitor: Visitor) -> list[tuple[str, str, str]]:
    with visitor.app.rooms.door.inside() as practice:
        return [(each.energy, each.toll, each.elsewhere) for each in practice.journal.entries(CheckIn)]


def once(page: Answer) -> str:
    found = re.search(r'name="once" value="(\w+)"', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize("page", ["/look-back", "/afterwards"])
def test_the_look_back_and_afterwards_lead_there(unlocked: Visitor, page: str) -> None:
    assert 'href="/check-in"' in unlocked.get(page).text


def test_three_questions_are_asked_and_nothing_is_filled_in(unlocked: Visitor) -> None:
    page = unlocked.get("/check-in")
    assert page.text.count("<fieldset>") == 3
    assert "checked" not in page.text
    assert "How much have you got left?" in page.words


def test_what_was_said_is_kept_and_stands_under_my_part(unlocked: Visitor) -> None:
    answer = unlocked.send("/check-in", {"energy": "low", "toll": "some", "elsewhere": "a_lot"})
    assert "Kept, for today." in unlocked.follow(answer).words
    assert kept(unlocked) == [("low", "some", "a_lot")]
    assert "energy: low" in unlocked.get("/look-back").words


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"energy": "empty"}, ("empty", "", "")),
        ({"energy": "", "toll": "heavy", "elsewhere": ""}, ("", "heavy", "")),
        ({"elsewhere": "some", "elsewhere_words": " I cook on Fridays. "}, ("", "", "I cook on Fridays.")),
    ],
)
def test_every_question_can_be_passed_over_and_my_own_words_come_first(
    unlocked: Visitor, form: dict[str, str], expected: tuple[str, str, str]
) -> None:
    assert unlocked.send("/check-in", form).place == "/check-in/kept"
    assert kept(unlocked) == [expected]


def test_passing_all_of_them_over_keeps_nothing(unlocked: Visitor) -> None:
    answer = unlocked.send("/check-in", {"energy": "", "toll": "", "elsewhere_words": "  "})
    assert answer.status == 422
    assert "Nothing was said, and nothing was kept." in answer.words
    assert kept(unlocked) == []


def test_an_answer_that_is_none_is_refused_in_words(unlocked: Visitor) -> None:
    answer = unlocked.send("/check-in", {"energy": "hungry"})
    assert answer.status == 422
    assert "has no answer `hungry`" in answer.words
    assert kept(unlocked) == []


def test_sent_twice_it_is_kept_once(unlocked: Visitor) -> None:
    form = {"once": once(unlocked.get("/check-in")), "energy": "low"}
    for _ in range(2):
        assert unlocked.send("/check-in", form).place == "/check-in/kept"
    assert kept(unlocked) == [("low", "", "")]
    unlocked.send("/check-in", {"once": "' or 1=1", "energy": "enough"})
    unlocked.send("/check-in", {"once": "' or 1=1", "energy": "enough"})
    assert len(kept(unlocked)) == 3, "a name that is none is not taken"


def test_what_is_being_typed_is_still_there_and_gone_once_it_is_kept(unlocked: Visitor) -> None:
    form = {"once": once(unlocked.get("/check-in")), "energy": "low", "elsewhere_words": "I cook on Fridays."}
    assert unlocked.send("/check-in/draft", form).status == 204
    again = unlocked.get("/check-in")
    assert "I cook on Fridays." in again.text
    assert 'value="low" checked' in again.text
    assert kept(unlocked) == []
    unlocked.send("/check-in", form)
    assert unlocked.send("/check-in/draft", form).status == 204, "a draft that comes too late"
    assert "I cook on Fridays." not in unlocked.get("/check-in").text


def test_it_is_behind_the_lock(visitor: Visitor) -> None:
    assert visitor.get("/check-in").place == "/unlock?to=/check-in"
    assert visitor.send("/check-in", {"energy": "low"}).place == "/unlock?to=/"
    assert visitor.send("/check-in/draft", {"energy": "low"}).place == "/unlock?to=/"
    assert visitor.get("/check-in/kept").place == "/unlock?to=/check-in/kept"


@pytest.mark.parametrize("scripts", [True, False])
def test_it_takes_a_tap_for_each_answer(opened: Opened, app: Serving, scripts: bool) -> None:
    page = opened(scripts=scripts)
    unlock(page)
    page.goto(f"{app.address}/check-in")
    page.get_by_label("low", exact=True).check(force=True)
    page.get_by_label("Or in your own words").fill("I cook on Fridays.")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("main")).to_contain_text("Kept, for today.")
    page.goto(f"{app.address}/look-back")
    expect(page.locator("main")).to_contain_text("I cook on Fridays.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 if scripts else True


def test_nothing_stands_in_anybodys_way(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    found = []
    for path in ("/check-in", "/check-in/kept"):
        page.goto(app.address + path)
        found += violations_in_both(page)
    assert found == []
