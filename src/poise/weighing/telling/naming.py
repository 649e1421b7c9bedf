"""Responses by name, in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...rulebook.speech import Say, both, plain
from .words import QUOTED

if TYPE_CHECKING:
    from ..weighing import Weighing


def label(weighing: Weighing, response: str) -> str:
    """A response in the words that fit: `if_me` where the moment landed on the reader."""
    found = weighing.book.responses[response]
    return found.if_me if found.if_me and not weighing.steer else found.say


def quoted(weighing: Weighing, response: str, say: Say = plain) -> str:
    """A response in quotes, in the middle of a sentence."""
    name = label(weighing, response)
    return say(QUOTED, words=f"{name[:1].lower()}{name[1:]}")


def joined(
    weighing: Weighing, responses: Sequence[str], say: Say = plain, as_: Callable[[Say, Sequence[str]], str] = both
) -> str:
    """Several responses in quotes: `both` of them, or `either`."""
    return as_(say, [quoted(weighing, response, say) for response in responses])
