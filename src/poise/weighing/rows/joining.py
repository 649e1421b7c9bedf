"""Which tables are laid together.

A table laid out in full has a row for each combination of slots of its considerations: a slot is "unanswered", or a run
of answers that nothing in the table tells apart. One look-up into a table over A and B together costs little more than
one into either, so tables are joined as long as the rows stay within a budget that the caches hold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import prod
from typing import NamedTuple

from ...rulebook.condition import Among
from ...rulebook.consideration import UNANSWERED

Axes = dict[int, tuple[int, ...]]
"""{position: the code at which each of its slots begins}, rising; UNANSWERED begins a slot of its own."""


class Answering(NamedTuple):
    """Which considerations all rows answer, and which none does; the others are answered in some."""

    always: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()

    def covers(self, other: Answering) -> bool:
        """Whether what is laid out for these rows serves the others too."""
        return self.always <= other.always and self.never <= other.never

    def with_those(self, other: Answering) -> Answering:
        """What both have in common."""
        return Answering(self.always & other.always, self.never & other.never)


def runs_of(parts: Iterable[Among], sizes: Sequence[int]) -> Axes:
    """Where runs of answers begin that no comparison tells apart. There is no slot for "unanswered" yet."""
    found: dict[int, set[int]] = {}
    for part in parts:
        differs = part.mask ^ part.mask >> 1
        starts = {code + 1 for code in range(sizes[part.position] - 1) if differs >> code & 1}
        found.setdefault(part.position, {0}).update(starts)
    return {position: tuple(sorted(found[position])) for position in sorted(found)}


def answered(runs: Axes, answering: Answering) -> Axes:
    """The same with slots for "unanswered" where some rows need them, and without what no row answers."""
    return {
        position: starts if position in answering.always else (UNANSWERED, *starts)
        for position, starts in runs.items()
        if position not in answering.never
    }


def shape(axes: Axes) -> tuple[int, ...]:
    """How many slots each position has."""
    return tuple(len(starts) for starts in axes.values())


def joined(several: Iterable[Axes]) -> Axes:
    """What tells apart everything that any of these tells apart."""
    found: dict[int, set[int]] = {}
    for axes in several:
        for position, starts in axes.items():
            found.setdefault(position, set()).update(starts)
    return {position: tuple(sorted(found[position])) for position in sorted(found)}


def within(finer: tuple[int, ...], own: tuple[int, ...]) -> list[int]:
    """For each slot of the finer ones, the own one it falls into."""
    return [bisect_right(own, start) - 1 for start in finer]


def together(tables: Sequence[Axes], most_rows: int) -> list[list[int]]:
    """The tables, by number, in groups to lay together: the pair that grows least is joined first."""
    groups = {number: [number] for number in range(len(tables))}
    axes = dict(enumerate(tables))
    waiting = [found for a, b in combinations(axes, 2) if (found := _pair(a, b, axes, most_rows))]
    heapify(waiting)
    while waiting:
        _, a, b = heappop(waiting)
        if a not in groups or b not in groups:
            continue
        new = len(axes)
        axes[new] = joined((axes[a], axes[b]))
        members = groups.pop(a) + groups.pop(b)
        for other in groups:
            if found := _pair(other, new, axes, most_rows):
                heappush(waiting, found)
        groups[new] = members
    return list(groups.values())


def _pair(a: int, b: int, axes: dict[int, Axes], most_rows: int) -> tuple[float, int, int] | None:
    """How much two tables would grow if they were joined, and which; None where they would grow too large."""
    rows = prod(shape(joined((axes[a], axes[b]))))
    if rows > most_rows:
        return None
    return rows / (prod(shape(axes[a])) + prod(shape(axes[b]))), a, b
