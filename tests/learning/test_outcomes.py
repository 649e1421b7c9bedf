"""What outcomes teach: the same as with whole covariance matrices, and no more than they can."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.learning.model.layout import Floats
from poise.learning.model.outcomes import RHOS, SIGMAS, Outcomes, baseline, term, within


def made(draw: np.random.Generator, count: int, true: Floats, noise: float) -> Outcomes:
    """Outcomes that hang on a context the pulls are not told of, and on the pull of what was done."""
    t = draw.normal(0, 1, (count, len(true)))
    context = draw.integers(0, 2, (count, 2)).astype(float)
    whom = np.eye(4)[draw.integers(0, 4, count)]
    y = t @ true + context @ [0.8, -0.5] + whom @ draw.normal(0, 0.5, 4) + noise * draw.normal(0, 1, count)
    return Outcomes(y, t, baseline(context, whom))


@given(st.integers(0, 10_000))
def test_the_term_is_the_one_of_whole_covariance_matrices(seed: int) -> None:
    draw = np.random.default_rng(seed)
    found = made(draw, 30, np.array([1.0, -0.5, 0.0]), 0.5)
    strengths, covariance = draw.normal(0.5, 0.5, 3), 0.2 * np.eye(3)
    y = (found.y - found.y.mean()) / found.y.std()
    best, most = (0.0, 1.0), -np.inf
    for rho in RHOS:
        for sigma in SIGMAS:
            v = sigma**2 * np.eye(30) + found.x @ found.x.T + rho**2 * found.t @ covariance @ found.t.T
            away = y - rho * found.t @ strengths
            log = -0.5 * (away @ np.linalg.solve(v, away) + np.linalg.slogdet(v)[1] + 30 * np.log(2 * np.pi))
            best, most = ((rho, sigma), float(log)) if log > most else (best, most)
    inverse = np.linalg.inv(best[1] ** 2 * np.eye(30) + found.x @ found.x.T)
    quadratic = term(found, strengths, covariance)
    assert quadratic.a == pytest.approx(best[0] ** 2 * found.t.T @ inverse @ found.t, abs=1e-6)
    assert quadratic.b == pytest.approx(best[0] * found.t.T @ inverse @ y, abs=1e-6)


@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-1000, 1000))
def test_another_rating_scale_changes_nothing(seed: int, factor: float, shift: float) -> None:
    draw = np.random.default_rng(seed)
    found = made(draw, 25, np.array([1.0, -0.5]), 0.5)
    other = Outcomes(factor * found.y + shift, found.t, found.x)
    one, two = (term(each, np.ones(2), np.eye(2)) for each in (found, other))
    assert one.a == pytest.approx(two.a, rel=1e-6, abs=1e-9)
    assert one.b == pytest.approx(two.b, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("slip", [50.0, -1e6, 1e300])
def test_one_rating_outside_the_scale_counts_as_one_at_its_edge_and_no_more(slip: float) -> None:
    found = made(np.random.default_rng(3), 200, np.array([1.0, 0.2, 0.6]), 0.7)
    slipped = within(np.append(found.y[:-1], slip))
    assert np.abs(slipped[:-1]) @ np.abs(found.y[:-1]) == pytest.approx(
        np.linalg.norm(slipped[:-1]) * np.linalg.norm(found.y[:-1])
    )
    assert abs(slipped[-1]) < 10 * np.abs(slipped[:-1]).max()
    assert term(Outcomes(np.append(found.y[:-1], slip), found.t, found.x), np.ones(3), np.eye(3))


@pytest.mark.parametrize("y", [[], [1.0, 2.0, 3.0], [2.0] * 40], ids=["none", "few", "all the same"])
def test_too_few_and_all_the_same_teach_nothing(y: list[float]) -> None:
    draw, count = np.random.default_rng(0), len(y)
    t = draw.normal(0, 1, (count, 2)).reshape(count, 2)
    found = Outcomes(np.array(y), t, np.ones((count, 1)))
    assert not term(found, np.ones(2), np.eye(2))


def test_outcomes_that_have_nothing_to_do_with_it_hardly_move_anything() -> None:
    draw = np.random.default_rng(1)
    found = made(draw, 300, np.zeros(3), 1.0)
    each = term(found, np.ones(3), 0.3 * np.eye(3))
    moved = np.linalg.solve(each.a + np.eye(3) / 0.3, each.b + np.ones(3) / 0.3)
    assert np.abs(moved - 1).max() < 0.5


def test_outcomes_that_hang_on_it_say_which_way() -> None:
    draw = np.random.default_rng(2)
    true = np.array([1.0, 0.2, 0.6])
    each = term(made(draw, 400, true, 0.7), np.full(3, 0.6), 0.3 * np.eye(3))
    found = np.linalg.solve(each.a + np.eye(3) / 0.3, each.b + 0.6 / 0.3)
    assert found[0] > found[2] > found[1]
    assert each.used == 400
