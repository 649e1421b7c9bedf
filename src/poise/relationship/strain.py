"""Strain on me: what I have been carrying lately, counted, and what it costs, only ever asked.

One step per encounter of mine, with whomever; hard = 1 where something hurtful was dealt with, else 0:

    X[t] = .95 X[t-1] + (1 - .95) hard[t],   X[0] = 0                 from 0 to 1
    toll = sum of .95^(age) cost / sum of .95^(age), over the encounters where it was asked

The .95 is a constant of HeartSteps (Liao et al. 2020, where it was chosen at p = .085): a design choice there and here,
not an effect anybody established. A rest is an encounter with nothing to carry. Where the bands begin is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .unclear import Problem, Unclear, clipped

DECAY = 0.95
LITTLE, SOME, A_LOT = BANDS = ("little", "some", "a lot")
SOME_FROM, A_LOT_FROM = 0.2, 0.5
"""Of X: five hard encounters in a row reach "some", fourteen "a lot"."""
COSTS = {"light": 0.0, "some": 0.5, "heavy": 1.0}
SOME_COST, A_LOT_COST = 0.25, 0.75
RECENT = 0.5
"""The last asked toll counts for this much at least, or it is unknown: it was asked in the last 13 encounters."""
USUAL = 20
"""Earlier encounters it takes to know what is usual: as many as .95 looks back on, 1 / (1 - .95)."""
ABOVE = 0.8
"""More than usual: more than after four in five of the earlier encounters."""


@dataclass(frozen=True)
class Carried:
    """One encounter of mine: whether it was a hard one, and what I said it cost (None where I was not asked)."""

    hard: bool
    toll: str | None = None


@dataclass(frozen=True)
class Strain:
    """What I carry, in words. None is unknown, which is not "little".

    carrying: "little", "some" or "a lot", by counting
    more_than_usual: more than after four in five of my earlier encounters; None below 20 of them
    toll: "little", "some" or "a lot", by what I said; None where nobody asked, or too long ago
    """

    carrying: str | None
    more_than_usual: bool | None
    toll: str | None


def strain(encounters: Iterable[Carried]) -> Strain:
    """What I have been carrying, after encounters in the order they happened. Raises Unclear."""
    given = _checked(encounters)
    if not given:
        return Strain(None, None, None)
    levels = _levels(given)
    return Strain(_band(levels[-1], SOME_FROM, A_LOT_FROM), _more_than_usual(levels), _toll(given))


def _levels(given: list[Carried]) -> list[float]:
    """X after each encounter."""
    levels, level = [], 0.0
    for one in given:
        level = DECAY * level + (1 - DECAY) * one.hard
        levels.append(level)
    return levels


def _more_than_usual(levels: list[float]) -> bool | None:
    *earlier, now = levels
    if len(earlier) < USUAL:
        return None
    return sum(level < now for level in earlier) > ABOVE * len(earlier)


def _toll(given: list[Carried]) -> str | None:
    weights = [(DECAY**age, COSTS[one.toll]) for age, one in enumerate(reversed(given)) if one.toll is not None]
    if not weights or weights[0][0] < RECENT:
        return None
    cost = sum(weight * cost for weight, cost in weights) / sum(weight for weight, _ in weights)
    return _band(cost, SOME_COST, A_LOT_COST)


def _band(level: float, some: float, a_lot: float) -> str:
    return A_LOT if level >= a_lot else SOME if level >= some else LITTLE


def _checked(encounters: Iterable[Carried]) -> list[Carried]:
    given = list(encounters)
    problems = []
    for number, one in enumerate(given, 1):
        hard: object = one.hard
        if not isinstance(hard, bool):
            problems.append(Problem(f"encounter {number}", f"`hard` is {clipped(hard)}", "it is True or False"))
        if one.toll is not None and one.toll not in COSTS:
            help_ = f"it can be {', '.join(COSTS)}, or None where nobody asked"
            problems.append(Problem(f"encounter {number}", f"`toll` is {clipped(one.toll)}", help_))
    if problems:
        raise Unclear(problems)
    return given
