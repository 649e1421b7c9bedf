"""What sealing costs: the same journal, with the same statements, in SQLCipher and in plain sqlite3.

    python bench_journal.py [MOMENTS]      10,000 and 100,000 moments if left out; 1,000,000 shows the growth

Both sides: SQLAlchemy, full-text index, write-ahead log, synchronous=FULL, secure_delete. They take turns, so that a
busy machine is as unfair to one as to the other.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, insert
from sqlalchemy.pool import QueuePool

from poise.journal import finding, migrations
from poise.journal.entries import KeptMoment, Person, to_row
from poise.journal.journal import Journal
from poise.journal.keeping import new_uid
from poise.journal.sealing import sqlite
from poise.journal.sealing.keyfile import new_keys, read_keys
from poise.journal.sealing.keys import STRONG, Derivation
from poise.journal.sealing.vault import Vault
from poise.journal.tables import moments

PASSPHRASE = "a passphrase to measure with"
QUICK = Derivation(64, 1, 1)
KEEPS, LOOKS = 300, 200
WORDS = [
    "colleague",
    "sister",
    "remark",
    "quiet",
    "table",
    "laughed",
    "phone",
    "later",
    "sorry",
    "meant",
    "room",
    "home",
]
START = datetime(2020, 1, 1, tzinfo=UTC)


PLAIN: Any = sqlite3 if sqlite3.sqlite_version_info >= (3, 42) else sqlite.driver
"""Python's own SQLite; where it is too old for the full-text index to forget, the one in SQLCipher, without a key."""


class Plain(Vault):
    """The same folder without a seal."""

    def __init__(self, folder: Path) -> None:
        key, _, keys = new_keys(PASSPHRASE, QUICK)
        super().__init__(folder, key, keys)
        self.engine = create_engine("sqlite://", creator=self._connect, module=PLAIN, poolclass=QueuePool)
        event.listen(self.engine, "begin", sqlite.begin)
        self._writer = self.engine.execution_options(writing=True)

    def _connect(self) -> Any:
        found = PLAIN.connect(self.folder / sqlite.NAME, isolation_level=None, check_same_thread=False)
        for statement in sqlite.SETUP:
            found.execute(statement)
        return found


def made(folder: Path, *, plain: bool) -> Journal:
    """A new journal."""
    if not plain:
        return Journal.create(folder, PASSPHRASE, derivation=QUICK)
    folder.mkdir()
    journal = Journal(Plain(folder))
    with journal.vault.writing() as connection:
        migrations.migrate(connection)
    return journal


def moment(chance: random.Random, number: int, person: Person) -> KeptMoment:
    """A believable moment: answers, the sentences of the leaning, and in one of three a remark.

    Every word stands in a third of them, which no word of a real journal does but `the`.
    """
    return KeptMoment(
        id=number + 1,
        uid=new_uid(),
        written_at=START + timedelta(minutes=number),
        changed_at=START + timedelta(minutes=number),
        happened_at=START + timedelta(minutes=number - chance.randrange(60)),
        person_id=person.id,
        answers={"place": "group_chat", "harm": "stings", "energy": "low", "who_was_hit": "someone_here"},
        leaning={"lead": {"toward": ["gentle_now"], "beside": ["with_them"]}, "applies": ["not_online", "cardinal"]},
        told=" ".join(chance.choices(WORDS, k=140)),
        did={"toward": chance.choice(["ask", "gentle_now", "let_be"])},
        did_else=" ".join(chance.choices(WORDS, k=6)),
        remark=" ".join(chance.choices(WORDS, k=30)) if chance.random() < 1 / 3 else "",
    )


def fill(journal: Journal, count: int) -> Person:
    """Fill a journal quickly, past what `keep` checks."""
    chance, people = random.Random(1), [journal.keep(Person(nickname=f"Person {n}")) for n in range(30)]
    for start in range(0, count, 10_000):
        batch = [moment(chance, n, chance.choice(people)) for n in range(start, min(start + 10_000, count))]
        with journal.vault.writing() as connection:
            connection.execute(insert(moments), [{"id": one.id, **to_row(one)} for one in batch])
            for one in batch:
                finding.index(connection, one)
    return people[3]


def timings(journal: Journal, person: Person) -> dict[str, Iterator[float]]:
    """{what: seconds, again and again}."""
    chance = random.Random(2)
    kept = [journal.moments(most=100)[-1]]

    def keep() -> object:
        return journal.keep(
            KeptMoment(person_id=person.id, told="x" * 900, remark=" ".join(chance.choices(WORDS, k=30)))
        )

    looks: dict[str, Callable[[], object]] = {
        "keep a moment": keep,
        "list, first page": journal.moments,
        "list, a later page": lambda: journal.moments(before=kept[0]),
        "list of one person": lambda: journal.moments(person),
        "search, a common word": lambda: journal.search(chance.choice(WORDS)),
        "search, a beginning, `tabl*`": lambda: journal.search("tabl*"),
        "search, two words, one person": lambda: journal.search("sorry home", [finding.tag("person", person.id)]),
        "search, no such word": lambda: journal.search("nowhere"),
    }
    return {name: repeated(look) for name, look in looks.items()}


def repeated(look: Callable[[], object]) -> Iterator[float]:
    """How long it takes, each time it is asked."""
    while True:
        start = time.perf_counter()
        look()
        yield time.perf_counter() - start


def compare(count: int, folder: Path) -> None:
    """Print what each side takes, and how many times the plain cost the sealed one is."""
    journals = {name: made(folder / name, plain=name == "plain") for name in ("plain", "sealed")}
    sides = {name: timings(journal, fill(journal, count)) for name, journal in journals.items()}
    sizes = {name: (folder / name / sqlite.NAME).stat().st_size / 1e6 for name in journals}
    print(f"\n{count:,} moments: plain {sizes['plain']:.0f} MB, sealed {sizes['sealed']:.0f} MB")
    print(f"  {'milliseconds':32}{'plain':>8}{'sealed':>8}{'times':>7}{'p95':>8}")
    for what in sides["plain"]:
        taken: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(KEEPS if what.startswith("keep") else 10 if "beginning" in what else LOOKS):
            for name, side in sides.items():
                taken[name].append(next(side[what]) * 1000)
        plain, sealed = (statistics.median(taken[name]) for name in ("plain", "sealed"))
        p95 = statistics.quantiles(taken["sealed"], n=20)[-1]
        verdict = held(what, count, sealed / plain, sealed, p95)
        print(f"  {what:32}{plain:8.2f}{sealed:8.2f}{sealed / plain:7.2f}{p95:8.2f}  {verdict}")
    journals["sealed"].lock()
    opening(folder / "sealed")


def held(what: str, count: int, times: float, sealed: float, p95: float) -> str:
    """Whether the target holds."""
    if what.startswith("keep"):
        return "holds" if times <= 3 and p95 < 50 else "MISSED"
    if count > 100_000 or "beginning" in what:
        return ""
    return "holds" if sealed < 5 else "MISSED"


def opening(folder: Path) -> None:
    """Print how long opening takes besides the key derivation, and the derivation."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        Journal.open(folder, PASSPHRASE).lock()
        taken.append(time.perf_counter() - start)
    start = time.perf_counter()
    STRONG.derive(b"secret", read_keys(folder).wraps["passphrase"].salt)
    derived = time.perf_counter() - start
    verdict = "holds" if statistics.median(taken) < 0.3 else "MISSED"
    print(
        f"  open and lock {statistics.median(taken) * 1000:.0f} ms  {verdict}; key derivation {derived * 1000:.0f} ms"
    )


def main() -> None:
    """Measure."""
    print(f"plain: {PLAIN.__name__}, SQLite {PLAIN.sqlite_version}; sealed: SQLite {sqlite.driver.sqlite_version}")
    for count in [int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000]:
        folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
        try:
            compare(count, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
