"""The model laid on a grid, for B worlds at once: everything that does not depend on how many sessions are left.

Many pairs of moment and action lead to the same places with the same chances of being there; each such *field* is
worked out once. Where a field leads to is a product of three interpolations: over energy (a matrix that depends on the
energy spent and on rupture), over trust (a matrix that depends on the field and the outcome, noise and the chance of
staying taken in), and over growth (two neighbours and their weights, which depend on everything).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .actions import LET_GO, MOMENTS, NOTHING, Action, Moment
from .grid import Grid, smoothing, weights
from .model import HELD, MENDED, TORN, Laws
from .parameters import Array, World

OUTCOMES = (HELD, MENDED, TORN)
PARTS = ("help", "harm", "energy", "growth", "leaving", "elsewhere", "trust", "price")
"""What a value is made of: help kept, harm to those it hits, my energy, what they learn, their leaving with distrust
confirmed, harm elsewhere once they have left, the trust there is in the end, and what energy costs elsewhere."""
Pair = tuple[Moment, Action]


def pairs_of(actions: Sequence[Action]) -> list[Pair]:
    """Each moment with each action, moments outermost; last, the session in which nothing hurtful is said."""
    return [*((moment, action) for moment in MOMENTS for action in actions), (NOTHING, LET_GO)]


def field_of(pair: Pair) -> tuple[Action, float, float]:
    """What decides where a pair leads to: its action, the severity that silence swallows, and the erosion of trust."""
    moment, action = pair
    return (
        action,
        moment.severity if action.silent else 0.0,
        moment.severity * moment.present * (1 - action.protects),
    )


@dataclass(frozen=True, eq=False)
class Tables:
    """Fields F, pairs K·A + 1. State axes are (E, G, T) of the grid; a leading axis runs over worlds."""

    worlds: tuple[World, ...]
    actions: tuple[Action, ...]
    grid: Grid

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every moment with every action, and last the session with no moment."""
        return pairs_of(self.actions)

    @cached_property
    def fields(self) -> list[tuple[Action, float, float]]:
        """The different fields."""
        return list(dict.fromkeys(map(field_of, self.pairs)))

    @cached_property
    def field(self) -> NDArray[np.intp]:
        """The field of each pair."""
        return np.array([self.fields.index(field_of(pair)) for pair in self.pairs])

    @cached_property
    def laws(self) -> Laws:
        """The laws, over (B, field or pair, E, G, T)."""
        return Laws(self.worlds, 4)

    def column(self, numbers: Sequence[float]) -> Array:
        """Numbers of fields or of pairs, (F, 1, 1, 1)."""
        return np.array(numbers, float)[:, None, None, None]

    @cached_property
    def spent(self) -> Array:
        """(B, F, 1, 1, 1): the energy each field spends."""
        silent, swallowed = ([one[0].silent for one in self.fields], [one[1] for one in self.fields])
        own = self.column([one[0].energy for one in self.fields])
        return self.laws.spends(own, self.column(silent), self.column(swallowed))

    @cached_property
    def after(self) -> list[Array]:
        """For each outcome (B, F, 1, 1, T): the expected trust after it."""
        tau = self.grid.axes()[2]
        directness = self.column([one[0].directness for one in self.fields])
        bonus, erosion = self.column([one[0].bonus for one in self.fields]), self.column([f[2] for f in self.fields])
        return [self.laws.trust_after(tau, o, directness, bonus, erosion) for o in OUTCOMES]

    @cached_property
    def gone(self) -> list[Array]:
        """For each outcome (B, F, 1, 1, T): the chance that they leave."""
        return [self.laws.leaves(after, o) for o, after in zip(OUTCOMES, self.after, strict=True)]

    @cached_property
    def to_trust(self) -> Array:
        """(B, F, 3, T', T): over trust, with noise, for those who stay."""
        made = np.stack([weights(after[:, :, 0, 0], self.grid.trust) for after in self.after], axis=2)
        stay = np.stack([1 - gone[:, :, 0, 0] for gone in self.gone], axis=2)
        return np.ascontiguousarray(((made @ smoothing(self.grid.trust)) * stay[..., None]).swapaxes(-1, -2))

    @cached_property
    def to_energy(self) -> Array:
        """(B, F, 2, E, E'): over energy, without and with a rupture."""
        energy = self.grid.axes()[0]
        after = [self.laws.energy_after(energy, self.spent, rupture)[..., 0, 0] for rupture in (0, 1)]
        return np.stack([weights(one, self.grid.energy) for one in after], axis=2)

    @cached_property
    def learned(self) -> Array:
        """(B, F, 3, E, 1, T): the share of what is left to learn that is learned."""
        energy, _, tau = self.grid.axes()
        content = self.column([one[0].content for one in self.fields])
        return np.stack([self.laws.learns(tau, energy, o, content) for o in OUTCOMES], axis=2)

    @cached_property
    def mends(self) -> Array:
        """(B, 1, E, 1, T): the chance that a rupture is mended."""
        energy, _, tau = self.grid.axes()
        return self.laws.mends(tau, energy)

    @cached_property
    def rupture(self) -> Array:
        """(B, pairs, 1, 1, T): the chance of a rupture."""
        tau = self.grid.axes()[2]
        directness, exposure = ([getattr(a, name) for _, a in self.pairs] for name in ("directness", "exposure"))
        severity, present = self.column([m.severity for m, _ in self.pairs]), [m.present for m, _ in self.pairs]
        numbers = self.column(directness), self.column(exposure), severity, self.column(present)
        return self.laws.rupture(tau, self.laws.called(tau, *numbers))

    @cached_property
    def chances(self) -> Array:
        """(B, K + 1, 1, G, 1): how often each moment comes, none of them last."""
        growth, setting = self.grid.axes()[1], self.laws.s["present"]
        hurtful = self.laws.hurtful(growth)
        each = [hurtful * m.share * (setting if m.present else 1 - setting) for m in MOMENTS]
        return np.concatenate([*each, 1 - hurtful], axis=1)
