"""What sealing costs: the same journal, with the same statements, in SQLCipher and in plain sqlite3.

    python bench_journal.py [MOMENTS]      10,000 and 100,000 moments if left out; 1,000,000 shows the growth

The sealed journal is filled first; its copies without a seal are the others, with the same index page for page.
Each side is a process of its own: the sealed journal, Python's own SQLite, SQLCipher's SQLite without a key. They
take turns, so that a busy machine is as unfair to one as to the others.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from journal_side import PASSPHRASE, SIDES

from poise.journal.journal import Journal
from poise.journal.sealing import sqlite
from poise.journal.sealing.keyfile import read_keys
from poise.journal.sealing.keys import STRONG

TIMES = 300
SEALED = "sealed"


class Side:
    """A process that holds one side."""

    def __init__(self, name: str, folder: Path, count: int) -> None:
        command = [sys.executable, str(Path(__file__).with_name("journal_side.py")), name, str(folder), str(count)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def said(self) -> str:
        """What it says next."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def took(self, what: str) -> tuple[float, float]:
        """How many milliseconds it takes to do something once, and how many of them on the processor."""
        assert self.process.stdin
        print(what, file=self.process.stdin, flush=True)
        took, busy = self.said().split()
        return float(took), float(busy)

    def end(self) -> float:
        """Let it end: how many MB of memory it took at most."""
        assert self.process.stdin
        self.process.stdin.close()
        most = float(self.said())
        self.process.wait()
        return most


def compare(count: int, folder: Path) -> None:
    """Print what each side takes, and how many times the plain cost the sealed one is."""
    sides: dict[str, Side] = {}
    for name in SIDES:
        sides[name] = Side(name, folder / name, count)
        doing = json.loads(sides[name].said())
    sizes = (f"{name} {(folder / name / sqlite.NAME).stat().st_size / 1e6:,.0f} MB" for name in sides)
    print(f"\n{count:,} moments: {', '.join(sizes)}; load {os.getloadavg()[0]:.1f}")
    columns = "".join(f"{name:>9}" for name in (*sides, "times", "95%", "busy 95%"))
    print(f"  {'milliseconds, median':32}{columns}")
    for what in doing:
        print(row(what, count, sides), flush=True)
    print(f"  memory: {', '.join(f'{name} {one.end():.0f} MB' for name, one in sides.items())}")
    opening(folder / SEALED)


def row(what: str, count: int, sides: dict[str, Side]) -> str:
    """One line: what was done, the medians, the ratio to the cheaper of the plain ones, and the slow ones."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for _ in range(TIMES):
        for name, one in sides.items():
            taken[name].append(one.took(what))
    medians = {name: statistics.median(took for took, _ in times) for name, times in taken.items()}
    times = medians[SEALED] / min(medians[name] for name in sides if name != SEALED)
    slow, busy = (statistics.quantiles(column, n=20)[-1] for column in zip(*taken[SEALED], strict=True))
    numbers = "".join(f"{number:9.2f}" for number in [*medians.values(), times, slow, busy])
    return f"  {what:32}{numbers}  {held(what, count, times, slow, busy)}"


def held(what: str, count: int, times: float, slow: float, busy: float) -> str:
    """Whether the target holds. Keeping: 3 times the plain cost, and 50 ms in 19 of 20 tries, the disk included.

    A page: 5 ms on the processor in 19 of 20 tries. Waiting for it is not counted: that is the machine of the day.
    """
    if what.startswith("keep"):
        return "holds" if times <= 3 and slow < 50 else "MISSED"
    if count > 100_000:
        return ""
    return "holds" if busy < 5 else "MISSED"


def opening(folder: Path) -> None:
    """Print how long opening takes besides the key derivation, with its first page, and locking; and the derivation."""
    taken: dict[str, list[float]] = {"open": [], "first page": [], "lock": []}
    for _ in range(5):
        start = time.perf_counter()
        journal = Journal.open(folder, PASSPHRASE)
        opened = time.perf_counter()
        journal.moments()
        seen = time.perf_counter()
        journal.lock()
        for name, passed in zip(taken, (opened - start, seen - opened, time.perf_counter() - seen), strict=True):
            taken[name].append(passed)
    start = time.perf_counter()
    STRONG.derive(b"secret", read_keys(folder).wraps["passphrase"].salt)
    derived = time.perf_counter() - start
    parts = ", ".join(f"{name} {statistics.median(times) * 1000:.0f} ms" for name, times in taken.items())
    verdict = "holds" if statistics.median(taken["open"]) < 0.3 else "MISSED"
    print(f"  {parts}  {verdict}; key derivation {derived * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure."""
    print(f"plain: Python's SQLite {sqlite3.sqlite_version}; no key, sealed: SQLite {sqlite.driver.sqlite_version}")
    for count in [int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000]:
        folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
        try:
            compare(count, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
