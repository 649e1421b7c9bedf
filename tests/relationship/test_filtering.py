"""Trust is followed exactly where everything was said, and sensibly where it was not."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.relationship import Encounter, Instrument, Item, Unclear, follow
from poise.relationship.constants import CALIBRATED, FOR_ONE_PERSON, Constants
from poise.relationship.filtering import H, _chance

from .oracle import by_brute_force
from .scales import HOW_SOLID, LINE, encounters

NUMBERS = st.floats(-6, 6, allow_nan=False)


def values(log: list[Encounter], instrument: Instrument) -> list[float | None]:
    return [None if one.rating is None else instrument.rated(one.rating).at for one in log]


@given(encounters(NUMBERS, said=True), st.sampled_from([CALIBRATED, FOR_ONE_PERSON]))
def test_following_is_conditioning_everything_at_once(log: list[Encounter], known: Constants) -> None:
    found = follow(log, LINE, known)
    for t in range(len(log)):
        mean, covariance = by_brute_force(log[: t + 1], values(log[: t + 1], LINE), LINE.noise_variance, known)
        np.testing.assert_allclose(found.means[t], mean, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.covariances[t], covariance, rtol=0, atol=1e-9)


@given(encounters(st.integers(0, 10).map(float), said=False, most=30))
def test_whatever_was_said_what_comes_out_is_a_normal_distribution(log: list[Encounter]) -> None:
    found = follow(log, HOW_SOLID)
    assert np.isfinite(found.means).all()
    for covariance in found.covariances:
        assert np.array_equal(covariance, covariance.T) or np.abs(covariance - covariance.T).max() < 1e-12
        assert np.linalg.eigvalsh(covariance).min() > -1e-12


@given(
    encounters(st.integers(0, 8).map(float), said=False),
    st.floats(0.01, 1000),
    st.floats(-1000, 1000),
    st.sampled_from(["higher", "lower"]),
    st.booleans(),
)
def test_another_scale_for_the_same_ratings_changes_nothing(
    log: list[Encounter], factor: float, shift: float, better: str, normed: bool
) -> None:
    first = Instrument("a", "A", (Item("a", 0.0, 8.0, 1.0),), 0.7, "none")
    turned = -factor if better == "lower" else factor
    low, high = sorted((shift, shift + 8 * turned))
    second = Instrument("b", "B", (Item("b", low, high, factor),), 0.7, "none", better=better)
    if normed:
        first = replace(first, mean=5.0, sd=1.5)
        second = replace(second, mean=shift + 5 * turned, sd=1.5 * factor)
    other = [
        replace(one, rating=None if one.rating is None else min(high, max(low, shift + turned * one.rating)))
        for one in log
    ]
    here, there = follow(log, first), follow(other, second)
    np.testing.assert_allclose(there.means, here.means, rtol=0, atol=1e-9)
    np.testing.assert_allclose(there.covariances, here.covariances, rtol=0, atol=1e-9)


def test_a_scale_of_other_units_changes_nothing_to_twelve_digits() -> None:
    ratings = [7.0, 10.0, None, 3.0, 0.0, 9.0]
    log = [Encounter(rating, rupture=rating == 3.0) for rating in ratings]
    longer = Instrument("b", "B", (Item("b", 0.0, 1024.0, 102.4),), 0.7, "none")
    other = [replace(one, rating=None if one.rating is None else one.rating * 102.4) for one in log]
    here, there = follow(log, HOW_SOLID).levels(), follow(other, longer).levels()
    np.testing.assert_allclose(there, here, rtol=0, atol=1e-12)


# The ends of the scale


def by_quadrature(rating: float, before: list[Encounter]) -> tuple[float, float]:
    """Mean and standard deviation of trust after one more rating, by summing over trust on a fine grid."""
    known = follow([*before, Encounter(None, rupture=False, repair="no")], HOW_SOLID)
    mean, sd = known.levels()[-1]
    rated = HOW_SOLID.rated(rating)
    grid = mean + sd * np.linspace(-12, 12, 48_001)
    prior = np.exp(-0.5 * ((grid - mean) / sd) ** 2)
    noise = math.sqrt(HOW_SOLID.noise_variance)
    likely = np.array([0.5 * math.erfc(rated.end * (rated.at - x) / noise / math.sqrt(2)) for x in grid])
    weights = prior * likely / (prior * likely).sum()
    middle = float(weights @ grid)
    return middle, float(np.sqrt(weights @ (grid - middle) ** 2))


@pytest.mark.parametrize("rating", [10.0, 0.0])
@pytest.mark.parametrize("before", [[], [5.0, 5.0], [10.0, 10.0, 10.0], [0.0, 1.0, 2.0], [1.0] * 40])
def test_a_rating_at_an_end_has_the_moments_that_quadrature_finds(rating: float, before: list[float]) -> None:
    earlier = [Encounter(one, rupture=False, repair="no") for one in before]
    found = follow([*earlier, Encounter(rating, rupture=False, repair="no")], HOW_SOLID).levels()[-1]
    assert tuple(found) == pytest.approx(by_quadrature(rating, earlier), abs=1e-8)


def test_the_top_of_a_scale_says_at_least_this_and_so_leaves_more_open_than_a_rating_below_it() -> None:
    top, below = (follow([Encounter(rating, False, "no")], HOW_SOLID).levels()[-1] for rating in (10.0, 9.0))
    assert top[0] > below[0]
    assert top[1] > below[1]


def test_a_rating_at_the_bottom_mirrors_one_at_the_top() -> None:
    top, bottom = (follow([Encounter(rating, False, "no")], HOW_SOLID).levels()[-1] for rating in (10.0, 0.0))
    np.testing.assert_allclose(bottom, [-top[0], top[1]], atol=1e-12)


# What was not said


def test_without_any_rating_trust_stays_as_open_as_at_the_start() -> None:
    found = follow([Encounter(None, False, "no")] * 5, HOW_SOLID).levels()
    np.testing.assert_allclose(found[:, 1], 0.9, atol=1e-12)


def test_a_missing_rating_counts_an_encounter_and_says_nothing() -> None:
    rated, missing = Encounter(7.0, False, "no"), Encounter(None, False, "no")
    here = follow([rated, missing], LINE)
    mean, covariance = by_brute_force(
        [rated, missing], [*values([rated], LINE), None], LINE.noise_variance, FOR_ONE_PERSON
    )
    np.testing.assert_allclose(here.means[-1], mean, atol=1e-9)
    np.testing.assert_allclose(here.covariances[-1], covariance, atol=1e-9)


def test_not_said_is_neither_yes_nor_no() -> None:
    said = {rupture: follow([Encounter(5.0, rupture, "no")], HOW_SOLID).levels()[-1] for rupture in (True, False, None)}
    assert said[False][1] < said[True][1]
    strain = {
        rupture: follow([Encounter(None, rupture, "no")], HOW_SOLID).means[-1, 2] for rupture in (True, False, None)
    }
    assert strain[False] < strain[None] < strain[True]


def test_where_nobody_said_the_ways_it_may_have_been_are_joined_with_their_mean_and_spread() -> None:
    start = np.array([0.0, 0, 0]), np.diag([FOR_ONE_PERSON.sb**2, FOR_ONE_PERSON.ss**2, 0.0])
    chance = _chance(FOR_ONE_PERSON.a, -FOR_ONE_PERSON.k * H, *start)
    ways = {rupture: follow([Encounter(None, rupture, "no")], HOW_SOLID) for rupture in (True, False)}
    weights = {True: chance, False: 1 - chance}
    mean = sum(weights[rupture] * ways[rupture].means[-1] for rupture in ways)
    spread = sum(
        weights[rupture]
        * (ways[rupture].covariances[-1] + np.outer(ways[rupture].means[-1] - mean, ways[rupture].means[-1] - mean))
        for rupture in ways
    )
    found = follow([Encounter(None, None, "no")], HOW_SOLID)
    np.testing.assert_allclose(found.means[-1], mean, atol=1e-12)
    np.testing.assert_allclose(found.covariances[-1], spread, atol=1e-12)


def test_joining_stays_near_to_following_every_way_it_may_have_been() -> None:
    """Five encounters of which nobody said whether there was a rupture: 32 logs, each weighted by its own chances."""
    ratings = [6.0, 4.0, 7.0, 5.0, 6.0]
    log = [Encounter(rating, None, "no") for rating in ratings]
    total, mean, square = 0.0, 0.0, 0.0
    for ruptures in product([True, False], repeat=len(log)):
        known = [replace(one, rupture=rupture) for one, rupture in zip(log, ruptures, strict=True)]
        found, weight = follow(known, HOW_SOLID), 1.0
        for t, rupture in enumerate(ruptures):
            before = follow([*known[:t], Encounter(None, False, "no")], HOW_SOLID)
            chance = _chance(FOR_ONE_PERSON.a, -FOR_ONE_PERSON.k * H, before.means[-1], before.covariances[-1])
            weight *= chance if rupture else 1 - chance
        middle, sd = found.levels()[-1]
        total, mean, square = total + weight, mean + weight * middle, square + weight * (sd**2 + middle**2)
    exact = mean / total, math.sqrt(square / total - (mean / total) ** 2)
    found_mean, found_sd = follow(log, HOW_SOLID).levels()[-1]
    assert abs(found_mean - exact[0]) < 0.1
    assert abs(found_sd - exact[1]) < 0.1


@pytest.mark.parametrize("slope", [-0.5, 1.04])
@pytest.mark.parametrize("middle", [-2.0, -0.5, 0.0, 1.0])
@pytest.mark.parametrize("sd", [0.1, 0.5, 0.9, 1.3])
def test_how_often_it_is_so_is_within_a_hundredth_of_quadrature(slope: float, middle: float, sd: float) -> None:
    grid = np.linspace(-10, 10, 20_001)
    weights = np.exp(-0.5 * grid**2)
    exact = (weights / (1 + np.exp(-(-0.88 + slope * (middle + sd * grid))))).sum() / weights.sum()
    found = _chance(-0.88, np.array([slope, 0, 0]), np.array([middle, 0, 0]), np.diag([sd**2, 0.0, 0.0]))
    assert found == pytest.approx(exact, abs=0.01)


def test_a_falling_rating_makes_no_rupture_likelier() -> None:
    """Of an encounter nobody said anything of, the next step knows the chances as they were before its rating."""
    low, high = (
        follow([Encounter(5.0, False, "no"), Encounter(rating)], LINE).covariances[-1] for rating in (-3.0, 3.0)
    )
    np.testing.assert_allclose(low, high, atol=1e-12)


# Ruptures and repairs


def test_a_rupture_lowers_and_an_unrepaired_one_fades_slowly() -> None:
    log = [Encounter(None, False, "no"), Encounter(None, True, "no"), *[Encounter(None, False, "no")] * 7]
    strain = follow(log, HOW_SOLID).means[:, 2]
    assert strain[0] == 0
    assert strain[1] == pytest.approx(0.30)
    assert strain[-1] == pytest.approx(0.15, abs=0.01)


def test_after_a_repair_trust_can_stand_higher_than_before() -> None:
    calm = [Encounter(None, False, "no")] * 30
    torn = [*calm[:3], Encounter(None, True, "yes"), *calm[4:]]
    assert follow(torn, HOW_SOLID).levels()[-1, 0] > follow(calm, HOW_SOLID).levels()[-1, 0]


def test_part_of_a_repair_is_between_none_and_a_whole_one() -> None:
    strain = [follow([Encounter(None, True, repair)], HOW_SOLID).means[-1, 2] for repair in ("yes", "partly", "no")]
    assert strain == sorted(strain)
    assert strain[0] == pytest.approx(0.15 * 0.30)
    assert strain[1] == pytest.approx((1 - 0.85 / 2) * 0.30)


def test_encounters_are_steps_and_days_are_none() -> None:
    quick = [Encounter(7.0, False, "no", at=float(second)) for second in range(5)]
    slow = [replace(one, at=(one.at or 0) * 1e7) for one in quick]
    assert np.array_equal(follow(quick, HOW_SOLID).levels(), follow(slow, HOW_SOLID).levels())


# What cannot be, and what is much


def test_a_clock_that_ran_backwards_changes_the_order_and_says_so() -> None:
    log = [Encounter(9.0, at=30.0), Encounter(2.0, at=10.0), Encounter(5.0), Encounter(7.0, at=20.0)]
    found = follow(log, HOW_SOLID)
    assert found.reordered
    assert [one.rating for one in found.encounters] == [2.0, 5.0, 7.0, 9.0]
    assert not follow(found.encounters, HOW_SOLID).reordered


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Encounter(11.0), "11 is not on the scale from 0 to 10"),
        (Encounter(-0.5), "-0.5 is not on the scale from 0 to 10"),
        (Encounter(6.5), "6.5 falls between the steps of 1"),
        (Encounter(math.nan), "`nan` is no number"),
        (Encounter(math.inf), "`inf` is no number"),
        (Encounter(True), "`True` is no number"),
        (Encounter("7"), "`7` is no number"),  # type: ignore[arg-type]
        (Encounter(rupture="yes"), "`rupture` is `yes`"),  # type: ignore[arg-type]
        (Encounter(repair="maybe"), "`repair` is `maybe`"),
        (Encounter(at=math.nan), "`at` is `nan`, which is no time"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(one: Encounter, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        follow([Encounter(5.0), one], HOW_SOLID)
    assert str(caught.value).startswith(f"encounter 2: {said}")
    assert len(caught.value.problems) == 1


def test_everything_that_cannot_be_is_said_at_once() -> None:
    with pytest.raises(Unclear) as caught:
        follow([Encounter(11.0, repair="maybe"), Encounter(math.nan)], HOW_SOLID)
    assert len(caught.value.problems) == 3


def test_more_than_a_lifetime_is_refused() -> None:
    with pytest.raises(Unclear, match="more than the 100000"):
        follow([Encounter()] * 100_001, HOW_SOLID)


@pytest.mark.parametrize(
    "one",
    [
        Encounter(7.0, False, "no"),
        Encounter(10.0),
        Encounter(0.0, True, "no"),
        Encounter(5.0, True, "yes"),
        Encounter(),
        Encounter(None, True, "yes"),
    ],
)
def test_ten_thousand_encounters_of_one_kind_stay_finite(one: Encounter) -> None:
    found = follow([one] * 10_000, HOW_SOLID)
    assert np.isfinite(found.levels()).all()
    assert np.linalg.eigvalsh(found.covariances[-1]).min() > -1e-12
    assert one.rating is None or found.levels()[-1, 1] < 1.5


def test_many_encounters_about_which_nothing_was_said_leave_it_as_open_as_it_was() -> None:
    mean, sd = follow([Encounter()] * 2000, HOW_SOLID).levels()[-1]
    assert abs(mean) < 0.3
    assert sd > 0.9


def test_no_encounter_is_no_trouble() -> None:
    assert follow([], HOW_SOLID).levels().shape == (0, 2)


@settings(max_examples=20)
@given(st.integers(0, 10).map(float), st.booleans())
def test_the_same_answer_every_time_is_believed_more_and_more(rating: float, rupture: bool) -> None:
    spread = follow([Encounter(rating, rupture, "no")] * 60, HOW_SOLID).covariances[:, 0, 0]
    assert (np.diff(spread) < 1e-12).all()
