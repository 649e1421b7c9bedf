"""What both engines are given and fill: a chunk of rows as slots, and the part of the results that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.consideration import UNANSWERED
from .columns import Codes
from .plan import Plan

CHUNK = 1 << 15
"""Rows that are weighed at once: few enough for the caches, enough that a call costs little beside its work."""

SlotArray = NDArray[np.uint16]


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
