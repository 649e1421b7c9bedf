"""Published figures, and the same figures of invented relationships: what the model reproduces and what not.

Every figure has the interval it may lie in: the published one where there is one; else the binomial or Fisher interval
(95 %) of the published numbers; else one that is argued for in `why`. A figure passes within it, give or take three
standard errors of the simulation itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..constants import CALIBRATED, Constants
from .relationships import Acting, Relationships, simulate

MAJOR = 0.7
"""A strain still this large at the end of an encounter is a major rupture. The criterion is ours: how many ruptures one
counts depends on it (Gumz et al. 2012)."""
SHORT, LONG = 12, 30
"""Encounters of a usual course, and of the long one that major ruptures were counted in."""
ERRORS = 3
"""Standard errors of the simulation that are allowed on top."""


@dataclass(frozen=True)
class Figure:
    """One published figure and the interval it may lie in, with the reason for it."""

    id: str
    what: str
    source: str
    published: float
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Reproduced:
    """A figure of the simulation beside the published one; `error` is its standard error in this run."""

    figure: Figure
    found: float
    error: float

    @property
    def inside(self) -> bool:
        """Whether it lies in the interval, give or take the simulation's own error."""
        slack = ERRORS * self.error
        return self.figure.low - slack <= self.found <= self.figure.high + slack


FIGURES = (
    Figure("A1", "one rating at any time, with the outcome (r)", "Flückiger et al. 2018", 0.278, 0.256, 0.299,
           "the published 95 % interval"),
    Figure("A2 one", "the rating of session 3, with the outcome (r)", "Crits-Christoph et al. 2011", 0.22, -0.08, 0.48,
           "Fisher's 95 % interval for 45 patients"),
    Figure("A2", "mean of sessions 3 to 9, with the outcome (r)", "Crits-Christoph et al. 2011", 0.38, 0.10, 0.61,
           "Fisher's 95 % interval for 45 patients"),
    Figure("A3", "dependability of a single rating", "Crits-Christoph et al. 2011", 0.77, 0.67, 0.85,
           "the 95 % interval of an intraclass correlation of 4 ratings of 45 patients"),
    Figure("C1", "left within 12 encounters", "Swift & Greenberg 2012", 0.197, 0.187, 0.207,
           "the published 95 % interval"),
    Figure("C2", "rating of those who stayed, less of those who left (d)", "Sharf, Primavera & Diener 2010", 0.55, 0.36,
           0.74, "95 % of effects of this size in 1,301 patients of 11 studies, a fifth of them leaving, with as much "
           "between studies as within"),
    Figure("C3", "left at one encounter, on average", "Huppert et al. 2014; Metapsy", 0.022, 0.016, 0.028,
           "the two published figures, as ends"),
    Figure("B1", "encounters with a reported rupture", "Safran, Muran & Eubanks-Carter 2011", 0.305, 0.19, 0.42,
           "the published range"),
    Figure("B4 none", "no major rupture", "Holmqvist Larsson et al. 2018", 0.745, 0.709, 0.778,
           "Wilson's 95 % interval for 451 of 605"),
    Figure("B4 repaired", "a major rupture, repaired", "Holmqvist Larsson et al. 2018", 0.147, 0.121, 0.178,
           "Wilson's 95 % interval for 89 of 605"),
    Figure("B4 unrepaired", "a major rupture, not repaired", "Holmqvist Larsson et al. 2018", 0.107, 0.085, 0.135,
           "Wilson's 95 % interval for 65 of 605"),
    Figure("B2", "repaired or not, with the outcome (r)", "Eubanks, Muran & Safran 2018", 0.29, 0.10, 0.47,
           "the published 95 % interval"),
    Figure("B5", "a major rupture within 30 encounters", "Stevens et al. 2007", 0.50, 0.36, 0.64,
           "Wilson's 95 % interval for 22 of 44; not fitted"),
    Figure("C7", "staying, where repairs come easier (odds ratio)", "de Jong et al. 2021", 1.19, 1.03, 1.38,
           "the published 95 % interval, for feedback to helpers; not fitted, and only an analogy"),
)  # fmt: skip
"""Every published figure that is looked at, in the order of the evidence."""


def reproduced(
    chance: np.random.Generator, relationships: int = 100_000, constants: Constants = CALIBRATED
) -> list[Reproduced]:
    """Every published figure beside the simulation's."""
    short = simulate(chance, relationships, SHORT, constants)
    long = simulate(chance, relationships, LONG, constants)
    easier = simulate(chance, relationships, SHORT, constants, Acting(repairing=1.0))
    found = {name: measure(short) for name, measure in _MEASURES.items()}
    found["A1"] = one_rating(short, chance)
    found["B5"] = share(major(long))
    found["C7"] = odds_ratio(easier.stayed, short.stayed)
    return [Reproduced(figure, *found[figure.id]) for figure in FIGURES]


Found = tuple[float, float]
"""A figure and its standard error in the simulation."""
Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def one_rating(found: Relationships, chance: np.random.Generator) -> Found:
    """Correlation of the outcome with the rating of one encounter, any that each one had."""
    count = found.encounters
    picked = (chance.random(count.size) * count).astype(np.intp)
    return correlation(found.rating[picked, np.arange(count.size)], found.outcome)


def mean_rating(found: Relationships, first: int = 3, last: int = 9) -> Found:
    """Correlation of the outcome with the mean rating of some encounters, for those who had them all."""
    had = found.there[last - 1]
    return correlation(found.rating[first - 1 : last, had].mean(axis=0), found.outcome[had])


def dependability(found: Relationships, first: int = 3, last: int = 6) -> Found:
    """Intraclass correlation of single ratings: relationships against all else, sessions taken out."""
    ratings = found.rating[first - 1 : last, found.there[last - 1]]
    k, n = ratings.shape
    off = ratings - ratings.mean(axis=1, keepdims=True)
    between = k * off.mean(axis=0).var(ddof=1)
    within = ((off - off.mean(axis=0)) ** 2).sum() / ((n - 1) * (k - 1))
    r = float((between - within) / (between + (k - 1) * within))
    return r, float((1 - r) * (1 + (k - 1) * r) * np.sqrt(2 / (k * (k - 1) * (n - 1))))


def stayed_rated_higher(found: Relationships, at: int = 3) -> Found:
    """Cohen's d of an early rating: those who stayed less those who left later."""
    had = found.there[at - 1]
    return cohens_d(found.rating[at - 1, had & found.stayed], found.rating[at - 1, had & ~found.stayed])


def left_at_one(found: Relationships) -> Found:
    """Share that leaves after one encounter, of those who were there."""
    before, after = found.there[:-1], found.there[1:]
    return share(~after[before])


def major(found: Relationships) -> Flags:
    """(n,): who had a major rupture."""
    return np.asarray(((found.strain >= MAJOR) & found.there).any(axis=0))


def unrepaired(found: Relationships) -> Flags:
    """(n,): who had a major rupture that was still one at the last encounter."""
    return np.asarray(major(found) & (found.last(found.strain) >= MAJOR))


def repaired_and_outcome(found: Relationships) -> Found:
    """Correlation of repaired (1) or not (0) with the outcome, where there was a major rupture."""
    torn = major(found)
    return correlation((~unrepaired(found)[torn]).astype(np.float64), found.outcome[torn])


_MEASURES: dict[str, Callable[[Relationships], Found]] = {
    "A2 one": lambda found: mean_rating(found, 3, 3),
    "A2": mean_rating,
    "A3": dependability,
    "C1": lambda found: share(~found.stayed),
    "C2": stayed_rated_higher,
    "C3": left_at_one,
    "B1": lambda found: share(found.rupture[found.there]),
    "B4 none": lambda found: share(~major(found)),
    "B4 repaired": lambda found: share(major(found) & ~unrepaired(found)),
    "B4 unrepaired": lambda found: share(unrepaired(found)),
    "B2": repaired_and_outcome,
}


def share(flags: Flags) -> Found:
    """A share and its standard error."""
    p = float(flags.mean())
    return p, float(np.sqrt(p * (1 - p) / flags.size))


def correlation(x: Array, y: Array) -> Found:
    """Pearson's r and its standard error."""
    r = float(np.corrcoef(x, y)[0, 1])
    return r, float((1 - r * r) / np.sqrt(x.size - 1))


def cohens_d(x: Array, y: Array) -> Found:
    """The difference of two means in pooled standard deviations, and its standard error."""
    pooled = np.sqrt((x.var(ddof=1) * (x.size - 1) + y.var(ddof=1) * (y.size - 1)) / (x.size + y.size - 2))
    d = float((x.mean() - y.mean()) / pooled)
    return d, float(np.sqrt(1 / x.size + 1 / y.size + d * d / (2 * (x.size + y.size))))


def odds_ratio(these: Flags, those: Flags) -> Found:
    """The odds of these against the odds of those, and its standard error."""
    counts = [float(n) for flags in (these, those) for n in (flags.sum(), (~flags).sum())]
    ratio = counts[0] / counts[1] / (counts[2] / counts[3])
    return ratio, float(ratio * np.sqrt(sum(1 / n for n in counts)))
