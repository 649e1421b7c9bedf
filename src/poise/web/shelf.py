"""The rulebooks of a practice as the pages need them: while it is open, and while it is locked."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from ..practice.books import Books
from ..rulebook.mistake import Mistakes
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
    """One of them (the one in use); a starter where there is none yet. Raises Mistakes."""
    books = books_of(door)
    return books.read(name) if name or books.names else read(STARTERS[0])


def text_of(door: Door, name: str) -> str:
    """The text of one. Raises Mistakes."""
    return books_of(door).text(name)


def names_of(door: Door) -> list[str]:
    """The names of all."""
    return books_of(door).names


MOST_WORDED = 16
_WORDED: dict[tuple[int, str], tuple[Rulebook, Rulebook]] = {}
"""Books in another language. Each keeps the book it was made from, so that no other can have its `id`."""
_LABELLED = ("responses", "considerations")


def worded(book: Rulebook, language: str) -> Rulebook:
    """A book with the starters' labels in a language, where its words are still those of the starters.

    What somebody wrote in their own words stays in them. The last few are remembered.
    """
    known = _WORDED.get((id(book), language))
    if known is None:
        known = _WORDED[id(book), language] = book, _worded(book, language)
        for old in list(_WORDED)[:-MOST_WORDED]:
            _WORDED.pop(old, None)
    return known[1]


def _worded(book: Rulebook, language: str) -> Rulebook:
    changed: dict[str, Any] = {}
    for section in _LABELLED:
        own, labels = getattr(book, section), _labels(language)[section]
        fits = {id_: _with(each, *labels[id_]) for id_, each in own.items() if id_ in labels}
        changed[section] = own | fits
    return replace(book, **changed) if any(_labels(language).values()) else book


def _with(own: Any, starter: Any, label: Any) -> Any:
    """An entry with the fields of its label, each where what it says is what the starter says."""
    words = {name: getattr(label, name) for name in ("say", "if_me", "ask", "explain", "words") if hasattr(own, name)}
    fits = {name: said for name, said in words.items() if getattr(own, name) == getattr(starter, name)}
    return own._replace(**fits)


@lru_cache
def _labels(language: str) -> dict[str, dict[str, tuple[Any, Any]]]:
    """{section: {id: the starters' entry, and the same with its label}}; empty where a language has no labels."""
    found: dict[str, dict[str, tuple[Any, Any]]] = {section: {} for section in _LABELLED}
    for name in STARTERS:
        plain = read(name)
        try:
            labelled = read(name, language)
        except Mistakes:
            continue
        for section in _LABELLED:
            both = ((id_, each, getattr(labelled, section)[id_]) for id_, each in getattr(plain, section).items())
            found[section] |= {id_: (each, label) for id_, each, label in both if each != label}
    return found
