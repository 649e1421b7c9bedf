"""Situations in which given responses stand as asked: each demand is one row of a search over a space of situations.

A demand is a linear inequality over the scores of one book or of several, such as `score[r] - score[q] >= 0` for
every rival q: r is in the lead of its list. What bounds take out, replace, or what is impossible, cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..rulebook.condition import All, Any, Condition, Not
from ..rulebook.guideline import Bound
from ..weighing.tables import BARRED, OUT, SCALE
from .search import MOST_STEPS, NEVER, Factor, Gains, Search, Unsettled
from .situations import Layer, Space, Truth

QUICK_STEPS = 20_000
"""Steps after which a search for any situation gives way to one for a situation with few answers."""
PRICES = (SCALE // 2, SCALE, 2 * SCALE)
"""Doublings that an answer is charged with in the rows that weigh a demand and the number of answers together."""

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
        rows = self._rows()
        search = Search(self.space.sizes, list(self._factors(rows)))
        return [int(most) - least for most, (_, least, _) in zip(search.ceiling, rows, strict=True)][1:]

    def find(self, most_steps: int = MOST_STEPS) -> Situation | None:
        """One such situation, or None: there is none. Raises Unsettled."""
        rows = self._rows()
        return Search(self.space.sizes, list(self._factors(rows))).find([least for _, least, _ in rows], most_steps)

    def shortest(self, most_steps: int = MOST_STEPS, quick_steps: int = QUICK_STEPS) -> tuple[Situation | None, bool]:
        """A situation that answers as few questions as any, or None where there is none; and whether that is proved.

        Raises Unsettled where not even one was found. A situation with few answers is often found sooner than any, so
        a search for any is given up after `quick_steps` at first.
        """
        try:
            found = self.find(min(most_steps, quick_steps))
            if found is None:
                return None, True
        except Unsettled:
            found = None
        try:
            return self.shorter(found, most_steps if found else most_steps // 2) or found, True
        except Unsettled:
            found = found or self.find(most_steps)
            return found, found is None

    def shorter(self, than: Situation | None, most_steps: int = MOST_STEPS) -> Situation | None:
        """One that answers fewer questions than a given one, as few as any, or None: there is none. Raises Unsettled.

        Iterative deepening on the number of answers.
        """
        rows = self._rows()
        rows += [(terms, least, price) for terms, least, _ in rows[1:] for price in PRICES]
        rows.append(({}, 0, 1))
        search = Search(self.space.sizes, list(self._factors(rows)))
        most = answers_in(than) if than else len(self.space.sizes) + 1
        for answers in range(-int(search.ceiling[-1]), most):
            fewer = search.find([least - price * answers for _, least, price in rows], most_steps)
            if fewer is not None:
                return fewer
            most_steps -= search.steps
        return None

    def _rows(self) -> list[tuple[dict[Term, int], int, int]]:
        """Every row as (terms, least, price of an answer); the first only tells what cannot be."""
        return [({}, 0, 0), *((terms, least, 0) for terms, least in self.rows)]

    def _factors(self, rows: Sequence[tuple[dict[Term, int], int, int]]) -> Iterator[Factor]:
        yield Factor((), np.zeros(len(rows), np.int64))
        for number, view in enumerate(self.space.views):
            if number not in self.stopped:
                yield from self._weighed(number, [terms for terms, _, _ in rows])
            for scope, can in view.possible:
                yield _hard(scope, can, len(rows))
        for scope, holds in self.held:
            yield _hard(scope, holds, len(rows))
        prices = np.array([price for _, _, price in rows], np.int64)
        for question, size in enumerate(self.space.sizes):
            answered = (np.arange(size) > 0)[:, None]
            gains = np.where(answered, -prices, NEVER if self.answered else 0)
            if gains.any():
                yield Factor((question,), gains)

    def _weighed(self, number: int, rows: Sequence[dict[Term, int]]) -> Iterator[Factor]:
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
