"""Every page over three invented months: nothing stands in anybody's way, nothing is cut off, little is transferred."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .axe import violations_in_both
from .conftest import PASSPHRASE, browsing
from .site import Visitor
from .walking import FIRST, LOCKED, NO_PAGES, routes, walked

MOST_BYTES = 80_000
"""Transferred for one page and all that it loads, where a browser has nothing of it yet."""


def test_a_new_page_is_looked_at_too(lived_in: Visitor, tmp_path: Path) -> None:
    known = {*walked(lived_in), *NO_PAGES, *LOCKED, *FIRST}
    assert routes(tmp_path) == known, "tests/web/walking.py says where each page is"


@pytest.mark.parametrize("wide", [False, pytest.param(True, marks=pytest.mark.long)], ids=["phone", "wide"])
def test_nothing_stands_in_anybodys_way_in_the_light_and_in_the_dark(
    lived_in: Visitor, chromium: Browser, wide: bool
) -> None:
    found: dict[str, list[str]] = {}
    with browsing(chromium, lived_in.app) as opened:
        page = opened(wide=wide, bypass_csp=True)
        for route, address in walked(lived_in).items():
            page.goto(lived_in.app.address + address)
            found[route] = violations_in_both(page)
        lived_in.app.rooms.lock()
        for address in LOCKED:
            page.goto(lived_in.app.address + address)
            found[f"{address} (locked)"] = violations_in_both(page)
    assert {route: each for route, each in found.items() if each} == {}


def test_the_first_visit_stands_in_nobodys_way(newcomer: Visitor, chromium: Browser) -> None:
    with browsing(chromium, newcomer.app) as opened:
        page = opened(bypass_csp=True)
        found = {"/welcome": violations_in_both(page)}
        form = {"book": "among_friends", "passphrase": PASSPHRASE, "again": PASSPHRASE}
        newcomer.send("/welcome", form)
        for address in FIRST[1:]:
            page.goto(newcomer.app.address + address)
            found[address] = violations_in_both(page)
    assert found == {address: [] for address in FIRST}


@pytest.mark.long
def test_nothing_is_cut_off_on_the_narrowest_phone_nor_in_large_letters(lived_in: Visitor, chromium: Browser) -> None:
    wider: list[str] = []
    addresses = walked(lived_in)
    with browsing(chromium, lived_in.app) as opened:
        page = opened()
        for width, size in ((320, "100%"), (390, "200%")):
            page.set_viewport_size({"width": width, "height": 640})
            for route, address in addresses.items():
                page.goto(lived_in.app.address + address)
                page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", size)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wider.append(f"{route} at {width} with letters of {size}")
    assert wider == []


def test_little_is_transferred_for_any_page(lived_in: Visitor) -> None:
    sent = {}
    for route, address in walked(lived_in).items():
        page = lived_in.get(address).text
        files = {address, *re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
        assert len(files) == 6 + ("/static/card.css" in files), "an icon, a sheet of styles and three scripts"
        sent[route] = sum(_transferred(lived_in, each) for each in files)
    assert max(sent.values()) < MOST_BYTES, sent


def _transferred(visitor: Visitor, address: str) -> int:
    """Bytes of an answer as a browser asks for it, its headers among them."""
    answer = visitor.get(address, Accept_Encoding="gzip, deflate, br")
    return len(answer.raw) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
