"""A rulebook and what is remembered, as arrays: what the model is fitted to.

A guideline's strength is what it adds, in nats, to the response it leans on hardest when it applies in full:

    size_g = largest |lean| of g, before its weight          m_g = weight_g * size_g * ln 2
    phi[i, r, g] = a[g] L[g, r] / size_g                     sigma_g = max(.6 |m_g|, .3) * grip

Where the book starts is one more column, held fixed like an anchored guideline. Left out of the learning: moments that
a bound takes over, moments that landed on the person themselves, and a choice of what a bound had taken out.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from ..rulebook.guideline import LISTS, START, Guideline, doublings
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.tables import Tables
from ..weighing.weighing import Leaning, Weighing, weigh_by
from .model.layout import Floats, Prior

SD_SHARE, LEAST_SD = 0.6, 0.3
GRIPS = {"loose": 1.5, "steady": 1.0, "firm": 0.5}
"""How far hindsight may move a guideline, by how tightly it is held. Craft."""
GAP_SHARE = 0.5
"""The spread of the say-do gap as a share of |m_g|: the wider of the two that were tried, as its intervals hold."""
INTERCEPT_SD, RELATIONSHIP_SD, CONTEXT_SD = 0.3, 0.4, 0.2
"""Spreads of habit: of each response anywhere, in one relationship, and under one answer."""


@dataclass(frozen=True)
class Settings:
    """What of the model is used."""

    gap: float = GAP_SHARE
    intercept: float = INTERCEPT_SD
    relationship: float = RELATIONSHIP_SD
    context: float = CONTEXT_SD
    watched: tuple[str, ...] | None = None
    """The considerations whose answers habits may hang on; None for those the book asks first."""


@dataclass(frozen=True, eq=False)
class Lane:
    """One list's responses, and the moments weighed in it."""

    name: str
    responses: tuple[str, ...]


class Design:
    """Everything about a book that does not change with what is remembered."""

    def __init__(self, book: Rulebook, settings: Settings | None = None) -> None:
        self.book = book
        self.settings = settings or Settings()
        self.names = (START, *book.guidelines)
        self.tables = Tables(unweighted(book))
        self.lanes = tuple(Lane(n, tuple(r.id for r in book.listed(n))) for n in LISTS if book.listed(n))
        self._columns = {name: column for column, name in enumerate(self.names)}
        watched = self.settings.watched
        self.watched = tuple(q for q in book.questions if (q.first if watched is None else q.id in watched))

    @cached_property
    def sizes(self) -> Floats:
        """(G,): the largest lean of each guideline in nats, before its weight; 1 where it leans nowhere."""
        found = [max((abs(units) for units in self.book.start.values()), default=0)]
        found += [largest_lean(guideline) for guideline in self.book.guidelines.values()]
        return np.array([doublings(units) * log(2) if units else 1.0 for units in found])

    @cached_property
    def written(self) -> Floats:
        """(G,): m, the strengths as they are written."""
        weights = [1.0 if self.book.start else 0.0, *(g.weight for g in self.book.guidelines.values())]
        found: Floats = self.sizes * np.array(weights, np.float64)
        return found

    @cached_property
    def movable(self) -> NDArray[np.bool_]:
        """(G,): the guidelines whose weight may be proposed to change."""
        return np.array([False, *(not g.anchored and largest_lean(g) > 0 for g in self.book.guidelines.values())])

    def weights(self, relative: Floats) -> dict[str, float]:
        """{guideline: weight}, of strengths at a decisiveness of 1, (G,); exactly as written where it cannot move."""
        found = zip(self.book.guidelines.values(), (relative / self.sizes)[1:].tolist(), self.movable[1:], strict=True)
        return {guideline.id: weight if moves else guideline.weight for guideline, weight, moves in found}

    def prior(self, relationships: int) -> Prior:
        """The written book as a prior, with habits for so many relationships."""
        grips = np.array([1.0, *(GRIPS[g.grip] for g in self.book.guidelines.values())])
        sds = np.where(self.movable, np.maximum(SD_SHARE * np.abs(self.written), LEAST_SD) * grips, 0.0)
        gaps = self.settings.gap * np.abs(self.written)
        gaps[0] = 0.0
        column = self._habit_sds(relationships)
        habits = tuple(np.repeat(column[:, None], len(lane.responses), axis=1) for lane in self.lanes)
        return Prior(self.written, sds, gaps, habits)

    def _habit_sds(self, relationships: int) -> Floats:
        answers = sum(len(question.answers) for question in self.watched)
        given = self.settings
        return np.array([given.intercept, *[given.relationship] * relationships, *[given.context] * answers])

    def weigh(self, moment: Moment) -> Weighing:
        """The moment weighed with every weight at 1."""
        return weigh_by(self.tables, moment)

    def pulls(self, leaning: Leaning, lane: Lane) -> tuple[Floats, NDArray[np.bool_]]:
        """(R, G) phi and (R,) whether each response stood."""
        phi, stood = np.zeros((len(lane.responses), len(self.names))), np.zeros(len(lane.responses), np.bool_)
        for standing in leaning.ranking:
            row = lane.responses.index(standing.response)
            stood[row] = True
            for reason in standing.reasons:
                phi[row, self._columns[reason.guideline]] = reason.doublings
        return phi * (log(2) / self.sizes), stood

    def context(self, codes: Sequence[int], who: Hashable, relationships: Sequence[Hashable]) -> Floats:
        """(D,): the intercept, whose relationship, and which answer each watched question has."""
        found = [1.0, *(float(who is not None and who == each) for each in relationships)]
        for question in self.watched:
            found += [float(codes[question.position] == code) for code in range(len(question.answers))]
        return np.array(found)


def unweighted(book: Rulebook) -> Rulebook:
    """The same book with every weight at 1, so that a guideline whose weight is 0 can be seen at work."""
    return replace(book, guidelines={name: g._replace(weight=1.0) for name, g in book.guidelines.items()})


def largest_lean(guideline: Guideline) -> int:
    """In thousandths of a doubling, before its weight."""
    return max((abs(units) for clause in guideline.clauses for units in clause.leans.values()), default=0)
