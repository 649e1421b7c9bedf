"""Now, or later, in a real browser: sliders by keyboard, without JavaScript, for every eye, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from poise.web.serving import Serving

from .axe import violations_in_both
from .conftest import Opened
from .site import Visitor
from .test_foresight import FEW, kept
from .test_screens import LOOKS, SCREENS, unfolded

WAITING = 120_000.0
"""Milliseconds until all is found on a machine that has much else to do."""


@pytest.fixture
def path(unlocked: Visitor) -> str:
    """The page that looks ahead, over few sets of assumptions."""
    unlocked.app.rooms.ahead.sets = FEW
    return kept(unlocked, trust="new")


def whole(page: Page, app: Serving, path: str) -> None:
    """Look ahead until nothing more is to come."""
    page.goto(app.address + path)
    expect(page.locator("#year")).to_be_visible(timeout=WAITING)


def test_the_bands_come_by_themselves_and_a_slider_moves_the_line_by_keyboard(
    opened: Opened, app: Serving, path: str
) -> None:
    page = opened()
    whole(page, app, path)
    expect(page.locator(".verdict")).to_be_visible()
    before = page.locator("#looked path.middle").get_attribute("d")
    page.get_by_label("How much confronting strains people", exact=True).first.focus()
    page.keyboard.press("Home")
    expect(page.locator("#o-strain")).to_have_text("not at all")
    slider = page.locator("#s-strain")
    expect(slider).to_have_attribute("aria-valuetext", "not at all")
    expect(page.locator("#looked path.middle")).not_to_have_attribute("d", before or "", timeout=WAITING)
    expect(slider).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(slider).to_be_focused()
    expect(page.locator("#looked-rest #year")).to_be_visible(timeout=WAITING)
    expect(page.locator("#looked")).to_have_count(1)
    expect(page.locator("#looked-rest")).to_have_count(1)


def test_every_control_is_reached_by_the_tab_key_and_has_a_name(opened: Opened, app: Serving, path: str) -> None:
    page = opened()
    whole(page, app, path)
    wanted = {"s-strain", "s-growth", "s-silence", "s-harm", "s-meetings", "s-load"}
    reached = set()
    page.locator("#main").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    assert wanted <= reached
    page.locator(".as-table summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".as-table table").first).to_be_visible()


def test_without_javascript_a_button_looks_again_and_a_link_waits(opened: Opened, app: Serving, path: str) -> None:
    page = opened(scripts=False)
    page.goto(app.address + path)
    for _ in range(600):
        if page.locator("#year").count():
            break
        page.wait_for_timeout(200)
        page.get_by_role("link", name="Look again").click()
    page.locator("#s-meetings").focus()
    page.keyboard.press("Home")
    page.locator("details.switches summary").click()
    page.get_by_label("Trust does not grow by itself").check()
    page.locator("#ask-otherwise").get_by_role("button", name="Look again").click()
    page.wait_for_url(re.compile("meetings=1&"))
    expect(page.locator("#o-meetings")).to_have_text("this one only")
    expect(page.get_by_label("Trust does not grow by itself")).to_be_checked()


def test_nothing_stands_in_anybodys_way(opened: Opened, app: Serving, path: str) -> None:
    page = opened(bypass_csp=True)
    whole(page, app, path)
    for table in page.locator("main summary").all():
        table.click()
    assert violations_in_both(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("answers", [{"who_was_hit": "me"}, {"harm": "stings"}, {"safety": "not_safe"}])
def test_nor_where_it_is_not_offered(opened: Opened, unlocked: Visitor, app: Serving, answers: dict[str, str]) -> None:
    page = opened(bypass_csp=True)
    page.goto(app.address + kept(unlocked, answers))
    assert violations_in_both(page) == []


def test_on_paper_stand_the_pictures_and_every_table_and_no_slider(opened: Opened, app: Serving, path: str) -> None:
    page = opened()
    whole(page, app, path)
    page.emulate_media(media="print")
    for table in page.locator(".as-table table").all():
        expect(table).to_be_visible()
    expect(page.locator("#c-title").locator("..")).to_be_visible()
    expect(page.locator("#s-strain")).to_be_hidden()
    expect(page.locator("#o-strain")).to_be_visible()
    expect(page.get_by_role("button", name="Look again")).to_be_hidden()
    assert len(page.pdf()) > 10_000


@pytest.mark.long
@pytest.mark.parametrize(("wide", "dark"), LOOKS)
def test_it_is_drawn_whole_to_be_looked_at(
    opened: Opened, app: Serving, unlocked: Visitor, wide: bool, dark: bool
) -> None:
    folder = SCREENS / f"{'wide' if wide else 'phone'}-{'dark' if dark else 'light'}"
    Path(folder).mkdir(parents=True, exist_ok=True)
    page = opened(wide=wide, dark=dark, reduced_motion="reduce")
    whole(page, app, kept(unlocked, trust="new"))
    unfolded(page)
    page.screenshot(path=folder / "foresight-whole.png")
