"""Two changes of one text laid over each other, where they change different lines."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

MOST_COMPARED = 4_000_000
"""Pairs of lines up to which two texts are compared."""


class _Piece(NamedTuple):
    """Lines `start` to `end` of the text both began from, and what stands in their place."""

    start: int
    end: int
    lines: list[str]


def join(base: str, one: str, other: str) -> str | None:
    """The text with both changes in it; None where they touch the same lines, or lines side by side."""
    lines = base.splitlines(keepends=True)
    found = [_pieces(lines, each.splitlines(keepends=True)) for each in (one, other)]
    if found[0] is None or found[1] is None:
        return None
    pieces = sorted([*found[0], *(piece for piece in found[1] if piece not in found[0])])
    if any(first.end >= second.start for first, second in pairwise(pieces)):
        return None
    for piece in reversed(pieces):
        lines[piece.start : piece.end] = piece.lines
    return "".join(lines)


def _pieces(base: list[str], changed: list[str]) -> list[_Piece] | None:
    if len(base) * len(changed) > MOST_COMPARED:
        return None
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [_Piece(i, end, changed[j:until]) for what, i, end, j, until in codes if what != "equal"]
