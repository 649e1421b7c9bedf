"""`poise rows`: many invented moments by a rulebook, from a Parquet file into another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .completing import complete_books
from .parts import part

if TYPE_CHECKING:
    from ..parquet import Shard
    from ..rulebook.rulebook import Rulebook

ENGINES = ("auto", "numpy", "numba")


@click.command("rows")
@click.argument("book", metavar="BOOK", shell_complete=complete_books)
@click.argument("source", metavar="IN.parquet", type=click.Path())
@click.argument("target", metavar="OUT.parquet", type=click.Path())
@click.option("--whose", type=click.Choice(("theirs", "mine")), default="theirs", help="Whose slips they are.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", help="What works it out; all say the same.")
@click.option("--shard", metavar="I/N", default="1/1", help="Weigh only part I of N, for several machines.")
@click.option("--keep", metavar="COLUMN", multiple=True, help="Carry a column over as it is; may be given again.")
def command(book: str, source: str, target: str, keep: tuple[str, ...], **options: str) -> None:
    """Weigh every row of IN.parquet by BOOK into OUT.parquet.

    For invented situations and research: what a rulebook does with very many of them. Never for scoring people. What
    comes out says something about the rulebook, and nothing about anybody.

    A column is one of the book's questions, its answers as words or as numbers from 0. Needs `pip install poise[rows]`.
    """
    import os

    from ..shelf import read

    os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "2")  # Polars reads ahead; this much keeps memory small
    found = read(book)
    count = _weighed(found, (source, target), keep, options)
    click.echo(f"{count:,} rows weighed by “{found.title}”.")


def _weighed(book: Rulebook, files: tuple[str, str], keep: tuple[str, ...], options: dict[str, str]) -> int:
    try:
        from ..parquet import Asked, Progress, weigh_file
    except ImportError:
        raise _missing("Polars", "rows") from None
    asked = Asked(options["whose"], options["engine"], _shard(options["shard"]), keep)
    shown = sys.stderr.isatty()
    with click.progressbar(length=1, file=sys.stderr, label=f"Weighing by “{book.title}”", hidden=not shown) as bar:

        def began(rows: int) -> None:
            bar.length = rows

        try:
            return weigh_file(book, *files, asked, Progress(began, bar.update))
        except ImportError:
            raise _missing("numba", "fast") from None


def _missing(name: str, extra: str) -> click.ClickException:
    return click.ClickException(f"this needs {name}, which is not installed\n  pip install 'poise[{extra}]'")


def _shard(text: str) -> Shard:
    """`2/8`: the second of eight parts."""
    from ..parquet import Shard

    return Shard(*part(text))
