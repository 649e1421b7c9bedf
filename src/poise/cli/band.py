"""Trust as a band in text: what could be seen after each encounter, the answers of a book from least to most upward.

    solid     ░░▒▒▒░░
              ▒▒▒▒▒▒▒
    building  ░░   ░░
                ×    +

Darker is where it was likelier to be found. × is where something felt off, + where one got to talk about it. It is one
wide band, as little is known; the same is said in words beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..relationship.trust import Seen
from ..rulebook.mistake import columns
from .screen import can_draw, width

SHADES = (" ", "░", "▒")
PLAIN_SHADES = (" ", ".", ":")
OFF, TALKED, BOTH = "×", "+", "*"
PLAIN_OFF = "x"
ROWS = 2
"""Rows for each answer."""
NARROW = 40
WIDE = 3
"""Columns of one encounter at most."""
READ = "Darker is likelier."
MARKED = {OFF: "something felt off", TALKED: "you got to talk about it", BOTH: "both are so"}


def band(seen: Sequence[Seen], answers: Sequence[str]) -> list[str]:
    """The lines of the picture; nothing where there is not enough yet, or on a narrow screen."""
    if not seen or width() < NARROW:
        return []
    edge = max(map(columns, answers)) + 4
    drawn = list(seen)[-(width() - edge) :]
    wide = max(1, min(WIDE, (width() - edge) // len(drawn)))
    shades = SHADES if can_draw("".join(SHADES)) else PLAIN_SHADES
    rows = len(answers) * ROWS
    lines = []
    for row in reversed(range(rows)):
        name = answers[row // ROWS] if row % ROWS == ROWS - 1 else ""
        label = f"  {name}{' ' * (edge - columns(name) - 2)}"
        lines.append((label + "".join(shades[_shade(each, row, rows)] * wide for each in drawn)).rstrip())
    marks = " " * edge + "".join(_mark(each).ljust(wide) for each in drawn)
    return [*_trimmed(lines), *([marks.rstrip()] if marks.strip() else [])]


def how_to_read(seen: Sequence[Seen]) -> str:
    """What the shades are, and those marks that were drawn."""
    drawn = {_mark(each) for each in seen}
    marks = [(_off() if mark == OFF else mark, words) for mark, words in MARKED.items()]
    said = [(mark, words) for mark, words in marks if mark in drawn]
    return " ".join([READ, *(f"{mark} is where {words}." for mark, words in said)])


def _shade(seen: Seen, row: int, rows: int) -> int:
    """2 where half of what is thought possible lies, 1 where four in five lie, as far as it fills a third of a row."""

    def fills(low: float, high: float) -> bool:
        return min(high, (row + 1) / rows) - max(low, row / rows) >= 1 / (3 * rows)

    return fills(seen.low80, seen.high80) + fills(seen.low50, seen.high50)


def _mark(seen: Seen) -> str:
    talked = seen.repair in ("partly", "yes")
    if seen.rupture:
        return BOTH if talked else _off()
    return TALKED if talked else " "


def _off() -> str:
    return OFF if can_draw(OFF) else PLAIN_OFF


def _trimmed(lines: list[str]) -> list[str]:
    """Every answer keeps its name, however empty its rows; empty rows without one go."""
    return [line for line in lines if line]
