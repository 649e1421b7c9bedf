"""One side of `bench_journal.py`: a filled journal, and what is done to it, in a process of its own.

    python journal_side.py plain|"no key"|sealed FOLDER MOMENTS

It prints what it can do, as JSON; then does what it reads, line by line, and prints how many milliseconds each took,
and how many of them on the processor.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, insert
from sqlalchemy.pool import QueuePool

from poise.journal import finding
from poise.journal.entries import KeptMoment, Person, to_row
from poise.journal.journal import Journal
from poise.journal.keeping import new_uid
from poise.journal.sealing import sqlite
from poise.journal.sealing.keyfile import new_keys
from poise.journal.sealing.keys import Derivation
from poise.journal.sealing.vault import Vault
from poise.journal.tables import moments

PASSPHRASE = "a passphrase to measure with"
QUICK = Derivation(64, 1, 1)
START = datetime(2020, 1, 1, tzinfo=UTC)
SIDES: dict[str, Any] = {"sealed": None, "plain": sqlite3, "no key": sqlite.driver}
COMMON = ["sister", "remark", "quiet", "table", "laughed", "phone", "later", "sorry", "meant", "room", "home"]
SAID = ["他说对不起，然后走了", "没关系，下次再说", "不是那个意思", "谢谢你告诉我"]


def vocabulary() -> tuple[list[str], list[float]]:
    """20,000 words, the first ones real, the others of made-up syllables; how often each comes, after Zipf."""
    chance = random.Random(5)
    words = dict.fromkeys(COMMON)
    while len(words) < 20_000:
        parts = ("".join((chance.choice("bcdfghjklmnprstvw"), chance.choice("aeiou"))) for _ in range(4))
        stem = "".join(itertools.islice(parts, chance.choice([2, 2, 3, 3, 4])))
        words[stem + chance.choice(["", "n", "s", "t"])] = None
    return [*words], [*itertools.accumulate(1 / (place + 3) for place in range(len(words)))]


WORDS, OFTEN = vocabulary()


class Plain(Vault):
    """The same folder without a seal."""

    def __init__(self, folder: Path, driver: Any) -> None:
        key, _, keys = new_keys(PASSPHRASE, QUICK)
        super().__init__(folder, key, keys)
        self._driver = driver
        self.engine = create_engine("sqlite://", creator=self._connect, module=driver, poolclass=QueuePool)
        event.listen(self.engine, "begin", sqlite.begin)
        self._writer = self.engine.execution_options(writing=True)

    def _connect(self) -> Any:
        found = self._driver.connect(self.folder / sqlite.NAME, isolation_level=None, check_same_thread=False)
        for statement in sqlite.SETUP:
            found.execute(statement)
        return found


def unsealed(journal: Journal, folder: Path) -> None:
    """Copy a sealed file into one without a seal, page of the index by page."""
    folder.mkdir()
    connection = journal.vault.engine.raw_connection()
    try:
        connection.execute(f"ATTACH '{folder / sqlite.NAME}' AS bare KEY ''")
        connection.execute("SELECT sqlcipher_export('bare')")
        connection.execute("DETACH bare")
    finally:
        connection.close()


def moment(chance: random.Random, number: int, person: Person) -> KeptMoment:
    """A believable moment: answers, the sentences of the leaning, what I did, and in one of three a remark."""
    remark = [*chance.choices(WORDS, cum_weights=OFTEN, k=30), *chance.choices(SAID, k=number % 20 == 0)]
    return KeptMoment(
        id=int((START + timedelta(minutes=number)).timestamp() * 1_000_000),
        uid=new_uid(),
        written_at=START + timedelta(minutes=number),
        changed_at=START + timedelta(minutes=number),
        happened_at=START + timedelta(minutes=number - chance.randrange(60)),
        person_id=person.id,
        answers={"place": "group_chat", "harm": "stings", "energy": "low", "who_was_hit": "someone_here"},
        leaning={"lead": {"toward": ["gentle_now"], "beside": ["with_them"]}, "applies": ["not_online", "cardinal"]},
        told=" ".join(chance.choices(WORDS, k=140)),
        did={"toward": chance.choice(["ask", "gentle_now", "let_be"])},
        did_else=" ".join(["the", "even" if number % 2 else "odd", *chance.choices(WORDS, cum_weights=OFTEN, k=6)]),
        remark=" ".join(remark) if chance.random() < 1 / 3 else "",
    )


def filled(folder: Path, count: int) -> Journal:
    """A journal filled quickly, past what `keep` checks, 50 moments in a transaction; one person is met once."""
    journal = Journal.create(folder, PASSPHRASE, derivation=QUICK)
    chance, people = random.Random(1), [journal.keep(Person(nickname=f"Person {n:02}")) for n in range(30)]
    once = journal.keep(Person(nickname="Somebody"))
    for start in range(0, count, 50):
        batch = [moment(chance, n, chance.choice(people)) for n in range(start, min(start + 50, count))]
        if start <= count // 2 < start + 50:
            batch[0] = moment(chance, start, once)
        with journal.vault.writing() as connection:
            connection.execute(insert(moments), [{"id": one.id, **to_row(one)} for one in batch])
            finding.index_new(connection, batch)
    return journal


def things(journal: Journal) -> dict[str, Callable[[], object]]:
    """{what is done: do it once}."""
    chance = random.Random(2)
    _, _, _, person, *_, once = journal.people()
    (*_, hundredth) = journal.moments(most=100)
    about, rarely = [finding.tag("person", person.id)], [finding.tag("person", once.id)]
    sentence = " ".join(dict.fromkeys(random.Random(3).choices(WORDS, cum_weights=OFTEN, k=70))).split()[:50]
    some = lambda: chance.choice(COMMON)  # noqa: E731
    return {
        "keep a moment": lambda: journal.keep(
            KeptMoment(person_id=person.id, told="x" * 900, remark=" ".join(chance.choices(WORDS, k=30)))
        ),
        "list, first page": journal.moments,
        "list, a later page": lambda: journal.moments(before=hundredth),
        "list of one person": lambda: journal.moments(person),
        "search, a common word": lambda: journal.search(some()),
        "  a word of every moment": lambda: journal.search("the"),
        "  a later page of it": lambda: journal.search("the", before=hundredth),
        "  two words, one person": lambda: journal.search(f"{some()} {some()}", about),
        "  that word, somebody met once": lambda: journal.search("the", rarely),
        "  that word and a rare one": lambda: journal.search(f"the {WORDS[-1]}"),
        "  two words never together": lambda: journal.search("even odd"),
        "  fifty words": lambda: journal.search(" ".join(sentence)),
        "  the fifty commonest": lambda: journal.search(" ".join(WORDS[:50])),
        "  a beginning, `s*`": lambda: journal.search("s*"),
        "  a beginning, `sis*`": lambda: journal.search("sis*"),
        "  a beginning, `sister*`": lambda: journal.search("sister*"),
        "  two signs of Chinese": lambda: journal.search("不起"),
        "  one sign of Chinese": lambda: journal.search("说"),
        "  no such word": lambda: journal.search("nowhere"),
    }


def main(name: str, folder: Path, count: int) -> None:
    """Be one side; the sealed one makes the others."""
    if SIDES[name] is not None:
        journal = Journal(Plain(folder, SIDES[name]))
    else:
        journal = Journal.open(folder, PASSPHRASE) if folder.exists() else filled(folder, count)
        for other in SIDES:
            if other != name:
                unsealed(journal, folder.with_name(other))
    doing = things(journal)
    print(json.dumps(list(doing)), flush=True)
    for line in sys.stdin:
        start, busy = time.perf_counter(), time.process_time()
        doing[line.rstrip("\n")]()
        print((time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
    journal.lock()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
