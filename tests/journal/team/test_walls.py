"""What one member, the steward, a dump and a forgotten WHERE can reach: asked of the server itself, without Poise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege, NotNullViolation
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import StatementError

from poise.journal.entries import KINDS, KeptMoment, Person
from poise.journal.tables import metadata, moments
from poise.journal.team import TeamJournal
from poise.journal.team.server import address

from ..postgres.team import ROLES, Team

OURS = sorted(metadata.tables)
MARKER = "quixotic_marker_zyzzyva"


@pytest.fixture
def kim(team: Team) -> Iterator[TeamJournal]:
    with team.joined() as journal:
        yield journal


@pytest.fixture
def lee(team: Team) -> Iterator[TeamJournal]:
    with team.joined() as journal:
        yield journal


@contextmanager
def _as(team: Team, member: UUID, proof: bytes) -> Iterator[psycopg.Connection[Any]]:
    """The app's role, saying that it is a member."""
    with psycopg.connect(team.url(), options="-c search_path=poise") as connection:
        given = (str(member), proof.hex())
        connection.execute("SELECT set_config('poise.member', %s, true), set_config('poise.proof', %s, true)", given)
        yield connection


def _filled(journal: TeamJournal) -> tuple[Person, KeptMoment]:
    """A row in each table."""
    sam = journal.keep(Person(nickname=MARKER))
    moment = journal.keep(KeptMoment(person_id=sam.id, remark=MARKER, book_sha256=journal.keep_text(MARKER)))
    needed: dict[str, Any] = {"person_id": sam.id, "moment_id": moment.id, "sign": "repair", "words": MARKER}
    for kind in KINDS.values():
        if kind not in (Person, KeptMoment):
            journal.keep(kind(**{name: value for name, value in needed.items() if name in kind.table().c}))
    journal.save_draft("moment", MARKER)
    journal.set("remarks", MARKER)
    journal.hold(sam, MARKER)
    return sam, moment


def _counts(connection: Any) -> dict[str, int]:
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in OURS}


def test_policies_are_in_force_on_every_table_and_for_its_owner_too(team: Team) -> None:
    rows = team.ask(
        "SELECT relname, relrowsecurity AND relforcerowsecurity, pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relnamespace = 'poise'::regnamespace AND relkind IN ('r', 'p')"
    )
    assert {name for name, _, _ in rows} == {*OURS, "members", "audit", "alembic_version"}
    assert all(forced and owner == "poise_owner" for _, forced, owner in rows)


def test_every_table_of_ours_has_its_members_policy_and_every_kind_of_entry_is_noted(team: Team) -> None:
    policies = team.ask("SELECT tablename, qual, with_check FROM pg_policies WHERE policyname = 'of_member'")
    mine = "(member = ( SELECT me() AS me))"
    assert {name for name, read, written in policies if read == written == mine} >= set(OURS)
    triggers = team.ask("SELECT event_object_table, event_manipulation FROM information_schema.triggers")
    for kind in (*KINDS, "holds"):
        assert {verb for table, verb in triggers if table == kind} == {"INSERT", "UPDATE", "DELETE"}


def test_no_role_is_a_superuser_owns_a_table_or_is_exempt_from_policies(team: Team) -> None:
    rows = team.ask(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit"
        " FROM pg_roles WHERE rolname LIKE 'poise%'"
    )
    assert {row[0] for row in rows} == {*ROLES, "poise_owner"}
    assert not any(any(row[1:]) for row in rows)
    granted = team.ask("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'poise_app'::regrole")
    assert granted == []


def test_without_a_member_nothing_can_be_read_and_nothing_written(team: Team, kim: TeamJournal) -> None:
    _filled(kim)
    with psycopg.connect(team.url(), options="-c search_path=poise", autocommit=True) as connection:
        assert set(_counts(connection).values()) == {0}
        assert connection.execute("SELECT id, keys FROM members").fetchall() == []
        assert connection.execute("SELECT * FROM audit").fetchall() == []
        for name in OURS:
            assert connection.execute(f"DELETE FROM {name}".encode()).rowcount == 0
        with pytest.raises((InsufficientPrivilege, NotNullViolation)):
            connection.execute("INSERT INTO drafts (name, body, written_at) VALUES ('a', '', now())")
        member = kim.vault.member
        with pytest.raises(InsufficientPrivilege):
            connection.execute("INSERT INTO drafts VALUES (%s, 'a', '', now())", (member,))
    assert kim.draft("moment") == MARKER


def test_a_members_name_without_their_proof_is_nobodys(team: Team, kim: TeamJournal, lee: TeamJournal) -> None:
    _filled(kim)
    with _as(team, kim.vault.member, kim.vault.seal.proof) as connection:
        assert min(count for name, count in _counts(connection).items() if name != "files") > 0
    for proof in (lee.vault.seal.proof, b"", kim.vault.seal.proof[:-1], b"\0" * 32):
        with _as(team, kim.vault.member, proof) as connection:
            assert set(_counts(connection).values()) == {0}


def test_each_member_sees_their_own_rows_alone(team: Team, kim: TeamJournal, lee: TeamJournal) -> None:
    sam, _ = _filled(kim)
    assert (lee.people(), lee.moments(), lee.search(MARKER), lee.holds(), lee.draft("moment")) == ([], [], [], [], None)
    own = lee.keep(Person(nickname="Sam"))
    assert lee.people() == [own]
    assert kim.people() == [sam]
    with _as(team, lee.vault.member, lee.vault.seal.proof) as connection:
        assert connection.execute("SELECT id FROM members").fetchall() == [(lee.vault.member,)]


def test_writing_into_anothers_rows_is_refused(team: Team, kim: TeamJournal, lee: TeamJournal) -> None:
    sam, _ = _filled(kim)
    own = lee.keep(Person(nickname="own"))
    theirs = kim.vault.member
    with _as(team, lee.vault.member, lee.vault.seal.proof) as connection:
        for name in OURS:
            found = connection.execute(f"DELETE FROM {name} WHERE member = %s".encode(), (theirs,))
            assert found.rowcount == 0
        assert connection.execute("UPDATE people SET trashed_at = now() WHERE id = %s", (sam.id,)).rowcount == 0
    refused = {
        "INSERT INTO drafts VALUES (%s, 'a', '', now())": (theirs,),
        "UPDATE people SET member = %s WHERE id = %s": (theirs, own.id),
        "UPDATE members SET keys = 'x' WHERE id = %s RETURNING proof": (lee.vault.member,),
        "UPDATE members SET proof = '' WHERE id = %s": (lee.vault.member,),
        "INSERT INTO members (name) VALUES (%s)": ("somebody",),
        "DELETE FROM members WHERE id = %s": (lee.vault.member,),
    }
    for statement, given in refused.items():
        with _as(team, lee.vault.member, lee.vault.seal.proof) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(statement.encode(), given)
    with _as(team, lee.vault.member, lee.vault.seal.proof) as connection:
        assert connection.execute("UPDATE members SET keys = '' WHERE id = %s", (theirs,)).rowcount == 0
    assert kim.people() == [sam]


def test_nothing_refers_to_anothers_row(team: Team, kim: TeamJournal, lee: TeamJournal) -> None:
    sam, _ = _filled(kim)
    own = lee.keep(KeptMoment())
    with _as(team, lee.vault.member, lee.vault.seal.proof) as connection, pytest.raises(ForeignKeyViolation):
        connection.execute("UPDATE moments SET person_id = %s WHERE id = %s", (sam.id, own.id))


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE people CASCADE",
        "ALTER TABLE people DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY of_member ON people",
        "DROP TABLE people CASCADE",
        "CREATE TABLE poise.mine (x text)",
        "CREATE FUNCTION poise.me() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "SET ROLE poise_owner",
        "SET ROLE poise_backup",
        "SET session_replication_role = replica",
        "SELECT proof FROM members",
        "SELECT invitation FROM members",
        "SELECT invite('x', '')",
        "SELECT audit_counts()",
        "SELECT broken_links()",
        "UPDATE alembic_version SET version_num = '0'",
    ],
)
def test_the_programs_own_role_cannot_take_the_walls_down(team: Team, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        team.ask(statement, role="poise_app")


def test_row_security_switched_off_is_an_error_and_no_way_in(team: Team) -> None:
    options = "-c search_path=poise -c row_security=off"
    with psycopg.connect(team.url(), options=options) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("SELECT * FROM people")


def test_who_one_was_is_forgotten_when_the_transaction_ends(team: Team, kim: TeamJournal) -> None:
    """One pooled connection serves one member after another."""
    _filled(kim)
    engine = create_engine(address(team.url()), pool_size=1, max_overflow=0, hide_parameters=True)
    enter = text("SELECT set_config('poise.member', :member, true), set_config('poise.proof', :proof, true)")
    given = {"member": str(kim.vault.member), "proof": kim.vault.seal.proof.hex()}
    seen: list[tuple[int, int]] = []
    look = text("SELECT pg_backend_pid(), (SELECT count(*) FROM poise.people)")
    for end in ("commit", "rollback"):
        with engine.connect() as connection:
            connection.execute(enter, given)
            seen.append(tuple(connection.execute(look).one()))
            getattr(connection, end)()
            seen.append(tuple(connection.execute(look).one()))
        with engine.connect() as connection:
            seen.append(tuple(connection.execute(look).one()))
    engine.dispose()
    assert len({process for process, _ in seen}) == 1, "it was the same connection"
    assert [count for _, count in seen] == [1, 0, 0, 1, 0, 0]


def test_the_journals_own_pool_forgets_who_it_was(kim: TeamJournal) -> None:
    _filled(kim)
    kim.people()
    with kim.vault._engine.connect() as connection:
        for name in OURS:
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT current_setting('poise.proof', true)").scalar_one() in (None, "")


def test_the_steward_can_read_no_entry(team: Team, kim: TeamJournal) -> None:
    _filled(kim)
    for name in (*OURS, "members", "audit"):
        with pytest.raises(InsufficientPrivilege):
            team.ask(f"SELECT * FROM {name}", role="poise_steward")
    for name in OURS:
        rows = team.ask(f"SELECT * FROM {name}", role="poise_steward", becoming="poise_owner")
        assert rows == [], "policies hold for the owner too"
    with pytest.raises(InsufficientPrivilege):
        team.ask("SET ROLE poise_backup", role="poise_steward")


def test_a_dump_may_read_and_not_write(team: Team, kim: TeamJournal) -> None:
    _filled(kim)
    assert all(team.ask(f"SELECT * FROM {name}", role="poise_backup") for name in OURS if name != "files")
    for name in (*OURS, "members", "audit"):
        with pytest.raises(InsufficientPrivilege):
            team.ask(f"DELETE FROM {name}", role="poise_backup")


def test_whoever_sees_every_row_sees_no_word(team: Team, kim: TeamJournal) -> None:
    _filled(kim)
    rows = [team.ask(f"SELECT t::text FROM {name} AS t") for name in (*OURS, "members", "audit")]
    assert len(str(rows)) > 5000
    assert MARKER not in str(rows)
    assert MARKER.encode().hex() not in str(rows)


def test_a_statement_that_goes_round_what_seals_ends_in_an_error(kim: TeamJournal) -> None:
    kept = kim.keep(KeptMoment(remark="words"))
    with kim.vault._engine.connect() as connection, pytest.raises(StatementError, match="sealed, or not at all"):
        connection.execute(update(moments).values(remark="readable"))
    for statement, message in (
        (select(moments.c.id).where(moments.c.remark == "readable"), "words go to a server sealed, or not at all"),
        (select(func.lower(moments.c.remark, type_=moments.c.remark.type)), "its words are sealed"),
        (update(moments).where(moments.c.id == kept.id).values(remark="readable"), "this names no uid of `moments`"),
    ):
        with pytest.raises((TypeError, StatementError), match=message), kim.vault.writing() as connection:
            connection.execute(statement)
    with kim.vault.reading() as connection:
        assert connection.scalar(select(moments.c.remark)) == "words"
        assert connection.scalars(select(moments.c.remark)).all() == ["words"]
        assert connection.execute(select(moments.c.forecast, moments.c.remark)).all() == [("", "words")]
