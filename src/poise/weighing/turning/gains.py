"""What changed answers to a few questions do to a list, by all the answers that some tables look at.

Everything here is filled on demand and kept with the tables, as their rows are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from operator import itemgetter
from typing import Any

from ...rulebook.consideration import UNANSWERED
from ..tables import BIAS, LANE, WHOLE_LANE, Table

Change = int
"""A changed answer: its number among all answers of all considerations."""
Positions = tuple[int, ...]


class Gains(dict[Any, list[tuple[Change, int]]]):
    """What changing one answer adds to the lanes of a list: {key: [(change, lanes)]}, zeros left out."""

    def __init__(self, tables: Sequence[Table], seen: Callable[[int], int], first: Sequence[Change]) -> None:
        """`seen` makes lanes of the list from what an entry adds; `first` is each position's first change."""
        super().__init__()
        self.tables, self._seen, self._first = tuple(tables), seen, first
        self._scope = tuple(sorted({position for table in tables for position in table.scope}))
        self.key = itemgetter(*self._scope)
        self.positions = tuple(position for position in self._scope if position not in tables[0].fixed)
        self._most: dict[tuple[Any, Positions], int] = {}
        self._whole: dict[Any, int] = {}

    def __missing__(self, key: Any) -> list[tuple[Change, int]]:
        found = self[key] = list(self._changed(key))
        return found

    def _changed(self, key: Any) -> Iterator[tuple[Change, int]]:
        now = self.whole(self._codes(key))
        for position in self.positions:
            codes = self._codes(key)
            for code in range(self._first[position + 1] - self._first[position]):
                codes[position] = code
                if added := self.whole(codes) - now:
                    yield self._first[position] + code, added

    def _codes(self, key: Any) -> list[int]:
        """The answers behind a key, everything else unanswered."""
        codes = [UNANSWERED] * self.tables[0].size
        for position, code in zip(self._scope, key if len(self._scope) > 1 else (key,), strict=True):
            codes[position] = code
        return codes

    def whole(self, codes: Sequence[int]) -> int:
        """All that the tables add to the lanes."""
        key = self.key(codes)
        found = self._whole.get(key)
        if found is None:
            found = self._whole[key] = self._seen(sum([table[table.key(codes)].packed for table in self.tables]))
        return found

    def most(self, key: Any, positions: Positions) -> int:
        """The most that changing some of its answers could add to each lane, none of them less than 0."""
        found = self._most.get((key, positions))
        if found is None:
            now = self.whole(self._codes(key))
            then = {self.whole(codes) for codes in self._variants(key, positions)}
            found = self._most[key, positions] = highest(whole - now for whole in then)
        return found

    def _variants(self, key: Any, positions: Positions) -> Iterator[list[int]]:
        """The codes under every way to change some answers, today's among them."""
        codes = self._codes(key)
        choices = [[codes[p], *self._told_apart(p)] for p in positions]
        for answers in product(*choices):
            for position, code in zip(positions, answers, strict=True):
                codes[position] = code
            yield codes

    def _told_apart(self, position: int) -> Iterable[int]:
        """One code of each group that no table tells apart."""
        alike = [table.alike[position] for table in self.tables if position in table.alike]
        return {each: code for code, each in reversed([*enumerate(zip(*alike, strict=True))])}.values()


def highest(each: Iterable[int]) -> int:
    """The largest of each lane, and at least 0."""
    most: list[int] = []
    for lanes in each:
        apart = split(lanes)
        most += [0] * (len(apart) - len(most))
        apart += [0] * (len(most) - len(apart))
        most = [max(pair) for pair in zip(most, apart, strict=True)]
    return sum(lane << LANE * i for i, lane in enumerate(most))


def split(lanes: int) -> list[int]:
    """The lanes of an integer, up to the last that is not 0. A lane below 0 has borrowed from the next."""
    found = []
    while lanes:
        lane = (lanes + BIAS & WHOLE_LANE) - BIAS
        found.append(lane)
        lanes = lanes - lane >> LANE
    return found
