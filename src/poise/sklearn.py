"""The learner as a scikit-learn estimator, so that its neighbours' tools can be used on it.

    model = RulebookClassifier(book).fit(X, y)       # X: answers, y: responses; the book is the prior
    model.predict_proba(X); model.weights_           # what each guideline's weight comes to

Without a book it is a conditional logit of numbers, each class with a slope for each column. The spread of the slopes
is weighed by the evidence, and predictions are averaged over as much of what is not known as tells choices best that
are left out. Needs `pip install poise[sklearn]`.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from .learning.columns import ByBook, ByNumbers, Columns
from .learning.lately import STEP
from .learning.model.drifting import Filter
from .learning.model.evidence import averaged, averaged_habits
from .learning.model.layout import Floats
from .learning.model.leaving import taken_in
from .learning.model.predictive import jacobian, predicted_by
from .rulebook.guideline import TOWARD
from .rulebook.mistake import Mistakes
from .rulebook.rulebook import Rulebook

__all__ = ["RulebookClassifier"]


class RulebookClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learns which response is chosen, from few choices, with a rulebook as the prior.

    Parameters
    ----------
    book : Rulebook or None
        The prior. X then holds answers, as their names or codes: in columns named after considerations (a data frame),
        or one for each consideration in the book's order. None, NaN, an empty name and -1 are unanswered.
        Without a book, X holds numbers.
    responses : str
        The list of responses that y is from: "toward", "beside" or "mine".
    context : float
        The spread of what the book does not explain: habits that hang on single answers.
    drift : float
        How far strengths may change in a hundred choices, as a share of what is written; for `partial_fit` only.

    Attributes
    ----------
    classes_ : the responses of the list, sorted; without a book, the classes seen.
    weights_ : {guideline: weight}; empty without a book.
    n_iter_ : Newton steps of the last fit, one at least.
    n_features_in_, feature_names_in_ : as everywhere in scikit-learn.

    Raises ValueError, as scikit-learn's estimators do, for what it cannot learn from.
    """

    classes_: NDArray[Any]
    n_features_in_: int
    n_iter_: int

    def __init__(
        self, book: Rulebook | None = None, *, responses: str = TOWARD, context: float = 0.2, drift: float = 0.0
    ) -> None:
        self.book = book
        self.responses = responses
        self.context = context
        self.drift = drift

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Fit to all of this and nothing else; decisiveness and spread are weighed by the evidence."""
        given, labels, weights = self._checked(X, y, sample_weight, reset=True)
        kept = weights > 0
        given, labels, weights = given[kept], labels[kept], weights[kept]
        self.classes_ = self._classes(np.unique(labels))
        self._begin(given, weights)
        group = self._columns.choices(given, self._codes(labels), weights)
        search = averaged if self.book is not None else averaged_habits
        found = search([group], self._columns.prior)
        self._prior, self._relative = found.prior, found.relative[0]
        self._filter = Filter(found.mean, found.covariance, self._drift())
        self._taken_in = 1.0 if self.book is not None else taken_in(found.best, group)
        self.n_iter_ = found.best.steps + 1
        return self

    def partial_fit(
        self,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Learn some more, one choice after another, from where it stands; the first time from the prior.

        `classes` has to be given the first time, unless there is a book. Without a book, the first rows set the scale
        of each column.
        """
        first = not hasattr(self, "_filter")
        given, labels, weights = self._checked(X, y, sample_weight, reset=first)
        if first:
            self.classes_ = self._first_classes(classes)
            self._begin(given, weights)
            prior = self._prior = self._columns.prior
            self._filter = Filter(prior.mean, np.diag(prior.sd**2), self._drift())
            self._relative = prior.means
            self._taken_in = 1.0
            self.n_iter_ = 0
        elif classes is not None and not np.array_equal(self._classes(np.unique(classes)), self.classes_):
            raise ValueError(f"classes {classes!r} are not the classes of the first call: {self.classes_!r}")
        self._learn(given, self._codes(labels), weights)
        self.n_iter_ += 1
        return self

    def predict_proba(self, X: ArrayLike) -> Floats:  # noqa: N803
        """(n, classes): the share of each class, what is not known taken in."""
        check_is_fitted(self)
        given = self._checked_columns(X, reset=False)
        group = self._columns.choices(given, np.zeros(len(given), np.intp), np.ones(len(given)))
        return predicted_by(self._prior, self._filter.mean, self._taken_in * self._filter.covariance, group)

    def predict(self, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """(n,): the class with the largest share."""
        check_is_fitted(self)
        found: NDArray[Any] = self.classes_[self.predict_proba(X).argmax(axis=1)]
        return found

    def decision_function(self, X: ArrayLike) -> Floats:  # noqa: N803
        """(n, classes): the logarithms of the shares; (n,): their difference, where there are two classes."""
        shares = self.predict_proba(X)
        logs: Floats = np.log(np.maximum(shares, np.finfo(np.float64).tiny))
        if len(self.classes_) == 2:
            return logs[:, 1] - logs[:, 0]
        return logs

    @property
    def weights_(self) -> dict[str, float]:
        """{guideline: what its weight comes to, at this person's decisiveness}; anchored ones are as written."""
        check_is_fitted(self)
        return self._columns.weights(self._relative)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        if self.book is not None:
            tags.input_tags.string = tags.input_tags.categorical = tags.input_tags.allow_nan = True
        return tags

    # How it is done

    def _begin(self, given: NDArray[Any], weights: Floats) -> None:
        """Lay out the columns; without a book, on the scale of these rows."""
        if self.book is None:
            self._columns: Columns = ByNumbers.of(given, weights, len(self.classes_))
            return
        names = getattr(self, "feature_names_in_", None)
        try:
            self._columns = ByBook(self.book, self.responses, self.classes_.tolist(), names, self.context)
        except Mistakes as found:
            raise ValueError(str(found)) from found
        if given.shape[1] != len(self._columns.questions):
            raise ValueError(
                f"X has {given.shape[1]} columns, and the book {len(self._columns.questions)} considerations"
            )

    def _learn(self, given: NDArray[Any], codes: NDArray[np.intp], weights: Floats) -> None:
        """One choice after another; what weights come to moves along with the strengths."""
        group, before = self._columns.choices(given, codes, weights), self._filter.mean
        for row in range(len(group)):
            phi = jacobian(self._prior, group.part(slice(row, row + 1)))[0]
            waited = self._filter.waited(STEP)
            self._filter = waited.updated(phi, group.stood[row], int(codes[row]), float(group.weights[row]))
        moved = (self._filter.mean - before)[: self._prior.guidelines]
        self._relative = self._relative + moved / self._prior.decisiveness

    def _drift(self) -> Floats:
        prior = self._prior
        found = np.zeros(len(prior.mean))
        found[: prior.guidelines] = (self.drift * np.abs(prior.means) * (prior.sds > 0)) ** 2
        return found

    def _first_classes(self, classes: ArrayLike | None) -> NDArray[Any]:
        if classes is None and self.book is None:
            raise ValueError("classes must be passed on the first call to partial_fit.")
        return self._classes(np.unique([] if classes is None else classes))

    def _classes(self, seen: NDArray[Any]) -> NDArray[Any]:
        """The classes, sorted: those seen, or the book's responses."""
        if self.book is None:
            if len(seen) < 2:
                raise ValueError(f"there is nothing to choose with one class: {seen.tolist()}")
            return seen
        listed = sorted(response.id for response in self.book.listed(self.responses))
        unknown = sorted(set(map(str, seen)) - set(listed))
        if unknown or len(listed) < 2:
            raise ValueError(f"the book has {listed} under {self.responses!r}, and y has {unknown}")
        return np.array(listed)

    def _codes(self, labels: NDArray[Any]) -> NDArray[np.intp]:
        """The place of each label among the classes."""
        places = np.searchsorted(self.classes_, labels)
        places = np.minimum(places, len(self.classes_) - 1)
        if not np.array_equal(self.classes_[places], labels):
            raise ValueError(f"y has classes that are not among {self.classes_.tolist()}")
        return places

    def _checked(
        self,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        *,
        reset: bool,
    ) -> tuple[NDArray[Any], NDArray[Any], Floats]:
        how = {"dtype": np.float64} if self.book is None else {"dtype": object, "ensure_all_finite": False}
        given, labels = validate_data(self, X, y, reset=reset, **how)
        check_classification_targets(labels)
        weights = _check_sample_weight(sample_weight, given, dtype=np.float64, ensure_non_negative=True)
        return given, labels, weights

    def _checked_columns(self, X: ArrayLike, *, reset: bool) -> NDArray[Any]:  # noqa: N803
        how = {"dtype": np.float64} if self.book is None else {"dtype": object, "ensure_all_finite": False}
        found: NDArray[Any] = validate_data(self, X, reset=reset, **how)
        return found
