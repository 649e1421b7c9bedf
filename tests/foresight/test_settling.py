"""What was published of therapies fits very different assumptions, and says next to nothing of strain."""

from __future__ import annotations

import numpy as np
import pytest

from poise.foresight import Assumptions, Setting, World
from poise.foresight.parameters import RECEPTIVE

from . import published, settling
from .settling import Settled, at_every, fits, settled


def is_settled_by_nothing(found: Settled, around: float) -> None:
    assert abs(found.share - settling.PUBLISHED.share) < around
    assert abs(found.strain[0] - found.prior[0]) < found.prior[1] / 2
    assert found.strain[1] > 0.75 * found.prior[1]


def test_many_wide_draws_fit_and_their_strain_is_nearly_any() -> None:
    found, some = settled(100)
    assert len(some) == found.fitting
    is_settled_by_nothing(found, 0.15)
    strains = [world.assumptions.strain for world in some]
    assert min(strains) < 0.4
    assert max(strains) > 1.4


@pytest.mark.long
def test_so_it_is_with_many_draws_and_what_leads_is_nearly_the_same_in_those_that_fit() -> None:
    found, some = settled(1_000)
    is_settled_by_nothing(found, 0.08)
    for where, present in published.PRESENT.items():
        every = published.regions(where, published.worlds(where, 120, wide=True))
        among = published.regions(where, at_every(some[:120], present, RECEPTIVE))
        for one, other in zip(every, among, strict=True):
            assert np.abs(np.subtract(one[2:], other[2:])).max() < 20, (one, other)


def test_a_world_in_which_nobody_leaves_or_everybody_does_fits_nothing() -> None:
    assert fits(World(setting=Setting(present=0.4)))
    for leaving in (-30.0, 30.0, -3.0):
        assert not fits(World(Assumptions(leaving=leaving), setting=Setting(present=0.4)))
