"""Whether what was published of therapies settles how much confronting strains: it does not, there and here.

Wide draws are lived through, as in `anchors`, and those are kept that fall into four windows around published figures;
repair and outcome before any noise of measurement, as the published comparison had it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from poise.foresight import Assumptions, Setting, Values, World
from poise.foresight.parameters import drawn
from poise.foresight.simulating import REFERENCES, simulate

from .anchors import DEPENDABLE, Lived, left, less_alliance, repair_outcome, ruptures

WINDOWS = {left: (0.12, 0.28), less_alliance: (0.3, 0.8), ruptures: (0.2, 0.4), repair_outcome: (0.25, 0.75)}
"""Who leaves early; how much lower they had rated it; ruptures by session; repair with outcome. As published."""
DRAWS, PEOPLE = 4_000, 600
PRESENT = 0.4


class Settled(NamedTuple):
    """How many draws fit, and what their strain is beside that of all: means and standard deviations."""

    draws: int
    fitting: int
    strain: tuple[float, float]
    prior: tuple[float, float]

    @property
    def share(self) -> float:
        """Of the draws."""
        return self.fitting / self.draws


PUBLISHED = Settled(4_000, 667, (0.98, 0.59), (1.00, 0.58))


def wide(count: int) -> list[World]:
    """`count` draws of everything that can be thought of."""
    rng = np.random.default_rng(2026)
    sets = zip(drawn(rng, count, Assumptions, wide=True), drawn(rng, count, Values, wide=True), strict=True)
    moments = map(float, rng.uniform(0.05, 0.6, count))
    return [World(a, v, Setting(20, often, PRESENT)) for (a, v), often in zip(sets, moments, strict=True)]


def fits(world: World) -> bool:
    """Whether all four figures of a world fall into their windows; never where nearly nobody, or everybody, leaves."""
    lives = simulate(world, REFERENCES["kindly"], PEOPLE)
    if not 1 < lives.left.sum() < PEOPLE - 1:
        return False
    sd = lives.start.std() * np.sqrt((1 - DEPENDABLE) / DEPENDABLE)
    rated = lives.start + np.random.default_rng(1).normal(0, sd, PEOPLE)
    of = Lived(lives, rated, lives.help / world.setting.sessions)
    return all(low <= figure(of) <= high for figure, (low, high) in WINDOWS.items())


def settled(count: int) -> tuple[Settled, list[World]]:
    """What comes out of so many draws, and the draws that fit."""
    every = wide(count)
    some = [world for world in every if fits(world)]
    strains = [np.array([world.assumptions.strain for world in worlds]) for worlds in (some, every)]
    (mean, sd), (prior, prior_sd) = ((float(s.mean()), float(s.std())) for s in strains)
    return Settled(count, len(some), (mean, sd), (prior, prior_sd)), some


def at_every(worlds: Iterable[World], present: float, levels: tuple[float, ...]) -> list[World]:
    """Each of these worlds where somebody is there so often, at each level of receptiveness."""
    return [replace(w, setting=replace(w.setting, present=present, receptive=r)) for w in worlds for r in levels]
