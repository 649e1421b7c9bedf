"""In which order to decide variables so that few states are met on the way.

Greedy. What is next is the variable that leaves the fewest combinations of answers to remember, against how much it
brings of what the factors add: large leans early leave little that could still change who leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log, prod
from typing import NamedTuple

import numpy as np

from ..search import NEVER, Factor

MOST_ENTRIES = 1 << 20
"""Entries, over all lanes, up to which factors completed together are joined: that makes bounds tighter."""
_UNIT = 1000
"""A spread that counts much: one doubling."""
_EAGER = 1.5
"""How much a spread counts against what has to be remembered. Found by trying; it changes time, never counts."""


class Step(NamedTuple):
    """One variable decided: the factors then complete, and which columns stay to be looked at."""

    variable: int
    completes: tuple[tuple[tuple[int, ...], Factor], ...]
    """(Columns of the front that it looks at, factor)."""
    stays: tuple[int, ...]
    """Columns of the front, the variable last, that stay."""
    front: tuple[int, ...]
    """The variables that stay."""


def planned(sizes: Sequence[int], factors: Sequence[Factor], kept: Iterable[int]) -> tuple[Step, ...]:
    """The steps, one per variable."""
    kept = frozenset(kept)
    order = _ordered(sizes, factors, kept)
    waiting, front = list(factors), tuple[int, ...]()
    steps = []
    for number, variable in enumerate(order):
        known = set(order[: number + 1])
        columns = (*front, variable)
        complete = [factor for factor in waiting if known.issuperset(factor.scope)]
        waiting = [factor for factor in waiting if not known.issuperset(factor.scope)]
        needed = kept.union(*(factor.scope for factor in waiting))
        stays = tuple(column for column, each in enumerate(columns) if each in needed)
        joined = tuple((tuple(map(columns.index, f.scope)), f) for f in _joined(complete, sizes))
        front = tuple(columns[column] for column in stays)
        steps.append(Step(variable, joined, stays, front))
    return tuple(steps)


def _ordered(sizes: Sequence[int], factors: Sequence[Factor], kept: frozenset[int]) -> list[int]:
    """The variables, the next one always the one that costs least."""
    spreads = [(frozenset(factor.scope), _spread(factor)) for factor in factors]
    order: list[int] = []
    left = set(range(len(sizes)))
    while left:
        best = min(left, key=lambda variable: (_cost(variable, {*order, variable}, spreads, sizes, kept), variable))
        left.remove(best)
        order.append(best)
    return order


Spreads = list[tuple[frozenset[int], float]]


def _cost(variable: int, known: set[int], spreads: Spreads, sizes: Sequence[int], kept: frozenset[int]) -> float:
    """How much is to be remembered after a variable, less what it brings nearer."""
    needed = kept.union(*(scope for scope, _ in spreads if not scope <= known))
    near = sum(spread / (len(scope - known) + 1) for scope, spread in spreads if variable in scope)
    return log(prod(sizes[each] for each in known & needed)) - _EAGER * log(1 + near / _UNIT)


def _spread(factor: Factor) -> float:
    """How far apart a factor can set two lanes; what takes a lane out counts as a few doublings."""
    if not factor.gains.size:
        return 0
    gains = np.maximum(factor.gains, -12 * _UNIT) if (factor.gains <= NEVER // 2).any() else factor.gains
    return float(np.ptp(np.minimum(gains, 12 * _UNIT), axis=-1).max())


def _joined(factors: list[Factor], sizes: Sequence[int]) -> list[Factor]:
    """The factors, summed into few: as long as a sum stays small."""
    groups: list[list[Factor]] = []
    for factor in sorted(factors, key=lambda factor: -len(factor.scope)):
        for group in groups:
            scope = {variable for each in (*group, factor) for variable in each.scope}
            if prod(sizes[variable] for variable in scope) * factor.gains.shape[-1] <= MOST_ENTRIES:
                group.append(factor)
                break
        else:
            groups.append([factor])
    return [_sum(group) for group in groups]


def _sum(factors: list[Factor]) -> Factor:
    """One factor that adds what all of them add."""
    scope = tuple(sorted({variable for factor in factors for variable in factor.scope}))
    parts = [f.gains[(*(slice(None) if p in f.scope else None for p in scope), slice(None))] for f in factors]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return Factor(scope, np.maximum(total, NEVER))
