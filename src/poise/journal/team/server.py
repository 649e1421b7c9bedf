"""Reaches a PostgreSQL server, and says in plain words what it could not do. Passwords are in no error and no log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from .. import migrations
from ..trouble import Busy, NewerFile, NoJournal, NoRoom, NoServer, NotAllowed, Refused, Trouble

SCHEMA = "poise"
SECONDS_TO_WAIT = 15
"""For another process of the same member to finish writing, and for a server to answer."""
SETUP = {
    "search_path": SCHEMA,
    "timezone": "UTC",
    "datestyle": "ISO",
    "bytea_output": "hex",
    "lock_timeout": f"{SECONDS_TO_WAIT}s",
    "default_transaction_isolation": r"read\ committed",
}
_HERE = ("localhost", "127.0.0.1", "::1")
_ENTER = "SELECT set_config('poise.member', :member, true), set_config('poise.proof', :proof, true)"
_READER = text(_ENTER)
_WRITER = text(f"{_ENTER}, pg_advisory_xact_lock(hashtextextended('poise writer ' || :member, 0))")


def address(url: str) -> URL:
    """A server's address. Across a network it is reached by TLS, and its certificate is checked. Raises Refused."""
    try:
        known = make_url(url)
    except (ArgumentError, ValueError):
        known = None
    if known is None or known.get_backend_name() != "postgresql" or not known.database:
        message = "this is not the address of a PostgreSQL server and a database on it"
        raise Refused(message, "it looks like postgresql://user:password@host/database")
    known = known.set(drivername="postgresql+psycopg")
    host = known.host or known.query.get("host") or _HERE[0]
    if host in _HERE or str(host).startswith("/") or "sslmode" in known.query:
        return known
    return known.update_query_dict({"sslmode": "verify-full", "sslrootcert": "system"})


def open_engine(url: str) -> Engine:
    """Connections to a server; none is made yet. Raises Refused."""
    given: dict[str, Any] = {
        "options": " ".join(f"-c {name}={value}" for name, value in SETUP.items()),
        "connect_timeout": SECONDS_TO_WAIT,
        "application_name": "poise",
        "client_encoding": "utf8",
    }
    try:
        return create_engine(address(url), connect_args=given, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise Trouble("a server cannot be reached: psycopg is not installed", "pip install 'poise[team]'") from None


def check_revision(connection: Connection) -> None:
    """Whether this program and the server's tables fit. Raises NoJournal, NewerFile, Damaged or Trouble."""
    try:
        found = migrations.revision_of(connection)
    except NewerFile:
        message = "the team's server was brought up to date by a newer Poise than this one; nothing was changed"
        raise NewerFile(message, "update Poise, then open it again") from None
    if found is None:
        raise NoJournal("no team was set up in this database", "look at the address, or set one up: docs/team.md")
    if found != migrations.HEAD:
        message = "the team's server is older than this Poise; nothing was changed"
        raise Trouble(message, "who runs it brings it up to date: `Steward.migrate`")


def enter(connection: Connection, member: UUID, proof: bytes, *, to_write: bool) -> None:
    """Be a member, for the transaction that was begun and no longer.

    Who means to write waits until no other process of this member writes, and keeps others waiting until the end.
    """
    connection.execute(_WRITER if to_write else _READER, {"member": str(member), "proof": proof.hex()})


# What went wrong, in words


@contextmanager
def in_words() -> Iterator[None]:
    """Say in plain words what the server could not do. The statement and what was in it are left out."""
    try:
        yield
    except DBAPIError as error:
        raise _said(error.orig) from None


def _said(error: Any) -> Trouble:
    """The trouble that an SQLSTATE means; libpq gives none where nothing was reached."""
    code = getattr(error, "sqlstate", None)
    if code is None:
        return _unreached(getattr(error, "pgconn", None))
    for codes, trouble in _TROUBLES.items():
        if code.startswith(codes):
            return type(trouble)(trouble.what, trouble.way_out)
    return Trouble(f"the team's server could not do this: {code}", "nothing was changed")


def _unreached(connection: Any) -> Trouble:
    """Whether it answered and refused, or did not answer."""
    if connection is not None and connection.used_password:
        return NotAllowed(
            "the team's server did not let this program in",
            "look at the user, the password and the database in its address",
        )
    return NoServer(_GONE.what, _GONE.way_out)


_GONE = NoServer(
    "the team's server does not answer. Everything kept before is safe",
    "look whether it runs and whether you are on its network, then try again",
)
_TROUBLES: dict[tuple[str, ...], Trouble] = {
    ("53100", "53200"): NoRoom("this was not kept: the team's server has no room left", "tell who runs it"),
    ("55P03", "40001", "40P01"): Busy("this was not kept: another Poise was writing for too long", "try again"),
    ("08", "57P", "53", "25P03"): _GONE,
    ("28", "3D", "42501"): NotAllowed(
        "the team's server does not allow this; nothing was changed", "look at who you are there, or ask who runs it"
    ),
}
