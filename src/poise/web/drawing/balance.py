"""The balance: each stone is one of the person's guidelines, its size its pull, on the pan of what it favours.

The beam hangs by the exact difference between the two responses: level for a tie, a little apart when close.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass

from ...rulebook.guideline import START, strength
from ...rulebook.mistake import columns
from ...weighing.tables import SCALE, WHOLE
from ...weighing.telling import apart
from ...weighing.weighing import CLOSE, Leaning, Standing, Weighing

MIDDLE, TOP, ARM = 180.0, 52.0, 118.0
"""Where the beam turns, and how long each arm is, in the picture's units."""
DEEPEST, CLOSEST = 13.0, 2.5
"""Degrees at most, and at most when close."""
DEGREES_A_DOUBLING = 3.5
SIZES = {"strong": (23.0, 15.0), "pull": (17.5, 11.5), "nudge": (12.5, 8.5)}
"""Half-axes of a stone."""
PAN = 84.0
"""How wide a row of stones is at most."""
LABEL = 20
"""Columns of a pan's label in one line."""


@dataclass(frozen=True)
class Stone:
    """One guideline on a pan."""

    guideline: str
    say: str
    x: float
    y: float
    rx: float
    ry: float


@dataclass(frozen=True)
class Pan:
    """One response, where its pan hangs, and what lies on it."""

    response: str
    x: float
    y: float
    label: tuple[str, ...]
    stones: tuple[Stone, ...]
    leads: bool


@dataclass(frozen=True)
class Balance:
    """A lead against its rival. `angle` is in degrees, below 0 where the left arm hangs lower."""

    angle: float
    pans: tuple[Pan, Pan]
    level: bool


def balance(weighing: Weighing, leaning: Leaning) -> Balance | None:
    """The balance of the two responses in front; None where one stands alone."""
    if len(leaning.ranking) < 2:
        return None
    here, there = leaning.ranking[:2]
    angle = _angle(here.score - there.score)
    pans = (
        _pan(weighing, here, there, side=-1, lower=-angle),
        _pan(weighing, there, here, side=1, lower=angle),
    )
    level = here.score == there.score
    return Balance(angle, pans, level)


def _angle(difference: int) -> float:
    if difference <= CLOSE:
        return -CLOSEST * difference / CLOSE
    return -min(DEEPEST, CLOSEST + DEGREES_A_DOUBLING * (difference - CLOSE) / SCALE)


def _pan(weighing: Weighing, here: Standing, there: Standing, *, side: int, lower: float) -> Pan:
    """The pan of `here`, on the left (-1) or the right (1), its arm `lower` degrees below level."""
    turn = math.radians(lower)
    x, y = MIDDLE + side * ARM * math.cos(turn), TOP + ARM * math.sin(turn)
    say = weighing.book.responses[here.response].say
    pulls = {guideline: pull for guideline, pull in apart(here, there).items() if pull > 0}
    return Pan(
        here.response, round(x, 2), round(y, 2), _wrapped(say), _stones(weighing, pulls), here.score >= there.score
    )


def _stones(weighing: Weighing, pulls: dict[str, int]) -> tuple[Stone, ...]:
    """The stones, the heaviest at the bottom, row upon row."""
    laid: list[Stone] = []
    floor = 72.0
    for row in _rows(sorted(pulls, key=lambda guideline: -pulls[guideline]), pulls):
        sizes = [SIZES[strength(pulls[guideline] / WHOLE)] for guideline in row]
        x = -sum(rx for rx, _ in sizes)
        for guideline, (rx, ry) in zip(row, sizes, strict=True):
            laid.append(Stone(guideline, _say(weighing, guideline), round(x + rx, 1), round(floor - ry, 1), rx, ry))
            x += 2 * rx
        floor -= 2 * max(ry for _, ry in sizes) - 3
    return tuple(laid)


def _rows(guidelines: list[str], pulls: dict[str, int]) -> list[list[str]]:
    rows: list[list[str]] = []
    room = 0.0
    for guideline in guidelines:
        width = 2 * SIZES[strength(pulls[guideline] / WHOLE)][0]
        if width > room:
            rows.append([])
            room = PAN
        rows[-1].append(guideline)
        room -= width
    return rows


def _say(weighing: Weighing, guideline: str) -> str:
    return "" if guideline == START else weighing.book.guidelines[guideline].say


def _wrapped(say: str) -> tuple[str, ...]:
    """A label in lines that fit under a pan; a line of wide signs holds half as many."""
    wide = columns(say) > len(say) * 1.5
    return tuple(textwrap.wrap(say[:1].lower() + say[1:], LABEL // 2 if wide else LABEL))
