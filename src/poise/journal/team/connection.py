"""A connection that seals what goes to a server and opens what comes back, and notes what was opened.

Statements are the same as for a file. A column of words takes nothing but what was sealed (`tables.Sealed`): a way
around this connection ends in an error, never in readable words on a server.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Self

from sqlalchemy import Column, Connection, Engine, Insert, Result, Row, Select, Table, Update, text
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData, result_tuple

from ..entries import KINDS
from ..finding import Searched
from .index import INDEXED, SearchIndex
from .sealing import Seal, is_words

READ = "read"
MOST_NAMED = 1000
"""Entries that one line of the audit names; of more, it names the first and the last, and how many."""
_ROWS_BY = {
    "texts": ("sha256",),
    "drafts": ("name",),
    "settings": ("name",),
    "files": ("name",),
    "changes": ("batch", "kind", "entry_id"),
}
_BY_UID = ("uid",)
_NOTE = text("INSERT INTO audit (action, kind, entries, count) VALUES (:action, :kind, :entries, :count)")


class SealedConnection(Connection, Searched):
    """A connection to a server, for one member's transaction."""

    def __init__(self, engine: Engine, seal: Seal, index: SearchIndex) -> None:
        super().__init__(engine)
        self._seal = seal
        self._index = index
        self._action = READ
        self._opened: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Execute a statement: what is words in it goes and comes sealed."""
        if isinstance(statement, (Insert, Update)):
            statement, parameters = self._closed(statement, parameters)
        elif isinstance(statement, Select) and any(map(is_words, statement.selected_columns)):
            return self._read(statement, parameters, execution_options)
        return super().execute(statement, parameters, execution_options=execution_options)

    def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """The first column of the first row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def note(self) -> None:
        """Write down which entries were opened in this transaction. What was written, the server notes by itself."""
        for (action, kind), ids in self._opened.items():
            named = sorted(entry_id for uid, entry_id in ids.items() if uid not in self._written)
            if named:
                brief = named if len(named) <= MOST_NAMED else [named[0], named[-1]]
                super().execute(_NOTE, {"action": action, "kind": kind, "entries": brief, "count": len(named)})
        self._opened.clear()

    def find_words(self, query: str, before: int, most: int) -> list[int]:
        """The rows that match, the highest first, by the index in this process's memory."""
        self._action = INDEXED
        try:
            return self._index.find(self, query, before, most)
        finally:
            self._action = READ

    # What goes

    def _closed(self, statement: Insert | Update, parameters: Any) -> tuple[Any, Any]:
        """The statement with its words sealed."""
        table = statement.table
        if not isinstance(table, Table) or not any(map(is_words, table.columns)):
            return statement, parameters
        if parameters:
            several = [parameters] if isinstance(parameters, Mapping) else parameters
            return statement, [{**row, **self._sealed(table, row)} for row in several]
        sealed = self._sealed(table, statement.compile(dialect=self.dialect).params)
        return (statement.values(sealed) if sealed else statement), parameters

    def _sealed(self, table: Table, row: Mapping[str, Any]) -> dict[str, bytes | None]:
        """The columns of words in a row that is written, sealed for that row."""
        words = [column for column in table.columns if column.name in row and is_words(column)]
        if not words:
            return {}
        missing = set(_key(table)) - set(row)
        if missing:
            raise TypeError(f"words are sealed for one row, and this names no {', '.join(missing)} of `{table.name}`")
        if table.name in KINDS:
            self._written.add(row["uid"])
        name = "\x1f".join(str(row[part]) for part in _key(table))
        return {column.name: self._seal.close(column, name, row[column.name]) for column in words}

    # What comes

    def _read(self, query: Select[Any], parameters: Any, options: Any) -> Result[Any]:
        """The rows of a query, opened; the names of the rows are asked for as well."""
        columns = [*query.selected_columns]
        tables = {column.table for column in columns if is_words(_plain(column))}
        more = [table.c[name] for table in tables for name in _needed(table)]
        raw = super().execute(query.add_columns(*more), parameters, execution_options=options)
        opener = _Opener(self._seal, columns, more)
        notes = {table.name: self._opened[self._action, table.name] for table in tables if table.name in KINDS}
        rows = (opener.opened(row, notes) for row in raw)
        return IteratorResult(SimpleResultMetaData(opener.names), rows, raw=raw)


class _Opener:
    """Opens the rows of one query."""

    def __init__(self, seal: Seal, columns: Sequence[Column[Any]], more: Sequence[Column[Any]]) -> None:
        self._seal = seal
        self.names = [column.name for column in columns]
        self._row = result_tuple(self.names)
        self._words = [(at, column) for at, column in enumerate(columns) if is_words(column)]
        self._at = {(column.table.name, column.name): at for at, column in enumerate(more, len(columns))}

    def opened(self, row: Row[Any], notes: Mapping[str, dict[str, int]]) -> Any:
        """A row with its words; that it was opened is noted."""
        values = list(row)
        for at, column in self._words:
            name = "\x1f".join(str(row[self._at[column.table.name, part]]) for part in _key(column.table))
            values[at] = self._seal.open(column, name, row[at])
        for kind, noted in notes.items():
            noted[row[self._at[kind, "uid"]]] = row[self._at[kind, "id"]]
        return self._row(values[: len(self.names)])


def _plain(column: Any) -> Any:
    """A column that can be asked for. What is worked out of sealed words on a server would come to nothing."""
    if is_words(column) and not isinstance(column, Column):
        raise TypeError(f"{column} cannot be worked out on a server: its words are sealed")
    return column


def _key(table: Any) -> tuple[str, ...]:
    """The columns that name a row, wherever it is copied to."""
    return _ROWS_BY.get(table.name, _BY_UID)


def _needed(table: Any) -> tuple[str, ...]:
    return (*_key(table), "id") if table.name in KINDS else _key(table)
