"""The learner's neighbours, each given the same choices in its own form. One that is not installed is left out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

Fitted = Callable[[Any], Any]
"""Shares (n, classes) of rows X."""


def floored(shares: Any, classes: Any, seen: Any, count: int) -> Any:
    """Shares over all classes, those never seen included: one move is added for each class (Laplace)."""
    full = np.zeros((len(shares), len(classes)))
    full[:, np.searchsorted(classes, seen)] = shares
    return (count * full + 1) / (count + len(classes))


def logistic(c: float) -> Callable[..., Fitted]:
    """scikit-learn's logistic regression on one-hot answers."""

    def fit(x: Any, y: Any, classes: Any, every: Any) -> Fitted:
        coder = OneHotEncoder().fit(every)
        model = LogisticRegression(C=c, max_iter=500).fit(coder.transform(x), y)
        return lambda rows: floored(model.predict_proba(coder.transform(rows)), classes, model.classes_, len(y))

    return fit


LITTLE = {"max_iter": 30, "learning_rate": 0.05, "max_leaf_nodes": 5, "min_samples_leaf": 20, "l2_regularization": 1.0}


def boosted(**settings: Any) -> Callable[..., Fitted]:
    """scikit-learn's boosted trees."""

    def fit(x: Any, y: Any, classes: Any, every: Any) -> Fitted:
        coder = OrdinalEncoder().fit(every)
        model = HistGradientBoostingClassifier(random_state=0, **settings).fit(coder.transform(x), y)
        return lambda rows: floored(model.predict_proba(coder.transform(rows)), classes, model.classes_, len(y))

    return fit


def vowpal(passes: int) -> Callable[..., Fitted]:
    """Vowpal Wabbit, one against all, in so many passes."""

    def fit(x: Any, y: Any, classes: Any, _: Any) -> Fitted:
        from vowpalwabbit import Workspace  # noqa: PLC0415 - a neighbour is loaded only where it runs

        def text(row: Any) -> str:
            return "| " + " ".join(f"{column}={answer}" for column, answer in enumerate(row))

        model = Workspace(f"--oaa {len(classes)} --probabilities --loss_function logistic --quiet -b 18")
        for _ in range(passes):
            for row, label in zip(x, y, strict=True):
                model.learn(f"{int(np.searchsorted(classes, label)) + 1} {text(row)}")
        return lambda rows: np.array([np.maximum(model.predict(text(row)), 1e-6) for row in rows])

    return fit


def river_forest(x: Any, y: Any, classes: Any, _: Any) -> Fitted:
    """River's adaptive random forest, one pass."""
    from river import forest  # noqa: PLC0415

    model = forest.ARFClassifier(n_models=10, seed=0)
    for row, label in zip(x, y, strict=True):
        model.learn_one(dict(enumerate(row)), str(label))

    def shares(rows: Any) -> Any:
        found = [model.predict_proba_one(dict(enumerate(row))) for row in rows]
        known = np.array([[each.get(name, 0.0) for name in classes] for each in found])
        return floored(known, classes, classes, len(y))

    return shares


def river_softmax(x: Any, y: Any, classes: Any, _: Any) -> Fitted:
    """River's softmax regression on one-hot answers, one pass."""
    from river import linear_model  # noqa: PLC0415

    def told(row: Any) -> dict[str, float]:
        return {f"{column}={answer}": 1.0 for column, answer in enumerate(row)}

    model = linear_model.SoftmaxRegression()
    for row, label in zip(x, y, strict=True):
        model.learn_one(told(row), str(label))

    def shares(rows: Any) -> Any:
        found = [model.predict_proba_one(told(row)) for row in rows]
        known = np.array([[each.get(str(name), 0.0) for name in classes] for each in found])
        return floored(known, classes, classes, len(y))

    return shares


NEIGHBOURS: dict[str, tuple[str, Callable[..., Fitted]]] = {
    "logistic regression, C = .03": ("sklearn", logistic(0.03)),
    "logistic regression, C = .1": ("sklearn", logistic(0.1)),
    "logistic regression, C = 1": ("sklearn", logistic(1.0)),
    "boosted trees, for little data": ("sklearn", boosted(**LITTLE)),
    "boosted trees, as they come": ("sklearn", boosted()),
    "Vowpal Wabbit, 5 passes": ("vowpalwabbit", vowpal(5)),
    "Vowpal Wabbit, 1 pass": ("vowpalwabbit", vowpal(1)),
    "River, adaptive random forest": ("river", river_forest),
    "River, softmax regression": ("river", river_softmax),
}


def installed() -> dict[str, Callable[..., Fitted]]:
    """The neighbours that are there."""
    return {name: fit for name, (package, fit) in NEIGHBOURS.items() if importlib.util.find_spec(package)}


def nuts(phi: Any, picked: Any, means: Any, sds: Any, draws: int) -> Any:
    """(draws, G): strengths by numpyro's NUTS, or None where it is not installed."""
    draw = sampler(phi, picked, means, sds, draws)
    return None if draw is None else draw(0)


def sampler(phi: Any, picked: Any, means: Any, sds: Any, draws: int) -> Callable[[int], Any] | None:
    """The same as a function of a seed; what is compiled is kept."""
    if not importlib.util.find_spec("numpyro"):
        return None
    import jax  # noqa: PLC0415
    import numpyro  # noqa: PLC0415
    from numpyro.distributions import Categorical, Normal  # noqa: PLC0415
    from numpyro.infer import MCMC, NUTS  # noqa: PLC0415

    jax.config.update("jax_enable_x64", True)

    def model() -> None:
        v = numpyro.sample("v", Normal(means, sds).to_event(1))
        numpyro.sample("y", Categorical(logits=phi @ v), obs=picked)

    chain = MCMC(NUTS(model), num_warmup=500, num_samples=draws, progress_bar=False)

    def draw(seed: int) -> Any:
        chain.run(jax.random.PRNGKey(seed))
        return np.asarray(chain.get_samples()["v"])

    return draw
