"""The weighing of one moment: bounds first, then each list apart, with the exact reasons.

With `a[g]` how far guideline g applies (n/256) and `L[g, r]` its lean on response r in doublings,

    score[r]     = start[r] + sum over g of a[g] * L[g, r]
    reason[g, r] = a[g] * L[g, r]
    share[r]     = 2**score[r] / sum over the list of 2**score        (a conditional logit in base 2)

Scores are whole numbers (see `tables`), so the ranking is exact and a tie is a tie; only shares are floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..rulebook.guideline import BESIDE, LISTS, MINE, START, TOWARD, Bound
from ..rulebook.rulebook import Rulebook
from .asking import is_settled, next_question
from .moment import Moment
from .tables import OUT, SCALE, WHOLE, Effect, Entry, Tables
from .telling import tell
from .turning import Turn, turns

CLOSE = SCALE // 2
"""Two responses are close when their scores differ by at most half a doubling."""


class Reason(NamedTuple):
    """What one guideline (or `start`) adds to one response, in SCALE units of a doubling."""

    guideline: str
    score: int

    @property
    def doublings(self) -> float:
        """The same in doublings: above 0 for, below 0 against."""
        return self.score / SCALE


class Standing(NamedTuple):
    """Where one response stands in its list. Its reasons add up to its score exactly."""

    response: str
    score: int
    share: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Leaning:
    """One list, weighed: `ranking` from the lead down, without what is out; all that tie for first are in `lead`."""

    list: str
    ranking: tuple[Standing, ...]
    lead: tuple[str, ...]
    close: bool

    def __getitem__(self, response: str) -> Standing:
        """The standing of one response. Raises KeyError where it is out."""
        for standing in self.ranking:
            if standing.response == response:
                return standing
        raise KeyError(response)

    @property
    def rival(self) -> Standing | None:
        """The first response behind the lead, or None."""
        return next((s for s in self.ranking if s.response not in self.lead), None)

    @cached_property
    def enough_alone(self) -> tuple[str, ...]:
        """Guidelines each of which would, applying alone, put the same responses in the lead (sufficient reasons)."""
        return tuple(g for g in self.guidelines if self._lead_by({START, g}) == set(self.lead))

    @cached_property
    def had_to_be_there(self) -> tuple[str, ...]:
        """Guidelines without each of which the lead would be another (necessary reasons)."""
        every = {START, *self.guidelines}
        return tuple(g for g in self.guidelines if self._lead_by(every - {g}) != set(self.lead))

    @cached_property
    def guidelines(self) -> tuple[str, ...]:
        """The guidelines that stand among this list's reasons."""
        named = (reason.guideline for standing in self.ranking for reason in standing.reasons)
        return tuple(guideline for guideline in dict.fromkeys(named) if guideline != START)

    def _lead_by(self, counted: AbstractSet[str]) -> set[str]:
        """Who would lead if these reasons alone counted."""
        scores = {s.response: sum(r.score for r in s.reasons if r.guideline in counted) for s in self.ranking}
        most = max(scores.values())
        return {response for response, score in scores.items() if score == most}


class BoundState(NamedTuple):
    """A bound that is met, or that could still be (`met` False: possible)."""

    bound: Bound
    met: bool


@dataclass(frozen=True, eq=False)
class Weighing:
    """Which way a person's own guidelines lean in one moment, and exactly why. It decides nothing."""

    book: Rulebook
    moment: Moment
    bound: Bound | None
    """The bound that replaces the weighing, if one is met; then every list is None."""
    bounds: tuple[BoundState, ...]
    steer: bool
    """False when the moment landed on the reader: every response stands, and nothing is suggested."""
    toward: Leaning | None
    beside: Leaning | None
    mine: Leaning | None
    applies: dict[str, float]
    """{guideline that applies: how far, above 0 and at most 1}."""
    open: tuple[str, ...]
    """Guidelines that unanswered questions leave open: they count nothing yet."""
    tables: Tables = field(repr=False)
    packed: int = field(repr=False)
    """All scores, as lanes of one integer (see `tables`)."""

    @property
    def leanings(self) -> tuple[Leaning, ...]:
        """The lists that were weighed."""
        return tuple(leaning for leaning in (self.toward, self.beside, self.mine) if leaning)

    @property
    def pair(self) -> dict[str, tuple[str, ...]] | None:
        """{list: lead} of what is suggested together; None when nothing is."""
        return {leaning.list: leaning.lead for leaning in self.leanings} if self.steer and self.leanings else None

    @property
    def reasons(self) -> dict[str, tuple[Reason, ...]]:
        """{response: its reasons}, over all lists."""
        return {s.response: s.reasons for leaning in self.leanings for s in leaning.ranking}

    @cached_property
    def settled(self) -> bool:
        """Whether no answers to the questions still open could change a lead."""
        return is_settled(self)

    @cached_property
    def next_question(self) -> str | None:
        """The consideration most worth asking about next; None once settled."""
        return next_question(self)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The fewest changed answers that put another response first, all of them."""
        return turns(self)

    def __str__(self) -> str:
        return tell(self)


def weigh(book: Rulebook, moment: Moment) -> Weighing:
    """Weigh one moment by a rulebook."""
    return weigh_by(tables_of(book), moment)


_tables: dict[int, tuple[Rulebook, Tables]] = {}
_MOST_KEPT = 16


def tables_of(book: Rulebook) -> Tables:
    """The tables of a book, made once for each of the last few books."""
    kept = _tables.get(id(book))
    if kept is None or kept[0] is not book:
        if len(_tables) >= _MOST_KEPT:
            _tables.pop(next(iter(_tables)))
        kept = _tables[id(book)] = (book, Tables(book))
    return kept[1]


def weigh_by(tables: Tables, moment: Moment) -> Weighing:
    """Weigh one moment by a rulebook's tables."""
    book = tables.book
    tables = tables.believing(_by_code(book, moment))
    entries = tables.entries(moment.codes)
    packed = tables.sum(entries)
    holding = [pair for entry in entries for pair in entry.holding]
    bounds = _bound_states(book, holding, entries)
    replaced = next((state.bound for state in bounds if state.met and state.bound.replaces), None)
    leanings: dict[str, Leaning | None] = dict.fromkeys(LISTS)
    if replaced is None:
        scores = tables.unpack(packed)
        reasons = _reasons(book, holding)
        for name in (MINE,) if moment.whose == MINE else (TOWARD, BESIDE):
            leanings[name] = _leaning(tables, name, scores, reasons)
    opened = {effect.guideline for entry in entries for effect in entry.open}
    return Weighing(
        book,
        moment,
        replaced,
        bounds,
        book.landed_on_me.under(moment.codes) is not True,
        leanings[TOWARD],
        leanings[BESIDE],
        leanings[MINE],
        _applies(holding),
        tuple(g for g in book.guidelines if g in opened),
        tables,
        packed,
    )


def _by_code(book: Rulebook, moment: Moment) -> dict[int, dict[int, float]]:
    """The moment's beliefs by position and code."""
    return {
        question.position: {question.code(answer): chance for answer, chance in belief.items()}
        for question in book.questions
        if (belief := moment.beliefs.get(question.id))
    }


def _bound_states(book: Rulebook, holding: list[tuple[Effect, int]], entries: list[Entry]) -> tuple[BoundState, ...]:
    met = {effect.bound.id for effect, part in holding if effect.bound and part == WHOLE}
    possible = {effect.bound.id for entry in entries for effect in entry.open if effect.bound}
    return tuple(BoundState(bound, name in met) for name, bound in book.bounds.items() if name in met | possible)


def _reasons(book: Rulebook, holding: list[tuple[Effect, int]]) -> dict[str, dict[str, int]]:
    """{response: {guideline or `start`: score}}, zeros left out."""
    found: dict[str, dict[str, int]] = {response: {} for response in book.responses}
    for response, units in book.start.items():
        found[response][START] = units * WHOLE
    for effect, part in holding:
        for response, units in effect.units.items():
            reasons = found[response]
            reasons[effect.guideline] = reasons.get(effect.guideline, 0) + units * part
    return found


def _leaning(tables: Tables, name: str, scores: Sequence[int], reasons: dict[str, dict[str, int]]) -> Leaning | None:
    """One list, ranked by score and then by its order in the book; None where the book has no such list."""
    standing = [(scores[lane], response) for lane, response in tables.members[name] if scores[lane] > OUT]
    if not standing:
        return None
    standing.sort(key=_highest_first)
    most = standing[0][0]
    powers = [2.0 ** ((score - most) / SCALE) for score, _ in standing]
    whole = sum(powers)
    ranking = tuple(
        [
            Standing(
                response,
                score,
                power / whole,
                tuple([Reason(g, s) for g, s in reasons[response].items() if s]),
            )
            for (score, response), power in zip(standing, powers, strict=True)
        ]
    )
    lead = tuple([response for score, response in standing if score == most])
    return Leaning(name, ranking, lead, len(standing) > 1 and most - standing[1][0] <= CLOSE)


def _highest_first(standing: tuple[int, str]) -> int:
    return -standing[0]


def _applies(holding: Iterable[tuple[Effect, int]]) -> dict[str, float]:
    """How far each guideline applies: the most of its clauses."""
    most: dict[str, int] = {}
    for effect, part in holding:
        if effect.guideline:
            most[effect.guideline] = max(part, most.get(effect.guideline, 0))
    return {guideline: part / WHOLE for guideline, part in most.items()}
