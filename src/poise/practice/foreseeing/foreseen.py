"""What foresight finds for one scene: the centre line at once, then the map, the bands, and why; a step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ...foresight import MOMENTS, Costs, Curve, World, decompose, sets_of, solve
from ...foresight.bands import SETS, TRUSTS, advantage, first_worths
from ...foresight.grid import COARSE, FINE
from ...foresight.hinging import Hinges, hinges
from ...foresight.parameters import RECEPTIVE, Array
from ...foresight.tables import PARTS
from .bordering import Map, mapped
from .scene import Scene
from .sliders import Chosen
from .year import Year, imagined

SEED = 20_260_401
"""The sets are the same each time, so that what moves is what was asked."""
FOR_PARTS = 40
"""Sets over which the parts are told: each takes as long as six of the others."""
PLACES = {False: "one_to_one", True: "target_present"}
HALF, MOST = 0.5, 0.8
"""The two bands."""


@dataclass(frozen=True, eq=False)
class Why:
    """Speaking to it now less the rest, in parts that add up: P parts, over S sets and at the centre.

    now, other: the two responses compared, each worth most of its kind at the centre
    centre: (P,); `sets`: (S, P); their sums over P are what the first is worth over the second
    """

    now: str
    other: str
    centre: Array
    sets: Array

    def band(self, share: float) -> tuple[Array, Array]:
        """The ends between which the middle `share` of the sets lies, (P,) each."""
        return _band(self.sets, share)


@dataclass(eq=False)
class Foreseen:
    """What is known so far. None where it is still being worked out.

    worth: (N + 1, A) at the centre, by trust (the last is where I am) and response, in good sessions of help
    """

    scene: Scene
    chosen: Chosen
    along: str
    worth: Array
    map: Map | None = None
    rows: list[Array] = field(default_factory=list)
    curve: Curve | None = None
    costs: Costs | None = None
    why: Why | None = None
    year: Year | None = None
    failed: bool = False

    @property
    def done(self) -> bool:
        """Whether there is nothing more to come."""
        return self.failed or self.year is not None

    @property
    def line(self) -> Array:
        """(N,): at the centre, what speaking to it now is worth over not doing so, by trust."""
        return np.asarray(advantage(self.worth[:-1], self.scene.asked.actions))

    @property
    def here(self) -> float:
        """The same where I am."""
        return float(advantage(self.worth[-1], self.scene.asked.actions))

    @cached_property
    def pair(self) -> tuple[int, int]:
        """The response that speaks to it and the one that does not which are worth most at the centre, by number."""
        speaks = np.array([action.addresses for action in self.scene.asked.actions])
        here = self.worth[-1]
        return int(np.where(speaks, here, -np.inf).argmax()), int(np.where(speaks, -np.inf, here).argmax())

    @property
    def ahead(self) -> Array:
        """(S,): what speaking to it now is worth over not doing so where I am, in each set."""
        if self.costs is None:
            raise ValueError("the sets are still being worked out")
        return advantage(self.costs.worth, self.scene.asked.actions)

    @property
    def hinges(self) -> Hinges:
        """What it hinges on in such a place, as it was worked out beforehand."""
        return hinges()[PLACES[self.scene.present]]


def foreseen(scene: Scene, chosen: Chosen = Chosen(), along: str = "strain") -> Foreseen:  # noqa: B008 - it is frozen
    """The centre line: one world, solved on the fine grid. The rest is found by `steps`."""
    world = chosen.held(World(setting=scene.setting))
    return Foreseen(scene, chosen, along, first_worths([world], scene.asked, [*TRUSTS, scene.trust], grid=FINE)[0])


def steps(found: Foreseen, count: int = SETS) -> Iterator[None]:
    """Finds the rest, a few milliseconds at a time: whoever goes through this can stop anywhere, and go on later."""
    for known in mapped(found.scene, found.chosen, found.along):
        found.map = known
        yield
    worlds = worlds_of(found.scene, found.chosen, count)
    for world in worlds:
        found.rows.append(first_worths([world], found.scene.asked, [*TRUSTS, found.scene.trust], grid=COARSE)[0])
        yield
    made = np.array(found.rows)
    found.curve = Curve(np.array(TRUSTS), found.line, advantage(made[:, :-1], found.scene.asked.actions))
    found.costs = Costs(found.scene.asked.actions, made[:, -1])
    yield
    yield from _parts(found, worlds[:FOR_PARTS])
    found.year = imagined(found.scene, found.chosen)


def finish(found: Foreseen, count: int = SETS) -> Foreseen:
    """All of it, here and now."""
    for _ in steps(found, count):
        pass
    return found


def worlds_of(scene: Scene, chosen: Chosen, count: int = SETS) -> list[World]:
    """Sets of assumptions and values. What was asked is the same in all; what nobody said differs like the rest."""
    worlds = sets_of(np.random.default_rng(SEED), scene.setting, count)
    if not scene.receptive_known:
        levels = [RECEPTIVE[i % len(RECEPTIVE)] for i in range(count)]
        worlds = [
            replace(w, setting=replace(w.setting, receptive=level)) for w, level in zip(worlds, levels, strict=True)
        ]
    return [chosen.held(world) for world in worlds]


def _parts(found: Foreseen, worlds: list[World]) -> Iterator[None]:
    """Why: each set on its own, as each takes a while."""
    rows = []
    centre = _parts_of(found, found.chosen.held(World(setting=found.scene.setting)), fine=True)
    for world in worlds:
        rows.append(_parts_of(found, world, fine=False))
        yield
    actions = found.scene.asked.actions
    now, other = found.pair
    found.why = Why(actions[now].id, actions[other].id, centre, np.array(rows))


def _parts_of(found: Foreseen, world: World, *, fine: bool) -> Array:
    """(P,): each part of what one is worth over the other, in good sessions of help."""
    asked, (now, other) = found.scene.asked, found.pair
    parts = decompose(solve([world], asked.actions, FINE if fine else COARSE))
    number, unit = MOMENTS.index(asked.moment), world.values.help or 1.0
    at = parts.at(found.scene.trust, asked.energy, asked.growth)
    return np.array([(at[part][0, number, now] - at[part][0, number, other]) / unit for part in PARTS])


def _band(numbers: Array, share: float) -> tuple[Array, Array]:
    low, high = np.quantile(numbers, [(1 - share) / 2, (1 + share) / 2], axis=0)
    return low, high
