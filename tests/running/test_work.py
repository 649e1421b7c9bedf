"""Threads, processes and parts give the same bytes; what is there is not worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from poise.foresight.scenarios import Book, Scenarios, row_of
from poise.running import Results, Workers, run
from poise.running.lines import header, line_of
from poise.running.work import LONG, MOST_IN_BATCH, batches, rows
from poise.shelf import flattened

GRID = Scenarios(
    {"people": 60, "present": 0.4},
    {"strain": (0.0, 0.7, 1.4), "trust_today": (0.2, 0.5, 0.8), "seed": (1, 2)},
    ("optimum", "kindly"),
    {"in_the_room": Book(flattened("in_the_room"), {"role": "clinician"})},
    "coarse",
)


@pytest.fixture(scope="module")
def wanted() -> bytes:
    """What comes out one after the other, without anybody else."""
    return line_of(header(GRID)) + b"".join(line_of(row_of(GRID[i])) for i in range(len(GRID)))


def worked_out(path: Path, workers: Workers, numbers: Sequence[int] | None = None) -> tuple[bytes, int]:
    """The file, and how many scenarios were worked out."""
    told: list[int] = []
    with Results(path, GRID) as results, workers.pool() as pool:
        run(GRID, range(len(GRID)) if numbers is None else numbers, results, pool, told.append)
        results.sort()
    return path.read_bytes(), sum(told)


@pytest.mark.parametrize("workers", [Workers(1), Workers(2), Workers(7), Workers(2, processes=True)], ids=str)
def test_whoever_works_the_same_comes_out(tmp_path: Path, wanted: bytes, workers: Workers) -> None:
    assert worked_out(tmp_path / "r", workers) == (wanted, len(GRID))


def test_parts_make_the_whole(tmp_path: Path, wanted: bytes) -> None:
    with Results(tmp_path / "all", GRID) as results:
        for number in (3, 1, 2):
            worked_out(tmp_path / str(number), Workers(2), GRID.part(number, 3))
            results.take(tmp_path / str(number))
        assert len(results.done) == len(GRID)
        results.sort()
    assert (tmp_path / "all").read_bytes() == wanted


def test_what_is_there_is_not_worked_out_again(tmp_path: Path, wanted: bytes) -> None:
    path = tmp_path / "r"
    path.write_bytes(wanted[: len(wanted) // 2])
    there = wanted[: len(wanted) // 2].count(b"\n") - 1
    assert there > 3
    assert worked_out(path, Workers(2)) == (wanted, len(GRID) - there)
    assert worked_out(path, Workers(2)) == (wanted, 0)


def test_a_batch_takes_long_enough_to_be_worth_handing_out() -> None:
    assert list(batches(iter(range(5)), LONG / 2)) == [(0, 1), (2, 3), (4,)]
    assert list(batches(iter(range(3)), 5.0)) == [(0,), (1,), (2,)]
    assert len(next(batches(iter(range(10**6)), 1e-9))) == MOST_IN_BATCH
    assert [row["scenario"] for row in rows(GRID, (4, 2))] == [4, 2]


def test_what_goes_wrong_with_a_worker_is_told_and_what_was_done_stays(tmp_path: Path, wanted: bytes) -> None:
    def failing(grid: Any) -> Any:
        """A grid whose later scenarios cannot be worked out."""

        class Failing(Scenarios):
            def __getitem__(self, number: int) -> Any:
                if number == 15:
                    raise MemoryError
                return super().__getitem__(number)

        return Failing(grid.shared, grid.axes, grid.policies, grid.books, grid.points)

    with Results(tmp_path / "r", GRID) as results, Workers(2).pool() as pool, pytest.raises(MemoryError):
        run(failing(GRID), range(len(GRID)), results, pool)
    found = (tmp_path / "r").read_bytes().splitlines()
    assert 3 <= len(found) <= 16
    assert set(found) <= set(wanted.splitlines())
