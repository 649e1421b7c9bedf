"""The rulebooks in a practice: the person's own copies, which nobody else rewrites."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..journal.journal import Journal
from ..journal.sealing.files import in_words, make_folder, write_whole
from ..journal.trouble import AlreadyThere
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.reading import read as read_text
from ..rulebook.rulebook import Rulebook
from ..shelf import Book, flattened
from .help_sheet import NAME as HELP

FOLDER = "rulebooks"
IN_USE = "book"
"""The setting that names the rulebook in use."""


class OwnBooks:
    """The rulebooks of one practice, by name. A text is read once, whichever day it is from."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._folder = journal.vault.folder / FOLDER
        self._read: dict[str, Rulebook] = {}

    @property
    def names(self) -> list[str]:
        """The names of all."""
        return sorted(path.stem for path in self._folder.glob("*.yaml"))

    @property
    def in_use(self) -> str:
        """The name of the one in use."""
        return str(self._journal.setting(IN_USE, next(iter(self.names), "")))

    def adopt(self, book: Book) -> str:
        """Copy a rulebook, its includes written into it, and use it. Returns its name. Raises Mistakes or Trouble."""
        return self.put(name_of(book), flattened(book))

    def put(self, name: str, text: str) -> str:
        """Write a new rulebook down, and use it. Raises Trouble."""
        path = self._folder / f"{name}.yaml"
        if path.exists():
            raise AlreadyThere(f"there is a rulebook `{name}` in this practice already", "give the file another name")
        make_folder(path.parent)
        write_whole(path, text.encode("utf-8"))
        self._journal.set(IN_USE, name)
        return name

    def use(self, name: str) -> None:
        """Use one of them. Raises Mistakes."""
        self.text(name)
        self._journal.set(IN_USE, name)

    def text(self, name: str = "") -> str:
        """The text of one (the one in use), as it is today. Raises Mistakes."""
        name = name or self.in_use
        if name not in self.names:
            message = f"there is no rulebook `{clipped(name)}` in this practice"
            help = did_you_mean(name, self.names, f"there are: {', '.join(self.names) or 'none yet'}")
            raise Mistakes([Mistake("no-book", message, help=help)])
        path = self._folder / f"{name}.yaml"
        with in_words("the rulebook", path):
            data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            read_text(path.name, data)  # says where
            raise

    def read(self, name: str = "") -> Rulebook:
        """One of them (the one in use), as it is today. Raises Mistakes."""
        return self.understood(name or self.in_use, self.text(name))

    def understood(self, name: str, text: str) -> Rulebook:
        """The rulebook that a text says. Raises Mistakes."""
        key = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if key not in self._read:
            self._read[key] = read_text(f"{name}.yaml", text)
        return self._read[key]


def name_of(book: Book) -> str:
    """What a book is called in a practice: its file's name, or the starter's."""
    return Path(book).stem


def texts_beside(folder: Path) -> dict[str, str]:
    """What lies beside the journal and belongs into its copies: the rulebooks, and the help sheet."""
    found = [*sorted((folder / FOLDER).glob("*.yaml")), *folder.glob(HELP)]
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace") for path in found}
