"""Fixed points that stand for a normal distribution: the first 64 of a Sobol sequence, through the normal quantile.

Each dimension has a primitive polynomial over GF(2), found by trying, and first direction numbers. Those of the first
sixteen dimensions were searched for this file, so that two dimensions together leave the smallest gaps; any odd ones
are valid, and further dimensions start from ones (Sobol 1967; Bratley & Fox 1988). Half a step is added, so that the
points are symmetric about the middle in each dimension and none lies at infinity.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from statistics import NormalDist

import numpy as np

from .layout import Floats

POINTS = 64
_BITS = 6
_FIRST = (
    (1,), (1, 1), (1, 3, 1), (1, 1, 5), (1, 1, 7, 15), (1, 3, 5, 9), (1, 3, 1, 13, 29), (1, 1, 3, 1, 19),
    (1, 3, 7, 13, 25), (1, 1, 7, 1, 19), (1, 1, 1, 9, 3), (1, 3, 5, 1, 3), (1, 1, 5, 9, 27, 3), (1, 1, 1, 11, 29, 55),
    (1, 1, 1, 13, 17, 23),
)  # fmt: skip
"""First direction numbers of the second dimension and those after it; the first dimension needs none."""


@cache
def normal_points(dimensions: int) -> Floats:
    """(64, dimensions): points of a standard normal distribution, the same every time."""
    numbers = [1 << (_BITS - 1 - bit) for bit in range(_BITS)]
    columns = [_column(numbers)] if dimensions else []
    for number, polynomial in enumerate(islice(_primitive(), max(0, dimensions - 1))):
        columns.append(_column(_directions(polynomial, number)))
    unit = (np.array(columns, np.float64).reshape(dimensions, POINTS).T + 0.5) / POINTS
    points = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])(unit) if dimensions else unit
    points.setflags(write=False)
    return points


def _column(directions: list[int]) -> list[int]:
    """Where each point lies in one dimension, in 64ths: the exclusive or of the directions of its bits."""
    found = [0] * POINTS
    for point in range(1, POINTS):
        lowest = point & -point
        found[point] = found[point ^ lowest] ^ directions[lowest.bit_length() - 1]
    return found


def _directions(polynomial: int, number: int) -> list[int]:
    """Direction numbers by the recurrence of a polynomial, x^s + c_1 x^(s-1) + ... + 1, as its bits."""
    degree = polynomial.bit_length() - 1
    first = _FIRST[number] if number < len(_FIRST) else (1,) * degree
    found = list(first)
    for k in range(degree, _BITS):
        new = found[k - degree] ^ (found[k - degree] << degree)
        for i in range(1, degree):
            if polynomial >> (degree - i) & 1:
                new ^= found[k - i] << i
        found.append(new)
    return [value << (_BITS - 1 - k) for k, value in enumerate(found[:_BITS])]


def _primitive() -> Iterator[int]:
    """Primitive polynomials by degree: those modulo which the powers of x meet everything but zero."""
    for degree in count(1):
        for middle in range(1 << (degree - 1)):
            polynomial = 1 << degree | middle << 1 | 1
            if _order(polynomial, degree) == (1 << degree) - 1:
                yield polynomial


def _order(polynomial: int, degree: int) -> int:
    """How often x is multiplied by itself until 1 comes back; 0 where it does not in time."""
    power = 1
    for times in range(1, 1 << degree):
        power <<= 1
        if power >> degree:
            power ^= polynomial
        if power == 1:
            return times
    return 0
