"""Moments that were kept, and that would have leaned to something else by another book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..practice import Practice
from ..practice.facts import Leant
from ..rulebook.guideline import LISTS
from ..rulebook.rulebook import Rulebook
from ..shelf import flattened, read
from .own import open_practice
from .remembered import moment_words
from .screen import say, say_json

SAME = "The same would have led in each of the last {of} moments you kept."
NO_MOMENTS = "No moment that a rulebook weighed is in the journal yet."
NOTHING = "nothing is leaned to"
MOST_SHOWN = 12


def would_lean(name: str, as_json: bool, home: str | None) -> int:
    """Say which kept moments would have leaned to something else by a book. Returns the exit code."""
    new, text = read(name), flattened(name)
    with open_practice(home) as practice:
        looked, found = practice.would_lean(text)
        if as_json:
            say_json({"new": name, "looked_at": looked, "moments": [_described(each) for each in found]})
        elif not looked:
            say([[NO_MOMENTS]])
        else:
            say(_told(practice, new, found) if found else [[SAME.format(of=looked)]])
    return int(bool(found))


def _described(leant: Leant) -> dict[str, Any]:
    return {
        "uid": leant.moment.uid,
        "then": {name: list(lead) for name, lead in leant.then.items()},
        "now": {name: list(lead) for name, lead in leant.now.items()},
    }


def _told(practice: Practice, new: Rulebook, found: list[Leant]) -> list[list[str]]:
    people = practice.nicknames()
    told = [
        [moment_words(practice, leant.moment, people.get(leant.moment.person_id or 0, ""))[0], *_changed(new, leant)]
        for leant in found[:MOST_SHOWN]
    ]
    more = len(found) - len(told)
    return [*told, [f"And {more} more; `--json` lists them all."] if more else []]


def _changed(new: Rulebook, leant: Leant) -> Iterable[str]:
    for name in LISTS:
        then, now = leant.then.get(name, ()), leant.now.get(name, ())
        if then != now:
            yield f"  it leaned to {_says(leant.book, then)}; it would lean to {_says(new, now)}"


def _says(book: Rulebook, lead: tuple[str, ...]) -> str:
    says = [book.responses[each].say if each in book.responses else each for each in lead]
    return " or ".join(f"“{say[:1].lower()}{say[1:]}”" for say in says) or NOTHING
