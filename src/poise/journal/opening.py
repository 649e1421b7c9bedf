"""How a journal is made, opened, brought up to date, and locked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from . import copies, finding, keeping, migrations
from .copies import Copy
from .sealing import sqlite
from .sealing.files import Guard
from .sealing.keys import STRONG, Derivation
from .sealing.recovery import RecoveryKit
from .sealing.vault import Vault
from .trouble import Busy, Damaged, NoRoom, NotAllowed

Clock = Callable[[], datetime]
Beside = Callable[[], Mapping[str, str]]
"""What lies beside the journal and belongs into its copies: {name: text}."""


def clock() -> datetime:
    """Now."""
    return datetime.now().astimezone()


def nothing_beside() -> Mapping[str, str]:
    """Nothing."""
    return {}


class OpenJournal:
    """A journal that was opened, until it is locked. `vault` has its keys and its sealed file."""

    def __init__(self, vault: Vault, now: Clock = clock, beside: Beside = nothing_beside) -> None:
        self.vault = vault
        self.now = now
        self._beside = beside

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        now: Clock = clock,
        beside: Beside = nothing_beside,
        derivation: Derivation = STRONG,
    ) -> Self:
        """Make a journal in a new folder: all of it, or nothing. Its `vault.kit` waits to be proved. Raises Trouble."""
        return cls(Vault.create(folder, passphrase, _migrated, derivation), now, beside)

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, now: Clock = clock, beside: Beside = nothing_beside) -> Self:
        """Open by passphrase. Raises NoJournal, WrongKey, NewerFile, Damaged or Busy."""
        _finish_restoring(folder)
        return cls._ready(cls(Vault.open(folder, passphrase), now, beside))

    @classmethod
    def recover(
        cls, folder: Path, kit: str, passphrase: str, *, now: Clock = clock, beside: Beside = nothing_beside
    ) -> Self:
        """Open by the recovery kit, and set a new passphrase. Raises WrongKey, Refused or Trouble."""
        _finish_restoring(folder)
        return cls._ready(cls(Vault.recover(folder, RecoveryKit.read(kit), passphrase), now, beside))

    @classmethod
    def _ready(cls, journal: Self) -> Self:
        try:
            with suppress(Busy), journal.vault.guard.alone():
                copies.tidy(journal.vault.folder)
            journal._bring_up_to_date()
            with suppress(Busy, NoRoom, NotAllowed):
                journal._purge()
        except BaseException:
            journal.lock()
            raise
        return journal

    def _purge(self) -> None:
        """Delete for good what lay in the trash for long."""
        with self.vault.writing() as connection:
            gone = keeping.purge(connection, self.now())
        if gone:
            sqlite.compact(self.vault.engine)

    def _bring_up_to_date(self) -> None:
        """Run the migrations that are due, after a sealed copy of how it was."""
        with self.vault.reading() as connection:
            found = migrations.revision_of(connection)
        if found == migrations.HEAD:
            return
        if found is None:
            raise Damaged("the journal's file `{name}` is empty", sqlite.WAY_BACK, name=sqlite.NAME)
        self.backup(label=f"{copies.AUTOMATIC}{migrations.HEAD}-")
        _migrated(self.vault)
        copies.thin(self.vault.folder)

    def lock(self) -> None:
        """Drop the key and close the connections."""
        self.vault.lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    def backup(self, target: Path | None = None, label: str = "") -> Copy:
        """A sealed copy: in the practice's own `copies`, in a folder, or as a file. Raises Trouble."""
        return copies.make_copy(self.vault, self.now(), self._beside(), target, label)


def _migrated(vault: Vault) -> None:
    with vault.writing() as connection:
        if migrations.revision_of(connection) != migrations.HEAD:
            migrations.migrate(connection)
            finding.index_all(connection)


def _finish_restoring(folder: Path) -> None:
    """Finish a restoring that was stopped halfway."""
    if folder.is_dir() and (folder / ".restored").is_dir():
        guard = Guard(folder)
        try:
            with guard.alone():
                copies.finish(folder)
        finally:
            guard.release()
