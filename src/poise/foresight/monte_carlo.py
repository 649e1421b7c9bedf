"""The same model lived through by chance, on invented relationships: what backward induction is checked against.

Nothing here knows of grids, unless asked to: then each step is rounded to a neighbouring point of the grid, by chance
and on average to where it was, and the mean value is that of the solution exactly, but for noise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .actions import MOMENTS, NOTHING, Action
from .grid import Grid
from .model import HELD, MEAN_SEVERITY, MENDED, NOISE, TORN, Laws
from .parameters import Array, World
from .solving import Solution

Codes = NDArray[np.intp]
ALL = (HELD, MENDED, TORN)
_SEVERITY = np.array([m.severity for m in (*MOMENTS, NOTHING)])
_PRESENT = np.array([float(m.present) for m in (*MOMENTS, NOTHING)])


Choose = Callable[[int, Codes, Array, Array, Array], Codes]
"""(t, moment, trust, growth, energy), but for t (N,) each: the number of an action; `moment` is a number too."""


class Policy(NamedTuple):
    """What is done in N relationships, out of what can be done."""

    actions: tuple[Action, ...]
    choose: Choose


def optimal(solution: Solution, world: int = 0) -> Policy:
    """The policy of a solution, at the nearest point of its grid."""
    energies, growths, trusts = solution.tables.grid.shape

    def choose(t: int, moment: Codes, tau: Array, growth: Array, energy: Array) -> Codes:
        e, g, i = (np.rint(x * (n - 1)).astype(int) for x, n in ((energy, energies), (growth, growths), (tau, trusts)))
        return np.asarray(solution.policy[t, world, np.minimum(moment, len(MOMENTS) - 1), e, g, i], dtype=np.intp)

    return Policy(solution.tables.actions, choose)


def always(actions: tuple[Action, ...], number: int) -> Policy:
    """The same action in every moment."""
    return Policy(actions, lambda _t, moment, _tau, _growth, _energy: np.full(len(moment), number))


@dataclass(frozen=True, eq=False)
class Lived:
    """N relationships lived through.

    value: (N,) in units of one good session; left: (N,) whether they left
    trust, growth, energy: (N,) as they were at the end, or when they left
    sessions, ruptures, repairs, spent: (N,) how many there were, and the energy that went into them
    """

    value: Array
    left: NDArray[np.bool_]
    trust: Array
    growth: Array
    energy: Array
    sessions: Array
    ruptures: Array
    repairs: Array
    spent: Array = field(repr=False)


class _Life:
    """N relationships under way."""

    def __init__(self, world: World, actions: tuple[Action, ...], start: tuple[Array, Array, Array]) -> None:
        self.laws, self.world = Laws([world], 1), world
        self.tau, self.growth, self.energy = (np.array(x, float) for x in start)
        self.here = np.ones(len(self.tau), bool)
        self.value, self.sessions, self.ruptures, self.repairs, self.spent = np.zeros((5, len(self.tau)))
        names = ("directness", "exposure", "protects", "content", "bonus", "energy", "silent")
        self.profile = {name: np.array([float(getattr(a, name)) for a in (*actions, Action(""))]) for name in names}

    def moments(self, rng: np.random.Generator) -> Codes:
        """Which moment each session brings; the last number is none."""
        shares = [m.share * (self._there if m.present else 1 - self._there) for m in MOMENTS]
        which = np.searchsorted(np.cumsum(shares)[:-1], rng.random(len(self.tau)), side="right")
        hurtful = rng.random(len(self.tau)) < self.laws.hurtful(self.growth)[0]
        return np.where(hurtful, which, len(MOMENTS))

    @property
    def _there(self) -> float:
        return self.world.setting.present

    def session(self, rng: np.random.Generator, moment: Codes, chosen: Codes, left_over: int) -> None:
        """One session in every relationship that is still there."""
        laws, here = self.laws, self.here
        do = {name: numbers[chosen] for name, numbers in self.profile.items()}
        s, b = _SEVERITY[moment], _PRESENT[moment]
        outcome = self._outcome(rng, laws.called(self.tau, do["directness"], do["exposure"], s, b))
        erosion = s * b * (1 - do["protects"])
        after = np.choose(
            outcome, [laws.trust_after(self.tau, o, do["directness"], do["bonus"], erosion)[0] for o in ALL]
        )
        leaves = rng.random(len(s)) < np.choose(outcome, [laws.leaves(after, o)[0] for o in ALL])
        learns = np.choose(outcome, [laws.learns(self.tau, self.energy, o, do["content"])[0] for o in ALL])
        learned, spent = (1 - self.growth) * learns, laws.spends(do["energy"], do["silent"], s)[0]
        self.value += here * (self._worth(erosion, learned, spent) + leaves * self._lost(outcome, learned, left_over))
        self.sessions += here
        self.ruptures += here & (outcome != HELD)
        self.repairs += here & (outcome == MENDED)
        self.spent += here * spent
        energy = laws.energy_after(self.energy, spent, outcome != HELD)[0]
        self.tau, self.energy = np.where(here, after, self.tau), np.where(here, energy, self.energy)
        self.growth = self.growth + here * learned
        self.here = here & ~leaves

    def _outcome(self, rng: np.random.Generator, called: Array) -> Codes:
        """Held, mended or torn, in each relationship."""
        ruptured = rng.random(len(self.tau)) < self.laws.rupture(self.tau, called)[0]
        mended = rng.random(len(self.tau)) < self.laws.mends(self.tau, self.energy)[0]
        return np.where(ruptured, np.where(mended, MENDED, TORN), HELD)

    def drift(self, rng: np.random.Generator, grid: Grid | None) -> None:
        """What else moves trust until the next session; with a grid, everything rounded to its points."""
        tau = self.tau
        if grid is not None:
            tau, self.growth = _rounded(rng, tau, grid.trust), _rounded(rng, self.growth, grid.growth)
            self.energy = _rounded(rng, self.energy, grid.energy)
        noisy = np.clip(tau + rng.normal(0, NOISE, len(tau)), 0, 1)
        self.tau = np.where(self.here, noisy if grid is None else _rounded(rng, noisy, grid.trust), self.tau)

    def ended(self) -> Lived:
        """What came of it."""
        value = self.value + self.here * self.world.values.trust * self.tau
        state = (self.tau, self.growth, self.energy)
        return Lived(value, ~self.here, *state, self.sessions, self.ruptures, self.repairs, self.spent)

    def _worth(self, erosion: Array, learned: Array, spent: Array) -> Array:
        w, price = self.world.values, self.world.price
        at_once = self.laws.help(self.tau, self.energy)[0] - w.harm * erosion - w.energy * (1 - self.energy)
        return np.asarray(at_once + w.growth * learned - price * spent)

    def _lost(self, outcome: Codes, learned: Array, left_over: int) -> Array:
        w = self.world.values
        hurtful = self.laws.hurtful(self.growth + learned)[0] * self._there * MEAN_SEVERITY
        return np.asarray(-w.distrust * (outcome == TORN) - left_over * w.harm * w.elsewhere * hurtful)


def live(
    rng: np.random.Generator, world: World, policy: Policy, start: tuple[Array, Array, Array], grid: Grid | None = None
) -> Lived:
    """N relationships lived through from `start`: trust, growth and energy, (N,) each."""
    life = _Life(world, policy.actions, start)
    for t in range(world.setting.sessions):
        moment = life.moments(rng)
        chosen = policy.choose(t, moment, life.tau, life.growth, life.energy)
        chosen = np.where(moment == len(MOMENTS), len(policy.actions), chosen)
        life.session(rng, moment, chosen, world.setting.sessions - 1 - t)
        life.drift(rng, grid)
    return life.ended()


def _rounded(rng: np.random.Generator, places: Array, points: int) -> Array:
    """Each place moved to a neighbouring point by chance, on average to where it was."""
    at = places * (points - 1)
    return np.asarray((np.floor(at) + (rng.random(len(at)) < at - np.floor(at))) / (points - 1))
