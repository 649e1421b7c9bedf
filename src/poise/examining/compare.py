"""Two books side by side: where something else leads, from which lead to which, shown with as few answers as can be.

A situation answers any of the questions that either book asks, or leaves them open; of a question that both ask, it
gives only answers that both have. What either calls impossible is left out. A response r gives way to s where r leads
by the old book, s by the new, and not both lead by both:

    r leads, s leads',  and  score'[s] > score'[r]  or  score[r] > score[s]

Each is decided over all situations at once (see `sweeping`); the sum of both inequalities closes most of them early
where the books say nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ..rulebook.guideline import LISTS, MINE, Bound
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from ..weighing.weighing import weigh
from .changes import Changes, changes
from .leading import Demands, Situation, answers_in
from .search import Unsettled
from .situations import Space
from .sweeping import MOST_STATES

OLD, NEW = 0, 1
Lead = tuple[str, ...]


class Change(NamedTuple):
    """One response that gives way to another; no names where a bound of one book takes the place of the weighing."""

    list: str
    gone: str
    come: str
    before: Lead
    """All that lead by the old book in this moment; empty where nothing is weighed."""
    after: Lead
    moment: Moment
    """By the old book; what only the new one asks is in `also`."""
    also: dict[str, str]
    fewest: bool = False
    """Whether it is proved that no moment with fewer answers shows it."""
    share: Fraction | None = None
    """In how many fully answered situations this response gives way to that one, where it could be counted."""


@dataclass(frozen=True)
class Comparison:
    """What changes from one book to the other."""

    changes: tuple[Change, ...]
    unsettled: tuple[tuple[str, str, str], ...]
    """(list, r, s) where it took too long to tell whether r ever gives way to s. Empty names: a bound."""
    only_old: dict[str, tuple[str, ...]]
    """What only the old book has: {considerations, answers, responses, lists: their names}."""
    only_new: dict[str, tuple[str, ...]]
    shares: dict[str, Fraction]
    """{list: in how many fully answered situations its lead is another}, where it could be counted."""

    @property
    def same(self) -> bool:
        """Whether the same responses lead in every situation."""
        return not self.changes and not self.unsettled


def compare(old: Rulebook, new: Rulebook, most_states: int = MOST_STATES) -> Comparison:
    """Where the leads of two books differ. `most_states` bounds each search; there may be a hundred of them."""
    counted = _counted(old, new)
    comparing = Comparing(old, new, most_states, counted)
    changes = tuple(comparing.changes())
    shares = {name: each.share for name, each in counted.items()}
    return Comparison(changes, tuple(comparing.unsettled), _only(old, new), _only(new, old), shares)


def ever_differs(old: Rulebook, new: Rulebook, most_states: int = MOST_STATES) -> bool:
    """Whether anything else ever leads, bounds that replace the weighing aside. Raises Unsettled."""
    comparing = Comparing(old, new, most_states)
    left = [demands for name in LISTS for pair in comparing.pairs(name) for demands in comparing.overtaking(*pair)]
    sure = True
    for demands in left:
        try:
            if demands.find(most_states) is not None:
                return True
        except Unsettled:
            sure = False
    if not sure:
        raise Unsettled
    return False


def _counted(old: Rulebook, new: Rulebook) -> dict[str, Changes]:
    """The exact walk over all fully answered situations; nothing where it grows too large."""
    try:
        return changes(old, new)
    except (Unsettled, ValueError):
        return {}


class Comparing:
    """The search for every change."""

    def __init__(
        self,
        old: Rulebook,
        new: Rulebook,
        most_states: int,
        counted: Mapping[str, Changes] | None = None,
    ) -> None:
        self.books, self.most_states = (old, new), most_states
        self.counted = counted or {}
        self.space = Space((old, new))
        self.unsettled: list[tuple[str, str, str]] = []

    def changes(self) -> Iterator[Change]:
        """One change for each response that gives way to another, and for each bound that one book alone has met."""
        for name in LISTS:
            for gone, come in self.pairs(name):
                yield from self._change(name, list(self.overtaking(gone, come)), gone, come)
        for book in (OLD, NEW):
            for bound in self.books[book].bounds.values():
                if bound.replaces:
                    yield from self._change(self._main_list(), [self._stopping(book, bound)])

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """The pairs (r, s) of a list for which the sum of both inequalities can be reached: r may give way to s."""
        if not all(book.listed(name) for book in self.books):
            return []
        old, new = ([response.id for response in book.listed(name)] for book in self.books)
        pairs = [(gone, come) for gone, come in product(old, new) if gone != come]
        both = [(gone, come) for gone, come in pairs if come in old and gone in new]
        demands = Demands(self.space)
        for gone, come in both:
            demands.rows.append((_swing(gone, come), 1))
        never = {pair for pair, most in zip(both, demands.ceilings(), strict=True) if most < 0}
        return [pair for pair in pairs if pair not in never]

    def overtaking(self, gone: str, come: str) -> Iterator[Demands]:
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
        sure = True
        for demands in ways:
            try:
                situation, fewest = demands.shortest(self.most_states)
                found += [] if situation is None else [situation]
                sure &= fewest
            except Unsettled:
                sure = False
        if found:
            shown = min(found, key=answers_in)
            moments = [self.space.moment(shown, _whose(name), book) for book in (OLD, NEW)]
            yield self._seen(name, gone, come, moments)._replace(fewest=sure)
        elif not sure:
            yield from self._walked(name, gone, come)

    def _walked(self, name: str, gone: str, come: str) -> Iterator[Change]:
        """Where the search has failed: a situation that the walk came by, if it did."""
        for (old, new), seen in self.counted[name].pairs.items() if name in self.counted and gone else ():
            if _gives_way(gone, come, old, new):
                known = [{q: a for q, a in seen.answers.items() if q in book.considerations} for book in self.books]
                moments = [Moment(book, _whose(name), **each) for book, each in zip(self.books, known, strict=True)]
                yield self._seen(name, gone, come, moments)
                return
        self.unsettled.append((name, gone, come))

    def _seen(self, name: str, gone: str, come: str, moments: list[Moment]) -> Change:
        """A moment as a change, its leads as the two books weigh it."""
        before, after = (_leads(book, moment).get(name, ()) for book, moment in zip(self.books, moments, strict=True))
        also = {q: answer for q, answer in moments[NEW].answers.items() if q not in moments[OLD].answers}
        return Change(name, gone, come, before, after, moments[OLD], also, share=self._share(name, gone, come))

    def _share(self, name: str, gone: str, come: str) -> Fraction | None:
        """In how many fully answered situations a response gives way to another."""
        if name not in self.counted or not gone:
            return None
        counted = self.counted[name]
        pairs = ((old, new, seen.weight) for (old, new), seen in counted.pairs.items())
        weight = sum(weight for old, new, weight in pairs if _gives_way(gone, come, old, new))
        return Fraction(weight, counted.whole or 1)


def _swing(gone: str, come: str) -> dict[tuple[int, str], int]:
    """What the new book would have to add for s over r, the old one's lead taken off: the sum of both inequalities."""
    return {(OLD, gone): 1, (OLD, come): -1, (NEW, come): 1, (NEW, gone): -1}


def _gives_way(gone: str, come: str, before: Lead, after: Lead) -> bool:
    return gone in before and come in after and not (gone in after and come in before)


def _whose(name: str) -> str:
    return MINE if name == MINE else THEIRS


def _leads(book: Rulebook, moment: Moment) -> dict[str, Lead]:
    return {leaning.list: leaning.lead for leaning in weigh(book, moment).leanings}


def _only(book: Rulebook, other: Rulebook) -> dict[str, tuple[str, ...]]:
    """What only the first of two books has."""
    shared = [(q, other.considerations[q.id]) for q in book.questions if q.id in other.considerations]
    return {
        "considerations": tuple(name for name in book.considerations if name not in other.considerations),
        "answers": tuple(f"{q.id} == {a}" for q, theirs in shared for a in q.answers if a not in theirs.answers),
        "responses": tuple(name for name in book.responses if name not in other.responses),
        "lists": tuple(name for name in LISTS if book.listed(name) and not other.listed(name)),
    }
