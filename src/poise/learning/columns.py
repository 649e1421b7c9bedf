"""Rows of a table as choices: answers weighed by a book, or plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..rulebook.consideration import UNANSWERED, Consideration
from ..rulebook.guideline import MINE
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from .design import Design, Settings
from .model.choices import Choices
from .model.layout import Floats, Prior

INTERCEPT = 3.0
"""The spread of each class's intercept, in spreads of the slopes."""


class Columns(Protocol):
    """Turns rows into choices among classes."""

    @property
    def prior(self) -> Prior:
        """What is known before any row."""

    def choices(self, rows: NDArray[Any], codes: NDArray[np.intp], weights: Floats) -> Choices:
        """The rows as choices; `codes` are the classes chosen."""

    def weights(self, relative: Floats) -> dict[str, float]:
        """{guideline: weight}, of strengths at a decisiveness of 1, (G,)."""


@dataclass(frozen=True, eq=False)
class ByNumbers:
    """Columns of numbers, each on the scale of the rows it was made for."""

    middle: Floats
    scale: Floats
    prior: Prior

    @classmethod
    def of(cls, rows: Floats, weights: Floats, classes: int) -> ByNumbers:
        """The columns' weighted means and spreads, so that a weight of 2 is a row twice and of 0 a row left out."""
        middle = np.average(rows, axis=0, weights=weights)
        scale = np.sqrt(np.average((rows - middle) ** 2, axis=0, weights=weights))
        still = scale <= 1e-12 * np.maximum(np.abs(middle), 1e-300)
        scale = np.where(still | ~np.isfinite(scale), 1.0, scale)
        sds = np.ones((1 + rows.shape[1], classes))
        sds[0] = INTERCEPT
        return cls(middle, scale, Prior(np.zeros(0), np.zeros(0), np.zeros(0), (sds,)))

    def choices(self, rows: NDArray[Any], codes: NDArray[np.intp], weights: Floats) -> Choices:
        """See `Columns.choices`."""
        classes = self.prior.habits[0].shape[1]
        context = np.hstack([np.ones((len(rows), 1)), (rows - self.middle) / self.scale])
        stood = np.ones((len(rows), classes), np.bool_)
        return Choices(np.zeros((len(rows), classes, 0)), _one_hot(codes, classes), stood, weights, context)

    def weights(self, relative: Floats) -> dict[str, float]:  # noqa: ARG002
        """None: there is no book."""
        return {}


class ByBook:
    """Columns of answers, by names or codes, weighed by a book."""

    def __init__(
        self, book: Rulebook, listed: str, classes: Sequence[str], names: Sequence[str] | None, context: float
    ) -> None:
        """Raises Mistakes for a column that the book does not ask about."""
        asked = list(book.considerations) if names is None else [str(name) for name in names]
        unknown = [name for name in asked if name not in book.considerations]
        if unknown:
            raise Mistakes([_unknown(book, name) for name in unknown], "Nothing was learned.")
        self.questions = [book.considerations[name] for name in asked]
        settings = Settings(gap=0.0, intercept=context, relationship=0.0, context=context, watched=tuple(asked))
        self.design = Design(book, settings)
        self.lane = next(lane for lane in self.design.lanes if lane.name == listed)
        self.order = np.array([self.lane.responses.index(response) for response in classes])
        whole, at = self.design.prior(0), self.design.lanes.index(self.lane)
        self.prior = Prior(whole.means, whole.sds, np.zeros(len(whole.means)), (whole.habits[at],))
        self._seen: dict[tuple[int, ...], _Row] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        """What it is made of: tables are made anew."""
        names = [question.id for question in self.questions]
        classes = [self.lane.responses[place] for place in self.order]
        return self.design.book, self.lane.name, classes, names, self.design.settings.context

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def choices(self, rows: NDArray[Any], codes: NDArray[np.intp], weights: Floats) -> Choices:
        """See `Columns.choices`. Raises ValueError for a row without an answer the book knows.

        Where a bound takes over, or had taken out what was chosen, a row counts nothing: bounds are never learned.
        """
        found = [self._weighed(tuple(map(_code, self.questions, row))) for row in rows.tolist()]
        classes = len(self.order)
        phi = np.array([each.phi for each in found]).reshape(len(found), classes, len(self.design.names))
        stood = np.array([each.stood for each in found], np.bool_).reshape(len(found), classes)
        context = np.array([each.context for each in found]).reshape(len(found), len(self.prior.habits[0]))
        counts = stood[np.arange(len(found)), codes] & np.array([each.weighed for each in found], np.bool_)
        chosen = _one_hot(np.where(counts, codes, stood.argmax(axis=1)), classes)
        return Choices(phi, chosen, stood, np.where(counts, weights, 0.0), context)

    def weights(self, relative: Floats) -> dict[str, float]:
        """See `Columns.weights`."""
        return self.design.weights(relative)

    def _weighed(self, codes: tuple[int, ...]) -> _Row:
        if codes not in self._seen:
            given = {q.id: q.answers[code] for q, code in zip(self.questions, codes, strict=True) if code >= 0}
            moment = Moment(self.design.book, MINE if self.lane.name == MINE else THEIRS, **given)
            leaning = next((x for x in self.design.weigh(moment).leanings if x.list == self.lane.name), None)
            phi, stood = self._level() if leaning is None else self.design.pulls(leaning, self.lane)
            context = self.design.context(moment.codes, None, ())
            self._seen[codes] = _Row(phi[self.order], stood[self.order], context, leaning is not None)
        return self._seen[codes]

    def _level(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Where a bound takes over, nothing leans: every response stands level."""
        count = len(self.lane.responses)
        return np.zeros((count, len(self.design.names))), np.ones(count, np.bool_)


class _Row(NamedTuple):
    """One row, weighed: its pulls, what stood, its context, and whether it was weighed at all."""

    phi: Floats
    stood: NDArray[np.bool_]
    context: Floats
    weighed: bool


def _one_hot(codes: NDArray[np.intp], classes: int) -> Floats:
    found: Floats = np.eye(classes)[codes]
    return found


def _code(question: Consideration, given: object) -> int:
    """The code of an answer in a row. Raises ValueError where it is none."""
    if given is None or given == "" or (isinstance(given, float) and isnan(given)):
        return UNANSWERED
    if isinstance(given, str):
        if given in question.answers:
            return question.code(given)
    elif isinstance(given, int | float) and given == int(given) and UNANSWERED <= given < len(question.answers):
        return int(given)
    raise ValueError(f"{question.id!r} has no answer {given!r}: it can be one of {list(question.answers)}")


def _unknown(book: Rulebook, name: str) -> Mistake:
    help = did_you_mean(name, book.considerations, "`poise show` lists what this book asks")
    return Mistake("unknown-name", f"this book does not ask about `{clipped(name)}`", help=help)
