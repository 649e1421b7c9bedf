"""What is handed out and taken back: scenarios in batches, each long enough to be worth handing out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import Any

from ..foresight.scenarios import Scenarios, row_of
from .results import Results
from .workers import Pool

Rows = list[dict[str, Any]]
LONG = 0.1
"""Seconds that a batch takes or more. Handing one out over a network takes milliseconds."""
MOST_IN_BATCH = 500
TRIED = 2
"""Scenarios worked out here first, to see how long one takes; the first of them still warms up."""
AHEAD = 3
"""Batches handed out for each worker, so that none waits, and few are lost when a run is stopped."""


def run(
    grid: Scenarios,
    numbers: Sequence[int],
    results: Results,
    pool: Pool,
    done: Callable[[int], object] = lambda _: None,
) -> None:
    """Work out the scenarios of these numbers that are not in the results yet, and put them there as they come.

    `done` is told how many more are there. In whatever order, by whomever and in however many goes they are worked out,
    the rows are the same. Raises what a worker raised.
    """
    left = iter([number for number in numbers if number not in results.done])
    seconds = math.inf
    for number in islice(left, TRIED):
        began = time.perf_counter()
        tried = rows(grid, (number,))
        seconds = min(seconds, time.perf_counter() - began)
        results.add(tried)
        done(1)
    for found in _worked_out(grid, batches(left, seconds), pool):
        results.add(found)
        done(len(found))


def rows(grid: Scenarios, numbers: Sequence[int]) -> Rows:
    """The rows of a batch."""
    return [row_of(grid[number]) for number in numbers]


def batches(numbers: Iterator[int], seconds: float) -> Iterator[tuple[int, ...]]:
    """The numbers in batches that take LONG or more, where one scenario takes `seconds`."""
    size = min(MOST_IN_BATCH, max(1, math.ceil(LONG / seconds)))
    while batch := tuple(islice(numbers, size)):
        yield batch


def _worked_out(grid: Scenarios, waiting: Iterator[tuple[int, ...]], pool: Pool) -> Iterator[Rows]:
    """Batches as they are done, a few for each worker handed out at a time."""
    under_way: set[Future[Rows]] = set()
    while True:
        for batch in islice(waiting, AHEAD * pool.count - len(under_way)):
            under_way.add(pool.executor.submit(rows, grid, batch))
        if not under_way:
            return
        ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        yield from (one.result() for one in ended)
