"""How many rows a processor weighs in a second: ours beside the same rules in the neighbours' own expressions.

Each is measured in a process of its own, with one thread; processes take turns, so that a busy moment of the machine
falls on everybody. What is counted is the processor's time, not the clock's. README.md says what is compared.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import row_peers

import poise
from poise.weighing.weighing import tables_of

BOOKS = ("among_friends", "in_the_room", "keeping_the_room")
ASKED = {"leads": "what leads", "shares": "what leads, and every share"}
ROWS, ROUNDS, PASSES, SECONDS = 1_000_000, 3, 2, 0.4
LEAST_NUMPY, LEAST_NUMBA = 3, 8
"""Targets: times the rows of the fastest neighbour with its own expressions."""

OURS = {
    "poise, numpy": ("numpy", False),
    "poise, numpy, with reasons": ("numpy", True),
    "poise, numba": ("numba", False),
    "poise, numba, with reasons": ("numba", True),
}
NEIGHBOURS = {"Polars, expressions": "polars", "DuckDB, SQL": "duckdb", "NumPy, booleans @ leans": "numpy"}
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def main() -> None:
    """Measure everything and print it."""
    for book in BOOKS:
        for asked, said in ASKED.items():
            times = rounds(book, asked)
            rates = {name: ROWS / statistics.median(taken) / 1e6 for name, taken in times.items()}
            load = os.getloadavg()[0]
            print(f"\nRows of {book}, all answered: {said} (load {load:.1f} on {os.cpu_count()} processors)")
            show(rates)


def show(rates: dict[str, float]) -> None:
    """Rows, times those of the fastest neighbour, and the targets."""
    best = max(NEIGHBOURS, key=rates.__getitem__)
    print(f"  {'':30}{'M rows / CPU second':>22}{'against ' + best.split(',')[0]:>20}")
    for name in [*NEIGHBOURS, *OURS]:
        print(f"  {name:30}{rates[name]:22.2f}{rates[name] / rates[best]:20.2f}")
    for name, least in (("poise, numpy", LEAST_NUMPY), ("poise, numba", LEAST_NUMBA)):
        times = rates[name] / rates[best]
        held = "holds" if times >= least else "MISSED"
        print(f"  target: {name} at least {least} times {best}: {held} ({times:.2f})", flush=True)


def rounds(book: str, asked: str) -> dict[str, list[float]]:
    """{who: seconds of each round}. Ends where two give another result."""
    taken: dict[str, list[float]] = {}
    sums: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name in [*NEIGHBOURS, *OURS]:
            command = [sys.executable, __file__, book, asked, name]
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD)
            found = json.loads(answer.stdout)
            taken.setdefault(name, []).append(found["seconds"])
            sums[name] = found["sums"]
    first = next(iter(sums.values()))
    for name, found in sums.items():
        if found[:2] != first[:2] or any(abs(a - b) > 1e-6 * ROWS for a, b in zip(found, first, strict=True)):
            sys.exit(f"{name} comes to something else")
    return taken


def measured(book: str, asked: str, name: str) -> dict[str, Any]:
    """What one process measures: its median pass, and sums over the results that all have to share."""
    rulebook = poise.read(book)
    draw = np.random.default_rng(1)
    columns = {q.id: draw.integers(0, len(q.answers), ROWS, dtype=np.uint8) for q in rulebook.questions}
    shares = asked == "shares"
    if name in OURS:
        work = ours(rulebook, columns, *OURS[name], shares)
    else:
        work = neighbour(rulebook, columns, NEIGHBOURS[name], shares)
    times: list[float] = []
    while len(times) <= PASSES or sum(times[1:]) < SECONDS:
        start = time.process_time()
        leads, parts = work()
        times.append(time.process_time() - start)
    # Sums that tell rows apart, so that the right results in the wrong order are found out.
    order = np.arange(1, ROWS + 1, dtype=np.uint64)
    return {
        "seconds": statistics.median(times[1:]),
        "sums": [*(int((lead * order).sum()) for lead in leads), *(float(np.sum(s, dtype=np.float64)) for s in parts)],
    }


def ours(book: Any, columns: Any, engine: str, reasons: bool, shares: bool) -> Callable[[], Any]:
    """`poise.weigh_rows`, everything checked and allocated anew each time."""

    def work() -> Any:
        rows = poise.weigh_rows(book, columns, engine=engine, reasons=reasons, shares=shares)
        return list(rows.leads.values()), [share for shares in rows.shares.values() for share in shares]

    return work


def neighbour(book: Any, columns: Any, name: str, shares: bool) -> Callable[[], Any]:
    """A neighbour, given its columns in its own form."""
    found = getattr(row_peers, name)(row_peers.Rules(tables_of(book)), shares)
    found.ready(columns)
    weigh: Callable[[], Any] = found.weigh
    return weigh


if __name__ == "__main__":
    if len(sys.argv) == 4:
        json.dump(measured(*sys.argv[1:]), sys.stdout)
    else:
        main()
