"""The grid that trust, growth and energy are laid on, and what carries values from its points to those between."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from .model import NOISE
from .parameters import Array


class Grid(NamedTuple):
    """How many points each part of the state has, evenly from 0 to 1. Arrays over states have the axes (e, g, tau)."""

    trust: int = 31
    growth: int = 6
    energy: int = 7

    @property
    def shape(self) -> tuple[int, int, int]:
        """(energy, growth, trust)."""
        return self.energy, self.growth, self.trust

    def axes(self) -> tuple[Array, Array, Array]:
        """Energy (E, 1, 1), growth (G, 1) and trust (T,): together they broadcast to `shape`."""
        energy, growth, trust = map(axis, self.shape)
        return energy[:, None, None], growth[:, None], trust


@cache
def axis(points: int) -> Array:
    """(points,): evenly from 0 to 1."""
    made = np.linspace(0, 1, points)
    made.flags.writeable = False
    return made


FINE, COARSE = Grid(), Grid(21, 5, 5)
"""For one set of assumptions, and for hundreds."""


def weights(places: Array, points: int) -> Array:
    """(..., points): linear interpolation from the points of an axis to places in [0, 1]."""
    return np.asarray(np.maximum(0.0, 1 - np.abs(places[..., None] * (points - 1) - np.arange(points))))


@cache
def smoothing(points: int, sd: float = NOISE) -> Array:
    """(points, points): row i holds the mean of each point's weight at tau[i] + N(0, sd²), cut to [0, 1].

    Exact: with F(x) the mean of (x - y)+ over y normal about tau[i], the mean of a piecewise linear weight is a
    difference of the slopes of F.
    """
    x = np.linspace(0, 1, points)
    z = (x - x[:, None]) / sd
    below = 0.5 * np.array([[math.erfc(-one / math.sqrt(2)) for one in row] for row in z])
    mean = sd * (z * below + np.exp(-z * z / 2) / math.sqrt(2 * math.pi))
    slopes = np.diff(mean, axis=1) * (points - 1)
    made = np.concatenate([slopes[:, :1], np.diff(slopes, axis=1), 1 - slopes[:, -1:]], axis=1)
    made.flags.writeable = False
    return made
