"""How soon a browser shows a page of the app: Chromium's own first paint, its cache empty, on a phone-sized screen.

python bench_first_paint.py     needs Playwright and a Chromium (`make test` has both)
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from datetime import datetime
from pathlib import Path

from poise.practice.demo import make_demo
from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.serving import serving

TIMES, AIM = 5, 300.0
PAGES = ("/", "/afterwards", "/people", "/look-back?since=all", "/rulebook", "/settings")
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName("first-contentful-paint")[0];
  if (found) done(found.startTime);
}).observe({type: "paint", buffered: true}))"""


def main() -> None:
    """Print the median first paint of each page."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - `make bench` alone installs none
    except ImportError:
        print("there is no Playwright here: `make test` has one")
        return
    path = shutil.which("chromium")
    if path is None:
        print("there is no Chromium here: `make test` installs Debian's")
        return
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "practice"
        passphrase = make_demo(folder, datetime.now().astimezone())
        with serving(Rooms(Door(folder)), 0) as app:
            app.rooms.door.unlock(passphrase)
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            page.goto(app.launch().as_uri())
            page.wait_for_url(f"{app.address}/")
            page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
            for address in PAGES:
                found = []
                for _ in range(TIMES):
                    page.goto(app.address + address)
                    found.append(page.evaluate(PAINTED))
                median = statistics.median(found)
                print(
                    f"{address:24} first paint {median:5.0f} ms (aim {AIM:.0f}), {min(found):.0f} to {max(found):.0f}"
                )
            browser.close()


if __name__ == "__main__":
    main()
