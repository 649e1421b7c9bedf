"""Poise on the phone, in a real browser: its pages in the app, the card on paper, and what comes home."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from poise.cli.pocket_serve import server
from poise.pocket.writing import write
from poise.web.serving import Serving

from ..pocket.test_home import moments, sealed
from .axe import violations, violations_in_both
from .conftest import PASSPHRASE, Opened
from .site import Visitor
from .test_pocket import made, uploaded
from .test_seen import tap, unlock


@pytest.mark.parametrize("path", ["/settings/phone", "/settings/phone/card"])
def test_these_pages_stand_in_nobodys_way(opened: Opened, path: str) -> None:
    page = opened(bypass_csp=True)
    start = page.url
    page.goto(start.rstrip("/") + path)
    assert violations_in_both(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(start)
    unlock(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(start.rstrip("/") + path)
    assert violations_in_both(page) == []


def test_after_a_file_came_home_in_part_the_page_stands_in_nobodys_way(opened: Opened, folder: Path) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    page.goto(page.url.rstrip("/") + "/settings/phone")
    file = json.loads(sealed(folder))
    file["letters"].append({"poise_letter": 1, "name": "x", "journal": "y", "key": "z"})
    for data, words in ((json.dumps(file).encode(), "1 was not taken"), (b"{}", "nothing was taken")):
        page.get_by_label("The file from the phone").set_input_files(
            FilePayload(name="notes.json", mimeType="application/json", buffer=data)
        )
        tap(page, "Bring it home")
        expect(page.locator("main")).to_contain_text(words)
        assert violations(page) == []


def test_the_card_is_one_sheet_of_four_panels_on_paper(opened: Opened) -> None:
    page = opened(wide=True)
    page.goto(page.url.rstrip("/") + "/settings/phone/card")
    page.emulate_media(media="print")
    sizes = [panel.bounding_box() for panel in page.locator(".pocket-card section").all()]
    assert len({(round(each["width"]), round(each["height"])) for each in sizes if each}) == 1
    assert sizes[0]
    assert abs(sizes[0]["width"] / sizes[0]["height"] - 86 / 54) < 0.1
    expect(page.locator("nav[aria-label=Pages]")).to_be_hidden()


def keep_one(page: Page) -> None:
    """Weigh a moment on the page for a phone, and keep it."""
    for name in ("safe", "someone who is here", "it stings", "back me up"):
        tap(page, name)
    tap(page, "Mark it lightly, now")
    expect(page.locator("main")).to_contain_text("Saved, sealed.")


def test_what_is_kept_offline_comes_home_over_this_machine_once(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    page.goto(page.url.rstrip("/") + "/pocket/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.reload()
    keep_one(page)
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name=re.compile("waiting|kept here", re.IGNORECASE)).first.click()
    tap(page, "Bring them into the journal on this computer")
    expect(page.locator("main")).to_contain_text("Nothing waits here.")
    with app.rooms.door.inside() as practice:
        (kept,) = moments(practice)
        assert kept.answers["who_was_hit"] == "someone_here"


@contextmanager
def static_host(folder: Path) -> Iterator[str]:
    """A host of plain files that knows nothing of Poise; its address."""
    running = server(folder)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}/"
    finally:
        running.shutdown()
        running.server_close()
        thread.join(10)


def test_what_is_kept_by_a_static_host_comes_home_as_a_file_once(
    chromium: Browser, unlocked: Visitor, tmp_path: Path
) -> None:
    write(tmp_path / "notes", made(unlocked, own_help="yes"))
    unlocked.send("/lock")
    with static_host(tmp_path / "notes") as address:
        phone = chromium.new_context(viewport={"width": 390, "height": 844}, timezone_id="Asia/Taipei")
        page = phone.new_page()
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
    page.reload()  # the host is gone for good
    began = datetime.now(UTC)
    keep_one(page)
    page.close()
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name=re.compile("waiting", re.IGNORECASE)).first.click()
    with page.expect_download() as download:
        tap(page, "Save them as a file")
    data = download.value.path().read_bytes()
    assert re.fullmatch(r"notes-\d{4}-\d\d-\d\d\.json", download.value.suggested_filename)
    assert b"someone_here" not in data
    phone.close()
    assert "1 waits, sealed." in uploaded(unlocked, data).words
    assert unlocked.send("/unlock", {"passphrase": PASSPHRASE}).place == "/"
    assert "1 was here before" in uploaded(unlocked, data).words
    with unlocked.app.rooms.door.inside() as practice:
        (kept,) = moments(practice)
    assert kept.happened_at
    assert kept.happened_at.utcoffset() == timedelta(hours=8)
    assert began - timedelta(minutes=2) < kept.happened_at < datetime.now(UTC)
    assert kept.answers["who_was_hit"] == "someone_here"
