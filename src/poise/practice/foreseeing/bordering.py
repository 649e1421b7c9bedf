"""The map: what leads at each trust, and as one thing more is otherwise; where I am on it, and the nearest border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...foresight import MOMENTS, World, solve, timing
from ...foresight.bands import CLOSE, TRUSTS, advantage
from ...foresight.grid import COARSE
from ...foresight.solving import between
from ..between import TRUST
from .scene import Scene
from .sliders import SLIDERS, Chosen

NOW, WAIT, LEAVE, EITHER = "now", "wait", "leave", "either"
"""What leads: speaking to it now; not now, but later as trust grows; not within the time; or too close to call."""
ACROSS = 9
"""Values that the other thing is looked at."""


class Border(NamedTuple):
    """The nearest place where something else leads: along what, which way, how far (of all there is), and what leads.

    along: `trust`, or the name of a slider
    """

    along: str
    more: bool
    far: float
    leads: str


@dataclass(frozen=True, eq=False)
class Map:
    """What leads, (M, N) of NOW, WAIT, LEAVE and EITHER, by M values of one slider and N places of trust."""

    along: str
    values: tuple[float, ...]
    trusts: tuple[float, ...]
    leads: NDArray[np.str_]
    here: tuple[float, float]
    """(value, trust) of where I am."""

    @property
    def at(self) -> tuple[int, int]:
        """The nearest cell to where I am."""
        value, trust = self.here
        row = int(np.argmin(np.abs(np.array(self.values) - value)))
        return row, int(np.argmin(np.abs(np.array(self.trusts) - trust)))

    @property
    def leads_here(self) -> str:
        """What leads where I am."""
        return str(self.leads[self.at])

    def border(self) -> Border | None:
        """The nearest place, going straight along trust or along the other thing, where something else leads."""
        return min(self._borders(), key=lambda each: each.far, default=None)

    def _borders(self) -> Iterator[Border]:
        row, column = self.at
        value, trust = self.here
        yield from _changes(TRUST, self.leads[row], self.trusts, (column, trust))
        yield from _changes(self.along, self.leads[:, column], self.values, (row, value))


def _changes(
    along: str, cells: NDArray[np.str_], values: tuple[float, ...], here: tuple[int, float]
) -> Iterator[Border]:
    """The first other cell on either side of here, a number and a value; the border is half-way to the one before."""
    start, value = here
    span = 1.0 if along == TRUST else values[-1] - values[0]
    for step in (-1, 1):
        ahead = range(start + step, len(cells) if step > 0 else -1, step)
        other = next((i for i in ahead if cells[i] != cells[start]), None)
        if other is not None:
            far = abs((values[other] + values[other - step]) / 2 - value) / span
            yield Border(along, step > 0, far, str(cells[other]))


def mapped(scene: Scene, chosen: Chosen, along: str) -> Iterator[Map | None]:
    """The map along one slider; nothing yet after each row, and the map at the end."""
    slider = SLIDERS[along]
    values = np.linspace(slider.low, slider.high, ACROSS)
    values = np.unique(np.round(values)) if slider.step == 1 else values
    rows = []
    for value in values:
        world = chosen.with_number(along, value).held(World(setting=scene.setting))
        rows.append(_row(scene, world))
        yield None
    here = (chosen.number(along, scene.setting.sessions if along == "meetings" else None), scene.trust)
    yield Map(along, tuple(map(float, values)), TRUSTS, np.array(rows), here)


def _row(scene: Scene, world: World) -> list[str]:
    """What leads in one world, at each trust."""
    asked, number = scene.asked, MOMENTS.index(scene.asked.moment)
    solution = solve([world], asked.actions, COARSE)
    worths = between(solution.first[:, number], COARSE, np.array(TRUSTS), asked.energy, asked.growth)
    ahead = advantage(np.moveaxis(worths, 0, 1), asked.actions)[0] / (world.values.help or 1.0)
    waits = [bool(timing(solution, trust, asked.energy).addressed[0, number]) for trust in TRUSTS]
    return [_lead(float(one), wait) for one, wait in zip(ahead, waits, strict=True)]


def _lead(ahead: float, wait: bool) -> str:
    if abs(ahead) < CLOSE:
        return EITHER
    if ahead > 0:
        return NOW
    return WAIT if wait else LEAVE
