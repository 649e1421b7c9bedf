"""Who works: threads or processes of this machine, or a Dask cluster; all through `concurrent.futures`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from .. import __version__
from ..rulebook.mistake import Mistake, Mistakes, clipped

ANSWERS_WITHIN = "20s"
_ADDRESS = re.compile(r"(?:\w+://)?[^\s/:]+:\d{1,5}|(?:tcp|tls|ucx|wss?)://\S+|inproc://\S+")


@dataclass(frozen=True)
class Pool:
    """What takes work, and how much of it at once."""

    executor: Executor
    count: int


@dataclass(frozen=True)
class Workers:
    """How many, and of what kind. With the address of a cluster, its workers are taken; 0: one for each core."""

    count: int = 0
    processes: bool = False
    cluster: str = ""

    @contextmanager
    def pool(self) -> Iterator[Pool]:
        """Them, ready. Work that was not begun is given up at the end. Raises Mistakes, ImportError without Dask."""
        if self.cluster:
            with _on_cluster(self.cluster) as pool:
                yield pool
            return
        count = self.count or _cores()
        executor: Executor = (
            ProcessPoolExecutor(count, get_context("spawn")) if self.processes else ThreadPoolExecutor(count)
        )
        try:
            yield Pool(executor, count)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _on_cluster(address: str) -> Iterator[Pool]:
    """The workers of a Dask cluster, by its executor: the same interface as threads have."""
    if not _ADDRESS.fullmatch(address):
        raise _trouble(f"`{clipped(address)}` is no address of a cluster", "it is like tcp://127.0.0.1:8786")
    from distributed import Client  # noqa: PLC0415 - an extra, and slow to load

    try:
        client: Any = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise _trouble(f"no cluster answers at `{clipped(address)}`", "is its scheduler running there?") from None
    with client:
        count = sum(client.nthreads().values())
        if not count:
            raise _trouble(f"the cluster at `{clipped(address)}` has no workers", "start one: dask worker ADDRESS")
        _check(client.run, address)
        executor = client.get_executor(pure=False)
        try:
            yield Pool(executor, count)
        finally:
            executor.shutdown(wait=False)


def version() -> str:
    """The version of Poise that a worker has."""
    return __version__


def _check(run: Callable[[Callable[[], str]], dict[str, str]], address: str) -> None:
    """Workers with another Poise may have another model."""
    try:
        found = set(run(version).values())
    except Exception:  # noqa: BLE001 - whatever the worker raised comes here; what it lacks is Poise
        found = {""}
    for one in found - {__version__}:
        has = f"Poise {clipped(one)}" if one else "no Poise"
        raise _trouble(f"a worker at `{clipped(address)}` has {has}; this is {__version__}", "install the same there")


def _trouble(message: str, help: str) -> Mistakes:
    return Mistakes([Mistake("no-workers", message, help=help)], "Nothing was worked out.")
