"""Words of a person, looked for where they have no business: in scripts, browsers, logs, on disk, on the wire.

The rows of the threat model are listed in test_threats.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.serving import Serving, serving

from .conftest import Opened, browsing
from .rulebook_site import the_book, use
from .site import Answer, Visitor
from .test_seen import to_leaning, unlock
from .walking import LOCKED, first_visit, walked

MARK = "quincunx zeppelin"
"""Words that nothing but a person would write."""
WORD = "quincunx"
MARKUP = "<img src=x onerror=window.hacked=1><script>window.hacked=2</script><b onclick=x>\"'"
# Scripts in words


SAID = {"say", "because", "title", "audience", "first_duty", "ask", "explain", "means", "signed", "if_me", "lines"}
"""What a rulebook says in words."""


def marked(plain: Any, *, said: bool = False) -> Any:
    """A rulebook as plain values, with markup behind every word that somebody reads."""
    if isinstance(plain, dict):
        return {name: marked(each, said=name in SAID) for name, each in plain.items()}
    if isinstance(plain, list):
        return [marked(each, said=said) for each in plain]
    return f"{plain} {MARKUP}" if said and isinstance(plain, str) and " " in plain else plain


def bring_markup(visitor: Visitor) -> None:
    """A rulebook of somebody else's, brought in as text; and words of one's own, in every place for them."""
    path = f"{the_book(visitor)}/text"
    base = re.search(r'name="base" value="(\w+)"', visitor.get(path).text)
    assert base
    with visitor.app.rooms.door.inside() as practice:
        plain = yaml.safe_load(practice.books.text())
        for person in practice.people():
            practice.edit_person(
                person, nickname=f"{person.nickname[:4]} {MARKUP}"[:80], relation=MARKUP, trust_for=MARKUP
            )
        for moment in practice.moments():
            practice.journal.change(moment, remark=MARKUP, did_else=MARKUP, gut=MARKUP)
        practice.come_back(waiting_for=MARKUP)
    text = yaml.safe_dump(marked(plain), allow_unicode=True, sort_keys=False, width=10**6)
    use(visitor, visitor.send(path, {"base": base[1], "text": text}))
    visitor.send("/settings/help-sheet", {f"line{number}": MARKUP for number in range(3)})


def test_markup_in_a_rulebook_and_in_words_is_text_on_every_page(lived_in: Visitor) -> None:
    bring_markup(lived_in)
    shown, addresses = set(), walked(lived_in)
    for route, path in addresses.items():
        page = lived_in.get(path).text
        if "&lt;img" in page:
            shown.add(route)
        assert "<img" not in page, path
        assert "<b onclick" not in page, path
        assert page.count("<script") == 3, path
    spared = {
        "/afterwards",
        "/rulebook/new",
        "/rulebook/{book}/findings",
        "/supervision",
        "/supervision/blank",
        "/settings/copies",
    }
    spared |= {"/afterwards/{moment}/ask", "/proposals", "/left", "/check-in/kept"} | {
        f"/settings{path}" for path in ("", "/kit", "/passphrase", "/import", "/phone")
    }
    assert shown >= set(addresses) - spared


@pytest.mark.long
def test_nothing_of_it_runs_in_a_browser(lived_in: Visitor, chromium: Browser) -> None:
    bring_markup(lived_in)
    addresses = walked(lived_in)
    with browsing(chromium, lived_in.app) as opened:
        page = opened()
        page.on("dialog", lambda dialog: dialog.dismiss())
        for route in (
            "/now/{draft}/leaning",
            "/people/{person}",
            "/rulebook/{book}",
            "/supervision/page",
            "/look-back",
            "/danger",
        ):
            page.goto(lived_in.app.address + addresses[route])
            assert page.evaluate("[window.hacked, document.querySelectorAll('main img, main script').length]") == [
                None,
                0,
            ]


# What a browser keeps


KEPT_THERE = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((each) => each.name),
  caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie, name: window.name, history: history.state,
})"""
NOTHING = {
    "local": [],
    "session": [],
    "databases": [],
    "caches": [],
    "workers": 0,
    "cookies": "",
    "name": "",
    "history": None,
}


def short_journey(page: Page) -> None:
    """A moment with words, somebody named, words that are only typed; and a change of the rulebook."""
    unlock(page)
    to_leaning(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("kept"))
    page.get_by_label("With whom was it?").fill(MARK)
    page.get_by_label("In my own words").fill(MARK)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("saved"))
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name=MARK).click()
    page.get_by_text("Come back to something").click()
    page.get_by_label("Or when this has come").fill(MARK)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"waiting for: {MARK}")
    page.get_by_role("link", name="Right now").click()
    to_leaning(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("kept"))
    with page.expect_response(re.compile("/draft$")):
        page.get_by_label("In my own words").press_sequentially(MARK)


def test_a_browser_holds_nothing_of_it_and_no_word_is_in_an_address(opened: Opened) -> None:
    page = opened()
    addresses: list[str] = []
    page.on("request", lambda asked: addresses.append(asked.url))
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    short_journey(page)
    assert page.evaluate(KEPT_THERE) == NOTHING
    assert len(addresses) > 20
    for word in MARK.split():
        assert [each for each in addresses if word in unquote_plus(each)] == []


@pytest.fixture(scope="module")
def every_page(invented: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """{address: what it answers}: every page over three months, those that are there while locked, the first visit."""
    practice, passphrase = invented
    folder = tmp_path_factory.mktemp("every")
    with (
        serving(Rooms(Door(Path(shutil.copytree(practice, folder / "practice")))), 0) as app,
        serving(Rooms(Door(folder / "home" / "practice")), 0) as new,
    ):
        visitor = Visitor(app).enter()
        found = {f"{path} (locked)": visitor.get(path) for path in LOCKED}
        visitor.send("/unlock", {"passphrase": passphrase})
        found |= {path: visitor.get(path) for path in walked(visitor).values()}
        return found | {f"{path} (first)": answer for path, answer in first_visit(Visitor(new).enter()).items()}


def test_nothing_is_stored_of_any_page(every_page: dict[str, Answer]) -> None:
    assert {path: answer.status for path, answer in every_page.items() if answer.status != 200} == {}
    assert {answer.headers["cache-control"] for answer in every_page.values()} == {"no-store"}


def test_no_field_is_filled_by_a_browser_from_what_it_remembers(every_page: dict[str, Answer]) -> None:
    fields = 0
    for path, answer in every_page.items():
        for field in re.findall(r"<(?:input|textarea)\b[^>]*>", answer.text):
            if not re.search(r'type="(?:hidden|radio|checkbox|file)"', field):
                fields += 1
                assert re.search(r'autocomplete="(?:off|new-password)"', field), (path, field)
    assert fields > 40


@pytest.mark.long
def test_a_profile_on_disk_has_no_word_of_it(chromium: Browser, app: Serving, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
    )
    page = context.new_page()
    page.goto(app.launch().as_uri())
    page.wait_for_url(f"{app.address}/")
    short_journey(page)
    page.wait_for_timeout(500)
    context.close()
    assert app.address.encode() in (profile / "Default" / "History").read_bytes(), "it is a profile that remembers"
    for path in profile.rglob("*"):
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        for encoding in ("utf-8", "utf-16-le"):
            assert WORD.encode(encoding) not in data, path
