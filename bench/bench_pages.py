"""What pages take on a practice of many moments: the server's time, and the bytes that a browser is sent.

    python bench_pages.py [MOMENTS]     20,000 if left out

The app is asked without a socket, so that only its own work is measured; the guard and everything behind it is in it.
*Busy* is time on the processor, all threads together, and what the targets are held against: waiting for it is the
machine of the day. Pages take turns.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from pages_side import COMMON, Came, Site, filled

from poise.practice.book_history import hash_of
from poise.web.pages.rulebook.naming import mark_of

TIMES = 30
READING, WEIGHING, BYTES = 15.0, 500.0, 80_000
Ask = Callable[[], Coroutine[Any, Any, Came]]


async def pages(site: Site) -> dict[str, tuple[float, Ask]]:
    """{what: (milliseconds it may take, ask for it)}."""
    with site.rooms.door.inside() as practice:
        moments = practice.moments(most=60)
        with_somebody = next(each for each in moments if each.person_id and each.leaning["steer"])
        person = next(each.uid for each in practice.people() if each.id == with_somebody.person_id)
    draft = await _begun(site)
    book = mark_of("among_friends")
    review = await _review(site, book)
    await _supervised(site, [each.uid for each in moments[:3]])
    reading = {
        "right now": "/",
        "  a question": f"/now/{draft}",
        "check-in": "/check-in",
        "afterwards": "/afterwards",
        "  a later page": f"/afterwards?before={moments[39].uid}",
        "  one moment": f"/afterwards/{with_somebody.uid}",
        "  the next question": f"/afterwards/{with_somebody.uid}/ask",
        "people": "/people",
        "  one person": f"/people/{person}",
        "my rulebook": "/rulebook",
        "  as text": f"/rulebook/{book}/text",
        "  its history": f"/rulebook/{book}/history",
        "supervision, check": "/supervision/check",
        "settings": "/settings",
        "  copies": "/settings/copies",
        "danger": "/danger",
        "api: moments": "/api/moments",
        "api: people": "/api/people",
        "api: follow-ups": "/api/follow-ups",
    }
    weighing = {
        "right now, the leaning": f"/now/{draft}/leaning",
        "look back, a month": "/look-back",
        "  a quarter": "/look-back?since=quarter",
        "  everything": "/look-back?since=all",
        "two roles": f"/two-roles/{with_somebody.uid}?one=r0&two=r1",
        "rulebook, before a change": review,
        "proposals": "/proposals",
    }
    found = {what: (READING, _get(site, path)) for what, path in reading.items()}
    found["api: search"] = (READING, lambda: site.ask("POST", "/api/search", said={"words": COMMON[0]}))
    answers = {name: value for name, value in with_somebody.answers.items() if isinstance(value, str)}
    found["api: weigh"] = (WEIGHING, lambda: site.ask("POST", "/api/weigh", said={"answers": answers}))
    return found | {what: (WEIGHING, _get(site, path)) for what, path in weighing.items()}


def _learned(site: Site) -> float:
    """Seconds that it takes to work out what one's notes speak for. The app does it in a thread of its own, once until
    something is kept; here it is done before anything is measured, so that no page's time has any of it."""
    start = time.perf_counter()
    with site.rooms.door.inside() as practice:
        practice.proposals()
    return time.perf_counter() - start


def _get(site: Site, path: str) -> Ask:
    return lambda: site.ask("GET", path)


async def _begun(site: Site) -> str:
    """A moment that is being written, as far as its leaning."""
    came = await site.ask("POST", "/now", {"question": "harm", "answer": "stings"})
    return came.headers["location"].split("/")[2]


async def _review(site: Site, book: str) -> str:
    """The page before a changed text is used."""
    with site.rooms.door.inside() as practice:
        text = practice.books.text()
    base = hash_of(text)
    text = text.replace("lean:", "lean: ", 1) + "\n# changed\n"
    came = await site.ask("POST", f"/rulebook/{book}/text", {"base": base, "text": text})
    return came.headers["location"]


async def _supervised(site: Site, uids: list[str]) -> None:
    """A page for supervision about three moments."""
    await site.ask("POST", "/supervision", {f"moment-{uid}": "on" for uid in uids})


async def measure(folder: Path) -> None:
    """Print a row for each page."""
    site = Site(folder)
    print(f"  what one's notes speak for, worked out beside the pages: {_learned(site):.1f} s", flush=True)
    asks = await pages(site)
    taken: dict[str, list[Came]] = {what: [] for what in asks}
    for _ in range(TIMES):
        for what, (_, ask) in asks.items():
            taken[what].append(await ask())
    print(f"  {'':28}{'median':>9}{'95%':>9}{'busy':>9}{'kB':>8}   load {os.getloadavg()[0]:.1f}")
    for what, (most, _) in asks.items():
        print(await row(site, what, most, taken[what]), flush=True)
    site.rooms.lock()


async def row(site: Site, what: str, most: float, came: list[Came]) -> str:
    """One page: milliseconds at the median, in the slowest of twenty, on the processor; and what is transferred."""
    statuses = {each.status for each in came}
    assert statuses == {200}, f"{what} answered {statuses}"
    median, busy = (statistics.median(times) * 1000 for times in zip(*((c.took, c.busy) for c in came), strict=True))
    slow = statistics.quantiles([each.took * 1000 for each in came], n=20)[-1]
    size = await site.transferred(came[-1].body)
    verdict = "holds" if busy < most and size < BYTES else "MISSED"
    return f"  {what:28}{median:9.1f}{slow:9.1f}{busy:9.1f}{size / 1000:8.1f}   {verdict}"


def main() -> None:
    """Measure."""
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 20_000
    folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
    try:
        filled(folder / "practice", count)
        print(f"\n{count:,} moments; milliseconds")
        asyncio.run(measure(folder / "practice"))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
