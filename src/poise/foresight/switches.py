"""Switches that can prove the essay wrong: each takes away what "the relationship comes first" rests on.

With `no_strain` or `no_growth_of_trust` on, waiting has next to nothing to wait for; a model that went on praising it
would be broken, and a test looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .parameters import World


@dataclass(frozen=True)
class Switch:
    """One thing to take away: what it says, and the numbers it sets."""

    says: str
    assumptions: dict[str, float] | None = None
    values: dict[str, float] | None = None
    setting: dict[str, int] | None = None


SWITCHES = {
    "no_strain": Switch("confronting strains nobody", assumptions={"strain": 0.0}),
    "learning_without_trust": Switch(
        "people learn as much from those they distrust, ruptures or not",
        assumptions={"untrusted": 1.0, "through_rupture": 1.0},
    ),
    "no_growth_of_trust": Switch("trust does not grow by itself", assumptions={"growth": 0.0}),
    "silence_erodes_trust": Switch("silence in front of those it hits costs much trust", assumptions={"silence": 0.25}),
    "harm_ends_when_they_leave": Switch("who leaves does no harm elsewhere", values={"elsewhere": 0.0}),
    "no_time_ahead": Switch("this is the last time we meet", setting={"sessions": 1}),
}
"""{switch: what it takes away}."""


def switched(world: World, on: Iterable[str]) -> World:
    """The world with these switches on, in the order given. Raises KeyError for what is no switch."""
    for name in on:
        switch = SWITCHES[name]
        world = replace(
            world,
            assumptions=replace(world.assumptions, **(switch.assumptions or {})),
            values=replace(world.values, **(switch.values or {})),
            setting=replace(world.setting, **(switch.setting or {})),
        )
    return world
