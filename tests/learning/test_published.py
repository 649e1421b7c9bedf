"""Published conditional logits, reproduced."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from poise.learning.model.posterior import fit

from .published import SHARED, expected, flat, from_rows, long_form

needs_data = pytest.mark.skipif(SHARED is None, reason="the published data do not lie beside this project")

OWN = """\
case,alt,chosen,cost,slow
1,a,1,1.0,0\n1,b,0,2.0,1\n2,a,0,3.0,0\n2,b,1,1.0,1\n3,a,1,2.0,0\n3,b,0,2.5,1\n4,a,0,2.0,0\n4,b,1,1.5,1
5,a,0,1.0,0\n5,b,1,1.5,1\n6,a,1,1.5,0\n6,b,0,1.0,1\n7,a,1,1.0,0\n7,b,0,3.0,1\n7,c,0,2.0,1\n8,a,0,2.5,0\n8,b,0,2.0,1\n8,c,1,1.0,1
"""


@needs_data
@pytest.mark.parametrize("name", ["travelmode", "modecanada"])
def test_published_choices_give_the_published_coefficients(name: str) -> None:
    known = expected()[name]
    choices = long_form(name, known["columns"])
    found = fit([choices], flat(len(known["columns"])))
    reference = known["reference"]
    coefficients, errors = (np.array([reference[k][c] for c in known["columns"]]) for k in ("coef", "se"))
    assert len(choices) == known["n_cases"]
    assert np.abs((found.strengths - coefficients) / errors).max() <= 1e-4
    assert np.abs(found.strengths_sd / errors - 1).max() <= 1e-4
    assert choices.log_likelihood(found.prior, found.mean) == pytest.approx(reference["loglik"], abs=1e-6)


@needs_data
def test_printed_figures_come_out_as_they_are_printed() -> None:
    known = expected()["travelmode"]
    choices = long_form("travelmode", known["columns"])
    found = fit([choices], flat(len(known["columns"])))
    for column, value, spread in zip(known["columns"], found.strengths, found.strengths_sd, strict=True):
        assert value == pytest.approx(known["published"]["coef"][column], rel=4e-5)
        assert spread == pytest.approx(known["published"]["se"][column], rel=2e-4)


def test_a_small_set_with_two_or_three_alternatives_agrees_with_a_search_over_a_grid() -> None:
    choices = from_rows(list(csv.DictReader(io.StringIO(OWN))), ["cost", "slow"])
    prior = flat(2)
    found = fit([choices], prior)
    steps = np.linspace(-0.3, 0.3, 13)
    near = [found.strengths + np.array([a, b]) for a in steps for b in steps]
    values = [choices.log_likelihood(prior, np.concatenate([v, np.zeros(2)])) for v in near]
    assert int(np.argmax(values)) == 84
    assert found.strengths[0] < 0
    assert choices.stood.sum() == 18
