"""Responses by name, in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..weighing import Weighing


def label(weighing: Weighing, response: str) -> str:
    """A response in the words that fit: `if_me` where the moment landed on the reader."""
    found = weighing.book.responses[response]
    return found.if_me if found.if_me and not weighing.steer else found.say


def quoted(weighing: Weighing, response: str) -> str:
    """A response in quotes, in the middle of a sentence."""
    words = label(weighing, response)
    return f"“{words[:1].lower()}{words[1:]}”"


def joined(weighing: Weighing, responses: Sequence[str], last: str = " and ") -> str:
    """Several responses in quotes."""
    *most, end = [quoted(weighing, response) for response in responses]
    return f"{', '.join(most)}{last}{end}" if most else end
