"""How long a weighing takes: beside other rule engines, as a whole with its reasons, and as a process.

Every number is a median over rounds of separate processes that take turns, so that a busy moment of the machine falls
on everybody. README.md says what is compared, and how fairly.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import BOOK, NEIGHBOURS, OURS, WHOLE, WORDS

HERE = Path(__file__).parent
ROUNDS, STARTS = 5, 15
MOST_MILLISECONDS, MOST_RATIO = 0.2, 2.5
"""Targets: a weighing with its reasons; starting `poise weigh`, against starting Python with click and yaml."""

SAMPLE = {
    "role": "friend_family",
    "who_was_hit": "someone_here",
    "place": "small_group",
    "harm": "stings",
    "safety": "safe",
}
BARE = [sys.executable, "-c", "import click, yaml"]
WEIGH = [
    str(Path(sys.executable).parent / "poise"),
    "weigh",
    BOOK,
    *(f"{name}={answer}" for name, answer in SAMPLE.items()),
    "--json",
]
STAND_IN = [
    sys.executable,
    "-c",
    f"""import click, json, poise
book = poise.read({BOOK!r})
w = poise.weigh(book, poise.Moment(book, **{SAMPLE!r}))
print(json.dumps([[l.list, l.lead, [[s.response, s.share] for s in l.ranking]] for l in w.leanings]))
""",
]

Row = tuple[str, ...]


def main() -> None:
    """Measure everything and print it."""
    found = rounds([OURS, *NEIGHBOURS, WHOLE])
    print_scores(found)
    print_whole(found)
    print_start()


def rounds(names: Sequence[str]) -> dict[str, float]:
    """{what: median seconds}: each name measured once a round, in a process of its own."""
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name in names:
            command = [sys.executable, str(HERE / "measuring.py"), name]
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            for what, seconds in json.loads(answer).items():
                taken.setdefault(what, []).append(seconds)
    return {what: statistics.median(times) for what, times in taken.items()}


def print_scores(found: dict[str, float]) -> None:
    """Ours beside the neighbours'."""
    scored = [OURS, WORDS, *NEIGHBOURS]
    rows = [(what, micro(found[what]), f"{found[what] / found[OURS]:.2f}") for what in scored]
    fastest = min(found[name] for name in NEIGHBOURS if name.startswith("zen"))
    show("Scores of one fully answered moment", ("", "median", "against poise"), rows)
    verdict("poise at most zen-engine's fastest", found[OURS] <= fastest, f"{found[OURS] / fastest:.2f} of its time")


def print_whole(found: dict[str, float]) -> None:
    """Whole weighings and what follows from them."""
    rows = [(what, micro(seconds)) for what, seconds in found.items() if what not in (OURS, WORDS, *NEIGHBOURS)]
    show("A moment of 8 to 14 answers, weighed with its reasons", ("", "median"), rows)
    taken = found["weigh, tables warm"] * 1e3
    verdict(f"weigh under {MOST_MILLISECONDS} ms", taken < MOST_MILLISECONDS, f"{taken:.3f} ms")


def print_start() -> None:
    """Starting the command against starting Python with the two libraries it stands on."""
    with tempfile.TemporaryDirectory() as compiled:
        ready = runs(WEIGH, compiled)
        weigh, bare = starts([WEIGH if ready else STAND_IN, BARE], compiled)
    name = f"poise weigh {BOOK} ... --json" if ready else "a stand-in for `poise weigh`, which does not run"
    rows = [(name, milli(weigh), f"{weigh / bare:.2f}"), ("python -c 'import click, yaml'", milli(bare), "1.00")]
    show("A whole process, from start to end", ("", "median", "ratio"), rows)
    verdict(f"ratio at most {MOST_RATIO}", weigh / bare <= MOST_RATIO, f"{weigh / bare:.2f}")


def starts(commands: Sequence[list[str]], compiled: str) -> list[float]:
    """Median seconds of each command, run in turns; the first run of each fills the caches and does not count."""
    taken: list[list[float]] = [[] for _ in commands]
    for _ in range(STARTS + 1):
        for command, times in zip(commands, taken, strict=True):
            start = time.perf_counter()
            if not runs(command, compiled):
                sys.exit(f"this does not run: {' '.join(command)}")
            times.append(time.perf_counter() - start)
    return [statistics.median(times[1:]) for times in taken]


def runs(command: list[str], compiled: str) -> bool:
    """Run a command with byte code kept in a folder of its own, as it is kept for a user. Whether it went well."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    quiet = subprocess.DEVNULL
    try:
        return subprocess.run(command, check=False, stdout=quiet, stderr=quiet, env=environment).returncode == 0
    except FileNotFoundError:
        return False


def micro(seconds: float) -> str:
    """Microseconds."""
    return f"{seconds * 1e6:,.1f} us"


def milli(seconds: float) -> str:
    """Milliseconds."""
    return f"{seconds * 1e3:.1f} ms"


def show(title: str, head: Row, rows: Sequence[Row]) -> None:
    """A plain table: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}")
    for row in (head, *rows):
        aligned: list[Callable[[str, int], str]] = [str.ljust, *[str.rjust] * (len(head) - 1)]
        print(
            "  " + "  ".join(put(cell, width) for put, cell, width in zip(aligned, row, widths, strict=True)).rstrip()
        )


def verdict(target: str, holds: bool, measured: str) -> None:
    """One target, and whether it is reached."""
    print(f"  target: {target}: {'holds' if holds else 'MISSED'} ({measured})")


if __name__ == "__main__":
    main()
