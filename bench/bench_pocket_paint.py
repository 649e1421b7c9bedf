"""How soon the page for a phone is there: Chromium's first paint, and the first question ready to be answered.

python bench_pocket_paint.py     needs Playwright and a Chromium (`make test` has both)

A phone is imitated by Chromium slowing its processor down; `kept` is from the service worker, without a network. A page
that is nothing but a heading stands beside them: no page could be there sooner on this machine.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Any

from bench_first_paint import PAINTED

from poise.cli.pocket_serve import server
from poise.pocket.building import Pocket, files_of
from poise.pocket.writing import write
from poise.shelf import STARTERS, read

TIMES, AIM = 5, 1000.0
SLOWER = (1, 4, 6)
READY = """() => new Promise((done) => {
  const look = () => (document.querySelector("h1") ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""


def main() -> None:
    """Print the sizes of the page, then the medians."""
    for book in STARTERS:
        files = files_of(Pocket(read(book)))
        whole, packed = sum(map(len, files.values())), sum(len(zlib.compress(data, 6)) for data in files.values())
        print(f"{book:18} {len(files)} files, {whole / 1000:5.1f} kB as it lies, {packed / 1000:4.1f} kB packed")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - `make bench` alone installs none
    except ImportError:
        print("there is no Playwright here: `make test` has one")
        return
    path = shutil.which("chromium")
    if path is None:
        print("there is no Chromium here: `make test` installs Debian's")
        return
    with tempfile.TemporaryDirectory() as scratch, server(Path(scratch)) as running, sync_playwright() as playwright:
        write(Path(scratch) / "notes", files_of(Pocket(read(STARTERS[1]))))
        (Path(scratch) / "bare").mkdir()
        (Path(scratch) / "bare" / "index.html").write_text("<!doctype html><title>x</title><h1>A page</h1>")
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_address[1]}/notes/"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for slower in SLOWER:
            measured(browser, address, slower)
        browser.close()
        running.shutdown()


def measured(browser: Any, address: str, slower: int) -> None:
    """The first visit, and one without a network from what is kept."""
    bare, first, kept = [], [], []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        bare.append(visit(page, f"{address}../bare/"))
        first.append(visit(page, address))
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        context.set_offline(True)
        kept.append(visit(page, address))
        context.close()
    for name, found in (("a bare heading", bare), ("first visit", first), ("kept", kept)):
        paint, ready = (statistics.median(each) for each in zip(*found, strict=True))
        print(f"{slower}x slower  {name:15} first paint {paint:5.0f} ms (aim {AIM:.0f}), question {ready:5.0f} ms")


def visit(page: Any, address: str) -> tuple[float, float]:
    """Milliseconds until something is painted, and until the first question stands there."""
    page.goto(address, wait_until="commit")
    return page.evaluate(PAINTED), page.evaluate(READY)


if __name__ == "__main__":
    main()
