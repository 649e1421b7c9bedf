"""The first tables."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from poise.journal.sealing.sqlite import SEARCH_FORGETS, SEARCH_TABLE

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
REFERENCES = {"person_id": "people.id", "moment_id": "moments.id", "book_sha256": "texts.sha256"}


def upgrade() -> None:
    """Make the tables, and the index to search by."""
    texts()
    entries("people", *words("nickname", "relation", "trust_for"))
    moments()
    reflections_and_signs()
    entries("check_ins", *times("happened_at"), *words("energy", "toll", "elsewhere", "note"))
    due = sa.Column("due_on", sa.Date())
    done = sa.Column("done_at", When)
    entries("follow_ups", of("person_id"), of("moment_id"), due, *words("waiting_for"), done)
    entries("rests", *times("happened_at"), *times("ends_at", needed=False), *words("note"))
    entries("lines", of("person_id"), of("moment_id"), *words("response", "words"))
    around()
    changes()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH_TABLE)
        op.execute(SEARCH_FORGETS)


def texts() -> None:
    """The texts of rulebooks."""
    table("texts", sa.Column("sha256", sa.String(64), primary_key=True), text("text"), when("written_at"))


def moments() -> None:
    """The moments, and how they are listed."""
    entries(
        "moments",
        of("person_id"),
        *times("happened_at"),
        *words("whose", "book"),
        sa.Column("book_sha256", sa.String(64)),
        *words("language"),
        answers("answers"),
        *words("gut"),
        answers("leaning"),
        *words("told"),
        answers("did"),
        *words("did_else", "forecast", "remark", "origin"),
    )
    op.create_index("ix_moments_happened", "moments", ["happened_at", "id"])
    op.create_index("ix_moments_person_happened", "moments", ["person_id", "happened_at", "id"])


def reflections_and_signs() -> None:
    """What came after."""
    looked_back = [*words("for_them", "for_us", "for_me"), answers("hindsight"), *words("note")]
    entries("reflections", of("moment_id", needed=True), *looked_back)
    said = [*times("happened_at"), *words("sign", "said", "note")]
    entries("signs", of("person_id", needed=True), of("moment_id"), *said)


def around() -> None:
    """What is about the journal itself."""
    number = sa.Column("id", Id, primary_key=True)
    uid = sa.Column("uid", sa.String(32), nullable=False, unique=True)
    lifted = sa.Column("lifted_at", When)
    table("holds", number, uid, of("person_id"), *words("why"), when("placed_at"), lifted)
    table("drafts", sa.Column("name", sa.String(200), primary_key=True), text("body"), when("written_at"))
    table("settings", sa.Column("name", sa.String(200), primary_key=True), text("value"), when("changed_at"))
    table("files", sa.Column("name", sa.String(200), primary_key=True), text("text"), when("written_at"))


def changes() -> None:
    """What was done, to be undone for a while."""
    table(
        "changes",
        sa.Column("id", Id, primary_key=True),
        sa.Column("batch", sa.String(32), nullable=False),
        when("at"),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("before", sa.Text()),
    )
    op.create_index("ix_changes_at", "changes", ["at"])
    op.create_index("ix_changes_batch", "changes", ["batch"])
    op.create_index("ix_changes_entry", "changes", ["kind", "entry_id"])


def entries(name: str, *columns: sa.Column[Any]) -> None:
    """A table of entries, and the index of its trash."""
    table(
        name,
        sa.Column("id", Id, primary_key=True),
        sa.Column("uid", sa.String(32), nullable=False, unique=True),
        when("written_at"),
        when("changed_at"),
        sa.Column("trashed_at", When),
        *columns,
    )
    trashed = sa.text("trashed_at IS NOT NULL")
    op.create_index(f"ix_{name}_trash", name, ["trashed_at"], sqlite_where=trashed, postgresql_where=trashed)


def table(name: str, *columns: sa.Column[Any], **options: Any) -> None:
    """A table, its references, and an index for each of them."""
    references = [column.name for column in columns if column.name in REFERENCES]
    keys = [sa.ForeignKeyConstraint([ref], [REFERENCES[ref]], name=f"fk_{name}_{ref}") for ref in references]
    op.create_table(name, *columns, *keys, **options)
    for reference in references:
        op.create_index(f"ix_{name}_{reference}", name, [reference])


def words(*names: str) -> Iterator[sa.Column[Any]]:
    """Columns of words, empty where nobody wrote any."""
    return (sa.Column(name, sa.Text(), nullable=False, server_default="") for name in names)


def answers(name: str) -> sa.Column[Any]:
    """A column of answers."""
    return sa.Column(name, sa.Text(), nullable=False, server_default="{}")


def times(name: str, *, needed: bool = True) -> Iterator[sa.Column[Any]]:
    """A time, and the minutes its clock was east of UTC."""
    yield sa.Column(name, When, nullable=not needed)
    yield sa.Column(f"{name}_offset", sa.SmallInteger(), nullable=not needed)


def of(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Whose, or about which, entry this is."""
    return sa.Column(name, Id, nullable=not needed)


def text(name: str) -> sa.Column[Any]:
    """Text that has to be there."""
    return sa.Column(name, sa.Text(), nullable=False)


def when(name: str) -> sa.Column[Any]:
    """A time that has to be there."""
    return sa.Column(name, When, nullable=False)
