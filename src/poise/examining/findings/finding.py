"""A finding: something about a rulebook that is worth a look, in a person's words, with a moment that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...rulebook.text import Place
from ...weighing.moment import Moment

LOOK, NOTE = "look", "note"
"""`look`: most likely not what was meant, or a harm. `note`: good to know, and fine in many a book."""


@dataclass(frozen=True)
class Finding:
    """Something to look at: what is so, what one could do, and where."""

    kind: str
    message: str
    advice: str = ""
    level: str = LOOK
    place: Place | None = None
    guidelines: tuple[str, ...] = ()
    """The guidelines it is about."""
    witness: Moment | None = None
    """A moment that shows it."""
    share: Fraction | None = None
    """In how many of the situations that are weighed, each fully answered, it is so; where it could be counted."""
