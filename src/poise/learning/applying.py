"""A proposal as an edit of one value: the new text of the book, and what changes in it, to be seen before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from ..rulebook.editing import edit
from ..rulebook.reading import Find
from .proposing import Proposal

ABOVE_AND_BELOW = 2
"""Lines shown around a change."""


@dataclass(frozen=True)
class Change:
    """The whole text before and after."""

    before: str
    after: str

    @property
    def difference(self) -> tuple[str, ...]:
        """The lines that change, `-` before and `+` after, and a few around them."""
        return tuple(_difference(self.before, self.after))


def change(name: str, text: str, proposal: Proposal, find: Find = lambda _: None) -> Change:
    """The book's text with the one weight changed, and not one other character.

    To undo it, put `before` back; or hand in the proposal turned round. Raises Mistakes, and changes nothing, where
    the guideline does not stand in this text or where it would no longer read.
    """
    return Change(text, edit(name, text, ("guidelines", proposal.guideline, "weight"), written(proposal.new), find))


def written(weight: float) -> str:
    """A weight as a book writes it: at most three decimals, none that say nothing."""
    return f"{weight:.3f}".rstrip("0").rstrip(".")


def _difference(before: str, after: str) -> Iterator[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=ABOVE_AND_BELOW)
    return (line for number, line in enumerate(lines) if number > 1 and not line.startswith("@@"))
