"""Trust, followed from encounter to encounter: a Kalman filter with three states, m = (b, s, u).

    predict   m⁻ = M (A m + R j),  V⁻ = M (A V A' + Q + R dv² E) M'    A = diag(1, phi, lam),  j = (0, 0, d)
              M is the repair: r = e P leaves the strain, and beta r of it is added to the stable part
    weigh in  K = V⁻ h / (h' V⁻ h + se²),  h = (1, 1, -1)
              m = m⁻ + K (E[y] - ŷ)
              V = (I - K h') V⁻ (I - K h')' + K (se² + Var[y]) K'

Given what was logged this is exact: linear and Gaussian, with ruptures and repairs as inputs (what one rupture costs is
taken as normal with the mean and the spread of the log-normal). E[y] and Var[y] are the rating and 0; at an end of the
scale, the moments of the truncated normal, which match the exact first two moments of that step.

Where nobody said whether there was a rupture or a repair, each way it may have been is weighted by how often it is so
at this trust, and they are joined into one normal with the same first two moments. Only then is the rating weighed in:
a falling rating makes no rupture likelier. A repair that nobody logged takes strain away and adds nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .constants import FOR_ONE_PERSON, Constants
from .encounters import SHARE, Encounter, checked, in_order
from .instruments.instrument import Instrument, Rated
from .truncated import above
from .trust import Trust

Array = NDArray[np.float64]
H = np.array([1.0, 1.0, -1.0])
_I = np.eye(3)


def follow(encounters: Iterable[Encounter], instrument: Instrument, constants: Constants = FOR_ONE_PERSON) -> Trust:
    """Trust after each encounter, by what was known then. Encounters are taken in the order they happened.

    Raises Unclear where an encounter cannot be: a rating off the scale, a time that is no time.
    """
    given = checked(encounters, instrument)
    ordered = in_order(given)
    means, covariances = np.empty((len(ordered), 3)), np.empty((len(ordered), 3, 3))
    model = _Model(constants, instrument.noise_variance)
    mean, covariance = model.start()
    for t, one in enumerate(ordered):
        rated = None if one.rating is None else instrument.rated(one.rating)
        mean, covariance = model.step(t, mean, covariance, one, rated)
        means[t], covariances[t] = mean, covariance
    growth = constants.g * -np.expm1(-np.arange(len(ordered)) / 4)
    return Trust(ordered, means, covariances, growth, reordered=ordered != given)


@dataclass(frozen=True)
class _Way:
    """One way an encounter may have been, and how often it is so; `gain` is how much of a repair is added to b."""

    chance: float
    rupture: bool
    share: float
    gain: float


class _Model:
    """The constants, and the matrices made of them."""

    def __init__(self, constants: Constants, noise: float) -> None:
        self.c, self.noise = constants, noise
        self.fade = np.array([1.0, constants.phi, constants.lam])
        self.spread = np.diag([0.0, (1 - constants.phi**2) * constants.ss**2, 0.0])
        self.cost = np.array([0.0, 0.0, constants.d])
        self.cost_spread = np.diag([0.0, 0.0, constants.dv**2])

    def start(self) -> tuple[Array, Array]:
        """Before the first encounter: nothing strained."""
        return np.zeros(3), np.diag([self.c.sb**2, self.c.ss**2, 0.0])

    def step(self, t: int, mean: Array, covariance: Array, one: Encounter, rated: Rated | None) -> tuple[Array, Array]:
        """Mean (3,) and covariance (3, 3) after encounter `t`, counted from 0."""
        if t:
            mean = self.fade * mean
            covariance = self.fade[:, None] * covariance * self.fade + self.spread
        growth = self.c.g * -math.expm1(-t / 4)
        ways = [(way.chance, *self.predicted(mean, covariance, way)) for way in self.ways(one, mean, covariance)]
        mean, covariance = ways[0][1:] if len(ways) == 1 else _joined(ways)
        return (mean, covariance) if rated is None else _weighed_in(mean, covariance, rated, growth, self.noise)

    def predicted(self, mean: Array, covariance: Array, way: _Way) -> tuple[Array, Array]:
        """Mean and covariance before the rating, if the encounter was this way."""
        if way.rupture:
            mean, covariance = mean + self.cost, covariance + self.cost_spread
        if not way.share:
            return mean, covariance
        gone = self.c.e * way.share
        repair = np.array([[1, 0, way.gain * gone], [0, 1, 0], [0, 0, 1 - gone]])
        return repair @ mean, repair @ covariance @ repair.T

    def ways(self, one: Encounter, mean: Array, covariance: Array) -> Iterator[_Way]:
        """Every way the encounter may have been, given what was said of it."""
        ruptures = [(1.0, one.rupture)]
        if one.rupture is None:
            chance = _chance(self.c.a, -self.c.k * _RISK, mean, covariance)
            ruptures = [(1 - chance, False), (chance, True)]
        repairs = [(1.0, SHARE.get(one.repair or "", 0.0), self.c.beta)]
        if one.repair is None:
            chance = _chance(self.c.p0, self.c.p1 * _EASE, mean, covariance)
            repairs = [(1 - chance, 0.0, 0.0), (chance, 1.0, 0.0)]
        for (likely, rupture), (certain, share, gain) in product(ruptures, repairs):
            yield _Way(likely * certain, bool(rupture), share, gain)


_RISK, _EASE = H, np.array([1.0, 1.0, 0.0])


def _chance(base: float, slope: Array, mean: Array, covariance: Array) -> float:
    """The mean of a logistic of a normal variable, by MacKay's approximation (1992), within .01 for these slopes."""
    middle, variance = base + slope @ mean, slope @ covariance @ slope
    return 0.5 + 0.5 * math.tanh(0.5 * middle / math.sqrt(1 + math.pi * variance / 8))


def _weighed_in(mean: Array, covariance: Array, rated: Rated, growth: float, noise: float) -> tuple[Array, Array]:
    """Mean and covariance after a rating."""
    across = covariance @ H
    variance = float(H @ across) + noise
    moved, left = _noticed(rated.end, rated.at - growth - float(H @ mean), variance)
    gain = across / variance
    rest = _I - np.outer(gain, H)
    after = rest @ covariance @ rest.T + (noise + left) * np.outer(gain, gain)
    return mean + gain * moved, after


def _noticed(end: int, off: float, variance: float) -> tuple[float, float]:
    """Mean and variance of a rating less what was expected; `end` is +1 at the top, -1 at the bottom."""
    if not end:
        return off, 0.0
    sd = math.sqrt(variance)
    middle, spread = above(end * off / sd)
    return end * middle * sd, spread * variance


def _joined(ways: list[tuple[float, Array, Array]]) -> tuple[Array, Array]:
    """One normal with the mean and covariance of a mixture of (chance, mean, covariance)."""
    chances, means = np.array([way[0] for way in ways]), np.array([way[1] for way in ways])
    mean = chances @ means
    apart = means - mean
    within = np.tensordot(chances, np.array([way[2] for way in ways]), 1)
    return mean, within + (chances[:, None] * apart).T @ apart
