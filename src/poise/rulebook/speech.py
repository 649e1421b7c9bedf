"""How a sentence of the product is said: a template in English with named places, and what stands in them.

Whoever shows it in another language hands in a `Say` that knows the template there; `plain` is English. What stands
in the places is the person's own and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Protocol


class Say(Protocol):
    """Says a template: `say("with {person}", person=nickname)`."""

    def __call__(self, template: str, /, **words: object) -> str:
        """The sentence."""
        ...


def plain(template: str, /, **words: object) -> str:
    """The template in English."""
    return template.format(**words) if words else template


def spoken(say: Say, answers: Mapping[str, str]) -> dict[str, str]:
    """{answer: its words}, said."""
    return {answer: say(words) for answer, words in answers.items()}


def listed(say: Say, parts: Sequence[str]) -> str:
    """One after another: `a, b, c`; nothing where there is none."""
    return reduce(lambda some, one: say("{some}, {one}", some=some, one=one), parts) if parts else ""


def clauses(say: Say, parts: Sequence[str]) -> str:
    """One after another, further apart: `a; b; c`."""
    return reduce(lambda some, one: say("{some}; {one}", some=some, one=one), parts) if parts else ""


def sentences(say: Say, parts: Sequence[str]) -> str:
    """Whole sentences, one after another; some scripts have no space between them."""
    return reduce(lambda some, one: say("{some} {one}", some=some, one=one), parts) if parts else ""


def both(say: Say, parts: Sequence[str]) -> str:
    """All of them: `a, b and c`."""
    *most, last = parts
    return say("{some} and {one}", some=listed(say, most), one=last) if most else last


def either(say: Say, parts: Sequence[str]) -> str:
    """One of them: `a, b or c`."""
    *most, last = parts
    return say("{some} or {one}", some=listed(say, most), one=last) if most else last
