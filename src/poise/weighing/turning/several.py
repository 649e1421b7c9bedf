"""Turns that take several changes together, by iterative deepening.

Changed answers can lift a rival over the lead by no more than the sum, over the tables that look at them, of what each
could add at most; sets of considerations that cannot reach are not tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from .ahead import Key, ahead
from .gains import Change, Gains, Positions
from .turn import Hit, Turn, told

if TYPE_CHECKING:
    from ..weighing import Leaning, Weighing

MOST_CHANGES = 4
"""More changes than this make another moment of it."""


def several(weighing: Weighing, leaning: Leaning) -> list[Turn]:
    """The smallest turns of a list among those that change two answers or more, in the order of the book."""
    search = _Search(weighing, leaning)
    for size in range(2, MOST_CHANGES + 1):
        hits = (hit for positions in search.sets(size) for hit in search.tried(positions))
        if found := told(weighing, leaning, hits):
            return found
    return []


class _Search:
    """The search for one list."""

    def __init__(self, weighing: Weighing, leaning: Leaning) -> None:
        self.weighing, self.codes = weighing, weighing.moment.codes
        self.ahead = ahead(weighing.tables, leaning)
        self.rivals = self.ahead.rivals(leaning.lead)
        self.now = self.ahead.ahead(weighing.packed)
        self.added = self.ahead.added(self.codes)

    def sets(self, size: int) -> Iterator[Positions]:
        """Sets of considerations whose change could let some rival catch up."""
        codes = self.codes
        for positions in self._reaching(size, 0, self.now):
            touched = self.ahead.touched(positions)
            if self.now + sum([gains.most(key(codes), some) for key, gains, some in touched]) & self.rivals:
                yield positions

    def _reaching(self, size: int, first: int, lanes: int) -> Iterator[Positions]:
        """The same, more easily told: each table counts in full for every consideration that it looks at."""
        for number in range(first, len(self.changeable) - size + 1):
            position = self.changeable[number]
            most = lanes + self.most[position]
            if size > 1:
                for rest in self._reaching(size - 1, number + 1, most):
                    yield position, *rest
            elif most & self.rivals:
                yield (position,)

    @cached_property
    def changeable(self) -> Positions:
        """Positions of the considerations that can change and that tell something in this list, or tell what can be."""
        looked_at = {
            position for _, gains in self.ahead.gains for position in gains.positions
        } | self.weighing.tables.watched
        looked_at |= {position for reach, _ in self.weighing.book.impossible_groups for position in reach}
        return tuple(q.position for q in self.weighing.book.questions if not q.fixed and q.position in looked_at)

    @cached_property
    def most(self) -> dict[int, int]:
        """{position: the most that the tables that look at it could add, whatever else changes}."""
        found = dict.fromkeys(self.changeable, 0)
        for key, gains in self.ahead.gains:
            most = gains.most(key(self.codes), gains.positions)
            for position in gains.positions:
                found[position] += most
        return found

    def tried(self, positions: Positions) -> Iterator[Hit]:
        """The changes of exactly these considerations with which a rival catches up."""
        codes = list(self.codes)
        shared = [(key, gains) for key, gains, some in self.ahead.touched(positions) if len(some) > 1]
        now = self.now - sum([gains.whole(codes) for _, gains in shared])
        for changes in product(*(self._alone(position, shared) for position in positions)):
            for change, _ in changes:
                position, code = self.ahead.told[change]
                codes[position] = code
            lanes = now + sum([added for _, added in changes])
            lanes += sum([gains.whole(codes) for _, gains in shared])
            if caught_up := lanes & self.rivals:
                yield tuple([change for change, _ in changes]), lanes, caught_up

    def _alone(self, position: int, shared: list[tuple[Key, Gains]]) -> list[tuple[Change, int]]:
        """Every other answer, and what it adds apart from what the `shared` tables say."""
        first, last = self.ahead.first[position : position + 2]
        added = {change: self.added.get(change, 0) for change in range(first, last)}
        added.pop(first + self.codes[position], None) if self.codes[position] >= 0 else None
        for key, gains in shared:
            for change, too_much in gains[key(self.codes)]:
                if change in added:
                    added[change] -= too_much
        return list(added.items())
