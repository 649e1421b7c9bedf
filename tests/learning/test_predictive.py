"""Fixed points that stand for a normal distribution, and shares averaged over them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.learning.model.layout import Floats
from poise.learning.model.posterior import fit
from poise.learning.model.predictive import averaged, predicted
from poise.learning.model.sobol import POINTS, normal_points

from .persons import divergence, realistic
from .problems import problem


@pytest.mark.parametrize("dimensions", [1, 2, 6, 15, 30])
def test_each_dimension_has_one_point_in_each_sixty_fourth(dimensions: int) -> None:
    points = normal_points(dimensions)
    assert points.shape == (POINTS, dimensions)
    assert np.allclose(np.sort(points, axis=0), np.sort(points[:, :1], axis=0))
    assert np.allclose(points.mean(axis=0), 0, atol=1e-12)
    assert not points.flags.writeable


@pytest.mark.parametrize("dimensions", [2, 6, 10])
def test_two_dimensions_together_leave_no_corner_empty(dimensions: int) -> None:
    signs = normal_points(dimensions) > 0
    for one in range(dimensions):
        for other in range(one):
            counts = np.bincount(2 * signs[:, one] + signs[:, other], minlength=4)
            assert counts.min() >= POINTS // 8


@pytest.mark.parametrize("responses", [2, 3, 5, 7])
def test_averages_are_near_those_of_very_many_random_points(responses: int) -> None:
    draw, losses = np.random.default_rng(responses), []
    for _ in range(20):
        mean, root = draw.normal(0, 1, responses), draw.normal(0, 0.3, (responses, responses))
        covariance = root @ root.T
        stood = np.ones(responses, bool)
        found = averaged(mean[None], covariance[None], stood[None])[0]
        many = np.exp(mean + draw.normal(0, 1, (40_000, responses)) @ root.T)
        exact = (many / many.sum(axis=1, keepdims=True)).mean(axis=0)
        assert np.abs(found - exact).max() < 0.015
        losses.append(divergence(exact[None], found[None]))
    assert np.mean(losses) < 2e-4


@given(st.integers(0, 10_000))
def test_shares_add_up_and_what_did_not_stand_has_none(seed: int) -> None:
    groups, prior, _ = problem(seed)
    found = fit(groups, prior)
    for group in groups:
        shares = predicted(found, group)
        assert shares.sum(axis=1) == pytest.approx(np.ones(len(group)))
        assert (shares[~group.stood] == 0).all()


@given(st.integers(0, 10_000))
def test_a_prediction_does_not_hang_on_what_else_is_predicted(seed: int) -> None:
    groups, prior, _ = problem(seed)
    found = fit(groups, prior)
    together = predicted(found, groups[0])
    for row in range(len(groups[0])):
        alone = predicted(found, groups[0].part(np.array([row])))
        assert alone[0] == pytest.approx(together[row], abs=1e-12)


def test_nothing_unknown_is_the_plain_softmax() -> None:
    mean: Floats = np.array([[0.3, -1.0, 2.0]])
    found = averaged(mean, np.zeros((1, 3, 3)), np.ones((1, 3), bool))
    assert found == pytest.approx(np.exp(mean) / np.exp(mean).sum())


def test_what_is_not_known_makes_shares_more_even() -> None:
    person = realistic(2)
    choices, true = person.lived(np.random.default_rng(2), 200)
    found = fit([], person.prior)
    sure = choices.shares(person.prior, person.prior.mean)[0]
    unsure = predicted(found, choices)
    assert unsure.max(axis=1).mean() < sure.max(axis=1).mean()
    assert divergence(true, unsure) < divergence(true, sure)
