"""What is said and drawn of trust: a belief over answers, a wide band, or "not enough yet"."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise
from poise.relationship import Encounter, Trust, Unclear, follow
from poise.relationship.constants import CALIBRATED
from poise.relationship.trust import ENOUGH, FIVE, cuts_for

from .scales import HOW_SOLID, encounters

RATINGS = st.integers(0, 10).map(float)


def rated(*ratings: float | None) -> Trust:
    return follow([Encounter(rating, False, "no") for rating in ratings], HOW_SOLID)


@pytest.mark.parametrize("ratings", [[], [5.0], [5.0, 6.0], [5.0, None, 6.0, None, None]])
def test_below_three_ratings_it_is_not_enough_yet(ratings: list[float | None]) -> None:
    trust = rated(*ratings)
    assert not trust.enough
    assert trust.belief() is None
    assert trust.band() == ()


def test_three_ratings_are_as_dependable_as_research_asks_of_a_scale() -> None:
    """The share of the stable part in the mean of n single-item ratings: .80 with three."""
    c, noise = CALIBRATED, HOW_SOLID.noise_variance
    shares = {n: c.sb**2 / (c.sb**2 + (c.ss**2 + noise) / n) for n in (1, 2, 3, 4)}
    assert round(shares[ENOUGH], 2) == 0.80
    assert shares[ENOUGH - 1] < 0.75


@given(encounters(RATINGS, said=False, most=20), st.integers(2, 9))
def test_a_belief_is_a_chance_for_every_answer(log: list[Encounter], count: int) -> None:
    answers = [f"answer_{i}" for i in range(count)]
    belief = follow(log, HOW_SOLID).belief(answers)
    if belief is None:
        assert sum(one.rating is not None for one in log) < ENOUGH
        return
    assert list(belief) == answers
    assert all(0 <= chance <= 1 for chance in belief.values())
    assert math.fsum(belief.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("rating", "answer"), [(1.0, "none"), (3.0, "new"), (5.0, "building"), (7.0, "solid"), (9.0, "deep")]
)
def test_the_five_answers_share_the_scale_equally(rating: float, answer: str) -> None:
    belief = rated(*[rating] * 40).belief()
    assert belief is not None
    assert max(belief, key=belief.__getitem__) == answer
    assert belief[answer] > 0.8


def test_higher_ratings_never_move_a_belief_down() -> None:
    order = {answer: i for i, answer in enumerate(FIVE)}
    beliefs = [rated(*[float(rating)] * 5).belief() for rating in range(11)]
    means = [sum(order[answer] * chance for answer, chance in (belief or {}).items()) for belief in beliefs]
    assert means == sorted(means)
    assert len(set(means)) == len(means)


def test_the_cuts_of_five_answers_are_a_unit_apart_and_those_of_two_in_the_middle() -> None:
    assert cuts_for(FIVE) == pytest.approx((-1.5, -0.5, 0.5, 1.5))
    assert cuts_for(("little", "much")) == (0.0,)


@pytest.mark.parametrize("answers", [[], ["one"], ["one", "one"], "none"])
def test_fewer_than_two_different_answers_tell_nothing(answers: list[str]) -> None:
    with pytest.raises(Unclear, match="two or more different answers"):
        rated(5.0, 5.0, 5.0).belief(answers)


def test_the_belief_is_what_the_weighing_takes() -> None:
    book = poise.read("among_friends")
    question = book.considerations["trust"]
    belief = rated(5.0, 6.0, 7.0).belief(question.answers)
    assert belief is not None
    assert poise.Moment(book, trust=belief).beliefs["trust"] == pytest.approx(
        {answer: chance for answer, chance in belief.items() if chance > 0}
    )


# The band


@given(encounters(RATINGS, said=False, most=20))
def test_the_band_marks_every_encounter_and_stays_on_the_page(log: list[Encounter]) -> None:
    trust = follow(log, HOW_SOLID)
    for seen, one in zip(trust.band(), trust.encounters, strict=bool(trust.band())):
        assert 0 <= seen.low80 <= seen.low50 <= seen.high50 <= seen.high80 <= 1
        assert (seen.rupture, seen.repair, seen.at) == (one.rupture, one.repair, one.at)
        assert seen.rated == (one.rating is not None)


def test_the_band_is_what_could_be_seen_then() -> None:
    """What came later does not redraw it."""
    first = rated(4.0, 5.0, 6.0).band()
    assert rated(4.0, 5.0, 6.0, 10.0, 10.0).band()[:3] == first


def test_the_band_is_widest_where_little_is_known() -> None:
    wide = [seen.high80 - seen.low80 for seen in rated(5.0, 5.0, 5.0, 5.0, 5.0, 5.0).band()]
    assert wide == sorted(wide, reverse=True)
    assert wide[-1] > 0.1


def test_the_bands_hold_half_and_four_fifths() -> None:
    trust = rated(5.0, 5.0, 5.0)
    mean, sd = trust.levels()[-1]
    seen = trust.band()[-1]
    for low, high, share in ((seen.low50, seen.high50, 0.5), (seen.low80, seen.high80, 0.8)):
        ends = [((place * 5 - 2.5) - mean) / sd / math.sqrt(2) for place in (low, high)]
        assert (math.erf(ends[1]) - math.erf(ends[0])) / 2 == pytest.approx(share, abs=1e-12)
