"""Files of invented moments: Parquet in, Parquet out, so many rows at a time that memory is bounded. Needs Polars.

A column in is a consideration: its answers as words or as codes, unanswered where there is nothing, or -1. Columns out:

    toward, beside         which responses lead, a bit for each in the order of the list; 0 where a bound replaces it
    toward.RESPONSE, …     its share, from 0 to 1
    reasons, reasons_1, …  64 bits each: the guidelines that apply, then the bounds that are met, in the book's order
    bound                  the bound that replaces the weighing

What each bit stands for is written into the file under `poise`, as JSON.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

import polars as pl

from .rulebook.consideration import UNANSWERED, Consideration
from .rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean, one_of
from .rulebook.rulebook import Rulebook
from .weighing.moment import THEIRS
from .weighing.rows import Rows, weigh_rows
from .weighing.rows.columns import BYTE, Coded, coded, unknown_column
from .weighing.rows.weighed import AUTO, Weigher

NOTHING_WRITTEN = "Nothing was written."
KEY = "poise"
"""Under which a file says what its bits stand for."""


class Shard(NamedTuple):
    """Part `number` of `parts`, counted from 1."""

    number: int = 1
    parts: int = 1

    def of(self, rows: int) -> tuple[int, int]:
        """The first row of this part, and how many there are."""
        first, end = (rows * part // self.parts for part in (self.number - 1, self.number))
        return first, end - first


class Asked(NamedTuple):
    """What is to be weighed, and how; `keep` names columns that are carried over."""

    whose: str = THEIRS
    engine: str = AUTO
    shard: Shard = Shard()
    keep: tuple[str, ...] = ()


class Progress(NamedTuple):
    """Who is told how many rows there are, and how many more are weighed."""

    began: Callable[[int], object] = lambda _: None
    done: Callable[[int], object] = lambda _: None


UNSEEN = Progress()


def weigh_file(book: Rulebook, source: str, target: str, asked: Asked, progress: Progress = UNSEEN) -> int:
    """Weigh the rows of a Parquet file into another, and say how many these were.

    Raises Mistakes, and then writes nothing; ImportError where numba is asked for and not installed.
    """
    rows, schema = opened(source)
    mistakes = [*_unknown(book, schema, asked.keep), *_unreadable(book, schema)]
    if mistakes:
        raise Mistakes(mistakes, NOTHING_WRITTEN)
    first, count = asked.shard.of(rows.select(pl.len()).collect().item())
    progress.began(count)
    work = _Work(book, asked, count, progress)
    some = rows.slice(first, count)
    result = some.map_batches(work.weighed, schema=work.schema(schema), streamable=True)
    with _beside(target) as unfinished:
        try:
            result.sink_parquet(unfinished, metadata={KEY: json.dumps(work.key)})
        except pl.exceptions.PolarsError:
            raise work.failure or unreadable(source) from None
    return count


def opened(source: str) -> tuple[pl.LazyFrame, pl.Schema]:
    """A file of rows (or several, with `*`) and the types of its columns. Raises Mistakes."""
    if not os.path.exists(source) and not glob.glob(source):
        message = f"there is no file `{clipped(source)}`"
        raise Mistakes([Mistake("no-rows", message, help="name a Parquet file")], NOTHING_WRITTEN)
    try:
        rows = pl.scan_parquet(source, low_memory=True)
        return rows, rows.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        raise unreadable(source) from None


def unreadable(source: str) -> Mistakes:
    """What is said of a file that is not Parquet, or is damaged."""
    message = f"`{clipped(source)}` cannot be read as a Parquet file"
    return Mistakes([Mistake("no-rows", message, help="is it the right file?")], NOTHING_WRITTEN)


def _unknown(book: Rulebook, schema: pl.Schema, keep: Sequence[str]) -> Iterator[Mistake]:
    """Columns that nobody knows."""
    yield from (unknown_column(book, name) for name in schema if name not in book.considerations and name not in keep)
    for name in keep:
        if name not in schema:
            help = did_you_mean(name, schema, "leave it out, or name a column of the file")
            yield Mistake("unknown-name", f"there is no column `{clipped(name)}` to keep", help=help)


def _unreadable(book: Rulebook, schema: pl.Schema) -> Iterator[Mistake]:
    """Columns that hold neither words nor codes."""
    for name, kind in schema.items():
        if name in book.considerations and not (kind.is_integer() or _is_words(kind)):
            help = f"its answers are {one_of(book.considerations[name].answers)}, or their numbers from 0"
            yield Mistake("unknown-answer", f"the column `{name}` holds neither words nor whole numbers", help=help)


def _is_words(kind: Any) -> bool:
    return kind in (pl.String, pl.Categorical, pl.Enum, pl.Null)


@contextmanager
def _beside(target: str) -> Iterator[str]:
    """A file beside the target that takes its place once it is whole; nothing is left where it is not."""
    unfinished = f"{target}.{os.getpid()}.unfinished"
    try:
        open(unfinished, "xb").close()
    except OSError as trouble:
        message = f"`{clipped(target)}` cannot be written: {(trouble.strerror or 'no such place').lower()}"
        raise Mistakes([Mistake("no-rows", message, help="name another file")], NOTHING_WRITTEN) from None
    try:
        yield unfinished
        os.replace(unfinished, target)
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)


class _Work:
    """Weighs one batch after another. Polars asks from several threads; they wait for each other."""

    def __init__(self, book: Rulebook, asked: Asked, rows: int, progress: Progress) -> None:
        self.book, self.keep = book, list(asked.keep)
        self.failure: Exception | None = None
        self._weigher, self._done, self._lock = Weigher(book, asked.whose, asked.engine, rows), progress.done, Lock()
        self._nothing = weigh_rows(book, {}, asked.whose)
        self._bounds = pl.Series(list(book.bounds), dtype=pl.Enum(list(book.bounds)))

    @property
    def key(self) -> dict[str, Any]:
        """What the bits of the result stand for."""
        return {
            "book": self.book.title,
            "whose": self._nothing.whose,
            "lists": {name: list(responses) for name, responses in self._nothing.responses.items()},
            "reasons": [*self.book.guidelines, *self.book.bounds],
        }

    def schema(self, given: pl.Schema) -> pl.Schema:
        """The columns of the result."""
        kept = {name: given[name] for name in self.keep}
        return pl.Schema(kept | dict(pl.DataFrame(self._told(self._nothing)).schema))

    def weighed(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The result for a batch of rows. Polars tells of a failure in its own words, so the failure itself is kept."""
        with self._lock:
            try:
                told = self._told(self._weigher.weigh(self._coded(batch)))
            except Exception as failure:
                self.failure = self.failure or failure
                raise
            self._done(len(batch))
        return pl.DataFrame([*batch.select(self.keep).get_columns(), *told])

    def _coded(self, batch: pl.DataFrame) -> Coded:
        """The columns of a batch that the book asks about. Raises Mistakes."""
        asked = [name for name in batch.columns if name in self.book.considerations]
        try:
            found = coded(self.book, {name: _codes(self.book, batch[name]) for name in asked})
        except Mistakes as mistakes:
            raise Mistakes(mistakes.mistakes, NOTHING_WRITTEN) from None
        return found._replace(rows=len(batch))

    def _told(self, rows: Rows) -> list[pl.Series]:
        """The columns of the result."""
        found = [pl.Series(name, leads) for name, leads in rows.leads.items()]
        for name, responses in rows.responses.items():
            found += [
                pl.Series(f"{name}.{response}", share)
                for response, share in zip(responses, rows.shares[name], strict=True)
            ]
        for word in range(rows.marks.shape[1]):
            found.append(pl.Series(f"reasons_{word}" if word else "reasons", rows.marks[:, word]))
        number = pl.Series(rows.bound)
        return [*found, self._bounds.gather(number.set(number < 0, None)).alias("bound")]


def _codes(book: Rulebook, column: pl.Series) -> Any:
    """A column's codes. Raises Mistakes where a word is no answer."""
    question = book.considerations[column.name]
    if column.dtype.is_integer():
        return column.fill_null(UNANSWERED if column.dtype.is_signed_integer() else BYTE).to_numpy()
    words = column.cast(pl.String)
    codes = words.cast(pl.Enum(question.answers), strict=False)
    unknown = words.filter(codes.is_null() & words.is_not_null())
    if len(unknown):
        raise Mistakes([_no_answer(question, unknown[0])], NOTHING_WRITTEN)
    return codes.to_physical().cast(pl.UInt8).fill_null(BYTE).to_numpy()


def _no_answer(question: Consideration, word: str) -> Mistake:
    help = did_you_mean(word, question.answers, f"it can be {one_of(question.answers)}")
    return Mistake("unknown-answer", f"`{question.id}` has no answer `{clipped(word)}`", help=help)
