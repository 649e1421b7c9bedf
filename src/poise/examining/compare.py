"""Two books side by side: where something else leads, from which lead to which, shown with as few answers as can be.

A situation answers any of the questions that either book asks, or leaves them open; of a question that both ask, it
gives only answers that both have. What either calls impossible is left out. A response r gives way to s where r leads
by the old book, s by the new, and not both lead by both:

    r leads, s leads',  and  score'[s] > score'[r]  or  score[r] > score[s]

Each is decided by branch and bound (see `search`); the sum of both inequalities closes most branches at once where the
books say nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..rulebook.guideline import LISTS, MINE, Bound
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from ..weighing.weighing import weigh
from .leading import Demands, Situation
from .search import MOST_STEPS, Unsettled
from .situations import Space

OLD, NEW = 0, 1
Lead = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One way in which the lead of a list changes. An empty lead: a bound takes the place of the weighing."""

    list: str
    before: Lead
    after: Lead
    moment: Moment
    """By the old book; what only the new one asks is in `also`."""
    also: dict[str, str]
    fewest: bool = True
    """Whether no moment with fewer answers shows it. False where proving that took too long."""
    gave_way: str = ""
    """The response that led before, of those that did; empty where nothing was weighed."""
    came_up: str = ""
    """The response that leads now, of those that do; empty where nothing is weighed."""
    share: Fraction | None = None
    """In how many fully answered situations that response gives way to this one, where it could be counted."""


@dataclass(frozen=True)
class Comparison:
    """What changes from one book to the other."""

    changes: tuple[Change, ...]
    settled: bool
    """Whether every change was found: False where some search took too long."""
    only_old: dict[str, tuple[str, ...]]
    """What only the old book has: {considerations, answers, responses: their names}."""
    only_new: dict[str, tuple[str, ...]]
    shares: dict[str, Fraction]
    """{list: in how many fully answered situations its lead changes}, where it could be counted."""

    @property
    def same(self) -> bool:
        """Whether the same responses lead in every situation."""
        return self.settled and not self.changes


def compare(old: Rulebook, new: Rulebook, most_steps: int = MOST_STEPS) -> Comparison:
    """Where the leads of two books differ. `most_steps` bounds each search."""
    comparing = Comparing(old, new, most_steps)
    changes = tuple(comparing.changes())
    return Comparison(changes, comparing.settled, _only(old, new), _only(new, old), {})


def ever_differs(old: Rulebook, new: Rulebook, most_steps: int = MOST_STEPS) -> Change | None:
    """One situation in which something else leads, not always the shortest, or None. Raises Unsettled."""
    comparing = Comparing(old, new, most_steps, shortest=False)
    found = next(comparing.changes(), None)
    if found is None and not comparing.settled:
        raise Unsettled
    return found


class Comparing:
    """The search for every change."""

    def __init__(self, old: Rulebook, new: Rulebook, most_steps: int, *, shortest: bool = True) -> None:
        self.books, self.most_steps, self.shortest = (old, new), most_steps, shortest
        self.space = Space((old, new))
        self.settled = self.fewest = True

    def changes(self) -> Iterator[Change]:
        """One change for each response that gives way to another, and for each bound that one book alone has met."""
        for name in LISTS:
            if all(book.listed(name) for book in self.books):
                for gone, come in self._pairs(name):
                    yield from self._change(name, list(self._overtaking(gone, come)), gone, come)
        for book in (OLD, NEW):
            for bound in self.books[book].bounds.values():
                if bound.replaces:
                    yield from self._change(self._main_list(), [self._stopping(book, bound)])

    def _pairs(self, name: str) -> list[tuple[str, str]]:
        """The pairs (r, s) for which the sum of what they have to reach leaves it possible that r gives way to s."""
        old, new = ([response.id for response in book.listed(name)] for book in self.books)
        pairs = [(gone, come) for gone, come in product(old, new) if gone != come]
        both = [(gone, come) for gone, come in pairs if come in old and gone in new]
        demands = Demands(self.space)
        for gone, come in both:
            demands.rows.append((_swing(gone, come), 1))
        never = {pair for pair, most in zip(both, demands.ceilings(), strict=True) if most < 0}
        return [pair for pair in pairs if pair not in never]

    def _overtaking(self, gone: str, come: str) -> Iterator[Demands]:
        """Both ways in which a response can give way to another."""
        known = gone in self.books[NEW].responses, come in self.books[OLD].responses
        for overtaken, term in ((NEW, known[0]), (OLD, known[1])):
            demands = Demands(self.space)
            demands.leads(OLD, gone)
            demands.leads(NEW, come)
            if term and overtaken == NEW:
                demands.ahead((NEW, come), (NEW, gone), 1)
            elif term:
                demands.ahead((OLD, gone), (OLD, come), 1)
            if all(known):
                demands.rows.append((_swing(gone, come), 1))
            yield demands

    def _stopping(self, book: int, bound: Bound) -> Demands:
        """A bound replaces the weighing by one book and not by the other."""
        demands = Demands(self.space)
        demands.stops(book, bound)
        return demands

    def _main_list(self) -> str:
        return next(name for name in LISTS if any(book.listed(name) for book in self.books))

    def _change(self, name: str, ways: list[Demands], gone: str = "", come: str = "") -> Iterator[Change]:
        """The change that any of these demands brings about, shown with the fewest answers of all."""
        found: list[Situation] = []
        self.fewest = True
        for demands in ways:
            try:
                situation = demands.find(self.most_steps)
            except Unsettled:
                self.settled = self.fewest = False
                continue
            if situation is not None:
                found.append(self._shortened(demands, situation) if self.shortest else situation)
                if not self.shortest:
                    break
        if found:
            yield self._seen(name, min(found, key=lambda each: sum(map(bool, each))), gone, come)

    def _shortened(self, demands: Demands, found: Situation) -> Situation:
        try:
            return demands.fewest(found, self.most_steps)
        except Unsettled:
            self.fewest = False
            return found

    def _seen(self, name: str, situation: Situation, gone: str, come: str) -> Change:
        """A situation as a change, its leads as the two books weigh them."""
        whose = MINE if name == MINE else THEIRS
        moments = [self.space.moment(situation, whose, book) for book in (OLD, NEW)]
        leads = [_leads(book, moment).get(name, ()) for book, moment in zip(self.books, moments, strict=True)]
        also = {q: answer for q, answer in moments[NEW].answers.items() if q not in moments[OLD].answers}
        return Change(name, leads[OLD], leads[NEW], moments[OLD], also, self.fewest and self.shortest, gone, come)


def _swing(gone: str, come: str) -> dict[tuple[int, str], int]:
    """What the new book would have to add for s over r, the old one's lead taken off: the sum of both inequalities."""
    return {(OLD, gone): 1, (OLD, come): -1, (NEW, come): 1, (NEW, gone): -1}


def _leads(book: Rulebook, moment: Moment) -> dict[str, Lead]:
    return {leaning.list: leaning.lead for leaning in weigh(book, moment).leanings}


def _only(book: Rulebook, other: Rulebook) -> dict[str, tuple[str, ...]]:
    """What only the first of two books has."""
    shared = [(q, other.considerations[q.id]) for q in book.questions if q.id in other.considerations]
    return {
        "considerations": tuple(name for name in book.considerations if name not in other.considerations),
        "answers": tuple(f"{q.id} == {a}" for q, theirs in shared for a in q.answers if a not in theirs.answers),
        "responses": tuple(name for name in book.responses if name not in other.responses),
    }
