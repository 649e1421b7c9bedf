"""What the model assumes (facts nobody knows for sure), what a person cares about (values), and what they state.

The three are kept apart on purpose: no study can settle a value, and no value may pass for a fact. `SOURCES` says of
every number where it comes from, or that no study has measured it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
UNMEASURED = "no study has measured this"


@dataclass(frozen=True)
class Assumptions:
    """How people are taken to behave. Shares of [0, 1] per session unless `SOURCES` says otherwise."""

    strain: float = 1.0
    softness: float = 0.15
    exposure: float = 1.0
    ordinary: float = 0.177
    thin: float = 0.2
    growth: float = 0.06
    mended: float = 0.06
    torn: float = 0.08
    torn_directness: float = 0.12
    silence: float = 0.05
    repair: float = 0.4
    leaving: float = -4.67
    leaving_trust: float = 4.8
    leaving_torn: float = 1.5
    learning: float = 0.25
    untrusted: float = 0.3
    through_rupture: float = 0.2
    recovery: float = 0.15
    letting_go: float = 0.04


@dataclass(frozen=True)
class Values:
    """What matters, and how much, in units of one good session of help. Never data."""

    help: float = 1.0
    harm: float = 1.5
    energy: float = 0.3
    growth: float = 6.0
    distrust: float = 2.0
    trust: float = 2.0
    elsewhere: float = 1.0


@dataclass(frozen=True)
class Setting:
    """What the person states: of this relationship, and of where it happens.

    sessions: how many meetings are looked at, this one included
    moments: the chance that something hurtful is said in a session, by someone who has learned nothing yet
    present: the share of those in which someone it hits, or a bystander, is in the room
    receptive: how open they are, from 0 to 1; it does not change
    """

    sessions: int = 20
    moments: float = 0.3
    present: float = 0.15
    receptive: float = 0.5

    def __post_init__(self) -> None:
        shares = (self.moments, self.present, self.receptive)
        if self.sessions < 1 or not all(0 <= share <= 1 for share in shares):
            raise ValueError("`sessions` is 1 or more; `moments`, `present` and `receptive` lie between 0 and 1")


ONE_TO_ONE, IN_A_GROUP = Setting(), Setting(present=0.8)
RECEPTIVE = (0.2, 0.5, 0.8)
"""Closed, guarded, open: the three that are told apart."""


@dataclass(frozen=True)
class World:
    """One set of everything: assumptions, values and setting, and what a unit of energy costs elsewhere."""

    assumptions: Assumptions = Assumptions()
    values: Values = Values()
    setting: Setting = Setting()
    price: float = 0.0


class Source(NamedTuple):
    """Where a number comes from: what it means, where it comes from, and the ranges it is drawn from.

    plausible: (low, high) of the sets of assumptions that bands are made of
    wide: (low, high) of everything that can be thought of, the essay's opposite included
    """

    what: str
    source: str
    plausible: tuple[float, float]
    wide: tuple[float, float]


_CZOPP = "Czopp, Monteith & Mark (2006): strangers' hostile confrontation reduced stereotyping too, so 1 can be chosen"
_FITTED = "fitted together: one in five leaves early, those had .55 less alliance, ruptures in .20 to .42 of sessions"
_VALUE = "a value, never data"

SOURCES = {
    "strain": Source("how much confronting strains people", f"{UNMEASURED}; people expect more backlash than there is "
                     "(Kroeper 2020), so less than 1 can be chosen", (0.4, 1.6), (0, 2)),
    "softness": Source("how gradual the border is between what a relationship holds and what tears it", UNMEASURED,
                       (0.1, 0.2), (0.05, 0.3)),
    "exposure": Source("how much more it strains in front of others", UNMEASURED, (0.5, 1.5), (0, 1.5)),
    "ordinary": Source("ruptures that happen anyway", _FITTED, (0.12, 0.22), (0.05, 0.3)),
    "thin": Source("more of them where trust is thin", f"{UNMEASURED}; its sign is a judgement", (0.1, 0.3), (0, 0.4)),
    "growth": Source("how fast trust grows by itself", f"weak; {UNMEASURED} session by session", (0.03, 0.09),
                     (0, 0.15)),
    "mended": Source("what a mended rupture adds to trust", "weak: repaired ruptures go with better outcomes (Eubanks, "
                     "Muran & Safran 2018)", (0.02, 0.09), (-0.02, 0.12)),
    "torn": Source("what an unmended rupture takes", "weak: unrepaired ruptures go with worse outcomes (McLaughlin "
                   "et al. 2014)", (0.05, 0.11), (0.02, 0.15)),
    "torn_directness": Source("what it takes on top, by directness", "weak (McLaughlin et al. 2014)", (0.06, 0.18),
                              (0, 0.25)),
    "silence": Source("how silence in front of a target erodes trust", "Owen et al. (2014): most microaggressions went "
                      "undiscussed, and then went with a lower alliance; there the client was hit, here somebody else",
                      (0.02, 0.15), (0, 0.25)),
    "repair": Source("how readily ruptures are mended (log-odds at trust .5, energy .5)", UNMEASURED, (0, 0.8),
                     (-1, 1.5)),
    "leaving": Source("chance of leaving at trust .5 (log-odds)", _FITTED, (-4.97, -4.37), (-5.5, -4)),
    "leaving_trust": Source("how much thin trust adds to it (log-odds per unit of trust)", _FITTED, (3.8, 5.8), (2, 7)),
    "leaving_torn": Source("what an unmended rupture adds to it (log-odds)", UNMEASURED, (1, 2), (0, 2.5)),
    "learning": Source("how much is learned from what is said, at most", UNMEASURED, (0.15, 0.35), (0.05, 0.5)),
    "untrusted": Source("the share of it that needs no trust", _CZOPP, (0.1, 0.5), (0, 1)),
    "through_rupture": Source("the share still heard when it ends in an unmended rupture", _CZOPP, (0.1, 0.4), (0, 1)),
    "recovery": Source("how fast energy comes back", UNMEASURED, (0.1, 0.2), (0.05, 0.3)),
    "letting_go": Source("energy that swallowing it costs", UNMEASURED, (0.02, 0.06), (0, 0.1)),
    "help": Source("a session of help", _VALUE, (1, 1), (1, 1)),
    "harm": Source("harm to those it hits", _VALUE, (0.75, 3.25), (0, 5)),
    "energy": Source("my own energy", _VALUE, (0.15, 0.45), (0, 0.6)),
    "growth_value": Source("what they learn", _VALUE, (3, 9), (0, 12)),
    "distrust": Source("their leaving with distrust confirmed", _VALUE, (1, 3), (0, 4)),
    "trust": Source("the trust there is in the end", _VALUE, (1, 3), (0, 4)),
    "elsewhere": Source("harm done elsewhere once they have left", _VALUE, (0.5, 1), (0, 1)),
    "moments": Source("how often something hurtful is said", "stated by the person", (0.3, 0.3), (0.05, 0.6)),
    "present": Source("how often someone it hits is there", "stated by the person", (0.15, 0.8), (0.15, 0.8)),
    "receptive": Source("how open they are", "stated by the person", (0.2, 0.8), (0.2, 0.8)),
    "sessions": Source("how many meetings are left", "stated by the person", (20, 20), (1, 40)),
}  # fmt: skip
"""{parameter: where it comes from}. The value `growth` stands as `growth_value`. Ranges are judgements."""

Kind = TypeVar("Kind", Assumptions, Values)


def drawn(rng: np.random.Generator, count: int, kind: type[Kind], *, wide: bool = False) -> list[Kind]:
    """`count` sets of assumptions, or of values, drawn evenly and independently from their ranges."""
    names = [one.name for one in fields(kind)]
    ranges = np.array([getattr(SOURCES[named(kind, name)], "wide" if wide else "plausible") for name in names])
    sets = rng.uniform(ranges[:, 0], ranges[:, 1], (count, len(names)))
    return [kind(**dict(zip(names, map(float, one), strict=True))) for one in sets]


def named(kind: type[Assumptions | Values], name: str) -> str:
    """The name a parameter has among the sources."""
    return "growth_value" if kind is Values and name == "growth" else name


def columns(sets: Sequence[Assumptions] | Sequence[Values] | Sequence[Setting]) -> dict[str, Array]:
    """{parameter: its numbers, (B,)}."""
    rows = [asdict(one) for one in sets]
    return {name: np.array([row[name] for row in rows], float) for name in rows[0]}
