"""The filter that lets strengths change with time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from poise.learning.model.choices import Choices
from poise.learning.model.drifting import Drifting, Filter
from poise.learning.model.layout import Floats
from poise.learning.model.posterior import fit
from poise.learning.model.predictive import predicted, predicted_by

from .persons import GUIDELINES, Person, divergence, realistic


def begun(person: Person) -> Filter:
    return Filter(person.written, np.diag(person.prior.sds**2), np.zeros(GUIDELINES))


def folded(state: Filter, choices: Choices, order: NDArray[np.int64]) -> Filter:
    for row in order:
        state = state.updated(choices.phi[row], choices.stood[row], int(choices.chosen[row].argmax()))
    return state


@given(st.integers(0, 10_000), st.sampled_from([0.2, 1.0]))
def test_one_update_is_the_one_of_the_inverse_covariance(seed: int, weight: float) -> None:
    draw = np.random.default_rng(seed)
    phi, mean, root = draw.normal(0, 1, (4, 3)), draw.normal(0, 1, 3), draw.normal(0, 1, (3, 3))
    covariance = root @ root.T + 0.1 * np.eye(3)
    stood = np.array([True, True, draw.random() < 0.5, True])
    found = Filter(mean, covariance, np.zeros(3)).updated(phi, stood, 1, weight)
    u = np.where(stood, phi @ mean, -np.inf)
    p = np.exp(u - u.max()) / np.exp(u - u.max()).sum()
    inverse = np.linalg.inv(covariance) + weight * phi.T @ (np.diag(p) - np.outer(p, p)) @ phi
    assert found.covariance == pytest.approx(np.linalg.inv(inverse), abs=1e-9)
    assert found.mean == pytest.approx(mean + weight * np.linalg.inv(inverse) @ phi.T @ (np.eye(4)[1] - p), abs=1e-9)


def test_without_drift_it_agrees_with_the_batch_in_any_order() -> None:
    found = []
    for seed in range(8):
        person, draw = realistic(seed), np.random.default_rng(seed)
        choices, _ = person.lived(draw, 100)
        test, _ = person.lived(draw, 100)
        batch = fit([choices], person.prior)
        one, other = (folded(begun(person), choices, order) for order in (np.arange(100), draw.permutation(100)))
        shares = [
            predicted_by(person.prior, np.r_[f.mean, np.zeros(GUIDELINES)], padded(f), test) for f in (one, other)
        ]
        ratio = np.sqrt(np.diag(one.covariance)) / batch.strengths_sd
        found.append((divergence(predicted(batch, test), shares[0]), divergence(*shares), ratio.mean()))
    against_batch, against_order, ratio = np.mean(found, axis=0)
    assert against_batch <= 0.003
    assert against_order <= 0.002
    assert 0.98 <= ratio <= 1.01


def padded(state: Filter) -> Floats:
    """The covariance with room for gaps."""
    whole = np.zeros((2 * GUIDELINES, 2 * GUIDELINES))
    whole[:GUIDELINES, :GUIDELINES] = state.covariance
    return whole


def test_after_a_jump_drift_predicts_better_and_counts_more() -> None:
    losses, rates = np.zeros(2), []
    for seed in range(4):
        person, draw = realistic(seed), np.random.default_rng(seed)
        choices, _ = person.lived(draw, 400)
        turned = Person(person.world, person.written, -person.true, person.hidden, person.intercepts,
                        person.with_whom, person.decisiveness)  # fmt: skip
        after, _ = turned.lived(draw, 200)
        drifting = Drifting.begin(person.written, np.diag(person.prior.sds**2), np.abs(person.written))
        for part, counted in ((choices.part(slice(0, 200)), False), (after, True)):
            for row in range(len(part)):
                picked = int(part.chosen[row].argmax())
                if counted:
                    still = Drifting(drifting.filters[:1]).predicted(part.phi[row], part.stood[row])
                    mixed = drifting.predicted(part.phi[row], part.stood[row])
                    losses -= np.log([still[picked], mixed[picked]])
                drifting = drifting.seen(part.phi[row], part.stood[row], picked)
        rates.append(drifting.rate)
    assert losses[1] < losses[0] - 10
    assert np.mean(rates) > 0.15


def test_where_nothing_changes_little_drift_is_seen() -> None:
    person = realistic(1)
    choices, _ = person.lived(np.random.default_rng(1), 300)
    drifting = Drifting.begin(person.written, np.diag(person.prior.sds**2), np.abs(person.written))
    for row in range(300):
        drifting = drifting.seen(choices.phi[row], choices.stood[row], int(choices.chosen[row].argmax()))
    assert drifting.shares.sum() == pytest.approx(1)
    assert drifting.rate < 0.25


def test_time_that_ran_backwards_is_no_time_and_a_weight_of_nothing_is_no_choice() -> None:
    state = Filter(np.zeros(2), np.eye(2), np.ones(2))
    assert state.waited(-1.0) is state
    assert state.waited(0.5).covariance == pytest.approx(1.5 * np.eye(2))
    assert state.updated(np.eye(2), np.ones(2, bool), 0, 0.0) is state
