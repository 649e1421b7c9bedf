"""A world made from another by naming numbers, each by its name among the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from .parameters import Assumptions, Setting, Values, World, named

PRICE = "price"
"""What a unit of energy costs elsewhere: a world has it too, though no source is needed for it."""
PLACES: dict[str, tuple[str, str]] = {
    **{named(Assumptions, one.name): ("assumptions", one.name) for one in fields(Assumptions)},
    **{named(Values, one.name): ("values", one.name) for one in fields(Values)},
    **{one.name: ("setting", one.name) for one in fields(Setting)},
}
"""{name among the sources: the part of a world that has it, and its name there}."""


def world_with(base: World, numbers: Mapping[str, float]) -> World:
    """`base` with these numbers in it. Raises KeyError for a name that is none, ValueError for what cannot be."""
    changed: dict[str, dict[str, Any]] = {"assumptions": {}, "values": {}, "setting": {}}
    for name, number in numbers.items():
        if name != PRICE:
            group, own = PLACES[name]
            changed[group][own] = int(number) if name == "sessions" else float(number)
    parts = {group: replace(getattr(base, group), **found) for group, found in changed.items()}
    return replace(base, price=float(numbers.get(PRICE, base.price)), **parts)
