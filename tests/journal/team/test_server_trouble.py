"""What a person reads when a server does not do what they meant; and that no password is ever in it."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL

from poise.journal.entries import KeptMoment, Person
from poise.journal.team import Steward, TeamJournal, set_up
from poise.journal.team.server import SETUP, address, in_words
from poise.journal.trouble import Busy, NoJournal, NoServer, NotAllowed, Refused, Trouble

from ..postgres import server as servers
from ..postgres.fixtures import need_a_server
from ..postgres.server import Server
from ..postgres.team import PASSPHRASE, PASSWORDS, ROLES, Team, new_team, template

SECRET = "hunter2-zyzzyva"


@contextmanager
def _said(trouble: type[Trouble], message: str) -> Iterator[None]:
    with pytest.raises(trouble) as found:
        yield
    assert str(found.value) == message
    assert found.value.__suppress_context__ or found.value.__context__ is None


def test_a_server_that_does_not_answer_is_named() -> None:
    gone = (
        "the team's server does not answer. Everything kept before is safe\n"
        "  look whether it runs and whether you are on its network, then try again"
    )
    for url in (
        f"postgresql://poise_app:{SECRET}@127.0.0.1:1/poise",
        f"postgresql://poise_app:{SECRET}@/poise?host=/nowhere",
        f"postgresql://poise_app:{SECRET}@no-such-host.invalid/poise",
    ):
        with _said(NoServer, gone):
            TeamJournal.open(url, "Kim", PASSPHRASE)
        with _said(NoServer, gone), Steward.open(url) as steward:
            steward.members()


def test_a_wrong_password_or_database_is_named(team: Team) -> None:
    message = (
        "the team's server did not let this program in\n"
        "  look at the user, the password and the database in its address"
    )
    for url in (
        team.url(password=SECRET),
        team.server.url("no_such_database", "poise_app", PASSWORDS["poise_app"]),
        team.server.url(team.database, "poise_owner", SECRET),
    ):
        with _said(NotAllowed, message):
            TeamJournal.open(url, "Kim", PASSPHRASE)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        f"mysql://a:{SECRET}@h/d",
        f"sqlite:///{SECRET}",
        f"postgresql://a:{SECRET}@h",
        f"postgresql://a:{SECRET}@h:port/d",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    message = (
        "this is not the address of a PostgreSQL server and a database on it\n"
        "  it looks like postgresql://user:password@host/database"
    )
    with _said(Refused, message):
        TeamJournal.open(url, "Kim", PASSPHRASE)


def test_across_a_network_the_servers_certificate_is_checked() -> None:
    for url in ("postgresql://a:b@db.example.org/poise", "postgresql:///poise?host=10.0.0.7"):
        assert address(url).query["sslmode"] == "verify-full"
    for url in ("postgresql://a:b@localhost/poise", "postgresql:///poise?host=/run/postgresql", "postgresql:///poise"):
        assert "sslmode" not in address(url).query
    assert address("postgresql://a:b@db.example.org/poise?sslmode=require").query["sslmode"] == "require"
    assert isinstance(address("postgres" + "ql+psycopg://a:b@h/d"), URL)


def test_a_poise_without_the_extra_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from poise.journal.team import Steward; Steward.open('postgresql://a:b@localhost/d')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    said = "Trouble: a server cannot be reached: psycopg is not installed\n  pip install 'poise[team]'\n"
    assert done.stderr.endswith(said)


def test_a_database_without_a_team_is_named(server: Server) -> None:
    server.ask("CREATE DATABASE bare")
    with pytest.raises(NoJournal, match=r"no team was set up in this database\n  look at the address"):
        TeamJournal.open(server.url("bare", "poise_app", PASSWORDS["poise_app"]), "Kim", PASSPHRASE)


def test_no_password_and_no_word_is_in_an_error_or_a_log(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown = []
    with team.joined() as journal:
        sam = journal.keep(Person(nickname=SECRET))
        shown += [repr(journal), repr(journal.vault), repr(journal.vault._engine), repr(journal.vault.seal)]
        for wrong in (
            lambda: journal.keep(Person(nickname=SECRET, uid=sam.uid)),
            lambda: TeamJournal.open(team.url(password=SECRET), "Kim", SECRET),
            lambda: TeamJournal.open(f"postgresql://a:{SECRET}@127.0.0.1:1/d", "Kim", SECRET),
            lambda: set_up(f"postgresql://a:{SECRET}@127.0.0.1:1/d", dict.fromkeys(ROLES, SECRET)),
            lambda: set_up(team.url("poise_steward"), dict.fromkeys(ROLES, SECRET)),
        ):
            with pytest.raises(Trouble) as found:
                wrong()
            shown += [str(found.value), repr(found.value)]
    for text in (*shown, caplog.text):
        for secret in (SECRET, *PASSWORDS.values(), PASSPHRASE):
            assert secret not in text


def test_whoever_waits_too_long_for_another_process_is_told_so(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    name = team.member()
    monkeypatch.setitem(SETUP, "lock_timeout", "50ms")
    with TeamJournal.open(team.url(), name, PASSPHRASE) as one, TeamJournal.open(team.url(), name, PASSPHRASE) as two:
        with (
            one.vault.writing(),
            pytest.raises(Busy, match="this was not kept: another Poise was writing for too long"),
        ):
            two.keep(Person(nickname="Sam"))
        two.keep(Person(nickname="Sam"))
        assert len(one.people()) == 1


def test_a_refusal_of_the_server_is_said_in_words(team: Team) -> None:
    refused = pytest.raises(NotAllowed, match="does not allow this; nothing was changed")
    with team.joined() as journal, refused, journal.vault.writing() as connection:
        connection.exec_driver_sql("TRUNCATE people CASCADE")


def test_setting_up_says_which_password_is_missing_and_can_be_run_again(
    server: Server, another_team: Callable[[], Team]
) -> None:
    with pytest.raises(Refused, match="a password is missing for poise_backup, poise_steward"):
        set_up(server.url(), {"poise_app": "x"})
    team = another_team()
    with team.joined("Kim") as journal:
        kept = journal.keep(KeptMoment(remark="words"))
    set_up(server.url(team.database), PASSWORDS)
    with TeamJournal.open(team.url(), "Kim", PASSPHRASE) as journal:
        assert journal.moments() == [kept]


def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    server.ask("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(Refused, match="this database is not in UTF-8"):
        set_up(server.url("latin"), PASSWORDS)


def test_times_are_the_same_whatever_the_servers_clock_and_locale_say(another_team: Callable[[], Team]) -> None:
    team = another_team()
    for setting in ("timezone = 'Asia/Kathmandu'", "datestyle = 'SQL, DMY'", "intervalstyle = 'sql_standard'"):
        team.ask(f"ALTER DATABASE {team.database} SET {setting}")
    with team.joined("Kim") as journal:
        kept = journal.keep(KeptMoment(remark="words"))
        assert journal.get(KeptMoment, kept.uid).happened_at == kept.happened_at
        with journal.vault.reading() as connection:
            connection.exec_driver_sql("SET LOCAL timezone = 'America/St_Johns'")
            from poise.journal import finding  # noqa: PLC0415

            assert finding.get(connection, KeptMoment, kept.uid) == kept
        assert journal.faults() == []


def test_an_unknown_error_is_named_by_its_code_alone() -> None:
    from psycopg.errors import DivisionByZero  # noqa: PLC0415
    from sqlalchemy.exc import DataError  # noqa: PLC0415

    with (
        pytest.raises(Trouble, match=r"^the team's server could not do this: 22012\n  nothing was changed$"),
        in_words(),
    ):
        raise DataError(f"SELECT {SECRET}", {}, DivisionByZero(SECRET))


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test stops and starts. It waits for its disk, as servers do."""
    need_a_server()
    with servers.running() as found:
        template(found)
        yield found


@pytest.mark.long
def test_who_owns_a_database_and_may_make_roles_can_set_a_team_up(own_server: Server) -> None:
    """Without being a superuser, as on a server that somebody else runs."""
    own_server.ask("DROP DATABASE team_template")
    for role in (*ROLES, "poise_owner"):
        own_server.ask(f"DROP ROLE {role}")
    own_server.ask(f"CREATE ROLE host LOGIN CREATEROLE PASSWORD '{SECRET}'")
    own_server.ask("CREATE DATABASE hosted OWNER host TEMPLATE template0 ENCODING 'UTF8'")
    set_up(own_server.url("hosted", "host", SECRET), PASSWORDS)
    set_up(own_server.url("hosted", "host", SECRET), PASSWORDS)
    team = Team(own_server, "hosted")
    with team.joined() as journal:
        kept = journal.keep(KeptMoment(remark="words"))
        assert journal.moments() == [kept]
        assert journal.faults() == []
    team.close()


def test_what_was_acknowledged_is_there_after_the_server_crashed_and_the_journal_goes_on(own_server: Server) -> None:
    team = new_team(own_server)
    own_server.stop()
    own_server.start("fsync=on", "full_page_writes=on")
    with team.joined("Kim") as journal:
        kept = [journal.keep(KeptMoment(remark=f"words {number}")) for number in range(10)]
        own_server.stop(signal.SIGQUIT)
        with pytest.raises(NoServer):
            journal.keep(KeptMoment(remark="nobody takes this"))
        with pytest.raises(NoServer):
            journal.moments()
        own_server.start("fsync=on", "full_page_writes=on")
        assert journal.moments() == kept[::-1], "the same journal goes on, without being opened again"
        assert journal.faults() == []
        assert [moment.uid for moment in journal.search("words")] == [moment.uid for moment in kept[::-1]]
    team.close()
