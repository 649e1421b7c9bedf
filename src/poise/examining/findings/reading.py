"""What findings are made from: a book, where its entries stand, and whether a condition can hold at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ...rulebook.completing import Completions, Undecided
from ...rulebook.condition import All, Condition, Not
from ...rulebook.consideration import UNANSWERED
from ...rulebook.guideline import LISTS, MINE, Clause, Guideline
from ...rulebook.mistake import Mistakes
from ...rulebook.reading import read_promise
from ...rulebook.rulebook import Rulebook
from ...rulebook.text import Place
from ...weighing.moment import THEIRS, Moment
from ..reach import chance, leads, required_of
from ..search import Unsettled
from ..situations import Space, View

Pull = tuple[tuple[str, int], ...]
"""What a clause leans, list by list set against the first response of the list: only differences move a lead."""


class Part(NamedTuple):
    """One clause of a guideline."""

    guideline: Guideline
    clause: Clause
    pull: Pull


class Reading:
    """One book, read for findings."""

    def __init__(self, book: Rulebook, most_states: int) -> None:
        self.book, self.most_states = book, most_states

    @cached_property
    def parts(self) -> dict[str, tuple[Part, ...]]:
        """{guideline: its clauses}."""
        return {
            guideline.id: tuple(Part(guideline, clause, self._pull(guideline, clause)) for clause in guideline.clauses)
            for guideline in self.book.guidelines.values()
        }

    @cached_property
    def view(self) -> View:
        """The book over all situations, answered or not."""
        return Space([self.book]).views[0]

    @cached_property
    def weighed(self) -> Condition:
        """Where no bound takes the place of the weighing."""
        return All(tuple(Not(bound.condition) for bound in self.book.bounds.values() if bound.replaces))

    def place(self, section: str, name: str) -> Place | None:
        """Where an entry stands."""
        return self.book.places.get((section, name))

    def can_be(self, *conditions: Condition) -> tuple[int, ...] | None:
        """Answers under which all of these hold and a moment is weighed; None if that can never be.

        Raises Unsettled where that is too much to find out.
        """
        return self.possible(self.weighed, *conditions)

    def possible(self, *conditions: Condition) -> tuple[int, ...] | None:
        """The same, weighed or not."""
        possible = [Not(each) for each in self.book.impossible]
        search = Completions(All((*conditions, *possible)), self.book.sizes)
        try:
            found = search.find(True, self.book.nothing_said)
        except Undecided:
            raise Unsettled from None
        return None if found is None else tuple(found)

    def shown(self, condition: Condition, whose: str = THEIRS) -> Moment | None:
        """A moment in which a condition holds whatever is open, and that is weighed; with no answer it can spare."""
        found = self.can_be(condition)
        if found is None:
            return None
        codes = list(found)
        search = Completions(condition, self.book.sizes, self.book.impossible_groups)
        for position, code in enumerate(found):
            codes[position] = UNANSWERED
            if search.outcomes(codes) != {True}:
                codes[position] = code
        return self.moment(codes, whose)

    def moment(self, codes: Iterable[int], whose: str = THEIRS) -> Moment:
        """Answers as a moment."""
        pairs = zip(self.book.questions, codes, strict=True)
        return Moment(self.book, whose, **{q.id: q.answers[code] for q, code in pairs if code >= 0})

    def whose(self, responses: Iterable[str]) -> str:
        """Whose moment weighs these responses."""
        lists = {self.book.responses[response].list for response in responses}
        return MINE if lists == {MINE} else THEIRS

    def understood(self, *texts: str) -> Condition:
        """Those of these conditions that the book has the words for, together."""
        return All(tuple(condition for text in texts for condition in self._understood(text)))

    def _understood(self, text: str) -> Iterator[Condition]:
        try:
            yield read_promise(self.book, f"never {next(iter(self.book.responses))} first when {text}").condition
        except Mistakes:
            return

    def share(self, condition: Condition) -> Fraction | None:
        """How often a condition holds among the fully answered situations that are weighed."""
        try:
            return chance([condition], self.book, required_of(self.book, self.weighed))
        except Unsettled:
            return None

    def share_first(self, responses: tuple[str, ...], condition: Condition) -> Fraction | None:
        """How often a condition holds and one of these responses, of one list, leads."""
        lists = {self.book.responses[response].list for response in responses}
        among = self.share(condition)
        if len(lists) != 1 or among is None:
            return None
        try:
            return among * leads(self.book, lists.pop(), by=(), given=condition).first(*responses)
        except Unsettled:
            return None

    def _pull(self, guideline: Guideline, clause: Clause) -> Pull:
        units = guideline.units(clause)
        found = []
        for name in LISTS:
            members = [response.id for response in self.book.listed(name)]
            first = units.get(members[0], 0) if members else 0
            found += [(r, difference) for r in members if (difference := units.get(r, 0) - first)]
        return tuple(found)
