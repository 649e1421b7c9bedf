"""Trust as a band on paper: what could be seen after each encounter, ruptures as a small tear, repairs as a stitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...relationship.trust import Seen

WIDTH, HEIGHT, MARGIN = 360.0, 150.0, 12.0
MOST = 60
"""Encounters that are drawn; the last ones."""


class Mark(NamedTuple):
    """A tear or a stitch: where it is, and what it is."""

    x: float
    y: float
    tear: bool


@dataclass(frozen=True)
class Band:
    """Two outlines, the wide one and the one within it, as SVG paths; and the marks on them."""

    wide: str
    narrow: str
    marks: tuple[Mark, ...]


def band(seen: Sequence[Seen]) -> Band | None:
    """The band of the last encounters; None where there is not enough yet."""
    drawn = seen[-MOST:]
    if not drawn:
        return None
    step = (WIDTH - 2 * MARGIN) / max(1, len(drawn) - 1)
    xs = [round(MARGIN + step * i, 1) for i in range(len(drawn))]
    if len(drawn) == 1:
        xs, drawn = [MARGIN, WIDTH - MARGIN], [drawn[0], drawn[0]]
    wide = _outline(xs, [each.high80 for each in drawn], [each.low80 for each in drawn])
    narrow = _outline(xs, [each.high50 for each in drawn], [each.low50 for each in drawn])
    return Band(wide, narrow, tuple(_marks(xs, drawn)))


def _outline(xs: Sequence[float], tops: Sequence[float], bottoms: Sequence[float]) -> str:
    there = [f"{x} {_y(top)}" for x, top in zip(xs, tops, strict=True)]
    back = [f"{x} {_y(bottom)}" for x, bottom in zip(reversed(xs), reversed(bottoms), strict=True)]
    return "M" + "L".join([*there, *back]) + "Z"


def _marks(xs: Sequence[float], drawn: Sequence[Seen]) -> list[Mark]:
    found = []
    for x, each in zip(xs, drawn, strict=True):
        middle = _y((each.low50 + each.high50) / 2)
        if each.rupture:
            found.append(Mark(x, middle, tear=True))
        if each.repair in ("partly", "yes"):
            found.append(Mark(x + 7 if each.rupture else x, middle, tear=False))
    return found


def _y(place: float) -> float:
    """Higher on the paper where more can be held."""
    return round(HEIGHT - MARGIN - place * (HEIGHT - 2 * MARGIN), 1)
