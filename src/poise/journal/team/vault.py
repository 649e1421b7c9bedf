"""A member's place on a team's server: their keys, unwrapped in this process, and their transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from ..sealing.keyfile import KeyFile, from_bytes, new_keys, to_bytes
from ..sealing.keys import STRONG, DataKey, Derivation
from ..sealing.recovery import RecoveryKit
from ..sealing.unlocked import Unlocked
from ..trouble import NoJournal, WrongKey
from . import server
from .connection import SealedConnection
from .index import SearchIndex
from .sealing import Seal, digest

OPENED = text("INSERT INTO audit (action, kind, count) VALUES ('opened', 'members', 1)")
_KEYS_OF = text("SELECT member, wrapped FROM keys_of(:name)")
_JOIN = text("SELECT join_team(:name, :words, :keys, :proof)")
_KEEP_KEYS = text("UPDATE members SET keys = :keys WHERE id = :member")


class Invitation(NamedTuple):
    """What a steward hands to somebody: the name of their place, and words that are good once."""

    name: str
    words: str


class TeamVault(Unlocked):
    """A member's unlocked place on a server."""

    def __init__(self, engine: Engine, member: UUID, key: DataKey, keys: KeyFile) -> None:
        super().__init__(key, keys)
        self.member = member
        self.seal = Seal(key, keys.journal)
        self.index = SearchIndex()
        self._engine = engine

    @classmethod
    def join(cls, url: str, invitation: Invitation, passphrase: str, derivation: Derivation = STRONG) -> Self:
        """Take the place that one was invited to; `kit` waits to be proved. Raises WrongKey, Refused or Trouble."""
        key, kit, keys = new_keys(passphrase, derivation)
        proof = digest(Seal(key, keys.journal).proof)
        given = {**invitation._asdict(), "keys": to_bytes(keys).decode(), "proof": proof}
        with _reached(url) as engine:
            with server.in_words(), engine.begin() as connection:
                server.check_revision(connection)
                member = connection.execute(_JOIN, given).scalar_one()
            if member is None:
                message = "nobody joined: there is no such invitation, or it was used, or it is older than 14 days"
                raise WrongKey(message, "look at the name and the words of the invitation, or ask for a new one")
            vault = cls(engine, member, key, keys)
        vault.kit = kit
        return vault

    @classmethod
    def open(cls, url: str, name: str, passphrase: str) -> Self:
        """Open by passphrase. Raises NoJournal, WrongKey or Trouble."""
        with _reached(url) as engine:
            member, keys = _keys_of(engine, name)
            return cls._entered(cls(engine, member, keys.open(passphrase), keys))

    @classmethod
    def recover(cls, url: str, name: str, kit: RecoveryKit, passphrase: str) -> Self:
        """Open by recovery kit, and set a new passphrase. Raises NoJournal, WrongKey, Refused or Trouble."""
        with _reached(url) as engine:
            member, keys = _keys_of(engine, name)
            vault = cls._entered(cls(engine, member, keys.recover(kit), keys))
            vault.set_passphrase(passphrase)
            return vault

    @classmethod
    def _entered(cls, vault: Self) -> Self:
        with vault.reading() as connection:
            connection.execute(OPENED)
        return vault

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads; what was opened is in the audit when it ends. Raises Locked or Trouble."""
        with self._transaction(to_write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is on the server when this ends, or none. Raises Locked or Trouble."""
        with self._transaction(to_write=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, to_write: bool) -> Iterator[SealedConnection]:
        self.key.secret  # noqa: B018 - says so where it is locked
        with server.in_words(), SealedConnection(self._engine, self.seal, self.index) as connection, connection.begin():
            server.enter(connection, self.member, self.seal.proof, to_write=to_write)
            yield connection
            connection.note()

    def lock(self) -> None:
        """Drop the keys and what was indexed, and close the connections."""
        self.kit = None
        self.key.drop()
        self.seal.drop()
        self.index.close()
        self._engine.dispose()

    def keep_keys(self, keys: KeyFile) -> None:
        """Keep the wrapped keys on the server. Raises Trouble."""
        with self.writing() as connection:
            connection.execute(_KEEP_KEYS, {"keys": to_bytes(keys).decode(), "member": self.member})


@contextmanager
def _reached(url: str) -> Iterator[Engine]:
    """Connections to a server, closed again where nothing comes of them."""
    engine = server.open_engine(url)
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


def _keys_of(engine: Engine, name: str) -> tuple[UUID, KeyFile]:
    """A member and their wrapped keys. Raises NoJournal, Damaged or Trouble."""
    with server.in_words(), engine.begin() as connection:
        server.check_revision(connection)
        found = connection.execute(_KEYS_OF, {"name": name}).first()
    if found is None:
        raise NoJournal("nobody of that name has joined the team", "look at the name, or join by an invitation first")
    return found.member, from_bytes(found.wrapped.encode())
