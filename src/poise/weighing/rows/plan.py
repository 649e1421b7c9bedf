"""A rulebook laid out as arrays: blocks of tables, with scores for every response and marks for what holds.

Every lean on a list is a multiple of one unit; where its responses start leaves remainders of it, few of them, so that

    score = unit * k + remainder, 0 <= remainder < unit        step = k * remainders + rank of the remainder

rise and tie together. Steps are small whole numbers. A list has a lane for each of its responses. With `v[b, r, l]` the
steps that row r of block b adds to lane l, and `low[b, l]` the least it can add, the arrays hold

    scores[b, r, l] = v[b, r, l] - low[b, l] >= 0        base[l] = start[l] + sum over b of low[b, l] - floor >= 0

with the base taken into block 0, so that sums of unsigned lanes, several to a word, never carry: in sixteen bits where
they fit, else in 31. What takes a response out takes `far` off: more than two scores can lie apart, and so much more
that its share is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, gcd, prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.guideline import BESIDE, MINE, TOWARD, UNITS
from ...rulebook.rulebook import Rulebook
from ..tables import Tables
from .joining import Answering, Axes, joined, shape, together
from .leaf import Array, Leaf, leaves, refused

WORD = 64
"""Bits in a word of marks; also the most responses of one list."""
NOTHING_FROM = 125
"""Doublings behind the first from which a share is nothing: floats of 32 bits hardly reach further."""

LaneType = type[np.unsignedinteger[Any]]
LANE_TYPES: dict[LaneType, int] = {np.uint16: 1 << 16, np.uint32: 1 << 31}
"""{type of a lane: the numbers it may hold}."""
CHUNK = 1 << 15
"""Rows that are weighed at once: few enough for the caches, enough that a call costs little beside its work."""


class Slots(NamedTuple):
    """A consideration, and the code at which each of its slots begins."""

    position: int
    starts: tuple[int, ...]


class Block(NamedTuple):
    """Tables laid together. A moment's row is the sum of stride * slot."""

    slots: tuple[int, ...]
    """By number in the plan's `slots`."""
    strides: tuple[int, ...]
    scores: tuple[Array, ...]
    """For each list (rows, lanes), lanes padded to whole words."""
    marks: NDArray[np.uint64]
    """(rows, words), a bit for each guideline that applies and bound that is met."""
    replaced: Array | None
    """(rows,), a bit for each bound that replaces the weighing, where this block has any."""


class Listed(NamedTuple):
    """One list: steps below `out` are those of a response that is out; a step is worth `unit` doublings.

    What steps leave out of where a response starts, its `weight` puts back into its power of two.
    """

    name: str
    responses: tuple[str, ...]
    out: int
    unit: float
    weights: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Plan:
    """All that an engine needs of one rulebook, for moments that are theirs or mine."""

    book: Rulebook
    lists: tuple[Listed, ...]
    slots: tuple[Slots, ...]
    blocks: tuple[Block, ...]
    replacing: tuple[str, ...]
    """The bounds that replace the weighing, in the order of their bits."""


class Part(NamedTuple):
    """Where a chunk's results go: all rows' arrays, and which rows are meant."""

    rows: slice
    leads: tuple[NDArray[Any], ...]
    """For each list (all rows,), a bit for each response."""
    shares: NDArray[np.float32] | None
    """(responses of all lists, all rows), where shares are asked for."""
    marks: NDArray[np.uint64]
    """(all rows, words), or no words where no reasons are asked for."""
    replaced: NDArray[Any]
    """(all rows,), a bit for each bound that replaces the weighing."""


def plan_of(tables: Tables, whose: str, answering: Answering) -> Plan:
    """The plan for such rows. Raises Mistakes where rows cannot hold the book."""
    book = tables.book
    found = leaves(tables, answering)
    groups = [[found[number] for number in numbers] for numbers in together([leaf.axes for leaf in found])]
    lists = [_List(book, name, groups) for name in ((MINE,) if whose == MINE else (TOWARD, BESIDE))]
    lists = [each for each in lists if each.responses]
    replacing = tuple(bound.id for bound in book.bounds.values() if bound.replaces)
    axes = [joined(leaf.axes for leaf in group) for group in groups]
    slots = list(dict.fromkeys(Slots(*axis) for each in axes for axis in each.items()))
    blocks = [
        Block(
            tuple(slots.index(Slots(*axis)) for axis in each.items()),
            tuple(prod(shape(each)[place + 1 :]) for place in range(len(each))),
            tuple(listed.scores(number, each) for listed in lists),
            *_marked(book, replacing, group, each),
        )
        for number, (group, each) in enumerate(zip(groups, axes, strict=True))
    ]
    return Plan(book, tuple(each.listed() for each in lists), tuple(slots), tuple(blocks), replacing)


class _List:
    """One list being laid out."""

    def __init__(self, book: Rulebook, name: str, groups: Sequence[Sequence[Leaf]]) -> None:
        self.name, self.groups = name, groups
        self.responses = tuple(response.id for response in book.listed(name))
        if len(self.responses) > WORD:
            raise refused(f"the list `{name}` has {len(self.responses)} responses; weighed in rows it can have {WORD}")
        units = (held.effect.units for group in groups for leaf in group for held in leaf.held)
        self.unit = unit = gcd(*(each.get(response, 0) for each in units for response in self.responses)) or UNITS
        starts = [divmod(book.start.get(response, 0), unit) for response in self.responses]
        ranks = {remainder: rank for rank, remainder in enumerate(sorted({remainder for _, remainder in starts}))}
        self.steps = len(ranks)
        self.start = np.array([whole * self.steps + ranks[rest] for whole, rest in starts], np.int64)
        left = [(rest - unit * ranks[rest] / self.steps) / UNITS for _, rest in starts]
        self.weights = np.exp2(np.array(left)).astype(np.float32)
        reach = np.array([[self._reach(group, response) for response in self.responses] for group in groups], np.int64)
        reach = reach.reshape(len(groups), len(self.responses), 3)
        self.low, high, self.taken = self._in_steps(reach[..., 0]), self._in_steps(reach[..., 1]), reach[..., 2]
        self._scale(self.start + self.low.sum(axis=0), self.start + high.sum(axis=0))

    def _in_steps(self, thousandths: Array) -> Array:
        return thousandths // self.unit * self.steps

    def _reach(self, group: Sequence[Leaf], response: str) -> tuple[int, int, bool]:
        """The least and the most a group adds to a response, and whether it can take it out."""
        gains = [(int(found.min()), int(found.max())) for leaf in group for found in [leaf.gains(response)]]
        return (
            sum(low for low, _ in gains),
            sum(high for _, high in gains),
            any(leaf.out(response).any() for leaf in group),
        )

    def _scale(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> None:
        """Choose what takes a response out, what is taken off all, and the type of a lane."""
        least, most = int(low.min(initial=0)), int(high.max(initial=0))
        self.far = most - least + 1 + ceil(NOTHING_FROM * UNITS * self.steps / self.unit)
        self.floor = int((low - self.far * self.taken.sum(axis=0)).min(initial=0))
        self.out = least - self.floor
        fitting = [lane for lane, numbers in LANE_TYPES.items() if most - self.floor < numbers]
        if not fitting:
            raise refused("the leans of this book reach too far apart to be weighed in rows")
        self.type: LaneType = fitting[0]

    def listed(self) -> Listed:
        """The list as engines see it."""
        return Listed(self.name, self.responses, self.out, self.unit / self.steps / UNITS, self.weights)

    def scores(self, number: int, axes: Axes) -> Array:
        """(rows, lanes) of one group."""
        found = np.empty((prod(shape(axes)), len(self.responses)), self.type)
        lowest = self.low - self.far * self.taken
        base = self.start - self.floor + lowest.sum(axis=0) if number == 0 else np.zeros_like(self.start)
        for lane, response in enumerate(self.responses):
            score = np.full(shape(axes), base[lane] - lowest[number, lane], np.int64)
            out = np.zeros(shape(axes), np.bool_)
            for leaf in self.groups[number]:
                score += leaf.placed(self._in_steps(leaf.gains(response)), axes)
                out |= leaf.placed(leaf.out(response), axes)
            found[:, lane] = (score - self.far * out).reshape(-1)
        return _padded(found, self.type)


def _marked(
    book: Rulebook, replacing: tuple[str, ...], group: Sequence[Leaf], axes: Axes
) -> tuple[NDArray[np.uint64], Array | None]:
    """(rows, words) of what holds, and (rows,) of the bounds that replace the weighing."""
    bits = {(False, name): bit for bit, name in enumerate(book.guidelines)}
    bits |= {(True, name): len(bits) + number for number, name in enumerate(book.bounds)}
    marks = np.zeros((*shape(axes), words_of(book)), np.uint64)
    for leaf in group:
        for effect, _, holds in leaf.held:
            if effect.guideline or effect.bound:
                bit = bits[bool(effect.bound), effect.bound.id if effect.bound else effect.guideline]
                marks[..., bit // WORD] |= leaf.placed(holds, axes).astype(np.uint64) << np.uint64(bit % WORD)
    marks = marks.reshape(-1, words_of(book))
    flags = [has_mark(marks, bits[True, name]) for name in replacing]
    replaced = np.array(sum(flag * mask_type(len(flags))(1 << bit) for bit, flag in enumerate(flags)))
    return marks, replaced if replaced.any() else None


def has_mark(marks: NDArray[np.uint64], bit: int) -> NDArray[np.bool_]:
    """The rows that have one of the marks."""
    found: NDArray[np.bool_] = (marks[:, bit // WORD] & np.uint64(1 << bit % WORD)) != 0
    return found


def mask_type(bits: int) -> LaneType:
    """The narrowest type that has so many bits."""
    return next(each for each in (np.uint8, np.uint16, np.uint32, np.uint64) if np.iinfo(each).bits >= bits)


def _padded(array: Array, lane_type: LaneType) -> Array:
    """The same with lanes of nothing up to whole words: 1, 2 or 4, as NumPy copies these fastest, or more."""
    size = np.dtype(lane_type).itemsize
    words = max(1, -(-array.shape[-1] * size // 8))
    words = 4 if words == 3 else words
    found = np.zeros((*array.shape[:-1], words * 8 // size), lane_type)
    found[..., : array.shape[-1]] = array
    return found


def words_of(book: Rulebook) -> int:
    """How many words of marks a row has: guidelines first, then bounds."""
    return -(-(len(book.guidelines) + len(book.bounds)) // WORD) or 1
