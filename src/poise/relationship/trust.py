"""Trust as it was seen after each encounter: my view of what this relationship can hold, never what a person is.

Trust is laid over the span from -SPAN to SPAN, cut into as many equal parts as there are answers; the two outer parts
are open. With five answers each part is one unit wide, and the middle answer is the middle of what is expected when
nothing is known. No study has measured where these words begin and end: the cuts are a convention, and a person's own
word always comes first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .constants import SPAN
from .encounters import Encounter
from .unclear import Problem, Unclear

FIVE = ("none", "new", "building", "solid", "deep")
ENOUGH = 3
"""Ratings it takes before anything is said. The mean of three single-item ratings is as dependable (.80) as research
asks of a scale; Crits-Christoph et al. (2011) found that even a long scale needs two."""
HALF, MOST = 0.6744897501960817, 1.2815515655446004
"""Standard deviations either side that hold 50 and 80 per cent of a normal distribution."""


@dataclass(frozen=True)
class Seen:
    """One encounter of the band: from `low80` to `high80` trust was to be found in four of five cases.

    Places run from 0 (the far end of the first answer) to 1 (of the last); all answers take the same width.
    """

    at: float | None
    low80: float
    low50: float
    high50: float
    high80: float
    rated: bool
    rupture: bool | None
    repair: str | None


@dataclass(frozen=True, eq=False)
class Trust:
    """What was known after each of T encounters, and no later.

    encounters: in the order they happened
    means, covariances: (T, 3) and (T, 3, 3) of stable part, fluctuation and unrepaired strain
    growth: (T,) what the first encounters add by themselves
    reordered: whether they were written in another order than they happened
    """

    encounters: tuple[Encounter, ...]
    means: NDArray[np.float64] = field(repr=False)
    covariances: NDArray[np.float64] = field(repr=False)
    growth: NDArray[np.float64] = field(repr=False)
    reordered: bool = False

    @property
    def rated(self) -> int:
        """How many encounters were rated."""
        return sum(one.rating is not None for one in self.encounters)

    @property
    def enough(self) -> bool:
        """Whether there is enough to say anything."""
        return self.rated >= ENOUGH

    def levels(self) -> NDArray[np.float64]:
        """(T, 2): mean and standard deviation of trust after each encounter, in the model's units."""
        h = np.array([1.0, 1.0, -1.0])
        variances = np.einsum("i,tij,j->t", h, self.covariances, h)
        return np.column_stack([self.growth + self.means @ h, np.sqrt(np.maximum(variances, 0))])

    def belief(self, answers: Sequence[str] = FIVE) -> dict[str, float] | None:
        """A probability for each answer, from least trust to most; None where there is not enough yet.

        `answers` may be any two or more, in order.
        """
        cuts = cuts_for(answers)
        if not self.enough:
            return None
        mean, sd = (float(number) for number in self.levels()[-1])
        below = [0.0, *(_below((cut - mean) / sd) for cut in cuts), 1.0]
        return {answer: below[i + 1] - below[i] for i, answer in enumerate(answers)}

    def band(self) -> tuple[Seen, ...]:
        """What to draw: one wide band, with ruptures and repairs marked. Empty where there is not enough yet."""
        if not self.enough:
            return ()
        return tuple(_seen(one, *map(float, level)) for one, level in zip(self.encounters, self.levels(), strict=True))


def cuts_for(answers: Sequence[str]) -> tuple[float, ...]:
    """Where one answer ends and the next begins, in the model's units. Raises Unclear below two different answers."""
    if isinstance(answers, str) or len(answers) < 2 or len(set(answers)) < len(answers):
        raise Unclear([Problem("answers", "trust is told by two or more different answers, in order")])
    return tuple(SPAN * (2 * i / len(answers) - 1) for i in range(1, len(answers)))


def _seen(one: Encounter, mean: float, sd: float) -> Seen:
    low80, low50, high50, high80 = (_place(mean + sides * sd) for sides in (-MOST, -HALF, HALF, MOST))
    return Seen(one.at, low80, low50, high50, high80, one.rating is not None, one.rupture, one.repair)


def _place(level: float) -> float:
    return min(1.0, max(0.0, (level + SPAN) / (2 * SPAN)))


def _below(z: float) -> float:
    """The chance that a standard normal variable is below z."""
    return 0.5 * math.erfc(-z / math.sqrt(2))
