"""What is one's own and goes along on paper or on a phone: rulebook, opening lines, help sheet, with nobody named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..journal.entries import Line
from ..journal.exporting.nicknames import Nicknames
from ..rulebook.rulebook import Rulebook
from .help_sheet import ALWAYS
from .practice import Practice

_SECTIONS = ("responses", "considerations", "guidelines", "bounds")
_SAID = ("say", "means", "if_me", "because", "ask", "explain", "words", "lines")
"""Fields of an entry of a rulebook that a page or a card shows."""


def own_lines(practice: Practice) -> Iterator[Line]:
    """The lines that were kept, the newest first, each once. One that names somebody in the journal is left out."""
    nobody, told = nicknames(practice), set()
    for line in practice.every(Line):
        words = line.words.strip()
        if words not in told and not nobody.named_in(words):
            told.add(words)
            yield line


def unnamed(practice: Practice, lines: Iterable[str]) -> tuple[str, ...]:
    """Lines of a help sheet, with `[someone]` where somebody in the journal is named; the rest of a line stays."""
    nobody = nicknames(practice)
    return tuple(line if line in ALWAYS else nobody.without(line)[0] for line in lines)


def unnamed_book(practice: Practice, book: Rulebook) -> Rulebook:
    """A rulebook with `[someone]` where its words name somebody in the journal; itself where they name nobody."""
    nobody = nicknames(practice)

    def entry(each: Any) -> Any:
        fields = {name: getattr(each, name) for name in _SAID if hasattr(each, name)}
        new = {name: _without(nobody, value) for name, value in fields.items()}
        return each if new == fields else each._replace(**new)

    new: dict[str, Any] = {
        name: _without(nobody, getattr(book, name)) for name in ("title", "first_duty", "ask_yourself")
    }
    new |= {name: {id_: entry(each) for id_, each in getattr(book, name).items()} for name in _SECTIONS}
    return book if all(getattr(book, name) == value for name, value in new.items()) else replace(book, **new)


def _without(nobody: Nicknames, said: Any) -> Any:
    """Words, or several of them, with nobody named."""
    if isinstance(said, str):
        return nobody.without(said)[0]
    if isinstance(said, Mapping):
        return {name: _without(nobody, each) for name, each in said.items()}
    return tuple(_without(nobody, each) for each in said) if isinstance(said, tuple) else said


def nicknames(practice: Practice) -> Nicknames:
    """Everybody's nicknames in the journal, to be taken out of words."""
    with practice.journal.vault.reading() as connection:
        return Nicknames(connection)
