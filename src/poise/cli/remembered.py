"""What is in the journal, on the screen: a line that says what it is, and the words that were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from ..journal.entries import Entry, KeptMoment, Person, word_columns
from ..practice import Practice
from ..rulebook.mistake import Mistakes
from .when import day_words

KINDS = {
    "people": "person",
    "moments": "moment",
    "reflections": "reflection",
    "signs": "sign",
    "check_ins": "check-in",
    "follow_ups": "to come back to",
    "rests": "rest",
    "lines": "line that worked",
}
FIELDS = {
    "relation": "who we are to each other",
    "trust_for": "what trust is for",
    "gut": "gut feeling",
    "did_else": "what I did",
    "forecast": "what I expected",
    "remark": "what was said",
    "for_them": "for the person it hit",
    "for_us": "with us two",
    "for_me": "for me",
    "sign": "sign",
    "said": "asked and said",
    "energy": "energy",
    "toll": "what it costs me",
    "elsewhere": "what I give elsewhere",
    "waiting_for": "waiting for",
    "words": "the line",
    "note": "note",
}
"""Columns of words that are shown, and what they are called."""
SHOWN = 600
"""Characters of one field that are shown; `--json` has all."""


def person_words(person: Person) -> Iterator[str]:
    """A person: the nickname, and what was written about the two of us."""
    yield person.nickname
    yield from _fields(person)


def entry_words(practice: Practice, entry: Entry, people: Mapping[int, str]) -> Iterator[str]:
    """An entry: its kind, its day and with whom; then its words."""
    if isinstance(entry, Person):
        yield from person_words(entry)
        return
    at = getattr(entry, "happened_at", None) or entry.written_at
    whom = people.get(getattr(entry, "person_id", None) or 0)
    day = f"{day_words(at)} · " if at else ""
    yield f"{day}{KINDS[entry.kind]}" + (f" · with {whom}" if whom else "")
    if isinstance(entry, KeptMoment) and entry.did:
        yield f"  what I did: {' · '.join(_did(practice, entry))}"
    yield from _fields(entry)


def _fields(entry: Entry) -> Iterator[str]:
    for column in word_columns(entry.table()):
        value = getattr(entry, column.name)
        if value and column.name in FIELDS:
            words = value if len(value) <= SHOWN else f"{value[:SHOWN].rstrip()} …"
            yield f"  {FIELDS[column.name]}: {words}"


def _did(practice: Practice, moment: KeptMoment) -> list[str]:
    """What I did, in the words of the book of that day; by its name where those cannot be read."""
    says = {}
    with suppress(Mistakes):
        text = practice.journal.text(moment.book_sha256) if moment.book_sha256 else None
        if text is not None:
            book = practice.books.understood(moment.book, text)
            says = {name: response.say for name, response in book.responses.items()}
    return [says.get(response, response) for response in moment.did.values()]
