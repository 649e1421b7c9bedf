"""Chance that hangs on nothing but its key, and a logistic function without a last bit of doubt."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.foresight.simulating import chance, exactly, kernel
from poise.foresight.simulating.exactly import EXACT

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
seeds, persons = st.integers(0, MASK), st.integers(0, 2**40)


def mix(z: int) -> int:
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def plain_word(seed: int, person: int, place: int) -> int:
    key = mix(mix(seed) + GOLDEN * (person + 1) & MASK)
    return mix(key + GOLDEN * place & MASK)


@given(seeds, persons, st.integers(0, 60), st.integers(0, 3))
def test_a_word_is_what_whole_numbers_say(seed: int, person: int, session: int, word: int) -> None:
    at = chance.counter(session, word)
    found = chance.word(chance.Seeded(seed, person).keys(2), at)
    assert [int(one) for one in found] == [plain_word(seed, person + i, at) for i in (0, 1)]


def test_mixing_is_splitmix64() -> None:
    # The first outputs of SplitMix64 from 1234567, as published with its C code.
    known = (6457827717110365317, 3203168211198807973, 9817491932198370423)
    assert tuple(mix(1234567 + GOLDEN * i & MASK) for i in (1, 2, 3)) == known
    compiled = [int(kernel.mixed(np.uint64(1234567 + GOLDEN * i & MASK))) for i in (1, 2, 3)]
    assert tuple(compiled) == known


def test_no_two_places_share_a_word() -> None:
    places = [chance.counter(t, w) for t in range(48) for w in range(chance.WORDS)]
    assert 0 not in places
    assert len(set(places)) == len(places)
    drawn = np.concatenate([chance.word(chance.Seeded(3).keys(2_000), at) for at in [0, *places]])
    assert len(np.unique(drawn)) == len(drawn)


def test_draws_are_even_and_know_nothing_of_each_other() -> None:
    keys = chance.Seeded(8).keys(50_000)
    draws = [chance.even(h) for at in range(1, 9) for h in chance.halves(chance.word(keys, at))]
    for one in draws:
        counts = np.histogram(one, 50, (0, 1))[0]
        assert (((counts - 1000) ** 2) / 1000).sum() < 100  # chi² with 49 degrees: 86 one time in a thousand
    apart = np.corrcoef(draws) - np.eye(len(draws))
    assert np.abs(apart).max() < 0.022  # five standard errors
    neighbours = np.corrcoef(draws[0][:-1], draws[0][1:])[0, 1]
    assert abs(neighbours) < 0.022


def test_neighbouring_seeds_have_nothing_in_common() -> None:
    first, second = (chance.even(chance.halves(chance.word(chance.Seeded(s).keys(50_000), 1))[0]) for s in (1, 2))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.022


def test_normal_draws_are_normal_but_for_their_steps() -> None:
    assert abs(chance.NORMAL.mean()) < 1e-15
    assert chance.NORMAL.std() == pytest.approx(1, abs=1e-12)
    assert (np.diff(chance.NORMAL) > 0).all()
    exact = np.array([NormalDist().inv_cdf((i + 0.5) / chance.STEPS) for i in range(chance.STEPS)])
    assert np.abs(chance.NORMAL - exact).max() < 0.002
    assert (chance.NORMAL**4).mean() == pytest.approx(3, abs=0.02)


@given(st.floats(-59, 59))
def test_the_logistic_is_that_of_the_library_but_for_last_bits(x: float) -> None:
    found = float(exactly.logistic(np.array([x]))[0])
    assert found == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-14)
    assert float(kernel.logistic(x, EXACT)) == found


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_far_out_it_is_nothing_or_everything(x: float) -> None:
    found = float(exactly.logistic(np.array([x]))[0])
    assert 0 < found <= 1
    assert float(kernel.logistic(x, EXACT)) == found
    assert found < 1e-25 or x > -59
    assert found > 1 - 1e-15 or x < 36
