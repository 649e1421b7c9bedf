"""Every situation of a book, or of two at once, and what the tables add in each, as arrays.

A situation gives each question a slot: slot 0 is unanswered, the others are its answers, those that nothing tells
apart taken together. With `holds` the truth of an effect's condition over full answers and `can` what is possible,

    holds[.., 0, ..] = for every answer: holds or not can        can[.., 0, ..] = for some answer: can

axis by axis: an effect counts only if it holds under every possible completion, as in `weighing.tables`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rulebook.completing import Completions, alike
from ..rulebook.condition import ALWAYS, All, Among, Condition, Not
from ..rulebook.consideration import Consideration
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.tables import Table
from ..weighing.weighing import tables_of
from .search import Unsettled

Truth = NDArray[np.bool_]
Lanes = NDArray[np.int64]

Groups = dict[str, dict[str, int]]

MOST_COMBINATIONS = 2_000_000
"""Combinations of answers, unanswered included, that one condition may tell apart here."""


class Question(NamedTuple):
    """One axis: a consideration's id and, for each slot from 1 on, the answer that stands for it."""

    id: str
    answers: tuple[str, ...]


class Layer(NamedTuple):
    """What one table does over its scope: one score per response (last axis), and where a situation cannot be."""

    scope: tuple[int, ...]
    lanes: Lanes
    never: Truth
    """Impossible, or replaced by a bound."""


class _Codes(NamedTuple):
    """A book's codes for a question: those of the slots first, then of answers left out; `kept` slots stay."""

    codes: tuple[int, ...]
    kept: int


class Space:
    """Every question that some of the books ask, each with slots fine enough for all of them.

    Of a question that several of them ask, only the answers that they share have slots.
    """

    def __init__(self, books: Sequence[Rulebook], conditions: Sequence[Condition] = ()) -> None:
        """`conditions` are further conditions, in terms of the first book, that the slots have to tell apart."""
        self.books = tuple(books)
        parts = [[*_parts(book)] for book in books]
        parts[0] += [part for condition in conditions for part in condition.parts()]
        groups = [_groups(book, part) for book, part in zip(books, parts, strict=True)]
        names = dict.fromkeys(name for book in books for name in book.considerations)
        self.questions = tuple(Question(n, _slots([each[n] for each in groups if n in each])) for n in names)
        self.position = {question.id: i for i, question in enumerate(self.questions)}
        self.sizes = tuple(1 + len(question.answers) for question in self.questions)
        self.views = tuple(View(self, book) for book in books)

    def moment(self, slots: Sequence[int], whose: str, book: int = 0) -> Moment:
        """A situation as a moment of one of the books: what that book does not ask is left out."""
        asked = self.books[book].considerations
        pairs = [(q, slot) for q, slot in zip(self.questions, slots, strict=True) if slot and q.id in asked]
        return Moment(self.books[book], whose, **{q.id: q.answers[slot - 1] for q, slot in pairs})


class View:
    """One book seen on a space."""

    def __init__(self, space: Space, book: Rulebook) -> None:
        self.space, self.book = space, book
        self.tables = tables_of(book)
        self.lane = {response: lane for lane, response in enumerate(self.tables.lanes)}
        self._codes = [_codes(question, space) for question in book.questions]

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """Every table of the book on this space."""
        return tuple(self._layer(table) for table in self.tables.tables)

    @cached_property
    def base(self) -> Lanes:
        """Where every response starts."""
        return np.asarray(self.tables.unpack(self.tables.sum(())), np.int64)

    @cached_property
    def possible(self) -> tuple[tuple[tuple[int, ...], Truth], ...]:
        """For each group of impossible combinations, its scope and where it leaves something possible."""
        found = []
        for reach, impossible in self.book.impossible_groups:
            scope = tuple(sorted(reach))
            _, can = self._completed(scope, ALWAYS, All(tuple(Not(each) for each in impossible)))
            found.append(self._placed(scope, can))
        return tuple(found)

    def holding(self, condition: Condition) -> tuple[tuple[int, ...], Truth]:
        """Where a condition holds under every completion: its scope on the space, and the array."""
        search = Completions(condition, self.book.sizes, self.book.impossible_groups)
        scope = search.scope
        holds, _ = self._completed(scope, condition, search.possible)
        return self._placed(scope, holds)

    def _layer(self, table: Table) -> Layer:
        shape = self._shape(table.scope)
        lanes, never = np.zeros((*shape, len(self.lane)), np.int64), np.zeros(shape, np.bool_)
        for effect in table.effects:
            holds, can = self._completed(table.scope, effect.condition, table.possible)
            lanes += holds[..., None] * np.asarray(self.tables.loose(effect.packed), np.int64)
            never |= ~can
            if effect.bound and effect.bound.replaces:
                never |= holds
        scope, lanes = self._placed(table.scope, lanes)
        return Layer(scope, lanes, self._placed(table.scope, never)[1])

    def _shape(self, scope: tuple[int, ...]) -> tuple[int, ...]:
        shape = tuple(1 + len(self._codes[position].codes) for position in scope)
        if np.prod(shape, dtype=np.float64) > MOST_COMBINATIONS:
            raise Unsettled
        return shape

    def _completed(self, scope: tuple[int, ...], condition: Condition, possible: Condition) -> tuple[Truth, Truth]:
        """Where a condition holds under every possible completion, and where there is one; slot 0 first."""
        shape = self._shape(scope)
        full = tuple(size - 1 for size in shape)
        can = np.broadcast_to(self._truth(possible, scope), full)
        holds = np.broadcast_to(self._truth(condition, scope), full) | ~can
        for axis in range(len(scope)):
            holds = np.concatenate((holds.all(axis=axis, keepdims=True), holds), axis=axis)
            can = np.concatenate((can.any(axis=axis, keepdims=True), can), axis=axis)
        return holds & can, can

    def _truth(self, condition: Condition, scope: tuple[int, ...]) -> Truth:
        """A condition over full answers, as an array that broadcasts to the scope's shape."""
        if isinstance(condition, Among):
            found = np.array([bool(condition.mask >> code & 1) for code in self._codes[condition.position].codes])
            return found.reshape([-1 if position == condition.position else 1 for position in scope])
        if isinstance(condition, Not):
            return ~self._truth(condition.inner, scope)
        whole = isinstance(condition, All)
        total = np.full((1,) * len(scope), whole)
        for inner in condition.inner:
            truth = self._truth(inner, scope)
            total = total & truth if whole else total | truth
        return total

    def _placed(self, scope: tuple[int, ...], array: NDArray[Any]) -> tuple[tuple[int, ...], NDArray[Any]]:
        """The array on the space's slots, its axes in the space's order."""
        for axis, position in enumerate(scope):
            array = array.take(range(self._codes[position].kept), axis=axis)
        places = [self.space.position[self.book.questions[position].id] for position in scope]
        rising = sorted(range(len(places)), key=places.__getitem__)
        return tuple(places[i] for i in rising), array.transpose(*rising, *range(len(places), array.ndim))


def _parts(book: Rulebook) -> Iterator[Among]:
    """Every comparison that the tables of a book make."""
    conditions = [clause.condition for guideline in book.guidelines.values() for clause in guideline.clauses]
    conditions += [bound.condition for bound in book.bounds.values()]
    conditions += [response.needs for response in book.responses.values()]
    for condition in (*conditions, *book.impossible):
        yield from condition.parts()


def _groups(book: Rulebook, parts: Sequence[Among]) -> Groups:
    """{question: {answer: the first answer that nothing tells apart from it}}."""
    return {
        question.id: dict(zip(question.answers, alike(question.position, len(question.answers), parts), strict=True))
        for question in book.questions
    }


def _slots(groups: Sequence[dict[str, int]]) -> tuple[str, ...]:
    """The answers that stand for the slots of a question: one of each group that no book tells apart."""
    first: dict[tuple[int, ...], str] = {}
    for answer in groups[0]:
        if all(answer in each for each in groups):
            first.setdefault(tuple(each[answer] for each in groups), answer)
    return tuple(first.values())


def _codes(question: Consideration, space: Space) -> _Codes:
    """A book's codes for the slots of a question, and for the answers that another book does not have."""
    others = [book.considerations[question.id] for book in space.books if question.id in book.considerations]
    slots = space.questions[space.position[question.id]].answers
    left_out = [a for a in question.answers if not all(a in other.answers for other in others)]
    return _Codes(tuple(question.code(answer) for answer in (*slots, *left_out)), 1 + len(slots))
