"""Imagined years, counted."""

from dataclasses import replace

import numpy as np
import pytest

import poise
from poise.foresight import Setting, World
from poise.foresight.simulating import (
    REFERENCES,
    Years,
    a_year,
    policy_of,
    references,
    simulate,
    threshold,
    tuned,
    years,
)
from poise.foresight.simulating.counting import TRIED

YEAR = a_year(World(setting=Setting(present=0.4)))
FOUND = years(YEAR, references(YEAR, 0.4, REFERENCES), seed=3)


def test_a_year_has_a_session_each_week_and_is_else_the_same_world() -> None:
    assert YEAR.setting.sessions == 48
    assert replace(YEAR, setting=replace(YEAR.setting, sessions=20)) == World(setting=Setting(present=0.4))


def test_all_references_are_there_with_a_dot_for_each_year() -> None:
    assert set(FOUND) == {"out_loud", "never", "kindly", "threshold", "optimum"}
    for found in FOUND.values():
        assert all(getattr(found, name).shape == (300,) for name in Years.DOTS)
        assert found.people == 12
        assert ((found.left >= 0) & (found.left <= 12)).all()
        assert ((found.energy > 0) & (found.energy < 1)).all()


def test_years_are_sums_over_their_people() -> None:
    lives = simulate(YEAR, REFERENCES["kindly"], 3_600, seed=3)
    found = FOUND["kindly"]
    for name in ("left", "sessions", "ruptures", "help", "eased", "harm", "elsewhere"):
        assert getattr(found, name).sum() == pytest.approx(getattr(lives, name).sum())
        assert getattr(found, name)[7] == pytest.approx(getattr(lives, name)[84:96].sum())
    assert found.growth[7] == pytest.approx(lives.growth[84:96].mean())
    assert found.energy[7] == pytest.approx(1 - lives.tired[84:96].sum() / lives.sessions[84:96].sum())


def test_what_each_reference_is_known_for_can_be_seen() -> None:
    mean = {name: {dot: getattr(found, dot).mean() for dot in Years.DOTS} for name, found in FOUND.items()}
    assert max(mean, key=lambda name: mean[name]["left"]) == "out_loud"
    assert min(mean, key=lambda name: mean[name]["eased"]) == "never"
    assert max(mean, key=lambda name: mean[name]["energy"]) == "never"


def test_the_optimum_is_worth_most() -> None:
    worths = {name: simulate(YEAR, found.policy, 3_600, seed=3).worth() for name, found in FOUND.items()}
    for name, worth in worths.items():
        ahead = worths["optimum"] - worth
        assert ahead.mean() >= -3 * ahead.std() / np.sqrt(len(ahead)), name


def test_a_threshold_that_is_tuned_is_worth_no_less_than_others() -> None:
    world = World(setting=Setting(present=0.15, receptive=0.2))
    best = tuned(world, people=2_000)
    worths = [simulate(world, threshold(at), 2_000, seed=1).worth().mean() for at in TRIED]
    assert TRIED[int(np.argmax(worths))] == best


@pytest.mark.parametrize("starter", ["in_the_room", "among_friends", "keeping_the_room"])
def test_a_year_under_each_starter_book_can_be_imagined(starter: str) -> None:
    book = policy_of(poise.read(starter), YEAR)
    found = years(YEAR, {"book": book})["book"]
    assert 0 < found.left.mean() < 12
    assert (found.eased >= 0).all()
