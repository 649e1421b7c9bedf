"""Which kept moments a changed text would have changed."""

from __future__ import annotations

from typing import NamedTuple

from ....practice import Practice
from ....practice.book_history import hash_of
from ....practice.facts import Leant
from ....rulebook.guideline import LISTS
from ....rulebook.mistake import Mistakes
from ....rulebook.rulebook import Rulebook
from ..afterwards import Row, row_of

Leads = dict[str, tuple[str, ...]]


class Changed(NamedTuple):
    """A moment, and for each list that leans otherwise: its name, what it leaned to, what it would lean to."""

    row: Row
    leans: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def would_change(practice: Practice, before: str, after: str, most: int) -> tuple[int, list[Changed]]:
    """How many of the last moments were weighed again, and those that this change would have changed.

    What already changed since the day of a moment is left out: only what the new text does counts.
    """
    seen, found = practice.would_lean(after, most)
    since = _since(practice, before, most, found)
    nicknames = practice.nicknames()
    book = practice.books.understood("new", after)
    return seen, [
        Changed(row_of(practice, each.moment, nicknames), tuple(_leans(book, each, then)))
        for each in found
        if (then := since.get(each.moment.id, each.then)) != each.now
    ]


def _since(practice: Practice, before: str, most: int, found: list[Leant]) -> dict[int, Leads]:
    """How moments that were weighed by an older text lean by the one that stands, where that is otherwise."""
    sha256 = hash_of(before)
    if all(each.moment.book_sha256 == sha256 for each in found):
        return {}
    try:
        return {each.moment.id: each.now for each in practice.would_lean(before, most)[1]}
    except Mistakes:
        return {}


def _leans(book: Rulebook, leant: Leant, then: Leads) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (name, _says(leant.book, then.get(name, ())), _says(book, leant.now.get(name, ())))
        for name in LISTS
        if then.get(name, ()) != leant.now.get(name, ())
    ]


def _says(book: Rulebook, lead: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(book.responses[each].say if each in book.responses else each for each in lead)
