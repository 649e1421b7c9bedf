"""The first tables. On a server each row has its member, and every key begins with it."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from poise.journal.migrations import server

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Kept = sa.Text().with_variant(sa.LargeBinary(), "postgresql")
"""Words: in the sealed file as they are, on a server sealed one by one."""
SEARCH = """
    CREATE VIRTUAL TABLE search USING fts5(
        words, tags, tokenize = "porter unicode61 remove_diacritics 2 tokenchars '_'"
    )
"""
SEARCH_FORGETS = "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)"
REFERENCES = {"person_id": "people.id", "moment_id": "moments.id", "book_sha256": "texts.sha256"}


def upgrade() -> None:
    """Make the tables, and the index to search by."""
    if server.here():
        server.before_the_tables()
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
    if server.here():
        on_a_server()
    else:
        op.execute(SEARCH)
        op.execute(SEARCH_FORGETS)


def on_a_server() -> None:
    """Whose each row is, and what is written down of it."""
    server.after_the_tables()
    entry_tables = ("people", "moments", "reflections", "signs", "check_ins", "follow_ups", "rests", "lines", "holds")
    for name in (*entry_tables, "texts", "drafts", "settings", "files", "changes"):
        server.protect(name)
    for name in entry_tables:
        server.note_writing(name)


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
    index("ix_moments_happened", "moments", "happened_at", "id")
    index("ix_moments_person_happened", "moments", "person_id", "happened_at", "id")


def reflections_and_signs() -> None:
    """What came after."""
    looked_back = [*words("for_them", "for_us", "for_me"), answers("hindsight"), *words("note")]
    entries("reflections", of("moment_id", needed=True), *looked_back)
    said = [*times("happened_at"), *words("sign", "said", "note")]
    entries("signs", of("person_id", needed=True), of("moment_id"), *said)


def around() -> None:
    """What is about the journal itself."""
    number = numbered()
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
        numbered(),
        sa.Column("batch", sa.String(32), nullable=False),
        when("at"),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("before", Kept),
    )
    index("ix_changes_at", "changes", "at")
    index("ix_changes_batch", "changes", "batch")
    index("ix_changes_entry", "changes", "kind", "entry_id")


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
    index(f"ix_{name}_trash", name, "trashed_at", sqlite_where=trashed, postgresql_where=trashed)


def table(name: str, *columns: sa.Column[Any]) -> None:
    """A table, its references, and an index for each of them."""
    references = [column.name for column in columns if column.name in REFERENCES]
    if server.here():
        _table_of_members(name, columns, references)
    else:
        keys = [sa.ForeignKeyConstraint([ref], [REFERENCES[ref]], name=f"fk_{name}_{ref}") for ref in references]
        op.create_table(name, *columns, *keys)
    for reference in references:
        index(f"ix_{name}_{reference}", name, reference)


def _table_of_members(name: str, columns: tuple[sa.Column[Any], ...], references: list[str]) -> None:
    """The same on a server, for many members: nothing refers to another member's row, and nothing is numbered by it."""
    mine = sa.text("me()")
    member = sa.Column("member", sa.Uuid(), sa.ForeignKey("members.id"), primary_key=True, server_default=mine)
    unique = [column.name for column in columns if column.unique]
    for column in columns:
        column.unique = None
    keys: list[sa.Constraint] = [sa.UniqueConstraint("member", one, name=f"uq_{name}_{one}") for one in unique]
    for ref in references:
        target, key = REFERENCES[ref].split(".")
        both = [f"{target}.member", f"{target}.{key}"]
        keys.append(sa.ForeignKeyConstraint(["member", ref], both, name=f"fk_{name}_{ref}"))
    op.create_table(name, member, *columns, *keys)


def index(name: str, table: str, *columns: str, **options: Any) -> None:
    """An index; on a server its first column is the member."""
    op.create_index(name, table, [*(("member",) if server.here() else ()), *columns], **options)


def numbered() -> sa.Column[Any]:
    """A number that the database gives."""
    return sa.Column("id", Id, *((sa.Identity(),) if server.here() else ()), primary_key=True)


def words(*names: str) -> Iterator[sa.Column[Any]]:
    """Columns of words, empty where nobody wrote any."""
    empty = None if server.here() else ""
    return (sa.Column(name, Kept, nullable=False, server_default=empty) for name in names)


def answers(name: str) -> sa.Column[Any]:
    """A column of answers."""
    return sa.Column(name, Kept, nullable=False, server_default=None if server.here() else "{}")


def times(name: str, *, needed: bool = True) -> Iterator[sa.Column[Any]]:
    """A time, and the minutes its clock was east of UTC."""
    yield sa.Column(name, When, nullable=not needed)
    yield sa.Column(f"{name}_offset", sa.SmallInteger(), nullable=not needed)


def of(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Whose, or about which, entry this is."""
    return sa.Column(name, Id, nullable=not needed)


def text(name: str) -> sa.Column[Any]:
    """Text that has to be there."""
    return sa.Column(name, Kept, nullable=False)


def when(name: str) -> sa.Column[Any]:
    """A time that has to be there."""
    return sa.Column(name, When, nullable=False)
