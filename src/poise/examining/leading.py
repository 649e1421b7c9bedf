"""Situations in which given responses stand as asked: each demand is one row of a search over a space of situations.

A demand is a linear inequality over the scores of one book or of several, such as `score[r] - score[q] >= 0` for
every rival q: r is in the lead of its list. What bounds take out, replace, or what is impossible, cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..rulebook.condition import All, Any, Condition, Not
from ..rulebook.guideline import Bound
from ..weighing.tables import BARRED, OUT
from .search import NEVER, Factor, Gains, Search, Unsettled
from .situations import Layer, Space, Truth
from .sweeping import MOST_STATES, cheapest

MOST_AT_FIRST = 300
"""Steps of a search that goes down first: it meets what is easily met."""
SWEPT_FOR_ONE = 20
"""States that a sweep looks at in the time of one such step."""
LIMITS = (2, 4, 6, 9, None)
"""Answers that a situation may have, in turn, where none was easily met: few answers leave few states."""

Term = tuple[int, str]
"""A book of the space, by number, and one of its responses."""
Situation = tuple[int, ...]
"""A slot for each question of the space."""


@dataclass
class Demands:
    """What a situation has to bring about."""

    space: Space
    answered: bool = False
    """Whether every question has to be answered."""
    rows: list[tuple[dict[Term, int], int]] = field(default_factory=list)
    """`sum of coefficient * score >= least`, each."""
    staying: list[Term] = field(default_factory=list)
    """Responses that must not be out."""
    held: list[tuple[tuple[int, ...], Truth]] = field(default_factory=list)
    """Where a condition holds."""
    stopped: set[int] = field(default_factory=set)
    """Books by which nothing is weighed."""

    def ahead(self, first: Term, second: Term, least: int = 0) -> None:
        """The first response's score is at least `least` above the second's, in the same book."""
        self.rows.append(({first: 1, second: -1}, least))

    def leads(self, book: int, response: str) -> None:
        """The response is in the lead of its list, ties counting as first."""
        self.stays(book, response)
        found = self.space.books[book]
        for rival in found.listed(found.responses[response].list):
            if rival.id != response:
                self.ahead((book, response), (book, rival.id))

    def stays(self, book: int, response: str) -> None:
        """The response is not out."""
        self.staying.append((book, response))

    def stops(self, book: int, bound: Bound) -> None:
        """A bound is met that replaces the weighing."""
        self.stopped.add(book)
        self.holds(bound.condition, book)

    def holds(self, condition: Condition, book: int = 0) -> None:
        """The condition holds under every completion of what is unanswered."""
        for part in conjuncts(condition):
            self.held.append(self.space.views[book].holding(part))

    def ceilings(self) -> list[int]:
        """For each row, by how much it could at most be more than it has to, if it were the only one."""
        search = Search(self.space.sizes, list(self._factors()))
        return [int(most) - least for most, (_, least) in zip(search.ceiling[1:], self.rows, strict=True)]

    def find(self, most_states: int = MOST_STATES) -> Situation | None:
        """One such situation, or None: there is none. Raises Unsettled."""
        return self.shortest(most_states)[0]

    def shortest(self, most_states: int = MOST_STATES) -> tuple[Situation | None, bool]:
        """A situation that answers as few questions as any, or None where there is none; and whether that is proved.

        Raises Unsettled where not even one was found. Where there are too many states for all of them to be looked at,
        one may still be met by going down first.
        """
        search, least = Search(self.space.sizes, list(self._factors())), [0, *(least for _, least in self.rows)]
        costs = [[0] + [1] * (size - 1) for size in self.space.sizes]
        met: Situation | None = None
        try:
            met = search.find(least, min(MOST_AT_FIRST, most_states // SWEPT_FOR_ONE))
            limits: Sequence[int | None] = () if met is None else (answers_in(met) - 1,)
        except Unsettled:
            limits = LIMITS
        try:
            for limit in limits:
                if (found := cheapest(search, least, costs, limit, most_states)) is not None:
                    return found, True
            return met, True
        except Unsettled:
            met = met or search.find(least, most_states // SWEPT_FOR_ONE)
            return met, met is None

    def _factors(self) -> Iterator[Factor]:
        """What each table adds to each row; the first row only tells what cannot be."""
        rows: list[Mapping[Term, int]] = [{}, *(terms for terms, _ in self.rows)]
        yield Factor((), np.zeros(len(rows), np.int64))
        for number, view in enumerate(self.space.views):
            if number not in self.stopped:
                yield from self._weighed(number, rows)
            for scope, can in view.possible:
                yield _hard(scope, can, len(rows))
        for scope, holds in self.held:
            yield _hard(scope, holds, len(rows))
        for question, size in enumerate(self.space.sizes) if self.answered else ():
            yield _hard((question,), np.arange(size) > 0, len(rows))

    def _weighed(self, number: int, rows: Sequence[Mapping[Term, int]]) -> Iterator[Factor]:
        """What one book adds to each row."""
        view = self.space.views[number]
        weights = np.zeros((len(view.lane), len(rows)), np.int64)
        for row, terms in enumerate(rows):
            for (book, response), coefficient in terms.items():
                if book == number:
                    weights[view.lane[response], row] = coefficient
        staying = [view.lane[response] for book, response in self.staying if book == number]
        yield Factor((), view.base @ weights)
        yield from (_factor(layer, weights, staying) for layer in view.layers)


def answers_in(situation: Situation) -> int:
    """How many questions a situation answers."""
    return sum(map(bool, situation))


def _factor(layer: Layer, weights: Gains, staying: Sequence[int]) -> Factor:
    """What a table adds to each row."""
    gains = np.clip(layer.lanes @ weights, -2 * BARRED, 2 * BARRED)
    never = layer.never
    for lane in staying:
        never = never | (layer.lanes[..., lane] <= OUT)
    gains[never] = NEVER
    return Factor(layer.scope, gains)


def _hard(scope: tuple[int, ...], holds: Truth, rows: int) -> Factor:
    return Factor(scope, np.where(holds, 0, NEVER)[..., None].repeat(rows, axis=-1))


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """Conditions that all hold if and only if this one does. Under every completion, too: `and` may be taken apart."""
    if isinstance(condition, All):
        for inner in condition.inner:
            yield from conjuncts(inner)
    elif isinstance(condition, Not) and isinstance(condition.inner, Any):
        for inner in condition.inner.inner:
            yield from conjuncts(Not(inner))
    elif isinstance(condition, Not) and isinstance(condition.inner, Not):
        yield from conjuncts(condition.inner.inner)
    else:
        yield condition
