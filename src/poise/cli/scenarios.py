"""`poise scenarios`: a grid of scenarios of foresight's model, worked out into a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .parts import part
from .whole import Whole

if TYPE_CHECKING:
    from ..foresight.scenarios import Scenarios
    from ..running import Workers

STOPPED = 130


@click.command("scenarios")
@click.argument("grid", metavar="GRID.yaml", type=click.Path())
@click.option("--out", metavar="FILE", required=True, help="Where the rows go; a file that is there is gone on with.")
@click.option("--workers", type=Whole(1, 1024), help="How many work at once; one for each core if left out.")
@click.option("--processes", is_flag=True, help="Work in processes instead of threads.")
@click.option("--cluster", metavar="ADDRESS", help="Work on the Dask cluster whose scheduler is there.")
@click.option("--shard", metavar="I/N", default="1/1", help="Work out only part I of N, for several machines.")
@click.option("--merge", metavar="FILE", multiple=True, help="Take in what another run has; may be given again.")
def command(grid: str, out: str, shard: str, merge: tuple[str, ...], **options: Any) -> int:
    """Work out every scenario of GRID.yaml into one row of FILE.

    For looking into the model itself: what comes out under very many assumptions. It is about imagined people, and
    says nothing about anybody.

    Stopped or killed, the same command goes on where it was. Threads, processes, clusters and parts give the same rows.
    """
    from ..foresight.scenarios import read_scenarios
    from ..shelf import flattened

    workers = _workers(**options)
    number, parts = part(shard)
    found = read_scenarios(grid, _read(grid), flattened)
    return _worked_out(found, Path(out), tuple(map(Path, merge)), (number, parts), workers)


def _workers(workers: int | None, processes: bool, cluster: str | None) -> Workers:
    from ..running import Workers

    if cluster and (workers or processes):
        raise click.UsageError("a cluster has workers of its own: leave out `--workers` and `--processes`")
    return Workers(workers or 0, processes, cluster or "")


def _read(grid: str) -> bytes:
    from ..rulebook.reading.composing import MOST_BYTES

    try:
        with Path(grid).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise click.ClickException(f"`{grid}` cannot be opened: {(trouble.strerror or '').lower()}") from None


def _worked_out(grid: Scenarios, out: Path, merge: tuple[Path, ...], shard: tuple[int, int], workers: Workers) -> int:
    """Work it out, show how far it is on a terminal, and say what is there; the exit code."""
    from ..running import Results

    numbers = grid.part(*shard)
    with Results(out, grid) as results:
        try:
            for other in merge:
                results.take(other)
            _run(grid, numbers, results, workers)
            results.sort()
        except KeyboardInterrupt:
            click.echo(f"\nStopped. What was done is in {out}; the same command goes on there.", err=True)
            return STOPPED
        of = "" if len(results.done) == len(grid) else f" of {len(grid):,}"
        click.echo(f"{len(results.done):,}{of} scenarios are in {out}.")
    return 0


def _run(grid: Scenarios, numbers: Any, results: Any, workers: Workers) -> None:
    from concurrent.futures import BrokenExecutor

    from ..running import run

    left = sum(number not in results.done for number in numbers)
    hidden = not sys.stderr.isatty()
    if not left:
        return
    try:
        with (
            workers.pool() as pool,
            click.progressbar(length=left, file=sys.stderr, label="Scenarios", hidden=hidden) as bar,
        ):
            run(grid, numbers, results, pool, bar.update)
    except BrokenExecutor:
        help = "  the same command goes on; with fewer workers, if memory was short"
        raise click.ClickException(f"the system ended a worker; what was done is in {results.path}\n{help}") from None
    except ImportError:
        help = "this needs Dask, which is not installed\n  pip install 'poise[cluster]'"
        raise click.ClickException(help) from None
