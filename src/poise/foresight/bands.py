"""What is shown, and with what caution: a curve with bands over many sets of assumptions, and "too close to call"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .actions import FIVE_ACTIONS, MOMENTS, Action, Moment
from .grid import COARSE, FINE, Grid
from .parameters import Array, Assumptions, Setting, Values, World, drawn
from .solving import between, solve

TRUSTS = tuple(round(0.05 * i, 2) for i in range(1, 20))
"""The places of trust that a curve is drawn through."""
SETS = 400
"""Sets of assumptions that a band is made of."""
TOGETHER = 1
"""Worlds solved at once: with more, arrays leave the near caches, which costs more than fewer calls save."""
TIE = 1e-9
"""What is this near is equal: far below what any value could mean, far above the rounding of sums."""
CLOSE, AGREE = 0.1, 0.75
"""Nearer than a tenth of a good session of help, or agreed on by fewer than three in four sets: too close to call."""
Run = Callable[[Callable[[Sequence[World]], Array], Iterable[Sequence[World]]], Iterable[Array]]
"""Like `map`. An executor's `map` runs several at once; what comes out is the same."""


def sets_of(
    rng: np.random.Generator, setting: Setting, count: int = SETS, *, values: Values | None = None
) -> list[World]:
    """`count` plausible worlds for one setting; with `values`, they differ only in what nobody knows."""
    cares = [values] * count if values else drawn(rng, count, Values)
    return [World(a, v, setting) for a, v in zip(drawn(rng, count, Assumptions), cares, strict=True)]


@dataclass(frozen=True)
class Asked:
    """What is asked: for which moment, with how much energy, and what can be done; `growth` is what they have learned.

    Raises ValueError where what can be done holds nothing that speaks to it, or nothing that does not.
    """

    moment: Moment
    energy: float = 0.9
    growth: float = 0.0
    actions: tuple[Action, ...] = FIVE_ACTIONS

    def __post_init__(self) -> None:
        if len({action.addresses for action in self.actions}) != 2:
            raise ValueError("to compare now with later takes a response that speaks to it, and one that does not")


@dataclass(frozen=True, eq=False)
class Curve:
    """What speaking to it now is worth over not doing so, by trust, in good sessions of help.

    trust: (N,); `advantage`: (S, N), a row for each set of assumptions; `centre`: (N,), at the defaults
    """

    trust: Array
    centre: Array
    advantage: Array

    def band(self, share: float) -> tuple[Array, Array]:
        """The ends between which the middle `share` of the sets lies, (N,) each."""
        low, high = np.quantile(self.advantage, [(1 - share) / 2, (1 + share) / 2], axis=0)
        return low, high

    @property
    def now(self) -> Array:
        """(N,): the share of sets in which speaking to it now is worth more."""
        return np.asarray((self.advantage > TIE).mean(0))


@dataclass(frozen=True, eq=False)
class Costs:
    """What each action would cost against the one worth most, if the world is as one of S sets has it: (S, A)."""

    actions: tuple[Action, ...]
    worth: Array

    @property
    def cost(self) -> Array:
        """(S, A), in good sessions of help; 0 for what is worth most."""
        return np.asarray(self.worth.max(1, keepdims=True) - self.worth)

    def ties(self) -> tuple[Action, ...]:
        """Every action that nothing is worth more than, on average over the sets."""
        mean = self.worth.mean(0)
        return tuple(a for a, one in zip(self.actions, mean, strict=True) if one >= mean.max() - TIE)

    @property
    def two(self) -> tuple[int, int]:
        """The two that are worth most on average."""
        first, second = np.argsort(-self.worth.mean(0), kind="stable")[:2]
        return int(first), int(second)

    @property
    def too_close(self) -> bool:
        """Whether either of the two is fine: CLOSE in worth, or fewer than AGREE of the sets put it first."""
        first, second = self.two
        ahead = self.worth[:, first] - self.worth[:, second]
        return bool(ahead.mean() < CLOSE or (ahead > TIE).mean() < AGREE)


def first_worths(
    worlds: Sequence[World], asked: Asked, trusts: Sequence[float], *, grid: Grid = COARSE, run: Run = map
) -> Array:
    """(S, N, A): what each action is worth now, in good sessions of help, for each world and trust."""
    number, places = MOMENTS.index(asked.moment), np.array(trusts)

    def worths(some: Sequence[World]) -> Array:
        solution = solve(some, asked.actions, grid)
        unit = np.array([world.values.help or 1.0 for world in some])[:, None, None]
        at = between(solution.first[:, number], grid, places, asked.energy, asked.growth)
        return np.asarray(np.moveaxis(at, 0, 1) / unit)

    chunks = [worlds[i : i + TOGETHER] for i in range(0, len(worlds), TOGETHER)]
    return np.concatenate(list(run(worths, chunks)))


def advantage(worths: Array, actions: Sequence[Action]) -> Array:
    """(S, N): the most that speaking to it now is worth, less the most that not doing so is."""
    addresses = np.array([a.addresses for a in actions])
    return np.asarray(worths[..., addresses].max(-1) - worths[..., ~addresses].max(-1))


def curve(centre: World, worlds: Sequence[World], asked: Asked, run: Run = map) -> Curve:
    """The now-or-wait curve: its centre line on the fine grid, its bands on the coarse one."""
    made = first_worths(worlds, asked, TRUSTS, run=run)
    return Curve(np.array(TRUSTS), centre_line(centre, asked), advantage(made, asked.actions))


def centre_line(centre: World, asked: Asked) -> Array:
    """(N,): what speaking to it now is worth over not doing so, at each of TRUSTS, in one world."""
    return np.asarray(advantage(first_worths([centre], asked, TRUSTS, grid=FINE), asked.actions)[0])


def costs(worlds: Sequence[World], asked: Asked, trust: float, run: Run = map) -> Costs:
    """What each action would cost if I am wrong, at one trust."""
    return Costs(asked.actions, first_worths(worlds, asked, [trust], run=run)[:, 0])
