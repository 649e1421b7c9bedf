"""The likelihood: slopes and curvature against finite differences, and what must not change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.learning.model import choices as likelihood
from poise.learning.model.choices import Choices
from poise.learning.model.layout import Floats, Prior
from poise.learning.model.posterior import fit

from .problems import problem

SEEDS = st.integers(0, 10_000)


def value(groups: list[Choices], prior: Prior, w: Floats) -> float:
    return sum(group.log_likelihood(prior, w) for group in groups)


@given(SEEDS)
def test_the_slope_is_the_one_of_finite_differences(seed: int) -> None:
    groups, prior, w = problem(seed)
    slope = likelihood.slope(groups, prior, likelihood.weighed(groups, prior, w))
    for place in range(len(w)):
        step = np.zeros(len(w))
        step[place] = 1e-5
        rise = (value(groups, prior, w + step) - value(groups, prior, w - step)) / 2e-5
        assert slope[place] == pytest.approx(rise, abs=2e-7)


@given(SEEDS)
def test_the_curvature_is_the_one_of_finite_differences(seed: int) -> None:
    groups, prior, w = problem(seed)
    curve = likelihood.curve(groups, prior, likelihood.weighed(groups, prior, w))
    for place in range(len(w)):
        step = np.zeros(len(w))
        step[place] = 1e-5
        up, down = (likelihood.slope(groups, prior, likelihood.weighed(groups, prior, w + s)) for s in (step, -step))
        assert curve[:, place] == pytest.approx(-(up - down) / 2e-5, abs=2e-7)


@given(SEEDS)
def test_the_curvature_never_bends_the_other_way(seed: int) -> None:
    groups, prior, w = problem(seed)
    curve = likelihood.curve(groups, prior, likelihood.weighed(groups, prior, 30 * w))
    assert np.allclose(curve, curve.T, atol=1e-12)
    assert np.linalg.eigvalsh(curve).min() > -1e-9


@given(SEEDS, st.floats(-50, 50))
def test_a_constant_on_all_responses_changes_nothing(seed: int, constant: float) -> None:
    groups, prior, w = problem(seed)
    shift = np.full(prior.guidelines, constant)
    moved = [replace(group, phi=group.phi + shift) for group in groups]
    assert value(moved, prior, w) == pytest.approx(value(groups, prior, w), abs=1e-9)
    there, here = fit(moved, prior), fit(groups, prior)
    assert there.mean == pytest.approx(here.mean, abs=1e-8)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-8)


def test_shares_of_what_did_not_stand_are_nothing_and_the_rest_adds_up_to_one() -> None:
    groups, prior, w = problem(3)
    for group in groups:
        shares, logs = group.shares(prior, 1000 * w)
        assert (shares[~group.stood] == 0).all()
        assert shares.sum(axis=1) == pytest.approx(np.ones(len(group)))
        assert not np.isnan(logs).any()


def test_a_choice_of_weight_two_is_the_choice_twice_and_of_weight_nothing_is_none() -> None:
    groups, prior, _ = problem(5)
    (first, *rest) = groups
    n = len(first)
    twice = replace(first, weights=np.where(np.arange(n) == 0, 2.0, np.where(np.arange(n) == 1, 0.0, 1.0)))
    plain = replace(first, weights=np.ones(n)).part(np.array([0, 0, *range(2, n)]))
    one, other = fit([twice, *rest], prior), fit([plain, *rest], prior)
    assert one.mean == pytest.approx(other.mean, abs=1e-9)
    assert one.precision == pytest.approx(other.precision, abs=1e-9)
