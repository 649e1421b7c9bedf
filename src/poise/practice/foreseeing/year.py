"""A year under my rulebook: imagined years among invented people, beside fixed ways to go about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...foresight import World
from ...foresight.parameters import Array
from ...foresight.simulating import REFERENCES, Years, a_year, policy_of, references, years
from ...rulebook.mistake import Mistakes
from .scene import Scene
from .sliders import Chosen

BOOK = "book"
COUNT, PEOPLE = 40, 12
"""Imagined years, and invented people in each."""
ENOUGH_TRUST = 0.4
"""The reference of one threshold says it kindly from this trust on, and lets it be below."""
SEED = 20_260_402


@dataclass(frozen=True, eq=False)
class Year:
    """Imagined years, the same chances for every policy.

    found: {policy: Years}, my book first; without my book where it cannot be played through, and `why` says why
    """

    found: dict[str, Years]
    why: str = ""

    def dots(self, what: str) -> dict[str, Array]:
        """{policy: (Y,)} of one of `Years.DOTS`."""
        return {name: np.asarray(getattr(each, what), float) for name, each in self.found.items()}


def imagined(scene: Scene, chosen: Chosen) -> Year:
    """Years of twelve invented people where the moment happens; nobody in the journal is among them."""
    world = a_year(chosen.held(World(setting=scene.setting)))
    policies = references(world, ENOUGH_TRUST, REFERENCES)
    why = ""
    try:
        policies = {BOOK: policy_of(scene.book, world, dict(scene.answers)), **policies}
    except Mistakes as found:
        why = "\n".join(str(mistake) for mistake in found.mistakes)
    return Year(years(world, policies, count=COUNT, people=PEOPLE, seed=SEED), why)
