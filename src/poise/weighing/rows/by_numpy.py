"""The engine in NumPy: one look-up per block and list, for a chunk of rows at a time.

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
from .plan import CHUNK, NOTHING_FROM, Block, Listed, Part, Plan, words_of

SlotArray = NDArray[np.uint16]
Lanes = NDArray[Any]
Shares = NDArray[np.float32]

_NOTHING = np.float32(2.0**-NOTHING_FROM)


class ByNumpy:
    """Weighs chunks by one plan; keeps the memory it works in."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._slotting = Slotting(plan)
        scores = plan.blocks[0].scores
        self._sums = [np.empty((2, CHUNK, each.shape[1]), each.dtype) for each in scores]
        lanes = [(len(listed.responses), each.dtype) for listed, each in zip(plan.lists, scores, strict=True)]
        self._lanes = [np.empty((count, CHUNK), lane_type) for count, lane_type in lanes]
        self._marks = np.empty((CHUNK, words_of(plan.book)), np.uint64)
        self._rows = np.empty(CHUNK, np.intp)
        self._number = np.empty((2, CHUNK), np.uint32)
        self._flags = np.empty(CHUNK, np.bool_)

    def weigh(self, columns: Mapping[int, Codes], part: Part) -> None:
        """Weigh one chunk."""
        slots = self._slotting.slots(columns, part.rows)
        count = slots.shape[1]
        sums = [each[:, :count] for each in self._sums]
        marks, replaced = part.marks[part.rows], part.replaced[part.rows]
        replaced[:] = 0
        for number, block in enumerate(self._plan.blocks):
            rows = self._rows_of(block, slots)
            for (total, found), scores in zip(sums, block.scores, strict=True):
                np.take(scores, rows, axis=0, out=found if number else total, mode="clip")
                if number:
                    np.add(total, found, out=total)
            if marks.size:
                marks |= np.take(block.marks, rows, axis=0, out=self._marks[:count] if number else marks, mode="clip")
            if block.replaced is not None:
                replaced |= block.replaced[rows]
        first = 0
        for number, (total, _) in enumerate(sums):
            lanes = self._lanes[number][:, :count]
            lanes[:] = total.T[: len(lanes)]
            shares = None if part.shares is None else part.shares[first : first + len(lanes), part.rows]
            self._rank(self._plan.lists[number], lanes, replaced, part.leads[number][part.rows], shares)
            first += len(lanes)

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
        for bit, lane in enumerate(lanes):
            leads |= np.equal(lane, most, out=flags).view(np.uint8) * leads.dtype.type(1 << bit)
        leads *= stands
        if shares is not None:
            self._share(listed, np.subtract(most, lanes, out=lanes), stands, shares)

    def _share(self, listed: Listed, behind: Lanes, stands: NDArray[np.bool_], shares: Shares) -> None:
        """Powers of two, each divided by their sum; what lies NOTHING_FROM doublings behind comes to 0."""
        # Numbers with a sign become floats faster. Below the normal floats, powers would take ten times as long.
        shares[:] = behind.view(np.int32) if behind.dtype == np.uint32 else behind
        shares *= np.float32(-listed.unit)
        np.clip(shares, -NOTHING_FROM, 0, out=shares)
        np.exp2(shares, out=shares)
        shares -= _NOTHING
        shares *= listed.weights[:, None]
        shares *= np.divide(stands, shares.sum(axis=0), dtype=np.float32)


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
