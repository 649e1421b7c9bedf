"""Weighing many moments at once, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ...rulebook.mistake import Mistake, Mistakes, clipped
from ...rulebook.rulebook import Rulebook
from ..moment import THEIRS, WHOSE
from ..tables import Tables
from ..weighing import tables_of
from .by_numpy import ByNumpy
from .columns import Coded, Codes, Columns, coded
from .joining import Answering
from .plan import Part, Plan, has_mark, lines, mask_type, plan_of, words_of

AUTO, NUMPY, NUMBA = "auto", "numpy", "numba"
ENGINES = (AUTO, NUMPY, NUMBA)
WORTHWHILE = 1 << 17
"""Rows from which on it pays to lay a book out for just the questions they answer."""
MANY = 1 << 22
"""Rows from which on the time that numba takes to load is made up for."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What a rulebook says of many moments, one row each."""

    book: Rulebook
    whose: str
    responses: dict[str, tuple[str, ...]]
    """{list that was weighed: its responses}; a response's place is its bit in `leads` and its row in `shares`."""
    leads: dict[str, NDArray[Any]]
    """{list: (rows,) bit masks of what leads, all that tie for first}; 0 where a bound replaces the weighing."""
    shares: dict[str, NDArray[np.float32]]
    """{list: (responses, rows)}, each row's adding up to one; 0 where a response is out. Empty if not asked for."""
    marks: NDArray[np.uint64]
    """(rows, words): bit i of word w is guideline 64 w + i that applies, the bounds that are met following."""
    replaced: NDArray[Any]
    """(rows,): a bit for each bound that replaces the weighing, in the order of `replacing`."""
    replacing: tuple[str, ...]
    """The bounds that can replace the weighing, the first one met being the one that does."""

    def __len__(self) -> int:
        return len(self.replaced)

    @cached_property
    def bound(self) -> NDArray[np.int16]:
        """(rows,): the number, among the book's bounds, of the one that replaces the weighing, or -1."""
        found = np.full(len(self), -1, np.int16)
        for bit, name in reversed(list(enumerate(self.replacing))):
            np.copyto(found, _place(self.book.bounds, name), where=self.replaced >> bit & 1 == 1)
        return found

    def lead(self, name: str, row: int) -> tuple[str, ...]:
        """What leads a list in one row, in the order of the book."""
        bits = int(self.leads[name][row])
        return tuple(response for bit, response in enumerate(self.responses[name]) if bits >> bit & 1)

    def applies(self, guideline: str) -> NDArray[np.bool_]:
        """Where a guideline applies. Raises KeyError where there is no such guideline."""
        return has_mark(self.marks, _place(self.book.guidelines, guideline))

    def met(self, bound: str) -> NDArray[np.bool_]:
        """Where a bound is met. Raises KeyError where there is no such bound."""
        return has_mark(self.marks, len(self.book.guidelines) + _place(self.book.bounds, bound))


def weigh_rows(  # noqa: PLR0913 - what is asked for is named
    book: Rulebook,
    columns: Columns,
    whose: str = THEIRS,
    *,
    engine: str = AUTO,
    shares: bool = True,
    reasons: bool = True,
) -> Rows:
    """Weigh many invented moments by a rulebook: for research, never for scoring people.

    `columns` holds one array of answer codes per consideration, all of one length: a code is the answer's place among
    the answers, -1 (255 in an array of bytes) is unanswered. A consideration without a column is unanswered. Bytes
    (uint8) are used as they are; other whole numbers are copied.

    `engine` is "numpy", "numba" (installed by `pip install poise[fast]`), or "auto": numba where it is installed and
    there are rows enough. All say the same, shares to the precision of their type.

    Raises Mistakes for a column or code that the book does not know, and for a book that rows cannot hold; TypeError or
    ValueError for what is no column; ImportError where numba is asked for and not installed.
    """
    found = coded(book, columns)
    return Weigher(book, whose, engine, found.rows).weigh(found, shares=shares, reasons=reasons)


class Engine(Protocol):
    """Weighs so many rows at a time, by a plan whose blocks have at most so many rows."""

    chunk: int
    most_rows: int

    def __init__(self, plan: Plan) -> None: ...

    def weigh(self, columns: Mapping[int, Codes], part: Part) -> None:
        """Weigh one chunk, its results into `part`."""


class Weigher:
    """Weighs one lot of rows after another, by one rulebook."""

    def __init__(self, book: Rulebook, whose: str = THEIRS, engine: str = AUTO, expected: int = MANY) -> None:
        """`expected` is how many rows there will be. Raises as `weigh_rows` does."""
        if whose not in WHOSE:
            message = f"a moment is `theirs` or `mine`, not `{clipped(whose)}`"
            raise Mistakes([Mistake("bad-whose", message)], "Nothing was weighed.")
        self._book, self._whose, self._expected = book, whose, expected
        self._engine_type = engine_type(engine, expected)
        self._laid_out: Answering | None = None

    def weigh(self, given: Coded, *, shares: bool = True, reasons: bool = True) -> Rows:
        """Weigh one lot."""
        self._lay_out(given.answering)
        lists, count = self._plan.lists, given.rows
        leads = np.empty((len(lists), count), mask_type(max((len(each.responses) for each in lists), default=1)))
        # An array for each list: memory that was given back is found again the sooner, the smaller the pieces are.
        found = tuple(lines(len(each.responses), count, np.float32) for each in lists if shares)
        marks = np.empty((count, words_of(self._book) if reasons else 0), np.uint64)
        replaced = np.empty(count, mask_type(len(self._plan.replacing)))
        for start in range(0, count, self._engine.chunk):
            rows = slice(start, min(start + self._engine.chunk, count))
            self._engine.weigh(given.columns, Part(rows, leads, found, marks, replaced))
        return self._rows(leads, found, marks, replaced)

    def _rows(
        self,
        leads: NDArray[Any],
        shares: Sequence[NDArray[np.float32]],
        marks: NDArray[np.uint64],
        replaced: NDArray[Any],
    ) -> Rows:
        lists = self._plan.lists
        return Rows(
            self._book,
            self._whose,
            {each.name: each.responses for each in lists},
            {
                each.name: found.astype(mask_type(len(each.responses)), copy=False)
                for each, found in zip(lists, leads, strict=True)
            },
            {each.name: found[:, : len(replaced)] for each, found in zip(lists, shares, strict=False)},
            marks,
            replaced,
            self._plan.replacing,
        )

    def _lay_out(self, found: Answering) -> None:
        """A plan that serves these rows too; for few rows, the one that serves all."""
        found = found if self._expected >= WORTHWHILE else Answering()
        if self._laid_out is None or not self._laid_out.covers(found):
            self._laid_out = self._laid_out.with_those(found) if self._laid_out else found
            most_rows = self._engine_type.most_rows
            self._plan = _plan(tables_of(self._book), self._whose, self._laid_out, most_rows)
            self._engine = self._engine_type(self._plan)


def _place(names: Mapping[str, object], name: str) -> int:
    if name not in names:
        raise KeyError(name)
    return list(names).index(name)


_plans: WeakKeyDictionary[Tables, dict[tuple[str, Answering, int], Plan]] = WeakKeyDictionary()
_MOST_KEPT = 8


def _plan(tables: Tables, *asked: *tuple[str, Answering, int]) -> Plan:
    """The plan of a book, made once for each of the last few kinds of rows; see `plan_of`."""
    kept = _plans.setdefault(tables, {})
    if asked not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[asked] = plan_of(tables, *asked)
    return kept[asked]


def engine_type(name: str, expected: int) -> type[Engine]:
    """The engine of that name. Raises ValueError or ImportError where there is none."""
    if name not in ENGINES:
        raise ValueError(f"{name!r} is no engine: choose among {', '.join(ENGINES)}")
    if name == NUMPY or (name == AUTO and expected < MANY):
        return ByNumpy
    try:
        from .by_numba import ByNumba  # noqa: PLC0415 - numba is an extra, and takes half a second to load
    except ImportError:
        if name == NUMBA:
            raise
        return ByNumpy
    return ByNumba
