"""A journal on a team's server: the same entries, asked for in the same words, each member's under their own key.

journal = TeamJournal.join(url, invitation, passphrase)   # journal.vault.kit is to be printed, and proved
journal = TeamJournal.open(url, name, passphrase)         # or raises Trouble (see trouble.py)
journal.keep(Person(nickname="Sam")); journal.search("sorry"); journal.lock()
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Self

from sqlalchemy import select

from .. import keeping
from ..copies import Copy
from ..journal import Pages
from ..opening import Clock, clock
from ..sealing.keys import STRONG, Derivation
from ..sealing.recovery import RecoveryKit
from ..tables import metadata
from ..trouble import Busy, Damaged, NoRoom, NotAllowed
from . import audit
from .copying import copy_out
from .sealing import is_words
from .vault import Invitation, TeamVault


class TeamJournal(Pages[TeamVault]):
    """A member's journal on a server, until it is locked."""

    def __init__(self, vault: TeamVault, now: Clock = clock) -> None:
        self.vault = vault
        self.now = now

    @classmethod
    def join(
        cls,
        url: str,
        invitation: Invitation,
        passphrase: str,
        *,
        now: Clock = clock,
        derivation: Derivation = STRONG,
    ) -> Self:
        """Take the place one was invited to. `vault.kit` waits to be proved. Raises WrongKey, Refused or Trouble."""
        return cls(TeamVault.join(url, invitation, passphrase, derivation), now)

    @classmethod
    def open(cls, url: str, name: str, passphrase: str, *, now: Clock = clock) -> Self:
        """Open by passphrase. Raises NoJournal, WrongKey, NewerFile, NoServer or Trouble."""
        return cls._ready(cls(TeamVault.open(url, name, passphrase), now))

    @classmethod
    def recover(cls, url: str, name: str, kit: str, passphrase: str, *, now: Clock = clock) -> Self:
        """Open by the recovery kit, and set a new passphrase. Raises WrongKey, Refused or Trouble."""
        return cls._ready(cls(TeamVault.recover(url, name, RecoveryKit.read(kit), passphrase), now))

    @classmethod
    def _ready(cls, journal: Self) -> Self:
        """Delete for good what lay in the trash for long."""
        try:
            with suppress(Busy, NoRoom, NotAllowed), journal.vault.writing() as connection:
                keeping.purge(connection, journal.now())
        except BaseException:
            journal.lock()
            raise
        return journal

    def lock(self) -> None:
        """Drop the keys and close the connections."""
        self.vault.lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    def backup(self, target: Path) -> Copy:
        """A sealed copy of one's own, in a folder or as a file: `copies.restore` makes a practice of it.

        It opens by today's passphrase or recovery kit, without any server. Raises Trouble.
        """
        return copy_out(self.vault, self.now(), target)

    def audit(self, before: audit.Link | None = None, most: int = 100) -> list[audit.Link]:
        """What was done with this journal's entries, and by whom, the last first."""
        with self.vault.reading() as connection:
            return audit.page(connection, self.vault.member, before, most)

    def faults(self) -> list[str]:
        """What is wrong with what the server holds: words against their seals, the audit against its chain."""
        found = []
        with self.vault.reading() as connection:
            for table in metadata.sorted_tables:
                if any(map(is_words, table.columns)):
                    try:
                        for _ in connection.execute(select(table)):
                            pass
                    except Damaged as trouble:
                        found.append(trouble.message)
            broken = audit.first_broken(connection, self.vault.member)
        return found + ([] if broken is None else [f"link {broken} of the audit was changed, or is missing"])
