"""The keys: a random data key seals the journal; it is kept wrapped, never as it is.

    wrapping key = Argon2id(secret, salt)                       RFC 9106
    wrapped key  = AES-256-GCM(wrapping key, nonce, data key)   with what the wrap is for as associated data

A secret is a passphrase or a recovery kit. Changing the passphrase wraps the same data key anew, 32 bytes.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any, NoReturn

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..trouble import Damaged, Locked, NoRoom, Refused

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST, LONGEST = 8, 1024
"""Characters of a passphrase."""


@dataclass(frozen=True)
class Derivation:
    """What deriving a key by Argon2id costs: memory in KiB, passes over it, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        if not (8 * self.lanes <= self.memory_kib <= 4 << 20 and 1 <= self.passes <= 64 and 1 <= self.lanes <= 16):
            raise Damaged("the key file asks for a key derivation that cannot be", "use another copy of `keys.json`")

    def derive(self, secret: bytes, salt: bytes) -> bytes:
        """A wrapping key."""
        try:
            return hash_secret_raw(secret, salt, self.passes, self.memory_kib, self.lanes, KEY_BYTES, Type.ID)
        except MemoryError:
            message = "the key was not derived: it takes {memory_kib} MB of memory, and they are not free"
            raise NoRoom(message, "close other programs, then try again", memory_kib=self.memory_kib >> 10) from None


STRONG = Derivation()
"""RFC 9106's choice for machines with little memory to spare: 64 MiB, 3 passes, 4 lanes. OWASP asks for less."""


class DataKey:
    """The random key of one journal, in memory until it is dropped."""

    def __init__(self, secret: bytes) -> None:
        self._secret = bytearray(secret)

    @classmethod
    def new(cls) -> DataKey:
        """A random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def secret(self) -> bytes:
        """The key itself. Raises Locked once it is dropped."""
        if not any(self._secret):
            raise Locked
        return bytes(self._secret)

    def drop(self) -> None:
        """Overwrite the key. Copies Python made in passing cannot be reached; they go when their memory is used."""
        self._secret[:] = bytes(KEY_BYTES)

    def __repr__(self) -> str:
        return "<data key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a data key does not leave the process")


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it may lie on a disk."""

    derivation: Derivation
    salt: bytes
    nonce: bytes
    sealed: bytes

    def as_dict(self) -> dict[str, Any]:
        """For the key file."""
        cost = self.derivation
        return {
            "kdf": "argon2id",
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "lanes": cost.lanes,
            "salt": self.salt.hex(),
            "cipher": "aes-256-gcm",
            "nonce": self.nonce.hex(),
            "wrapped": self.sealed.hex(),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> WrappedKey:
        """From the key file. Raises KeyError, TypeError or ValueError where it is not one."""
        if (data["kdf"], data["cipher"]) != ("argon2id", "aes-256-gcm"):
            raise ValueError
        cost = Derivation(int(data["memory_kib"]), int(data["passes"]), int(data["lanes"]))
        return cls(cost, *(bytes.fromhex(data[name]) for name in ("salt", "nonce", "wrapped")))


def wrap(key: DataKey, secret: bytes, purpose: str, derivation: Derivation = STRONG) -> WrappedKey:
    """Wrap a data key. `purpose` (whose journal, which secret) is bound to it, so that wraps cannot be swapped."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(derivation.derive(secret, salt))
    return WrappedKey(derivation, salt, nonce, cipher.encrypt(nonce, key.secret, purpose.encode()))


def unwrap(wrapped: WrappedKey, secret: bytes, purpose: str) -> DataKey | None:
    """The data key, or None where the secret is not the one it was wrapped with."""
    cipher = AESGCM(wrapped.derivation.derive(secret, wrapped.salt))
    try:
        return DataKey(cipher.decrypt(wrapped.nonce, wrapped.sealed, purpose.encode()))
    except InvalidTag:
        return None


def passphrase_secret(passphrase: str) -> bytes:
    """A passphrase as bytes: the same however a keyboard composes its accents (NFC, as in RFC 8265)."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def fit_passphrase(passphrase: str) -> str:
    """A passphrase that is long enough to be one. Raises Refused."""
    if len(passphrase.strip()) < SHORTEST or len(passphrase) > LONGEST:
        message = "a passphrase has {shortest} to {longest} characters"
        raise Refused(
            message,
            "four or five words that only you would put together are easy to keep in mind",
            shortest=SHORTEST,
            longest=LONGEST,
        )
    return passphrase
