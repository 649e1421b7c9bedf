"""Makes sealed copies, and lists them."""

from __future__ import annotations

import secrets
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, insert

from ..sealing import sqlite
from ..sealing.files import in_words, make_file, make_folder, settle
from ..sealing.keyfile import NAME as KEYS
from ..sealing.keyfile import to_bytes
from ..sealing.keys import DataKey
from ..sealing.vault import Vault
from ..tables import files
from ..trouble import AlreadyThere

FOLDER = "copies"
ENDING = ".sealed"
AUTOMATIC = "before-"
"""How the names of copies begin that are made by themselves."""
KEPT = 5
"""Automatic copies that are kept, the newest."""
READ_ME = "READ-ME.txt"
_READ_ME = """A sealed copy of a Poise journal. `poise restore` brings it back; it asks for the passphrase
that was in force when the copy was made, or for the recovery kit.

Without Poise: keys.json says how the data key is wrapped (Argon2id, then AES-256-GCM). journal.db is an
SQLCipher 4 database; its raw key is the data key: PRAGMA key = "x'64 hexadecimal digits'".
"""


class Copy(NamedTuple):
    """A sealed copy: its file, and when it was made."""

    path: Path
    made_at: datetime

    @property
    def automatic(self) -> bool:
        """Whether it was made by itself."""
        return self.path.name.startswith(AUTOMATIC)


def make_copy(
    vault: Vault, now: datetime, beside: Mapping[str, str], target: Path | None = None, label: str = ""
) -> Copy:
    """Write a sealed copy, with the texts of what lies beside the journal. Raises Trouble."""
    name = f"{label or 'copy-'}{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}{ENDING}"
    path = target / name if target and target.is_dir() else target or vault.folder / FOLDER / name
    if path.exists():
        raise AlreadyThere("there is a file `{path}` already", "give the copy another name", path=path.name)
    if target is None:
        make_folder(path.parent)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with in_words("the copy", path), _removed(scratch, scratch.with_suffix(".db")):
        sqlite.copy_into(vault.engine, scratch.with_suffix(".db"))
        _lay_beside(scratch.with_suffix(".db"), vault.key, beside, now)
        _pack(scratch, scratch.with_suffix(".db"), to_bytes(vault.keys))
        scratch.rename(path)
        settle(path.parent)
    return Copy(path, now)


def _lay_beside(path: Path, key: DataKey, beside: Mapping[str, str], now: datetime) -> None:
    """Put the texts of other files into a copy. In a copy there is no write-ahead log: it is one file."""
    engine = sqlite.open_engine(path, key)
    try:
        with sqlite.in_words(), engine.execution_options(writing=True).begin() as connection:
            connection.execute(delete(files))
            rows = [{"name": name, "text": text, "written_at": now} for name, text in beside.items()]
            if rows:
                connection.execute(insert(files), rows)
        sqlite.single_file(engine)
    finally:
        engine.dispose()


def _pack(target: Path, database: Path, keys: bytes) -> None:
    make_file(target)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(READ_ME, _READ_ME)
        archive.writestr(KEYS, keys)
        archive.write(database, sqlite.NAME)
    settle(target)


@contextmanager
def _removed(*paths: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for path in paths:
            for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                name.unlink(missing_ok=True)


def copies(folder: Path) -> list[Copy]:
    """The copies in a practice folder, the newest first."""
    found = [
        Copy(path, _made_at(path)) for path in (folder / FOLDER).glob(f"*{ENDING}") if not path.name.startswith(".")
    ]
    return sorted(found, key=lambda copy: (copy.made_at, copy.path.name), reverse=True)


def thin(folder: Path) -> None:
    """Drop the older automatic copies."""
    for copy in [copy for copy in copies(folder) if copy.automatic][KEPT:]:
        copy.path.unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Drop what a process left behind that was stopped while it made or tried a copy."""
    for path in [*folder.glob(".rehearsal-*"), *folder.glob(".restoring-*")]:
        shutil.rmtree(path, ignore_errors=True)
    for path in (folder / FOLDER).glob(".*"):
        path.unlink(missing_ok=True)


def _made_at(path: Path) -> datetime:
    try:
        return datetime.strptime(path.stem[-22:], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
