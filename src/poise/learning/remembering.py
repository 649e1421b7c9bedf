"""What the learner is told of one moment: plain data, from a journal or from anywhere."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Answer, Moment

FOLLOWED_WEIGHT = 0.2
"""How much a choice counts that was made after seeing the leaning, and went along with it. Craft; never measured."""


@dataclass(frozen=True)
class Remembered:
    """One moment. Only `answers` has to be there; what nobody said is left out, which is not "no"."""

    answers: Mapping[str, Answer]
    did: Mapping[str, str] = field(default_factory=dict)
    """{list: response} of what the person did."""
    hindsight: Mapping[str, str] = field(default_factory=dict)
    """{list: response}: knowing how it went, which it would have been."""
    outcome: float | None = None
    """How it went, on any scale, more being better (see `outcome_of`). What is no finite number counts as not said."""
    whose: str = THEIRS
    relationship: Hashable = None
    """Between whom: anything that tells relationships apart."""
    at: float = 0.0
    """When: days since any fixed day. Only differences count, and a clock that ran backwards counts as no time."""
    followed: bool = False
    """Whether the leaning had been shown before, and what was done is what it leant to."""
    forecast: str = ""
    """What the person expected, in one word of a set of words."""
    came: str = ""
    """What came, in one word of the same set."""

    @property
    def rated(self) -> bool:
        """Whether it was said how it went."""
        return self.outcome is not None and isfinite(self.outcome)

    @property
    def weight(self) -> float:
        """omega of what was done: advice that was followed says little about the person."""
        return FOLLOWED_WEIGHT if self.followed else 1.0


def outcome_of(parts: Mapping[str, float | None], cares: Mapping[str, float]) -> float | None:
    """How it went, from its parts (for them, for us, for me) by how much the person says each counts.

    Parts nobody answered count nothing; None where none was answered that counts. Cost to oneself comes as a part that
    is higher the less it cost. Raises ValueError for a number that is not finite, or a negative weight.
    """
    given = {name: value for name, value in parts.items() if value is not None and cares.get(name, 0.0) != 0}
    if any(not isfinite(value) for value in given.values()) or any(not 0 <= c < float("inf") for c in cares.values()):
        raise ValueError("parts of an outcome have to be finite, and what counts cannot count less than nothing")
    whole = sum(cares[name] for name in given)
    return sum(cares[name] * value for name, value in given.items()) / whole if given else None


def moment_of(book: Rulebook, remembered: Remembered) -> Moment:
    """The moment, as far as the book still asks: an answer it no longer knows counts as none, and so does None.

    Raises Mistakes for chances that are none.
    """
    known = {name: answer for name, answer in remembered.answers.items() if _is_known(book, name, answer)}
    return Moment(book, remembered.whose, **known)


def _is_known(book: Rulebook, name: str, answer: Answer | None) -> bool:
    question = book.considerations.get(name)
    if question is None or answer is None:
        return False
    words = [answer] if isinstance(answer, str) else list(answer)
    return all(word in question.answers for word in words)
