"""What of a journal is written down: all of it, or one person's part, which can be given away or removed by itself.

An entry is part of a person's if it is about them; if it is about nobody, but about a moment of theirs. My own
check-ins, rests, drafts and settings are nobody's part. No other person's nickname is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from ..entries import Person
from ..tables import Words, changes, files, moments, people, texts
from .nicknames import Nicknames
from .records import TABLES, changes_in_full, key_of, rows_of, secret, to_record

AT_ONCE = 500
"""Rows that are in memory at once."""


class Part:
    """The whole of a journal within one transaction, or (with a `person`) what is about one person.

    `beside` is what lies beside the journal, as it is in copies: {name: text}.
    """

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        person: Person | None = None,
        beside: Mapping[str, str] | None = None,
    ) -> None:
        self.connection, self.now, self.person, self.beside = connection, now, person, beside or {}
        self._replaced: dict[str, int] = {}
        self._nicknames = Nicknames(connection, person) if person else None
        self._named_in: set[str] = set()

    @property
    def replaced(self) -> int:
        """In how many places somebody else's nickname stood, in the records that were read."""
        return sum(self._replaced.values())

    @property
    def left_out(self) -> int:
        """How many texts of rulebooks hold somebody else's nickname, and are not in it."""
        return len(self._named_in)

    def tables(self) -> Iterator[Table]:
        """The tables it has records of; what is referred to comes first."""
        for table in TABLES:
            if self.person is None or table in (texts, people) or self._whose(table) is not None:
                yield table

    def records(self, table: Table, by: str = "", about: Collection[str] = ()) -> Iterator[dict[str, Any]]:
        """The records of one table in the order they were kept, or `by` a column; `about` names moments by uid."""
        if table is files:
            at = self.now.astimezone(UTC).isoformat()
            yield from ({"name": name, "text": text, "written_at": at} for name, text in self.beside.items())
        for rows in self._partitions(table, by, about):
            found = changes_in_full(self.connection, rows) if table is changes else (to_record(table, r) for r in rows)
            yield from (self._alone(table, record) for record in found if not self._skipped(table, record))

    def _partitions(self, table: Table, by: str, about: Collection[str]) -> Iterator[list[dict[str, Any]]]:
        query = rows_of(table)
        if self.person is not None:
            query = query.where(self._of_person(table))
        if about:
            query = query.where(table.c.moment_id.in_(select(moments.c.id).where(moments.c.uid.in_(about))))
        if by:
            query = query.order_by(None).order_by(table.c[by], *table.primary_key)
        result = self.connection.execute(query, execution_options={"yield_per": AT_ONCE})
        for portion in result.mappings().partitions(AT_ONCE):
            yield [dict(row) for row in portion]

    # One person's

    def _of_person(self, table: Table) -> ColumnElement[bool]:
        assert self.person is not None  # noqa: S101 - only asked of a person's part
        if table is people:
            return people.c.id == self.person.id
        if table is texts:
            return texts.c.sha256.in_(select(moments.c.book_sha256).where(moments.c.person_id == self.person.id))
        whose = self._whose(table)
        assert whose is not None  # noqa: S101 - other tables are not asked for
        return whose

    def _whose(self, table: Table) -> ColumnElement[bool] | None:
        """What makes a row of the table the person's; None where nothing does."""
        number = self.person.id if self.person else 0
        theirs = select(moments.c.id).where(moments.c.person_id == number)
        if "person_id" in table.c and "moment_id" in table.c:
            nobody = and_(table.c.person_id.is_(None), table.c.moment_id.in_(theirs))
            return or_(table.c.person_id == number, nobody)
        if "person_id" in table.c:
            return table.c.person_id == number
        return table.c.moment_id.in_(theirs) if "moment_id" in table.c else None

    def _skipped(self, table: Table, record: dict[str, Any]) -> bool:
        """Whether a record stays out: a key; a book text that names somebody else."""
        if secret(table, record):
            return True
        if self._nicknames is None or table is not texts or not self._nicknames.named_in(record["text"]):
            return False
        self._named_in.add(record["sha256"])
        return True

    def _alone(self, table: Table, record: dict[str, Any]) -> dict[str, Any]:
        """The record as it can stand in this part: nobody else is named, nothing outside is referred to.

        What was believed between us is mine, and no part of theirs.
        """
        if self._nicknames is None:
            return record
        if table is moments:
            record["answers"] = {name: said for name, said in record["answers"].items() if not isinstance(said, dict)}
        if record.get("book_sha256") in self._named_in:
            record["book_sha256"] = None
        if record.get("moment") and table is not moments and not self._is_theirs(record["moment"]):
            record["moment"] = None
        count = 0
        for column in table.columns if table is not texts else ():
            if isinstance(column.type, Words):
                record[column.name], found = self._nicknames.without(record[column.name])
                count += found
        if count:
            self._replaced[record["uid"]] = count
        return record

    def _is_theirs(self, moment_uid: str) -> bool:
        """Whether a moment that an entry is about is the person's own."""
        assert self.person is not None  # noqa: S101
        query = select(moments.c.id).where(key_of(moments) == moment_uid, moments.c.person_id == self.person.id)
        return self.connection.execute(query).first() is not None
