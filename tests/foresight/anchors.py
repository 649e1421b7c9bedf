"""Published figures of therapy, and the same of imagined relationships: `bench/foresight_tables.py` prints them.

Each row has the interval it may lie in: those of `relationship.simulation`, which come with the publications, and for
ruptures the range that was published. The alliance is rated once, in the first session, as dependably as one rating is
(.77). The outcome is the help there was over all sessions that were planned, by session, and noise of .35: that noise
was fitted, by whoever published the model, to the correlation of alliance and outcome, so that this row says the least.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poise.foresight import Setting, World
from poise.foresight.simulating import REFERENCES, Lives, Policy, simulate
from poise.relationship.simulation import FIGURES

Numbers = NDArray[np.float64]
WORLD = World(setting=Setting(present=0.4))
PEOPLE, SEED = 60_000, 2026
DEPENDABLE, NOISE = 0.77, 0.35
_PUBLISHED = {figure.id: figure for figure in FIGURES}


class Lived(NamedTuple):
    """Imagined relationships, what was rated in the first session, and how it went."""

    lives: Lives
    rated: Numbers
    outcome: Numbers


class Anchor(NamedTuple):
    """One published figure, the interval it may lie in, and how it is found here."""

    what: str
    published: float
    low: float
    high: float
    found: Callable[[Lived], float]

    def holds(self, number: float) -> bool:
        """Whether a number lies in the interval."""
        return self.low <= number <= self.high


def lived(
    policy: Policy = REFERENCES["kindly"], world: World = WORLD, outcome: Callable[[Lives], Numbers] | None = None
) -> Lived:
    """Relationships under one policy; `outcome` is another way to say how it went, without its noise."""
    lives, rng = simulate(world, policy, PEOPLE, seed=SEED), np.random.default_rng(SEED)
    sd = lives.start.std() * np.sqrt((1 - DEPENDABLE) / DEPENDABLE)
    went = outcome(lives) if outcome else lives.help / world.setting.sessions
    return Lived(lives, lives.start + rng.normal(0, sd, PEOPLE), went + rng.normal(0, NOISE, PEOPLE))


def left(of: Lived) -> float:
    return float(of.lives.left.mean())


def less_alliance(of: Lived) -> float:
    """How much higher those who stayed had rated it than those who left, in standard deviations."""
    stayed, gone = of.rated[~of.lives.left], of.rated[of.lives.left]
    within = (stayed.var() * len(stayed) + gone.var() * len(gone)) / len(of.rated)
    return float((stayed.mean() - gone.mean()) / np.sqrt(within))


def ruptures(of: Lived) -> float:
    return float(of.lives.ruptures.sum() / of.lives.sessions.sum())


def alliance_outcome(of: Lived) -> float:
    return float(np.corrcoef(of.rated, of.outcome)[0, 1])


def repair_outcome(of: Lived) -> float:
    """Where there were ruptures: the share that was mended, with the outcome."""
    had = of.lives.ruptures > 0
    return float(np.corrcoef(of.lives.repairs[had] / of.lives.ruptures[had], of.outcome[had])[0, 1])


def _anchor(what: str, name: str, found: Callable[[Lived], float]) -> Anchor:
    figure = _PUBLISHED[name]
    return Anchor(what, figure.published, figure.low, figure.high, found)


ANCHORS = (
    _anchor("left early", "C1", left),
    _anchor("alliance: those who stayed, less those who left (d)", "C2", less_alliance),
    Anchor("sessions with a rupture", 0.305, 0.20, 0.42, ruptures),
    _anchor("alliance with outcome (r)", "A1", alliance_outcome),
    _anchor("repair with outcome (r)", "B2", repair_outcome),
)
