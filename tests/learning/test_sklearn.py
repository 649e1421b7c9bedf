"""The scikit-learn estimator, by scikit-learn's own suite and with a book."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn import datasets
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import poise
from poise.sklearn import RulebookClassifier

from .books import small
from .living import Living, reweighted

BOOK = small()
NAMES = list(BOOK.considerations)


@pytest.mark.filterwarnings("default")
@parametrize_with_checks([RulebookClassifier()], expected_failed_checks=lambda _: {})  # type: ignore[untyped-decorator]
def test_scikit_learns_own_suite_finds_nothing(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


@pytest.mark.long
def test_the_suite_finds_nothing_where_other_kinds_of_arrays_are_tried_too() -> None:
    command = [sys.executable, str(Path(__file__).parent / "conformance.py")]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "SCIPY_ARRAY_API": "1"}
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 failed" in run.stdout


OLDEST = Path(__file__).resolve().parents[2] / ".venv" / "sklearn16" / "bin" / "python"


@pytest.mark.long
@pytest.mark.skipif(not OLDEST.exists(), reason="no environment with scikit-learn 1.6: `make conformance` makes it")
@pytest.mark.parametrize("arrays", [{}, {"SCIPY_ARRAY_API": "1"}], ids=["plain", "arrays"])
def test_the_suite_finds_nothing_on_the_oldest_release_either(arrays: dict[str, str]) -> None:
    command = [str(OLDEST), str(Path(__file__).parent / "conformance.py")]
    left = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCIPY"))}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={**left, **arrays})
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("scikit-learn 1.6.")
    assert ", 0 failed" in run.stdout


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_plain_tables_are_told_as_well_as_by_a_logistic_regression(name: str) -> None:
    x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    losses = []
    for seed in range(3):
        seen, test, known, true = train_test_split(x, y, train_size=50, stratify=y, random_state=seed)
        plain = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
        losses.append([log_loss(true, m.fit(seen, known).predict_proba(test)) for m in (RulebookClassifier(), plain)])
    ours, other = np.mean(losses, axis=0)
    assert ours < other + 0.005


@pytest.mark.parametrize("noise", [0, 1])
def test_wide_tables_tiny_ones_and_columns_that_say_nothing_stay_finite(noise: int) -> None:
    draw = np.random.default_rng(noise)
    for count, columns in ((2, 1), (3, 40), (30, 120), (200, 3)):
        x = draw.normal(0, 1, (count, columns)) * 10.0 ** draw.integers(-150, 150, columns)
        x[:, 0] = 7.0
        y = np.arange(count) % 2 if noise else (x[:, -1].argsort() < max(1, count // 3)).astype(int)
        shares = RulebookClassifier().fit(x, y).predict_proba(x)
        assert np.isfinite(shares).all()
        assert shares.sum(axis=1) == pytest.approx(np.ones(count))


def rows(count: int, seed: int = 0, weights: dict[str, float] | None = None) -> tuple[Any, Any]:
    values = reweighted(BOOK, weights or {})
    records = Living(values, values, 0.0).moments(np.random.default_rng(seed), 2 * count)
    kept = [record for record in records if "toward" in record.did][:count]
    x = np.array([[record.answers.get(name) for name in NAMES] for record in kept], object)
    return x, np.array([record.did["toward"] for record in kept])


def test_with_a_book_it_begins_where_the_book_is_written() -> None:
    x, y = rows(1)
    model = RulebookClassifier(BOOK).fit(x, y, sample_weight=None)
    assert model.classes_.tolist() == sorted(response.id for response in BOOK.listed("toward"))
    assert model.weights_["cardinal"] == 1.0
    shares = model.predict_proba(np.array([[None, "stings", "online", None, None, None]], object))[0]
    assert dict(zip(model.classes_, shares, strict=True))["later"] == max(shares)


def test_with_a_book_it_learns_weights_and_leaves_what_is_anchored() -> None:
    x, y = rows(250, 1, {"not_online": 3.0})
    model = RulebookClassifier(BOOK).fit(x, y)
    assert model.weights_["not_online"] > 1.3
    assert model.weights_["cardinal"] == 1.0
    assert model.score(x, y) > 0.4
    assert model.n_iter_ >= 1


def test_few_choices_with_a_book_are_predicted_better_than_without_it() -> None:
    x, y = rows(30, 2)
    test, true = rows(400, 3)

    def loss(model: Any, given: Any) -> float:
        shares = model.predict_proba(given)
        return -float(np.mean(np.log(shares[np.arange(len(true)), np.searchsorted(model.classes_, true)] + 1e-12)))

    codes = codes_of(x), codes_of(test)
    assert loss(RulebookClassifier(BOOK).fit(x, y), test) < loss(RulebookClassifier().fit(codes[0], y), codes[1])


def codes_of(x: Any) -> Any:
    questions = [BOOK.considerations[name] for name in NAMES]
    return np.array([[-1 if a is None else q.code(a) for q, a in zip(questions, row, strict=True)] for row in x], float)


def test_names_and_codes_of_answers_are_the_same_and_nothing_is_unanswered() -> None:
    x, y = rows(60, 4)
    model = RulebookClassifier(BOOK).fit(x, y)
    by_code = RulebookClassifier(BOOK).fit(codes_of(x).astype(object), y)
    assert (model.predict_proba(x) == by_code.predict_proba(codes_of(x).astype(object))).all()
    unsaid = [np.array([[given] * len(NAMES)], object) for given in (None, float("nan"), "", -1)]
    assert len({tuple(model.predict_proba(each)[0]) for each in unsaid}) == 1


def test_bit_by_bit_it_comes_near_to_all_at_once() -> None:
    x, y = rows(200, 5, {"not_online": 2.5})
    whole = RulebookClassifier(BOOK).fit(x, y)
    bits = RulebookClassifier(BOOK)
    for start in range(0, 200, 25):
        bits.partial_fit(x[start : start + 25], y[start : start + 25])
    assert bits.n_iter_ == 8
    assert np.abs(bits.predict_proba(x) - whole.predict_proba(x)).mean() < 0.06
    assert bits.weights_["cardinal"] == 1.0


def test_learning_goes_on_from_a_fit_and_drift_makes_it_follow_faster() -> None:
    x, y = rows(200, 6, {"not_online": 2.5})
    turned, after = rows(150, 7, {"not_online": 0.0})
    still, drifting = (RulebookClassifier(BOOK, drift=drift).fit(x, y).partial_fit(turned, after) for drift in (0, 2.0))
    assert drifting.weights_["not_online"] < still.weights_["not_online"] < 2.5


def test_it_survives_pickling_and_cloning() -> None:
    x, y = rows(40, 8)
    model = RulebookClassifier(BOOK, context=0.1).fit(x, y)
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict_proba(x) == model.predict_proba(x)).all()
    assert clone(model).fit(x, y).predict(x).tolist() == model.predict(x).tolist()


def test_rows_under_a_bound_teach_nothing_and_are_predicted_level() -> None:
    x, y = rows(40, 9)
    bound = np.array([[None, "serious", None, None, None, "not_safe"]] * 20, object)
    model = RulebookClassifier(BOOK).fit(x, y)
    more = RulebookClassifier(BOOK).fit(np.vstack([x, bound]), np.append(y, ["speak"] * 20))
    assert more.weights_ == pytest.approx(model.weights_, abs=1e-9)
    barred = np.array([[None, "slip", None, None, None, "not_safe"]], object)
    assert model.predict_proba(barred)[0][model.classes_.tolist().index("speak")] == 0


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([["the_moon"] * 6] * 2, ["speak", "later"], "no answer"),
        ([[None] * 6] * 2, ["speak", "dance"], "dance"),
        ([[None] * 5] * 2, ["speak", "later"], "5 columns"),
        ([[99] * 6] * 2, ["speak", "later"], "no answer"),
    ],
    ids=["an unknown answer", "an unknown response", "too few columns", "an unknown code"],
)
def test_what_it_cannot_learn_from_is_said(x: Any, y: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        RulebookClassifier(BOOK).fit(np.array(x, object), y)


def test_columns_named_after_considerations_can_be_fewer_and_in_any_order() -> None:
    polars = pytest.importorskip("polars")
    x, y = rows(80, 10)
    frame = polars.DataFrame({name: [row[NAMES.index(name)] for row in x] for name in ("place", "harm")})
    model = RulebookClassifier(BOOK).fit(frame, y)
    assert model.feature_names_in_.tolist() == ["place", "harm"]
    turned = RulebookClassifier(BOOK).fit(frame.select("harm", "place"), y)
    assert model.predict_proba(frame) == pytest.approx(turned.predict_proba(frame.select("harm", "place")), abs=1e-9)
    with pytest.raises(ValueError, match="does not ask about `colour`"):
        RulebookClassifier(BOOK).fit(frame.rename({"harm": "colour"}), y)


def test_a_starter_book_can_be_the_prior() -> None:
    book = poise.read("among_friends")
    x = np.array([[None] * len(book.considerations)] * 4, object)
    model = RulebookClassifier(book, responses="beside").fit(x, ["with_them", "step_away", "with_them", "nothing_more"])
    assert model.predict_proba(x).sum(axis=1) == pytest.approx(np.ones(4))
