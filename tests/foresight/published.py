"""Results published of this model, and the same found here: `bench/foresight_tables.py` prints them side by side.

The published draws are not at hand, and their plausible ranges were their author's judgement, as ours are ours. What
comes out is compared row by row within a tolerance that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from poise.foresight import MOMENTS, Assumptions, Moment, Setting, Solution, Values, World, solve, timing
from poise.foresight.bands import TOGETHER
from poise.foresight.grid import COARSE
from poise.foresight.parameters import RECEPTIVE, drawn
from poise.foresight.simulating import REFERENCES, Policy, Start, optimum, simulate, threshold, tuned

PRESENT = {"one to one": 0.15, "target present": 0.8}
MODERATE = 0.55
RESPONSES = ("let_go", "ask", "gentle", "privately", "call_out")


class Costs(NamedTuple):
    """Mean one-shot cost of each response against the one worth most, in good sessions of help; a moderate remark.

    tenth: what one set in ten goes beyond, by response, where it was published
    """

    where: str
    trust: float
    let_go: float
    ask: float
    gentle: float
    privately: float
    call_out: float
    tenth: dict[str, float]

    @property
    def mean(self) -> tuple[float, ...]:
        """The five means."""
        return self[2:7]


COSTS = (
    Costs(
        "one to one",
        0.25,
        0.14,
        0.13,
        0.24,
        0.20,
        1.30,
        dict(zip(RESPONSES, (0.43, 0.29, 0.74, 0.57, 1.94), strict=True)),
    ),
    Costs("one to one", 0.70, 0.13, 0.07, 0.04, 0.17, 0.73, {"gentle": 0.16}),
    Costs("target present", 0.25, 1.06, 0.44, 0.04, 0.72, 0.56, {"let_go": 1.92, "gentle": 0.15}),
    Costs("target present", 0.70, 1.23, 0.58, 0.04, 0.92, 0.32, {}),
)
COST_TOLERANCE, TENTH_TOLERANCE = 0.25, 0.5


class Region(NamedTuple):
    """Per cent of wide draws in which each comes first; `wait`: not now, but within 60 % of the sessions."""

    where: str
    trust: float
    call_out: float
    gentle: float
    privately: float
    wait: float
    not_at_all: float


REGIONS = (
    Region("one to one", 0.25, 0, 37, 9, 15, 39),
    Region("one to one", 0.70, 1, 50, 1, 13, 36),
    Region("target present", 0.25, 54, 35, 1, 7, 4),
    Region("target present", 0.70, 59, 36, 0, 3, 2),
)
FITTING = (
    Region("one to one", 0.25, 0, 37, 9, 19, 35),
    Region("one to one", 0.70, 1, 54, 0, 13, 32),
    Region("target present", 0.25, 48, 39, 1, 9, 3),
    Region("target present", 0.70, 64, 31, 0, 3, 1),
)
"""The same over those draws alone that fit what was published of therapies."""
REGION_TOLERANCE = 15


class Cells(NamedTuple):
    """In how many of 180 cells (3 of receptiveness, 6 moments, 10 of trust) nothing is said now, and later it is."""

    what: str
    assumptions: Assumptions
    published: int


CELLS = (
    Cells("as it stands", Assumptions(), 25),
    Cells("no strain", Assumptions(strain=0), 4),
    Cells("no growth of trust", Assumptions(growth=0), 2),
    Cells("more strain", Assumptions(strain=1.3), 37),
    Cells("more strain, no growth of trust", Assumptions(strain=1.3, growth=0), 2),
)
CELL_TOLERANCE = 4


class Losses(NamedTuple):
    """What a fixed policy loses against the optimum, per cent of its worth; last, the best threshold of trust."""

    what: str
    world: World
    trust: float
    out_loud: float
    never: float
    kindly: float
    threshold: float

    @property
    def lost(self) -> tuple[float, ...]:
        """The four losses."""
        return self[3:]


LOSSES = (
    Losses("one to one", World(), 0.5, 24.5, 11.6, 1.4, 0.9),
    Losses("wary at the start", World(), 0.3, 38.3, 14.0, 3.5, 2.3),
    Losses("the mechanism off", World(Assumptions(untrusted=1, strain=0.3)), 0.5, 8.1, 17.0, 0.7, 0.7),
)
LOSS_TOLERANCE = 2.0
GUESSED = (
    Losses(
        "a group with targets", World(values=Values(harm=3), setting=Setting(present=0.8)), 0.5, 22.4, 62.0, 4.1, 3.5
    ),
    Losses(
        "fragile, nobody else hurt",
        World(Assumptions(strain=1.8), setting=Setting(present=0)),
        0.15,
        57.3,
        3.9,
        22.6,
        2.5,
    ),
)
"""Published without the numbers that they stand on. The worlds here were chosen to come near, so they show nothing."""
SPREAD = 0.15
"""Of trust at the start; how far it was spread was not published."""


def worlds(where: str, count: int, *, wide: bool) -> list[World]:
    """`count` draws at each level of receptiveness."""
    rng = np.random.default_rng(2026)
    drawn_sets = zip(drawn(rng, count, Assumptions, wide=wide), drawn(rng, count, Values, wide=wide), strict=True)
    moments = rng.uniform(0.05, 0.6, count) if wide else np.full(count, 0.3)
    return [
        World(a, v, Setting(20, float(often), PRESENT[where], level))
        for (a, v), often in zip(drawn_sets, moments, strict=True)
        for level in RECEPTIVE
    ]


def solutions(made: Sequence[World]) -> Iterator[Solution]:
    for i in range(0, len(made), TOGETHER):
        yield solve(made[i : i + TOGETHER], grid=COARSE)


def moment(where: str) -> int:
    return MOMENTS.index(Moment(MODERATE, where == "target present"))


def costs(where: str, count: int) -> list[Costs]:
    """The rows of COSTS for one place, as they come out here."""
    rows = [row for row in COSTS if row.where == where]
    worths = [[s.at(row.trust)[:, moment(where)] for row in rows] for s in solutions(worlds(where, count, wide=False))]
    found = []
    for i, row in enumerate(rows):
        q = np.concatenate([one[i] for one in worths])
        cost = q.max(1, keepdims=True) - q
        tenth = dict(zip(RESPONSES, map(float, np.quantile(cost, 0.9, axis=0)), strict=True))
        found.append(
            Costs(where, row.trust, **dict(zip(RESPONSES, map(float, cost.mean(0)), strict=True)), tenth=tenth)
        )
    return found


def regions(where: str, made: Sequence[World]) -> list[Region]:
    """The rows of REGIONS for one place, as they come out here over these worlds."""
    rows, k = [row for row in REGIONS if row.where == where], moment(where)
    times = [[timing(s, row.trust) for row in rows] for s in solutions(made)]
    found = []
    for i, row in enumerate(rows):
        first = np.concatenate([one[i].first[:, k] for one in times])
        wait = np.concatenate([one[i].wait[:, k] for one in times])
        each = [first == 4, first == 2, first == 3, wait, (first < 2) & ~wait]
        found.append(Region(where, row.trust, *(100 * float(one.mean()) for one in each)))
    return found


def cells(assumptions: Assumptions) -> int:
    """In how many cells it is said later, and not now."""
    made = [World(assumptions, setting=Setting(present=0.4, receptive=level)) for level in RECEPTIVE]
    solution = solve(made)
    return sum(int(timing(solution, float(trust)).silent_first.sum()) for trust in np.linspace(0.05, 0.95, 10))


def losses(row: Losses, people: int = 20_000) -> Losses:
    """A row of LOSSES, as it comes out here: the same chance for every policy."""
    start = Start(row.trust, SPREAD)
    at = tuned(row.world, start=start)

    def worth(policy: Policy) -> float:
        return float(simulate(row.world, policy, people, seed=2, start=start).worth().mean())

    best = worth(optimum(row.world))
    out_loud, never, kindly = (REFERENCES[name] for name in ("out_loud", "never", "kindly"))
    lost = (100 * (1 - worth(policy) / best) for policy in (out_loud, never, kindly, threshold(at)))
    return Losses(row.what, row.world, row.trust, *lost)
