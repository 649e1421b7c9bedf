"""An instrument: how a relationship is rated, and what a rating says on the model's scale.

With a reliability r, a rating's noise has variance .85 (1 - r) / r in the model's units, as trust itself has .85. Where
the usual mean and standard deviation of ratings are known, one standard deviation is sqrt(.85 / r) units. Where they
are not, the scale is laid over the whole span of trust, its middle in the middle; so the answers about trust share it
equally.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from ..constants import SPAN, TRUST_VARIANCE
from ..unclear import Problem, Unclear, clipped

HIGHER, LOWER = DIRECTIONS = ("higher", "lower")
SUM, MEAN = TOTALS = ("sum", "mean")
LEAST_RELIABLE, MOST_RELIABLE = 0.1, 0.99
FARTHEST = 1e6
"""Numbers on a scale are no larger than this."""
_NEAR = 1e-6
"""How far off its step a rating may be, in steps: decimals in binary are not exact."""


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether it is a finite number (True and False are none)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


@dataclass(frozen=True)
class Item:
    """One question of an instrument. Its words, if any, are on this machine only; `step` 0 is a line without steps."""

    id: str
    low: float
    high: float
    step: float = 0.0
    reversed: bool = False
    ask: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where it runs."""
        return self.low, self.high

    def mistake(self, answer: object) -> str:
        """What is wrong with an answer, or nothing."""
        return _off(answer, self.low, self.high, self.step)

    def turned(self, answer: float) -> float:
        """The answer, counted from the other end where the item is reversed."""
        return self.low + self.high - answer if self.reversed else answer


@dataclass(frozen=True)
class Rated:
    """A rating on the model's scale. At an `end` (+1 top, -1 bottom) it says only: at least, or at most, `at`."""

    at: float
    end: int = 0


@dataclass(frozen=True)
class Instrument:
    """How a relationship is rated. `notice` is its owner's; `mean` and `sd` are of usual ratings, if anybody knows."""

    id: str
    title: str
    items: tuple[Item, ...]
    reliability: float
    licence: str
    notice: str = ""
    better: str = HIGHER
    total: str = SUM
    mean: float | None = None
    sd: float | None = None
    source: str = ""
    url: str = ""
    version: str = ""

    def __post_init__(self) -> None:
        if problems := [Problem(f"`{self.id}`", message) for message in self._mistakes()]:
            raise Unclear(problems)

    @property
    def low(self) -> float:
        """The lowest rating there is."""
        return self._total([item.low for item in self.items])

    @property
    def high(self) -> float:
        """The highest rating there is."""
        return self._total([item.high for item in self.items])

    @property
    def step(self) -> float:
        """The least difference between two ratings; 0 where there are no steps."""
        return min(item.step for item in self.items) / (len(self.items) if self.total == MEAN else 1)

    @property
    def noise_variance(self) -> float:
        """Variance of a rating around trust, in the model's units."""
        return TRUST_VARIANCE * (1 - self.reliability) / self.reliability

    @property
    def range_in_words(self) -> str:
        """From where to where a rating runs."""
        steps = f" in steps of {self.step:g}" if self.step else ""
        return f"`{self.id}` runs from {self.low:g} to {self.high:g}{steps}"

    def rating(self, answers: Mapping[str, float | None]) -> float | None:
        """The rating that answers by item make up; None where an item is unanswered. Raises Unclear."""
        unknown = [Problem(f"`{id_}`", f"`{self.id}` has no such item") for id_ in answers.keys() - self._ids]
        found = [(item, answers.get(item.id)) for item in self.items]
        wrong = [
            Problem(f"`{item.id}`", message, f"leave the rating out, or answer from {item.low:g} to {item.high:g}")
            for item, answer in found
            if answer is not None and (message := item.mistake(answer))
        ]
        if unknown or wrong:
            raise Unclear(unknown + wrong)
        known = [item.turned(answer) for item, answer in found if answer is not None]
        return self._total(known) if len(known) == len(self.items) else None

    def total_mistake(self, rating: object) -> str:
        """What is wrong with a rating, or nothing."""
        steps = {item.step for item in self.items}
        return _off(rating, self.low, self.high, self.step if len(steps) == 1 else 0.0)

    def rated(self, rating: float) -> Rated:
        """A rating on the model's scale, more trust further up. At the ends a rating holds all that is beyond."""
        end = int(rating >= self.high) - int(rating <= self.low)
        toward = 1 if self.better == HIGHER else -1
        return Rated(toward * (rating - end * self.step / 2 - self._middle) * self._units, toward * end)

    def _mistakes(self) -> Iterator[str]:
        """What cannot be about an instrument, however it was made."""
        if not (is_number(self.reliability) and LEAST_RELIABLE <= self.reliability <= MOST_RELIABLE):
            yield f"`reliability` is a number from {LEAST_RELIABLE} to {MOST_RELIABLE}, not {clipped(self.reliability)}"
        if self.better not in DIRECTIONS or self.total not in TOTALS:
            yield f"`better` is {' or '.join(DIRECTIONS)}, and `total` is {' or '.join(TOTALS)}"
        if not self.items or len(self._ids) < len(self.items):
            yield "it has one or more items, each with a name of its own"
        for item in self.items:
            if not (all(map(is_number, item.ends)) and -FARTHEST <= item.low < item.high <= FARTHEST):
                yield f"item {clipped(item.id)} does not run from a number to a higher one"
            elif not (is_number(item.step) and 0 <= item.step <= item.high - item.low):
                yield f"item {clipped(item.id)} has steps of {clipped(item.step)}"
        norms = (self.mean, self.sd)
        if norms != (None, None) and not (all(map(is_number, norms)) and self.sd is not None and self.sd > 0):
            yield "`mean` and `sd` are both numbers, `sd` above 0, or neither is there"

    @property
    def _middle(self) -> float:
        return (self.low + self.high) / 2 if self.mean is None else self.mean

    @property
    def _units(self) -> float:
        """The model's units in one point of a rating."""
        if self.sd is None:
            return 2 * SPAN / (self.high - self.low)
        return math.sqrt(TRUST_VARIANCE / self.reliability) / self.sd

    @property
    def _ids(self) -> set[str]:
        return {item.id for item in self.items}

    def _total(self, answers: list[float]) -> float:
        return math.fsum(answers) / (len(answers) if self.total == MEAN else 1)


def _off(found: object, low: float, high: float, step: float) -> str:
    """What is wrong with a number that has to be on a scale, or nothing."""
    if not is_number(found):
        return f"{clipped(found)} is no number"
    if not low <= found <= high:
        return f"{found:g} is not on the scale from {low:g} to {high:g}"
    if step and abs((found - low) / step - round((found - low) / step)) > _NEAR:
        return f"{found:g} falls between the steps of {step:g}"
    return ""
