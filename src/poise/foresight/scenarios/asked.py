"""What is asked of a grid of scenarios: numbers that all share, axes, and what is lived through in each."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from ..grid import COARSE, FINE, Grid
from ..parameters import SOURCES, World
from ..switches import SWITCHES, switched
from ..worlds import PLACES, PRICE, world_with

TRUST, ENERGY, SWITCH, PEOPLE, SEED = "trust_today", "energy_today", "switch", "people", "seed"
THRESHOLD = "threshold"
"""The trust from which the policy of that name says it kindly; below, it lets go."""
AS_IT_STANDS = "as_it_stands"
"""On the axis of switches: none of them."""
POINTS = {"fine": FINE, "coarse": COARSE}
MOST_SCENARIOS, MOST_PEOPLE, MOST_SESSIONS, MOST_SEED = 1_000_000, 1_000_000, 200, 2**63 - 1
ROOM = 1 << 20
"""People that there are numbers for in each scenario."""
LIMITS: dict[str, tuple[float, float]] = {
    **{name: SOURCES[name].wide for name, (part, _) in PLACES.items() if part == "assumptions"},
    **{name: (0, 100) for name, (part, _) in PLACES.items() if part == "values"},
    **{name: (0, 1) for name, (part, _) in PLACES.items() if part == "setting"},
    "sessions": (1, MOST_SESSIONS),
    PRICE: (0, 64),
    TRUST: (0, 1),
    ENERGY: (0, 1),
    THRESHOLD: (0, 1),
    PEOPLE: (0, MOST_PEOPLE),
    SEED: (0, MOST_SEED),
}
"""{what can be varied: (least, most)}: what is assumed within all that can be thought of, as `SOURCES` has it."""
WHOLE = ("sessions", PEOPLE, SEED)
"""What is counted, and has no fractions."""
BEGIN: dict[str, float] = {TRUST: 0.5, ENERGY: 0.9, THRESHOLD: 0.5, PEOPLE: 1000, SEED: 1}
"""What is taken where nothing is said."""
Level = float | int | str


@dataclass(frozen=True)
class Book:
    """A rulebook to live by: its text, standing alone, and the answers that stay the same all along."""

    text: str
    given: Mapping[str, str]


@dataclass(frozen=True)
class Scenario:
    """One combination: `number` is its place in the grid, counted from 0, and `at` what was varied."""

    number: int
    at: dict[str, Level]
    world: World
    trust: float
    energy: float
    threshold: float
    people: int
    seed: int
    policies: tuple[str, ...]
    books: Mapping[str, Book]
    points: Grid


@dataclass(frozen=True)
class Scenarios:
    """A grid. Each axis has its levels in the order written, and the last axis changes fastest.

    shared: numbers that every scenario has; the rest is as `World()` and `BEGIN` have it
    axes: {name: levels}, a key of LIMITS, or `switch` with the names of switches, or `as_it_stands`
    policies: what `people` imagined relationships are lived through with
    books: {name: rulebook}, the same; with neither, nothing is lived through
    """

    shared: Mapping[str, Level] = field(default_factory=dict)
    axes: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    policies: tuple[str, ...] = ()
    books: Mapping[str, Book] = field(default_factory=dict)
    points: str = "fine"

    def __len__(self) -> int:
        return math.prod(map(len, self.axes.values()))

    def __getitem__(self, number: int) -> Scenario:
        """The scenario with this number. Raises IndexError."""
        if not 0 <= number < len(self):
            raise IndexError(f"scenarios are numbered from 0 to {len(self) - 1}")
        at = self._levels(number)
        told = {**BEGIN, **self.shared, **at}
        numbers = {name: float(level) for name, level in told.items() if name in PLACES or name == PRICE}
        switch = str(told.get(SWITCH, AS_IT_STANDS))
        world = switched(world_with(World(), numbers), [switch] if switch in SWITCHES else [])
        begin = float(told[TRUST]), float(told[ENERGY]), float(told[THRESHOLD])
        people, seed = int(told[PEOPLE]), int(told[SEED])
        return Scenario(number, at, world, *begin, people, seed, self.policies, self.books, POINTS[self.points])

    def _levels(self, number: int) -> dict[str, Level]:
        found: dict[str, Level] = {}
        for name, levels in reversed(tuple(self.axes.items())):
            number, place = divmod(number, len(levels))
            found[name] = levels[place]
        return dict(reversed(found.items()))

    def part(self, number: int, parts: int) -> Sequence[int]:
        """The numbers of part `number` of `parts`, from 1: every `parts`-th, so that parts take equally long."""
        return range(number - 1, len(self), parts)

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides what comes out: two grids with the same one have the same rows."""
        told = {**asdict(self), "axes": list(self.axes.items())}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
