"""On paper: no empty page comes first, and nothing that can be pressed is printed."""

from __future__ import annotations

import re
import zlib

import pytest
from playwright.sync_api import Browser, Page

from .conftest import browsing
from .site import Visitor
from .walking import walked

PRINTED = (
    "/rulebook", "/rulebook/{book}", "/supervision/page", "/supervision/blank", "/look-back", "/people/{person}",
    "/two-roles/{moment}", "/now/{draft}/leaning", "/afterwards/{moment}", "/danger",
)  # fmt: skip
"""Pages that one may want on paper."""


def shows_text(page: Page, number: int) -> bool:
    """Whether a printed page has words on it: operators that show text (ISO 32000, 9.4.3) in its content stream."""
    data = page.pdf(page_ranges=str(number), prefer_css_page_size=True)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    plain = [zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x"]
    return any(re.search(rb"\bBT\b.*?\bT[jJ]\b", each, re.DOTALL) for each in plain)


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "wide"])
def test_the_first_page_is_never_empty(lived_in: Visitor, chromium: Browser, wide: bool) -> None:
    empty = []
    with browsing(chromium, lived_in.app) as opened:
        page, addresses = opened(wide=wide), walked(lived_in)
        for route in PRINTED:
            page.goto(lived_in.app.address + addresses[route])
            if not shows_text(page, 1):
                empty.append(route)
    assert empty == []


def test_a_page_without_words_is_found_to_be_empty(lived_in: Visitor, chromium: Browser) -> None:
    with browsing(chromium, lived_in.app) as opened:
        page = opened()
        page.evaluate("document.body.replaceChildren()")
        assert not shows_text(page, 1)


def test_nothing_that_can_be_pressed_is_printed(lived_in: Visitor, chromium: Browser) -> None:
    pressed = {}
    with browsing(chromium, lived_in.app) as opened:
        page, addresses = opened(), walked(lived_in)
        page.emulate_media(media="print")
        for route in PRINTED:
            page.goto(lived_in.app.address + addresses[route])
            shown = page.locator("button:visible, input:visible, select:visible, summary:visible, nav:visible")
            pressed[route] = shown.count()
    assert {route: count for route, count in pressed.items() if count} == {}
