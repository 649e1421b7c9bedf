"""`keys.json`: the data key, wrapped by the passphrase and by the recovery kit. Useless without one of them.

The file has a version, a checksum (so that damage is not mistaken for a wrong passphrase) and a twin beside it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..trouble import Damaged, NewerFile, NoJournal, WrongKey
from .files import in_words, write_whole
from .keys import STRONG, DataKey, Derivation, WrappedKey, fit_passphrase, passphrase_secret, unwrap, wrap
from .recovery import RecoveryKit

NAME = "keys.json"
TWIN = "keys.twin.json"
VERSION = 1
MOST_BYTES = 100_000
PASSPHRASE, RECOVERY = "passphrase", "recovery"
_ABOUT = "The keys of a Poise journal, wrapped. They open nothing without its passphrase or recovery kit."


@dataclass(frozen=True)
class KeyFile:
    """What the key file says. `journal` names the journal it belongs to."""

    journal: str
    wraps: dict[str, WrappedKey]
    kit_proved: datetime | None = None

    def open(self, passphrase: str) -> DataKey:
        """The data key. Raises WrongKey."""
        found = unwrap(self.wraps[PASSPHRASE], passphrase_secret(passphrase), self._purpose(PASSPHRASE))
        if found is None:
            message = "the journal was not opened: this is not its passphrase"
            raise WrongKey(message, "try again, or use the recovery kit; nothing was changed")
        return found

    def recover(self, kit: RecoveryKit) -> DataKey:
        """The data key, by the recovery kit. Raises WrongKey."""
        found = unwrap(self.wraps[RECOVERY], kit.secret, self._purpose(RECOVERY))
        if found is None:
            message = "the journal was not opened: this recovery kit belongs to another journal, or was replaced"
            raise WrongKey(message, "look for the sheet printed last for this journal; nothing was changed")
        return found

    def with_passphrase(self, key: DataKey, passphrase: str, derivation: Derivation = STRONG) -> KeyFile:
        """The same, opened by another passphrase. Raises Refused."""
        secret = passphrase_secret(fit_passphrase(passphrase))
        wrapped = wrap(key, secret, self._purpose(PASSPHRASE), derivation)
        return replace(self, wraps={**self.wraps, PASSPHRASE: wrapped})

    def with_kit(self, key: DataKey, kit: RecoveryKit, derivation: Derivation = STRONG) -> KeyFile:
        """The same, opened by another recovery kit, which is not proved yet."""
        wrapped = wrap(key, kit.secret, self._purpose(RECOVERY), derivation)
        return replace(self, wraps={**self.wraps, RECOVERY: wrapped}, kit_proved=None)

    def _purpose(self, name: str) -> str:
        return f"poise keys {VERSION} {self.journal} {name}"


def new_keys(passphrase: str, derivation: Derivation = STRONG) -> tuple[DataKey, RecoveryKit, KeyFile]:
    """A random data key, its recovery kit, and the key file that wraps it by both. Raises Refused."""
    key, kit = DataKey.new(), RecoveryKit.new()
    file = KeyFile(uuid.uuid4().hex, {}).with_passphrase(key, passphrase, derivation)
    return key, kit, file.with_kit(key, kit, derivation)


def write_keys(folder: Path, file: KeyFile) -> None:
    """Write the key file, then its twin. Raises Trouble."""
    data = to_bytes(file)
    write_whole(folder / NAME, data)
    write_whole(folder / TWIN, data)


def read_keys(folder: Path) -> KeyFile:
    """The key file, or its twin where the file is gone or damaged. Raises NoJournal, NewerFile, Damaged."""
    missing = [name for name in (NAME, TWIN) if not (folder / name).is_file()]
    if len(missing) == 2:
        raise NoJournal("there is no journal in {folder}", "`poise start` sets one up", folder=folder)
    for name in (NAME, TWIN):
        try:
            return from_bytes(_bytes_of(folder / name))
        except (Damaged, FileNotFoundError):
            continue
    message = "the key file `{name}` is damaged; nothing was changed"
    raise Damaged(message, "the same file is in every backup: put that one in its place", name=NAME)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(path)
    with in_words("the key file", path), path.open("rb") as file:
        return file.read(MOST_BYTES)


def to_bytes(file: KeyFile) -> bytes:
    """The key file's text."""
    data: dict[str, Any] = {
        "poise_keys": VERSION,
        "about": _ABOUT,
        "journal": file.journal,
        "kit_proved": file.kit_proved.astimezone(UTC).isoformat() if file.kit_proved else None,
        **{name: wrapped.as_dict() for name, wrapped in file.wraps.items()},
    }
    return (json.dumps({**data, "checksum": _checksum(data)}, indent=2) + "\n").encode()


def from_bytes(data: bytes) -> KeyFile:
    """The key file that a text says. Raises NewerFile or Damaged."""
    try:
        said = json.loads(data)
        checksum = said.pop("checksum")
        if said["poise_keys"] > VERSION:
            raise NewerFile("the journal was set up by a newer Poise than this one", "update Poise, then open it again")
        if checksum != _checksum(said):
            raise ValueError
        proved = datetime.fromisoformat(said["kit_proved"]) if said["kit_proved"] else None
        wraps = {name: WrappedKey.from_dict(said[name]) for name in (PASSPHRASE, RECOVERY)}
        return KeyFile(said["journal"], wraps, proved)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Damaged("the key file `{name}` is damaged", name=NAME) from None


def _checksum(data: dict[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
