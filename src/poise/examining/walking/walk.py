"""Every assignment at once: how much weight each outcome of some sums has, counted exactly.

    count[k, o] = sum over x with x[kept] = k and outcome(score(x)) = o  of  product over variables v of weight[v][x[v]]
    score(x)    = start + sum over factors f of  f.gains[x restricted to f.scope]

*Dynamic programming.* Variables are decided one after the other. A state is the answers that a factor still to come
looks at, and the scores so far; equal states are merged and their counts added. Only differences of scores within a
group of lanes matter, so the largest is taken off. A lane that can no longer come within `near` of the largest of its
group, whatever the factors still to come add, is *gone*: what it had no longer tells states apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..search import NEVER, Factor, Unsettled
from .counts import Counting, Counts
from .ordering import Step, planned

Scores = NDArray[np.int64]
Values = NDArray[np.uint8]
Truth = NDArray[np.bool_]
Index = NDArray[np.intp]

PART = 1_000_000
"""States expanded at a time: what a step needs beside the states that it comes to stays small."""
MOST_ROWS = 6_000_000
"""States that one step may come to; a gigabyte or so."""
_MIXERS = np.random.default_rng(0).integers(1 << 62, 1 << 63, size=256, dtype=np.uint64) | np.uint64(1)
_HALF = np.uint64(32)


class Problem(NamedTuple):
    """What is to be counted: see the module. `gains` of NEVER in every lane mean that an assignment cannot be."""

    weights: tuple[tuple[int, ...], ...]
    """For each variable, the weight of each of its values."""
    factors: tuple[Factor, ...]
    start: tuple[int, ...]
    groups: tuple[tuple[int, int], ...]
    """Lanes weighed against each other: from the first, up to but without the last."""
    kept: tuple[int, ...] = ()
    near: int = 0
    twins: tuple[tuple[int, int], ...] = ()
    """Lanes that say the same of two books: states in which they can never differ are left out."""
    most_rows: int | None = None
    """States that one step may come to, where that is fewer than MOST_ROWS."""


class States(NamedTuple):
    """Distinct states: row i is at `front[at[i]]`, has `scores[i]` and `counts[i]`, and came about by `example[i]`."""

    front: Values
    at: Index
    scores: Scores
    counts: Counts
    example: Values

    def chosen(self, rows: Truth | Index | slice) -> States:
        """Some of the states."""
        return States(self.front, self.at[rows], self.scores[rows], self.counts[rows], self.example[rows])


class Ends(NamedTuple):
    """Where all assignments end up, one row per state; in `scores` each group's largest is 0 and NEVER means gone."""

    kept: Values
    scores: Scores
    counts: list[int]
    example: Values
    """One assignment that ends there."""
    expanded: int
    """How many states were looked at on the way."""


def walk(problem: Problem) -> Ends:
    """Count every assignment. Raises Unsettled where a step would come to too many states."""
    ends = _Walk(problem).ends()
    return ends._replace(example=ends.example[:, : len(problem.weights)])


class _Walk:
    """One walk: its order, and how its counts are held."""

    def __init__(self, problem: Problem) -> None:
        # One variable at least, so that there is a step at which what always holds is added.
        self.problem = problem = problem._replace(weights=problem.weights or ((1,),))
        self.steps = planned([len(each) for each in problem.weights], problem.factors, problem.kept)
        self.counting = Counting(prod(sum(each) for each in problem.weights))
        self.expanded = 0

    def ends(self) -> Ends:
        """The states after the last step."""
        problem = self.problem
        states = States(
            np.zeros((1, 0), np.uint8),
            np.zeros(1, np.intp),
            np.array([problem.start], np.int64),
            self.counting.one(),
            np.zeros((1, len(problem.weights)), np.uint8),
        )
        for number in range(len(self.steps)):
            states = self._decided(states, number)
        order = [self.steps[-1].front.index(variable) for variable in problem.kept]
        counts = self.counting.whole(states.counts)
        return Ends(states.front[states.at][:, order], states.scores, counts, states.example, self.expanded)

    def _decided(self, states: States, number: int) -> States:
        """The states once one more variable is decided."""
        size = len(self.problem.weights[self.steps[number].variable])
        self.expanded += len(states.at) * size
        rows = max(1, PART // size)
        if len(states.at) <= rows:
            return self._stepped(states, number)
        parts, total = list[States](), 0
        for first in range(0, len(states.at), rows):
            parts.append(self._stepped(states.chosen(slice(first, first + rows)), number))
            total += len(parts[-1].at)
            if total > min(MOST_ROWS, self.problem.most_rows or MOST_ROWS):
                raise Unsettled
        return self._merged(_joined(parts))

    def _stepped(self, states: States, number: int) -> States:
        """Some of the states, with the variable decided in every way."""
        step = self.steps[number]
        weights = self.problem.weights[step.variable]
        states = self._added(self._expanded(states, step.variable, weights), step)
        states = self._possible(self._projected(states, step))
        return self._merged(self._pruned(states, number))

    def _expanded(self, states: States, variable: int, weights: Sequence[int]) -> States:
        """Every state with every value of the variable."""
        size = len(weights)
        values = np.arange(size, dtype=np.uint8)
        front = np.column_stack((np.repeat(states.front, size, axis=0), np.tile(values, len(states.front))))
        at = (states.at[:, None] * size + values).ravel()
        example = np.repeat(states.example, size, axis=0)
        example[:, variable] = np.tile(values, len(states.at))
        return States(
            front, at, np.repeat(states.scores, size, axis=0), self.counting.times(states.counts, weights), example
        )

    def _added(self, states: States, step: Step) -> States:
        """What the factors add that the step completes."""
        gains = np.zeros((len(states.front), len(self.problem.start)), np.int64)
        for columns, factor in step.completes:
            gains += factor.gains[tuple(states.front[:, column] for column in columns)]
        scores = states.scores + gains[states.at]
        scores[scores < NEVER // 2] = NEVER
        return states._replace(scores=scores)

    def _projected(self, states: States, step: Step) -> States:
        """The states, at what later factors still look at."""
        front, to = _distinct(states.front[:, step.stays])
        return states._replace(front=front, at=to[states.at])

    def _possible(self, states: States) -> States:
        """Without the states that cannot be, and those whose weight is none."""
        left: Truth = np.asarray(states.counts.any(axis=1))
        for first, last in self.problem.groups:
            left &= (states.scores[:, first:last] > NEVER).any(axis=1)
        return states if left.all() else states.chosen(left)

    def _pruned(self, states: States, number: int) -> States:
        """The states, each group's largest score taken off, and lanes that can no longer matter gone."""
        later = [factor for step in self.steps[number + 1 :] for _, factor in step.completes]
        looked_at = self.steps[number].front
        for first, last in self.problem.groups:
            scores = states.scores[:, first:last]
            gone = scores == NEVER
            champion = scores.argmax(axis=1)
            scores -= scores[np.arange(len(scores)), champion][:, None]
            surely = _least_ahead(states.front, looked_at, later, slice(first, last))[states.at, champion]
            gone |= surely - scores > self.problem.near
            scores[gone] = NEVER
        return self._telling(states, looked_at, later) if self.problem.twins else states

    def _telling(self, states: States, looked_at: tuple[int, ...], later: list[Factor]) -> States:
        """The states in which twins differ or still could."""
        old, new = map(list, zip(*self.problem.twins, strict=True))
        could = np.zeros(len(states.front), np.bool_)
        for factor in later:
            differs = (factor.gains[..., old] != factor.gains[..., new]).any(axis=-1)
            open_axes, values = _looked_up(factor, states.front, looked_at)
            could |= differs.any(axis=open_axes)[values]
        return states.chosen(could[states.at] | (states.scores[:, old] != states.scores[:, new]).any(axis=1))

    def _merged(self, states: States) -> States:
        """Equal states as one. Rows are sorted by a hash; where two rows share one, they stay apart and stay right."""
        if not len(states.at):
            return states
        order = np.argsort(_hashed(states.at, states.scores))
        at, scores = states.at[order], states.scores[order]
        new = np.ones(len(at), np.bool_)
        new[1:] = (at[1:] != at[:-1]) | (scores[1:] != scores[:-1]).any(axis=1)
        starts = np.flatnonzero(new)
        counts = self.counting.sums(states.counts[order], starts)
        return States(states.front, at[starts], scores[starts], counts, states.example[order[starts]])


def _joined(parts: list[States]) -> States:
    """The states of all parts; what they are at does not depend on the part."""
    columns = zip(*(part[1:] for part in parts), strict=True)
    at, scores, counts, example = (np.concatenate(column) for column in columns)
    return States(parts[0].front, at, scores, counts, example)


def _least_ahead(front: Values, looked_at: tuple[int, ...], later: list[Factor], group: slice) -> Scores:
    """[state of the front, i, j]: the least that lane i can gain on lane j from the factors to come."""
    lanes = group.stop - group.start
    total = np.zeros((len(front), lanes, lanes), np.int64)
    for factor in later:
        gains = factor.gains[..., group]
        ahead = gains[..., :, None] - gains[..., None, :]
        open_axes, values = _looked_up(factor, front, looked_at)
        total += ahead.min(axis=open_axes)[values]
    return total


def _looked_up(factor: Factor, front: Values, looked_at: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[Values, ...]]:
    """The axes of a factor over variables not decided yet, and for each state of the front the others' values."""
    open_axes = tuple(axis for axis, variable in enumerate(factor.scope) if variable not in looked_at)
    return open_axes, tuple(front[:, looked_at.index(v)] for v in factor.scope if v in looked_at)


def _distinct(front: Values) -> tuple[Values, Index]:
    """The distinct rows, and for each row which of them it is."""
    if front.shape[1] == 0:
        return front[:1], np.zeros(len(front), np.intp)
    width = front.shape[1]
    padded = np.zeros((len(front), -width % 8 + width), np.uint8)
    padded[:, :width] = front
    packed = padded.view(np.uint64 if padded.shape[1] == 8 else np.dtype((np.void, padded.shape[1]))).ravel()
    _, first, to = np.unique(packed, return_index=True, return_inverse=True)
    return front[first], to


def _hashed(at: Index, scores: Scores) -> NDArray[np.uint64]:
    """A hash of every state: each column mixed in by an odd multiplier and a shift."""
    total: NDArray[np.uint64] = at.astype(np.uint64) * _MIXERS[0]
    for lane in range(scores.shape[1]):
        total ^= scores[:, lane].astype(np.uint64)
        total *= _MIXERS[1 + lane % 255]
        total ^= total >> _HALF
    return total
