"""A sealed folder: its keys, its encrypted file, and who has it open.

keys.json, keys.twin.json   the data key, wrapped
journal.db (-wal, -shm)     the sealed file
copies/                     sealed copies
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from ..trouble import AlreadyThere
from . import sqlite
from .files import Guard, in_words, keep_private, make_file, make_folder, settle
from .keyfile import NAME as KEYS
from .keyfile import TWIN, KeyFile, new_keys, read_keys, write_keys
from .keys import STRONG, DataKey, Derivation
from .recovery import RecoveryKit
from .unlocked import Unlocked
from .wiping import wipe_freed


class Vault(Unlocked):
    """An open sealed folder."""

    def __init__(self, folder: Path, key: DataKey, keys: KeyFile) -> None:
        """Hold the folder, with a key that was unwrapped. Raises Busy."""
        super().__init__(key, keys)
        self.folder = folder
        self.guard = Guard(folder)
        self.engine = sqlite.open_engine(folder / sqlite.NAME, key)
        self._writer = self.engine.execution_options(writing=True)
        self._turn = threading.RLock()  # SQLite lets one write: others wait here, where they hold no connection

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, fill: Callable[[Vault], None], derivation: Derivation = STRONG
    ) -> Vault:
        """Make a sealed folder: all of it, with what `fill` puts in, or nothing. Raises Trouble."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AlreadyThere(
                "there is something in {folder} already", "name a folder that is new or empty", folder=folder
            )
        key, kit, keys = new_keys(passphrase, derivation)
        scratch = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        try:
            with in_words("the folder", folder):
                folder.parent.mkdir(parents=True, exist_ok=True)
                make_folder(scratch)
                make_file(scratch / sqlite.NAME)
            write_keys(scratch, keys)
            _filled(cls(scratch, key, keys), fill)
            _into_place(scratch, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        vault = cls(folder, key, keys)
        vault.kit = kit
        return vault

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Vault:
        """Open by passphrase. Raises NoJournal, WrongKey, Busy or Trouble."""
        keys = read_keys(folder)
        return cls._opened(folder, keys.open(passphrase), keys)

    @classmethod
    def recover(cls, folder: Path, kit: RecoveryKit, passphrase: str) -> Vault:
        """Open by recovery kit, and set a new passphrase. Raises WrongKey, Refused or Trouble."""
        keys = read_keys(folder)
        vault = cls._opened(folder, keys.recover(kit), keys)
        try:
            vault.set_passphrase(passphrase)
        except BaseException:
            vault.lock()
            raise
        return vault

    @classmethod
    def _opened(cls, folder: Path, key: DataKey, keys: KeyFile) -> Vault:
        with in_words("the folder", folder):
            for path in (folder, *(folder / name for name in (KEYS, TWIN, sqlite.NAME))):
                if path.exists():
                    keep_private(path)
        vault = cls(folder, key, keys)
        try:
            if not (folder / TWIN).is_file() or not (folder / KEYS).is_file():
                write_keys(folder, keys)
            with vault.reading() as connection:
                sqlite.is_empty(connection)
        except BaseException:
            vault.lock()
            raise
        return vault

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads. Raises Locked or Trouble."""
        self.key.secret  # noqa: B018 - says so where it is locked
        with sqlite.in_words(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is on the disk when this ends, or none. Raises Locked or Trouble."""
        self.key.secret  # noqa: B018
        with self._turn, sqlite.in_words(), self._writer.begin() as connection:
            yield connection

    def lock(self) -> None:
        """Drop the key, close the connections and wipe what they left in memory."""
        self.kit = None
        self.key.drop()
        self.engine.dispose()
        self.guard.release()
        wipe_freed()

    def keep_keys(self, keys: KeyFile) -> None:
        """Write the key file and its twin. Raises Trouble."""
        write_keys(self.folder, keys)


def _filled(vault: Vault, fill: Callable[[Vault], None]) -> None:
    """Fill a new folder and close it, without dropping the key."""
    try:
        fill(vault)
    finally:
        vault.engine.dispose()
        vault.guard.release()


def _into_place(scratch: Path, folder: Path) -> None:
    with in_words("the folder", folder):
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
        settle(folder.parent)
