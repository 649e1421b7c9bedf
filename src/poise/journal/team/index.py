"""Searches in memory: the same index as in a sealed file, filled with what this process opened.

A server is told neither what is looked for nor which entries share a word. Tokens that hide the words but not how often
they come would tell both, and words can be guessed from that (Cash, Grubbs, Perry, Ristenpart, CCS 2015).

It is filled when somebody first searches. From then on it follows the audit, in which the server notes what is written.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock

from sqlalchemy import Connection, Engine, bindparam, select, text

from .. import finding
from ..entries import KINDS, from_row
from ..keeping.referring import portions
from ..sealing import fts, sqlite

INDEXED = "indexed"
# Whose audit it is needs no saying: policies show a member their own rows alone, and find them by their index.
_WRITTEN = ("kept", "changed", "erased")
_LAST = text("SELECT coalesce(max(n), 0) FROM audit")
_SINCE = text("SELECT n, kind, entries FROM audit WHERE n > :seen AND action IN :actions ORDER BY n").bindparams(
    bindparam("actions", _WRITTEN, expanding=True)
)


class SearchIndex:
    """The words of one member's entries, in memory, until it is closed."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._seen: int | None = None
        self._one_at_a_time = Lock()

    def find(self, server: Connection, query: str, before: int, most: int) -> list[int]:
        """The rows that match, the highest first, once the index knows what was written until now."""
        with self._one_at_a_time:
            engine = self._engine = self._engine or sqlite.open_memory()
            with engine.begin() as memory:
                seen = self._fill(server, memory) if self._seen is None else self._follow(server, memory, self._seen)
            self._seen = seen
            with engine.begin() as memory:
                return fts.find(memory, query, before, most)

    def _fill(self, server: Connection, memory: Connection) -> int:
        """Put in everything there is. What is written meanwhile is looked at once more."""
        seen: int = server.execute(_LAST).scalar_one()
        for kind in KINDS.values():
            table = kind.table()
            rows = server.execute(select(table).where(table.c.trashed_at.is_(None)))
            finding.index_new(memory, (from_row(kind, row) for row in rows))
        return seen

    def _follow(self, server: Connection, memory: Connection, seen: int) -> int:
        """Look again at what was written since."""
        changed: dict[str, set[int]] = defaultdict(set)
        for n, kind, ids in server.execute(_SINCE, {"seen": seen}):
            changed[kind].update(ids)
            seen = n
        for name, ids in changed.items():
            for portion in portions(ids if name in KINDS else ()):
                self._look_again(server, memory, name, portion)
        return seen

    def _look_again(self, server: Connection, memory: Connection, name: str, ids: list[int]) -> None:
        kind, table = KINDS[name], KINDS[name].table()
        for entry_id in ids:
            finding.unindex(memory, name, entry_id)
        rows = server.execute(select(table).where(table.c.id.in_(ids), table.c.trashed_at.is_(None)))
        finding.index_new(memory, (from_row(kind, row) for row in rows))

    def close(self) -> None:
        """Forget everything."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = self._seen = None
