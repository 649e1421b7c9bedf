"""What is unlocked: a journal's data key, how it is wrapped, and the transactions it can be read and written in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from ..trouble import Locked, WrongKey
from .keyfile import KeyFile
from .keys import DataKey
from .recovery import RecoveryKit


class Unlocked(ABC):
    """A journal's keys and transactions, until it is locked; where it lies is a subclass's to know.

    `kit` is the recovery kit while it waits to be proved, and only in memory.
    """

    def __init__(self, key: DataKey, keys: KeyFile) -> None:
        self.key = key
        self.keys = keys
        self.kit: RecoveryKit | None = None

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads. Raises Locked or Trouble."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes: all of it is kept when this ends, or none. Raises Locked or Trouble."""

    @abstractmethod
    def lock(self) -> None:
        """Drop the key and close the connections."""

    @abstractmethod
    def keep_keys(self, keys: KeyFile) -> None:
        """Keep the wrapped keys where they belong. Raises Trouble."""

    @property
    def locked(self) -> bool:
        """Whether the key was dropped."""
        try:
            return not self.key.secret
        except Locked:
            return True

    def set_passphrase(self, passphrase: str) -> None:
        """Wrap the same data key by another passphrase. Copies made before still open by the old one."""
        cost = self.keys.wraps["passphrase"].derivation
        self._keep(self.keys.with_passphrase(self.key, passphrase, cost))

    def change_passphrase(self, old: str, new: str) -> None:
        """The same, by somebody who knows the old one. Raises WrongKey or Refused."""
        self.keys.open(old).drop()
        self.set_passphrase(new)

    def new_kit(self) -> RecoveryKit:
        """A new recovery kit, to be proved; the old one no longer opens this journal."""
        kit = RecoveryKit.new()
        self._keep(self.keys.with_kit(self.key, kit, self.keys.wraps["recovery"].derivation))
        self.kit = kit
        return kit

    def prove_kit(self, typed: Mapping[int, str], now: datetime) -> None:
        """Prove that the kit was written down, by a few of its groups typed back. Raises WrongKey."""
        if self.kit is None:
            message = "the recovery kit was shown once and is not in memory any more"
            raise WrongKey(message, "make a new one, and prove that")
        self.kit.prove(typed)
        self._keep(replace(self.keys, kit_proved=now))
        self.kit = None

    def recheck_kit(self, kit: RecoveryKit, now: datetime) -> None:
        """Prove a kit once more, the whole of it. Raises WrongKey."""
        self.keys.recover(kit).drop()
        self._keep(replace(self.keys, kit_proved=now))

    def _keep(self, keys: KeyFile) -> None:
        self.keep_keys(keys)
        self.keys = keys
