"""A practice that is open: what one can keep in it, and ask of it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Self

from ..journal import copies, waiting
from ..journal.copies import Copy
from ..journal.journal import Journal
from ..journal.opening import Clock, clock
from ..journal.sealing.keys import STRONG, Derivation
from ..shelf import Book, flattened
from .books import name_of, texts_beside
from .foresight import Foreseeing
from .keeping import Keeping
from .learning import Learning
from .looking_back import LookingBack
from .moving import Moving

Folder = str | os.PathLike[str]


def home() -> Path:
    """Where a practice is, unless one says otherwise: `POISE_HOME`, or the system's place for a person's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nobody names a folder

    named = os.environ.get("POISE_HOME")
    return Path(named) if named else user_data_path("poise", appauthor=False) / "practice"


def restore(copy: Folder, path: Folder, passphrase: str) -> None:
    """Put a sealed copy in the place of a practice that nobody has open, or where none is. Raises Trouble."""
    copies.restore(Path(copy), Path(path), passphrase)


class Practice(Keeping, LookingBack, Moving, Foreseeing, Learning):
    """An open practice. `books` are its rulebooks; `journal` is what is remembered."""

    @classmethod
    def create(
        cls,
        path: Folder,
        passphrase: str,
        *,
        book: Book = "among_friends",
        now: Clock = clock,
        derivation: Derivation = STRONG,
    ) -> Self:
        """Make a practice in a new folder, with a copy of `book` that is the person's own from then on.

        `journal.vault.kit` is the recovery kit, to be shown and proved. Raises Mistakes or Trouble.
        """
        text, folder = flattened(book), Path(path)
        beside = partial(texts_beside, folder)
        practice = cls(Journal.create(folder, passphrase, now=now, beside=beside, derivation=derivation))
        practice.books.put(name_of(book), text)
        waiting.prepare(practice.journal)
        return practice

    @classmethod
    def open(cls, path: Folder, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its passphrase. Raises Trouble."""
        return cls(Journal.open(Path(path), passphrase, now=now, beside=partial(texts_beside, Path(path))))

    @classmethod
    def recover(cls, path: Folder, kit: str, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its recovery kit, and set a new passphrase. Raises Trouble."""
        return cls(Journal.recover(Path(path), kit, passphrase, now=now, beside=partial(texts_beside, Path(path))))

    def lock(self) -> None:
        """Drop the key and close the connections, and what was worked out from the journal."""
        self.forget_learned()
        self.journal.lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    def change_passphrase(self, new: str) -> None:
        """Wrap the same key by another passphrase. Copies made before still open by the old one. Raises Refused."""
        self.journal.vault.set_passphrase(new)

    def backup(self, target: Folder | None = None) -> Copy:
        """A sealed copy of journal and rulebooks: in the practice, in a folder, or as a file. Raises Trouble."""
        return self.journal.backup(Path(target) if target else None)
