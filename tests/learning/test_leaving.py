"""Choices told by all the others, against fits from which they really were left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from poise.learning.model.choices import Choices
from poise.learning.model.layout import Floats, Prior
from poise.learning.model.leaving import TAKEN_IN, left_out, taken_in
from poise.learning.model.posterior import fit
from poise.learning.model.predictive import jacobian


def numbers(seed: int, count: int, noise: float) -> tuple[Choices, Prior]:
    """Three classes told apart by four columns, more or less."""
    draw = np.random.default_rng(seed)
    context = np.hstack([np.ones((count, 1)), draw.normal(0, 1, (count, 4))])
    picked = (context[:, 1:4] + noise * draw.normal(0, 1, (count, 3))).argmax(axis=1)
    stood = np.ones((count, 3), np.bool_)
    group = Choices(np.zeros((count, 3, 0)), np.eye(3)[picked], stood, np.ones(count), context)
    return group, Prior(np.zeros(0), np.zeros(0), np.zeros(0), (np.ones((5, 3)),))


def differences(utilities: Floats) -> Floats:
    """Only these count."""
    found: Floats = utilities - utilities.mean(axis=-1, keepdims=True)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_out_is_told_nearly_as_by_a_fit_without_it(seed: int) -> None:
    group, prior = numbers(seed, 60, 0.7)
    found = fit([group], prior)
    ((_, utilities, spread),) = left_out(found, group)
    off, widths = [], []
    for row in range(0, 60, 5):
        without = fit([group.part(np.delete(np.arange(60), row))], prior)
        one = group.part(np.array([row]))
        rows = jacobian(prior, one)[0]
        exact = rows @ without.covariance @ rows.T
        off.append(np.abs(differences(one.utilities(prior, without.mean)[0]) - differences(utilities[row])).max())
        widths.append(np.trace(differences(differences(spread[row]).T)) / np.trace(differences(differences(exact).T)))
    assert np.mean(off) < 0.02
    assert np.mean(widths) == pytest.approx(1, abs=0.03)


def test_a_weight_of_two_is_a_row_twice_of_which_one_is_left_out() -> None:
    group, prior = numbers(5, 30, 0.5)
    twice = group.part(np.concatenate([np.arange(30), np.arange(30)]))
    heavy = replace(group, weights=2 * group.weights)
    one, other = fit([twice], prior), fit([heavy], prior)
    ((_, first, _),), ((_, second, _),) = left_out(one, twice), left_out(other, heavy)
    assert first[:30] == pytest.approx(second, abs=1e-8)
    assert taken_in(one, twice) == taken_in(other, heavy)


def test_where_classes_are_told_apart_without_fail_little_of_what_is_not_known_is_taken_in() -> None:
    clear, prior = numbers(6, 80, 0.0)
    assert taken_in(fit([clear], prior.at(1.0, 1.0, 3.2)), clear) <= 0.25
    assert TAKEN_IN[0] == 1.0


def test_where_there_is_nothing_to_be_told_a_fit_that_is_too_sure_is_held_back() -> None:
    draw = np.random.default_rng(7)
    group, prior = numbers(7, 40, 0.0)
    noise = replace(group, chosen=np.eye(3)[draw.integers(0, 3, 40)])
    assert taken_in(fit([noise], prior.at(1.0, 1.0, 3.2)), noise) == 1.0
