"""Exact branch and bound: an assignment under which several sums each reach what they have to, or a proof of none.

    find x:  for every row j,  sum over factors f of  gains[f][x restricted to scope[f], j]  >=  least[j]

*Bound.* Variables are eliminated one by one, as in dynamic programming: the factors that look at a variable are
joined, and the join's maximum over it is passed on. Taken row by row this makes, for every partial assignment along
the reverse order, the largest value each row alone could still reach (bucket elimination: Dechter 1999). Where a join
would grow past MOST_ENTRIES it is split (mini-buckets), and the bound is too high rather than wrong.

*Branch.* Depth first along the reverse order. A branch is closed as soon as one row can no longer reach what it has
to, or where the same rest has failed before with as much in hand; a row that reaches it whatever follows does not
count there. Of the first row of every factor only that is asked: 0, or NEVER where the factor's values cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Gains = NDArray[np.int64]

NEVER = -(1 << 54)
"""The gain of what cannot be. Far below any sum of gains, and 256 of them still fit into 64 bits."""
MOST_ENTRIES = 1 << 17
"""Entries, over all rows, that one join may have before it is split."""
MOST_STEPS = 150_000
"""Partial assignments looked at before a search is given up."""

MOST_KEPT = 8
"""Failures remembered for the same rest: looking through more would take longer than failing again."""


class Unsettled(Exception):
    """A search was given up: neither an assignment nor a proof that there is none."""


class Factor(NamedTuple):
    """What a few variables add to each row: `gains` has one axis per variable of `scope` (rising), then the rows.

    What cannot be is NEVER in every row.
    """

    scope: tuple[int, ...]
    gains: Gains


class Level(NamedTuple):
    """One variable, and what deciding it does to the bounds."""

    variable: int
    context: tuple[int, ...]
    """The earlier variables that anything from here on looks at."""
    drops: tuple[tuple[tuple[int, ...], Gains], ...]
    """(earlier variables, by how much each value lowers the bounds, given theirs)."""


class Search:
    """A compiled problem: variables with `sizes` values each, and factors. `find` may be asked with several `least`."""

    def __init__(self, sizes: Sequence[int], factors: Sequence[Factor]) -> None:
        self.allowed = [_allowed(variable, size, factors) for variable, size in enumerate(sizes)]
        """The values of each variable that no single factor rules out."""
        self.sizes = tuple(map(len, self.allowed))
        self.rows: int = factors[0].gains.shape[-1]
        self.steps = 0
        self.start: Gains = np.zeros(2 * self.rows, np.int64)
        """Before anything is decided: the most each row could reach, and the least, negated."""
        self.levels = self._compiled([self._narrowed(factor) for factor in factors]) if all(self.sizes) else ()

    @property
    def ceiling(self) -> Gains:
        """The most each row could reach if it were the only one."""
        return self.start[: self.rows]

    def find(self, least: Sequence[int], most_steps: int = MOST_STEPS) -> tuple[int, ...] | None:
        """The values of one assignment that reaches `least` in every row, or None: there is none.

        A variable that no factor looks at keeps its first value. Raises Unsettled after `most_steps`.
        """
        self.steps = 0
        wanted = np.asarray(least, np.int64)
        if 0 in self.sizes or (self.ceiling < wanted).any():
            return None
        found = _Descent(self, wanted, most_steps).found()
        return None if found is None else tuple(self.allowed[p][value] for p, value in enumerate(found))

    def _narrowed(self, factor: Factor) -> Factor:
        """The factor over the values that are allowed, without the variables that make no difference to it.

        Its rows come twice, the second time negated.
        """
        gains, scope = factor.gains, list(factor.scope)
        for axis in reversed(range(len(scope))):
            gains = gains.take(self.allowed[scope[axis]], axis=axis)
            if (gains == gains.take([0], axis=axis)).all():
                gains = np.asarray(gains.take(0, axis=axis))
                del scope[axis]
        never = gains[..., :1] <= NEVER // 2
        return Factor(tuple(scope), np.concatenate((gains, np.where(never, NEVER, -gains)), axis=-1))

    def _compiled(self, pool: list[Factor]) -> tuple[Level, ...]:
        """Eliminate every variable; the levels come in the order in which variables are then decided."""
        levels: list[Level] = []
        later: set[int] = set()
        for variable in _order(self.sizes, tuple(sorted({factor.scope for factor in pool}))):
            bucket = [factor for factor in pool if variable in factor.scope]
            pool = [factor for factor in pool if variable not in factor.scope]
            drops = []
            for joined in self._joins(bucket):
                most, drop = _eliminated(joined, variable)
                pool.append(most)
                drops.append((most.scope, drop))
            later = (later | {p for scope, _ in drops for p in scope}) - {variable}
            levels.append(Level(variable, tuple(sorted(later)), tuple(drops)))
        for factor in pool:
            self.start = self.start + factor.gains
        return tuple(reversed(levels))

    def _joins(self, bucket: list[Factor]) -> Iterator[Factor]:
        """The factors of a bucket, joined; in several joins where one would grow too large."""
        groups: list[tuple[set[int], list[Factor]]] = []
        for factor in sorted(bucket, key=lambda factor: -len(factor.scope)):
            for scope, group in groups:
                if self._entries(scope.union(factor.scope)) <= MOST_ENTRIES:
                    scope.update(factor.scope)
                    group.append(factor)
                    break
            else:
                groups.append((set(factor.scope), [factor]))
        for scope, group in groups:
            yield _joined(tuple(sorted(scope)), group)

    def _entries(self, scope: set[int]) -> int:
        return prod(self.sizes[variable] for variable in scope) * 2 * self.rows


def _allowed(variable: int, size: int, factors: Sequence[Factor]) -> list[int]:
    """The values of a variable that every factor allows under some values of the others."""
    allowed = np.ones(size, np.bool_)
    for factor in factors:
        if variable in factor.scope:
            axis = factor.scope.index(variable)
            others = tuple(i for i in range(len(factor.scope)) if i != axis)
            allowed &= np.asarray(factor.gains[..., 0].max(axis=others)) > NEVER // 2
    found: list[int] = np.flatnonzero(allowed).tolist()
    return found


def _joined(scope: tuple[int, ...], factors: list[Factor]) -> Factor:
    """The sum of factors over a scope that holds all of theirs."""
    total: Gains | None = None
    for factor in factors:
        aligned = factor.gains[(*(slice(None) if p in factor.scope else None for p in scope), slice(None))]
        total = aligned if total is None else total + aligned
    if total is None:
        raise ValueError("nothing to join")
    return Factor(scope, np.maximum(total, NEVER))


def _eliminated(joined: Factor, variable: int) -> tuple[Factor, Gains]:
    """What is passed on, and how much each value stays below it (the value's axis moved before the rows)."""
    axis = joined.scope.index(variable)
    rest = tuple(p for p in joined.scope if p != variable)
    most = joined.gains.max(axis=axis)
    drop = np.ascontiguousarray(np.moveaxis(joined.gains, axis, -2)) - most[..., None, :]
    return Factor(rest, most), drop


@lru_cache(maxsize=64)
def _order(sizes: tuple[int, ...], scopes: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """The order of elimination: always the variable whose join is smallest."""
    pool = [frozenset(scope) for scope in scopes]
    left = {variable for scope in scopes for variable in scope}
    order = []
    while left:
        joins = {variable: frozenset[int]().union(*(scope for scope in pool if variable in scope)) for variable in left}
        best = min(left, key=lambda variable: (prod(sizes[p] for p in joins[variable]), variable))
        pool = [scope for scope in pool if best not in scope] + [joins[best] - {best}]
        left.remove(best)
        order.append(best)
    return tuple(order)


class _Descent:
    """One depth-first search."""

    def __init__(self, search: Search, least: Gains, most_steps: int) -> None:
        self.search, self.least, self.most_steps = search, least, most_steps
        self.values = [0] * len(search.sizes)
        self.failed: dict[tuple[int, ...], list[Gains]] = {}

    def found(self) -> tuple[int, ...] | None:
        """The first assignment met, or None."""
        return tuple(self.values) if self._descend(0, self.search.start) else None

    def _descend(self, depth: int, bound: Gains) -> bool:
        """Whether the variables from `depth` on can be decided; `values` then holds how."""
        if depth == len(self.search.levels):
            return True
        self.search.steps += 1
        if self.search.steps > self.most_steps:
            raise Unsettled
        level, values = self.search.levels[depth], self.values
        failures = self.failed.setdefault((depth, *(values[p] for p in level.context)), [])
        hope = self._hope(bound)
        if any((hope <= failure).all() for failure in failures):
            return False
        bounds = bound
        for scope, drop in level.drops:
            bounds = bounds + drop[tuple([values[p] for p in scope])]
        slack = (bounds[:, : self.search.rows] - self.least).min(axis=1)
        for value in np.argsort(-slack, kind="stable").tolist():
            if slack[value] < 0:
                break
            values[level.variable] = value
            if self._descend(depth + 1, bounds[value]):
                return True
        values[level.variable] = 0
        if len(failures) < MOST_KEPT:
            failures.append(hope)
        return False

    def _hope(self, bound: Gains) -> Gains:
        """The most each row can still reach; without end where it reaches what it has to whatever follows."""
        safe = -bound[self.search.rows :] >= self.least
        safe[0] = False
        return np.where(safe, -NEVER, bound[: self.search.rows])
