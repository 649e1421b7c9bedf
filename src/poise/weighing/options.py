"""Every way to answer the questions that a table leaves open, kept with the table as its rows are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from .tables import Lanes, Table, Tables

if TYPE_CHECKING:
    from .weighing import Weighing

Codes = tuple[int, ...]
Option = tuple[dict[int, int], Lanes]
"""One way to answer a table's open questions: {position: code}, and what the table then adds."""


class Options(list[Option]):
    """Every possible way to answer a table's open questions, and what is worked out about them."""

    def __init__(self, found: Iterable[Option]) -> None:
        super().__init__(found)
        self.means: dict[tuple[int, int], list[float]] = {}
        """{question and answer, or -1 for any: what the table adds on average}."""


_MOST_KEPT = 2_000
"""Options that are kept of one table, by what was answered and what is open. They are many only after many moments."""


def open_tables(weighing: Weighing, free: set[int]) -> list[tuple[Table, Options]]:
    """The tables that unanswered questions leave open, each with every possible way to answer it."""
    codes = weighing.moment.codes
    opened = (table for table in weighing.tables.tables if free.intersection(table.scope))
    return [(table, _kept(weighing.tables, table, codes, free)) for table in opened]


def closed_scores(weighing: Weighing, free: set[int]) -> Lanes:
    """The scores that the start and the fully answered tables come to."""
    codes, tables = weighing.moment.codes, weighing.tables
    closed = (table[table.key(codes)] for table in tables.tables if not free.intersection(table.scope))
    return tables.unpack(tables.sum(closed))


def _kept(tables: Tables, table: Table, codes: Codes, free: set[int]) -> Options:
    """The options of a table, made once for the same answers and the same open questions."""
    kept: dict[Any, Options] = table.kept.setdefault(Options, {})
    asked = tuple([position for position in table.scope if position in free])
    known = table.key(codes), asked
    found = kept.get(known)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[known] = Options(_options(tables, table, codes, asked))
    return found


def _options(tables: Tables, table: Table, codes: Codes, asked: Sequence[int]) -> list[Option]:
    """Every possible way to answer a table's open questions; every way at all where what was said is impossible."""
    options, possible = [], []
    for answers in product(*(sorted(set(table.alike[position])) for position in asked)):
        given = dict(zip(asked, answers, strict=True))
        completed = [given.get(position, code) for position, code in enumerate(codes)]
        option = given, tables.loose(table[table.key(completed)].packed)
        options.append(option)
        if table.possible.under(completed) is not False:
            possible.append(option)
    return possible or options
