"""An audit: everything that is worked out about a rulebook over all its situations, to be told on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..rulebook.rulebook import Rulebook
from .changes import decisive
from .reach import Reach, chance, reach, required_of
from .walking.invented import Weights


@dataclass(frozen=True)
class Audit:
    """What was examined: the reach of a book, and how often each guideline changes what leads, if that was asked."""

    reach: Reach
    stops: Mapping[str, Fraction]
    """{bound that takes the place of the weighing: the share of all situations that meet it}."""
    decisive: Mapping[str, Fraction] | None
    """{guideline: the share of situations whose lead would be another without it, in the list it changes most}."""
    weighted: bool

    @property
    def book(self) -> Rulebook:
        """The book."""
        return self.reach.book


def audit(book: Rulebook, *, weights: Weights | None = None, guidelines: bool = False) -> Audit:
    """Examine a book; with `guidelines`, also what each of them changes. Raises Unsettled where that is too much."""
    stops = {
        bound.id: chance([bound.condition], book, required_of(book), weights)
        for bound in book.bounds.values()
        if bound.replaces
    }
    changing = {g: _decisive(book, g, weights) for g in book.guidelines} if guidelines else None
    return Audit(reach(book, weights=weights), stops, changing, weights is not None)


def _decisive(book: Rulebook, guideline: str, weights: Weights | None) -> Fraction:
    return max((each.share for each in decisive(book, guideline, weights=weights).values()), default=Fraction(0))
