"""Which moments speak for more of a guideline, and which for less.

A moment's word is Phi'(y - p), the slope of its log-likelihood where the book stands as it is written: how much more
of the guideline was in what was done (or would have been) than the book leads one to expect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .laying import Seen, choices
from .learner import Learned
from .model.layout import Floats

NOTICEABLE = 0.1
"""How far, in choices, a moment has to speak for a change to stand behind it."""


@dataclass(frozen=True, eq=False)
class Pulls:
    """How far each moment speaks for more or less of each guideline, at the book as it is written."""

    names: tuple[str, ...]
    done: dict[int, Floats]
    hindsight: dict[int, Floats]
    spoke: Floats
    """(G,): in how many moments it told responses apart."""

    def behind(self, name: str, way: float, *, hindsight: bool = False) -> tuple[int, ...]:
        """The moments that speak for moving it that way, the strongest first; hindsight's word counts before deeds."""
        column = self.names.index(name)
        given = self.hindsight if hindsight else self.done | self.hindsight
        found = {number: way * float(pull[column]) for number, pull in given.items()}
        return tuple(sorted((n for n, pull in found.items() if pull > NOTICEABLE), key=lambda n: (-found[n], n)))

    def applying(self, name: str) -> int:
        """In how many moments a guideline told responses apart."""
        return int(self.spoke[self.names.index(name)])


def pulls_of(learned: Learned) -> Pulls:
    """Phi'(y - p) of every moment, each list's added up."""
    evidence, size = learned.evidence, len(learned.design.names)
    spoke: dict[int, Floats] = {}
    for each in evidence.seen:
        if each.did is not None or each.would is not None:
            apart = np.ptp(each.phi[each.stood], axis=0) > 0
            spoke[each.number] = np.maximum(spoke.get(each.number, np.zeros(size)), apart)
    done, hindsight = (
        _added(learned, lanes, done) for lanes, done in ((evidence.done, True), (evidence.looked_back, False))
    )
    return Pulls(learned.design.names, done, hindsight, sum(spoke.values(), np.zeros(size)))


def _added(learned: Learned, lanes: tuple[tuple[Seen, ...], ...], done: bool) -> dict[int, Floats]:
    """{moment: (G,)}."""
    written = learned.posterior.prior.mean
    found: dict[int, Floats] = {}
    for number, seen in enumerate(lanes):
        if seen:
            group = choices(seen, number, done=done)
            missed = group.weights[:, None] * (group.chosen - group.shares(learned.posterior.prior, written)[0])
            for each, pull in zip(seen, np.einsum("nr,nrg->ng", missed, group.phi), strict=True):
                found[each.number] = found.get(each.number, 0.0) + pull
    return found
