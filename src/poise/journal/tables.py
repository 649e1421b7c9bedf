"""The tables: words and times only. The same on SQLite and on PostgreSQL, where words are sealed one by one.

Every entry has `id` (within this journal), `uid` (the same wherever it is copied to), and when it was written, last
changed and put in the trash. `happened_at` is apart from `written_at`, with the minutes its clock was east of UTC.
What can be worked out (trust, strain, what a leaning comes to) has no column.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Index, MetaData, SmallInteger, String, Table, text
from sqlalchemy.sql.schema import SchemaItem

from .columns import Answers, Id, Instant, Words, kept

__all__ = [
    "BOOK",
    "DRAFT",
    "LINE",
    "NICKNAME",
    "NOTE",
    "TOLD",
    "Answers",
    "Instant",
    "Words",
    "changes",
    "check_ins",
    "drafts",
    "files",
    "follow_ups",
    "holds",
    "lines",
    "metadata",
    "moments",
    "people",
    "reflections",
    "rests",
    "settings",
    "signs",
    "texts",
]

NICKNAME, LINE, NOTE, TOLD, DRAFT, BOOK = 80, 200, 100_000, 50_000, 1_000_000, 1_000_000
"""How many characters a column of words holds at most."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _entries(name: str, *columns: SchemaItem) -> Table:
    """A table of entries, with what every entry has."""
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True),
        Column("uid", String(32), nullable=False, unique=True),
        Column("written_at", Instant, nullable=False),
        Column("changed_at", Instant, nullable=False),
        Column("trashed_at", Instant),
        *columns,
        _only_trash(name),
    )


def _only_trash(name: str) -> Index:
    """The trash alone: an index over all would tempt a planner to look for what is not in it."""
    trashed = text("trashed_at IS NOT NULL")
    return Index(f"ix_{name}_trash", "trashed_at", sqlite_where=trashed, postgresql_where=trashed)


def _words(name: str, most: int = NOTE) -> Column[str]:
    """A column of words; empty where nobody wrote any."""
    return Column(name, kept(Words(most)), nullable=False, server_default="")


def _answers(name: str) -> Column[Any]:
    return Column(name, kept(Answers()), nullable=False, server_default="{}")


def _times(name: str, *, needed: bool = True) -> tuple[SchemaItem, SchemaItem]:
    """When something happened, and the minutes its clock was east of UTC."""
    return Column(name, Instant, nullable=not needed), Column(f"{name}_offset", SmallInteger, nullable=not needed)


def _of(target: str, *, needed: bool = False) -> Column[int]:
    """Whose, or about which, entry this is."""
    name = {"people": "person_id", "moments": "moment_id"}[target]
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=not needed, index=True)


texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("text", kept(Words(BOOK)), nullable=False),
    Column("written_at", Instant, nullable=False),
)
"""Texts of rulebooks, each once, by the hash of what they say."""

people = _entries("people", _words("nickname", NICKNAME), _words("relation", LINE), _words("trust_for", LINE))
"""Who we are to each other, and what trust is for between us."""

moments = _entries(
    "moments",
    _of("people"),
    *_times("happened_at"),
    _words("whose", LINE),
    _words("book", LINE),
    Column("book_sha256", String(64), ForeignKey("texts.sha256"), index=True),
    _words("language", LINE),
    _answers("answers"),
    _words("gut", LINE),
    _answers("leaning"),
    _words("told", TOLD),
    _answers("did"),
    _words("did_else"),
    _words("forecast"),
    _words("remark"),
    _words("origin", LINE),
)
"""What was answered; the gut feeling; the leaning as it was shown (`told`, and who led); what I did."""

Index("ix_moments_happened", moments.c.happened_at, moments.c.id)
Index("ix_moments_person_happened", moments.c.person_id, moments.c.happened_at, moments.c.id)

reflections = _entries(
    "reflections",
    _of("moments", needed=True),
    _words("for_them"),
    _words("for_us"),
    _words("for_me"),
    _answers("hindsight"),
    _words("note"),
)
"""How it was for the person hit, with us two, for me; and, knowing how it went, which it would have been."""

signs = _entries(
    "signs",
    _of("people", needed=True),
    _of("moments"),
    *_times("happened_at"),
    _words("sign", LINE),
    _words("said", LINE),
    _words("note"),
)
"""A rating, a rupture or a repair: asked for and dated, never inferred."""

check_ins = _entries(
    "check_ins",
    *_times("happened_at"),
    _words("energy", LINE),
    _words("toll", LINE),
    _words("elsewhere"),
    _words("note"),
)
"""How I am: what I have left, what it costs, what I give elsewhere."""

follow_ups = _entries(
    "follow_ups",
    _of("people"),
    _of("moments"),
    Column("due_on", Date),
    _words("waiting_for"),
    Column("done_at", Instant),
)
"""Come back to it: a day, and what I am waiting for."""

rests = _entries("rests", *_times("happened_at"), *_times("ends_at", needed=False), _words("note"))
"""Times of rest."""

lines = _entries("lines", _of("people"), _of("moments"), _words("response", LINE), _words("words", NOTE))
"""Opening lines of my own that worked."""

holds = Table(
    "holds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("uid", String(32), nullable=False, unique=True),
    _of("people"),
    _words("why", LINE),
    Column("placed_at", Instant, nullable=False),
    Column("lifted_at", Instant),
)
"""What stops deletion: of one person's entries, or of all."""

drafts = Table(
    "drafts",
    metadata,
    Column("name", String(LINE), primary_key=True),
    Column("body", kept(Words(DRAFT)), nullable=False),
    Column("written_at", Instant, nullable=False),
)
"""What is being written."""

settings = Table(
    "settings",
    metadata,
    Column("name", String(LINE), primary_key=True),
    Column("value", kept(Answers()), nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""Choices about the journal itself."""

files = Table(
    "files",
    metadata,
    Column("name", String(LINE), primary_key=True),
    Column("text", kept(Words(BOOK)), nullable=False),
    Column("written_at", Instant, nullable=False),
)
"""Files that lie beside the journal, as they stood when a copy was made. Filled in copies only."""

changes = Table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("batch", String(32), nullable=False, index=True),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String(LINE), nullable=False),
    Column("entry_id", Id, nullable=False),
    Column("action", String(LINE), nullable=False),
    Column("before", kept(Words(DRAFT))),
    Index("ix_changes_entry", "kind", "entry_id"),
)
"""What was done to entries, so that it can be undone for a while. One batch is one thing a person did."""
