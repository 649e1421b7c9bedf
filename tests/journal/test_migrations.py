from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
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
from poise.journal.journal import Journal
from poise.journal.tables import metadata
from poise.journal.trouble import Damaged, NewerFile

from .conftest import PASSPHRASE

SECOND = '''"""A second migration, for these tests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


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
    (versions / "v0002_second.py").write_text(SECOND.replace("STOP", stop))
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
    assert copy.path.name.startswith("before-0002-")
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


def test_a_database_that_no_poise_made_is_named(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE something (x)")
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.connect() as connection, pytest.raises(Damaged, match="has tables that no Poise made"):
        migrations.revision_of(connection)
    engine.dispose()
