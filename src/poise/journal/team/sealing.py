"""Seals words one by one, in this process: a server is handed nothing that it could read.

    words key = HKDF-SHA-256(data key, info = "poise words")       RFC 5869
    proof     = HKDF-SHA-256(data key, info = "poise proof")       what a server knows the SHA-256 of
    sealed    = 1 | nonce | AES-256-GCM(words key, nonce, padded)  12 random bytes of nonce

Associated data name the journal, the table, the column and the row: words that were moved do not match their seal.
Nothing shows how long they are but this: 64 bytes, or as Padmé rounds up (Nikitin and others, 2019), by 12 % at most.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column

from ..sealing.keys import KEY_BYTES, NONCE_BYTES, DataKey
from ..tables import Answers, Words
from ..trouble import Damaged, Locked

VERSION = b"\x01"
SHORTEST = 64
_END = b"\x80"


class Seal:
    """What seals a member's words and opens them again, until it is dropped."""

    def __init__(self, key: DataKey, journal: str) -> None:
        self._cipher: AESGCM | None = AESGCM(_derived(key, "poise words", journal))
        self._proof = _derived(key, "poise proof", journal)
        self._journal = journal

    @property
    def proof(self) -> bytes:
        """What shows a server that the data key is here; the key cannot be worked out from it. Raises Locked."""
        if not self._proof:
            raise Locked
        return self._proof

    def close(self, column: Column[Any], row: str, value: Any) -> bytes | None:
        """What a column of words holds in a row, sealed. Raises Locked."""
        if value is None:
            return None
        text = Answers.to_text(value) if isinstance(column.type, Answers) else value
        if not isinstance(text, str):
            raise TypeError(f"{column} holds words")
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._open_cipher().encrypt(nonce, padded(text.encode()), self._place(column, row))

    def open(self, column: Column[Any], row: str, sealed: bytes | None) -> Any:
        """What was sealed there. Raises Damaged where it is not what was sealed for this place, or Locked."""
        if sealed is None:
            return None
        cipher, nonce, rest = self._open_cipher(), sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            if sealed[:1] != VERSION:
                raise InvalidTag
            data = cipher.decrypt(nonce, rest, self._place(column, row))
        except (InvalidTag, ValueError):
            message = f"words in `{column.table.name}` do not match their seal: they were changed on the server"
            raise Damaged(message, "tell who runs the server; a copy of your own has them as they were") from None
        text = data[: data.rindex(_END)].decode()
        return column.type.process_result_value(text, None) if isinstance(column.type, Answers) else text  # type: ignore[arg-type]

    def drop(self) -> None:
        """Forget the keys."""
        self._cipher = None
        self._proof = b""

    def _open_cipher(self) -> AESGCM:
        if self._cipher is None:
            raise Locked
        return self._cipher

    def _place(self, column: Column[Any], row: str) -> bytes:
        return f"{self._journal}\x1f{column.table.name}\x1f{column.name}\x1f{row}".encode()

    def __repr__(self) -> str:
        return "<seal>"


def is_words(column: Any) -> bool:
    """Whether a column holds what is sealed on a server."""
    return isinstance(column.type, (Words, Answers))


def padded(data: bytes) -> bytes:
    """Data, a mark where they end, and zeros up to a length that many share."""
    length = len(data) + 1
    exponent = max(length, SHORTEST).bit_length() - 1
    low = (1 << (exponent - exponent.bit_length())) - 1
    return (data + _END).ljust((max(length, SHORTEST) + low) & ~low, b"\0")


def _derived(key: DataKey, purpose: str, journal: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"{purpose} {journal}".encode()).derive(key.secret)


def digest(secret: bytes) -> bytes:
    """What a server keeps of a secret, to know it again. It is random and long, so that nobody finds it by trying."""
    return sha256(secret).digest()
