"""The sealed file: SQLite inside SQLCipher. Every statement that only SQLite understands is in here, and in `fts`.

A page that was tampered with or damaged does not match its seal (HMAC-SHA512) and is never read as if it were fine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from ..trouble import Busy, Damaged, NoJournal, NoRoom, NotAllowed, Trouble
from . import fts
from .files import make_file, settle
from .keys import DataKey

NAME = "journal.db"
SECONDS_TO_WAIT = 15
"""For another process to finish writing."""

SETUP = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
)


def open_engine(path: Path, key: DataKey) -> Engine:
    """The sealed file at `path`; each connection is keyed as it is made. The file must be there."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key),
        module=driver,
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", begin)
    return engine


def open_memory() -> Engine:
    """An index to search by that lies in this process's memory alone, and is gone with it."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: driver.connect(":memory:", isolation_level=None, check_same_thread=False),
        module=driver,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    with engine.connect() as connection:
        for statement in ("PRAGMA temp_store = MEMORY", *fts.MAKE):
            connection.exec_driver_sql(statement)
    event.listen(engine, "begin", begin)
    return engine


def connect(path: Path, key: DataKey) -> Any:
    """A keyed connection. Raises Locked, NoJournal or Trouble."""
    if not path.is_file():
        raise NoJournal("the journal's file `{path}` is missing; its keys are there", WAY_BACK, path=path.name)
    with in_words():
        found = driver.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=SECONDS_TO_WAIT,
        )
        try:
            found.execute("PRAGMA cipher_log_level = NONE")
            found.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
            for statement in SETUP:
                found.execute(statement)
        except BaseException:
            found.close()
            raise
        return found


def begin(connection: Connection) -> None:
    """Who means to write says so at once: two that read first could not both go on."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def is_empty(connection: Connection) -> bool:
    """Whether there is no table yet."""
    return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()


# The file as a whole


def copy_into(engine: Engine, target: Path) -> None:
    """A consistent copy, sealed by the same key, while others read and write. Raises Trouble."""
    with in_words(), _bare(engine) as connection:
        make_file(target)
        connection.execute("VACUUM INTO ?", (str(target),))
    settle(target)


def compact(engine: Engine) -> None:
    """Write the file anew without what was deleted, and empty the write-ahead log. Raises Trouble."""
    with in_words(), _bare(engine) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def single_file(engine: Engine) -> None:
    """Write the log into the file and do without one, as befits a copy. Raises Trouble."""
    with in_words(), _bare(engine) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def faults(engine: Engine) -> list[str]:
    """What is wrong with the file: pages against their seals, then the tables, the references, the index."""
    try:
        with _bare(engine) as connection:
            found = _unlike_their_seals(connection)
            if found:  # a checkpoint that a reader held up leaves pages behind that are whole in the log alone
                with suppress(driver.Error):
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                found = _unlike_their_seals(connection)
            if not found:
                found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
                found += [
                    f"{row[0]} {row[1]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")
                ]
                connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    except (driver.Error, Damaged) as error:
        return [*locals().get("found", []), str(error).splitlines()[0]]
    return found


def _unlike_their_seals(connection: Any) -> list[str]:
    """The pages of the file itself that do not match their seals; the log beside it is not looked at."""
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]


@contextmanager
def _bare(engine: Engine) -> Iterator[Any]:
    """A connection without a transaction around it."""
    connection = engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()


# What went wrong, in words

WAY_BACK = "`poise restore` brings back the newest copy"


@contextmanager
def in_words() -> Iterator[None]:
    """Say in plain words what the database could not do. The statement and its words are left out."""
    try:
        yield
    except DBAPIError as error:
        raise _said(getattr(error.orig, "sqlite_errorname", "") or "", str(error.orig)) from None
    except driver.Error as error:
        raise _said(getattr(error, "sqlite_errorname", "") or "", str(error)) from None


def _said(name: str, message: str) -> Trouble:
    """The trouble that an SQLite result code means."""
    for codes, trouble in _TROUBLES.items():
        if name.startswith(codes):
            return type(trouble)(trouble.what, trouble.way_out)
    return Trouble("the journal could not do this: {name}", "nothing was changed", name=name or message)


_TROUBLES: dict[tuple[str, ...], Trouble] = {
    ("SQLITE_FULL",): NoRoom(
        "this was not kept: the disk is full. Everything kept before is safe", "make some room, then try again"
    ),
    ("SQLITE_BUSY", "SQLITE_LOCKED"): Busy(
        "this was not kept: another Poise was writing for too long", "try again in a moment"
    ),
    ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_DATA"): Damaged(
        "the journal's file `{file}` is damaged: a part of it does not match its seal", WAY_BACK, file=NAME
    ),
    ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "SQLITE_AUTH"): NotAllowed(
        "the journal's file `{file}` cannot be written here",
        "look at who owns the folder, and whether it is read-only",
        file=NAME,
    ),
    ("SQLITE_IOERR",): NotAllowed(
        "this was not kept: the disk did not take it. Everything kept before is safe",
        "look whether the disk is full or failing, then try again",
    ),
}
