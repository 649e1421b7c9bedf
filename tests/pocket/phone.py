"""The page for a phone, built and served from a path of its own, and a real browser that holds it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from poise.cli.pocket_serve import server
from poise.journal import waiting
from poise.pocket.building import Pocket, files_of
from poise.pocket.writing import write
from poise.practice.book_history import hash_of
from poise.practice.books import Books
from poise.practice.help_sheet import ALWAYS

ANSWERS = ("safe", "someone who is here", "it stings", "back me up")
PATH = "some/where/notes"


def pocket_of(folder: Path, **more: Any) -> Pocket:
    """What a practice's page is built from."""
    books, address = Books(folder), waiting.address_of(folder)
    assert address is not None
    known = {"hash": hash_of(books.text()), "address": address.to_plain(), "help": ALWAYS}
    return Pocket(books.read(), **{**known, **more})


@dataclass
class Host:
    """A static host that has the page at a path of its own."""

    root: Path
    address: str
    stop: Any

    @property
    def page(self) -> str:
        return f"{self.address}/{PATH}/"

    @property
    def folder(self) -> Path:
        return self.root / PATH

    def put(self, pocket: Pocket) -> None:
        write(self.folder, files_of(pocket))


@contextmanager
def hosted(root: Path, pocket: Pocket) -> Iterator[Host]:
    """The page, built and served on this machine."""
    root.mkdir(parents=True, exist_ok=True)
    running = server(root)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()

    def stop() -> None:
        running.shutdown()
        running.server_close()
        thread.join()

    found = Host(root, f"http://127.0.0.1:{running.server_address[1]}", stop)
    try:
        found.put(pocket)
        yield found
    finally:
        if thread.is_alive():
            stop()


@contextmanager
def phone(chromium: Browser, host: Host, *, wide: bool = False, **more: Any) -> Iterator[BrowserContext]:
    """A browser of its own. What its policy forbids, and each request to somewhere else, fails the test."""
    wrong: list[str] = []
    size = {"width": 1280, "height": 800} if wide else {"width": 390, "height": 844}
    context = chromium.new_context(viewport=size, **more)  # type: ignore[arg-type]
    watch(context, host, wrong)
    try:
        yield context
    finally:
        context.close()
    assert wrong == []


def watch(context: BrowserContext, host: Host, wrong: list[str]) -> None:
    """Write down whatever a page does that it may not do."""

    def forbidden(words: str) -> bool:
        return "Content Security Policy" in words or "Trusted" in words or "Refused" in words

    def of(page: Page) -> None:
        page.on("console", lambda said: wrong.append(said.text) if forbidden(said.text) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))

    context.on("page", of)
    allowed = (f"{host.address}/", f"blob:{host.address}/")
    context.on("request", lambda asked: None if asked.url.startswith(allowed) else wrong.append(asked.url))


def shown(context: BrowserContext, host: Host) -> Page:
    """The page, opened; kept for when there is no network."""
    page = context.new_page()
    page.goto(host.page)
    expect(page.locator("h1")).to_be_visible()
    if page.evaluate("isSecureContext"):
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    return page


def tap(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def to_leaning(page: Page) -> int:
    """Answer the first questions, one tap each; how many it took."""
    for words in ANSWERS:
        tap(page, words)
    expect(page.locator(".sofar")).to_be_visible()
    return len(ANSWERS)


def keep(page: Page) -> None:
    """Take the lead, and see it kept."""
    page.locator(".do button").first.click()
    expect(page.locator("#kept")).to_contain_text("Saved, sealed.")


def waiting_there(page: Page) -> list[dict[str, Any]]:
    """The letters that wait in the browser, as they lie there."""
    found: list[str] = page.evaluate(
        """async (path) => {
          const asked = indexedDB.open(`notes ${path}`);
          const store = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
          const all = store.transaction("letters").objectStore("letters").getAll();
          const letters = await new Promise((done) => { all.onsuccess = () => done(all.result); });
          store.close();
          return letters;
        }""",
        f"/{PATH}/",
    )
    return [json.loads(letter) for letter in found]
