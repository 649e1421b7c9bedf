"""What is known of a normal variable above a bound, against quadrature, into the far tail."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.relationship.truncated import TAIL, above


def by_quadrature(a: float) -> tuple[float, float]:
    """With z = a + t: Simpson's rule over t for exp(-a t - t²/2)."""
    t = np.linspace(0, 40 / max(1.0, a) if a > 0 else 40 - a, 400_001)
    weights = np.exp(-a * t - t * t / 2) if a > 0 else np.exp(-((a + t) ** 2) / 2)
    weights[1:-1:2] *= 4
    weights[2:-1:2] *= 2
    weights /= weights.sum()
    mean = float(weights @ t)
    return a + mean, float(weights @ (t - mean) ** 2)


@given(st.floats(-8, 60))
def test_mean_and_variance_are_those_of_quadrature(a: float) -> None:
    mean, variance = above(a)
    expected = by_quadrature(a)
    assert mean == pytest.approx(expected[0], rel=1e-9, abs=1e-12)
    assert variance == pytest.approx(expected[1], rel=1e-8)


def test_the_two_ways_to_work_it_out_meet() -> None:
    assert above(TAIL * (1 + 1e-15)) == pytest.approx(above(TAIL), rel=1e-11)


@pytest.mark.parametrize("a", [-1e300, -1e9, -50.0, 50.0, 1e9, 1e150])
def test_far_away_it_stays_finite(a: float) -> None:
    mean, variance = above(a)
    assert mean >= max(a, 0)
    assert 0 <= variance <= 1
