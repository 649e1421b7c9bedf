"""The rulebooks of a practice as the pages need them: while it is open, and while it is locked."""

from __future__ import annotations

from ..practice.books import Books
from ..rulebook.rulebook import Rulebook
from ..shelf import STARTERS, read
from .door import Door

_READ: dict[str, Books] = {}


def books_of(door: Door) -> Books:
    """The rulebooks of a practice: with the one in use, where it is open."""
    if door.open:
        with door.inside(visit=False) as practice:
            return practice.books
    return _READ.setdefault(str(door.folder), Books(door.folder))


def book_of(door: Door, name: str) -> Rulebook:
    """One of them (the one in use); a starter where there is no practice yet. Raises Mistakes."""
    return books_of(door).read(name) if door.there else read(STARTERS[0])


def text_of(door: Door, name: str) -> str:
    """The text of one. Raises Mistakes."""
    return books_of(door).text(name)


def names_of(door: Door) -> list[str]:
    """The names of all."""
    return books_of(door).names
