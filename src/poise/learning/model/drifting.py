"""The same model as a filter: one choice after another, and strengths that may change with time.

    before each choice   S <- S + diag((q |m_g|)^2) dt             dt in hundreds of choices
    R R' = omega (diag p - p p')      p = softmax(Phi m)
    S1 = S - S Phi'R (I + R'Phi S Phi'R)^-1 R'Phi S
    m1 = m + omega S1 Phi'(y - p)

Four filters with q = 0, .1, .2 and .35 run side by side; each counts by how well it has predicted so far
(prequentially). A fold over choices in the order of time, so it can be replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .layout import Floats
from .predictive import averaged

RATES = (0.0, 0.1, 0.2, 0.35)


@dataclass(frozen=True, eq=False)
class Filter:
    """N(mean, covariance) over P parameters; `drift` is the variance that each gains in a unit of time."""

    mean: Floats
    covariance: Floats
    drift: Floats
    log_score: float = 0.0
    """The log of what it gave to the choices that were made, added up."""

    def waited(self, time: float) -> Filter:
        """The filter after some time without a choice; time never runs backwards."""
        if time <= 0 or not self.drift.any():
            return self
        return replace(self, covariance=self.covariance + np.diag(self.drift * time))

    def updated(self, phi: Floats, stood: NDArray[np.bool_], chosen: int, weight: float = 1.0) -> Filter:
        """The filter after one choice."""
        if weight <= 0:
            return self
        u = np.where(stood, phi @ self.mean, -np.inf)
        p = np.exp(u - u.max())
        p /= p.sum()
        # R R' = omega (diag p - p p'), with R = sqrt(omega) (diag sqrt p - p sqrt p').
        root = np.sqrt(weight) * (np.diag(np.sqrt(p)) - np.outer(p, np.sqrt(p)))
        pulled = self.covariance @ (phi.T @ root)
        inner = np.eye(len(p)) + (phi.T @ root).T @ pulled
        covariance = self.covariance - pulled @ np.linalg.solve(inner, pulled.T)
        missed = -p
        missed[chosen] += 1.0
        mean = self.mean + weight * (covariance @ (phi.T @ missed))
        return replace(self, mean=mean, covariance=0.5 * (covariance + covariance.T))


@dataclass(frozen=True, eq=False)
class Drifting:
    """Filters of different drift, mixed by how well each has predicted."""

    filters: tuple[Filter, ...]

    @classmethod
    def begin(cls, mean: Floats, covariance: Floats, sizes: Floats) -> Drifting:
        """From a prior; `sizes` are |m_g|, by which drift is scaled: (P,), 0 for what does not drift."""
        return cls(tuple(Filter(mean, covariance, (rate * sizes) ** 2) for rate in RATES))

    @property
    def shares(self) -> Floats:
        """(filters,): how much each counts."""
        scores = np.array([each.log_score for each in self.filters])
        weights = np.exp(scores - scores.max())
        found: Floats = weights / weights.sum()
        return found

    @property
    def rate(self) -> float:
        """The drift q that has predicted best so far, on average."""
        return float(self.shares @ np.array(RATES))

    @property
    def mean(self) -> Floats:
        """(P,)."""
        found: Floats = self.shares @ np.array([each.mean for each in self.filters])
        return found

    def predicted(self, phi: Floats, stood: NDArray[np.bool_]) -> Floats:
        """(R,): the share of each response; `phi` is (R, P)."""
        found: Floats = self.shares @ _predicted(self.filters, phi, stood)
        return found

    def seen(
        self, phi: Floats, stood: NDArray[np.bool_], chosen: int, weight: float = 1.0, time: float = 0.01
    ) -> Drifting:
        """After some time and one choice."""
        waited = [each.waited(time) for each in self.filters]
        given = np.log(np.maximum(_predicted(waited, phi, stood)[:, chosen], 1e-300))
        scored = [replace(f, log_score=f.log_score + weight * g) for f, g in zip(waited, given.tolist(), strict=True)]
        return Drifting(tuple(each.updated(phi, stood, chosen, weight) for each in scored))


def _predicted(filters: Sequence[Filter], phi: Floats, stood: NDArray[np.bool_]) -> Floats:
    """(filters, R)."""
    means = np.array([phi @ each.mean for each in filters])
    spreads = np.array([phi @ each.covariance @ phi.T for each in filters])
    return averaged(means, spreads, np.repeat(stood[None], len(filters), axis=0))
