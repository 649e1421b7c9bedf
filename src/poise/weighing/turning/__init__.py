"""What would change it: the fewest changed answers that put another response first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .several import MOST_CHANGES, several
from .turn import Turn, singles

if TYPE_CHECKING:
    from ..weighing import Weighing

__all__ = ["MOST_CHANGES", "Turn", "turns"]


def turns(weighing: Weighing) -> tuple[Turn, ...]:
    """For each list, every smallest set of changes that puts another response in its lead, ties counting as first."""
    return tuple(
        [turn for leaning in weighing.leanings for turn in (singles(weighing, leaning) or several(weighing, leaning))]
    )
