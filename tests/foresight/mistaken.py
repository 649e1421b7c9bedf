"""What it costs to act on a wrong belief, exactly on the grid: one world's optimum, carried back through another.

No chance is drawn: the worth of a policy in a world is found by the same steps as the optimum's (`decomposing`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poise.foresight import FIVE_ACTIONS, Assumptions, Setting, Solution, World, solve
from poise.foresight.decomposing import carried
from poise.foresight.grid import COARSE, Grid
from poise.foresight.parameters import Array
from poise.foresight.rewards import after_leaving, at_once, at_the_end, total
from poise.foresight.simulating import Policy, Start, of_solution, simulate
from poise.foresight.solving import Step, between

STRAINS = (0.4, 1.0, 1.6)
"""The ends of the plausible range, and its middle."""
STARTS = (0.3, 0.5, 0.7)
SPREAD = 0.15
PLACES = {"one to one": Setting(), "target present": Setting(present=0.8)}


class WrongStrain(NamedTuple):
    """The most that is lost by a strain that is believed too low, and too high, per cent of what could be had."""

    where: str
    too_low: float
    too_high: float


PUBLISHED = WrongStrain("one to one", 15, 8)
"""Where, from which trust and over which strains was not said."""
STRAIN_TOLERANCE = 3.0


def worth(world: World, policy: NDArray[np.int8], grid: Grid = COARSE) -> Array:
    """(E, G, T): what a policy (S, K, E, G, T) is worth in a world, before the first moment is known."""
    solution = solve([world], FIVE_ACTIONS, grid)
    tables = solution.tables
    followed = Solution(tables, solution.values, policy[:, None], solution.first)
    step, now = Step(tables), total(at_once(tables))
    return np.asarray(carried(followed, step, now, after_leaving(tables), at_the_end(tables))[0][0])


def lost(true: World, believed: World, trust: float, grid: Grid = COARSE) -> float:
    """Per cent of the optimum's worth that is lost where `believed` is acted on and `true` holds."""
    best = solve([true], FIVE_ACTIONS, grid).value_at(trust)[0]
    acted = between(worth(true, solve([believed], FIVE_ACTIONS, grid).policy[:, 0], grid), grid, trust, 0.9, 0.0)
    return float(100 * (1 - acted / best))


def wrong_strain(where: str) -> WrongStrain:
    """The most over strains and over trust at the start."""
    low, high = [0.0], [0.0]
    for trust in STARTS:
        for true in STRAINS:
            for believed in STRAINS:
                world, taken = (World(Assumptions(strain=strain), setting=PLACES[where]) for strain in (true, believed))
                (low if believed < true else high).append(lost(world, taken, trust))
    return WrongStrain(where, max(low), max(high))


class Knowing(NamedTuple):
    """What knowing trust exactly adds at most, per cent of what can be had without knowing more than the mean."""

    what: str
    world: World
    trust: float
    published: float


KNOWING = (
    Knowing("as it stands", World(setting=Setting(present=0.4)), 0.5, 0.28),
    Knowing("wary and closed", World(setting=Setting(present=0.4, receptive=0.2)), 0.3, 0.8),
)


def knowing_adds(row: Knowing, people: int = 5_000) -> float:
    """A bound: nobody who is told something of trust does worse than one who only knows how it stands on average.

    That one acts in every session as if trust were what it is then on average among those who are still there, under
    the optimum; energy and what was learned are seen. Both meet the same chance.
    """
    best = of_solution(solve([row.world], FIVE_ACTIONS, COARSE))
    start = Start(row.trust, SPREAD)
    blind = replace(best, choices=best.choices.copy())
    for t in range(row.world.setting.sessions):
        at = round(_mean_trust(row.world, best, start, t) * (COARSE.trust - 1))
        blind.choices[t] = best.choices[t][:, :, :, [at]]
    seen, unseen = (simulate(row.world, policy, people, start=start).worth().mean() for policy in (best, blind))
    return float(100 * (seen / unseen - 1))


def _mean_trust(world: World, policy: Policy, start: Start, sessions: int, people: int = 2_000) -> float:
    """Trust after so many sessions, on average among those who are still there."""
    if not sessions:
        return start.trust
    shorter = replace(world, setting=replace(world.setting, sessions=sessions))
    found = simulate(shorter, replace(policy, layer=policy.layer[:sessions]), people, start=start)
    return float(found.trust[~found.left].mean())
