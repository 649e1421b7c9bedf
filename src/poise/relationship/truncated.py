"""A normal variable of which one knows only that it is above a bound.

With Z ~ N(0, 1) and a bound a, phi its density and Q(a) = Pr(Z > a):

    lambda = phi(a) / Q(a)        E[Z | Z > a] = lambda        Var[Z | Z > a] = 1 + a lambda - lambda²

Far in the tail both are differences of nearly equal numbers. There Mills' ratio is taken from its continued fraction
(Laplace), Q/phi = 1/(a + 1/(a + 2/(a + 3/(a + …)))), in which nothing cancels.
"""

from __future__ import annotations

import math

TAIL = 6.0
TERMS = 80
"""From TAIL on, so many terms of the continued fraction are exact to double precision."""


def above(a: float) -> tuple[float, float]:
    """(mean, variance) of a standard normal variable that is known to be above `a`."""
    if a > TAIL:
        return _far_above(a)
    ratio = math.exp(-0.5 * a * a) * math.sqrt(2 / math.pi) / math.erfc(a / math.sqrt(2))
    return ratio, 1 + ratio * (a - ratio)


def _far_above(a: float) -> tuple[float, float]:
    """With r = 1/(a + q) and lambda = a + r, the variance is r (q - r)."""
    q = 0.0
    for term in range(TERMS, 1, -1):
        q = term / (a + q)
    r = 1 / (a + q)
    return a + r, r * (q - r)
