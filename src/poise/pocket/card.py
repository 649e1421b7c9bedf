"""Draws the pocket card: four panels on one sheet, to be cut out along the edge and folded twice to the size of a card.

Nothing of a practice is known here: what stands on the card is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..rulebook.speech import Say, plain
from .html import template


@dataclass(frozen=True)
class Card:
    """What stands on it: how the book begins, what it asks, lines to begin with, and whom one can turn to."""

    title: str
    first_duty: str
    guidelines: tuple[str, ...]
    ask_yourself: tuple[str, ...]
    lines: tuple[str, ...]
    help: tuple[str, ...]


def drawn(card: Card, say: Say = plain) -> str:
    """The card as HTML, everything in it escaped. `card.css` lays it out."""
    return template("card.html").render(card=card, **_words(card, say))


def whole_page(card: Card, style: str, say: Say = plain, *, language: str = "en", direction: str = "ltr") -> str:
    """A page of HTML by itself, with its style in it: a file that any browser prints."""
    return template("card_page.html").render(
        card=card,
        style=style,
        language=language,
        direction=direction,
        how=say("Print it, cut it out along the edge, fold it along the two lines."),
        **_words(card, say),
    )


def _words(card: Card, say: Say) -> dict[str, str]:
    duty = say("First duty: {duty}.", duty=card.first_duty) if card.first_duty else ""
    return {
        "first_duty": duty,
        "ask": say("To ask yourself"),
        "begin": say("Ways to begin"),
        "turn_to": say("Whom can you turn to?"),
    }
