"""What would change it: the fewest changed answers, ours beside an answer set solver and an SMT solver.

`python bench/bench_turns.py [MOMENTS [MOMENTS FOR Z3]]`. The three take turns within one process, a block of moments
each, on the same weighings; what they find is compared each time. Time is processor time of one thread. README.md says
what each is asked for.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar

import moments
import turn_peers
from bench_weigh import show, verdict

import poise

BOOK = "among_friends"
MOST_MILLISECONDS, LEAST_RATIO = 0.2, 20
"""Targets: our median, and how many times faster than the solvers."""

BLOCK = 50
"""Moments that one takes before it is the next one's turn."""
OURS, NEW, COLD = "poise, tables warm", "poise, each moment new", "poise, straight after clingo"
USUAL = "clingo, with its usual options"
NONE = 9
"""Stands for the size where no turn is found."""
TAKES = {0: "nothing, as nothing is weighed", 1: "one change", NONE: f"more than {turn_peers.MOST_CHANGES}"}
TAKES |= {size: f"{size} changes" for size in range(2, NONE)}

Result = TypeVar("Result")


def main(count: int = 1000, for_z3: int = 100) -> None:
    """Measure, compare and print."""
    book = poise.read(BOOK)
    problem = turn_peers.Problem(book)
    weighings = [poise.weigh(book, poise.Moment(book, **answers)) for answers in moments.realistic(book, count)]
    bench = Bench([timed(turn_peers.ours, weighing) for weighing in weighings])
    clingo, usual = turn_peers.clingo_turns(problem), turn_peers.clingo_turns(problem, options=())
    z3 = turn_peers.z3_turns(problem) if find_spec("z3") else None
    for first in range(0, count, BLOCK):
        block = weighings[first : first + BLOCK]
        found = bench.ours(block)
        bench.clingo(clingo, block, found)
        bench.taken[USUAL] += [timed(usual, weighing)[0] for weighing in block]
        if z3:
            bench.z3(z3, block[: max(0, for_z3 - first)], found)
    told(bench)


class Bench:
    """What everyone took, in seconds, and how often they agreed."""

    def __init__(self, first: list[tuple[float, turn_peers.Found]]) -> None:
        self.taken: dict[str, list[float]] = {OURS: [], NEW: [seconds for seconds, _ in first], COLD: []}
        self.taken |= {"clingo": [], USUAL: [], "z3": []}
        self.by_size: dict[int, list[float]] = {}
        self.agreed = {"clingo": 0, "clingo, smallest size": 0, "z3": 0}

    def ours(self, block: list[poise.Weighing]) -> list[turn_peers.Found]:
        """A block by poise, and what it finds."""
        timings = [timed(turn_peers.ours, weighing) for weighing in block]
        for weighing, (seconds, found) in zip(block, timings, strict=True):
            self.taken[OURS].append(seconds)
            most = max((size or NONE for size in sizes(weighing, found)), default=0)
            self.by_size.setdefault(most, []).append(seconds)
        return [found for _, found in timings]

    def clingo(self, clingo: turn_peers.Solver, block: list[poise.Weighing], ours: list[turn_peers.Found]) -> None:
        """The same by clingo; and by poise once more, after each."""
        for weighing, found in zip(block, ours, strict=True):
            seconds, theirs = timed(clingo, weighing)
            self.taken["clingo"].append(seconds)
            self.taken[COLD].append(timed(turn_peers.ours, weighing)[0])
            self.agreed["clingo"] += as_sets(theirs) == as_sets(found)
            self.agreed["clingo, smallest size"] += sizes(weighing, theirs) == sizes(weighing, found)

    def z3(self, z3: turn_peers.Counter, block: list[poise.Weighing], ours: list[turn_peers.Found]) -> None:
        """The smallest sizes by z3."""
        for weighing, found in zip(block, ours, strict=False):
            seconds, least = timed(z3, weighing)
            self.taken["z3"].append(seconds)
            self.agreed["z3"] += least == sizes(weighing, found)


def timed(work: Callable[[poise.Weighing], Result], weighing: poise.Weighing) -> tuple[float, Result]:
    """Seconds of processor time, and what came of it."""
    start = time.process_time()
    found = work(weighing)
    return time.process_time() - start, found


def sizes(weighing: poise.Weighing, found: turn_peers.Found) -> tuple[int, ...]:
    """The smallest number of changes for each list; 0 where there are none."""
    lists = [leaning.list for leaning in weighing.leanings]
    return tuple(min((len(each.changes) for each in found if each.list == name), default=0) for name in lists)


def as_sets(found: turn_peers.Found) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """The same in no order."""
    return {(each.list, frozenset(each.changes.items())) for each in found}


def told(bench: Bench) -> None:
    """The table, the agreement, and the targets."""
    taken, agreed = bench.taken, bench.agreed
    own = statistics.median(taken[OURS])
    head = ("", "moments", "median", "the slowest in 20", "against poise")
    rows = [_row(name, times, own) for name, times in taken.items() if times]
    show(f"The fewest changed answers, both lists, {BOOK}", head, rows)
    for least, times in sorted(bench.by_size.items()):
        print(f"  poise where the list that needs most takes {TAKES[least]}: ", end="")
        print(f"{len(times):,} moments, median {statistics.median(times) * 1e3:.3f} ms")
    print(f"  clingo finds the same sets in {agreed['clingo']:,} of {len(taken['clingo']):,} moments,", end=" ")
    print(f"the same smallest size in {agreed['clingo, smallest size']:,}")
    if taken["z3"]:
        print(f"  z3 finds the same smallest size in {agreed['z3']:,} of {len(taken['z3']):,} moments")
    else:
        print("  NOT COMPARED WITH z3: it is not installed (make bench installs it)")
    verdict(f"median at most {MOST_MILLISECONDS} ms", own * 1e3 <= MOST_MILLISECONDS, f"{own * 1e3:.3f} ms")
    for name in ("clingo", "z3"):
        if taken[name]:
            ratio = statistics.median(taken[name]) / own
            verdict(f"at least {LEAST_RATIO} times faster than {name}", ratio >= LEAST_RATIO, f"{ratio:,.0f} times")


def _row(name: str, times: list[float], own: float) -> tuple[str, ...]:
    """One line of the table."""
    middle, slow = statistics.median(times), sorted(times)[len(times) * 19 // 20]
    return name, f"{len(times):,}", f"{middle * 1e3:.3f} ms", f"{slow * 1e3:.3f} ms", f"{middle / own:,.1f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
