"""One table with all its rows: where each effect holds, as an array with an axis for each consideration.

Over full answers an effect holds where its condition does. An unanswered slot is put before the answers, axis by axis;
with `can` where a situation is possible,

    holds[.., 0, ..] = for every answer: holds or not can        can[.., 0, ..] = for some answer: can

and where nothing is possible, what was answered is taken as given. `Completions.outcomes` says the same, one moment at
a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.completing import Completions
from ...rulebook.condition import ALWAYS, All, Among, Condition, Not
from ...rulebook.mistake import Mistake, Mistakes
from ..tables import Effect, Tables
from .joining import Answering, Axes, answered, runs_of, shape, within

Array = NDArray[Any]
Truth = NDArray[np.bool_]

MOST_ROWS = 1 << 23
"""More rows than a book can make one condition need, short of wild `impossible` combinations."""
_TO_SPLIT = 1 << 16
"""Effects that share considerations are laid out apart where together they would need more rows."""


class Held(NamedTuple):
    """An effect, the responses it takes out, and where it holds."""

    effect: Effect
    takes_out: tuple[str, ...]
    holds: Truth


class Leaf(NamedTuple):
    """One table over all its rows."""

    axes: Axes
    held: tuple[Held, ...]

    def gains(self, response: str, apart: Sequence[Effect] = ()) -> NDArray[np.int64]:
        """What is added to a response, but for effects that stand `apart`, in thousandths of a doubling."""
        found = np.zeros(shape(self.axes), np.int64)
        for effect, _, holds in self.held:
            if effect not in apart and (units := effect.units.get(response, 0)):
                found += holds * np.int64(units)
        return found

    def out(self, response: str) -> Truth:
        """Where a response is taken out."""
        found = np.zeros(shape(self.axes), np.bool_)
        for _, takes_out, holds in self.held:
            if response in takes_out:
                found |= holds
        return found

    def placed(self, array: Array, axes: Axes) -> Array:
        """An array of this leaf's shape as one that broadcasts over axes that tell at least as much apart."""
        if self.axes:
            array = array[np.ix_(*(within(axes[position], own) for position, own in self.axes.items()))]
        lengths = iter(array.shape)
        return array.reshape([next(lengths) if position in self.axes else 1 for position in axes])


def leaves(tables: Tables, answering: Answering) -> list[Leaf]:
    """Every table of a book, laid out for such rows; at least one. Raises Mistakes where one would be too large."""
    found = [leaf for table in tables.tables for leaf in _leaves(tables, answering, table.searched)]
    return found or [Leaf({}, ())]


def refused(message: str) -> Mistakes:
    """A book that rows cannot hold."""
    return Mistakes([Mistake("rows-too-wide", message, help="weigh its moments one by one")], "Nothing was weighed.")


def _leaves(tables: Tables, answering: Answering, searched: Sequence[tuple[Effect, Completions]]) -> Iterator[Leaf]:
    conditions = chain.from_iterable((search.condition, search.possible) for _, search in searched)
    runs = runs_of((part for condition in conditions for part in condition.parts()), tables.book.sizes)
    rows = prod(1 + len(starts) for starts in runs.values())
    if rows > _TO_SPLIT and len(searched) > 1:
        for each in searched:
            yield from _leaves(tables, answering, [each])
    elif rows > MOST_ROWS:
        raise refused("a condition of this book tells too many combinations of answers apart to be weighed in rows")
    else:
        held = tuple(_held(tables, effect, search, runs, answering) for effect, search in searched)
        yield Leaf(answered(runs, answering), held)


def _held(tables: Tables, effect: Effect, search: Completions, runs: Axes, answering: Answering) -> Held:
    added = () if effect.guideline else zip(tables.lanes, tables.loose(effect.packed), strict=True)
    takes_out = tuple(response for response, add in added if add < 0)
    holds = _completed(search.condition, search.possible, runs)
    kept = tuple(0 if p in answering.never else slice(1, None) if p in answering.always else slice(None) for p in runs)
    return Held(effect, takes_out, holds[kept])


def _completed(condition: Condition, possible: Condition, runs: Axes) -> Truth:
    """Where a condition holds under every possible completion; slot 0 of each axis is unanswered."""
    freely = np.broadcast_to(_truth(condition, runs), shape(runs))
    can = np.broadcast_to(_truth(possible, runs), shape(runs))
    holds = freely | ~can
    for axis in range(len(runs)):
        holds = np.concatenate((holds.all(axis=axis, keepdims=True), holds), axis=axis)
        freely = np.concatenate((freely.all(axis=axis, keepdims=True), freely), axis=axis)
        can = np.concatenate((can.any(axis=axis, keepdims=True), can), axis=axis)
    return freely if possible == ALWAYS else np.where(can, holds, freely)


def _truth(condition: Condition, runs: Axes) -> Truth:
    """A condition over full answers, as an array that broadcasts over runs of answers."""
    if isinstance(condition, Among):
        held = [bool(condition.mask >> code & 1) for code in runs[condition.position]]
        return np.array(held).reshape([-1 if position == condition.position else 1 for position in runs])
    if isinstance(condition, Not):
        return ~_truth(condition.inner, runs)
    join = np.logical_and if isinstance(condition, All) else np.logical_or
    found = np.full((1,) * len(runs), isinstance(condition, All))
    for inner in condition.inner:
        found = join(found, _truth(inner, runs))
    return found
