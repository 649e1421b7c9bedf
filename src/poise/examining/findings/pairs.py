"""Whether one guideline says what another says, or undoes it, however the two are written.

What a guideline pulls in a situation is the sum over its clauses that hold there, compared over all combinations of
answers to what the two look at. Only differences within a list move a lead, so pulls are set against the first response
of each list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from ...rulebook.condition import Not
from ..situations import Truth
from .reading import Part, Reading

MOST_COMPARED = 200_000
"""Combinations of answers up to which two guidelines are compared; beyond, clause by clause only."""

Pulls = NDArray[np.int64]
"""What a guideline adds to each response, over the answers to some questions; the last axis is the responses."""
Held = tuple[tuple[int, ...], Truth]


def says_too(reading: Reading, one: Sequence[Part], two: Sequence[Part], sign: int = 1) -> bool:
    """Whether wherever the first guideline pulls, the second pulls the same too, or with `sign` -1 the opposite.

    It does if each clause of the first has one of its own in the second that holds too and pulls as much, or if the two
    sums agree in every situation in which the first is not zero.
    """
    if {response for part in one for response, _ in part.pull} - {r for part in two for r, _ in part.pull}:
        return False
    return _clause_by_clause(reading, one, two, sign) or _in_sum(reading, one, two, sign)


def _clause_by_clause(reading: Reading, one: Sequence[Part], two: Sequence[Part], sign: int) -> bool:
    left = [part for part in two if part.pull]
    for part in one:
        pull = tuple((response, sign * units) for response, units in part.pull)
        match = next((other for other in left if other.pull == pull and _implies(reading, part, other)), None)
        if part.pull and match is None:
            return False
        if match is not None:
            left.remove(match)
    return True


def _implies(reading: Reading, one: Part, two: Part) -> bool:
    return reading.can_be(one.clause.condition, Not(two.clause.condition)) is None


def _in_sum(reading: Reading, one: Sequence[Part], two: Sequence[Part], sign: int) -> bool:
    held = [[reading.view.holding(part.clause.condition) for part in parts] for parts in (one, two)]
    scope = tuple(sorted({question for each in held for looked_at, _ in each for question in looked_at}))
    shape = tuple(reading.view.space.sizes[question] - 1 for question in scope)
    if prod(shape) > MOST_COMPARED:
        return False
    first, second = (_summed(reading, parts, each, scope) for parts, each in zip((one, two), held, strict=True))
    can = np.ones(shape, np.bool_)
    for weighed in _weighed(reading):
        can &= _laid(weighed, scope)
    pulls = first.any(axis=-1) & can
    agree = (first == sign * second).all(axis=-1)
    return bool(pulls.any() and agree[pulls].all())


def _summed(reading: Reading, parts: Sequence[Part], held: Sequence[Held], scope: tuple[int, ...]) -> Pulls:
    responses = {response: lane for lane, response in enumerate(reading.book.responses)}
    total = np.zeros((*(reading.view.space.sizes[question] - 1 for question in scope), len(responses)), np.int64)
    for part, each in zip(parts, held, strict=True):
        pull = np.zeros(len(responses), np.int64)
        for response, units in part.pull:
            pull[responses[response]] = units
        total += _laid(each, scope)[..., None] * pull
    return total


def _weighed(reading: Reading) -> Iterator[Held]:
    """Where a situation can be, and where no bound surely replaces the weighing."""
    yield from reading.view.possible
    for bound in reading.book.bounds.values():
        if bound.replaces:
            scope, holds = reading.view.holding(bound.condition)
            yield scope, ~holds


def _laid(held: Held, scope: tuple[int, ...]) -> Truth:
    """Truth over its own questions, open ones among them, as truth over answers to others: what these lack is open."""
    own, holds = held
    kept = holds[tuple(slice(1, None) if question in scope else 0 for question in own)]
    return kept[tuple(slice(None) if question in own else None for question in scope)]
