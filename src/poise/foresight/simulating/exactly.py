"""The logistic function, the same to the last bit in arrays and compiled: made of sums, products and one division.

    exp(x) = 2**(k / 32) P(r),   k the whole number nearest to 32 x / ln 2,   r = x - k ln 2 / 32,   |r| < .011

with P the series of exp to the sixth power, whose rest lies below the last bit. Libraries differ in their last bits
from one another and from machine to machine; who left may not hang on that.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..parameters import Array

PARTS = 32
FAR = 60.0
"""Beyond this the logistic function is 0 or 1 for every purpose."""
SERIES = tuple(1 / math.factorial(k) for k in range(6, -1, -1))
"""Of exp, the highest power first."""


class Exact(NamedTuple):
    """What exp is made of; the kernel is handed the same.

    high, low: ln 2 / 32 in two parts, the first so short that its product with a small whole number is exact
    powers: 2 to the power of k / 32 for k from -reach to reach
    """

    powers: Array
    series: Array
    per: float
    high: float
    low: float
    far: float
    reach: int


def _exact() -> Exact:
    reach = math.ceil(FAR * PARTS / math.log(2))
    powers = np.array([2.0 ** (k / PARTS) for k in range(-reach, reach + 1)])
    high = 0.693359375 / PARTS
    return Exact(powers, np.array(SERIES), PARTS / math.log(2), high, math.log(2) / PARTS - high, FAR, reach)


EXACT = _exact()


def exp(x: Array) -> Array:
    """exp of x, cut to [-FAR, FAR]."""
    x = np.minimum(np.maximum(x, -FAR), FAR)
    whole = np.rint(x * EXACT.per)
    rest = x - whole * EXACT.high
    rest -= whole * EXACT.low
    found = rest * SERIES[0]
    found += SERIES[1]
    for power in SERIES[2:]:
        found *= rest
        found += power
    found *= EXACT.powers[whole.astype(np.intp) + EXACT.reach]
    return np.asarray(found)


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x))."""
    return np.asarray(1.0 / (1.0 + exp(-x)))
