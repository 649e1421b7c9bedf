"""A rulebook laid out as arrays: blocks of tables, with scores for every lane and marks for what holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.guideline import BESIDE, MINE, TOWARD
from ...rulebook.rulebook import Rulebook
from ..tables import Tables
from .joining import Answering, Axes, joined, shape, together
from .lanes import WORD, LaneType, Listed, lanes_of
from .leaf import Array, Leaf, leaves

LINE = 64
"""Bytes that a cache moves at once."""


class Slots(NamedTuple):
    """A consideration, and the code at which each of its slots begins."""

    position: int
    starts: tuple[int, ...]


class Block(NamedTuple):
    """Tables laid together. A moment's row is the sum of stride * slot."""

    slots: tuple[int, ...]
    """By number in the plan's `slots`."""
    strides: tuple[int, ...]
    scores: Array
    """(rows, lanes), those of all lists side by side."""
    marks: NDArray[np.uint64]
    """(rows, words), a bit for each guideline that applies and bound that is met."""
    replaced: Array | None
    """(rows,), a bit for each bound that replaces the weighing, where this block has any."""


@dataclass(frozen=True, eq=False)
class Plan:
    """All that an engine needs of one rulebook, for moments that are theirs or mine."""

    book: Rulebook
    lists: tuple[Listed, ...]
    slots: tuple[Slots, ...]
    blocks: tuple[Block, ...]
    replacing: tuple[str, ...]
    """The bounds that replace the weighing, in the order of their bits."""

    @property
    def ends(self) -> list[int]:
        """Where the lanes of each list begin, and where the last one's end."""
        return [0, *accumulate(len(each.whose) for each in self.lists)]


class Part(NamedTuple):
    """Where a chunk's results go: all rows' arrays, and which rows are meant."""

    rows: slice
    leads: NDArray[Any]
    """(lists, all rows), a bit for each response."""
    shares: tuple[NDArray[np.float32], ...]
    """For each list (responses, all rows and some more), each row of it beginning a `line`; none if not asked for."""
    marks: NDArray[np.uint64]
    """(all rows, words), or no words where no reasons are asked for."""
    replaced: NDArray[Any]
    """(all rows,), a bit for each bound that replaces the weighing."""


def plan_of(tables: Tables, whose: str, answering: Answering, most_rows: int) -> Plan:
    """The plan for such rows, in blocks of at most so many. Raises Mistakes where rows cannot hold the book."""
    book = tables.book
    found = leaves(tables, answering)
    groups = [[found[number] for number in numbers] for numbers in together([leaf.axes for leaf in found], most_rows)]
    lists = [
        lanes_of(book, name, groups) for name in ((MINE,) if whose == MINE else (TOWARD, BESIDE)) if book.listed(name)
    ]
    replacing = tuple(bound.id for bound in book.bounds.values() if bound.replaces)
    axes = [joined(leaf.axes for leaf in group) for group in groups]
    slots = list(dict.fromkeys(Slots(*axis) for each in axes for axis in each.items()))
    blocks = [
        Block(
            tuple(slots.index(Slots(*axis)) for axis in each.items()),
            tuple(prod(shape(each)[place + 1 :]) for place in range(len(each))),
            np.concatenate([none, *(listed.scores(number, each) for listed in lists)], axis=1),
            *_marked(book, replacing, group, each),
        )
        for number, (group, each) in enumerate(zip(groups, axes, strict=True))
        for none in [np.empty((prod(shape(each)), 0), np.uint16)]
    ]
    return Plan(book, tuple(each.listed() for each in lists), tuple(slots), tuple(blocks), replacing)


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


def words_of(book: Rulebook) -> int:
    """How many words of marks a row has: guidelines first, then bounds."""
    return -(-(len(book.guidelines) + len(book.bounds)) // WORD) or 1


def lines(rows: int, columns: int, kind: type[np.generic]) -> Array:
    """(rows, at least so many columns), each row beginning where a line of the cache does."""
    many = LINE // np.dtype(kind).itemsize
    found = np.empty(rows * -(-columns // many) * LINE + LINE, np.uint8)
    first = -found.ctypes.data % LINE
    return found[first : len(found) - LINE + first].view(kind).reshape(rows, -(-columns // many) * many)
