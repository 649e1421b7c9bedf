"""What it takes to move: an export written and brought in again, beside the same rows put into plain sqlite3.

    python bench_moving.py [MOMENTS]       5,000 moments if left out

Each side is a process of its own, so that its memory is its own. The plain side reads the same file with `json.load`,
and puts its moments into one table with the same full-text index: nothing is checked, sealed, or counted.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from poise.journal.exporting import export
from poise.journal.importing import bring_in
from poise.journal.journal import Journal
from poise.journal.sealing.keys import Derivation

PASSPHRASE = "four plums and a lantern"
QUICK = Derivation(memory_kib=64, passes=1, lanes=1)
LINE = "Number {n}. What I wrote about a lantern and the rain, and then some more of it, so that it is a line or two."


def diary(path: Path, count: int) -> None:
    """A diary in jrnl's form, a few entries a day."""
    with path.open("w") as file:
        for n in range(count):
            file.write(
                f"[{2000 + n % 25}-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}] {LINE.format(n=n)}\n"
            )


def made(folder: Path, count: int) -> None:
    """A journal from a diary, and its export."""
    diary(folder / "diary.txt", count)
    with Journal.create(folder / "from", PASSPHRASE, derivation=QUICK) as journal:
        start = now()
        bring_in(journal, folder / "diary.txt")
        said("diary in", start)
        start = now()
        path = export(journal, folder).path
        said("export", start)
        path.rename(folder / "export.json")


def sealed(folder: Path) -> None:
    """The export, brought into a new journal."""
    with Journal.create(folder / "to", PASSPHRASE, derivation=QUICK) as journal:
        start = now()
        bring_in(journal, folder / "export.json", mine=True)
        said("export in", start)


def plain(folder: Path) -> None:
    """The same moments in plain sqlite3."""
    connection = sqlite3.connect(folder / "plain.db")
    connection.execute("PRAGMA journal_mode = WAL")
    start = now()
    moments = json.loads((folder / "export.json").read_text())["moments"]
    names = list(moments[0])
    connection.execute(f"CREATE TABLE moments (id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(words, tokenize = 'porter unicode61')")
    rows = [tuple(v if isinstance(v, str | None) else json.dumps(v) for v in moment.values()) for moment in moments]
    with connection:
        marks = ", ".join("?" for _ in names)
        connection.executemany(f"INSERT INTO moments ({', '.join(names)}) VALUES ({marks})", rows)
        connection.executemany("INSERT INTO search(words) VALUES (?)", [(moment["remark"],) for moment in moments])
    said("plain in", start)


def now() -> tuple[float, float]:
    """The time, and the time on the processor."""
    return time.perf_counter(), time.process_time()


def said(what: str, start: tuple[float, float]) -> None:
    """Print how long it took, how much of it on the processor, and the most memory so far."""
    took, busy = (end - begin for begin, end in zip(start, now(), strict=True))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:10} {took:8.2f} s {busy:8.2f} s busy {most:8.0f} MB", flush=True)


def main(count: int) -> None:
    """Run the sides one after another."""
    with tempfile.TemporaryDirectory() as folder:
        for side in ("made", "sealed", "plain"):
            subprocess.run([sys.executable, __file__, str(count), side, folder], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        folder = Path(sys.argv[3])
        {
            "made": lambda: made(folder, int(sys.argv[1])),
            "sealed": lambda: sealed(folder),
            "plain": lambda: plain(folder),
        }[sys.argv[2]]()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
