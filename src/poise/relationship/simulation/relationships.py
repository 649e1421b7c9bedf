"""Invented relationships that follow the model in `constants`: T encounters of n relationships, all at once.

Nothing here is about anybody. It is what the model implies, to be held against published figures (`figures`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..constants import CALIBRATED, Constants
from ..strain import DECAY

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Acting:
    """What the one who rates does. Of these, no study has measured how much; only directions are known.

    confronting: share of encounters, at random, in which they confront
    confronting_risk: what that adds to the logit of a rupture
    repairing: added to the logit of a repair
    load_risk: added to the logit of a rupture per unit of recent load X (0 to 1), see `strain`
    load: share of encounters, at random, that cost something
    """

    confronting: float = 0.0
    confronting_risk: float = 0.0
    repairing: float = 0.0
    load_risk: float = 0.0
    load: float = 0.0


NOTHING = Acting()


@dataclass(frozen=True, eq=False)
class Relationships:
    """What happened, arrays of (T, n) but for `outcome` (n,). Encounters after someone left are not `there`."""

    there: Flags
    trust: Array
    rating: Array
    strain: Array
    rupture: Flags
    repair: Flags
    confronted: Flags
    load: Array
    outcome: Array

    @property
    def encounters(self) -> NDArray[np.intp]:
        """(n,): how many encounters each had; at least one."""
        return np.asarray(self.there.sum(axis=0))

    @property
    def stayed(self) -> Flags:
        """(n,): who came to the last encounter."""
        return np.asarray(self.there[-1])

    def last(self, values: Array) -> Array:
        """(n,): of (T, n) values, those of each one's last encounter."""
        return np.asarray(values[self.encounters - 1, np.arange(values.shape[1])])


def simulate(
    chance: np.random.Generator,
    relationships: int,
    encounters: int = 12,
    constants: Constants = CALIBRATED,
    acting: Acting = NOTHING,
) -> Relationships:
    """`relationships` invented ones over as many `encounters`; the same for the same state of `chance`."""
    run = _Run(chance, relationships, constants, acting)
    steps = [run.step(t) for t in range(encounters)]
    kept = {name: np.array([step[name] for step in steps]) for name in steps[0]}
    outcome = _outcome(chance, kept["there"], kept["trust"], constants)
    return Relationships(**kept, outcome=outcome)


class _Run:
    """The state of n relationships between encounters."""

    def __init__(self, chance: np.random.Generator, n: int, constants: Constants, acting: Acting) -> None:
        self.chance, self.n, self.c, self.acting = chance, n, constants, acting
        self.stable = constants.sb * self.normal()
        self.fluctuation = constants.ss * self.normal()
        self.strain, self.load = np.zeros(n), np.zeros(n)
        self.there = np.ones(n, dtype=bool)

    def step(self, t: int) -> dict[str, NDArray[np.float64] | NDArray[np.bool_]]:
        """One encounter of each, `t` counted from 0."""
        if t:
            kept = self.c.phi * self.fluctuation
            self.fluctuation = kept + np.sqrt(1 - self.c.phi**2) * self.c.ss * self.normal()
        confronted = self.happens(np.full(self.n, self.acting.confronting))
        rupture = self.rupture(confronted)
        repair = self.repair()
        trust = self.c.g * -np.expm1(-t / 4) + self.stable + self.fluctuation - self.strain
        found = {
            "there": self.there,
            "trust": trust,
            "rating": trust + self.c.se * self.normal(),
            "strain": self.strain,
            "rupture": rupture,
            "repair": repair,
            "confronted": confronted,
            "load": self.load,
        }
        self.load = DECAY * self.load + (1 - DECAY) * self.happens(np.full(self.n, self.acting.load))
        leaving = self.c.h0 + self.c.h1 * np.exp(-t / 2) - self.c.gam * trust
        self.there = self.there & ~self.happens(_logistic(leaving))
        return found

    def rupture(self, confronted: Flags) -> Flags:
        """Who has a rupture; what was there of strain fades, and this one's cost comes to it."""
        level = self.stable + self.fluctuation - self.strain
        pushed = self.acting.confronting_risk * confronted + self.acting.load_risk * self.load
        rupture = self.happens(_logistic(self.c.a - self.c.k * level + pushed))
        median = np.log(self.c.d) - self.c.spread**2 / 2
        cost = np.exp(median + self.c.spread * self.normal())
        self.strain = self.c.lam * self.strain + np.where(rupture, cost, 0.0)
        return rupture

    def repair(self) -> Flags:
        """Who repairs what there is of strain, wherever it came from; part of it is added to the stable part."""
        ease = self.c.p0 + self.acting.repairing + self.c.p1 * (self.stable + self.fluctuation)
        repair = self.happens(_logistic(ease)) & (self.strain > 0)
        gone = np.where(repair, self.c.e * self.strain, 0.0)
        self.strain, self.stable = self.strain - gone, self.stable + self.c.beta * gone
        return repair

    def normal(self) -> Array:
        return self.chance.standard_normal(self.n)

    def happens(self, probability: Array) -> Flags:
        return np.asarray(self.chance.random(self.n) < probability)


def _outcome(chance: np.random.Generator, there: Flags, trust: Array, constants: Constants) -> Array:
    """(n,): how it went, with standard deviation 1: the sum over the encounters there were, and noise."""
    whole = np.where(there, 1 + constants.th * trust, 0.0).sum(axis=0)
    part = (whole - whole.mean()) / (whole.std() or 1.0)
    noise = chance.standard_normal(whole.size)
    return np.asarray(constants.w * part + np.sqrt(1 - constants.w**2) * noise)


def _logistic(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))
