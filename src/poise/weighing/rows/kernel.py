"""The kernel: compiled once for every rulebook, and kept on disk.

A thousand rows at a time, in passes over many numbers at once: the row of each moment in each block; the sums, four
words at a time; what leads; and the shares. With n the whole number nearest to x, r = x - n and P a polynomial,

    2**x = 2**n * 2**r        2**r = P(r), |r| <= 1/2

where n is added to the exponent of P(r). What leads and what holds is the other engine's to the bit, shares to the
precision of floats. All that is compiled stands in this file: numba sees when it changes, and then compiles it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

STEP = 1 << 10
"""Rows whose numbers stay in the near caches between passes."""
WIDTH = STEP + 32
"""So that lanes of the same row do not all fall on the same place of a cache."""
GROUP = 4
"""Words that are summed at once: as many as the widest registers that most processors have."""
LINE = 16
"""Shares that a cache moves at once."""
DEGREE = 5
"""Of the polynomial for powers of two: as near as floats of 32 bits can tell."""
WHOLE = np.float32(1.5 * 2**23)
"""Added to a small float, it leaves the nearest whole number in its lowest bits."""

Array = NDArray[Any]
Kernel = Callable[..., None]


def compiled(function: Kernel) -> Kernel:
    """The function, compiled when it is first called; kept on disk where there is a folder that can be written to."""
    try:
        kernel: Kernel = numba.njit(cache=True, nogil=True, fastmath={"contract"})(function)
    except RuntimeError:  # there is no such folder
        kernel = numba.njit(nogil=True, fastmath={"contract"})(function)
    return kernel


def in_llvm(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is said in LLVM's own words: of types, a signature and what makes the code."""
    return intrinsic(function)  # type: ignore[no-any-return, unused-ignore]


@in_llvm
def pointer(_: Any, address: Any) -> Any:
    """A pointer to bytes."""
    return types.CPointer(types.uint8)(address), lambda _, code, __, given: code.inttoptr(
        given[0], ir.IntType(8).as_pointer()
    )


@in_llvm
def bits_of(_: Any, number: Any) -> Any:
    """The bits of a float of 32 bits."""
    return types.int32(number), lambda _, code, __, given: code.bitcast(given[0], ir.IntType(32))


@in_llvm
def float_of(_: Any, bits: Any) -> Any:
    """The float of 32 bits that these bits are."""
    return types.float32(bits), lambda _, code, __, given: code.bitcast(given[0], ir.FloatType())


@in_llvm
def add_group(_: Any, sums: Any, at: Any, scores: Any, row: Any) -> Any:
    """Add GROUP words of `scores`, from place `row`, to those of `sums`, from place `at`: as one wide addition."""

    def code_of(context: Any, code: Any, signature: Any, given: Any) -> Any:
        group = ir.VectorType(ir.IntType(64), GROUP).as_pointer()
        start = [context.make_array(signature.args[n])(context, code, given[n]).data for n in (0, 2)]
        total, added = (code.bitcast(code.gep(start[n // 2], [given[n + 1]]), group) for n in (0, 2))
        code.store(code.add(code.load(total, align=8), code.load(added, align=8)), total, align=8)
        return context.get_dummy_value()

    return types.void(sums, at, scores, row), code_of


@in_llvm
def put_line(_: Any, shares: Any, at: Any, powers: Any, parts: Any) -> Any:
    """Write LINE products past the caches, which the tables need: nobody reads them again here."""

    def code_of(context: Any, code: Any, signature: Any, given: Any) -> Any:
        line = ir.VectorType(ir.FloatType(), LINE).as_pointer()
        start = [context.make_array(signature.args[n])(context, code, given[n]).data for n in (0, 2, 3)]
        share, power, part = (code.bitcast(code.gep(each, [given[1]]), line) for each in start)
        stored = code.store(code.fmul(code.load(power, align=4), code.load(part, align=4)), share, align=4 * LINE)
        stored.set_metadata("nontemporal", code.module.add_metadata([ir.IntType(32)(1)]))
        return context.get_dummy_value()

    return types.void(shares, at, powers, parts), code_of


@compiled
def slots_of(start: int, count: int, codes: Array, begin: Array, ends: Array, slots: Array) -> None:
    """How many slots after the first begin at or before each code. `codes` holds where each column is, and its step."""
    for each in range(len(slots)):
        column, slot = numba.carray(pointer(codes[each, 0] + start * codes[each, 1]), (count,)), slots[each]
        slot[:count] = 0
        for later in range(ends[each], ends[each + 1]):
            least = begin[later]
            for i in range(count):
                slot[i] += np.uint8(np.uint8(column[i] + np.uint8(1)) >= least)  # unanswered, 255, becomes 0


@compiled
def rows_of(count: int, slots: Array, uses: Array, strides: Array, ends: Array, rows: Array) -> None:
    """The row of each moment in each block. Every block uses an even number of slots."""
    for block in range(len(rows)):
        found = rows[block]
        found[:count] = 0
        for use in range(ends[block], ends[block + 1], 2):
            one, other, by_one, by_other = slots[uses[use]], slots[uses[use + 1]], strides[use], strides[use + 1]
            for i in range(count):
                found[i] += one[i] * by_one + other[i] * by_other


@compiled
def summed(count: int, group: int, rows: Array, firsts: Array, scores: Array, sums: Array, words: Array) -> None:
    """The sums of one group of words, each word's beside each other."""
    width = len(words)
    sums[: GROUP * count] = 0
    for block in range(len(rows)):
        row, first = rows[block], firsts[block]
        for i in range(count):
            add_group(sums, GROUP * i, scores, (first + np.intp(row[i])) * width + group)
    a, b, c, d = words[group], words[group + 1], words[group + 2], words[group + 3]
    for i in range(count):
        a[i], b[i], c[i], d[i] = sums[4 * i], sums[4 * i + 1], sums[4 * i + 2], sums[4 * i + 3]


@compiled
def taken_apart(count: int, words: Array, lanes: Array) -> None:
    """The lanes that lie in words, each lane's beside each other."""
    many = 8 // lanes.itemsize
    for lane in range(len(lanes)):
        own, word, shift = lanes[lane], words[lane // many], np.uint64(lane % many * 8 * lanes.itemsize)
        for i in range(count):
            own[i] = word[i] >> shift


@compiled
def marked(blocks: Array, rows: Array, firsts: Array, marks: Array, into: Array) -> None:
    """What is marked in each moment's rows of these blocks."""
    for word in range(into.shape[1]):
        for i in range(len(into)):
            into[i, word] = 0
        for block in blocks:
            row, first = rows[block], firsts[block]
            for i in range(len(into)):
                into[i, word] |= marks[first + np.intp(row[i]), word]


@compiled
def ranked(lanes: Array, out: int, gone: Array, bits: Array, most: Array, leads: Array) -> None:
    """The most of each row, at least `out`, and the bit of each lane that has it, where nothing replaces it."""
    count, none = len(leads), bits[0] ^ bits[0]
    most[:count] = out
    for lane in range(len(lanes)):
        own = lanes[lane]
        for i in range(count):
            most[i] = max(most[i], own[i])
    leads[:] = 0
    for lane in range(len(lanes)):
        own, bit = lanes[lane], bits[lane]
        for i in range(count):
            leads[i] |= bit if own[i] == most[i] else none
    for i in range(count):
        leads[i] = leads[i] if gone[i] == 0 else none


@compiled
def powers_of(
    lanes: Array, whose: Array, most: Array, unit: float, weights: Array, p: Array, powers: Array, whole: Array
) -> None:
    """Two to the power of how far each response lies behind, and their sum: `whole`, whose length is the rows'."""
    a, b, c, d, e, f, nothing = p
    whole[:] = 0
    powers[:, : len(whole)] = 0
    for lane in range(len(lanes)):
        own, power, weight = lanes[lane], powers[whose[lane]], weights[lane]
        for i in range(len(whole)):
            behind = np.int32(np.int32(own[i]) - np.int32(most[i]))
            x = max(np.float32(behind) * unit + weight, nothing)
            nearest = x + WHOLE
            r = x - (nearest - WHOLE)
            found = ((((f * r + e) * r + d) * r + c) * r + b) * r + a
            found = float_of(np.int32(bits_of(found) + (bits_of(nearest) << np.int32(23))))
            found = found if x > nothing else np.float32(0)
            power[i] += found
            whole[i] += found


@compiled
def shared(powers: Array, whole: Array, leads: Array, shares: Array) -> None:
    """The share of each response, where something leads."""
    for i in range(len(leads)):
        whole[i] = np.float32(1) / whole[i] if leads[i] != 0 else np.float32(0)
    for lane in range(len(shares)):
        power, share = powers[lane], shares[lane]
        for i in range(0, len(leads), LINE):
            put_line(share, i, power, whole)


@compiled
def weigh_range(
    start: int,
    stop: int,
    columns: Array,
    results: tuple[Array, ...],
    shares: tuple[Array, ...],
    laid_out: tuple[Array, ...],
    lists: tuple[Array, ...],
    space: tuple[Array, ...],
) -> None:
    """Weigh rows STEP by STEP."""
    leads, marks, replaced = results
    begin, later, uses, strides, used, firsts, scores, blocks, holds, having, flags = laid_out
    ends, out, unit, whose, weights, bits, p = lists
    slots, rows, sums, words, lanes, most, powers, whole = space
    for at in range(start, stop, STEP):
        end = min(at + STEP, stop)
        count = end - at
        slots_of(at, count, columns, begin, later, slots)
        rows_of(count, slots, uses, strides, used, rows)
        for group in range(0, len(words), GROUP):
            summed(count, group, rows, firsts, scores, sums, words)
        taken_apart(count, words, lanes)
        marked(blocks, rows, firsts, holds, marks[at:end])
        gone = replaced[at:end]
        marked(having, rows, firsts, flags, gone.reshape(count, 1))
        for each in range(len(leads)):
            lead, own = leads[each, at:end], slice(ends[each], ends[each + 1])
            ranked(lanes[own], out[each], gone, bits[own], most, lead)
            if len(shares[each]):
                powers_of(lanes[own], whose[own], most, unit[each], weights[own], p, powers, whole[:count])
                shared(powers, whole, lead, shares[each][:, at:])
