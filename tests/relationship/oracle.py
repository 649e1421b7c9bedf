"""The same as the filter by brute force: everything that happened is one normal vector, conditioned on the ratings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from poise.relationship import Encounter
from poise.relationship.constants import Constants
from poise.relationship.encounters import SHARE

Array = NDArray[np.float64]


class Linear:
    """c + L w, with w independent standard normal variables."""

    def __init__(self, constant: float, slopes: Array) -> None:
        self.constant, self.slopes = constant, slopes

    def __add__(self, other: Linear) -> Linear:
        return Linear(self.constant + other.constant, self.slopes + other.slopes)

    def __rmul__(self, factor: float) -> Linear:
        return Linear(factor * self.constant, factor * self.slopes)


def by_brute_force(
    encounters: Sequence[Encounter], values: Sequence[float | None], noise: float, constants: Constants
) -> tuple[Array, Array]:
    """Mean (3,) and covariance (3, 3) of stable part, fluctuation and strain at the end, given all ratings.

    `values` are the ratings in the model's units; every rupture and repair has to be known.
    """
    c, free = constants, iter(np.eye(1 + 3 * len(encounters)))

    def normal(sd: float) -> Linear:
        return Linear(0.0, sd * next(free))

    def number(value: float) -> Linear:
        return Linear(value, np.zeros(1 + 3 * len(encounters)))

    stable, strain, fluctuation, rated = normal(c.sb), number(0), normal(c.ss), []
    for t, (one, value) in enumerate(zip(encounters, values, strict=True), 1):
        if t > 1:
            fluctuation = c.phi * fluctuation + normal(np.sqrt(1 - c.phi**2) * c.ss)
        strain = c.lam * strain if t > 1 else strain
        if one.rupture:
            strain = strain + number(c.d) + normal(c.dv)
        gone = c.e * SHARE[one.repair or "no"] * strain
        stable, strain = stable + c.beta * gone, strain + -1 * gone
        if value is not None:
            expected = number(c.g * (1 - np.exp(-(t - 1) / 4))) + stable + fluctuation + -1 * strain
            rated.append((expected + normal(np.sqrt(noise)), value))
    return _conditioned([stable, fluctuation, strain], rated)


def _conditioned(wanted: list[Linear], rated: list[tuple[Linear, float]]) -> tuple[Array, Array]:
    mean, slopes = np.array([one.constant for one in wanted]), np.array([one.slopes for one in wanted])
    if not rated:
        return mean, slopes @ slopes.T
    theirs = np.array([one.slopes for one, _ in rated])
    off = np.array([value - one.constant for one, value in rated])
    gain = np.linalg.solve(theirs @ theirs.T, theirs @ slopes.T).T
    return mean + gain @ off, slopes @ slopes.T - gain @ theirs @ slopes.T
