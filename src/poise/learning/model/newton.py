"""Damped Newton on a concave log-posterior J: one optimum, from anywhere (see `posterior` for J).

w <- w + t H^-1 dJ/dw,  t halved until J rises as its slope promises

H is kept for as long as steps shrink fast with it, set right by what each step shows of it (BFGS), and is worked out
anew at the optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from . import choices as likelihood
from .choices import Choices, Weighed
from .layout import Floats, Prior, Quadratic

MOST_STEPS, MOST_HALVINGS = 100, 60
FINEST, EXACT, NEAR = 1e-19, 1e-16, 1e-6
"""What the squared Newton decrement, as a share of J, has to come below: as near as floats can say; within some
ten-millionths of a spread; near enough to compare."""
UNSEEN = 1e-11
"""A rise of J, as a share of it, that is too small to be told from how sums are rounded: its steps are not checked."""
KEPT = 0.01
"""How far the squared decrement has to shrink in one step for H to be kept for the next: most of the work is H."""


class Start(NamedTuple):
    """Where to begin: a point, and H without the prior's part near it, used for as long as it serves."""

    w: Floats | None = None
    told: Floats | None = None


AT_THE_PRIOR = Start()


class Optimum(NamedTuple):
    """Where J is largest (P,), H there (free, free), the log evidence, and how many steps it took."""

    w: Floats
    curve: Floats
    evidence: float
    steps: int


class _Place(NamedTuple):
    """A point, J there, and the shares it was worked out from."""

    w: Floats
    value: float
    found: Weighed


class Newton:
    """One problem to solve."""

    def __init__(self, groups: Sequence[Choices], prior: Prior, outcomes: Quadratic | None) -> None:
        self.groups = groups
        self.prior, self.free = prior, prior.free
        self.outcomes = outcomes
        self.kept: Floats = np.diag(prior.precision)
        self.kept_at: Weighed | None = None
        self.shown: list[tuple[Floats, Floats, float]] = []
        """Since H was worked out: each step, how the slope fell by it, and one over their product."""

    def solve(self, start: Start, enough: float) -> Optimum:
        """The optimum, and H there; the last step, too short to be seen in J, is taken as well."""
        here, steps, before = self.begun(start), 0, np.inf
        slope = self.slope(here)
        while True:
            step, rise = self.step(here, slope, before)
            share = rise / (1 + abs(here.value))
            if share <= max(UNSEEN, enough) and share * min(1.0, rise / before) <= enough:
                here = self.place(self.moved(here.w, step))
                break
            there = None if steps == MOST_STEPS else self.search(here, step, rise if share > UNSEEN else 0.0)
            if there is None:
                break
            slope = self.seen(here, there, slope)
            here, steps, before = there, steps + 1, rise
        self.keep(here)
        return Optimum(here.w, self.kept, self.evidence(here.value, self.kept), steps)

    def begun(self, start: Start) -> _Place:
        """The first point, with what is fixed where it has to be, and the first H."""
        away = self.prior.mean if start.w is None else start.w
        here = self.place(self.moved(self.prior.mean, (away - self.prior.mean)[self.free]))
        if start.told is None:
            self.keep(here)
        else:
            self.kept += start.told
        return here

    def step(self, here: _Place, slope: Floats, before: float) -> tuple[Floats, float]:
        """The Newton step, and its squared decrement: twice what J should rise by it.

        H is worked out anew only where the one that was kept has not brought the decrement down far enough.
        """
        step = self.towards(slope)
        if self.kept_at is not here.found and slope @ step > KEPT * before:
            self.keep(here)
            step = self.towards(slope)
        return step, float(slope @ step)

    def towards(self, slope: Floats) -> Floats:
        """H^-1 slope, by H as it is kept and what steps have shown of it since."""
        left, taken = slope, []
        for step, fall, over in reversed(self.shown):
            taken.append(over * float(step @ left))
            left = left - taken[-1] * fall
        found: Floats = np.linalg.solve(self.kept, left).astype(np.float64, copy=False)
        for (step, fall, over), share in zip(self.shown, reversed(taken), strict=True):
            found += (share - over * float(fall @ found)) * step
        return found

    def seen(self, here: _Place, there: _Place, slope: Floats) -> Floats:
        """The slope there; what it shows of H is noted, where it shows anything."""
        after = self.slope(there)
        step, fall = (there.w - here.w)[self.free], slope - after
        product = float(step @ fall)
        if product > 0:
            self.shown.append((step, fall, 1 / product))
        return after

    def keep(self, here: _Place) -> None:
        """Work out H here, unless it is known."""
        if self.kept_at is not here.found:
            self.kept, self.kept_at, self.shown = self.curve(here.found), here.found, []

    def moved(self, w: Floats, step: Floats) -> Floats:
        """A step of what can move."""
        there = w.copy()
        there[self.free] += step
        return there

    def search(self, here: _Place, step: Floats, rise: float) -> _Place | None:
        """The first of t = 1, 1/2, 1/4 ... that rises enough, any for a `rise` of 0; None where there is none."""
        t = 1.0
        for _ in range(MOST_HALVINGS):
            there = self.place(self.moved(here.w, t * step))
            if np.isfinite(there.value) and (not rise or there.value >= here.value + 1e-4 * t * rise):
                return there
            t /= 2
        return None

    def place(self, w: Floats) -> _Place:
        """J at w."""
        found = likelihood.weighed(self.groups, self.prior, w)
        away = (w - self.prior.mean)[self.free]
        value = likelihood.log_likelihood(self.groups, found) - 0.5 * float(away @ (self.prior.precision * away))
        if self.outcomes is not None:
            v = w[: self.prior.guidelines]
            value += float(self.outcomes.b @ v - 0.5 * v @ self.outcomes.a @ v)
        return _Place(w, value, found)

    def slope(self, here: _Place) -> Floats:
        """(free,): dJ/dw."""
        w, found = here.w, here.found
        total = likelihood.slope(self.groups, self.prior, found)
        if self.outcomes is not None:
            size = self.prior.guidelines
            total[:size] += self.outcomes.b - self.outcomes.a @ w[:size]
        slope: Floats = total[self.free] - self.prior.precision * (w - self.prior.mean)[self.free]
        return slope

    def curve(self, found: Weighed) -> Floats:
        """(free, free): H."""
        total = likelihood.curve(self.groups, self.prior, found)
        if self.outcomes is not None:
            size = self.prior.guidelines
            total[:size, :size] += self.outcomes.a
        curve: Floats = total[np.ix_(self.free, self.free)]
        curve.flat[:: len(curve) + 1] += self.prior.precision
        return curve

    def evidence(self, value: float, curve: Floats) -> float:
        """The log evidence at the optimum; a flat prior has none, and is left out of it."""
        if not len(self.free):
            return value
        shown = self.prior.precision[self.prior.precision > 0]
        return value + 0.5 * float(np.log(shown).sum()) - 0.5 * float(np.linalg.slogdet(curve)[1])
