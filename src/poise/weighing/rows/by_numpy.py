"""The engine in NumPy: one look-up per block, for a chunk of rows at a time.

The scores of a row lie beside each other while blocks are added, and are then turned, so that each response's lie
beside each other. Numbers that are small stay in small types: a pass over bytes takes a fraction of one over words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rulebook.consideration import UNANSWERED
from .columns import Codes
from .lanes import NOTHING_FROM, Listed
from .plan import Block, Part, Plan, words_of

SlotArray = NDArray[np.uint16]
Lanes = NDArray[Any]
Shares = NDArray[np.float32]

CHUNK = 1 << 15
"""Rows that are weighed at once: few enough for the caches, enough that a call costs little beside its work."""
_NOTHING = np.float32(2.0**-NOTHING_FROM)


class ByNumpy:
    """Weighs chunks by one plan; keeps the memory it works in."""

    chunk, most_rows = CHUNK, 16_384

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._slotting = Slotting(plan)
        self._scores = [_padded(block.scores) for block in plan.blocks]
        width, lane = self._scores[0].shape[1], self._scores[0].dtype
        self._sums = np.empty((2, CHUNK, width), lane)
        self._lanes = np.empty((plan.ends[-1], CHUNK), lane)
        self._powers = np.empty((plan.ends[-1], CHUNK), np.float32)
        self._marks = np.empty((CHUNK, words_of(plan.book)), np.uint64)
        self._rows = np.empty(CHUNK, np.intp)
        self._number = np.empty((2, CHUNK), np.uint32)
        self._flags = np.empty(CHUNK, np.bool_)

    def weigh(self, columns: Mapping[int, Codes], part: Part) -> None:
        """Weigh one chunk."""
        slots = self._slotting.slots(columns, part.rows)
        count = slots.shape[1]
        total, found = self._sums[:, :count]
        marks, replaced = part.marks[part.rows], part.replaced[part.rows]
        replaced[:] = 0
        for number, block in enumerate(self._plan.blocks):
            rows = self._rows_of(block, slots)
            np.take(self._scores[number], rows, axis=0, out=found if number else total, mode="clip")
            if number:
                np.add(total, found, out=total)
            if marks.size:
                marks |= np.take(block.marks, rows, axis=0, out=self._marks[:count] if number else marks, mode="clip")
            if block.replaced is not None:
                replaced |= block.replaced[rows]
        lanes = self._lanes[:, :count]
        lanes[:] = total.T[: len(lanes)]
        for number, (listed, first) in enumerate(zip(self._plan.lists, self._plan.ends, strict=False)):
            own = lanes[first : first + len(listed.whose)]
            shares = part.shares[number][:, part.rows] if part.shares else None
            self._rank(listed, own, replaced, part.leads[number][part.rows], shares)

    def _rows_of(self, block: Block, slots: SlotArray) -> NDArray[np.intp]:
        """The row of each moment in a block, worked out in numbers as narrow as they can be."""
        narrow = np.uint16 if len(block.marks) <= 1 << 16 else np.uint32
        found, more = self._number.view(narrow)[:, : slots.shape[1]]
        found[:] = 0
        for slot, stride in zip(block.slots, block.strides, strict=True):
            found += slots[slot] if stride == 1 else np.multiply(slots[slot], narrow(stride), out=more)
        rows = self._rows[: len(found)]
        rows[:] = found
        return rows

    def _rank(self, listed: Listed, lanes: Lanes, replaced: Lanes, leads: Lanes, shares: Shares | None) -> None:
        """A bit for each response of a list that has the most, where any stands; and the shares."""
        most = lanes.max(axis=0)
        stands = (most >= listed.out) & (replaced == 0)
        flags = self._flags[: len(most)]
        leads[:] = 0
        for bit, lane in zip(listed.whose, lanes, strict=True):
            leads |= np.equal(lane, most, out=flags).view(np.uint8) * leads.dtype.type(1 << bit)
        leads *= stands
        if shares is not None:
            self._share(listed, np.subtract(most, lanes, out=lanes), stands, shares)

    def _share(self, listed: Listed, behind: Lanes, stands: NDArray[np.bool_], shares: Shares) -> None:
        """Powers of two, each divided by their sum; what lies NOTHING_FROM doublings behind comes to 0."""
        apart = len(behind) > len(shares)  # where some responses have several lanes
        powers = self._powers[: len(behind), : shares.shape[1]] if apart else shares
        # Numbers with a sign become floats faster. Below the normal floats, powers would take ten times as long.
        powers[:] = behind.view(np.int32) if behind.dtype == np.uint32 else behind
        powers *= np.float32(-listed.unit)
        np.clip(powers, -NOTHING_FROM, 0, out=powers)
        np.exp2(powers, out=powers)
        powers -= _NOTHING
        powers *= listed.weights[:, None]
        if apart:
            shares[:] = 0
            for response, power in zip(listed.whose, powers, strict=True):
                shares[response] += power
        shares *= np.divide(stands, shares.sum(axis=0), dtype=np.float32)


def _padded(lanes: Lanes) -> Lanes:
    """The same with lanes of nothing up to whole words: 1, 2 or 4, as NumPy copies these fastest, or more."""
    words = max(1, -(-lanes.shape[1] * lanes.itemsize // 8))
    words = 4 if words == 3 else words
    found = np.zeros((len(lanes), words * 8 // lanes.itemsize), lanes.dtype)
    found[:, : lanes.shape[1]] = lanes
    return found


class Slotting:
    """Turns answer codes into slots, for each of the plan's."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found = np.empty((len(plan.slots), CHUNK), np.uint16)
        self._code = np.empty(CHUNK, np.uint8)
        self._flags = np.empty(CHUNK, np.bool_)

    def slots(self, columns: Mapping[int, Codes], rows: slice) -> SlotArray:
        """(slots of the plan, rows); a column that is not given is unanswered."""
        found = self._found[:, : rows.stop - rows.start]
        for slots, (position, starts) in zip(found, self._plan.slots, strict=True):
            if position in columns:
                self._slots(columns[position][rows], starts, self._plan.book.sizes[position], slots)
            else:
                slots[:] = 0
        return found

    def _slots(self, codes: Codes, starts: tuple[int, ...], size: int, slots: SlotArray) -> None:
        """How many slots after the first begin at or before each code."""
        if starts[0] == UNANSWERED:  # 255 + 1 is 0, so that unanswered is the least
            codes = np.add(codes, 1, out=self._code[: len(codes)])
            starts, size = tuple(start + 1 for start in starts), size + 1
        if len(starts) == size:
            slots[:] = codes
            return
        reached = self._flags[: len(codes)]
        slots[:] = np.greater_equal(codes, starts[1], out=reached) if len(starts) > 1 else 0
        for start in starts[2:]:
            slots += np.greater_equal(codes, start, out=reached).view(np.uint8)
