"""What would change it: the fewest changed answers that put another response first. All of that size, exact.

Searched by iterative deepening. A change of k answers can lift a rival over the lead by no more than the sum, over
the considerations changed, of what the tables that look at them could add at most; what cannot reach is not tried.
An unanswered question may be answered; what is `fixed` cannot change; nothing is turned into what is impossible,
or into a moment that a bound takes out of the weighing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from ..rulebook.completing import Completions
from ..rulebook.condition import All, Not
from .tables import OUT, WHOLE, Move, Table

if TYPE_CHECKING:
    from .weighing import Leaning, Weighing

MOST_CHANGES = 4
"""More changes than this make another moment of it."""


class Turn(NamedTuple):
    """Changed answers that put another response in the lead of a list; `lead` is who leads then."""

    changes: dict[str, str]
    list: str
    lead: tuple[str, ...]


def turns(weighing: Weighing) -> tuple[Turn, ...]:
    """For each list, every smallest set of changes that puts another response in its lead, ties counting as first."""
    moves = _moves(weighing)
    return tuple(turn for leaning in weighing.leanings for turn in _Turning(weighing, leaning, moves).turns())


def _moves(weighing: Weighing) -> list[Move]:
    """What one changed answer adds to the scores, where it adds anything, in the order of the book's considerations."""
    found: dict[tuple[int, int], int] = {}
    for table in weighing.tables.tables:
        for change, added in table.moves(weighing.moment.codes):
            found[change] = found.get(change, 0) + added
    return sorted(found.items())


class _Turning:
    """The search for one list."""

    def __init__(self, weighing: Weighing, leaning: Leaning, moves: list[Move]) -> None:
        self.weighing, self.leaning, self.packed, self.moves = weighing, leaning, weighing.packed, moves
        self.tables, self.codes = weighing.tables, weighing.moment.codes
        self.lanes = {response: lane for lane, response in self.tables.members[leaning.list]}
        self.leads = {self.lanes[response] for response in leaning.lead}
        self.rivals = [lane for lane in self.lanes.values() if lane not in self.leads]
        self.scores = self.tables.unpack(self.packed)

    def turns(self) -> tuple[Turn, ...]:
        """Every smallest turn, in the order of the book's considerations."""
        found = tuple(self._singles())
        for size in range(2, MOST_CHANGES + 1):
            if found:
                break
            found = tuple(turn for positions in self._worth_trying(size) for turn in self._tried(positions))
        return found

    def _singles(self) -> Iterator[Turn]:
        """The turns that change one answer."""
        tables, rivals, lead = self.tables, self.tables.among(self.rivals), min(self.leads)
        for (position, code), added in self.moves:
            packed = self.packed + added
            if high := tables.as_high(packed, lead, rivals):
                codes = list(self.codes)
                codes[position] = code
                yield from self._turned((position,), codes, self._lead_of(packed, high))

    def _lead_of(self, packed: int, high: int) -> tuple[str, ...]:
        """Who leads when `high` are the rivals no lower than a lead: at once where that is one rival and one lead."""
        if high & (high - 1) or len(self.leads) > 1:
            return self._lead(packed)
        lane, lead = self.tables.lane_of(high), min(self.leads)
        both = (lane,) if self.tables.differ(packed, lane, lead) else sorted((lane, lead))
        return tuple([self.tables.lanes[each] for each in both])

    def _worth_trying(self, size: int) -> Iterator[tuple[int, ...]]:
        """Sets of considerations whose change might lift some rival far enough."""
        for positions in combinations(self.changeable, size):
            if self._reaches(positions, self.most) and (size == 2 or self._reaches(positions, self.least)):
                yield positions

    def _reaches(self, positions: tuple[int, ...], most: dict[int, dict[int, int]]) -> bool:
        return any(self._gap(rival) <= sum(most[p][rival] for p in positions) for rival in self.rivals)

    def _gap(self, rival: int) -> int:
        return self.scores[next(iter(self.leads))] - self.scores[rival]

    @cached_property
    def changeable(self) -> tuple[int, ...]:
        """Positions of the considerations that can change and that something in the tables looks at."""
        looked_at = {position for table in self.tables.tables for position in table.scope}
        return tuple(q.position for q in self.weighing.book.questions if not q.fixed and q.position in looked_at)

    @cached_property
    def most(self) -> dict[int, dict[int, int]]:
        """{position: {rival: the most that a change of it, with others, could lift the rival over a lead}}."""
        return self._by_position(self._most_of)

    @cached_property
    def least(self) -> dict[int, dict[int, int]]:
        """The same, no larger than it has to be: every way to answer a table's questions is looked up."""
        return self._by_position(self._least_of)

    def _by_position(self, of: Callable[[Table], dict[int, int]]) -> dict[int, dict[int, int]]:
        found = {question.position: dict.fromkeys(self.rivals, 0) for question in self.weighing.book.questions}
        for table in self.tables.tables:
            for rival, most in of(table).items():
                for position in table.scope:
                    found[position][rival] += most
        return found

    def _least_of(self, table: Table) -> dict[int, int]:
        """{rival: the most that other answers to a table's questions lift the rival over a lead}."""
        most = dict.fromkeys(self.rivals, 0)
        if any(effect.packed for effect in table.effects):
            loose, now = self.tables.loose, self.tables.loose(table[table.key(self.codes)].packed)
            for codes in self._variants(table):
                then = loose(table[table.key(codes)].packed)
                for rival in self.rivals:
                    gained = then[rival] - now[rival] - min(then[lead] - now[lead] for lead in self.leads)
                    most[rival] = max(most[rival], gained)
        return most

    def _variants(self, table: Table) -> Iterator[list[int]]:
        """The codes under every way to change a table's changeable considerations, today's answers among them."""
        questions = self.weighing.book.questions
        choices = [
            [self.codes[p]] if questions[p].fixed else [self.codes[p], *sorted(set(table.alike[p]))]
            for p in table.scope
        ]
        codes = list(self.codes)
        for answers in product(*choices):
            for position, code in zip(table.scope, answers, strict=True):
                codes[position] = code
            yield codes

    def _most_of(self, table: Table) -> dict[int, int]:
        """{rival: the most that a table's effects, coming and going, could lift the rival over a lead}."""
        now = dict(table[table.key(self.codes)].holding)
        most = dict.fromkeys(self.rivals, 0)
        for effect in table.effects:
            whole, part = self.tables.loose(effect.packed), now.get(effect, 0)
            for rival in self.rivals:
                gain = max(whole[rival] - whole[lead] for lead in self.leads)
                loss = max(whole[lead] - whole[rival] for lead in self.leads)
                most[rival] += max(0, gain * (WHOLE - part) // WHOLE, loss * part // WHOLE + (loss * part % WHOLE > 0))
        return most

    def _tried(self, positions: tuple[int, ...]) -> Iterator[Turn]:
        """The turns that change exactly these considerations. Only the tables that look at them are looked up again."""
        touched = [(table.key, table) for table in self.tables.tables if not set(positions).isdisjoint(table.scope)]
        rest = self.packed - sum([table[key(self.codes)].packed for key, table in touched])
        codes = list(self.codes)
        for answers in product(*(self._others(position) for position in positions)):
            for position, code in zip(positions, answers, strict=True):
                codes[position] = code
            lead = self._lead(rest + sum([table[key(codes)].packed for key, table in touched]))
            yield from self._turned(positions, codes, lead)

    def _turned(self, positions: tuple[int, ...], codes: list[int], lead: tuple[str, ...]) -> Iterator[Turn]:
        """The turn that these codes make, if another response leads then and the moment is one to weigh."""
        if set(lead).difference(self.leaning.lead) and self._can_be(positions, codes):
            questions = self.weighing.book.questions
            changes = {questions[p].id: questions[p].answers[codes[p]] for p in positions}
            yield Turn(changes, self.leaning.list, lead)

    def _others(self, position: int) -> list[int]:
        return [code for code in range(self.weighing.book.sizes[position]) if code != self.codes[position]]

    def _lead(self, packed: int) -> tuple[str, ...]:
        scores = self.tables.unpack(packed)
        most = max(scores[lane] for lane in self.lanes.values())
        return tuple(response for response, lane in self.lanes.items() if scores[lane] == most > OUT)

    def _can_be(self, positions: tuple[int, ...], codes: list[int]) -> bool:
        """Whether a changed moment is one to weigh, and possible in at least one completion."""
        if self.tables.watched.isdisjoint(positions) and not self._possible:
            return True
        holding = (pair for table in self.tables.replacing for pair in table[table.key(codes)].holding)
        replaced = any(effect.bound and effect.bound.replaces and part == WHOLE for effect, part in holding)
        return not replaced and all(group.find(True, codes) is not None for group in self._possible)

    @cached_property
    def _possible(self) -> list[Completions]:
        """What is possible, by the book's word: one search for each group that hangs together."""
        book = self.weighing.book
        return [
            Completions(All(tuple(Not(each) for each in impossible)), book.sizes)
            for _, impossible in book.impossible_groups
        ]
