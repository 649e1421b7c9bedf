"""The pages in a real browser: taps, keys, no JavaScript, a server that is gone, and who may see what afterwards."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from poise.practice import Practice
from poise.web.serving import Serving

from .axe import violations
from .conftest import PASSPHRASE, Opened

ANSWERS = ("safe", "someone who is here", "it stings", "back me up")
LOOKS = [(False, False), (False, True), (True, False), (True, True)]


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def to_leaning(page: Page) -> int:
    """Answer the first questions, one tap each; how many it took."""
    for name in ANSWERS:
        tap(page, name)
    expect(page.locator(".leaning")).to_be_visible()
    return len(ANSWERS)


def unlock(page: Page) -> None:
    page.get_by_role("link", name="Unlock").click()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.locator("main").get_by_role("button", name="Unlock").click()
    page.wait_for_url(re.compile("/$"))


@pytest.mark.parametrize(("wide", "dark"), LOOKS)
def test_a_leaning_takes_at_most_four_taps(opened: Opened, wide: bool, dark: bool) -> None:
    page = opened(wide=wide, dark=dark)
    assert to_leaning(page) <= 4
    expect(page.locator(".sofar")).to_contain_text("So far")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (1280 if wide else 390)


def test_it_works_without_javascript(opened: Opened, app: Serving) -> None:
    page = opened(scripts=False)
    to_leaning(page)
    page.locator(".do button").first.click()
    page.get_by_label("With whom was it?").fill("Ola")
    tap(page, "Save")
    expect(page.locator("main")).to_contain_text("Saved")
    unlock(page)
    with app.rooms.door.inside() as practice:
        assert [person.nickname for person in practice.people()] == ["Ola"]


def test_it_works_by_keyboard_alone(opened: Opened) -> None:
    page = opened()
    for name in ANSWERS:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                break
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
    expect(page.locator(".leaning")).to_be_visible()


def test_each_stone_leads_to_its_sentence(opened: Opened) -> None:
    page = opened()
    to_leaning(page)
    for stone in page.locator(".balance a").all():
        target = stone.get_attribute("href") or ""
        expect(page.locator(target)).to_have_count(1)


def test_the_beam_does_not_move_by_itself_and_nothing_moves_under_reduced_motion(opened: Opened) -> None:
    page = opened(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_server_that_is_gone_takes_no_word_with_it(opened: Opened, app: Serving) -> None:
    page = opened()
    to_leaning(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("kept"))
    page.get_by_label("In my own words").fill("a sentence in the middle")
    app.server.should_exit = True
    app.server.force_exit = True
    page.wait_for_timeout(1500)
    tap(page, "Save")
    expect(page.locator("#trouble")).to_contain_text("Nothing answers")
    expect(page.get_by_label("In my own words")).to_have_value("a sentence in the middle")


def test_two_quick_taps_keep_one_moment(opened: Opened, folder: Path) -> None:
    page = opened()
    unlock(page)
    to_leaning(page)
    page.locator(".do button").first.dblclick()
    page.wait_for_url(re.compile("kept"))
    with Practice.open(folder, PASSPHRASE) as practice:
        assert len(practice.moments()) == 1


def test_what_is_typed_is_kept_while_it_is_typed(opened: Opened) -> None:
    page = opened()
    to_leaning(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("kept"))
    with page.expect_response(re.compile("/draft$")):
        page.get_by_label("In my own words").press_sequentially("half a sen")
    page.reload()
    expect(page.get_by_label("In my own words")).to_have_value("half a sen")


def test_after_locking_the_way_back_shows_locked(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    page.goto(f"{app.address}/people")
    page.keyboard.press("l")
    page.wait_for_url(re.compile("/unlock"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Locked")
    assert not app.rooms.door.open


def test_a_wrong_passphrase_is_said_where_one_is(opened: Opened, app: Serving) -> None:
    page = opened()
    page.get_by_role("link", name="Unlock").click()
    page.get_by_label("Passphrase").fill("not this one")
    page.locator("main").get_by_role("button", name="Unlock").click()
    expect(page.locator("main [role=alert]")).to_contain_text("not its passphrase")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.locator("main").get_by_role("button", name="Unlock").click()
    page.wait_for_url(re.compile("/$"))
    assert app.rooms.door.open


def test_escape_twice_covers_the_page_locks_and_leaves(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/static/away.html"))
    assert not app.rooms.door.open
    assert page.inner_text("body") == ""


def test_a_page_notices_that_it_was_locked_elsewhere(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    app.rooms.lock()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url(re.compile("/unlock"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_stands_in_anybodys_way(opened: Opened, app: Serving, dark: bool) -> None:
    page = opened(dark=dark, bypass_csp=True)
    found = {"opening": violations(page)}
    tap(page, "safe")
    expect(page.get_by_role("button", name=ANSWERS[1])).to_be_visible()
    found["question"] = violations(page)
    for name in ANSWERS[1:]:
        tap(page, name)
    expect(page.locator(".leaning")).to_be_visible()
    found["leaning"] = violations(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("kept"))
    found["kept"] = violations(page)
    for path in ("/danger", "/unlock", "/nowhere"):
        page.goto(app.address + path)
        found[path] = violations(page)
    assert {name: each for name, each in found.items() if each} == {}
