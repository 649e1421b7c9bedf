"""Many imagined relationships under one policy, and imagined years of them, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..parameters import Array, Values, World
from .chance import Seeded
from .lives import COUNTS, PLACES, Out, Start, by_numpy
from .policies import Policy, optimum, threshold

Counts = NDArray[np.int32]
AUTO, NUMPY, NUMBA = "auto", "numpy", "numba"
ENGINES = (AUTO, NUMPY, NUMBA)
MANY = 1 << 23
"""Relationship-sessions from which on the time that numba takes to load is made up for."""
CHUNK = 1 << 16
"""People that are handed to a `run` at once."""
Range = tuple[int, int]
Run = Callable[[Callable[[Range], None], Iterable[Range]], Iterable[None]]
"""Like `map`. An executor's `map` runs several at once; what comes out is the same to the bit."""
TRIED = tuple(round(0.05 * i, 2) for i in range(21))
"""Thresholds that are tried."""


@dataclass(frozen=True, eq=False)
class Lives:
    """N imagined relationships, (N,) each.

    start, trust: at the start; at the end, or when they left
    growth, energy: what they have learned, and my energy, then; `began`: what they had learned at the start
    trusted, help, tired: trust, sessions of help, and 1 - energy, added up over the sessions there were
    harm, eased: harm to those it hit that stood, and what was taken off it; elsewhere: after they left, elsewhere
    spent: the energy that words and swallowing them took
    sessions, moments, ruptures, repairs: how many there were
    left, torn: whether they left, and whether after an unmended rupture
    """

    world: World
    policy: Policy
    began: float
    start: Array
    trust: Array
    growth: Array
    energy: Array
    trusted: Array
    help: Array
    tired: Array
    harm: Array
    eased: Array
    spent: Array
    elsewhere: Array
    sessions: Counts
    moments: Counts
    ruptures: Counts
    repairs: Counts
    left: NDArray[np.bool_]
    torn: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def worth(self, values: Values | None = None) -> Array:
        """(N,): what each was worth, in units of one good session of help, by the world's values or by others."""
        w = values or self.world.values
        lost = w.harm * (self.harm + w.elsewhere * self.elsewhere) + w.energy * self.tired + w.distrust * self.torn
        gained = w.help * self.help + w.growth * (self.growth - self.began) + w.trust * self.trust * ~self.left
        return np.asarray(gained - lost - self.world.price * self.spent)


def simulate(  # noqa: PLR0913 - what is asked for is named
    world: World,
    policy: Policy,
    people: int = 10_000,
    *,
    seed: int = 0,
    start: Start = Start(),  # noqa: B008 - a tuple that nobody can change
    first: int = 0,
    engine: str = AUTO,
    run: Run = map,
) -> Lives:
    """`people` imagined relationships over the world's sessions, each through its own chance.

    Person i of a run that begins at `first` is person `first + i` of the whole: however a run is split, by `first` or
    by `run`, the same people live the same lives. Raises ValueError for an engine that is none and for a policy that
    was made for another number of sessions, ImportError where numba is asked for and not installed.
    """
    if len(policy.layer) not in (1, world.setting.sessions):
        raise ValueError("the policy was made for another number of sessions")
    work = _engine(engine, people * world.setting.sessions)
    out = Out(np.empty((len(PLACES), people)), np.empty((len(COUNTS), people), np.int32))

    def part(ends: Range) -> None:
        work(world, policy, Seeded(seed, first + ends[0]), start, out.part(*ends))

    for _ in run(part, [(begin, min(begin + CHUNK, people)) for begin in range(0, people, CHUNK)]):
        pass
    counts = dict(zip(COUNTS, out.counts, strict=True))
    flags = {name: counts.pop(name) != 0 for name in ("left", "torn")}
    return Lives(world, policy, start.growth, **dict(zip(PLACES, out.places, strict=True)), **counts, **flags)


Engine = Callable[[World, Policy, Seeded, Start, Out], None]


def _engine(name: str, sessions: int) -> Engine:
    if name not in ENGINES:
        raise ValueError(f"{name!r} is no engine: choose among {', '.join(ENGINES)}")
    if name == NUMPY or (name == AUTO and sessions < MANY):
        return by_numpy
    try:
        from .by_numba import by_numba  # noqa: PLC0415 - numba is an extra, and takes half a second to load
    except ImportError:
        if name == NUMBA:
            raise
        return by_numpy
    return by_numba


@dataclass(frozen=True, eq=False)
class Years:
    """Imagined years under one policy, (Y,) each: the dots of a page.

    left: how many people left; ruptures: how many there were; sessions: how many took place
    help: sessions of help; eased, harm: harm to those it hit, what was taken off it and what stood; elsewhere: harm
    after they left, elsewhere; growth: what people learned, on average; energy: mine, on average over the sessions
    """

    policy: Policy
    people: int
    left: NDArray[np.intp]
    sessions: NDArray[np.intp]
    ruptures: NDArray[np.intp]
    help: Array
    eased: Array
    harm: Array
    elsewhere: Array
    growth: Array
    energy: Array

    DOTS = ("left", "eased", "growth", "help", "energy")


def years(  # noqa: PLR0913 - what is asked for is named
    world: World,
    policies: Mapping[str, Policy],
    *,
    count: int = 300,
    people: int = 12,
    seed: int = 0,
    start: Start = Start(),  # noqa: B008
    engine: str = AUTO,
    run: Run = map,
) -> dict[str, Years]:
    """`count` imagined years of `people` relationships under each policy: all of them meet the same chance.

    A year has as many sessions as the world says (`a_year` gives it 48). Who has left is not replaced.
    """
    lived = partial(simulate, world, people=count * people, seed=seed, start=start, engine=engine, run=run)
    return {name: _years(lived(policy), count) for name, policy in policies.items()}


def _years(lives: Lives, count: int) -> Years:
    def counted(name: str) -> NDArray[np.intp]:
        return np.asarray(getattr(lives, name).reshape(count, -1).sum(1), np.intp)

    def summed(name: str) -> Array:
        return np.asarray(getattr(lives, name).reshape(count, -1).sum(1), np.float64)

    people = len(lives) // count
    left, sessions, ruptures = map(counted, ("left", "sessions", "ruptures"))
    return Years(
        lives.policy,
        people,
        left,
        sessions,
        ruptures,
        help=summed("help"),
        eased=summed("eased"),
        harm=summed("harm"),
        elsewhere=summed("elsewhere"),
        growth=summed("growth") / people,
        energy=1 - summed("tired") / sessions,
    )


def a_year(world: World, weeks: int = 48) -> World:
    """The same world, met once a week for a year."""
    return replace(world, setting=replace(world.setting, sessions=weeks))


def tuned(world: World, *, people: int = 4_000, seed: int = 1, start: Start = Start()) -> float:  # noqa: B008
    """The trust from which on saying it kindly is worth most on average, among TRIED, lived through by one chance."""
    worths = [simulate(world, threshold(at), people, seed=seed, start=start).worth().mean() for at in TRIED]
    return TRIED[int(np.argmax(worths))]


def references(world: World, at: float, fixed: Mapping[str, Policy]) -> dict[str, Policy]:
    """The fixed references, one trust threshold, and the optimum of this world."""
    return {**fixed, "threshold": threshold(at), "optimum": optimum(world)}
