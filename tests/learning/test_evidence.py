"""Decisiveness and spread, weighed by the evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from poise.learning.model.evidence import (
    COUNTS,
    DECISIVENESS,
    HABIT_SPREADS,
    SPREADS,
    averaged,
    averaged_habits,
    log_hyperprior,
)
from poise.learning.model.layout import Prior
from poise.learning.model.posterior import fit

from .persons import calibrated, realistic


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [5, 40, 200])
def test_what_is_averaged_is_every_corner_of_the_grid_that_counts(seed: int, count: int) -> None:
    person = realistic(seed)
    choices, _ = person.lived(np.random.default_rng(seed), count, full=True)
    found = averaged([choices], person.full_prior)
    every = {
        (kappa, s): fit([choices], person.full_prior.at(kappa, s)).evidence + log_hyperprior(kappa, s)
        for kappa in DECISIVENESS
        for s in SPREADS
    }
    corners = [(part.prior.decisiveness, part.prior.spread) for part in found.parts]
    most = max(every.values())
    assert {c for c, value in every.items() if value > most - COUNTS + 0.01} <= set(corners)
    assert set(corners) <= {c for c, value in every.items() if value > most - COUNTS - 0.01}
    shares = np.exp([every[corner] - most for corner in corners])
    assert found.shares == pytest.approx(shares / shares.sum(), abs=1e-6)
    assert (found.prior.decisiveness, found.prior.spread) == max(every, key=lambda corner: every[corner])


def test_the_average_is_the_one_of_very_many_draws() -> None:
    person = realistic(1)
    found = averaged([person.lived(np.random.default_rng(1), 30)[0]], person.prior)
    size, draw = len(person.written), np.random.default_rng(2)
    counts = draw.multinomial(60_000, found.shares)
    drawn = [
        draw.multivariate_normal(part.strengths, part.covariance[:size, :size], count)
        for part, count in zip(found.parts, counts, strict=True)
    ]
    together = np.concatenate(drawn)
    scaled = np.concatenate([each / p.prior.decisiveness for each, p in zip(drawn, found.parts, strict=True)])
    assert found.strengths == pytest.approx(together.mean(axis=0), abs=0.03)
    assert found.covariance[:size, :size] == pytest.approx(np.cov(together.T), abs=0.06)
    assert found.relative[0] == pytest.approx(scaled.mean(axis=0), abs=0.03)
    assert found.relative[1] == pytest.approx(scaled.std(axis=0), rel=0.03)


def test_without_choices_it_stays_where_the_book_is_written() -> None:
    found = averaged([], calibrated(0).prior)
    assert (found.prior.decisiveness, found.prior.spread) == (1.0, 1.0)
    assert (found.mean == calibrated(0).prior.mean).all()


@pytest.mark.parametrize(("kappa", "low", "high"), [(0.3, 0.25, 0.65), (1.0, 0.65, 1.6), (3.0, 1.6, 4.2)])
def test_how_decisive_somebody_is_is_found(kappa: float, low: float, high: float) -> None:
    person = replace(calibrated(5), decisiveness=kappa)
    person = replace(person, true=person.written)
    choices, _ = person.lived(np.random.default_rng(5), 300)
    assert low <= averaged([choices], person.prior).prior.decisiveness <= high


def test_a_book_that_is_far_off_gets_a_wider_spread() -> None:
    person = calibrated(6)
    far = replace(person, true=-2 * person.written)
    (near_choices, _), (far_choices, _) = (p.lived(np.random.default_rng(6), 200) for p in (person, far))
    assert averaged([far_choices], person.prior).prior.spread > averaged([near_choices], person.prior).prior.spread


def test_the_spread_of_habits_is_the_best_of_those_tried() -> None:
    person = realistic(3)
    choices, _ = person.lived(np.random.default_rng(3), 150, full=True)
    bare = replace(choices, phi=choices.phi[:, :, :0])
    prior = Prior(np.zeros(0), np.zeros(0), np.zeros(0), (np.ones((choices.context.shape[1], 5)),))
    found = averaged_habits([bare], prior)
    every = {spread: fit([bare], prior.at(1.0, 1.0, spread)).evidence for spread in HABIT_SPREADS}
    assert found.prior.habit_spread == max(every, key=lambda spread: every[spread])
