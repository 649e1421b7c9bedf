"""The rulebooks in a practice: the person's own copies, which nobody else rewrites."""

from __future__ import annotations

import codecs
import threading
from datetime import UTC, datetime
from pathlib import Path

from ..journal.journal import Journal
from ..journal.sealing.files import in_words, make_folder, write_whole
from ..journal.trouble import AlreadyThere
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.reading import read as read_text
from ..rulebook.rulebook import Rulebook
from ..shelf import Book, flattened
from .book_history import FOUND, WRITTEN, ChangedMeanwhile, History, Step, hash_of
from .help_sheet import NAME as HELP

FOLDER = "rulebooks"
IN_USE = "book"
"""The setting that names the rulebook in use."""


class Books:
    """The rulebooks in a practice's folder, by name: to be read while it is locked, too.

    A text is read once, whichever day it is from.
    """

    def __init__(self, practice: Path) -> None:
        self._folder = practice / FOLDER
        self._read: dict[str, Rulebook] = {}
        self._texts: dict[str, str] = {}

    @property
    def names(self) -> list[str]:
        """The names of all."""
        return sorted(path.stem for path in self._folder.glob("*.yaml"))

    @property
    def in_use(self) -> str:
        """The name of the one in use; while locked nobody knows it, and it is the first."""
        return next(iter(self.names), "")

    def text(self, name: str = "") -> str:
        """The text of one (the one in use), as it is today. Raises Mistakes."""
        name = name or self.in_use
        if name not in self.names:
            message = f"there is no rulebook `{clipped(name)}` in this practice"
            help = did_you_mean(name, self.names, f"there are: {', '.join(self.names) or 'none yet'}")
            raise Mistakes([Mistake("no-book", message, help=help)])
        path, data = self._data(name)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            read_text(path.name, data)  # says where
            raise

    def _data(self, name: str) -> tuple[Path, bytes]:
        """Where one stands, and what is in the file. Raises Trouble."""
        path = self._folder / f"{name}.yaml"
        with in_words("the rulebook", path):
            return path, path.read_bytes()

    def read(self, name: str = "") -> Rulebook:
        """One of them (the one in use), as it is today. Raises Mistakes."""
        return self.understood(name or self.in_use, self.text(name))

    def understood(self, name: str, text: str) -> Rulebook:
        """The rulebook that a text says. Raises Mistakes."""
        key = hash_of(text)
        if key not in self._read:
            read = read_text(f"{name}.yaml", text)
            self._texts[key] = text
            return self._read.setdefault(key, read)  # two may read at once: one of the two stays
        return self._read[key]

    def known(self, sha256: str) -> Rulebook | None:
        """The rulebook of a text that was read already, by the hash of the text."""
        return self._read.get(sha256)

    def text_of(self, book: Rulebook) -> str:
        """The text that a rulebook was read from here, whatever the file says by now. Raises Mistakes."""
        for key, read in list(self._read.items()):
            if read is book:
                return self._texts[key]
        message = f"`{clipped(book.name)}` is not a rulebook of this practice"
        raise Mistakes([Mistake("no-book", message, help="weigh by one that is")], "Nothing was kept.")


class OwnBooks(Books):
    """The rulebooks of one open practice: one of them is in use, and new ones can be written down."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal.vault.folder)
        self._journal = journal
        self._history = History(journal)
        self._writing = threading.Lock()

    @property
    def in_use(self) -> str:
        """The name of the one in use."""
        return str(self._journal.setting(IN_USE, super().in_use))

    def adopt(self, book: Book) -> str:
        """Copy a rulebook, its includes written into it, and use it. Returns its name. Raises Mistakes or Trouble."""
        return self.put(name_of(book), flattened(book))

    def put(self, name: str, text: str) -> str:
        """Write a new rulebook down, and use it. Raises Trouble."""
        path = self._folder / f"{name}.yaml"
        if path.exists():
            raise AlreadyThere(
                "there is a rulebook `{name}` in this practice already", "give the file another name", name=name
            )
        make_folder(path.parent)
        write_whole(path, text.encode("utf-8"))
        self._journal.set(IN_USE, name)
        return name

    def use(self, name: str) -> None:
        """Use one of them. Raises Mistakes."""
        self.text(name)
        self._journal.set(IN_USE, name)

    def rewrite(self, name: str, text: str, instead_of: str, how: str = WRITTEN) -> None:
        """Write a changed text in the place of the one with the hash `instead_of`. Both stay in the history.

        Raises Mistakes where the text cannot be understood, ChangedMeanwhile where another one stands there by now, or
        Trouble. Then nothing is changed.
        """
        self.understood(name, text)
        with self._writing:
            standing = self.text(name)
            if hash_of(standing) != instead_of:
                raise ChangedMeanwhile
            path, data = self._data(name)
            mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
            self._history.found(name, standing, _written_at(path))
            self._journal.keep_text(text)
            write_whole(path, mark + text.encode("utf-8"))
            self._history.add(name, text, how)

    def history(self, name: str) -> list[Step]:
        """Every text a rulebook has had, as far as is known, the first one first; the last is the one of today.

        Raises Mistakes.
        """
        steps, standing = self._history.steps(name), self.text(name)
        if steps and steps[-1].sha256 == hash_of(standing):
            return steps
        return [*steps, Step(_written_at(self._data(name)[0]), hash_of(standing), FOUND)]


def _written_at(path: Path) -> datetime:
    """When a file was written last."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()


def name_of(book: Book) -> str:
    """What a book is called in a practice: its file's name, or the starter's."""
    return Path(book).stem


def texts_beside(folder: Path) -> dict[str, str]:
    """What lies beside the journal and belongs into its copies: the rulebooks, and the help sheet."""
    found = [*sorted((folder / FOLDER).glob("*.yaml")), *folder.glob(HELP)]
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace") for path in found}
