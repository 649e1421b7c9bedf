"""The engine in numba: hands a plan to the one kernel that serves every rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2
from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from .columns import BYTE, Codes
from .kernel import DEGREE, GROUP, STEP, WIDTH, weigh_range
from .lanes import NOTHING_FROM, LaneType
from .plan import Part, Plan, Slots, lines, mask_type

Array = NDArray[Any]
_LISTS = 2
"""The most that are weighed at once; with always as many, the kernel is compiled once."""


class ByNumba:
    """Weighs by one plan; keeps the memory it works in."""

    chunk, most_rows = 1 << 20, 4_096

    def __init__(self, plan: Plan) -> None:
        self._slots = plan.slots
        lanes = np.concatenate([block.scores for block in plan.blocks])
        words = _words(lanes)
        self._laid_out = (*_slots(plan.slots), *_uses(plan), words.reshape(-1), *_marks(plan))
        self._lists = _lists(plan)
        self._unanswered = np.full(STEP, BYTE, np.uint8)
        self._space = (
            np.empty((len(plan.slots) + 1, WIDTH), np.uint8),
            np.empty((len(plan.blocks), WIDTH), _row_type(plan)),
            lines(1, GROUP * STEP, np.uint64)[0],
            np.empty((words.shape[1], WIDTH), np.uint64),
            np.empty((lanes.shape[1], WIDTH), lanes.dtype),
            np.empty(STEP, lanes.dtype),
            np.empty((lanes.shape[1], WIDTH), np.float32),
            np.empty(STEP, np.float32),
        )

    def weigh(self, columns: Mapping[int, Codes], part: Part) -> None:
        """Weigh some rows."""
        none = self._unanswered.ctypes.data, 0
        given = {position: (codes.ctypes.data, 1) for position, codes in columns.items()}
        where = np.array([*(given.get(each.position, none) for each in self._slots), none], np.intp)
        shares = *part.shares, *[np.empty((0, 0), np.float32)] * (_LISTS - len(part.shares))
        results = part.leads, part.marks, part.replaced
        weigh_range(part.rows.start, part.rows.stop, where, results, shares, self._laid_out, self._lists, self._space)


def _words(lanes: Array) -> Array:
    """(rows, words): lanes several to a word, the first one lowest; as many words as whole groups have."""
    many, bits = 8 // lanes.itemsize, 8 * lanes.itemsize
    words = max(1, -(-lanes.shape[1] // (many * GROUP))) * GROUP
    found = lines(1, len(lanes) * words, np.uint64)[0, : len(lanes) * words].reshape(len(lanes), words)
    found[:] = 0
    for lane in range(lanes.shape[1]):
        found[:, lane // many] |= lanes[:, lane].astype(np.uint64) << np.uint64(lane % many * bits)
    return found


def _slots(slots: Sequence[Slots]) -> tuple[Array, Array]:
    """The codes at which slots after the first begin, one up; and where each's end. The last one has none."""
    later = [[start + 1 for start in each.starts[1:]] for each in slots]
    begin = np.array([start for each in later for start in each], np.uint8)
    return begin, np.cumsum([0, *map(len, later), 0])


def _uses(plan: Plan) -> tuple[Array, Array, Array, Array]:
    """The slots and strides of all blocks, in twos; where each block's end; and its first row, all rows counted on."""
    nothing = len(plan.slots), 0
    pairs = [list(zip(block.slots, block.strides, strict=True)) for block in plan.blocks]
    pairs = [[*each, nothing] if len(each) % 2 else each for each in pairs]
    return (
        np.array([slot for each in pairs for slot, _ in each], np.intp),
        np.array([stride for each in pairs for _, stride in each], _row_type(plan)),
        np.cumsum([0, *map(len, pairs)]),
        np.cumsum([0, *(len(block.marks) for block in plan.blocks)]),
    )


def _row_type(plan: Plan) -> LaneType:
    """What holds the number of a row in its block."""
    return np.uint16 if all(len(block.marks) < 1 << 16 for block in plan.blocks) else np.uint32


def _marks(plan: Plan) -> tuple[Array, Array, Array, Array]:
    """All blocks, and what holds, for all rows; the blocks that have bounds which replace the weighing, and these."""
    none = mask_type(len(plan.replacing))
    flags = [np.zeros(len(b.marks), none) if b.replaced is None else b.replaced for b in plan.blocks]
    return (
        np.arange(len(plan.blocks)),
        np.concatenate([block.marks for block in plan.blocks]),
        np.array([number for number, block in enumerate(plan.blocks) if block.replaced is not None], np.intp),
        np.concatenate(flags)[:, None],
    )


def _lists(plan: Plan) -> tuple[Any, ...]:
    """What ranking and shares need of all lists: where each one's lanes end, and what stands for them."""
    lists = plan.lists
    most = mask_type(max((len(each.responses) for each in lists), default=1))
    return (
        np.array(plan.ends, np.intp),
        np.array([each.out for each in lists], np.int64),
        np.array([each.unit for each in lists], np.float32),
        np.array([response for each in lists for response in each.whose], np.intp),
        np.array([log2(weight) for each in lists for weight in each.weights], np.float32),
        np.array([1 << response for each in lists for response in each.whose], most),
        _powers_of_two(),
    )


def _powers_of_two() -> tuple[np.float32, ...]:
    """A polynomial that is two to the power of x for x from -1/2 to 1/2; and from where on a power is nothing."""
    found = Chebyshev.interpolate(np.exp2, DEGREE, domain=[-0.5, 0.5]).convert(kind=Polynomial)
    return *found.coef.astype(np.float32), np.float32(-NOTHING_FROM)
