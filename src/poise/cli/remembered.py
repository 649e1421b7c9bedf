"""What is in the journal, on the screen: a line that says what it is, and the words that were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from ..journal import naming
from ..journal.entries import (
    MINE,
    RATING,
    REPAIR,
    RUPTURE,
    CheckIn,
    Entry,
    FollowUp,
    KeptMoment,
    Person,
    Reflection,
    Rest,
    Sign,
    word_columns,
)
from ..practice import Practice, checking_in, reflecting
from ..practice.leaning import ELSE
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import ME, WHO_WAS_HIT, Rulebook
from .when import day_words

KINDS, FIELDS = naming.KINDS, naming.FIELDS
"""What kinds and columns of words are called; the columns that are not here are not shown."""
SIGNS = {RUPTURE: "something felt off", REPAIR: "talked about", RATING: "what it could hold"}
"""What each sign is about."""
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
    yield from (f"  {line}" for line in _beside(practice, entry))
    yield from _fields(entry, practice)


def moment_words(practice: Practice, moment: KeptMoment, person: str) -> list[str]:
    """A moment to look back on: its day, with whom, and what I did; what was said is not shown again."""
    day = day_words(moment.happened_at) if moment.happened_at else ""
    done = did_words(practice, moment)
    return [f"{day}{f' · with {person}' if person else ''}", *([f"  what I did: {done}"] if done else [])]


def did_words(practice: Practice, moment: KeptMoment) -> str:
    """What I did, in the words of the book of that day, or in mine."""
    did = _did(practice, moment)
    return " · ".join([*did, *([moment.did_else] if moment.did_else else [])])


def _beside(practice: Practice, entry: Entry) -> Iterator[str]:
    """What an entry holds beside its words: responses, days."""
    if isinstance(entry, KeptMoment) and entry.did:
        yield f"what I did: {' · '.join(_did(practice, entry))}"
    elif isinstance(entry, Reflection) and entry.hindsight:
        book = _in_use(practice)
        would = [each if name == ELSE else _say(book, each) for name, each in entry.hindsight.items()]
        yield f"which it would have been: {' · '.join(would)}"
    elif isinstance(entry, FollowUp):
        yield from [f"on {day_words(entry.due_on)}"] if entry.due_on else []
        yield from [f"came back to on {day_words(entry.done_at)}"] if entry.done_at else []
    elif isinstance(entry, Rest) and entry.ends_at:
        yield f"until {day_words(entry.ends_at)}"


def _fields(entry: Entry, practice: Practice | None = None) -> Iterator[str]:
    for column in word_columns(entry.table()):
        value, name = getattr(entry, column.name), column.name
        if not value or name not in FIELDS or (isinstance(entry, Sign) and name == "sign" and entry.said):
            continue
        called = SIGNS[entry.sign] if isinstance(entry, Sign) and name == "said" else FIELDS[name]
        words = _value(entry, name, value, practice)
        yield f"  {called}: {words if len(words) <= SHOWN else f'{words[:SHOWN].rstrip()} …'}"


def _value(entry: Entry, name: str, value: str, practice: Practice | None) -> str:
    """What was kept, as words: answers are kept by their names."""
    if isinstance(entry, CheckIn) and practice is not None:
        return checking_in.in_words(_in_use(practice), name, value)
    return reflecting.in_words(entry.sign if isinstance(entry, Sign) else name, value)


def _did(practice: Practice, moment: KeptMoment) -> list[str]:
    book, on_me = _book_of(practice, moment), moment.whose != MINE and moment.answers.get(WHO_WAS_HIT) == ME
    return [_say(book, response, on_me) for response in moment.did.values()]


def _say(book: Rulebook | None, response: str, on_me: bool = False) -> str:
    """A response in the words of a book, as they fit the one it landed on; by its name where the book has none."""
    found = book.responses.get(response) if book else None
    return ((found.if_me if on_me else "") or found.say) if found else str(response)


def _book_of(practice: Practice, moment: KeptMoment) -> Rulebook | None:
    """The book of that day, where it can be read."""
    text = practice.journal.text(moment.book_sha256) if moment.book_sha256 else None
    with suppress(Mistakes):
        return practice.books.understood(moment.book, text) if text is not None else None
    return None


def _in_use(practice: Practice) -> Rulebook | None:
    """The book in use, where it can be read."""
    with suppress(Mistakes):
        return practice.books.read()
    return None
