"""Ways to learn from a simulated person's choices, our own and others', each given them in its own form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import learning_peers
import numpy as np
from sklearn.linear_model import LogisticRegression
from tests.learning.persons import ANSWERS, GUIDELINES, QUESTIONS, RESPONSES, Person

from poise.learning.model.drifting import Filter
from poise.learning.model.layout import Prior
from poise.learning.model.predictive import predicted, predicted_by

Shares = Callable[[Person, Any, Any, int], Any]
"""(person, learned from, tested on, how many to learn from) to shares (n, R)."""


def told(person: Person, draw: Any, count: int) -> dict[str, Any]:
    """Moments in every form that a learner needs them in."""
    given, whom, shares, picked = person.moments(draw, count)
    return {
        "plain": person.choices(given, whom, picked),
        "full": person.choices(given, whom, picked, full=True),
        "true": shares,
        "picked": picked,
        "one_hot": np.eye(ANSWERS)[given].reshape(count, -1),
    }


def first(lived: dict[str, Any], count: int, form: str = "plain") -> Any:
    """The first so many."""
    return lived[form].part(slice(0, count)) if form in ("plain", "full") else lived[form][:count]


def by(search: Callable[..., Any], prior: Callable[[Person], Prior], form: str = "plain") -> Shares:
    """Our own: a search, with a prior."""
    return lambda person, lived, test, count: predicted(search([first(lived, count, form)], prior(person)), test[form])


def by_filter(person: Person, lived: Any, test: Any, count: int) -> Any:
    """The filter, one choice after another."""
    prior = person.prior
    state = folded(Filter(prior.means, np.diag(prior.sds**2), np.zeros(GUIDELINES)), first(lived, count))
    whole = np.zeros((2 * GUIDELINES, 2 * GUIDELINES))
    whole[:GUIDELINES, :GUIDELINES] = state.covariance
    return predicted_by(prior, np.append(state.mean, np.zeros(GUIDELINES)), whole, test["plain"])


def folded(state: Filter, choices: Any) -> Filter:
    """The filter after all choices."""
    for row in range(len(choices)):
        state = state.updated(choices.phi[row], choices.stood[row], int(choices.chosen[row].argmax()))
    return state


def by_logistic(c: float) -> Shares:
    """scikit-learn's logistic regression on answers, one-hot, with one choice added for each response."""

    def shares(_: Person, lived: Any, test: Any, count: int) -> Any:
        picked = first(lived, count, "picked")
        model = LogisticRegression(C=c, max_iter=500).fit(first(lived, count, "one_hot"), picked)
        return learning_peers.floored(
            model.predict_proba(test["one_hot"]), np.arange(RESPONSES), model.classes_, len(picked)
        )

    return shares


def by_peer(fitter: Callable[..., Any]) -> Shares:
    """A neighbour that is given answers as words."""

    def shares(_: Person, lived: Any, test: Any, count: int) -> Any:
        words = [each["one_hot"].reshape(-1, QUESTIONS, ANSWERS).argmax(axis=2).astype(str) for each in (lived, test)]
        classes = np.arange(RESPONSES).astype(str)
        fitted = fitter(words[0][:count], first(lived, count, "picked").astype(str), classes, words[1])
        found = np.maximum(fitted(words[1]), 1e-6)
        return found / found.sum(axis=1, keepdims=True)

    return shares


def written(person: Person) -> Prior:
    """The written book."""
    return person.prior


def unwritten(person: Person) -> Prior:
    """The same guidelines, and nothing known of which way they pull."""
    return replace(person.prior, means=np.zeros(GUIDELINES), sds=np.ones(GUIDELINES))


def full(person: Person) -> Prior:
    """The written book with habits and relationships."""
    return person.full_prior
