"""The tables of `tables.py` as they are on a server: every row has its member, and every key begins with it."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.schema import SchemaItem

from poise.journal.tables import metadata

NUMBERED = ("holds", "changes")
"""Tables whose rows the database numbers."""


def on_a_server() -> MetaData:
    """The same tables, for many members."""
    found = MetaData()
    Table("members", found, Column("id", Uuid, primary_key=True))
    for table in metadata.sorted_tables:
        Table(table.name, found, *_columns(table), *_keys(table), *_indexes(table))
    return found


def _columns(table: Table) -> list[SchemaItem]:
    member = Column("member", Uuid, primary_key=True, server_default=text("me()"))
    numbered = table.name in NUMBERED
    return [
        member,
        *(
            Column(
                column.name,
                column.type,
                *([Identity()] if numbered and column.name == "id" else []),
                primary_key=column.primary_key,
                nullable=column.nullable,
            )
            for column in table.columns
        ),
    ]


def _keys(table: Table) -> list[SchemaItem]:
    keys: list[SchemaItem] = [ForeignKeyConstraint(["member"], ["members.id"])]
    for column in table.columns:
        if column.unique:
            keys.append(UniqueConstraint("member", column.name, name=f"uq_{table.name}_{column.name}"))
        for key in column.foreign_keys:
            target = key.column.table.name
            keys.append(
                ForeignKeyConstraint(["member", column.name], [f"{target}.member", f"{target}.{key.column.name}"])
            )
    return keys


def _indexes(table: Table) -> list[SchemaItem]:
    found: list[SchemaItem] = []
    for index in table.indexes:
        names = [column.name for column in index.columns]
        where = text("trashed_at IS NOT NULL") if names == ["trashed_at"] else None
        found.append(Index(str(index.name), "member", *names, postgresql_where=where))
    return found
