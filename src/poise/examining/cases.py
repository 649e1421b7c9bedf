"""A rulebook's own tests: each case is a moment and what must come out of it; coverage is what the cases reach."""

from __future__ import annotations

from dataclasses import dataclass

from ..rulebook.guideline import MINE, Case
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from ..weighing.weighing import Weighing, weigh


@dataclass(frozen=True)
class CaseResult:
    """One case, weighed: `shortfalls` say what came out otherwise, and are empty when it holds."""

    case: Case
    weighing: Weighing
    shortfalls: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as the case says."""
        return not self.shortfalls


@dataclass(frozen=True)
class Coverage:
    """Which guidelines the cases reach: `applied` in some case, `decisive` where a lead would be another without it."""

    applied: tuple[str, ...]
    decisive: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of all guidelines that applied in some case; 1 for a book without guidelines."""
        whole = len(self.applied) + len(self.never)
        return len(self.applied) / whole if whole else 1.0


def run_cases(book: Rulebook) -> tuple[CaseResult, ...]:
    """Weigh every case of a book."""
    return tuple(_run(book, case) for case in book.cases)


def coverage(book: Rulebook, results: tuple[CaseResult, ...]) -> Coverage:
    """What the cases of a book reach."""
    applied = {guideline for result in results for guideline in result.weighing.applies}
    leanings = [leaning for result in results for leaning in result.weighing.leanings]
    decisive = {guideline for leaning in leanings for guideline in leaning.had_to_be_there}
    return Coverage(
        tuple(g for g in book.guidelines if g in applied),
        tuple(g for g in book.guidelines if g in decisive),
        tuple(g for g in book.guidelines if g not in applied),
    )


def _run(book: Rulebook, case: Case) -> CaseResult:
    weighing = weigh(book, Moment(book, MINE if case.mine else THEIRS, **case.answers))
    return CaseResult(case, weighing, tuple(_shortfalls(case, weighing)))


def _shortfalls(case: Case, weighing: Weighing) -> list[str]:
    """What came out otherwise than the case says, in words."""
    met = [state.bound.id for state in weighing.bounds if state.met]
    if case.bound and case.bound not in met:
        return [f"the bound `{case.bound}` is not met"]
    leads = {leaning.list: leaning.lead for leaning in weighing.leanings}
    found = []
    for name, wanted in case.leads.items():
        if not leads.get(name):
            found.append(f"the list `{name}` is not weighed here")
        elif not set(leads[name]) <= set(wanted):
            found.append(f"`{name}` leans to {_words(leads[name])}, not to {_words(wanted)}")
    wrong = tuple(response for lead in leads.values() for response in lead if response in case.never)
    return [*found, *([f"it leans to {_words(wrong)}, which this case rules out"] if wrong else [])]


def _words(responses: tuple[str, ...]) -> str:
    return " or ".join(f"`{response}`" for response in responses)
