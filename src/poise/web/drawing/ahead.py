"""Looking ahead as plain shapes: the curve with its bands, ranges, the map, and dots of imagined years."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ...foresight import Curve
from ...foresight.bands import TRUSTS
from ...foresight.parameters import Array
from ...practice.foreseeing.bordering import Map
from ...practice.foreseeing.foreseen import HALF, MOST, Foreseen

WIDTH, LEFT, RIGHT = 360.0, 14.0, 346.0
TOP, BOTTOM = 24.0, 186.0
LEAST_REACH, MOST_REACH = 0.5, 3.0
"""Good meetings to either side that are drawn at least, and at most."""
STEPS = (0.25, 0.5, 1.0)
"""How far apart lines for an amount are, the first that leaves few."""
FEW = 5
DOTS_WIDTH, DOTS_HEIGHT, DOT, MOST_APART = 200.0, 16.0, 2.0, 12.0
EVENLY = (0.7548776662466927, 0.5698402909980532)
"""Steps that spread points evenly over a square: Roberts (2018), the generalised golden ratio."""
LONG = 100.0
"""How long a bar is drawn in a row of its own."""


Place = Callable[[float], float]
"""Where on the paper a worth stands."""


class Tick(NamedTuple):
    """A line for an amount: where, and the amount, above 0 for now."""

    y: float
    amount: float


class Ahead(NamedTuple):
    """The now-or-wait curve. Without bands while they are worked out. `span` is where trust may be found."""

    line: str
    wide: str
    narrow: str
    level: float
    ticks: tuple[Tick, ...]
    here: tuple[float, float]
    span: tuple[float, float]


class Bar(NamedTuple):
    """A range from one end to the other, in hundredths of a row: the wide one, the narrow one, and the middle."""

    low: float
    low_half: float
    middle: float
    high_half: float
    high: float


class Tile(NamedTuple):
    """A part of the map where one thing leads."""

    x: float
    y: float
    width: float
    height: float
    leads: str


class Ground(NamedTuple):
    """The map: its tiles, and where I am."""

    tiles: tuple[Tile, ...]
    here: tuple[float, float]


def ahead(found: Foreseen) -> Ahead:
    """The curve of what is known so far."""
    curve, line = found.curve, found.line
    low, high = _reach(line, curve)

    def y(worth: float) -> float:
        part = (min(high, max(low, worth)) - low) / (high - low)
        return round(BOTTOM - part * (BOTTOM - TOP), 1)

    xs = [_x(trust) for trust in TRUSTS]
    outlines = [_outline(xs, *curve.band(share), y) if curve else "" for share in (MOST, HALF)]
    path = "M" + "L".join(f"{x} {y(float(one))}" for x, one in zip(xs, line, strict=True))
    here = (_x(found.scene.trust), y(found.here))
    span = (_x(found.scene.span[0]), _x(found.scene.span[1]))
    return Ahead(path, outlines[0], outlines[1], y(0.0), _ticks(low, high, y), here, span)


def _x(trust: float) -> float:
    """More trust further on."""
    first, last = TRUSTS[0], TRUSTS[-1]
    part = (min(last, max(first, trust)) - first) / (last - first)
    return round(LEFT + part * (RIGHT - LEFT), 1)


def _reach(line: Array, curve: Curve | None) -> tuple[float, float]:
    """From what to what is drawn: all of the wide band and the line, with level in sight."""
    ends = [line] if curve is None else [line, *curve.band(MOST)]
    low = min(float(each.min()) for each in ends)
    high = max(float(each.max()) for each in ends)
    return max(-MOST_REACH, min(low * 1.08, -LEAST_REACH)), min(MOST_REACH, max(high * 1.08, LEAST_REACH))


def _ticks(low: float, high: float, y: Place) -> tuple[Tick, ...]:
    step = next((each for each in STEPS if (high - low) / each <= FEW + 1), STEPS[-1])
    amounts = [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1) if i]
    return tuple(Tick(y(amount), amount) for amount in amounts)


def _outline(xs: Sequence[float], low: Array, high: Array, y: Place) -> str:
    there = [f"{x} {y(float(top))}" for x, top in zip(xs, high, strict=True)]
    back = [f"{x} {y(float(end))}" for x, end in zip(reversed(xs), low[::-1], strict=True)]
    return "M" + "L".join([*there, *back]) + "Z"


def ranges(sets: Array, low: float, high: float) -> list[Bar]:
    """A bar for each column of sets, (S, N), between the same two ends."""
    quantiles = np.quantile(sets, [(1 - MOST) / 2, (1 - HALF) / 2, 0.5, (1 + HALF) / 2, (1 + MOST) / 2], axis=0)
    parts = np.clip((quantiles - low) / (high - low), 0, 1) * LONG
    return [Bar(*(round(float(end), 1) for end in column)) for column in parts.T]


def ground(shown: Map) -> Ground:
    """The map, its rows with more of the other thing higher, neighbours that lead alike as one tile."""
    rows, columns = shown.leads.shape
    height, width = (BOTTOM - TOP) / rows, (RIGHT - LEFT) / columns
    tiles = []
    for i, row in enumerate(shown.leads):
        start = 0
        for j in range(1, columns + 1):
            if j == columns or row[j] != row[start]:
                y = round(BOTTOM - (i + 1) * height, 1)
                x, wide = round(LEFT + start * width, 1), round((j - start) * width, 1)
                tiles.append(Tile(x, y, wide, round(height, 1), str(row[start])))
                start = j
    low, high = shown.values[0], shown.values[-1]
    part = (shown.here[0] - low) / (high - low) * (rows - 1) / rows + 0.5 / rows
    first, last = shown.trusts[0], shown.trusts[-1]
    across = (min(last, max(first, shown.here[1])) - first) / (last - first) * (columns - 1) / columns + 0.5 / columns
    here = (round(LEFT + across * (RIGHT - LEFT), 1), round(BOTTOM - part * (BOTTOM - TOP), 1))
    return Ground(tuple(tiles), here)


def dots(ways: dict[str, Array]) -> dict[str, str]:
    """{way: a path of a dot for each imagined year}, between the least and the most of all ways, 200 wide and 16 high.

    Years that come to the same place lie apart, so that all can be seen: spread evenly in their order, always alike.
    """
    every = np.unique(np.concatenate(list(ways.values())))
    low, span = float(every[0]), float(every[-1] - every[0]) or 1.0
    apart = float(np.diff(every).min()) / span * (DOTS_WIDTH - 2 * DOT) if len(every) > 1 else 0.0
    return {name: _scattered((years - low) / span, min(MOST_APART, apart)) for name, years in ways.items()}


def _scattered(parts: Array, apart: float) -> str:
    """Dots at their parts of the way, at most half of `apart` beside it."""
    order = np.arange(1, len(parts) + 1)
    beside, above = (((order * step) % 1) for step in EVENLY)
    xs = DOT + MOST_APART / 2 + parts * (DOTS_WIDTH - 2 * DOT - MOST_APART) + (beside - 0.5) * apart
    ys = DOT + above * (DOTS_HEIGHT - 2 * DOT)
    return "".join(f"M{x:.4g} {y:.3g}h0" for x, y in zip(xs, ys, strict=True))
