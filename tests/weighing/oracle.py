"""What a weighing has to be, worked out by trying every situation. Slow, whole numbers and fractions only.

A *situation* is an answer to every question. What is known of a moment leaves some situations open; a condition holds
if it is so in all of them, and is open if it is so in some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import prod

from .invented import Compared, Denied, Invented, Joined, Known, Named, Said, When

SCALE = 256_000
"""Score units in a doubling: 1000 thousandths, each by a chance of n/256."""

Situation = dict[str, str]
Some = frozenset[int]
"""Situations, by their number."""


@dataclass(frozen=True)
class Outcome:
    """Everything that one list comes to."""

    scores: dict[str, int]
    """{response that is not out: score}."""
    reasons: dict[str, dict[str, int]]

    @property
    def lead(self) -> set[str]:
        return {r for r, score in self.scores.items() if score == max(self.scores.values())}

    @property
    def is_close(self) -> bool:
        """Whether another response comes within half a doubling of a lead, or leads with it."""
        first, *rest = sorted(self.scores.values(), reverse=True)
        return bool(rest) and first - rest[0] <= SCALE // 2

    def lead_by(self, counted: set[str]) -> set[str]:
        """Who leads if only these reasons count."""
        scores = {r: sum(s for g, s in self.reasons[r].items() if g in counted) for r in self.scores}
        return {r for r, score in scores.items() if score == max(scores.values())}


class Oracle:
    """All that can be said of moments by one book."""

    def __init__(self, book: Invented) -> None:
        self.book = book
        self._so: dict[Said, Some] = {}

    @cached_property
    def situations(self) -> list[Situation]:
        ids = [question.id for question in self.book.questions]
        answers = product(*(question.answers for question in self.book.questions))
        return [dict(zip(ids, each, strict=True)) for each in answers]

    def so(self, said: Said) -> Some:
        """The situations in which a condition is so."""
        if said not in self._so:
            self._so[said] = frozenset(i for i, each in enumerate(self.situations) if self._is_so(said, each))
        return self._so[said]

    def _is_so(self, said: Said, situation: Situation) -> bool:
        match said:
            case Named(term):
                return self._is_so(self.book.terms[term], situation)
            case Denied(inner):
                return not self._is_so(inner, situation)
            case Joined("and", parts):
                return all(self._is_so(part, situation) for part in parts)
            case Joined(_, parts):
                return any(self._is_so(part, situation) for part in parts)
            case Compared(name, operator, answers):
                question = next(question for question in self.book.questions if question.id == name)
                given, place = situation[name], question.answers.index
                return {
                    "==": given == answers[0],
                    "!=": given != answers[0],
                    "<": place(given) < place(answers[0]),
                    "<=": place(given) <= place(answers[0]),
                    ">": place(given) > place(answers[0]),
                    ">=": place(given) >= place(answers[0]),
                    "in": given in answers,
                    "not in": given not in answers,
                }[operator]

    def when(self, *conditions: When) -> Some:
        """The situations in which every `when` is so and no `unless`."""
        found = frozenset(range(len(self.situations)))
        for each in conditions:
            found = found & self.so(each.when) if each.when else found
            found = found - self.so(each.unless) if each.unless else found
        return found

    @cached_property
    def possible(self) -> Some:
        """The situations that can be."""
        every = frozenset(range(len(self.situations)))
        return every.difference(*(self.so(said) for said in self.book.impossible))

    def open_to(self, answers: Mapping[str, str]) -> Some:
        """The possible situations that answers leave open."""
        fit = (i for i, each in enumerate(self.situations) if all(each[q] == a for q, a in answers.items()))
        return self.possible.intersection(fit)

    def _worlds(self, known: Known) -> Iterator[tuple[Fraction, Some]]:
        """Each way the believed answers may be: its chance, and the situations still open."""
        for chosen in product(*(belief.items() for belief in known.beliefs.values())):
            believed = {name: answer for name, (answer, _) in zip(known.beliefs, chosen, strict=True)}
            yield prod((chance for _, chance in chosen), start=Fraction(1)), self.open_to({**known.answers, **believed})

    def chance(self, so: Some, known: Known) -> Fraction:
        """The chance that a condition holds."""
        return sum((chance for chance, left in self._worlds(known) if left <= so), start=Fraction(0))

    def is_open(self, so: Some, known: Known) -> bool:
        """Whether unanswered questions leave a condition open, whichever of the believed answers it may be."""
        return any(left & so and left - so for _, left in self._worlds(known))

    def applies(self, known: Known) -> dict[str, Fraction]:
        """{guideline: how far it applies}, in 256ths, by its clause that applies most."""
        far = {
            guide.id: max(round(256 * self.chance(self.when(guide.so, clause.so), known)) for clause in guide.clauses)
            for guide in self.book.guides
        }
        return {guide: Fraction(part, 256) for guide, part in far.items() if part}

    def open(self, known: Known) -> set[str]:
        """The guidelines that are open."""
        return {
            guide.id
            for guide in self.book.guides
            if any(self.is_open(self.when(guide.so, clause.so), known) for clause in guide.clauses)
        }

    def bounds(self, known: Known) -> dict[str, bool]:
        """{bound: whether it is met} of those that are met or could be."""
        met = {limit.id: self.chance(self.when(limit.so), known) for limit in self.book.limits}
        could = {
            limit.id for limit in self.book.limits if any(left & self.when(limit.so) for _, left in self._worlds(known))
        }
        return {name: chance == 1 for name, chance in met.items() if chance == 1 or name in could}

    def replaced_by(self, known: Known) -> str | None:
        """The first bound met that replaces the weighing."""
        met = self.bounds(known)
        return next((limit.id for limit in self.book.limits if not limit.never and met.get(limit.id)), None)

    def out(self, known: Known) -> set[str]:
        """The responses that bounds take out, or that certainly lack what they need."""
        met = self.bounds(known)
        barred = {r for limit in self.book.limits if met.get(limit.id) for r in limit.never}
        every = frozenset(range(len(self.situations)))
        return barred | {r for r, said in self.book.needs.items() if self.chance(every - self.so(said), known) == 1}

    def outcome(self, name: str, known: Known) -> Outcome:
        """What one list comes to, replaced or not."""
        left = [response for response in self.book.responses[name] if response not in self.out(known)]
        reasons: dict[str, dict[str, int]] = {r: {} for r in left}
        for response in left:
            reasons[response]["start"] = self.book.start.get(response, 0) * 256
        for guide in self.book.guides:
            for clause in guide.clauses:
                part = round(256 * self.chance(self.when(guide.so, clause.so), known))
                for response in set(left).intersection(clause.leans):
                    lean = round(Fraction(guide.weight * clause.leans[response], 1000))
                    reasons[response][guide.id] = reasons[response].get(guide.id, 0) + part * lean
        return Outcome({r: sum(each.values()) for r, each in reasons.items()}, reasons)

    def weighed(self, known: Known) -> list[str]:
        """The lists that are weighed."""
        names = ("mine",) if known.whose == "mine" else ("toward", "beside")
        return [name for name in names if name in self.book.responses] if self.replaced_by(known) is None else []

    def is_settled(self, known: Known) -> bool:
        """Whether every possible way to answer what is unanswered leaves the leads as they are."""
        leads = {name: self.outcome(name, known).lead for name in self.weighed(known)}
        unanswered = [q.id for q in self.book.questions if q.id not in known.answers and q.id not in known.beliefs]
        for i in self.open_to(known.answers):
            answers = {**known.answers, **{name: self.situations[i][name] for name in unanswered}}
            full = Known(answers, known.beliefs, known.whose)
            if any(self.outcome(name, full).lead != lead for name, lead in leads.items()):
                return False
        return True

    def turns(self, name: str, known: Known, most: int = 4) -> set[tuple[frozenset[tuple[str, str]], frozenset[str]]]:
        """{(changes, who leads then)}: every smallest set of changed answers that brings somebody new to the lead."""
        lead = self.outcome(name, known).lead
        can_change = [question for question in self.book.questions if not question.fixed]
        for size in range(1, most + 1):
            found = set()
            for questions in combinations(can_change, size):
                others = ([a for a in q.answers if a != known.answers.get(q.id)] for q in questions)
                for answers in product(*others):
                    changes = dict(zip((q.id for q in questions), answers, strict=True))
                    then = self._changed(known, changes)
                    if not self.open_to(then.answers) or self.replaced_by(then):
                        continue
                    if self.outcome(name, then).lead - lead:
                        found.add((frozenset(changes.items()), frozenset(self.outcome(name, then).lead)))
            if found:
                return found
        return set()

    def _changed(self, known: Known, changes: Mapping[str, str]) -> Known:
        beliefs = {name: belief for name, belief in known.beliefs.items() if name not in changes}
        return Known({**known.answers, **changes}, beliefs, known.whose)

    def is_sound(self, known: Known) -> bool:
        """Whether every way the believed answers may be is possible."""
        return all(left for _, left in self._worlds(known))
