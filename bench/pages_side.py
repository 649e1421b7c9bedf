"""A practice with many moments, and an app over it that is asked without a socket: for `bench_pages.py`."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from journal_side import COMMON, OFTEN, PASSPHRASE, QUICK, WORDS
from moments import realistic
from sqlalchemy import insert

from poise.journal import finding
from poise.journal.entries import CheckIn, Entry, FollowUp, KeptMoment, Line, Reflection, Rest, Sign, to_row
from poise.journal.keeping import new_uid
from poise.practice import Practice
from poise.practice.leaning import shown
from poise.practice.opened import weighed
from poise.web.app import make_app
from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.sessions import Sessions
from poise.weighing.moment import THEIRS

PEOPLE, DIFFERENT, APART = 30, 400, timedelta(minutes=90)
HOST = "127.0.0.1:7463"


def filled(folder: Path, count: int) -> None:
    """A practice of so many moments up to now: half of them looked back on, a few of everything else."""
    practice = Practice.create(folder, PASSPHRASE, derivation=QUICK)
    chance = random.Random(7)
    people = [practice.keep_person(f"Person {number:02}").id for number in range(PEOPLE)]
    kinds = different(practice)
    for start in range(0, count, 500):
        entries = [_moment(chance, kinds, people, n, count) for n in range(start, min(start + 500, count))]
        _put(practice, entries)
        _put(practice, [each for moment in entries for each in _about(chance, moment)])
    _put(practice, list(_days(chance, 400)))
    practice.lock()


def different(practice: Practice) -> list[KeptMoment]:
    """Moments that differ in their answers, weighed by the book in use, with what was told."""
    book = practice.books.read()
    sha256 = practice.journal.keep_text(practice.books.text())
    found = []
    for answers in realistic(book, DIFFERENT):
        weighing = weighed(book, THEIRS, answers)
        did = {leaning.list: leaning.ranking[0].response for leaning in weighing.leanings}
        leaning, told = shown(weighing), str(weighing)
        found.append(
            KeptMoment(book="among_friends", book_sha256=sha256, answers=answers, leaning=leaning, told=told, did=did)
        )
    return found


def _moment(chance: random.Random, kinds: list[KeptMoment], people: list[int], number: int, count: int) -> KeptMoment:
    at = datetime.now(UTC) - (count - number) * APART
    remark = " ".join(chance.choices(WORDS, cum_weights=OFTEN, k=30)) if number % 3 == 0 else ""
    return replace(
        chance.choice(kinds),
        **_kept(at),
        happened_at=at,
        person_id=chance.choice(people) if number % 5 else None,
        forecast="same" if number % 2 else "",
        remark=remark,
    )


def _about(chance: random.Random, moment: KeptMoment) -> Iterator[Entry]:
    """What was said about a moment afterwards."""
    at = (moment.happened_at or datetime.now(UTC)) + timedelta(minutes=30)
    if chance.random() < 0.5:
        said = {"for_them": "helped, told", "for_us": chance.choice(["closer", "same", "sore"]), "for_me": "lighter"}
        yield Reflection(**_kept(at), moment_id=moment.id, **said)
    if moment.person_id and chance.random() < 0.2:
        sign, said_ = chance.choice(
            [("rating", "held"), ("rating", "solid"), ("rupture", "a_little"), ("repair", "yes")]
        )
        yield Sign(**_kept(at), person_id=moment.person_id, moment_id=moment.id, happened_at=at, sign=sign, said=said_)
    if chance.random() < 0.05:
        done = None if chance.random() < 0.1 else at
        due = (at + timedelta(days=20)).date()
        yield FollowUp(**_kept(at), person_id=moment.person_id, moment_id=moment.id, due_on=due, done_at=done)
    if chance.random() < 0.02:
        yield Line(
            **_kept(at), person_id=moment.person_id, moment_id=moment.id, response="gentle_now", words="Hm, wait."
        )


def _days(chance: random.Random, count: int) -> Iterator[Entry]:
    for number in range(count):
        at = datetime.now(UTC) - timedelta(days=3 * (count - number))
        yield CheckIn(**_kept(at), happened_at=at, energy=chance.choice(["low", "enough"]), toll="some")
        if number % 10 == 0:
            yield Rest(**_kept(at + timedelta(seconds=1)), happened_at=at, ends_at=at + timedelta(days=1))


_last = 0


def _kept(at: datetime) -> dict[str, Any]:
    """What the journal gives an entry, past what `keep` checks."""
    global _last  # noqa: PLW0603 - numbers go up
    _last = max(int(at.timestamp() * 1_000_000), _last + 1)
    return {"id": _last, "uid": new_uid(), "written_at": at, "changed_at": at}


def _put(practice: Practice, entries: list[Entry]) -> None:
    with practice.journal.vault.writing() as connection:
        for kind in {type(entry) for entry in entries}:
            rows = [{"id": each.id, **to_row(each)} for each in entries if type(each) is kind]
            connection.execute(insert(kind.table()), rows)
        finding.index_new(connection, entries)


# The app


class Came(NamedTuple):
    """What came back, and how long it took: seconds in all, and on the processor."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float
    busy: float


class Site:
    """The app over a practice, opened, as somebody with a browser and the token meets it."""

    def __init__(self, folder: Path) -> None:
        self.rooms, self.sessions = Rooms(Door(folder)), Sessions()
        self.rooms.door.unlock(PASSPHRASE)
        self.app = make_app(self.rooms, self.sessions, [HOST])
        self.cookie = f"{self.sessions.cookie}={self.sessions.enter(self.sessions.link())}"
        self.sizes: dict[str, int] = {}

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None, said: Any = None) -> Came:
        """Ask the app, and measure."""
        body = json.dumps(said).encode() if said is not None else urlencode(form or {}).encode()
        route, _, query = path.partition("?")
        headers = {
            "host": HOST,
            "cookie": self.cookie,
            "sec-fetch-site": "same-origin",
            "accept-encoding": "gzip",
            "authorization": f"Bearer {self.sessions.token}",
            "content-length": str(len(body)),
            "content-type": "application/json" if said is not None else "application/x-www-form-urlencoded",
        }
        scope = {
            "type": "http",
            "method": method,
            "path": route,
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "scheme": "http",
            "server": ("127.0.0.1", 7463),
            "root_path": "",
        }
        sent: list[dict[str, Any]] = []

        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else await asyncio.Future()  # nobody goes away meanwhile

        async def send(message: Any) -> None:
            sent.append(message)

        start, busy = time.perf_counter(), time.process_time()
        await self.app(scope, receive, send)
        took, busy = time.perf_counter() - start, time.process_time() - busy
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Came(sent[0]["status"], found, b"".join(each.get("body", b"") for each in sent[1:]), took, busy)

    async def transferred(self, body: bytes) -> int:
        """Bytes of a page with everything it loads, nothing of it known to the browser yet."""
        total = len(body)
        page = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        for path in set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', page)):
            name = path.decode()
            if name not in self.sizes:
                self.sizes[name] = len((await self.ask("GET", name)).body)
            total += self.sizes[name]
        return total


__all__ = ["COMMON", "Came", "Site", "filled"]
