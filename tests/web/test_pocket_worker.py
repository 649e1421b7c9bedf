"""The worker of the phone's page lives beside the app, at one address: it keeps to its own folder, always."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.serving import serving

from .conftest import browsing
from .test_pocket_seen import keep_one
from .test_seen import unlock

IN_CACHES = """Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))"""
LETTERS = """const asked = indexedDB.open("notes /pocket/");
  const store = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const all = store.transaction("letters").objectStore("letters").getAll();
  const letters = await new Promise((done) => { all.onsuccess = () => done(all.result); });
  store.close(); return letters;"""


class Somebody(BaseHTTPRequestHandler):
    """Another program, at the same address."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<title>x</title><p>somebody else at {self.path}</p>".encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


def run(page: Page, body: str) -> Any:
    return page.evaluate(f"async () => {{ {body} }}")


def test_it_keeps_to_its_folder_while_the_app_runs_and_after_another_program_took_its_place(
    chromium: Browser, folder: Path
) -> None:
    with ExitStack() as stack:
        app = stack.enter_context(serving(Rooms(Door(folder)), 0))
        with browsing(chromium, app) as opened:
            page = opened()
            unlock(page)
            page.goto(f"{app.address}/pocket/")
            run(page, "await navigator.serviceWorker.ready")
            page.reload()
            keep_one(page)
            for path in ("/", "/people", "/look-back", "/settings"):
                page.goto(app.address + path)
                assert run(page, "return navigator.serviceWorker.controller === null")
            kept = [path for paths in run(page, f"return await {IN_CACHES}") for path in paths]
            assert kept
            assert all(path.startswith("/pocket/") for path in kept)
            assert "/pocket/letters" not in kept
            stack.close()
            _with_somebody_else(page, app.port, app.address)


def _with_somebody_else(page: Page, port: int, address: str) -> None:
    other = ThreadingHTTPServer(("127.0.0.1", port), Somebody)
    thread = threading.Thread(target=other.serve_forever, daemon=True)
    thread.start()
    try:
        for path in ("/", "/people", "/pocket/letters", "/pocket/anything"):
            page.goto(address + path)
            expect(page.locator("p")).to_have_text(f"somebody else at {path}")
        page.goto(f"{address}/pocket/")  # the page is the one that was kept, whoever answers
        expect(page.get_by_role("button", name="1 waiting")).to_be_visible()
        (letter,) = run(page, LETTERS)
        assert "someone_here" not in letter
    finally:
        other.shutdown()
        other.server_close()
        thread.join(10)
