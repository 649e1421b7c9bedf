"""What a person expected and what came, from their own record only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .remembering import Remembered

FEWEST = 3
"""Forecasts whose end is known, below which there is not enough to tell."""


@dataclass(frozen=True)
class Forecast:
    """One word that was forecast. Moments are numbers of the records handed in."""

    word: str
    came: tuple[int, ...]
    """Where it came."""
    otherwise: tuple[int, ...]
    """Where something else came."""
    open: tuple[int, ...]
    """Where nobody has said yet."""

    @property
    def known(self) -> int:
        """How many forecasts have an end."""
        return len(self.came) + len(self.otherwise)

    @property
    def enough(self) -> bool:
        """Whether there is enough to tell."""
        return self.known >= FEWEST


def forecasts(records: Sequence[Remembered]) -> tuple[Forecast, ...]:
    """Every word that was forecast, the most frequent first."""
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for number, record in enumerate(records):
        if record.forecast:
            came, otherwise, still_open = found.setdefault(record.forecast, ([], [], []))
            end = still_open if not record.came else came if record.came == record.forecast else otherwise
            end.append(number)
    every = [Forecast(word, *(tuple(each) for each in ends)) for word, ends in found.items()]
    return tuple(sorted(every, key=lambda each: (-each.known, each.word)))
