"""The weighing on a page, beside Python's: what a moment takes, and how large the page is that a phone takes along.

`python bench/bench_pocket.py [MOMENTS]`. Python and the page's own modules, in playwright's Node, take turns within one
run: a block of moments each, once while rows are filled and once more when they are. Both are asked for the same, and
what they find is compared each time. Time is processor time: Python's of its thread, Node's of all of its threads.
README.md says what is measured.
"""

from __future__ import annotations

import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import moments
import playwright
from bench_weigh import show, verdict

import poise
import poise.pocket
from poise.pocket.building import Pocket, files_of
from poise.pocket.compiling import compiled
from poise.rulebook.rulebook import Rulebook
from poise.shelf import STARTERS
from poise.weighing.asking import next_question
from poise.weighing.telling import told
from poise.weighing.turning import turns

NODE = Path(playwright.__file__).parent / "driver" / "node"
STATIC = Path(poise.pocket.__file__).parent / "static"
BLOCK, MOST_BYTES = 50, 60_000
STEPS = ("weigh", "next question", "turns", "told, all of these known")
ENGINE = ("asking.js", "conditions.js", "tables.js", "telling.js", "turning.js", "weigh.js")

SIDE = f"""
import {{ createInterface }} from "node:readline";
import {{ understand, weigh, nextQuestion, turns }} from "{STATIC.as_uri()}/weigh.js";
import {{ told }} from "{STATIC.as_uri()}/telling.js";
const now = () => {{ const {{ user, system }} = process.cpuUsage(); return user + system; }};
let book = null;
for await (const line of createInterface({{ input: process.stdin }})) {{
  const given = JSON.parse(line);
  if (!Array.isArray(given)) {{
    const start = now();
    book = understand(given);
    console.log(now() - start);
    continue;
  }}
  console.log(JSON.stringify(given.map((moment) => {{
    const at = [now()], weighing = weigh(book, moment);
    at.push(now());
    const next = nextQuestion(weighing);
    at.push(now());
    const tipping = turns(weighing).length;
    at.push(now());
    const {{ leaning }} = told(weighing);
    at.push(now());
    return [[next, tipping, leaning], at.slice(1).map((each, i) => each - at[i])];
  }})));
}}
"""

Taken = list[tuple[Any, list[float]]]
"""For each moment, what was found, and the microseconds that each of STEPS took."""


def main(count: int = 400) -> None:
    """Measure, compare and print."""
    with node() as ask:
        for name in STARTERS:
            times(poise.read(name), count, ask)
    sizes()


def times(book: Rulebook, count: int, ask: Callable[[Any], Any]) -> None:
    """One book: medians, and the slowest in 20, of both sides."""
    ready = ask(compiled(book))
    given = moments.realistic(book, count)
    rows = []
    for said in ("rows filling", "rows filled"):
        ours, theirs = taken(book, given, ask)
        for step, name in enumerate(STEPS):
            python, page = ([each[step] for _, each in found] for found in (ours, theirs))
            rows.append((f"{name}, {said}", *said_of(python), *said_of(page), f"{ratio(python, page):.1f}"))
    head = ("microseconds, the median and the slowest in 20", "Python", "in 20", "page", "in 20", "times as fast")
    show(f"{book.name}: {count} moments of 8 to 14 answers; the page is ready after {ready / 1000:.0f} ms", head, rows)


def taken(book: Rulebook, given: list[dict[str, str]], ask: Callable[[Any], Any]) -> tuple[Taken, Taken]:
    """Both sides, block by block. Ends the run where they find something else."""
    ours: Taken = []
    theirs: Taken = []
    for first in range(0, len(given), BLOCK):
        block = given[first : first + BLOCK]
        ours += [timed(book, answers) for answers in block]
        theirs += ask(block)
    for answers, (mine, _), (other, _) in zip(given, ours, theirs, strict=True):
        if list(mine) != list(other):
            sys.exit(f"they disagree on {answers}: {mine} and {other}")
    return ours, theirs


def timed(book: Rulebook, answers: dict[str, str]) -> tuple[Any, list[float]]:
    """What Python finds of one moment, and the microseconds of each step."""
    moment = poise.Moment(book, **answers)
    at = [time.thread_time()]
    weighing = poise.weigh(book, moment)
    at.append(time.thread_time())
    asked = next_question(weighing)
    at.append(time.thread_time())
    tipping = len(turns(weighing))
    at.append(time.thread_time())
    known = weighing.turns, weighing.next_question
    start = time.thread_time()
    leaning = told(weighing).leaning
    steps = [1e6 * (after - before) for before, after in pairwise(at)]
    assert known == (weighing.turns, asked)
    return (asked, tipping, leaning), [*steps, 1e6 * (time.thread_time() - start)]


def said_of(times: list[float]) -> tuple[str, str]:
    """The median and the slowest in 20."""
    return f"{statistics.median(times):.0f}", f"{sorted(times)[len(times) * 19 // 20]:.0f}"


def ratio(python: list[float], page: list[float]) -> float:
    return statistics.median(python) / statistics.median(page)


@contextmanager
def node() -> Iterator[Callable[[Any], Any]]:
    """A Node that weighs what it is handed, a line each."""
    with subprocess.Popen(
        [str(NODE), "--input-type=module", "-e", SIDE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as side:
        assert side.stdin
        assert side.stdout

        def ask(given: Any) -> Any:
            print(json.dumps(given), file=side.stdin, flush=True)
            return json.loads(side.stdout.readline())  # type: ignore[union-attr]

        yield ask
        side.stdin.close()


def sizes() -> None:
    """How large the book, the modules that weigh and the whole page are, as they lie on a disk and packed by gzip."""
    rows, largest = [], 0
    for name in STARTERS:
        book = poise.read(name)
        files = files_of(Pocket(book))
        text = json.dumps(compiled(book), ensure_ascii=False, separators=(",", ":")).encode()
        engine = [files[each] for each in ENGINE]
        whole = list(files.values())
        rows.append((name, *(f"{number:,}" for part in ([text], engine, whole) for number in bytes_of(part))))
        largest = max(largest, bytes_of(whole)[1])
    head = ("bytes, and packed", "book", "packed", "modules", "packed", "page", "packed")
    show("How large it is", head, rows)
    verdict("the whole page, packed, under 60 kB", largest < MOST_BYTES, f"{largest / 1000:.1f} kB")


def bytes_of(files: list[bytes]) -> tuple[int, int]:
    """As they are, and each packed by itself, as a host sends it."""
    return sum(map(len, files)), sum(len(gzip.compress(each, 9)) for each in files)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
