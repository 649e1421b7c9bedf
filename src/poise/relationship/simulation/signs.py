"""Published directions, and what the model says of them: those it shares, and those it does not.

Each is a difference in the simulation with its standard error. Where a study found a difference, `expected` is its
direction; where it looked for one and found none, `expected` is 0. No sizes are compared, as none were published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .figures import ERRORS, LONG, SHORT, Found, major, unrepaired
from .relationships import Acting, Relationships, simulate

CONFRONTING = Acting(confronting=0.5, confronting_risk=0.5)
"""Half of the encounters; how much it adds to the risk of a rupture no study has measured."""
LOADED = Acting(load=0.9, load_risk=1.0)
"""Nine encounters in ten cost something; how much that adds to the risk no study has measured."""


@dataclass(frozen=True)
class Sign:
    """A published direction: +1, -1, or 0 where no difference was found; and the simulation's difference."""

    id: str
    what: str
    source: str
    expected: int
    found: float
    error: float

    @property
    def shared(self) -> bool:
        """Whether the model says the same, beyond the simulation's own error."""
        clear = abs(self.found) > ERRORS * self.error
        return (int(np.sign(self.found)) if clear else 0) == self.expected


Flags = NDArray[np.bool_]
Array = NDArray[np.float64]


def signs(chance: np.random.Generator, relationships: int = 100_000) -> list[Sign]:
    """Every published direction beside the simulation's."""
    short = simulate(chance, relationships, SHORT)
    long = simulate(chance, relationships, LONG)
    confronting = simulate(chance, relationships, SHORT, acting=CONFRONTING)
    loaded = simulate(chance, relationships, SHORT, acting=LOADED)
    return [*_repairs(short, long), *_next_sessions(short), *_confronting(confronting), *_loads(loaded, short)]


def _repairs(short: Relationships, long: Relationships) -> list[Sign]:
    torn, open_ = major(short), unrepaired(short)
    last, owen, larsson = short.last(short.rating), "Owen et al. 2014", "Holmqvist Larsson et al. 2018"
    return [
        Sign("M3", "last rating: hurt and not talked about, less never hurt", owen, -1, *apart(last, open_, ~torn)),
        Sign("M3", "last rating: not talked about, less talked about", owen, -1, *apart(last, open_, torn & ~open_)),
        Sign("B4", "outcome of 30 encounters: repaired, less never torn", larsson, 1, *_repaired_less_never(long)),
        Sign("B4", "the same in 12 encounters: not better", larsson, -1, *_repaired_less_never(short)),
    ]


def _repaired_less_never(found: Relationships) -> Found:
    torn = major(found)
    return apart(found.outcome, torn & ~unrepaired(found), ~torn)


def _next_sessions(short: Relationships) -> list[Sign]:
    """The rating after an encounter less the one before it, by what happened in it."""
    change = short.rating[2:] - short.rating[:-2]
    came, rupture, repair = short.there[2:], short.rupture[1:-1], short.repair[1:-1]
    rubel = "Rubel et al. 2018"
    return [
        Sign("B8", "next rating: after a rupture, less after none", rubel, -1,
             *apart(change, came & rupture, came & ~rupture)),
        Sign("B8", "next rating: rupture repaired at once, less not", rubel, 0,
             *apart(change, came & rupture & repair, came & rupture & ~repair)),
    ]  # fmt: skip


def _confronting(found: Relationships) -> list[Sign]:
    rose = found.rating[1:-1] > found.rating[:-2]
    there, confronted, rupture = found.there[2:], found.confronted[2:], found.rupture[2:].astype(np.float64)
    more = apart(rupture, there & confronted, there & ~confronted)
    after, otherwise = (
        apart(rupture, there & recent & confronted, there & recent & ~confronted) for recent in (rose, ~rose)
    )
    both = float(np.hypot(after[1], otherwise[1]))
    source = "Moeseneder et al. 2019"
    return [
        Sign("B13", "ruptures: confronted, less not", source, 1, *more),
        Sign("B13", "the same after a recent rise, less otherwise", source, 1, after[0] - otherwise[0], both),
    ]


def _loads(loaded: Relationships, short: Relationships) -> list[Sign]:
    """The same relationships' worth of encounters, with and without something that weighs on the one who rates."""
    late, liao = slice(SHORT // 2, None), "Liao et al. 2020"
    ruptures = [found.rupture[late][found.there[late]].astype(np.float64) for found in (loaded, short)]
    trust = [found.last(found.trust) for found in (loaded, short)]
    return [
        Sign("J3", "ruptures in the second half: with a load, less without", liao, 1, *_less(*ruptures)),
        Sign("J3", "last trust: with a load, less without", liao, -1, *_less(*trust)),
    ]


def apart(values: Array, these: Flags, those: Flags) -> Found:
    """The difference of two means, and its standard error."""
    return _less(values[these], values[those])


def _less(x: Array, y: Array) -> Found:
    return float(x.mean() - y.mean()), float(np.sqrt(x.var() / x.size + y.var() / y.size))
