"""The engine in numba: one compiled kernel for every rulebook, kept on disk once it is compiled.

A few thousand rows at a time, in passes over many numbers at once: the row of each moment in each block; the sums,
several lanes to a word; what leads; and the shares, with powers of two as a polynomial for the part after the point and
an exponent put in place. What leads and what holds is the other engine's to the bit, shares to the precision of floats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numba
import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from .chunks import CHUNK, Part
from .columns import Codes
from .plan import NOTHING_FROM, Block, Plan, Slots, mask_type

STEP = 1 << 9
"""Rows whose lanes stay in the caches between passes."""
WIDTH = STEP + 16
"""So that lanes of the same row do not all fall on the same place of a cache."""
NARROW = 1 << 8
"""Rows whose sums stay in the innermost cache."""
GROUP = 4
"""Words that are summed at once."""
DEGREE = 5
"""Of the polynomial for powers of two: as near as floats of 32 bits can tell."""

Array = NDArray[Any]
Kernel = Callable[..., None]


def compiled(function: Kernel) -> Kernel:
    """The function, compiled when it is first called; kept on disk where there is a folder that can be written to."""
    try:
        kernel: Kernel = numba.njit(cache=True, nogil=True, fastmath={"contract"})(function)
    except RuntimeError:  # there is no such folder
        kernel = numba.njit(nogil=True, fastmath={"contract"})(function)
    return kernel


class ByNumba:
    """Weighs chunks by one plan; keeps the memory it works in."""

    def __init__(self, plan: Plan) -> None:
        self._positions = sorted({slots.position for slots in plan.slots})
        self._codes = np.zeros((len(self._positions), CHUNK), np.uint8)
        ends = np.cumsum([0, *(len(each.responses) for each in plan.lists)])
        scores = np.concatenate([_side_by_side(block, ends) for block in plan.blocks])
        self._leads = np.empty((len(plan.lists), CHUNK), mask_type(int(np.diff(ends).max(initial=1))))
        self._tables = (
            *self._slots(plan.slots),
            *_uses(plan.blocks),
            scores.view(np.uint64),
            np.concatenate([block.marks for block in plan.blocks]),
            *_flags(plan),
            ends,
            np.array([each.out for each in plan.lists], np.int64),
            np.array([-each.unit for each in plan.lists], np.float32),
            np.concatenate([[np.float32(0)], *(each.weights for each in plan.lists)])[1:].astype(np.float32),
            tuple(Chebyshev.interpolate(np.exp2, DEGREE, domain=[0, 1]).convert(kind=Polynomial).coef.astype(np.float32)),
        )
        sums = np.empty((NARROW, scores.shape[1]), scores.dtype)
        self._space = (
            np.empty((len(plan.slots), WIDTH), np.uint8),
            np.empty((len(plan.blocks), WIDTH), np.uint32),
            sums.view(np.uint64),
            sums,
            np.empty((ends[-1], WIDTH), scores.dtype),
            np.empty(WIDTH, scores.dtype),
            np.empty((2, WIDTH), np.float32),
        )

    def _slots(self, slots: Sequence[Slots]) -> tuple[Array, Array, Array]:
        """The column of each slot; the codes at which slots after the first begin, one up; and where each's end."""
        later = [[start + 1 for start in each.starts[1:]] for each in slots]
        columns = [self._positions.index(each.position) for each in slots]
        begin = np.array([start for each in later for start in each], np.uint8)
        return np.array(columns, np.uintp), begin, np.cumsum([0, *map(len, later)])

    def weigh(self, columns: Mapping[int, Codes], part: Part) -> None:
        """Weigh one chunk."""
        count = part.rows.stop - part.rows.start
        for codes, position in zip(self._codes, self._positions, strict=True):
            if position in columns:
                np.add(columns[position][part.rows], 1, out=codes[:count])  # unanswered, 255, becomes 0
        shares = np.empty((0, 0), np.float32) if part.shares is None else part.shares
        chunk = count, part.rows.start, self._codes, self._leads, shares, part.marks, part.replaced
        weigh_chunk(*chunk, self._tables, self._space)
        for leads, found in zip(part.leads, self._leads, strict=True):
            leads[part.rows] = found[:count]


def _side_by_side(block: Block, ends: Array) -> Array:
    """All lists' lanes beside each other, without what pads them, up to GROUP words or a multiple."""
    lane = np.result_type(np.uint16, *block.scores)
    groups = max(1, -(-int(ends[-1]) * lane.itemsize // (8 * GROUP)))
    found = np.zeros((len(block.marks), groups * 8 * GROUP // lane.itemsize), lane)
    for scores, first, end in zip(block.scores, ends, ends[1:], strict=False):
        found[:, first:end] = scores[:, : end - first]
    return found


def _uses(blocks: Sequence[Block]) -> tuple[Array, Array, Array, Array]:
    """The slots and strides of all blocks; where each block's end; and its first row, all blocks' rows counted on."""
    return (
        np.array([slot for block in blocks for slot in block.slots], np.uintp),
        np.array([stride for block in blocks for stride in block.strides], np.uint32),
        np.cumsum([0, *(len(block.slots) for block in blocks)]),
        np.cumsum([0, *(len(block.marks) for block in blocks)]).astype(np.uint32),
    )


def _flags(plan: Plan) -> tuple[Array, Array]:
    """The bounds that replace the weighing, for all rows; and the blocks that have any."""
    none = mask_type(len(plan.replacing))
    flags = [np.zeros(len(b.marks), none) if b.replaced is None else b.replaced for b in plan.blocks]
    having = [number for number, block in enumerate(plan.blocks) if block.replaced is not None]
    return np.concatenate(flags), np.array(having, np.intp)


@compiled
def slots_of(codes: Array, start: int, stop: int, columns: Array, begin: Array, ends: Array, slots: Array) -> None:
    """How many slots after the first begin at or before each code."""
    count = stop - start
    for each in range(len(slots)):
        code, slot = codes[columns[each], start:stop], slots[each]
        slot[:count] = 0
        for later in range(ends[each], ends[each + 1]):
            least = begin[later]
            for i in range(count):
                slot[i] += np.uint8(code[i] >= least)


@compiled
def rows_of(count: int, slots: Array, uses: Array, strides: Array, ends: Array, firsts: Array, rows: Array) -> None:
    """The row of each moment in each block, all blocks' rows counted on."""
    for block in range(len(rows)):
        found = rows[block]
        found[:count] = firsts[block]
        for use in range(ends[block], ends[block + 1]):
            slot, stride = slots[uses[use]], strides[use]
            for i in range(count):
                found[i] += np.uint32(slot[i]) * stride


@compiled
def summed(count: int, rows: Array, scores: Array, words: Array, lanes: Array, into: Array) -> None:
    """The sums of each moment's rows, turned so that each lane's lie beside each other. `lanes` are `words`."""
    for start in range(0, count, len(words)):
        many = min(len(words), count - start)
        words[:many] = 0
        for block in range(len(rows)):
            row = rows[block, start:]
            for word in range(0, words.shape[1], 4):  # GROUP, as a number that compiles to as many lanes
                a, b, c, d = np.uintp(word), np.uintp(word + 1), np.uintp(word + 2), np.uintp(word + 3)
                for i in range(many):
                    # All are read before any is written, so that they become one wide addition.
                    at_a, at_b = words[i, a] + scores[row[i], a], words[i, b] + scores[row[i], b]
                    at_c, at_d = words[i, c] + scores[row[i], c], words[i, d] + scores[row[i], d]
                    words[i, a], words[i, b], words[i, c], words[i, d] = at_a, at_b, at_c, at_d
        for lane in range(len(into)):
            own = into[lane, start:]
            for i in range(many):
                own[i] = lanes[i, lane]


@compiled
def marked(rows: Array, marks: Array, into: Array) -> None:
    """What holds in each moment's rows."""
    for word in range(into.shape[1]):
        for i in range(len(into)):
            into[i, word] = 0
        for block in range(len(rows)):
            row = rows[block]
            for i in range(len(into)):
                into[i, word] |= marks[row[i], word]


@compiled
def flagged(rows: Array, flags: Array, having: Array, into: Array) -> None:
    """Which bounds replace the weighing, from the blocks that have any."""
    into[:] = 0
    for block in having:
        row = rows[block]
        for i in range(len(into)):
            into[i] |= flags[row[i]]


@compiled
def ranked(lanes: Array, first: int, end: int, out: int, gone: Array, most: Array, leads: Array) -> None:
    """The most of each row, at least `out`, and the bit of each response that has it, where nothing replaces it."""
    count = len(leads)
    most[:count] = out
    for lane in range(first, end):
        own = lanes[lane]
        for i in range(count):
            most[i] = max(most[i], own[i])
    leads[:] = 0
    for lane in range(first, end):
        own, bit = lanes[lane], np.uint64(1) << np.uint64(lane - first)
        for i in range(count):
            leads[i] |= bit if own[i] == most[i] else np.uint64(0)
    for i in range(count):
        leads[i] = leads[i] if gone[i] == 0 else np.uint64(0)


@compiled
def shared(
    lanes: Array,
    first: int,
    end: int,
    most: Array,
    leads: Array,
    unit: float,
    weights: Array,
    polynomial: Array,
    space: Array,
    shares: Array,
    row: int,
) -> None:
    """The share of each response, where something leads: powers of two divided by their sum."""
    count, scale, whole = len(leads), space[0], space[1]
    exponent = scale.view(np.int32)
    nothing = np.float32(-NOTHING_FROM)
    a, b, c, d, e, f = polynomial
    whole[:count] = 0
    for lane in range(first, end):
        own, share, weight = lanes[lane], shares[lane, row : row + count], weights[lane]
        for i in range(count):
            power = np.float32(np.int32(most[i] - own[i])) * unit
            power = power if power > nothing else nothing
            floor = np.int32(power - np.float32(1))
            exponent[i] = (floor + 127) << 23
            rest = power - np.float32(floor)
            found = ((((f * rest + e) * rest + d) * rest + c) * rest + b) * rest + a
            share[i] = found * weight if power > nothing else np.float32(0)
        for i in range(count):
            share[i] *= scale[i]
            whole[i] += share[i]
    for i in range(count):
        whole[i] = np.float32(1) / whole[i] if leads[i] != 0 else np.float32(0)
    for lane in range(first, end):
        share = shares[lane, row : row + count]
        for i in range(count):
            share[i] *= whole[i]


@compiled
def weigh_chunk(
    count: int,
    first: int,
    codes: Array,
    leads: Array,
    shares: Array,
    marks: Array,
    replaced: Array,
    tables: tuple[Array, ...],
    space: tuple[Array, ...],
) -> None:
    """Weigh rows STEP by STEP; `first` is where they stand in `shares` and `marks`."""
    columns, begin, later, uses, strides, used, firsts, scores, holds, flags, having, ends, out, unit, weights, p = tables
    slots, rows, words, sums, lanes, most, powers = space
    for start in range(0, count, STEP):
        stop = min(start + STEP, count)
        slots_of(codes, start, stop, columns, begin, later, slots)
        rows_of(stop - start, slots, uses, strides, used, firsts, rows)
        summed(stop - start, rows, scores, words, sums, lanes)
        marked(rows, holds, marks[first + start : first + stop])
        gone = replaced[first + start : first + stop]
        flagged(rows, flags, having, gone)
        for each in range(len(leads)):
            lead = leads[each, start:stop]
            ranked(lanes, ends[each], ends[each + 1], out[each], gone, most, lead)
            if len(shares):
                shared(lanes, ends[each], ends[each + 1], most, lead, unit[each], weights, p, powers, shares, first + start)
