"""A rulebook as tables: for each set of considerations that hang together, what their answers lean.

An *effect* is a clause of a guideline, a bound, or a missing need. With `codes` the answers given, an effect *holds*
if its condition holds under every completion of the unanswered questions, and is *open* if only under some. Each
table is keyed by the answers to the considerations it looks at, "unanswered" included, and filled as keys are met;
so one moment costs one lookup per table.

Scores are whole numbers: SCALE of them make a doubling, so that a lean of three decimals times a chance of n/256
stays exact. All responses' scores are summed at once, as 64-bit lanes of one large integer.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from operator import itemgetter
from typing import Any, NamedTuple

from ..rulebook.completing import Completions, alike
from ..rulebook.condition import ALWAYS, All, Condition, Not
from ..rulebook.consideration import UNANSWERED
from ..rulebook.guideline import LISTS, UNITS, Bound
from ..rulebook.rulebook import Rulebook

WHOLE = 256
"""Steps in a chance: an effect applies by n/256."""
SCALE = UNITS * WHOLE
"""Score units in one doubling."""
BARRED = 1 << 44
"""Taken off the score of a response that is out. Far beyond any sum of leans."""
OUT = -(BARRED >> 1)
"""A score below this belongs to a response that is out."""
LANE, BIAS, WHOLE_LANE = 64, 1 << 62, (1 << 64) - 1
"""Bits of a lane; what is added to each so that none is below 0, its top bit; and all of its bits."""

Lanes = tuple[int, ...]
"""One score per response of the book, in its order."""


@dataclass(frozen=True, eq=False)
class Effect:
    """Something that holds or does not: what it belongs to, when, and what it adds to each response if it holds."""

    condition: Condition
    guideline: str = ""
    bound: Bound | None = None
    units: Mapping[str, int] = field(default_factory=dict)
    """{response id: thousandths of a doubling}."""
    packed: int = 0
    """What a whole effect adds, as lanes of SCALE units."""


class Entry(NamedTuple):
    """What one combination of answers does: effects that hold, each by n/256, effects that are open, and their sum."""

    packed: int
    holding: tuple[tuple[Effect, int], ...]
    open: tuple[Effect, ...]


class Table(dict[Any, Entry]):
    """The effects that look at one set of considerations, by the answers to these. Filled on demand."""

    def __init__(
        self, scope: tuple[int, ...], effects: list[tuple[Effect, Completions]], size: int, fixed: frozenset[int]
    ) -> None:
        super().__init__()
        self.scope, self.fixed = scope, fixed
        self.effects = [effect for effect, _ in effects]
        self.replaces = any(effect.bound and effect.bound.replaces for effect in self.effects)
        searches = [search for _, search in effects]
        self.possible = All(tuple(search.possible for search in searches if search.possible != ALWAYS))
        parts = [part for search in searches for part in search.condition.parts()] + list(self.possible.parts())
        self.alike = {p: alike(p, searches[0].sizes[p], parts) for p in scope}
        """{position: for each answer, the first one that nothing here tells apart from it}."""
        self.key = itemgetter(*scope) if scope else _no_key
        self.searched = effects
        self.size = size
        self.kept: dict[Any, Any] = {}
        """What else is worked out about this table and worth keeping, under a name of its own."""

    def __missing__(self, key: Any) -> Entry:
        codes = [UNANSWERED] * self.size
        for position, code in zip(self.scope, _as_tuple(key, len(self.scope)), strict=True):
            codes[position] = code
        entry = self[key] = self._entry(codes)
        return entry

    def _entry(self, codes: Sequence[int]) -> Entry:
        found = [(effect, search.outcomes(codes)) for effect, search in self.searched]
        holding = tuple((effect, WHOLE) for effect, values in found if False not in values)
        packed = sum(effect.packed for effect, _ in holding)
        return Entry(packed, holding, tuple(effect for effect, values in found if len(values) == 2))


class Believing(Table):
    """A table some of whose considerations are known only as a belief: entries are mixed over it.

    `a[g]` is the probability that the effect holds, rounded to 1/256. A bound or a missing need counts only if certain.
    """

    def __init__(self, table: Table, beliefs: Mapping[int, Mapping[int, float]]) -> None:
        super().__init__(table.scope, table.searched, table.size, table.fixed)
        self._table = table
        self._beliefs = beliefs

    def _entry(self, codes: Sequence[int]) -> Entry:
        worlds = [(self._table[self.key(given)], chance) for given, chance in self._worlds(codes)]
        chances: dict[Effect, list[float]] = {effect: [] for effect in self.effects}
        opened = {effect for entry, _ in worlds for effect in entry.open}
        for entry, chance in worlds:
            for effect, _ in entry.holding:
                chances[effect].append(chance)
        parts = {effect: _part(effect, found, len(worlds)) for effect, found in chances.items()}
        opened.update(e for e, part in parts.items() if chances[e] and part < WHOLE and not e.guideline)
        holding = tuple((effect, part) for effect, part in parts.items() if part)
        packed = sum(effect.packed // WHOLE * part for effect, part in holding)
        return Entry(packed, holding, tuple(effect for effect in self.effects if effect in opened))

    def _worlds(self, codes: Sequence[int]) -> Iterator[tuple[list[int], float]]:
        """The codes under each combination of believed answers, and its chance."""
        asked = [p for p in self.scope if p in self._beliefs and codes[p] < 0]
        for combination in product(*(self._beliefs[p].items() for p in asked)):
            given = list(codes)
            for position, (code, _) in zip(asked, combination, strict=True):
                given[position] = code
            yield given, prod(chance for _, chance in combination)


def _part(effect: Effect, chances: list[float], worlds: int) -> int:
    """How far an effect holds, in steps of 1/256. A bound or a missing need holds only if whatever is believed."""
    if len(chances) == worlds:
        return WHOLE
    return round(WHOLE * sum(chances)) if effect.guideline else 0


class Tables:
    """All tables of one rulebook."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.lanes = tuple(book.responses)
        self._lane = {response: i for i, response in enumerate(self.lanes)}
        self.members = {
            name: [(self._lane[response.id], response.id) for response in book.listed(name)] for name in LISTS
        }
        """{list: (lane, response) of each member}."""
        self._layout = struct.Struct(f"<{len(self.lanes)}Q")
        start = {r: units * WHOLE for r, units in book.start.items()}
        self._zero = sum(BIAS << LANE * i for i in range(len(self.lanes)))
        self._base = self._zero + self._pack(start)
        self._lay(self._grouped(book))

    def _lay(self, tables: list[Table]) -> None:
        self.tables = tables
        self.replacing = [table for table in tables if table.replaces]
        """The tables that bounds which replace the weighing stand in."""
        self.watched = frozenset(position for table in self.replacing for position in table.scope)
        """Positions of the considerations that such bounds look at."""
        self._pairs = [(table.key, table) for table in tables]
        self.kept: dict[Any, Any] = {}
        """What else is worked out about these tables and worth keeping, under a name of its own."""

    def believing(self, beliefs: Mapping[int, Mapping[int, float]]) -> Tables:
        """The same tables, with those that look at a believed consideration mixed over its belief."""
        if not beliefs:
            return self
        other = object.__new__(Tables)
        other.__dict__.update(self.__dict__)
        other._lay([Believing(t, beliefs) if beliefs.keys() & set(t.scope) else t for t in self.tables])
        return other

    def entries(self, codes: Sequence[int]) -> list[Entry]:
        """What each table says under these answers."""
        return [table[key(codes)] for key, table in self._pairs]

    def sum(self, entries: Iterable[Entry]) -> int:
        """The start and what these entries add, as lanes of one integer."""
        return self._base + sum([entry.packed for entry in entries])

    def packed(self, codes: Sequence[int]) -> int:
        """All scores of one moment, as lanes of one integer."""
        total = self._base
        for key, table in self._pairs:
            total += table[key(codes)].packed
        return total

    def scores(self, codes: Sequence[int]) -> Lanes:
        """The score of each response, in SCALE units of a doubling; below OUT where the response is out."""
        return self.unpack(self.packed(codes))

    def unpack(self, packed: int) -> Lanes:
        """A sum that started from the base, as one score per response."""
        lanes = self._layout.unpack(packed.to_bytes(self._layout.size, "little"))
        return tuple([lane - BIAS for lane in lanes])

    def loose(self, packed: int) -> Lanes:
        """What an entry adds, as one number per response."""
        return self.unpack(packed + self._zero)

    def _pack(self, scores: Mapping[str, int]) -> int:
        return sum(score << LANE * self._lane[response] for response, score in scores.items())

    def _grouped(self, book: Rulebook) -> list[Table]:
        groups: dict[tuple[int, ...], list[tuple[Effect, Completions]]] = {}
        for effect in self._effects(book):
            search = Completions(effect.condition, book.sizes, book.impossible_groups)
            groups.setdefault(search.scope, []).append((effect, search))
        fixed = frozenset(question.position for question in book.questions if question.fixed)
        return [Table(scope, effects, len(book.sizes), fixed) for scope, effects in groups.items()]

    def _effects(self, book: Rulebook) -> Iterable[Effect]:
        for guideline in book.guidelines.values():
            for clause in guideline.clauses:
                units = guideline.units(clause)
                packed = self._pack({response: lean * WHOLE for response, lean in units.items()})
                yield Effect(clause.condition, guideline.id, None, units, packed)
        for bound in book.bounds.values():
            yield Effect(bound.condition, "", bound, {}, self._pack(dict.fromkeys(bound.never, -BARRED)))
        for response in book.responses.values():
            if response.needs != ALWAYS:
                yield Effect(Not(response.needs), packed=self._pack({response.id: -BARRED}))


def _no_key(_: Sequence[int]) -> tuple[()]:
    return ()


def _as_tuple(key: Any, size: int) -> tuple[int, ...]:
    return (key,) if size == 1 else key
