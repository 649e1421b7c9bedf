"""Where rulebooks stand: the starter books that come with Poise, and files of one's own. The only opener of both.

Paths are joined by `os.path`, as loading `pathlib` would take a fifth of the time that `poise weigh` takes to start.
"""

from __future__ import annotations

import os
import re

from .rulebook.labels import labelled
from .rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from .rulebook.reading import read as read_text
from .rulebook.reading.composing import MOST_BYTES
from .rulebook.rulebook import Rulebook

STARTERS = ("in_the_room", "among_friends", "keeping_the_room")
"""The books that come with Poise, by the name they answer to."""
_SHELF = os.path.join(os.path.dirname(__file__), "rulebooks")

Book = str | os.PathLike[str]


class Copy:
    """One book's text, and the folders its includes and labels are looked for in. Raises Mistakes."""

    def __init__(self, book: Book) -> None:
        self.name = os.fspath(book)
        starter = self.name in STARTERS
        path = os.path.join(_SHELF, f"{self.name}.yaml") if starter else self.name
        self.folders = [_SHELF] if starter else [os.path.dirname(path) or os.curdir, _SHELF]
        self.included: list[str] = []
        self.data = _opened(path, self.name)
        self.file = os.path.basename(path)

    def include(self, name: str) -> bytes | None:
        """The text of an include, by the name written in the book."""
        self.included.append(name)
        return self.beside(name)

    def beside(self, name: str) -> bytes | None:
        """A file beside the book, or one that comes with Poise. Never one out of these folders."""
        if re.fullmatch(r"\w[\w. -]*", name):
            for folder in self.folders:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    return _opened(path, name)
        return None


def read(book: Book, language: str | None = None) -> Rulebook:
    """The rulebook of that name or in that file, with its labels in a language if one is asked for (`zh-Hans`).

    Raises Mistakes: all of them at once.
    """
    copy = Copy(book)
    found = read_text(copy.name, copy.data, copy.include)
    return _labelled(found, copy, language) if language else found


def flattened(book: Book) -> str:
    """The text of a book of one's own: its includes written into it. Raises Mistakes."""
    from .rulebook.editing import flatten

    copy = Copy(book)
    return flatten(copy.name, copy.data, copy.include)


def standing_alone(name: str, text: str) -> str:
    """A book's text with what it includes from the books that come with Poise written into it; else as it is.

    Raises Mistakes.
    """
    from .rulebook.editing import flatten
    from .rulebook.reading.composing import compose

    root = compose(name, text).root
    if root is None or not {"include", "without"} & set(root.entries):
        return text
    return flatten(name, text, Copy(STARTERS[0]).include)


def _labelled(book: Rulebook, copy: Copy, language: str) -> Rulebook:
    """The book with every file of labels in this language that stands beside it or its includes."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise _missing(f"`{clipped(language)}` is not a language tag", "for example `zh-Hans` or `fr`")
    files = [name.removesuffix(".yaml") + f".{language}.yaml" for name in (*copy.included, copy.file)]
    found = [(name, data) for name in files if (data := copy.beside(name)) is not None]
    if not found:
        raise _missing(f"there are no labels in `{language}` for this book", f"they stand beside it, in `{files[-1]}`")
    for name, data in found:
        book = labelled(book, name, data)
    return book


def _missing(message: str, help: str) -> Mistakes:
    return Mistakes([Mistake("no-book", message, help=help)], "Nothing was read.")


def _opened(path: str, name: str) -> bytes:
    """The file's bytes, and hardly more of them than a rulebook can have."""
    try:
        with open(path, "rb") as file:
            start = file.read(MOST_BYTES + 1)
            size = max(len(start), os.fstat(file.fileno()).st_size)
    except FileNotFoundError:
        help = did_you_mean(name, STARTERS, f"name a file, or one of {', '.join(STARTERS)}")
        raise _missing(f"there is no rulebook `{clipped(name)}`", help) from None
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or "no file can have this name"
        raise _missing(f"`{clipped(name)}` cannot be opened: {reason.lower()}", "a rulebook is a text file") from None
    if size > MOST_BYTES:
        message = f"{clipped(name)}: this file is {size / 1e6:.1f} MB; a rulebook is at most 1 MB of text"
        raise Mistakes([Mistake("too-large", message, help="is it the right file?")], "Nothing was read.")
    return start
