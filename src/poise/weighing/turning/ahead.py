"""A list seen from one of its responses: how far each other is ahead of it, and what changed answers do to that.

    lane i  =  score[i] - score[lead]

What leans on all responses of a list alike is gone, and so is every table that does nothing else. Lanes are held side
by side in one integer, as in `tables`: with BIAS added, the top bit of a lane says whether its response has caught up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from ..tables import BIAS, LANE, WHOLE_LANE, Believing, Table, Tables
from .gains import Change, Gains, Positions
from .grouping import grouped

if TYPE_CHECKING:
    from ..weighing import Leaning

Key = Callable[[Sequence[int]], Any]
"""From all answers to those that a table is keyed by."""


class Touched(NamedTuple):
    """A table that looks at some of the answers that change."""

    key: Key
    gains: Gains
    positions: Positions
    """Those it looks at."""


class Ahead:
    """A list seen from one of its responses."""

    def __init__(self, tables: Tables, name: str, lead: str) -> None:
        self._members, self._lead = tables.members[name], tables.lanes.index(lead)
        self._loose, self._seen = tables.loose, dict[int, int]()
        self._top = {response: BIAS << LANE * lane for lane, response in self._members}
        self._tops, self._ones = sum(self._top.values()), sum(1 << LANE * lane for lane in range(len(tables.lanes)))
        self._whole = (1 << self._tops.bit_length() + 1) - 1
        self._alone = {
            top: (top // BIAS, (response,), tuple(each for each in self._top if each in (response, lead)))
            for response, top in self._top.items()
        }
        """Who leads where only this response caught up: by itself, or tied."""
        self._number(tables)
        gains = [self._gains(group, (name, lead)) for group in grouped(self._telling(tables), tables.book.sizes)]
        self.gains = [(each.key, each) for each in gains]
        """(key, gains) of all tables that can move a response of the list against another."""
        self._touched: dict[Positions, list[Touched]] = {}

    def _number(self, tables: Tables) -> None:
        """Number all changes."""
        questions = tables.book.questions
        self.first = [0, *accumulate(len(question.answers) for question in questions)]
        """For each position, the number of its first change."""
        self.told = [(question.position, code) for question in questions for code in range(len(question.answers))]
        """Position and code of each change."""
        self.named = [{question.id: answer} for question in questions for answer in question.answers]
        """{question: answer} of each change."""
        careful = {q.position for q in questions if tables.book.impossible or q.position in tables.watched}
        careful -= {question.position for question in questions if question.fixed}
        self.careful = frozenset(change for change, (position, _) in enumerate(self.told) if position in careful)
        """Changes that may lead to what cannot be, or is not weighed."""

    def _gains(self, tables: list[Table], seen_from: tuple[str, str]) -> Gains:
        """What a group of tables adds, kept with one of them that is the same for no other beliefs."""
        keeping = next((table for table in tables if isinstance(table, Believing)), tables[0])
        found: Gains = keeping.kept.setdefault((Ahead, seen_from), Gains(tables, self.seen, self.first))
        return found

    def _telling(self, tables: Tables) -> list[Table]:
        """The tables whose answers can change what leads."""
        can_change = [table for table in tables.tables if not table.fixed.issuperset(table.scope)]
        return [table for table in can_change if any(self.seen(effect.packed) for effect in table.effects)]

    def ahead(self, packed: int) -> int:
        """How far each response is ahead, with BIAS, from all scores. Lanes of other lists are of no meaning."""
        return packed - ((packed >> LANE * self._lead & WHOLE_LANE) - BIAS) * self._ones & self._whole

    def seen(self, packed: int) -> int:
        """What an entry of a table adds to the lanes of this list; 0 elsewhere."""
        found = self._seen.get(packed)
        if found is None:
            loose = self._loose(packed)
            lead = loose[self._lead]
            found = self._seen[packed] = sum([loose[lane] - lead << LANE * lane for lane, _ in self._members])
        return found

    def added(self, codes: Sequence[int]) -> dict[Change, int]:
        """What each single change adds, where any table tells its answers apart."""
        found: dict[Change, int] = {}
        known = found.get
        for key, gains in self.gains:
            for change, added in gains[key(codes)]:
                found[change] = known(change, 0) + added
        return found

    def rivals(self, leads: Sequence[str]) -> int:
        """The top bits of all responses of the list but these."""
        return self._tops - sum([self._top[response] for response in leads])

    def lead(self, lanes: int, caught_up: int) -> tuple[str, ...]:
        """Who leads, given the top bits of those who caught up, if they did with all who led: at once if only one."""
        if caught_up in self._alone:
            one, alone, tied = self._alone[caught_up]
            return alone if lanes - one & caught_up else tied
        scores = {response: lanes >> LANE * lane & WHOLE_LANE for lane, response in self._members}
        most = max(scores.values())
        return tuple([response for response, score in scores.items() if score == most])

    def touched(self, positions: Positions) -> list[Touched]:
        """The tables that look at any of these considerations."""
        found = self._touched.get(positions)
        if found is None:
            found = self._touched[positions] = [
                Touched(key, gains, some)
                for key, gains in self.gains
                if (some := tuple(p for p in positions if p in gains.positions))
            ]
        return found


def ahead(tables: Tables, leaning: Leaning) -> Ahead:
    """A list seen from who leads it; made once for each."""
    seen_from = leaning.list, leaning.lead[0]
    found: Ahead | None = tables.kept.get(seen_from)
    if found is None:
        found = tables.kept[seen_from] = Ahead(tables, *seen_from)
    return found
