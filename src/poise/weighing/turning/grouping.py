"""Which tables are looked up together. It changes how long that takes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from ..tables import Table

MOST_ROWS = 100
"""Ways to answer the questions of tables that are looked up together."""


def grouped(tables: Iterable[Table], sizes: Sequence[int]) -> list[list[Table]]:
    """The tables, those together that look at nearly the same: a group has at most MOST_ROWS rows, or those of one.

    Greedy: the widest first, each to the group that grows least.
    """
    groups: list[tuple[set[int], list[Table]]] = []
    for table in sorted(tables, key=lambda table: -_rows(table.scope, sizes)):
        near = [(_rows(scope.union(table.scope), sizes), _rows(scope, sizes), scope, group) for scope, group in groups]
        near = [each for each in near if each[0] <= max(MOST_ROWS, each[1])]
        if near:
            _, _, scope, group = min(near, key=lambda each: each[0] - each[1])
            scope.update(table.scope)
            group.append(table)
        else:
            groups.append((set(table.scope), [table]))
    return [group for _, group in groups]


def _rows(scope: Iterable[int], sizes: Sequence[int]) -> int:
    return prod(sizes[position] + 1 for position in scope)
