"""Whether a changed moment is one to weigh."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...rulebook.completing import Completions
from ...rulebook.condition import All, Not
from ..tables import WHOLE

if TYPE_CHECKING:
    from ..weighing import Weighing


def can_be(weighing: Weighing, changes: Iterable[tuple[int, int]]) -> bool:
    """Whether a moment with other codes at some positions is weighed, and possible in at least one completion."""
    codes, tables, book = list(weighing.moment.codes), weighing.tables, weighing.book
    for position, code in changes:
        codes[position] = code
    holding = (pair for table in tables.replacing for pair in table[table.key(codes)].holding)
    if any(effect.bound and effect.bound.replaces and part == WHOLE for effect, part in holding):
        return False
    groups = (All(tuple(Not(each) for each in impossible)) for _, impossible in book.impossible_groups)
    return all(Completions(possible, book.sizes).find(True, codes) is not None for possible in groups)
