"""How often each response leads, over all fully answered situations: exact shares, never samples.

A *situation* answers every question; each combination of answers that can be counts alike, or by `weights`, as if
every answer came about by itself. What cannot be, by the book's own word, is left out. Shares are of the situations
that are weighed: those that a bound takes out of the weighing are counted apart, as `stopped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ..rulebook.condition import ALWAYS, All, Condition, Not
from ..rulebook.guideline import LET_BE, LISTS, UNITS
from ..rulebook.rulebook import WHO_WAS_HIT, Rulebook
from .search import NEVER, Factor
from .walking.invented import Invented, Weights
from .walking.walk import Ends, Problem, walk

BY = (WHO_WAS_HIT, "harm", "safety", "energy")
"""The considerations by which outcomes are told apart, where a book asks about them."""
CLOSE = UNITS // 2
"""Close is within half a doubling."""
STOP = 1 << 40
"""What a bound that takes the place of the weighing adds to its own lane: more than any sum of leans."""

Answers = dict[str, str]
Effects = Iterator[tuple[Condition, dict[str, int]]]
"""A condition, and what it adds to responses in thousandths of a doubling."""


class Outcome(NamedTuple):
    """What a list comes to, and whether it is close."""

    lead: tuple[str, ...]
    """All that lead; none where a bound takes the place of the weighing."""
    close: bool


class Seen(NamedTuple):
    """How much weight an outcome has, and answers of one situation that comes to it; the rest can be any."""

    weight: int
    answers: Answers


Cell = dict[Outcome, Seen]


@dataclass(frozen=True)
class Leads:
    """How often what leads in one list, told apart by the answers to `by`: `cells` has one entry per combination."""

    list: str
    responses: tuple[str, ...]
    by: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Cell]

    def where(self, **answers: str) -> Leads:
        """The situations with these answers alone. Raises ValueError for a consideration that is not among `by`."""
        columns = {self.by.index(name): answer for name, answer in answers.items()}
        fits = {key: cell for key, cell in self.cells.items() if all(key[column] == a for column, a in columns.items())}
        return Leads(self.list, self.responses, self.by, fits)

    def outcomes(self) -> Cell:
        """{outcome: its weight, with one situation}, over all cells."""
        found: Cell = {}
        for cell in self.cells.values():
            for outcome, seen in cell.items():
                known = found.get(outcome)
                found[outcome] = Seen(known.weight + seen.weight, known.answers) if known else seen
        return found

    def weight(self, counts: Callable[[Outcome], bool]) -> int:
        """The weight of all outcomes that count."""
        return sum(seen.weight for cell in self.cells.values() for outcome, seen in cell.items() if counts(outcome))

    @property
    def weighed(self) -> int:
        """The weight of all situations that are weighed."""
        return self.weight(lambda outcome: bool(outcome.lead))

    def share(self, counts: Callable[[Outcome], bool]) -> Fraction:
        """The share that counts among the situations that are weighed; 0 where there are none."""
        return Fraction(self.weight(lambda outcome: bool(outcome.lead) and counts(outcome)), self.weighed or 1)

    @property
    def stopped(self) -> Fraction:
        """The share of all situations in which a bound takes the place of the weighing."""
        whole = self.weight(lambda _: True)
        return Fraction(whole - self.weighed, whole or 1)

    def first(self, *responses: str) -> Fraction:
        """How often any of these leads, alone or tied."""
        return self.share(lambda outcome: not set(responses).isdisjoint(outcome.lead))

    def alone(self, response: str) -> Fraction:
        """How often a response leads by itself."""
        return self.share(lambda outcome: outcome.lead == (response,))

    def tied(self, response: str) -> Fraction:
        """How often a response leads together with another."""
        return self.share(lambda outcome: response in outcome.lead and len(outcome.lead) > 1)

    @property
    def tie(self) -> Fraction:
        """How often several lead."""
        return self.share(lambda outcome: len(outcome.lead) > 1)

    @property
    def close(self) -> Fraction:
        """How often another response comes within half a doubling of the lead, ties counted."""
        return self.share(lambda outcome: outcome.close)

    @property
    def silent(self) -> Fraction:
        """How often letting it be leads, alone or tied."""
        return self.first(LET_BE)

    def answers(self, response: str) -> Answers | None:
        """Answers that put a response in the lead, alone if it ever is, or None: it never leads."""
        ways = [outcome for outcome in self.outcomes() if response in outcome.lead]
        return self.outcomes()[min(ways, key=lambda outcome: len(outcome.lead))].answers if ways else None


@dataclass(frozen=True)
class Reach:
    """What a book does over all its situations: each list's leads, and how often each guideline applies."""

    book: Rulebook
    lists: Mapping[str, Leads]
    applies: Mapping[str, Fraction]
    """{guideline: the share of situations in which any of its clauses holds}."""
    situations: int
    """How many possible situations there are, each counted once."""


def reach(book: Rulebook, *, weights: Weights | None = None, given: Condition = ALWAYS) -> Reach:
    """Examine a book over all its situations, or those `given` a condition. Raises Unsettled where that is too much."""
    lists = {name: leads(book, name, weights=weights, given=given) for name in LISTS if book.listed(name)}
    return Reach(book, lists, applying(book, weights=weights, given=given), _situations(book, given))


def leads(  # noqa: PLR0913 - what is counted, and how much it may take
    book: Rulebook,
    name: str,
    *,
    by: Iterable[str] = BY,
    weights: Weights | None = None,
    given: Condition = ALWAYS,
    most_rows: int | None = None,
) -> Leads:
    """How often what leads in one list. Raises Unsettled, after `most_rows` states in one step if that is given."""
    by = tuple(each for each in by if each in book.considerations)
    responses = tuple(response.id for response in book.listed(name))
    effects = list(list_effects(book, set(responses)))
    required = required_of(book, given)
    space = Invented([book], [[*(condition for condition, _ in effects), *required]], by, weights)
    lanes = len(responses) + 1
    factors = [space.factor(c, lane_gains(responses, leans)) for c, leans in effects]
    factors += [space.required(c, lanes) for c in required]
    kept = tuple(space.variable[each] for each in by)
    problem = Problem(
        space.weights, tuple(factors), lane_start(book, responses), ((0, lanes),), kept, CLOSE, (), most_rows
    )
    return Leads(name, responses, by, _cells(space, responses, kept, walk(problem)))


def _cells(
    space: Invented, responses: tuple[str, ...], kept: tuple[int, ...], ends: Ends
) -> dict[tuple[str, ...], Cell]:
    """The ends of a walk, gathered into cells."""
    cells: dict[tuple[str, ...], Cell] = {}
    for values, scores, count, example in zip(ends.kept, ends.scores, ends.counts, ends.example, strict=True):
        key = tuple(space.asked[variable].values[value][0] for variable, value in zip(kept, values, strict=True))
        outcome = Outcome(lead_of(responses, scores), int((scores > NEVER).sum()) > 1)
        cell = cells.setdefault(key, {})
        known = cell.get(outcome)
        cell[outcome] = Seen(known.weight + count, known.answers) if known else Seen(count, space.answers(example))
    return cells


def applying(book: Rulebook, *, weights: Weights | None = None, given: Condition = ALWAYS) -> dict[str, Fraction]:
    """How often any clause of each guideline holds, among the situations that are weighed."""
    weighed = [Not(bound.condition) for bound in book.bounds.values() if bound.replaces]
    required = [*required_of(book, given), *weighed]
    return {
        guideline.id: chance([clause.condition for clause in guideline.clauses], book, required, weights)
        for guideline in book.guidelines.values()
    }


def chance(
    conditions: Iterable[Condition], book: Rulebook, required: Iterable[Condition], weights: Weights | None = None
) -> Fraction:
    """How often any of some conditions holds, where all that is required does."""
    conditions, required = list(conditions), list(required)
    space = Invented([book], [[*conditions, *required]], (), weights)
    factors = [space.factor(condition, (0, 2)) for condition in conditions]
    factors += [space.required(condition, 2) for condition in required]
    ends = walk(Problem(space.weights, tuple(factors), (0, -1), ((0, 2),)))
    holds = sum(count for count, scores in zip(ends.counts, ends.scores, strict=True) if scores[1] == 0)
    return Fraction(holds, sum(ends.counts) or 1)


def _situations(book: Rulebook, given: Condition) -> int:
    """How many situations are possible."""
    required = required_of(book, given)
    space = Invented([book], [required], book.considerations)
    return possible_weight(space, [space.required(condition, 1) for condition in required])


def possible_weight(space: Invented, required: Iterable[Factor]) -> int:
    """The weight of all situations that can be."""
    return sum(walk(Problem(space.weights, tuple(required), (0,), ((0, 1),))).counts)


# The lanes of one list: its responses, and last what leads where a bound takes the place of the weighing


def list_effects(book: Rulebook, responses: set[str]) -> Effects:
    """What guidelines, bounds and needs add to these responses; a bound that stops everything adds to ``""``."""
    for guideline in book.guidelines.values():
        for clause in guideline.clauses:
            leans = {r: lean for r, lean in guideline.units(clause).items() if r in responses and lean}
            if leans:
                yield clause.condition, leans
    for bound in book.bounds.values():
        out = dict.fromkeys(responses.intersection(bound.never), NEVER)
        if bound.replaces or out:
            yield bound.condition, {"": 2 * STOP} if bound.replaces else out
    for response in responses:
        if book.responses[response].needs != ALWAYS:
            yield Not(book.responses[response].needs), {response: NEVER}


def lane_gains(responses: tuple[str, ...], leans: Mapping[str, int]) -> tuple[int, ...]:
    """Leans as one gain per lane."""
    return tuple(leans.get(response, 0) for response in (*responses, ""))


def lane_start(book: Rulebook, responses: tuple[str, ...]) -> tuple[int, ...]:
    """Where every lane starts; a response the book does not have is out."""
    starts = (book.start.get(response, 0) if response in book.responses else NEVER for response in responses)
    return (*starts, -STOP)


def lead_of(responses: tuple[str, ...], scores: Iterable[int]) -> tuple[str, ...]:
    """The responses whose score is the largest, which is 0; none where the weighing is stopped."""
    return tuple(response for response, score in zip((*responses, ""), scores, strict=True) if score == 0 and response)


def required_of(book: Rulebook, given: Condition = ALWAYS) -> list[Condition]:
    """What has to be so of every situation: possible, and as given, in as many parts as may be."""
    parts = given.inner if isinstance(given, All) else (given,)
    return [*(Not(each) for each in book.impossible), *parts]
