"""Simulated persons who live by a book: invented moments, what they do and what they say in hindsight. Seeded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from poise.learning.remembering import Remembered
from poise.rulebook.rulebook import Rulebook
from poise.weighing.moment import Moment
from poise.weighing.weighing import Weighing, weigh


@dataclass(frozen=True)
class Living:
    """Somebody's book with the weights they really hold, and with those they act by."""

    values: Rulebook
    deeds: Rulebook
    hindsight: float = 0.3
    decisiveness: float = 1.0

    def moments(self, draw: np.random.Generator, count: int, *, answered: float = 0.6) -> list[Remembered]:
        """So many moments, a day apart."""
        return [self.moment(draw, at, answered) for at in range(count)]

    def moment(self, draw: np.random.Generator, at: int, answered: float) -> Remembered:
        """One moment, with what was done, and what it would have been in some of them."""
        answers = invented(draw, self.values, answered)
        did = self.picked(draw, weigh(self.deeds, Moment(self.deeds, **answers)))
        looks_back = draw.random() < self.hindsight
        would = self.picked(draw, weigh(self.values, Moment(self.values, **answers))) if looks_back else {}
        return Remembered(answers, did, would, at=float(at), relationship=int(draw.integers(5)))

    def picked(self, draw: np.random.Generator, weighing: Weighing) -> dict[str, str]:
        """A response of each list, by its share."""
        found = {}
        for leaning in weighing.leanings:
            shares = np.array([standing.share for standing in leaning.ranking]) ** self.decisiveness
            found[leaning.list] = leaning.ranking[draw.choice(len(shares), p=shares / shares.sum())].response
        return found


def invented(draw: np.random.Generator, book: Rulebook, answered: float) -> dict[str, str]:
    """Answers to some of a book's questions."""
    asked = [question for question in book.questions if draw.random() < answered]
    return {question.id: question.answers[draw.integers(len(question.answers))] for question in asked}


def reweighted(book: Rulebook, weights: Mapping[str, float]) -> Rulebook:
    """The same book with other weights."""
    changed = {name: book.guidelines[name]._replace(weight=weight) for name, weight in weights.items()}
    return replace(book, guidelines={**book.guidelines, **changed})
