"""Pages from right to left, and pages in Chinese: nothing runs off a phone's screen, nothing is pinned to a side."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from playwright.sync_api import Page

from poise.web.looks import Look
from poise.web.serving import Serving
from poise.web.tongue import LANGUAGES, RIGHT_TO_LEFT, direction

from .axe import violations
from .conftest import Opened

CSS = (files("poise.web") / "static" / "poise.css").read_text("utf-8")
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b|"
    r"border-(?:top|bottom)-(?:left|right)-radius|"
    r"(?<![\w-])(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:(?![^{};]*\))|"
    r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
PATHS = (
    *("/", "/afterwards", "/people", "/rulebook", "/look-back?since=quarter", "/supervision", "/settings"),
    *("/settings/export", "/danger", "/unlock", "/nowhere"),
)


def overflowing(page: Page) -> list[str]:
    """What stands out of the screen, to either side."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(each => {
            const box = each.getBoundingClientRect(), seen = getComputedStyle(each);
            return box.width > 1 && box.height > 1 && seen.visibility !== "hidden"
                && !each.closest(".skip, .away, pre, textarea") && (box.left < -1 || box.right > innerWidth + 1);
        }).map(each => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)"""
    )
    wide = page.evaluate(
        "document.documentElement.scrollWidth > innerWidth || document.querySelector('.desk').scrollWidth > innerWidth"
    )
    return [*found, *(["the page scrolls sideways"] if wide else [])]


def visited(page: Page, app: Serving, language: str) -> dict[str, list[str]]:
    """{path: what stands out}, for pages of a practice with moments, a leaning and a guideline among them."""
    app.rooms.begin_demo()
    app.rooms.look = Look(language=language)
    found = {}
    for path in PATHS:
        page.goto(app.address + path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("html").get_attribute("dir") == direction(language)
        found[path] = overflowing(page)
    page.goto(f"{app.address}/")
    page.locator(".ways button.link").click()
    page.wait_for_url(re.compile("leaning"))
    found["leaning"] = overflowing(page)
    for path, link in (("/rulebook", "/guideline/"), ("/people", "/people/"), ("/afterwards", "/afterwards/")):
        page.goto(app.address + path)
        page.goto(app.address + str(page.locator(f'main a[href*="{link}"]').first.get_attribute("href")))
        found[link] = overflowing(page)
    return {path: each for path, each in found.items() if each}


def test_no_rule_of_the_style_sheet_names_a_side() -> None:
    assert [found[0] for found in PHYSICAL.finditer(CSS)] == []
    assert PHYSICAL.search("a { margin-left: 1px; }")
    assert PHYSICAL.search("a { width: 1px; }")
    assert PHYSICAL.search("a { text-align: right }")
    assert not PHYSICAL.search("@media (min-width: 60rem) { a { inline-size: 1px; margin-inline-start: 1px } }")


def test_pages_from_right_to_left_fit_a_phone(opened: Opened, app: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """No catalogue is written from right to left yet: the English words stand in for one."""
    tongue = RIGHT_TO_LEFT[0]
    monkeypatch.setitem(LANGUAGES, tongue, "a language for this test")
    page = opened()
    assert visited(page, app, tongue) == {}
    page.goto(f"{app.address}/")
    name, leave = (page.locator(each).bounding_box() for each in ("header .name", "header .exit"))
    assert name
    assert leave
    assert name["x"] > leave["x"], "what comes first stands on the right"


@pytest.mark.parametrize("language", ["zh-Hant", pytest.param("zh-Hans", marks=pytest.mark.long)])
def test_pages_in_chinese_fit_a_phone_and_stand_in_nobody_s_way(opened: Opened, app: Serving, language: str) -> None:
    page = opened(bypass_csp=True)
    assert visited(page, app, language) == {}
    for path in ("/", "/settings", "/look-back"):
        page.goto(app.address + path)
        assert violations(page) == [], path
