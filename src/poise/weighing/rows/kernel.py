"""The kernel: compiled once for every rulebook, and kept on disk.

A few thousand rows at a time, in passes over many numbers at once: the row of each moment in each block; the sums,
several lanes to a word; what leads; and the shares, with powers of two as a polynomial for the part after the point and
an exponent put in place. What leads and what holds is the other engine's to the bit, shares to the precision of floats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from .plan import NOTHING_FROM

STEP = 1 << 10
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
    columns, begin, later, uses, strides, used, firsts, scores, holds, flags, having, ends, out, unit, weights, p = (
        tables
    )
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
                shared(
                    lanes, ends[each], ends[each + 1], most, lead, unit[each], weights, p, powers, shares, first + start
                )
