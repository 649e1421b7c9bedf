"""The lanes of one list: its scores as small whole numbers.

Nearly every lean on a list is a multiple of one unit, and where a response starts leaves few remainders of it, so that

    score = unit * k + remainder, 0 <= remainder < unit        step = k * remainders + rank of the remainder

rise and tie together. A list has a lane for each of its responses. Where a response has a lean that is no multiple, it
has two: one starts without that lean and is out where it holds, one starts with it and is out where it does not. With
`v[b, r, l]` the steps that row r of block b adds to lane l, and `low[b, l]` the least it can add, the arrays hold

    scores[b, r, l] = v[b, r, l] - low[b, l] >= 0        base[l] = start[l] + sum over b of low[b, l] - floor >= 0

with the base taken into block 0, so that sums of unsigned lanes, several to a word, never carry: in sixteen bits where
they fit, else in 31. What takes a response out takes `far` off: more than two scores can lie apart, and so much more
that its share is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, islice, product
from math import ceil, gcd, prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.guideline import UNITS
from ...rulebook.rulebook import Rulebook
from ..tables import Effect
from .joining import Axes, shape
from .leaf import Array, Leaf, Truth, refused

NOTHING_FROM = 125
"""Doublings behind the first from which a share is nothing: floats of 32 bits hardly reach further."""
WORD = 64
"""The most responses of one list, and the bits in a word of marks."""
MORE = 4
"""Lanes that a list may have besides one for each response."""

LaneType = type[np.unsignedinteger[Any]]
LANE_TYPES: dict[LaneType, int] = {np.uint16: 1 << 16, np.uint32: 1 << 31}
"""{type of a lane: the numbers it may hold}."""


class Listed(NamedTuple):
    """One list: steps below `out` are those of a lane that is out; a step is worth `unit` doublings."""

    name: str
    responses: tuple[str, ...]
    whose: tuple[int, ...]
    """For each lane, which response's it is; rising."""
    out: int
    unit: float
    weights: NDArray[np.float32]
    """What steps leave out of where a lane starts, put back into its power of two."""


class Lane(NamedTuple):
    """A response, where leans that are no multiples of the unit hold or don't."""

    response: int
    """By its place in the list."""
    name: str
    start: int
    """In thousandths of a doubling, what holds included."""
    holding: tuple[Effect, ...]
    """Of the leans that are no multiples, those that hold."""
    apart: tuple[Effect, ...]
    """All of them."""

    def gains(self, leaf: Leaf) -> NDArray[np.int64]:
        """What a leaf adds besides, in thousandths of a doubling."""
        return leaf.gains(self.name, self.apart)

    def out(self, leaf: Leaf) -> Truth:
        """Where a leaf takes it out."""
        found = leaf.out(self.name)
        for held in leaf.held:
            if held.effect in self.apart:
                found |= held.holds != (held.effect in self.holding)
        return found

    def reach(self, group: Sequence[Leaf]) -> tuple[int, int, bool]:
        """The least and the most that a group adds, and whether it can take it out."""
        gains = [(int(found.min()), int(found.max())) for leaf in group for found in [self.gains(leaf)]]
        return sum(low for low, _ in gains), sum(high for _, high in gains), any(self.out(leaf).any() for leaf in group)


class Lanes:
    """One list being laid out, its scores counted in `unit` thousandths of a doubling."""

    def __init__(self, name: str, lanes: Sequence[Lane], groups: Sequence[Sequence[Leaf]], unit: int) -> None:
        self.name, self.lanes, self.groups, self.unit = name, lanes, groups, unit
        starts = [divmod(lane.start, unit) for lane in lanes]
        ranks = {remainder: rank for rank, remainder in enumerate(sorted({remainder for _, remainder in starts}))}
        self.steps = len(ranks)
        self.start = np.array([whole * self.steps + ranks[rest] for whole, rest in starts], np.int64)
        left = [(rest - unit * ranks[rest] / self.steps) / UNITS for _, rest in starts]
        self.weights = np.exp2(np.array(left)).astype(np.float32)
        reach = np.array([[lane.reach(group) for lane in lanes] for group in groups], np.int64)
        reach = reach.reshape(len(groups), len(lanes), 3)
        self.low, high, self.taken = self._in_steps(reach[..., 0]), self._in_steps(reach[..., 1]), reach[..., 2]
        self._scale(self.start + self.low.sum(axis=0), self.start + high.sum(axis=0))

    def _in_steps(self, thousandths: Array) -> Array:
        return thousandths // self.unit * self.steps

    def _scale(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> None:
        """Choose what takes a lane out, what is taken off all, and the type of a lane, if there is one wide enough."""
        least, most = int(low.min(initial=0)), int(high.max(initial=0))
        # More than scores can lie apart; nothing as a share; and once more a unit, since weights are less than that.
        self.far = most - least + 1 + ceil(NOTHING_FROM * UNITS * self.steps / self.unit) + self.steps
        self.floor = int((low - self.far * self.taken.sum(axis=0)).min(initial=0))
        self.out = least - self.floor
        fitting = (lane for lane, numbers in LANE_TYPES.items() if most - self.floor < numbers)
        self.type: LaneType | None = next(fitting, None)

    def listed(self) -> Listed:
        """The list as engines see it."""
        responses = tuple(dict.fromkeys(lane.name for lane in self.lanes))
        whose = tuple(lane.response for lane in self.lanes)
        return Listed(self.name, responses, whose, self.out, self.unit / self.steps / UNITS, self.weights)

    def scores(self, number: int, axes: Axes) -> Array:
        """(rows, lanes) of one group."""
        found = np.empty((prod(shape(axes)), len(self.lanes)), self.type)
        lowest = self.low - self.far * self.taken
        base = self.start - self.floor + lowest.sum(axis=0) if number == 0 else np.zeros_like(self.start)
        for place, lane in enumerate(self.lanes):
            score = np.full(shape(axes), base[place] - lowest[number, place], np.int64)
            out = np.zeros(shape(axes), np.bool_)
            for leaf in self.groups[number]:
                score += leaf.placed(self._in_steps(lane.gains(leaf)), axes)
                out |= leaf.placed(lane.out(leaf), axes)
            found[:, place] = (score - self.far * out).reshape(-1)
        return found


def lanes_of(book: Rulebook, name: str, groups: Sequence[Sequence[Leaf]]) -> Lanes:
    """A list in lanes of 16 bits if that can be, else as many lanes as responses. Raises Mistakes if it fits in none.

    Units tried are what all leans are multiples of, then what more and more of them are, the rarest left out first.
    """
    responses = [response.id for response in book.listed(name)]
    if len(responses) > WORD:
        raise refused(f"the list `{name}` has {len(responses)} responses; weighed in rows it can have {WORD}")
    effects = [held.effect for group in groups for leaf in group for held in leaf.held]
    leans = Counter(abs(effect.units.get(response, 0)) for effect in effects for response in responses)
    usual = [lean for lean, _ in leans.most_common() if lean]
    units = list(dict.fromkeys(gcd(*usual[:many]) for many in range(len(usual), 0, -1))) or [UNITS]
    whole = Lanes(name, list(_lanes(book, responses, effects, units[0])), groups, units[0])
    for unit in units[1:] if whole.type is not np.uint16 else ():
        lanes = list(islice(_lanes(book, responses, effects, unit), len(responses) + MORE + 1))
        if len(lanes) <= len(responses) + MORE and (found := Lanes(name, lanes, groups, unit)).type is np.uint16:
            return found
    if whole.type is None:
        raise refused("the leans of this book reach too far apart to be weighed in rows")
    return whole


def _lanes(book: Rulebook, responses: Sequence[str], effects: Sequence[Effect], unit: int) -> Iterator[Lane]:
    for place, name in enumerate(responses):
        apart = tuple(effect for effect in effects if effect.units.get(name, 0) % unit)
        for chosen in product((False, True), repeat=len(apart)):
            holding = tuple(compress(apart, chosen))
            start = book.start.get(name, 0) + sum(effect.units[name] for effect in holding)
            yield Lane(place, name, start, holding, apart)
