"""Many at once: reads and writes over real sockets of this machine, for a bounded time. No write is lost.

Each connection is one that a browser or a program keeps open. Writes are moments under names of their own, kept by the
API and by the pages; each is sent twice now and then, as one does whose answer was lost on the way.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from poise.journal.entries import KeptMoment
from poise.web.serving import Serving

from .conftest import PASSPHRASE
from .program import Program
from .site import Visitor

PAGES = ["/", "/afterwards", "/people", "/rulebook", "/look-back", "/danger", "/settings"]
READS = ["/api/moments", "/api/people", "/api/state", "/api/follow-ups", "/api/books", "/api/rests"]
PEOPLE = 12
PATIENCE = 30.0
"""Seconds after which a read counts as not answered."""


@dataclass
class Person:
    """One connection, and what came of it."""

    app: Serving
    cookie: str
    chance: random.Random
    times: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})
    kept: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def run(self, end: float) -> None:
        """Read and write: each once, and then until it is time."""
        connection = http.client.HTTPConnection("127.0.0.1", self.app.port, timeout=PATIENCE)
        deeds: list[Callable[[http.client.HTTPConnection], None]] = [self.read, self.look, self.keep, self.write]
        try:
            self.read(connection)
            self.keep(connection)
            while time.monotonic() < end:
                self.chance.choices(deeds, [4, 4, 2, 1])[0](connection)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            self.wrong.append(repr(error))
        finally:
            connection.close()

    def read(self, connection: http.client.HTTPConnection) -> None:
        """Read by the API."""
        self.ask(connection, "read", "GET", self.chance.choice(READS), "", {200})

    def look(self, connection: http.client.HTTPConnection) -> None:
        """Look at a page."""
        self.ask(connection, "read", "GET", self.chance.choice(PAGES), "", {200})

    def keep(self, connection: http.client.HTTPConnection) -> None:
        """Keep a moment by the API, now and then twice; with somebody who is there already, or not."""
        name, somebody = uuid4().hex, f"Person {self.chance.randrange(PEOPLE)}"
        said = json.dumps({"answers": {"harm": "stings"}, "person": somebody, "did": "gentle_now"})
        for _ in range(self.chance.choice([1, 1, 2])):
            self.ask(connection, "write", "PUT", f"/api/moments/{name}", said, {200, 201})
        self.kept.add(name)

    def write(self, connection: http.client.HTTPConnection) -> None:
        """Keep a moment by the pages, as one does who taps: an answer, then what I did."""
        begun = self.ask(
            connection, "write", "POST", "/now", urlencode({"question": "harm", "answer": "stings"}), {303}
        )
        name = begun.split("/")[2]
        for form in ({"did": "gentle_now"}, {"did": "gentle_now"})[: self.chance.choice([1, 2])]:
            self.ask(connection, "write", "POST", f"/now/{name}/did", urlencode(form), {303})
        self.kept.add(name)

    def ask(  # noqa: PLR0917
        self, connection: http.client.HTTPConnection, deed: str, method: str, path: str, body: str, good: set[int]
    ) -> str:
        """One request; where it leads to."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        bearer = {"Authorization": f"Bearer {self.app.sessions.token}"} if path.startswith("/api/") else form
        start = time.perf_counter()
        connection.request(method, path, body or None, {**bearer, "Cookie": self.cookie})
        answer = connection.getresponse()
        raw = answer.read()
        self.times[deed].append(time.perf_counter() - start)
        if answer.status not in good:
            self.wrong.append(f"{method} {path} answered {answer.status}: {raw[:200]!r}")
        return answer.getheader("location") or ""


def loaded(app: Serving, connections: int, seconds: float) -> list[Person]:
    """So many at once, for so long."""
    Program(app).ask("POST", "/api/unlock", {"passphrase": PASSPHRASE})
    visitor = Visitor(app).enter()
    ((name, value),) = visitor.cookies.items()
    people = [Person(app, f"{name}={value}", random.Random(number)) for number in range(connections)]
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=person.run, args=(end,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people


def nothing_lost(app: Serving, people: list[Person]) -> None:
    """Everything was answered, each moment that was kept is in the journal once, and nobody was met twice."""
    wrong = [each for person in people for each in person.wrong]
    assert not wrong, "\n".join(wrong[:20])
    kept = {name for person in people for name in person.kept}
    with app.rooms.door.inside() as practice:
        found: list[KeptMoment] = list(practice.every_moment())
        nicknames = [person.nickname for person in practice.people()]
        assert practice.journal.faults() == []
    assert len(found) == len({each.uid for each in found})
    assert {each.uid for each in found} == kept
    assert len(nicknames) == len(set(nicknames)) <= PEOPLE


def report(people: list[Person], seconds: float) -> str:
    """How many were answered, and how long it took them."""
    lines = []
    for deed in ("read", "write"):
        times = sorted(taken * 1000 for person in people for taken in person.times[deed])
        ninety_ninth = statistics.quantiles(times, n=100)[98]
        numbers = f"p50 {statistics.median(times):.0f} ms, p99 {ninety_ninth:.0f} ms, slowest {times[-1]:.0f} ms"
        lines.append(f"{len(times):,} {deed}s in {seconds:.0f} s: {numbers}")
    return "\n".join(lines)


def held(app: Serving, connections: int, seconds: float) -> None:
    """Load an app, and see that nothing is lost."""
    people = loaded(app, connections, seconds)
    print(f"\n{connections} connections\n{report(people, seconds)}")
    nothing_lost(app, people)
    assert all(person.times["read"] and person.kept for person in people), "somebody was never answered"


def test_ten_at_once_lose_nothing(app: Serving) -> None:
    held(app, 10, 3)


@pytest.mark.long
def test_fifty_at_once_for_a_minute_lose_nothing(app: Serving) -> None:
    held(app, 50, 60)
