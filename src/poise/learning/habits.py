"""When letting things be becomes a habit, while the person's own hindsight says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..rulebook.guideline import LET_BE, TOWARD
from ..rulebook.rulebook import Rulebook
from .remembering import Remembered

WINDOW = 12
"""The last moments that are looked at."""
FEWEST, FEWEST_OTHERWISE = 6, 3


@dataclass(frozen=True)
class Habit:
    """Letting things be, lately. Moments are numbers of the records handed in, in the order of time."""

    looked_at: tuple[int, ...]
    let_be: tuple[int, ...]
    otherwise: tuple[int, ...]
    """Those of which hindsight says that it would have been something else."""
    more_than_before: bool


def habit(book: Rulebook, records: Sequence[Remembered]) -> Habit | None:
    """The habit, or None: where it is none, where hindsight agrees with it, and where there is not enough to tell.

    It is one if at least half of the last twelve moments were let be, and of those that the person looked back on,
    more would have been otherwise than not, three at least. Moments that landed on the person are never counted.
    """
    order = sorted(range(len(records)), key=lambda number: records[number].at)
    told = [number for number in order if TOWARD in records[number].did and not _on_me(book, records[number])]
    lately, before = told[-WINDOW:], told[:-WINDOW]
    let_be = [number for number in lately if _is_let_be(book, records[number].did[TOWARD])]
    looked_back = [number for number in let_be if TOWARD in records[number].hindsight]
    otherwise = [number for number in looked_back if not _is_let_be(book, records[number].hindsight[TOWARD])]
    if len(lately) < FEWEST or 2 * len(let_be) < len(lately) or len(otherwise) < FEWEST_OTHERWISE:
        return None
    if 2 * len(otherwise) <= len(looked_back):
        return None
    earlier = sum(_is_let_be(book, records[number].did[TOWARD]) for number in before)
    more = len(before) >= FEWEST and len(let_be) * len(before) > 1.5 * earlier * len(lately)
    return Habit(tuple(lately), tuple(let_be), tuple(otherwise), more)


def _is_let_be(book: Rulebook, response: str) -> bool:
    found = book.responses.get(response)
    return response == LET_BE or (found is not None and found.like == LET_BE)


def _on_me(book: Rulebook, record: Remembered) -> bool:
    """Whether the moment landed on the person themselves."""
    codes = list(book.nothing_said)
    for question in book.questions:
        answer = record.answers.get(question.id)
        if isinstance(answer, str) and answer in question.answers:
            codes[question.position] = question.code(answer)
    return book.landed_on_me.under(codes) is True
