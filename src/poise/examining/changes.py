"""In how many situations two books lead differently, and which guideline is decisive how often: exact shares.

Both books are walked at once, over what both take to be possible: each has its own lanes, and a state in which they
can never differ is left out. A guideline is decisive where the lead would be another without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ..rulebook.condition import Condition
from ..rulebook.guideline import LISTS
from ..rulebook.rulebook import Rulebook
from .reach import Seen, lane_gains, lane_start, lead_of, list_effects, required_of
from .search import Factor
from .walking.invented import Invented, Weights
from .walking.walk import Ends, Problem, walk

Lead = tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What leads differently in one list: {(lead of the old book, lead of the new): weight and one situation}.

    An empty lead is a weighing that a bound takes the place of.
    """

    list: str
    pairs: Mapping[tuple[Lead, Lead], Seen]
    whole: int
    """The weight of all situations that at least one of the books weighs."""

    @property
    def share(self) -> Fraction:
        """The share of these situations in which the lead is another."""
        return Fraction(sum(seen.weight for seen in self.pairs.values()), self.whole or 1)

    def _share(self, counts: Callable[[Lead, Lead], bool]) -> Fraction:
        return Fraction(sum(seen.weight for pair, seen in self.pairs.items() if counts(*pair)), self.whole or 1)

    def to(self, response: str) -> Fraction:
        """How often a response leads in the new book and did not in the old."""
        return self._share(lambda old, new: response in new and response not in old)

    def away(self, response: str) -> Fraction:
        """How often a response led in the old book and does not in the new."""
        return self._share(lambda old, new: response in old and response not in new)


def changes(old: Rulebook, new: Rulebook, *, weights: Weights | None = None) -> dict[str, Changes]:
    """What leads differently in each list that both books have.

    Raises Unsettled where the walk is too large, ValueError where the books cannot be laid side by side.
    """
    return {name: changes_in(old, new, name, weights) for name in LISTS if old.listed(name) and new.listed(name)}


def changes_in(old: Rulebook, new: Rulebook, name: str, weights: Weights | None = None) -> Changes:
    """The same in one list."""
    pair = (old, new)
    responses = tuple(dict.fromkeys(response.id for book in pair for response in book.listed(name)))
    effects = [list(list_effects(book, {response.id for response in book.listed(name)})) for book in pair]
    required = [required_of(book) for book in pair]
    looked_at = [[*(c for c, _ in effects[i]), *required[i]] for i in (0, 1)]
    space = Invented(pair, looked_at, (), weights)
    lanes = len(responses) + 1
    needed = [space.required(condition, 2 * lanes, i) for i in (0, 1) for condition in required[i]]
    factors = [factor for i in (0, 1) for factor in _factors(space, responses, effects[i], i)]
    start = (*lane_start(old, responses), *lane_start(new, responses))
    twins = tuple((lane, lane + lanes) for lane in range(lanes))
    problem = Problem(space.weights, (*factors, *needed), start, ((0, lanes), (lanes, 2 * lanes)), twins=twins)
    return Changes(name, _pairs(space, responses, walk(problem)), _weighed(space, required))


def decisive(book: Rulebook, guideline: str, *, weights: Weights | None = None) -> dict[str, Changes]:
    """Where the lead would be another without a guideline, in each list it leans in. Raises Unsettled."""
    without = replace(book, guidelines={name: each for name, each in book.guidelines.items() if name != guideline})
    touched = {book.responses[response].list for response in book.guidelines[guideline].responses()}
    return {name: changes_in(without, book, name, weights) for name in LISTS if name in touched}


def _weighed(space: Invented, required: list[list[Condition]]) -> int:
    """The weight of the situations that at least one book weighs: lanes 1 and 3 lead where a book is stopped."""
    factors = [space.required(condition, 4, i) for i in (0, 1) for condition in required[i]]
    for i, book in enumerate(space.books):
        stops = (0, 2, 0, 0) if i == 0 else (0, 0, 0, 2)
        factors += [space.factor(bound.condition, stops, i) for bound in book.bounds.values() if bound.replaces]
    ends = walk(Problem(space.weights, tuple(factors), (0, -1, 0, -1), ((0, 2), (2, 4))))
    weighs = ((scores[0] == 0 or scores[2] == 0) for scores in ends.scores)
    return sum(count for count, weighed in zip(ends.counts, weighs, strict=True) if weighed)


def _factors(
    space: Invented, responses: tuple[str, ...], effects: list[tuple[Condition, dict[str, int]]], book: int
) -> Iterator[Factor]:
    """What one book's effects add, on its own lanes."""
    others = (0,) * (len(responses) + 1)
    for condition, leans in effects:
        gains = lane_gains(responses, leans)
        yield space.factor(condition, (*others, *gains) if book else (*gains, *others), book)


def _pairs(space: Invented, responses: tuple[str, ...], ends: Ends) -> dict[tuple[Lead, Lead], Seen]:
    """The ends of a walk at which the leads differ."""
    found: dict[tuple[Lead, Lead], Seen] = {}
    lanes = len(responses) + 1
    for scores, count, example in zip(ends.scores, ends.counts, ends.example, strict=True):
        pair = lead_of(responses, scores[:lanes]), lead_of(responses, scores[lanes:])
        if pair[0] != pair[1]:
            known = found.get(pair)
            found[pair] = Seen(known.weight + count, known.answers) if known else Seen(count, space.answers(example))
    return found
