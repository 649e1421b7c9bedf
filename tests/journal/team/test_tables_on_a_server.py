from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from poise.journal import migrations
from poise.journal.entries import KeptMoment
from poise.journal.tables import metadata
from poise.journal.team import Steward, TeamJournal
from poise.journal.team.server import address
from poise.journal.trouble import NewerFile, Trouble

from ..postgres.expected import on_a_server
from ..postgres.team import PASSPHRASE, Team

NEXT = f"{int(migrations.HEAD) + 1:04}"
MIGRATION = f'''"""A further migration, for these tests."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{migrations.HEAD}"


def upgrade() -> None:
    op.add_column("people", sa.Column("colour", sa.LargeBinary(), nullable=True))
    op.add_column("people", sa.Column("sound", sa.LargeBinary(), nullable=True))
    STOP
'''
MIGRATE = "import sys; from poise.journal.team import Steward; Steward.open(sys.argv[1]).migrate()"


@pytest.fixture
def connection(team: Team) -> Iterator[Connection]:
    """As the superuser, who sees everything."""
    engine = create_engine(
        address(team.server.url(team.database)), connect_args={"options": "-c search_path=poise"}, hide_parameters=True
    )
    with engine.connect() as found:
        yield found
    engine.dispose()


def _differences(connection: Connection) -> list[Any]:
    """What autogenerate would change; members and their audit are a server's own."""

    def ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
        return kind != "table" or name in metadata.tables

    options = {"compare_type": True, "include_object": ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), on_a_server()))


def test_the_migrations_make_the_tables_that_the_program_uses(connection: Connection) -> None:
    assert _differences(connection) == []
    assert migrations.revision_of(connection) == migrations.HEAD


def test_a_difference_would_be_found(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE people ADD COLUMN colour bytea")
    connection.exec_driver_sql("DROP INDEX ix_moments_happened")
    connection.exec_driver_sql("ALTER TABLE signs ALTER COLUMN note TYPE text USING encode(note, 'hex')")
    kinds = {change[0][0] if isinstance(change, list) else change[0] for change in _differences(connection)}
    assert kinds == {"remove_column", "add_index", "modify_type"}
    connection.rollback()


def _revision(team: Team) -> str:
    return str(team.ask("SELECT version_num FROM alembic_version")[0][0])


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A Poise with one migration more, in a folder of its own."""
    source = Path(migrations.__file__).parents[2]
    shutil.copytree(source, tmp_path / "newer" / "poise", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "newer"


def _migrate(newer: Path, team: Team, stop: str = "pass") -> int:
    versions = newer / "poise" / "journal" / "migrations" / "versions"
    (versions / f"v{NEXT}_further.py").write_text(MIGRATION.replace("STOP", stop))
    command = [sys.executable, "-c", MIGRATE, team.url("poise_steward")]
    environment = {**os.environ, "PYTHONPATH": str(newer)}
    return subprocess.run(command, cwd=newer, env=environment, capture_output=True, check=False).returncode


def test_a_steward_brings_the_tables_up_to_date_and_an_older_program_is_refused_politely(
    newer: Path, another_team: Callable[[], Team]
) -> None:
    team = another_team()
    journal = team.joined("Kim")
    journal.keep(KeptMoment(remark="words"))
    journal.lock()
    assert _migrate(newer, team) == 0
    assert _revision(team) == NEXT
    with pytest.raises(NewerFile) as found:
        TeamJournal.open(team.url(), "Kim", PASSPHRASE)
    assert str(found.value) == (
        "the team's server was brought up to date by a newer Poise than this one; nothing was changed\n"
        "  update Poise, then open it again"
    )
    with pytest.raises(NewerFile):
        team.steward.migrate()
    with pytest.raises(NewerFile):
        team.steward.members()


@pytest.mark.parametrize("stop", ["raise SystemExit(9)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_migration_that_is_stopped_halfway_leaves_everything_as_it_was(
    newer: Path, another_team: Callable[[], Team], stop: str
) -> None:
    team = another_team()
    journal = team.joined("Kim")
    journal.keep(KeptMoment(remark="words"))
    assert _migrate(newer, team, stop)
    assert _revision(team) == migrations.HEAD
    assert [moment.remark for moment in journal.moments()] == ["words"]
    assert team.ask("SELECT count(*) FROM information_schema.columns WHERE column_name = 'colour'") == [(0,)]
    journal.lock()


def test_a_server_that_is_older_than_the_program_waits_for_its_steward(another_team: Callable[[], Team]) -> None:
    team = another_team()
    name = team.member()
    team.ask("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(
        Trouble, match=r"older than this Poise; nothing was changed\n  who runs it brings it up to date"
    ):
        TeamJournal.open(team.url(), name, PASSPHRASE)
    with Steward.open(team.url("poise_steward")) as steward:
        steward.migrate()
    TeamJournal.open(team.url(), name, PASSPHRASE).lock()
    assert _revision(team) == migrations.HEAD
