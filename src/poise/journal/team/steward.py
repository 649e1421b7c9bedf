"""Who runs a team's server: sets it up, invites, brings it up to date, counts. No note can be read from here."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from .. import migrations
from ..migrations.server import APP, BACKUP, OWNER, STEWARD
from ..sealing.recovery import ALPHABET
from ..trouble import AlreadyThere, Refused
from . import server
from .sealing import digest
from .vault import Invitation

_INVITATION = 4, 4
"""Groups of an invitation, and letters of each: 80 random bits."""
_LONGEST_NAME = 80


class Member(NamedTuple):
    """Somebody of the team. `joined_at` is None while the invitation waits."""

    name: str
    invited_at: datetime
    joined_at: datetime | None


def set_up(url: str, passwords: Mapping[str, str]) -> None:
    """Make a database a team's: its roles where they are missing, then its tables. Run again, it changes passwords.

    `url` is that of who owns the database and may make roles; `passwords` are for `poise_app`, `poise_steward` and
    `poise_backup`. Raises Refused or Trouble.
    """
    missing = {APP, STEWARD, BACKUP} - set(passwords)
    if missing:
        raise Refused(f"a password is missing for {', '.join(sorted(missing))}", "nothing was changed")
    with _transaction(server.open_engine(url)) as connection:
        if connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
            raise Refused("this database is not in UTF-8", "make one: CREATE DATABASE poise ENCODING 'UTF8'")
        _make_roles(connection, passwords)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {server.SCHEMA} AUTHORIZATION {OWNER}")
        _migrate(connection)


def _make_roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    """No role is a superuser, or exempt from policies. The steward is the owner only where they say so (`SET ROLE`)."""
    from psycopg import sql  # noqa: PLC0415 - an extra; whoever lacks it is told so in words

    known = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    for role in (OWNER, APP, STEWARD, BACKUP):
        if role not in known:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOINHERIT {'NOLOGIN' if role == OWNER else 'LOGIN'}")
    raw: Any = connection.connection.driver_connection
    for role, password in passwords.items():
        encrypted = raw.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), encrypted)
        connection.exec_driver_sql(statement.as_string(raw))
    connection.exec_driver_sql(f"GRANT {OWNER} TO {STEWARD}, CURRENT_USER")
    if connection.execute(text("SHOW is_superuser")).scalar() == "on":
        # A server that logs what it is asked leaves out what a program proves itself with.
        connection.exec_driver_sql(f"ALTER ROLE {APP} SET log_parameter_max_length = 0")


def _migrate(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")
    if migrations.revision_of(connection) != migrations.HEAD:
        migrations.migrate(connection)


class Steward:
    """Who runs a team's server, until it is closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Reach a server as `poise_steward`. Raises Refused, or Trouble once something is asked."""
        return cls(server.open_engine(url))

    def invite(self, name: str) -> Invitation:
        """Make a place for somebody, to be taken within 14 days. Raises AlreadyThere or Refused."""
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise Refused(f"a member's name is 1 to {_LONGEST_NAME} signs on one line", "nobody was invited")
        words = _words()
        with self._asking() as connection:
            try:
                given = {"name": name, "invitation": digest(words.encode())}
                connection.execute(text("SELECT invite(:name, :invitation)"), given)
            except IntegrityError:
                raise AlreadyThere(f"there is a member called `{name}` already", "give them another name") from None
        return Invitation(name, words)

    def members(self) -> list[Member]:
        """Everybody, in the order of their names."""
        with self._asking() as connection:
            return [Member(*row) for row in connection.execute(text("SELECT * FROM who_is_here()"))]

    def audit_counts(self) -> dict[tuple[str, str], int]:
        """How often anything was done, in the whole team: {(what, with which kind of entry): times}."""
        with self._asking() as connection:
            return {(what, of): times for what, of, times in connection.execute(text("SELECT * FROM audit_counts()"))}

    def broken_links(self) -> dict[str, int]:
        """The first link of each chain that is not what it was: {member's id: its place}; empty where all are whole."""
        with self._asking() as connection:
            rows = connection.execute(text("SELECT whose, link FROM broken_links()"))
            return {str(whose): link for whose, link in rows}

    def migrate(self) -> None:
        """Bring the tables up to date: all of it, or nothing. Raises NewerFile or Trouble."""
        with server.in_words(), self._engine.begin() as connection:
            _migrate(connection)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with server.in_words(), self._engine.begin() as connection:
            server.check_revision(connection)
            yield connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    try:
        with server.in_words(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _words() -> str:
    groups, letters = _INVITATION
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(letters)) for _ in range(groups))
