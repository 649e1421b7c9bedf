"""What goes into the page for a phone: the rulebook, the help sheet, lines, and where letters are sealed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pocket.building import Pocket
    from ..practice import Practice
    from ..rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for."""

    home: str | None = None
    book: str | None = None
    lines: bool = False
    own_help: bool = True
    language: str | None = None


def pocket_of(wanted: Wanted) -> Pocket:
    """The page of a practice; of a rulebook alone, which keeps nothing, where there is none. Raises Mistakes, Trouble.

    The practice is opened: it knows its own public key, and keeps the rulebook's text for what comes home.
    """
    from ..journal.copies.restoring import stands
    from ..practice.books import Books
    from ..shelf import STARTERS, read
    from .own import check_there, folder_of, open_practice

    folder = folder_of(wanted.home)
    if wanted.lines or wanted.home:
        check_there(folder)
    if stands(folder) and (not wanted.book or wanted.book in Books(folder).names):
        with open_practice(wanted.home) as practice:
            return _of_practice(wanted, folder, practice)
    # Whom the help sheet names, only the journal knows: with none open, general lines go along.
    return _in_words(replace(wanted, own_help=False), folder, read(wanted.book or STARTERS[1]))


def _of_practice(wanted: Wanted, folder: Path, practice: Practice) -> Pocket:
    from ..web.pocketing import of_practice

    name = wanted.book or practice.books.in_use
    text = practice.books.text(name)
    page = _in_words(wanted, folder, practice.books.understood(name, text))
    return of_practice(page, practice, text, lines=wanted.lines)


def _in_words(wanted: Wanted, folder: Path, book: Rulebook) -> Pocket:
    """In the language asked for, or that of the app, with the help sheet."""
    from ..web.looks import read_look
    from ..web.pocketing import in_words

    look = read_look(folder)
    return in_words(folder, book, replace(look, language=wanted.language or look.language), own_help=wanted.own_help)
