"""Letters: what is written while the journal is locked, sealed so that the journal alone can open it.

    shared = ECDH(an ephemeral key, the journal's public key)               P-256, NIST SP 800-56A
    key    = HKDF-SHA-256(shared, salt = both public keys, info = purpose)  RFC 5869
    sealed = AES-256-GCM(key, nonce, words)                                 with the letter's name as associated data

Whoever writes a letter cannot open it again. Browsers have every part of this in WebCrypto, so that a phone can seal
one too. A letter is JSON: which key it is sealed to, and the four parts in base64url.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..trouble import Damaged, NewerFile, WrongKey
from .keys import KEY_BYTES, NONCE_BYTES

VERSION = 1
LONGEST = 4_000_000
"""Bytes of a letter."""
_CURVE = SECP256R1()


@dataclass(frozen=True)
class Address:
    """Where letters go: a journal's name and its public key, an uncompressed point of 65 bytes."""

    journal: str
    point: bytes

    @property
    def key_id(self) -> str:
        """A short name for the key."""
        return hashlib.sha256(self.point).hexdigest()[:16]

    def seal(self, name: str, words: bytes) -> bytes:
        """A letter of that name. Raises Damaged where the address is no key."""
        ephemeral = generate_private_key(_CURVE)
        point, nonce = _point(ephemeral.public_key()), secrets.token_bytes(NONCE_BYTES)
        key = _key(ephemeral, self.point, point, self)
        sealed = AESGCM(key).encrypt(nonce, words, name.encode())
        parts = {"ephemeral": point, "nonce": nonce, "sealed": sealed}
        head = {"poise_letter": VERSION, "journal": self.journal, "key": self.key_id, "name": name}
        return json.dumps({**head, **{part: _text(data) for part, data in parts.items()}}, indent=1).encode() + b"\n"

    def to_plain(self) -> dict[str, Any]:
        """For a file beside the journal: nothing in it is secret."""
        return {"poise_address": VERSION, "journal": self.journal, "point": _text(self.point)}

    @classmethod
    def from_plain(cls, plain: Any) -> Address:
        """The address that a file says. Raises Damaged or NewerFile."""
        try:
            if plain["poise_address"] > VERSION:
                raise NewerFile("letters are sealed by a newer Poise than this one", "update Poise, then try again")
            address = cls(str(plain["journal"]), _bytes(plain["point"]))
            _public(address.point)
        except (KeyError, TypeError, ValueError):
            raise Damaged(
                "the address that letters are sealed to is damaged", "open the journal: it is made anew"
            ) from None
        return address


class LetterKey:
    """The journal's own key, which opens its letters. It is kept in the journal only."""

    def __init__(self, private: EllipticCurvePrivateKey) -> None:
        self._private = private

    @classmethod
    def new(cls) -> LetterKey:
        """A random key."""
        return cls(generate_private_key(_CURVE))

    @classmethod
    def from_text(cls, text: str) -> LetterKey:
        """The key that `text` gave."""
        return cls(derive_private_key(int(text, 16), _CURVE))

    @property
    def text(self) -> str:
        """The key, to keep in the journal."""
        return f"{self._private.private_numbers().private_value:064x}"

    def address(self, journal: str) -> Address:
        """Where letters to it go."""
        return Address(journal, _point(self._private.public_key()))

    def open(self, journal: str, letter: bytes) -> tuple[str, bytes]:
        """(its name, its words). Raises WrongKey for somebody else's letter, Damaged, or NewerFile."""
        address = self.address(journal)
        check_for(address, letter)
        said = _said(letter)
        try:
            name = str(said["name"])
            point = _bytes(said["ephemeral"])
            key = _key(self._private, point, point, address)
            return name, AESGCM(key).decrypt(_bytes(said["nonce"]), _bytes(said["sealed"]), name.encode())
        except (InvalidTag, KeyError, TypeError, ValueError):
            raise Damaged("a letter does not match its seal", "it is left where it is") from None

    def __repr__(self) -> str:
        return "<letter key>"


def mark_of(letter: bytes) -> str:
    """What a letter is known by: a hash of its ephemeral key, 32 hexadecimal digits. Raises Damaged or NewerFile."""
    try:
        return hashlib.sha256(_bytes(_said(letter)["ephemeral"])).hexdigest()[:32]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged("this is not a sealed letter, or not a whole one", "nothing was changed") from None


def check_for(address: Address, letter: bytes) -> None:
    """Raises WrongKey where a letter was sealed to another journal, Damaged, or NewerFile. Nothing is opened."""
    said = _said(letter)
    if (said["journal"], said["key"]) != (address.journal, address.key_id):
        raise WrongKey("this letter was sealed to another journal", "open it where it belongs; nothing was changed")


def _said(letter: bytes) -> dict[str, Any]:
    try:
        said = json.loads(letter[:LONGEST])
        version, _ = said["poise_letter"], (said["journal"], said["key"], said["name"])
        if version > VERSION:
            raise NewerFile("this letter was sealed by a newer Poise than this one", "update Poise, then try again")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged("this is not a sealed letter, or not a whole one", "nothing was changed") from None
    found: dict[str, Any] = said
    return found


def _key(private: EllipticCurvePrivateKey, theirs: bytes, ephemeral: bytes, address: Address) -> bytes:
    shared = private.exchange(ECDH(), _public(theirs))
    info = f"poise letter {VERSION} {address.journal}".encode()
    return HKDF(SHA256(), KEY_BYTES, salt=ephemeral + address.point, info=info).derive(shared)


def _public(point: bytes) -> EllipticCurvePublicKey:
    return EllipticCurvePublicKey.from_encoded_point(_CURVE, point)


def _point(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
