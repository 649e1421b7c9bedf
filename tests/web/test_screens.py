"""Pictures of every page over three invented months, to be looked at: build/screens. And two for the README.

python -m pytest -m long tests/web/test_screens.py
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .conftest import browsing
from .site import Visitor
from .walking import walked

HOUSE = Path(__file__).parents[2]
SCREENS = HOUSE / "build" / "screens"
PICTURES = HOUSE / "docs" / "pictures"
MOST_BYTES = 120_000
"""Of a picture in the README."""
TELLING = ("safe", "someone who is here", "really harmful", "leave it alone")
"""Answers after which one large stone outweighs several small ones."""
LOOKS = [(wide, dark) for wide in (False, True) for dark in (False, True)]


def name_of(route: str) -> str:
    """A file's name for a route."""
    return re.sub(r"\W+", "-", route).strip("-") or "right-now"


def unfolded(page: Page) -> None:
    """The whole page, and not only what a window shows of it."""
    height = page.evaluate(
        "document.querySelector('.desk').scrollHeight + document.querySelector('footer').offsetHeight"
    )
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})


@pytest.mark.long
@pytest.mark.parametrize(("wide", "dark"), LOOKS)
def test_every_page_is_drawn_to_be_looked_at(lived_in: Visitor, chromium: Browser, wide: bool, dark: bool) -> None:
    folder = SCREENS / f"{'wide' if wide else 'phone'}-{'dark' if dark else 'light'}"
    folder.mkdir(parents=True, exist_ok=True)
    with browsing(chromium, lived_in.app) as opened:
        page = opened(wide=wide, dark=dark, reduced_motion="reduce")
        window = page.viewport_size
        assert window
        for route, address in walked(lived_in).items():
            page.goto(lived_in.app.address + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= window["width"], route
            unfolded(page)
            page.screenshot(path=folder / f"{name_of(route)}.png")
            page.set_viewport_size(window)


@pytest.mark.long
def test_two_pictures_for_the_readme(lived_in: Visitor, chromium: Browser) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with browsing(chromium, lived_in.app) as opened:
        page = opened(reduced_motion="reduce")
        for name in TELLING:
            page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(re.compile("/leaning$"))
        page.screenshot(path=PICTURES / "leaning.png")
        page.get_by_role("link", name="People", exact=True).click()
        page.get_by_role("link", name=re.compile("Uncle")).click()
        page.wait_for_url(re.compile("/people/"))
        page.screenshot(path=PICTURES / "person.png")
    for name in ("leaning", "person"):
        assert (PICTURES / f"{name}.png").stat().st_size < MOST_BYTES
