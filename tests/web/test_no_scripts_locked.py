"""Without JavaScript: a page that the clock locked away is not shown any more, neither by itself nor by going back."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from poise.web.serving import Serving

from .conftest import Opened
from .site import Visitor
from .test_seen import unlock

LEAVES = re.compile(r'<noscript><meta http-equiv="refresh" content="(\d+);url=([^"]*)"></noscript>')
NAME = "Ola the lantern"


def somebody(app: Serving) -> str:
    """The address of a page about somebody."""
    with app.rooms.door.inside() as practice:
        return f"/people/{practice.keep_person(NAME).uid}"


def clock_locks(app: Serving) -> None:
    """Nobody came for a while, by the clock."""
    app.rooms.door.idle = 0.2
    time.sleep(0.5)


@pytest.mark.parametrize("scripts", [False, True])
def test_going_back_to_a_page_the_clock_locked_away_shows_that_it_is_locked(
    opened: Opened, app: Serving, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    unlock(page)
    page.goto(app.address + somebody(app))
    assert NAME in page.content()
    page.goto(f"{app.address}/settings")
    clock_locks(app)
    page.go_back(wait_until="commit")
    expect(page.get_by_label("Passphrase")).to_be_visible()
    assert "/unlock?to=/people/" in page.url
    assert NAME not in page.content()


def test_a_page_left_open_leaves_by_itself_once_the_clock_has_locked(opened: Opened, app: Serving) -> None:
    page = opened(scripts=False)
    unlock(page)
    app.rooms.door.idle = 3
    path = somebody(app)
    page.goto(app.address + path)
    assert NAME in page.content()
    page.wait_for_url(re.compile("/unlock"), timeout=20_000)
    assert not app.rooms.door.open
    assert NAME not in page.content()
    page.go_back(wait_until="commit")
    expect(page.locator("body")).not_to_contain_text(NAME)


def test_with_scripts_nothing_of_it_is_there(opened: Opened, app: Serving) -> None:
    page: Page = opened()
    unlock(page)
    page.goto(app.address + somebody(app))
    assert page.evaluate("document.querySelectorAll('meta[http-equiv=refresh]').length") == 0


def test_it_leaves_a_little_after_the_clock_and_back_to_the_same_page(unlocked: Visitor) -> None:
    path = somebody(unlocked.app)
    found = LEAVES.search(unlocked.get(path).text)
    assert found
    assert int(found[1]) > unlocked.app.rooms.door.idle
    assert found[2] == f"/left?to={path}"


def test_where_another_page_was_in_use_leaving_shows_nothing_and_puts_nothing_off(unlocked: Visitor) -> None:
    path, door = somebody(unlocked.app), unlocked.app.rooms.door
    shown = unlocked.get(f"/left?to={path}")
    assert "You were away for a while." in shown.words
    assert NAME not in shown.text
    assert f'href="{path}"' in shown.text
    before = door._visited
    unlocked.get(f"/left?to={path}")
    assert door._visited == before, "it is no visit"
    clock_locks(unlocked.app)
    assert unlocked.get(f"/left?to={path}").place == f"/unlock?to={path}"


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example", "\\\\elsewhere", ""])
def test_it_leads_to_pages_of_this_app_and_nowhere_else(unlocked: Visitor, to: str) -> None:
    assert 'href="/">Go on where you were' in unlocked.get(f"/left?to={to}").text.replace('button wide" href', "href")


def test_a_page_on_which_one_writes_stays_and_so_does_the_moment_itself(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        uid = practice.keep(answers={"harm": "stings"}).uid
    begun = unlocked.send("/now", {"question": "harm", "answer": "stings"}).place
    for path in ("/", "/danger", begun, f"{begun}/leaning", "/check-in", f"/afterwards/{uid}/ask"):
        assert LEAVES.search(unlocked.get(path).text) is None, path


def test_while_locked_no_page_leaves(visitor: Visitor) -> None:
    for path in ("/", "/unlock", "/settings", "/rulebook"):
        assert LEAVES.search(visitor.get(path).text) is None
