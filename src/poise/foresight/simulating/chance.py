"""Chance that hangs on nothing but what it is for: one number for each seed, person, session and draw.

    key(seed, person) = mix(mix(seed) + G (person + 1))        word(key, n) = mix(key + G n)

with all sums and products modulo 2**64, G the odd number next to 2**64 divided by the golden ratio, and mix the last
steps of SplitMix64 (Steele, Lea & Flood 2014). Nothing is drawn in turn. So every policy meets the same chance, and
what comes out is the same in whatever order and in however many parts it is worked out, on however many threads.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..parameters import Array

Words = NDArray[np.uint64]
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
MODULUS = 1 << 64
WORDS = 4
"""Words for each session, two draws in each."""
HURTFUL, RUPTURE, LEAVES, NOISE, WHICH, TIE, MENDED = range(7)
"""Draws of a session: draw d is half d % 2 of word d // 2. The start has a word of its own, before all sessions."""
STEPS = 1 << 12
"""Equal parts that the normal distribution is cut into."""


def _quantiles() -> Array:
    """(STEPS,): the middle of each part, the whole with a standard deviation of exactly 1."""
    middles = np.array([NormalDist().inv_cdf((i + 0.5) / STEPS) for i in range(STEPS)])
    middles = (middles - middles[::-1]) / 2
    return np.asarray(middles / middles.std())


NORMAL = _quantiles()


class Seeded(NamedTuple):
    """A seed, and where the people begin that are imagined with it."""

    seed: int
    first: int = 0

    def keys(self, count: int) -> Words:
        """(count,): a key for each person from `first` on."""
        person = np.arange(self.first + 1, self.first + count + 1, dtype=np.uint64)
        return mixed(person * np.uint64(GOLDEN) + np.uint64(self.key))

    @property
    def key(self) -> int:
        """The seed, mixed: neighbouring seeds have nothing in common."""
        return int(mixed(np.array([self.seed % MODULUS], np.uint64))[0])


def mixed(words: Words) -> Words:
    """Each word with its bits spread over the whole of it; the array given is used up."""
    words ^= words >> np.uint64(30)
    words *= np.uint64(FIRST)
    words ^= words >> np.uint64(27)
    words *= np.uint64(SECOND)
    words ^= words >> np.uint64(31)
    return words


def counter(session: int, word: int) -> int:
    """The place of a word in its person's row; 0 is what happened before the first session."""
    return session * WORDS + word + 1


def word(keys: Words, at: int) -> Words:
    """The word at a place of each person's row."""
    return mixed(keys + np.uint64(at * GOLDEN % MODULUS))


def halves(words: Words) -> tuple[Words, Words]:
    """The lower and the upper 32 bits."""
    return words & np.uint64(0xFFFFFFFF), words >> np.uint64(32)


def even(half: Words) -> Array:
    """Evenly from 0 to 1, 1 left out."""
    return np.asarray(half * 2.0**-32, np.float64)


def normal(half: Words) -> Array:
    """From the standard normal distribution, in STEPS steps."""
    return np.asarray(NORMAL[(half >> np.uint64(20)).astype(np.intp)])
