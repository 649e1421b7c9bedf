from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from poise.journal import migrations
from poise.journal.copies import copies, restore
from poise.journal.entries import KeptMoment
from poise.journal.finding import tag
from poise.journal.journal import Journal
from poise.journal.sealing.vault import Vault
from poise.journal.tables import metadata
from poise.journal.trouble import Damaged, NewerFile

from .conftest import PASSPHRASE, QUICK

NEXT = f"{int(migrations.HEAD) + 1:04}"
LATER = f'''"""A migration more, for these tests."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{migrations.HEAD}"


def upgrade() -> None:
    op.add_column("people", sa.Column("colour", sa.Text(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("sound", sa.Text(), nullable=False, server_default=""))
    STOP
'''
OPEN = """
import sys
from pathlib import Path
from poise.journal.journal import Journal
with Journal.open(Path(sys.argv[1]), "a lantern, four plums") as journal:
    print([moment.remark for moment in journal.moments()])
"""


def test_the_migrations_make_the_tables_that_the_program_uses(journal: Journal) -> None:
    with journal.vault.reading() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or "search" not in name}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        assert migrations.revision_of(connection) == migrations.HEAD


def test_every_migration_has_the_number_of_its_file_and_follows_the_one_before() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = [*ScriptDirectory.from_config(config).walk_revisions()][::-1]
    assert tuple(script.revision for script in scripts) == migrations.KNOWN
    assert [script.down_revision for script in scripts] == [None, *migrations.KNOWN[:-1]]


def test_the_same_tables_can_be_written_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def _set_revision(folder: Path, revision: str) -> None:
    with Journal.open(folder, PASSPHRASE) as journal, journal.vault.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_newer_file_is_refused_politely_and_left_as_it_is(folder: Path) -> None:
    _set_revision(folder, "0999")
    before = (folder / "journal.db").read_bytes()
    with pytest.raises(NewerFile) as found:
        Journal.open(folder, PASSPHRASE)
    assert str(found.value) == (
        "the journal was last opened by a newer Poise than this one; it was left as it is\n"
        "  update Poise, then open it again, or restore a copy made before"
    )
    assert (folder / "journal.db").read_bytes() == before
    assert not (folder / "copies").exists()


def test_a_revision_that_is_none_is_damage(folder: Path) -> None:
    _set_revision(folder, "!!")
    with pytest.raises(Damaged, match="which is no revision"):
        Journal.open(folder, PASSPHRASE)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A Poise with one migration more, in a folder of its own."""
    source = Path(migrations.__file__).parents[2]
    shutil.copytree(source, tmp_path / "newer" / "poise", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "newer"


def _open_with(newer: Path, folder: Path, stop: str = "pass") -> subprocess.CompletedProcess[str]:
    versions = newer / "poise" / "journal" / "migrations" / "versions"
    (versions / f"v{NEXT}_later.py").write_text(LATER.replace("STOP", stop))
    tables = newer / "poise" / "journal" / "tables.py"
    text = tables.read_text().replace('_words("trust_for", LINE))', '_words("trust_for", LINE), _words("colour"))')
    tables.write_text(text)
    command = [sys.executable, "-c", OPEN, str(folder)]
    return subprocess.run(
        command, cwd=newer, env={"PYTHONPATH": str(newer)}, capture_output=True, text=True, check=False
    )


def test_before_a_migration_there_is_a_sealed_copy_and_it_opens_with_the_older_program(
    newer: Path, folder: Path, tmp_path: Path
) -> None:
    with Journal.open(folder, PASSPHRASE) as journal:
        journal.keep(KeptMoment(remark="words"))
    done = _open_with(newer, folder)
    assert done.stdout == "['words']\n", done.stderr
    with pytest.raises(NewerFile):
        Journal.open(folder, PASSPHRASE)
    (copy,) = copies(folder)
    assert copy.path.name.startswith(f"before-{NEXT}-")
    restore(copy.path, tmp_path / "older", PASSPHRASE)
    with Journal.open(tmp_path / "older", PASSPHRASE) as journal:
        assert [moment.remark for moment in journal.moments()] == ["words"]
    assert _open_with(newer, folder).stdout == "['words']\n"
    assert len(copies(folder)) == 1, "one copy for one migration"


@pytest.mark.parametrize("stop", ["raise SystemExit(9)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_migration_that_is_stopped_halfway_leaves_the_journal_as_it_was(newer: Path, folder: Path, stop: str) -> None:
    with Journal.open(folder, PASSPHRASE) as journal:
        journal.keep(KeptMoment(remark="words"))
    assert _open_with(newer, folder, stop).returncode
    with Journal.open(folder, PASSPHRASE) as journal:
        assert [moment.remark for moment in journal.moments()] == ["words"]
        assert journal.faults() == []


FIRST = """
INSERT INTO people (id, uid, written_at, changed_at, nickname) VALUES (7, 'p', '2026-01-01', '2026-01-01', 'Sam');
INSERT INTO moments (id, uid, written_at, changed_at, person_id, happened_at, happened_at_offset, remark, did) VALUES
    (8, 'm', '2026-01-01', '2026-01-01', 7, '2026-01-01', 0, 'a hurting remark, 对不起', '{"toward":"ask"}');
INSERT INTO moments (id, uid, written_at, changed_at, trashed_at, happened_at, happened_at_offset, remark) VALUES
    (9, 'n', '2026-01-01', '2026-01-01', '2026-01-02', '2026-01-01', 0, 'a hurting remark in the trash');
INSERT INTO search (rowid, words, tags) VALUES (112, 'Sam', 'kind_people_ person_7_'), (129, 'a hurting remark', 'x_');
"""


def _of_the_first_version(vault: Vault) -> None:
    with vault.writing() as connection:
        migrations.migrate(connection, "0001")
        for statement in FIRST.split(";\n")[:-1]:
            connection.exec_driver_sql(statement)


def test_a_journal_of_the_first_version_is_searched_by_the_index_of_today(tmp_path: Path) -> None:
    Vault.create(tmp_path / "old", PASSPHRASE, _of_the_first_version, QUICK).lock()
    now = lambda: datetime(2026, 1, 3, tzinfo=UTC)  # noqa: E731
    for _ in range(2):
        with Journal.open(tmp_path / "old", PASSPHRASE, now=now) as journal:
            for words in ("hurts", "hurti*", "对不", "不起", "re*"):
                assert [entry.uid for entry in journal.search(words)] == ["m"], words
            assert [entry.uid for entry in journal.search("", [tag("person", 7)])] == ["m", "p"]
            assert [entry.uid for entry in journal.search("", [tag("did", "ask")])] == ["m"]
            assert journal.search("trash") == []
            assert [entry.uid for entry in journal.in_trash()] == ["n"]
            assert journal.faults() == []
    (copy,) = copies(tmp_path / "old")
    assert copy.path.name.startswith(f"before-{migrations.HEAD}-")


def test_a_database_that_no_poise_made_is_named(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE something (x)")
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.connect() as connection, pytest.raises(Damaged, match="has tables that no Poise made"):
        migrations.revision_of(connection)
    engine.dispose()
