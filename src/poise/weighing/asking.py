"""Which question is worth asking next, and when none is.

*Settled*: over every completion of the unanswered questions, the same responses lead. It is decided by branch and
bound: for a rival r and a lead l, the largest possible `score[r] - score[l]` is at most the sum over tables of each
table's own largest difference; where that is too little the branch is closed, else a question is answered and the
search goes on. Tables that share no open question make the bound exact.

*Worth asking*: with an open effect counted by the part of its completions in which it holds, the question whose
answers would on average most raise the best response over today's lead. Where no single answer does, the one that
moves the leads most. Bounds that replace the weighing stand outside: every screen offers them.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from .options import Options, closed_scores, open_tables
from .tables import OUT, SCALE, Table

if TYPE_CHECKING:
    from .weighing import Leaning, Weighing

_OUT_COUNTS = 4 * SCALE
"""What being taken out counts as, in averages over answers nobody has given yet."""
_ALIKE = 0.001
"""Averages of score units this near count as the same, as floats summed in another order differ by a few millionths at
most: so every engine that weighs by these rules, the page on a phone too, asks the same question."""


def is_settled(weighing: Weighing, passed: AbstractSet[str] = frozenset()) -> bool:
    """Whether no answers to the questions still open, those `passed` over aside, could change a lead."""
    free = unanswered(weighing, passed)
    return all(_list_settled(weighing, leaning, free) for leaning in weighing.leanings)


def next_question(weighing: Weighing, passed: AbstractSet[str] = frozenset()) -> str | None:
    """The consideration whose answer could most move a lead; None once settled.

    `passed` names questions that nobody can answer: they stay open and are not asked again.
    """
    if is_settled(weighing, passed) if passed else weighing.settled:
        return None
    worth = _Worth(weighing, unanswered(weighing, passed)).questions()
    return weighing.book.questions[_worthiest(worth)].id


def _worthiest(worth: dict[int, tuple[float, float]]) -> int:
    """The question with the largest rise, then the most movement, then the first in the book."""
    rise = max(rise for rise, _ in worth.values()) - _ALIKE
    near = {position: movement for position, (found, movement) in worth.items() if found >= rise}
    movement = max(near.values()) - _ALIKE
    return min(position for position, found in near.items() if found >= movement)


def unanswered(weighing: Weighing, passed: AbstractSet[str] = frozenset()) -> set[int]:
    """Positions of the questions with neither an answer nor a belief, those `passed` over left out."""
    believed = weighing.moment.beliefs.keys() | passed
    return {
        q.position for q in weighing.book.questions if weighing.moment.codes[q.position] < 0 and q.id not in believed
    }


def _list_settled(weighing: Weighing, leaning: Leaning, free: set[int]) -> bool:
    """Whether one list's lead stands under every completion."""
    lanes = {response: lane for lane, response in weighing.tables.members[leaning.list]}
    search = _Search(weighing, free, set(lanes.values()))
    return not any(
        search.reaches(lanes[rival], lanes[lead], 1 if rival in leaning.lead else 0)
        for lead in leaning.lead
        for rival in lanes
        if rival != lead
    )


class _Search:
    """Branch and bound over the completions of one weighing, for the lanes of one list."""

    def __init__(self, weighing: Weighing, free: set[int], lanes: set[int]) -> None:
        tables = open_tables(weighing, free)
        self.open = [pair for pair in tables if any(scores[lane] for _, scores in pair[1] for lane in lanes)]
        self.base = closed_scores(weighing, free)

    def reaches(self, rival: int, lead: int, least: int) -> bool:
        """Whether `score[rival] - score[lead] >= least` under some possible completion."""
        gains = [_Gain(table, tuple(found[0][0]), _gained(found, rival, lead)) for table, found in self.open]
        return _reaches(gains, least - (self.base[rival] - self.base[lead]))


def _gained(options: Options, rival: int, lead: int) -> list[tuple[dict[int, int], int]]:
    return [(given, scores[rival] - scores[lead]) for given, scores in options]


class _Gain(NamedTuple):
    """An open table: its questions that are not answered yet, and for each option left, what the rival gains by it."""

    table: Table
    asked: tuple[int, ...]
    options: list[tuple[dict[int, int], int]]

    def answered(self, position: int, answer: int) -> _Gain:
        """What is left once one question is answered."""
        if position not in self.asked:
            return self
        same = self.table.alike[position][answer]
        left = [option for option in self.options if option[0][position] == same]
        return _Gain(self.table, tuple([each for each in self.asked if each != position]), left)


def _reaches(gains: list[_Gain], least: int) -> bool:
    """Whether one option of each table, agreeing on what they share, can add up to at least `least`."""
    if sum(max(gain for _, gain in each.options) for each in gains) < least:
        return False
    position = _shared(gains)
    if position is None:
        return True
    rest = ([each.answered(position, answer) for each in gains] for answer in _answers(gains, position))
    return any(_reaches(left, least) for left in rest if all(each.options for each in left))


def _shared(gains: list[_Gain]) -> int | None:
    """Of the open questions that several tables hang on, the one with most at stake; None if there is none."""
    stake: dict[int, list[int]] = {}
    for _, asked, options in gains:
        spread = max(gain for _, gain in options) - min(gain for _, gain in options)
        for position in asked:
            stake.setdefault(position, []).append(spread)
    shared = {position: sum(spreads) for position, spreads in stake.items() if len(spreads) > 1 and max(spreads)}
    return max(shared, key=lambda position: shared[position]) if shared else None


def _answers(gains: list[_Gain], position: int) -> list[int]:
    """One answer of each group that none of these tables tells apart."""
    groups = [each.table.alike[position] for each in gains if position in each.asked]
    return list({tuple(group): code for code, group in reversed(list(enumerate(zip(*groups, strict=True))))}.values())


class _Worth:
    """What answering one question would do on average, each of its answers counting alike."""

    def __init__(self, weighing: Weighing, free: set[int]) -> None:
        self.weighing = weighing
        self.opened = open_tables(weighing, free)
        self.means = [_mean(table, options) for table, options in self.opened]
        known = [_soft(score) for score in closed_scores(weighing, free)]
        self.expected = [sum(lane) for lane in zip(known, *self.means, strict=True)]

    def questions(self) -> dict[int, tuple[float, float]]:
        """{position: (mean rise of the best response over today's lead, mean movement)} of every open question."""
        positions = sorted({p for _, options in self.opened for p in options[0][0]})
        return {position: self._of(position) for position in positions}

    def _of(self, position: int) -> tuple[float, float]:
        moves = [self._moved(position, code) for code in range(self.weighing.book.sizes[position])]
        return sum(rise for rise, _ in moves) / len(moves), sum(movement for _, movement in moves) / len(moves)

    def _moved(self, position: int, code: int) -> tuple[float, float]:
        """How far one answer lifts the best response over today's lead, and how far it moves the lists at all."""
        after = list(self.expected)
        for (table, options), mean in zip(self.opened, self.means, strict=True):
            if position in options[0][0]:
                then = _mean(table, options, position, code)
                after = [lane + new - old for lane, new, old in zip(after, then, mean, strict=True)]
        rise = movement = 0.0
        for leaning in self.weighing.leanings:
            lanes = {response: lane for lane, response in self.weighing.tables.members[leaning.list]}
            rise += max(after[lane] for lane in lanes.values()) - max(after[lanes[lead]] for lead in leaning.lead)
            drift = [after[lane] - self.expected[lane] for lane in lanes.values()]
            movement += max(drift) - min(drift)
        return rise, movement


def _mean(table: Table, options: Options, position: int = -1, answer: int = -1) -> list[float]:
    """What a table adds on average over its options, one question perhaps answered; each answer counts alike."""
    answered = position, table.alike[position][answer] if position >= 0 else -1
    found = options.means.get(answered)
    if found is None:
        found = options.means[answered] = _averaged(table, options, *answered)
    return found


def _averaged(table: Table, options: Options, position: int, answer: int) -> list[float]:
    total, weight = [0.0] * len(options[0][1]), 0
    for given, scores in options:
        if position in given and given[position] != answer:
            continue
        count = prod(table.alike[p].count(code) for p, code in given.items())
        weight += count
        total = [so_far + count * _soft(score) for so_far, score in zip(total, scores, strict=True)]
    return [lane / weight for lane in total] if weight else total


def _soft(score: float) -> float:
    """A score, with being out counted as a few doublings."""
    return score if score > OUT else -_OUT_COUNTS
