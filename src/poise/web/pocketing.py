"""The page for a phone as the app makes it: of the rulebook in use, with nothing about anyone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from ..journal import waiting
from ..journal.trouble import Refused
from ..pocket.building import Pocket
from ..practice import Practice
from ..practice.book_history import hash_of
from ..practice.help_sheet import ALWAYS, help_sheet
from ..practice.own_lines import own_lines, unnamed, unnamed_book
from ..rulebook.rulebook import Rulebook
from .looks import Look
from .page import Rooms
from .shelf import worded
from .tongue import direction, saying

MOST_LINES = 3
"""Opening lines of one's own for each response."""
_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP file can say: when it was made is nobody's business, nor is on which system."""
_UNIX, _READABLE = 3, 0o100644
"""A file says who may read it once it is unpacked: a host has to."""


def pocket_of(shared: Rooms, *, lines: bool = False, own_help: bool = True) -> Pocket:
    """The page of this practice. Raises Trouble, Locked among it, or Mistakes.

    The practice is open: it knows its own public key, and keeps the rulebook's text for what comes home.
    """
    if shared.demo:
        raise Refused("these are invented moments: nothing of them goes along", "leave the demo first")
    with shared.door.inside() as practice:
        name = practice.books.in_use
        text = practice.books.text(name)
        found = in_words(shared.door.folder, practice.books.understood(name, text), shared.look, own_help=own_help)
        return of_practice(found, practice, text, lines=lines)


def of_practice(page: Pocket, practice: Practice, text: str, *, lines: bool) -> Pocket:
    """A page with what an open practice adds to it; the rulebook's text is kept for what comes home."""
    practice.journal.keep_text(text)
    return replace(
        page,
        book=unnamed_book(practice, page.book),
        hash=hash_of(text),
        address=waiting.own_address(practice.journal).to_plain(),
        help=unnamed(practice, page.help),
        lines=by_response(practice) if lines else {},
    )


def in_words(folder: Path, book: Rulebook, look: Look, *, own_help: bool) -> Pocket:
    """A page by a rulebook, in the language of a look, with the help sheet of a folder; it keeps nothing yet."""
    help, say = help_sheet(folder) if own_help else ALWAYS, saying(look.language)
    return Pocket(
        worded(book, look.language),
        help=tuple(say(line) if line in ALWAYS else line for line in help),
        own_help=help != ALWAYS,
        language=look.language,
        direction=direction(look.language),
        appearance=look.appearance,
        say=say,
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """The files of a page in one ZIP file: a folder `notes`."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            file = zipfile.ZipInfo(f"notes/{name}", _DAY)
            file.create_system, file.external_attr = _UNIX, _READABLE << 16
            archive.writestr(file, data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def by_response(practice: Practice) -> dict[str, tuple[str, ...]]:
    """{response: lines of one's own, the newest first}."""
    found: dict[str, tuple[str, ...]] = {}
    for line in own_lines(practice):
        if line.response and len(found.get(line.response, ())) < MOST_LINES:
            found[line.response] = (*found.get(line.response, ()), line.words)
    return found
