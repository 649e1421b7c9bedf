"""The optimum from everywhere, and the spread around it against integrals and long chains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.learning.model import choices as likelihood
from poise.learning.model.choices import Choices
from poise.learning.model.layout import Floats, Prior, Quadratic
from poise.learning.model.posterior import Posterior, fit
from poise.learning.model.predictive import predicted

from .persons import calibrated, divergence
from .problems import problem


@given(st.integers(0, 10_000), st.floats(0.1, 300))
def test_newton_reaches_the_same_optimum_from_anywhere(seed: int, far: float) -> None:
    groups, prior, _ = problem(seed)
    here = fit(groups, prior)
    draw = np.random.default_rng(seed)
    there = fit(groups, prior, start=draw.normal(0, far, len(prior.mean)))
    assert there.mean == pytest.approx(here.mean, abs=3e-7)
    assert there.evidence == pytest.approx(here.evidence, abs=1e-6)


@given(st.integers(0, 10_000))
def test_one_more_choice_from_where_it_stood_comes_to_the_same_as_from_nothing(seed: int) -> None:
    groups, prior, _ = problem(seed)
    before = fit([group.part(slice(0, -1)) for group in groups], prior)
    one, other = fit(groups, prior, start=before), fit(groups, prior)
    assert one.mean == pytest.approx(other.mean, abs=3e-7)
    assert one.precision == pytest.approx(other.precision, rel=1e-5, abs=1e-6)
    assert one.evidence == pytest.approx(other.evidence, abs=3e-7)
    elsewhere = fit(groups, prior.at(2.6, 1.7), start=other)
    assert elsewhere.mean == pytest.approx(fit(groups, prior.at(2.6, 1.7)).mean, abs=3e-7)


@given(st.integers(0, 10_000))
def test_the_slope_at_the_optimum_is_nothing(seed: int) -> None:
    groups, prior, _ = problem(seed)
    size = prior.guidelines
    root = np.random.default_rng(seed).normal(0, 1, (size, size))
    outcomes = Quadratic(root @ root.T, root[0])
    found = fit(groups, prior, outcomes)
    slope = likelihood.slope(groups, prior, likelihood.weighed(groups, prior, found.mean))
    slope[:size] += outcomes.b - outcomes.a @ found.strengths
    free = prior.free
    assert slope[free] - (found.mean - prior.mean)[free] / prior.sd[free] ** 2 == pytest.approx(0, abs=1e-6)


def test_without_choices_the_posterior_is_the_prior_to_the_last_bit() -> None:
    _, prior, _ = problem(1)
    found = fit([], prior)
    assert (found.mean == prior.mean).all()
    assert (found.covariance == np.diag(prior.sd**2)).all()
    assert found.evidence == 0


@given(st.integers(0, 10_000), st.sampled_from([0.4, 1.0, 1.7]))
def test_what_is_held_stays_where_it_is_to_the_last_bit(seed: int, kappa: float) -> None:
    groups, prior, _ = problem(seed)
    found = fit(groups, prior.at(kappa, 1.3))
    assert found.strengths[0] == kappa * prior.means[0]
    assert found.strengths_sd[0] == 0


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_choices_that_could_be_told_in_advance_leave_everything_finite(count: int) -> None:
    phi = np.zeros((count, 3, 2))
    phi[:, 0, 0], phi[:, 1, 1] = 1.0, 1.0
    group = Choices(
        phi, np.eye(3)[np.zeros(count, int)], np.ones((count, 3), bool), np.ones(count), np.zeros((count, 0))
    )
    found = fit([group], Prior(np.array([0.5, 0.5]), np.full(2, 0.5), np.zeros(2)))
    assert np.isfinite(found.mean).all()
    assert np.linalg.eigvalsh(found.covariance[:2, :2]).min() > 0
    assert 0.5 < found.strengths[0] < 6


@given(st.integers(0, 10_000))
def test_the_order_of_choices_does_not_matter(seed: int) -> None:
    groups, prior, _ = problem(seed, rows=12)
    order = np.random.default_rng(seed).permutation(12)
    one, other = fit(groups, prior), fit([group.part(order) for group in reversed(groups)], prior)
    assert one.mean == pytest.approx(other.mean, abs=3e-7)
    assert one.evidence == pytest.approx(other.evidence, abs=3e-7)


def test_one_strength_agrees_with_the_integral_over_a_fine_grid() -> None:
    person = calibrated(4)
    choices, _ = person.lived(np.random.default_rng(4), 120)
    single = replace(choices, phi=choices.phi @ person.written[:, None])
    prior = Prior(np.array([1.0]), np.array([0.6]), np.zeros(1))
    found = fit([single], prior)
    grid = np.linspace(-3, 5, 4001)
    logs = np.array([single.log_likelihood(prior, np.array([v, 0.0])) - 0.5 * ((v - 1) / 0.6) ** 2 for v in grid])
    mass = np.exp(logs - logs.max())
    mass /= mass.sum()
    mean = float(mass @ grid)
    sd = float(np.sqrt(mass @ (grid - mean) ** 2))
    whole = (
        np.log(np.exp(logs - logs.max()).sum() * (grid[1] - grid[0])) + logs.max() - np.log(0.6 * np.sqrt(2 * np.pi))
    )
    assert found.strengths[0] == pytest.approx(mean, abs=0.15 * sd)
    assert found.strengths_sd[0] == pytest.approx(sd, rel=0.02)
    assert found.evidence == pytest.approx(whole, abs=0.01)


@pytest.mark.long
@pytest.mark.parametrize("count", [10, 30, 100, 300])
def test_the_spread_and_the_shares_agree_with_a_long_chain(count: int) -> None:
    person, draw = calibrated(7), np.random.default_rng(7)
    choices, _ = person.lived(draw, count)
    found = fit([choices], person.prior)
    chain = hamiltonian([choices], found, np.random.default_rng(1), 8000)
    off = (chain.mean(axis=0) - found.strengths) / found.strengths_sd
    assert np.abs(off).mean() < 0.1
    assert (chain.std(axis=0) / found.strengths_sd).mean() == pytest.approx(1, abs=0.02)
    test, _ = person.lived(draw, 200)
    exact = np.mean([softmax(test.phi @ v) for v in chain[::10]], axis=0)
    assert divergence(exact, predicted(found, test)) <= 0.002


def softmax(u: Floats) -> Floats:
    p: Floats = np.exp(u - u.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return p


def hamiltonian(groups: list[Choices], begin: Posterior, draw: np.random.Generator, steps: int) -> Floats:
    """A Hamiltonian chain over v, its mass the inverse of a covariance: exact, whatever the covariance is."""
    prior, size = begin.prior, begin.prior.guidelines
    root = np.linalg.cholesky(begin.covariance[:size, :size])

    def at(v: Floats) -> tuple[float, Floats]:
        w = np.concatenate([v, np.zeros(size)])
        found = likelihood.weighed(groups, prior, w)
        away = (v - prior.means) / prior.sds**2
        value = likelihood.log_likelihood(groups, found) - 0.5 * float(away @ (v - prior.means))
        return value, root.T @ (likelihood.slope(groups, prior, found)[:size] - away)

    v, kept = begin.strengths.copy(), []
    value, slope = at(v)
    for _ in range(steps):
        momentum = draw.normal(0, 1, size)
        tried, energy, pull = v.copy(), value - 0.5 * float(momentum @ momentum), slope
        size_of_step = draw.uniform(0.25, 0.45)
        for _ in range(6):
            momentum = momentum + 0.5 * size_of_step * pull
            tried = tried + size_of_step * (root @ momentum)
            there, pull = at(tried)
            momentum = momentum + 0.5 * size_of_step * pull
        if np.log(draw.random()) < there - 0.5 * float(momentum @ momentum) - energy:
            v, value, slope = tried, there, pull
        kept.append(v)
    return np.array(kept[steps // 10 :])
