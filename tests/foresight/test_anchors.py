"""What was published of therapy comes out of imagined relationships, row by row; and where it would not."""

import numpy as np
import pytest

import poise
from poise.foresight import Assumptions, Setting, World
from poise.foresight.simulating import REFERENCES, policy_of

from .anchors import ANCHORS, WORLD, Anchor, Lived, lived, repair_outcome


@pytest.fixture(scope="module")
def kindly() -> Lived:
    return lived()


@pytest.mark.parametrize("anchor", ANCHORS, ids=[anchor.what for anchor in ANCHORS])
def test_a_published_figure_comes_out(anchor: Anchor, kindly: Lived) -> None:
    assert anchor.low < anchor.published < anchor.high
    found = anchor.found(kindly)
    assert anchor.holds(found), f"{found:.3f} lies outside of {anchor.low} to {anchor.high}"


def test_under_a_starter_book_for_therapists_they_come_out_too() -> None:
    found = lived(policy_of(poise.read("in_the_room"), WORLD, {"role": "clinician", "safety": "safe"}))
    assert all(anchor.holds(anchor.found(found)) for anchor in ANCHORS)


@pytest.mark.parametrize(
    ("world", "number"),
    [
        (World(Assumptions(leaving=-4.0), setting=Setting(present=0.4)), 0),
        (World(Assumptions(leaving_trust=0.5), setting=Setting(present=0.4)), 1),
        (World(Assumptions(ordinary=0.4), setting=Setting(present=0.4)), 2),
    ],
)
def test_in_a_world_that_is_otherwise_it_would_not(world: World, number: int) -> None:
    assert not ANCHORS[number].holds(ANCHORS[number].found(lived(world=world)))


def test_out_loud_far_more_leave_than_was_published() -> None:
    assert not ANCHORS[0].holds(ANCHORS[0].found(lived(REFERENCES["out_loud"])))


def test_what_outcome_and_alliance_are_decides_and_the_page_says_so(kindly: Lived) -> None:
    learned = lived(outcome=lambda lives: lives.growth)
    assert ANCHORS[3].found(learned) < ANCHORS[3].low  # with what they learned as the outcome, it does not come out
    assert ANCHORS[4].holds(ANCHORS[4].found(learned))
    over_time = kindly._replace(rated=kindly.lives.trusted / kindly.lives.sessions)
    assert not any(ANCHORS[row].holds(ANCHORS[row].found(over_time)) for row in (1, 3))  # nor like this
    worth = lived(outcome=lambda lives: lives.worth() / 20)
    assert ANCHORS[3].found(worth) > ANCHORS[3].published
    assert repair_outcome(kindly) < repair_outcome(worth)
    assert not np.isnan(kindly.outcome).any()
