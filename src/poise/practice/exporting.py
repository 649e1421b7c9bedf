"""Takes a practice's words out of it, unsealed: journal, rulebooks and help sheet, or one person's part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..journal import exporting
from ..journal.entries import Person
from ..journal.exporting import JSON, Exported
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import Rulebook
from .books import texts_beside
from .opened import Opened


def export(practice: Opened, folder: Path, form: str = JSON, person: Person | None = None) -> Exported:
    """Write a file that is not sealed into a folder, and says so in its name. Raises Trouble."""
    beside = texts_beside(practice.journal.vault.folder) if person is None else {}
    did = _Said(practice)
    return exporting.export(practice.journal, folder, form, person=person, beside=beside, did=did)


class _Said:
    """What somebody did, in the words of the book of that day; by its name where those cannot be read."""

    def __init__(self, practice: Opened) -> None:
        self._practice = practice
        self._books: dict[str, Rulebook | None] = {}

    def __call__(self, record: Mapping[str, Any]) -> Iterable[str]:
        book = self._book(record["book"], record["book_sha256"])
        for response in record["did"].values():
            known = book.responses.get(response) if book and isinstance(response, str) else None
            yield known.say if known else str(response).replace("_", " ")

    def _book(self, name: str, sha256: str | None) -> Rulebook | None:
        if sha256 is not None and sha256 not in self._books:
            text = self._practice.journal.text(sha256)
            try:
                self._books[sha256] = self._practice.books.understood(name, text) if text is not None else None
            except Mistakes:
                self._books[sha256] = None
        return self._books.get(sha256 or "")
