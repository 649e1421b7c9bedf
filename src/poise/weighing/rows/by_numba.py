"""The engine in numba: one compiled kernel for every rulebook, kept on disk once it is compiled.

A few thousand rows at a time, in passes over many numbers at once: the row of each moment in each block; the sums,
several lanes to a word; what leads; and the shares, with powers of two as a polynomial for the part after the point and
an exponent put in place. What leads and what holds is the other engine's to the bit, shares to the precision of floats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from ...rulebook.guideline import UNITS
from .chunks import Part, SlotArray
from .plan import NOTHING_FROM, Block, Plan, mask_type

STEP = 1 << 11
"""Rows whose lanes stay in the caches between passes."""
WIDTH = STEP + 16
"""So that lanes of the same row do not all fall on the same place of a cache."""
NARROW = 1 << 8
"""Rows whose sums stay in the innermost cache."""
GROUP = 4
"""Words that are summed at once."""
DEGREE = 6
"""Of the polynomial for powers of two: as near as floats of 32 bits can tell."""

Array = NDArray[Any]
Kernel = Callable[..., None]


def compiled(function: Kernel) -> Kernel:
    """The function, compiled when it is first called; kept on disk where there is a folder that can be written to."""
    try:
        kernel: Kernel = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # there is no such folder
        kernel = numba.njit(nogil=True)(function)
    return kernel


class ByNumba:
    """Weighs chunks by one plan; keeps the memory it works in."""

    def __init__(self, plan: Plan) -> None:
        blocks, flags = plan.blocks, mask_type(len(plan.replacing))
        self._plan = plan
        self._ends = np.cumsum([0, *(len(each.responses) for each in plan.lists)])
        scores = np.concatenate([self._side_by_side(block) for block in blocks])
        replaced = [np.zeros(len(b.marks), flags) if b.replaced is None else b.replaced for b in blocks]
        self._uses = (
            np.concatenate([np.array(block.slots, np.uintp) for block in blocks]),
            np.concatenate([np.array(block.strides, np.uint32) for block in blocks]),
            np.cumsum([0, *(len(block.slots) for block in blocks)]),
            np.cumsum([0, *(len(block.marks) for block in blocks)]).astype(np.uint32),
        )
        self._scores = scores.view(np.uint64)
        self._marks, self._flags = np.concatenate([block.marks for block in blocks]), np.concatenate(replaced)
        self._having = np.array([number for number, block in enumerate(blocks) if block.replaced is not None], np.intp)
        self._bits = [np.left_shift(1, np.arange(len(each.responses), dtype=np.uint64)) for each in plan.lists]
        powers = Chebyshev.interpolate(np.exp2, DEGREE, domain=[0, 1]).convert(kind=Polynomial).coef
        self._power = np.float32(-plan.unit / UNITS), np.float32(-NOTHING_FROM), tuple(powers.astype(np.float32))
        lanes = int(self._ends[-1])
        self._slots = np.empty((len(plan.slots), WIDTH), np.uint16)
        self._rows = np.empty((len(blocks), WIDTH), np.uint32)
        self._sums = np.empty((NARROW, scores.shape[1]), scores.dtype)
        self._lanes, self._most = np.empty((lanes, WIDTH), scores.dtype), np.empty(WIDTH, scores.dtype)
        self._shares, self._space = np.empty((lanes, WIDTH), np.float32), np.empty((2, WIDTH), np.float32)

    def _side_by_side(self, block: Block) -> Array:
        """All lists' lanes beside each other, without what pads them, up to GROUP words or a multiple."""
        lane = np.result_type(*block.scores) if block.scores else np.dtype(np.uint16)
        groups = max(1, -(-int(self._ends[-1]) * lane.itemsize // (8 * GROUP)))
        found = np.zeros((len(block.marks), groups * 8 * GROUP // lane.itemsize), lane)
        for scores, first, end in zip(block.scores, self._ends, self._ends[1:], strict=False):
            found[:, first:end] = scores[:, : end - first]
        return found

    def weigh(self, slots: SlotArray, part: Part) -> None:
        """Weigh one chunk."""
        for start in range(0, slots.shape[1], STEP):
            here = slice(start, min(start + STEP, slots.shape[1]))
            count = here.stop - start
            self._slots[:, :count] = slots[:, here]
            rows_of(count, self._slots, *self._uses, self._rows)
            summed(count, self._rows, self._scores, self._sums.view(np.uint64), self._sums, self._lanes)
            marked(count, self._rows, self._marks, part.marks[here])
            flagged(count, self._rows, self._flags, self._having, part.replaced[here])
            for number in range(len(self._plan.lists)):
                self._rank(number, here, part)

    def _rank(self, number: int, here: slice, part: Part) -> None:
        """One list's leads and shares."""
        own = slice(self._ends[number], self._ends[number + 1])
        leads, lanes, count = part.leads[number][here], self._lanes[own], here.stop - here.start
        bits = self._bits[number].astype(leads.dtype)
        ranked(lanes, self._plan.lists[number].out, part.replaced[here], bits, self._most, leads)
        if part.shares:
            shared(lanes, self._most, leads, *self._power, self._space, self._shares[own])
            part.shares[number][:, here] = self._shares[own, :count]


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
                    words[i, a] += scores[row[i], a]
                    words[i, b] += scores[row[i], b]
                    words[i, c] += scores[row[i], c]
                    words[i, d] += scores[row[i], d]
        for lane in range(len(into)):
            own = into[lane, start:]
            for i in range(many):
                own[i] = lanes[i, lane]


@compiled
def marked(count: int, rows: Array, marks: Array, into: Array) -> None:
    """What holds in each moment's rows."""
    for word in range(into.shape[1]):
        for i in range(count):
            into[i, word] = 0
        for block in range(len(rows)):
            row = rows[block]
            for i in range(count):
                into[i, word] |= marks[row[i], word]


@compiled
def flagged(count: int, rows: Array, flags: Array, having: Array, into: Array) -> None:
    """Which bounds replace the weighing, from the blocks that have any."""
    into[:] = 0
    for block in having:
        row = rows[block]
        for i in range(count):
            into[i] |= flags[row[i]]


@compiled
def ranked(lanes: Array, out: int, gone: Array, bits: Array, most: Array, leads: Array) -> None:
    """The most of each row, at least `out`, and the bit of each response that has it, where nothing replaces it."""
    count = len(leads)
    most[:count] = out
    for lane in range(len(lanes)):
        own = lanes[lane]
        for i in range(count):
            most[i] = max(most[i], own[i])
    leads[:] = 0
    for lane in range(len(lanes)):
        own, bit = lanes[lane], bits[lane]
        for i in range(count):
            leads[i] |= bit if own[i] == most[i] else 0
    for i in range(count):
        leads[i] = leads[i] if gone[i] == 0 else 0


@compiled
def shared(
    lanes: Array, most: Array, leads: Array, unit: float, nothing: float, polynomial: Array, space: Array, shares: Array
) -> None:
    """The share of each response, where something leads: powers of two divided by their sum."""
    count, scale, whole = len(leads), space[0], space[1]
    exponent = scale.view(np.int32)
    whole[:count] = 0
    a, b, c, d, e, f, g = polynomial
    for lane in range(len(lanes)):
        own, share = lanes[lane], shares[lane]
        for i in range(count):
            power = np.float32(np.int32(most[i] - own[i])) * unit
            power = power if power > nothing else nothing
            floor = np.int32(power - np.float32(1))
            exponent[i] = (floor + 127) << 23
            rest = power - np.float32(floor)
            found = (((((g * rest + f) * rest + e) * rest + d) * rest + c) * rest + b) * rest + a
            share[i] = found if power > nothing else np.float32(0)
        for i in range(count):
            share[i] *= scale[i]
            whole[i] += share[i]
    for i in range(count):
        whole[i] = np.float32(1) / whole[i] if leads[i] != 0 else np.float32(0)
    for lane in range(len(lanes)):
        share = shares[lane]
        for i in range(count):
            share[i] *= whole[i]
