"""The engine in NumPy: one look-up per block and list, for a chunk of rows at a time.

The scores of a row lie beside each other while blocks are added, and are then turned, so that each response's lie
beside each other. Numbers that are small stay in small types: a pass over bytes takes a fraction of one over words.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rulebook.guideline import UNITS
from .chunks import CHUNK, Part, SlotArray
from .plan import Block, Listed, Plan, words_of

Lanes = NDArray[Any]


class ByNumpy:
    """Weighs chunks by one plan; keeps the memory it works in."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sums = [np.empty((2, CHUNK, *each.base.shape), each.base.dtype) for each in plan.lists]
        self._lanes = [np.empty((len(each.responses), CHUNK), each.base.dtype) for each in plan.lists]
        self._marks = np.empty((CHUNK, words_of(plan.book)), np.uint64)
        self._rows = np.empty(CHUNK, np.intp)
        self._number = np.empty((2, CHUNK), np.uint32)
        self._flags = np.empty(CHUNK, np.bool_)

    def weigh(self, slots: SlotArray, part: Part) -> None:
        """Weigh one chunk."""
        count = slots.shape[1]
        sums = [each[:, :count] for each in self._sums]
        for (total, _), listed in zip(sums, self._plan.lists, strict=True):
            total[:] = listed.base
        part.marks[:], part.replaced[:] = 0, 0
        for block in self._plan.blocks:
            rows = self._rows_of(block, slots)
            for (total, found), scores in zip(sums, block.scores, strict=True):
                total += np.take(scores, rows, axis=0, out=found, mode="clip")
            if part.marks.size:
                part.marks[:] |= np.take(block.marks, rows, axis=0, out=self._marks[:count], mode="clip")
            if block.replaced is not None:
                part.replaced[:] |= block.replaced[rows]
        for number, (total, _) in enumerate(sums):
            lanes = self._lanes[number][:, :count]
            lanes[:] = total.T[: len(lanes)]
            self._rank(self._plan.lists[number], lanes, part, number)

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

    def _rank(self, listed: Listed, lanes: Lanes, part: Part, number: int) -> None:
        """A bit for each response of a list that has the most, where any stands; and the shares."""
        most = lanes.max(axis=0)
        stands = (most >= listed.out) & (part.replaced == 0)
        leads, flags = part.leads[number], self._flags[: len(most)]
        leads[:] = 0
        for bit, lane in enumerate(lanes):
            leads |= np.equal(lane, most, out=flags).view(np.uint8) * leads.dtype.type(1 << bit)
        leads *= stands
        if part.shares:
            self._share(most - lanes, stands, part.shares[number])

    def _share(self, behind: Lanes, stands: NDArray[np.bool_], shares: NDArray[np.float32]) -> None:
        """Powers of two, each divided by their sum. Behind is at least 0; far behind comes to 0."""
        np.multiply(behind, np.float32(-self._plan.unit / UNITS), out=shares)
        np.exp2(shares, out=shares)
        whole = shares.sum(axis=0)
        whole[~stands] = np.inf
        shares /= whole
