"""The engine in numba: hands a plan to the one kernel that serves every rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from .columns import Codes
from .kernel import DEGREE, GROUP, NARROW, WIDTH, weigh_chunk
from .plan import CHUNK, Block, Part, Plan, Slots, mask_type

Array = NDArray[Any]


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
            np.array([weight for each in plan.lists for weight in each.weights], np.float32),
            _powers_of_two(),
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
            else:
                codes[:count] = 0
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


def _powers_of_two() -> tuple[np.float32, ...]:
    """The coefficients of a polynomial that is two to the power of x for x from 0 to 1."""
    found = Chebyshev.interpolate(np.exp2, DEGREE, domain=[0, 1]).convert(kind=Polynomial)
    return tuple(found.coef.astype(np.float32))
