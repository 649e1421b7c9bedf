"""A real cluster of two workers, each a process of its own, gives what one thread gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from poise.foresight.scenarios import row_of
from poise.rulebook.mistake import Mistakes
from poise.running import Results, Workers, run
from poise.running.lines import header, line_of

from .test_work import GRID

distributed = pytest.importorskip("distributed", reason="distributed is an extra and not installed here")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Started without its page, on ports that are free."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def test_two_workers_of_a_cluster_give_what_one_thread_gives(cluster: Any, tmp_path: Path) -> None:
    with Results(tmp_path / "r", GRID) as results, Workers(cluster=cluster.scheduler_address).pool() as pool:
        assert pool.count == 2
        pids = {pool.executor.submit(os.getpid).result() for _ in range(8)}
        run(GRID, range(len(GRID)), results, pool)
        results.sort()
    wanted = line_of(header(GRID)) + b"".join(line_of(row_of(GRID[i])) for i in range(len(GRID)))
    assert (tmp_path / "r").read_bytes() == wanted
    assert os.getpid() not in pids


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poise.running.workers.ANSWERS_WITHIN", "0.2s")
    with pytest.raises(Mistakes) as slips, Workers(cluster="tcp://127.0.0.1:9").pool():
        pass
    assert str(slips.value) == (
        "no cluster answers at `tcp://127.0.0.1:9`\n  is its scheduler running there?\n\nNothing was worked out."
    )


def test_a_cluster_without_workers_is_named() -> None:
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty,
        pytest.raises(Mistakes) as slips,
        Workers(cluster=empty.scheduler_address).pool(),
    ):
        pass
    assert str(slips.value).endswith("has no workers\n  start one: dask worker ADDRESS\n\nNothing was worked out.")
