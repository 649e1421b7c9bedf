"""Exact counts in arrays of machine integers, however large: held by their remainders where 63 bits are too few.

A count below a known `most` is determined by its remainders modulo numbers that share no factor and whose product is
above `most` (Chinese remainder theorem). Remainders add and multiply by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
"""One row per state, one column per modulus."""

_LARGEST = (1 << 31) - 1
"""Moduli up to here: a remainder times a remainder, and a sum of 2**32 remainders, stay below 63 bits."""


class Counting:
    """How counts that never exceed `most` are held."""

    def __init__(self, most: int) -> None:
        self.moduli = _moduli(most) if most >> 62 else ()

    def one(self) -> Counts:
        """A single state that counts once."""
        return np.ones((1, len(self.moduli) or 1), np.int64)

    def times(self, counts: Counts, weights: Sequence[int]) -> Counts:
        """Every row times every weight: rows of the first state first."""
        columns = [[weight % m for m in self.moduli] if self.moduli else [weight] for weight in weights]
        product = counts[:, None, :] * np.array(columns, np.int64)[None, :, :]
        return self._reduced(product.reshape(-1, counts.shape[1]))

    def sums(self, counts: Counts, starts: NDArray[np.intp]) -> Counts:
        """The sum of each run of rows; `starts` are the rows at which runs begin."""
        return self._reduced(np.add.reduceat(counts, starts, axis=0))

    def whole(self, counts: Counts) -> list[int]:
        """Each row as the count it stands for."""
        if not self.moduli:
            return [int(count) for count in counts[:, 0]]
        most = prod(self.moduli)
        units = [most // m * pow(most // m, -1, m) for m in self.moduli]
        return [sum(int(r) * unit for r, unit in zip(row, units, strict=True)) % most for row in counts]

    def _reduced(self, counts: Counts) -> Counts:
        return counts % np.array(self.moduli, np.int64) if self.moduli else counts


def _moduli(most: int) -> tuple[int, ...]:
    """Numbers that share no factor, their product above `most`."""
    found: list[int] = []
    candidate = _LARGEST
    while prod(found) <= most:
        if all(gcd(candidate, each) == 1 for each in found):
            found.append(candidate)
        candidate -= 2
    return tuple(found)
