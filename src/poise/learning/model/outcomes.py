"""What outcomes teach: little, and it says so.

    y_i = g(x_i)'c + e_rel(i) + rho T_i v + eps_i        T_i = phi(x_i, a_i) - sum_r p_hat(r | x_i) phi(x_i, r)

The pull of the response chosen is centred by the person's own propensity p_hat, which is the choice model itself, so
that a wrong baseline g does not bias it (Boruvka et al. 2018; Nie & Wager 2021). c and e are integrated out:

    V0 = sigma^2 I + X0 X0'          X0: baseline and relationship columns, times their prior spreads
    A  = rho^2 T'V0^-1 T             b = rho T'V0^-1 y
    rho, sigma chosen by the exact evidence  y ~ N(rho T v_hat, V0 + rho^2 T S T'),  v ~ N(v_hat, S) from the choices

y is put on its own scale first, so that the rating scale does not matter; a rating far outside of what the others are
within is a slip, and counts as one at the edge of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np

from .layout import Floats, Quadratic

INTERCEPT_SD, BASELINE_SD, RELATIONSHIP_SD = 10.0, 0.5, 0.5
RHOS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0)
SIGMAS = (0.4, 0.55, 0.7, 0.85, 1.0)
FAR = 6.0
"""How far from the quartiles, in the range between them, a rating is taken for a slip. A normal one is once in 1e15."""
FEWEST = 5
"""Outcomes below which nothing is made of them."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """How it went: `y` (n,), the centred pulls `t` (n, G), and the columns `x` (n, K) that explain the rest."""

    y: Floats
    t: Floats
    x: Floats
    """Its columns are already multiplied by their prior spreads."""

    def __len__(self) -> int:
        return len(self.y)


def baseline(context: Floats, relationships: Floats) -> Floats:
    """(n, K): an intercept, the context and the relationships, each by its prior spread."""
    intercept = np.full((len(context), 1), INTERCEPT_SD)
    return np.hstack([intercept, BASELINE_SD * context, RELATIONSHIP_SD * relationships])


def term(outcomes: Outcomes, strengths: Floats, covariance: Floats) -> Quadratic:
    """The quadratic term that these outcomes add, given what choices and hindsight say of v: (G,) and (G, G)."""
    size = len(strengths)
    nothing = Quadratic(np.zeros((size, size)), np.zeros(size))
    y = within(outcomes.y)
    spread = float(y.std()) if len(y) >= FEWEST else 0.0
    if spread <= 1e-9 or not outcomes.t.any():
        return nothing
    y = (y - y.mean()) / spread
    gram = _Gram(y, outcomes.t, outcomes.x)
    tried = [(gram.evidence(rho, sigma, strengths, covariance), rho, sigma) for rho in RHOS for sigma in SIGMAS]
    _, rho, sigma = max(tried, key=lambda each: each[0])
    if not rho:
        return nothing
    a, b = gram.solved(sigma)
    return Quadratic(rho**2 * a, rho * b, len(outcomes))


def within(y: Floats) -> Floats:
    """(n,): finite ratings, those far outside of the rest put at its edge, in units of the largest."""
    if len(y) >= FEWEST:
        low, high = np.quantile(y, (0.25, 0.75))
        reach = FAR * (high - low)
        y = np.clip(y, low - reach, high + reach) if reach > 0 else y
    found: Floats = y / max(float(np.abs(y).max(initial=0.0)), np.finfo(np.float64).tiny)
    return found


class _Gram:
    """The products of y, T and X that everything is worked out from, whatever n."""

    def __init__(self, y: Floats, t: Floats, x: Floats) -> None:
        self.count, self.size = len(y), t.shape[1]
        self.tt, self.ty = t.T @ t, t.T @ y
        self.tx, self.xx, self.xy = t.T @ x, x.T @ x, x.T @ y
        self.yy = float(y @ y)

    def solved(self, sigma: float) -> tuple[Floats, Floats]:
        """(T'V0^-1 T, T'V0^-1 y), by Woodbury's identity."""
        inner = sigma**2 * np.eye(len(self.xx)) + self.xx
        found = np.linalg.solve(inner, np.column_stack([self.tx.T, self.xy]))
        a = (self.tt - self.tx @ found[:, :-1]) / sigma**2
        return 0.5 * (a + a.T), (self.ty - self.tx @ found[:, -1]) / sigma**2

    def evidence(self, rho: float, sigma: float, strengths: Floats, covariance: Floats) -> float:
        """The log density of y with c, e and v integrated out."""
        root = rho * _root(covariance)
        xx = np.block([[self.xx, self.tx.T @ root], [root.T @ self.tx, root.T @ self.tt @ root]])
        shift = rho * strengths
        away = self.yy - 2 * shift @ self.ty + shift @ self.tt @ shift
        xy = np.concatenate([self.xy - self.tx.T @ shift, root.T @ (self.ty - self.tt @ shift)])
        inner = np.eye(len(xx)) + xx / sigma**2
        fit = float(away - xy @ np.linalg.solve(inner, xy) / sigma**2) / sigma**2
        size = self.count * log(2 * pi * sigma**2) + float(np.linalg.slogdet(inner)[1])
        return -0.5 * (fit + size)


def _root(covariance: Floats) -> Floats:
    """A square root of a covariance that may have zeros."""
    values, vectors = np.linalg.eigh(covariance)
    root: Floats = vectors * np.sqrt(np.clip(values, 0.0, None))
    return root
