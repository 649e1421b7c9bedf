"""Every screen of the page with axe, in both colour schemes and both directions; and a phone that was stolen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from poise.rulebook.reading import read as read_text

from ..web.axe import violations_in_both
from .phone import Host, hosted, keep, phone, pocket_of, shown, tap, to_leaning, watch
from .test_page import BOUND

OPEN = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"


def screens(page: Page) -> Iterator[str]:
    """Walk through every screen; what folds is unfolded."""

    def here(name: str) -> str:
        page.evaluate(OPEN)
        return name

    yield here("opening")
    tap(page, "safe")
    yield here("question")
    for words in ("someone who is here", "it stings", "back me up"):
        tap(page, words)
    yield here("leaning")
    keep(page)
    yield here("kept")
    tap(page, "Done for now")
    page.get_by_role("button", name="1 waiting").click()
    expect(page.get_by_role("button", name="Save them as a file")).to_be_visible()
    tap(page, "Save them as a file")
    expect(page.get_by_role("button", name="They are home")).to_be_visible()
    yield here("waiting")
    page.get_by_role("button", name="Someone is in danger").click()
    yield here("danger")
    page.reload()
    tap(page, "It was me who said it")
    yield here("mine")
    tap(page, "Go on")
    yield here("mine, leaning")
    page.reload()
    tap(page, "safe")
    tap(page, "me or my people")
    expect(page.locator("h1")).to_have_text("Any of these is yours.")
    yield here("me")


@pytest.mark.long
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_stands_in_anybody_s_way_on_any_screen(
    chromium: Browser, folder: Path, tmp_path: Path, direction: str
) -> None:
    pocket = pocket_of(folder, direction=direction)
    with hosted(tmp_path / "host", pocket) as host, phone(chromium, host, bypass_csp=True) as context:
        page = shown(context, host)
        found = {}
        for name in screens(page):
            found[name] = violations_in_both(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
            small = page.evaluate("""() => [...document.querySelectorAll("button, summary, .chips label, textarea")]
              .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
              .map((each) => each.textContent)""")
            assert small == [], name
        assert {name: each for name, each in found.items() if each} == {}
        assert len(found) == 9


@pytest.mark.long
def test_nothing_stands_in_the_way_where_it_keeps_nothing_or_is_bound(
    chromium: Browser, folder: Path, tmp_path: Path
) -> None:
    pocket = replace(pocket_of(folder, address=None), book=read_text("bound.yaml", BOUND))
    with hosted(tmp_path / "host", pocket) as host, phone(chromium, host, bypass_csp=True) as context:
        page = shown(context, host)
        assert violations_in_both(page) == []
        tap(page, "yes")
        expect(page.locator(".calm")).to_be_visible()
        assert violations_in_both(page) == []


@pytest.mark.long
def test_right_to_left_is_mirrored(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    pocket = pocket_of(folder, direction="rtl", language="ar")
    with hosted(tmp_path / "host", pocket) as host, phone(chromium, host) as context:
        page = shown(context, host)
        name, close = (page.locator(each).bounding_box() for each in ("header b", "#close"))
        assert name
        assert close
        assert name["x"] > 195 > close["x"]
        to_leaning(page)
        assert page.evaluate("getComputedStyle(document.querySelector('.tip')).borderRightWidth") == "3px"


@pytest.mark.long
@pytest.mark.parametrize(("appearance", "dark"), [("light", False), ("dark", True), ("system", True)])
def test_light_and_dark_are_as_the_practice_has_them(
    chromium: Browser, folder: Path, tmp_path: Path, appearance: str, dark: bool
) -> None:
    pocket = pocket_of(folder, appearance=appearance)
    with (
        hosted(tmp_path / "host", pocket) as host,
        phone(chromium, host, color_scheme="light" if appearance == "dark" else "dark") as context,
    ):
        paper = shown(context, host).evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == ("rgb(20, 24, 27)" if dark else "rgb(246, 242, 234)")


MARKER, CONTROL = "zanzibarmarker", "lanternmarker"
"""What is written into every field, and what is stored readably on purpose, so that looking is seen to find."""


def test_a_stolen_phone_tells_nothing_of_what_was_kept(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with hosted(tmp_path / "host", pocket_of(folder)) as host:
        use_and_lose(chromium, host, profile)
    data = {path: path.read_bytes() for path in profile.rglob("*") if path.is_file() and not path.is_symlink()}
    assert any(b"poise_letter" in each for each in data.values()), "the sealed letter lies in the profile"
    assert any(CONTROL.encode(code) in each for each in data.values() for code in ("utf-8", "utf-16-le"))
    planted = (MARKER, '"stings"', "mark_it", '"answers"', '"remark"')
    forms = [words.encode(code) for words in planted for code in ("utf-8", "utf-16-le", "utf-16-be")]
    assert [(path.name, form) for path, each in data.items() for form in forms[:3] if form in each] == []
    stored = {path: each for path, each in data.items() if "IndexedDB" in path.parts or "Local Storage" in path.parts}
    assert stored
    assert [(path.name, form) for path, each in stored.items() for form in forms if form in each] == []


def use_and_lose(chromium: Browser, host: Host, profile: Path) -> None:
    """Write the marker into every field, keep, and end the browser."""
    wrong: list[str] = []
    launched = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-dev-shm-usage"],
        viewport={"width": 390, "height": 844},
    )
    with closing(launched) as context:
        watch(context, host, wrong)
        page = shown(context, host)
        to_leaning(page)
        tap(page, "Something else")
        expect(page.locator("#kept")).to_contain_text("Saved, sealed.")
        page.evaluate(OPEN)
        for field in page.locator("textarea").all():
            field.fill(f"{MARKER} they said")
        page.locator("textarea").last.blur()
        page.wait_for_timeout(800)
        page.go_back()
        keep(page)
        page.evaluate(OPEN)
        for field in page.locator("textarea").all():
            field.fill(f"{MARKER} in my words")
        page.locator("textarea").last.blur()
        page.evaluate("words => localStorage.setItem('control', words)", CONTROL)
        page.wait_for_timeout(800)
    assert wrong == []
