"""All fully answered situations that books share, as a problem for the walk.

A situation gives every consideration one of its answers. Answers that nothing tells apart are one value of a
variable, their weights added; a consideration that nothing looks at changes no share and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...rulebook.condition import All, Among, Condition, Not, scope
from ...rulebook.rulebook import Rulebook
from ..search import NEVER, Factor, Unsettled

Weights = Mapping[str, Mapping[str, Fraction | float]]
"""{consideration: {answer: how often it is given}}, independent of each other; answers left out are never given."""

MOST_COMBINATIONS = 2_000_000
"""Combinations of answers that one condition may tell apart here."""


class Asked(NamedTuple):
    """One variable: a consideration, and for each value the answers that nothing tells apart."""

    id: str
    values: tuple[tuple[str, ...], ...]


class Invented:
    """The situations of one book, or of two: what only one of them asks is answered too; shared answers only.

    Raises ValueError where two books share a consideration and none of its answers.
    """

    def __init__(
        self,
        books: Sequence[Rulebook],
        conditions: Sequence[Iterable[Condition]],
        apart: Iterable[str] = (),
        weights: Weights | None = None,
    ) -> None:
        """`conditions` of each book are what will be looked at; answers to what is `apart` are all told apart."""
        self.books = tuple(books)
        parts = [[part for condition in each for part in condition.parts()] for each in conditions]
        seen = {book.questions[part.position].id for book, each in zip(books, parts, strict=True) for part in each}
        seen |= {name for name in apart if any(name in book.considerations for book in books)}
        names = dict.fromkeys(name for book in books for name in book.considerations if name in seen)
        self.asked = tuple(self._asked(name, parts, name in set(apart)) for name in names)
        self.variable = {asked.id: i for i, asked in enumerate(self.asked)}
        self.weights = tuple(_whole(_weighed(asked, (weights or {}).get(asked.id))) for asked in self.asked)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each variable has."""
        return tuple(len(asked.values) for asked in self.asked)

    def factor(self, condition: Condition, gains: Sequence[int], book: int = 0, otherwise: int = 0) -> Factor:
        """What a condition adds to every lane where it holds; `otherwise` to each lane where it does not."""
        questions = self.books[book].questions
        variables = {position: self.variable[questions[position].id] for position in scope(condition)}
        rising = tuple(sorted(variables.values()))
        shape = tuple(len(self.asked[variable].values) for variable in rising)
        if prod(shape) > MOST_COMBINATIONS:
            raise Unsettled
        axes = {position: rising.index(variable) for position, variable in variables.items()}
        truth = np.broadcast_to(self._truth(condition, book, axes), shape)
        return Factor(rising, np.where(truth[..., None], np.array(gains, np.int64), np.int64(otherwise)))

    def required(self, condition: Condition, lanes: int, book: int = 0) -> Factor:
        """A factor under which only situations that meet the condition can be."""
        return self.factor(condition, (0,) * lanes, book, NEVER)

    def answers(self, values: Iterable[int]) -> dict[str, str]:
        """The first answer behind each value of an assignment."""
        return {asked.id: asked.values[value][0] for asked, value in zip(self.asked, values, strict=True)}

    def _asked(self, name: str, parts: Sequence[list[Among]], apart: bool) -> Asked:
        """The answers that every book asking has, those together that no condition tells apart."""
        asking = [(book, each) for book, each in zip(self.books, parts, strict=True) if name in book.considerations]
        questions = [book.considerations[name] for book, _ in asking]
        shared = [answer for answer in questions[0].answers if all(answer in q.answers for q in questions)]
        if not shared:
            raise ValueError(f"the books share no answer to {name}")
        alike: dict[tuple[bool | str, ...], list[str]] = {}
        for answer in shared:
            seen = [
                bool(part.mask >> question.code(answer) & 1)
                for question, (_, each) in zip(questions, asking, strict=True)
                for part in each
                if part.position == question.position
            ]
            alike.setdefault((answer,) if apart else tuple(seen), []).append(answer)
        return Asked(name, tuple(map(tuple, alike.values())))

    def _truth(self, condition: Condition, book: int, axes: Mapping[int, int]) -> NDArray[np.bool_]:
        """Where a condition holds, as an array that broadcasts over its variables."""
        if isinstance(condition, Among):
            return self._among(condition, book, axes)
        if isinstance(condition, Not):
            return ~self._truth(condition.inner, book, axes)
        join = np.logical_and if isinstance(condition, All) else np.logical_or
        inner = [self._truth(each, book, axes) for each in condition.inner]
        return reduce(join, inner, np.array(isinstance(condition, All)))

    def _among(self, part: Among, book: int, axes: Mapping[int, int]) -> NDArray[np.bool_]:
        question = self.books[book].questions[part.position]
        asked = self.asked[self.variable[question.id]]
        held = np.array([bool(part.mask >> question.code(answers[0]) & 1) for answers in asked.values])
        return held.reshape([-1 if axis == axes[part.position] else 1 for axis in range(len(axes))])


def _weighed(asked: Asked, weights: Mapping[str, Fraction | float] | None) -> list[Fraction]:
    """The weight of each value; the number of its answers where no weights are given."""
    if weights is None:
        return [Fraction(len(answers)) for answers in asked.values]
    given = {answer: Fraction(str(weight)) for answer, weight in weights.items()}
    return [sum((given.get(answer, Fraction(0)) for answer in answers), start=Fraction(0)) for answers in asked.values]


def _whole(weights: list[Fraction]) -> tuple[int, ...]:
    """The same weights against each other, as whole numbers."""
    scale = lcm(*(weight.denominator for weight in weights))
    return tuple(int(weight * scale) for weight in weights)
