"""What I carry is counted; what it costs is only ever asked; unknown is neither little nor none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.relationship import Carried, Strain, Unclear, strain
from poise.relationship.strain import A_LOT, BANDS, COSTS, LITTLE, SOME

HARD, CALM = Carried(True), Carried(False)
ANY = st.lists(st.builds(Carried, st.booleans(), st.sampled_from([None, *COSTS])), max_size=60)


def test_of_nothing_kept_nothing_is_known() -> None:
    assert strain([]) == Strain(None, None, None)


def test_what_it_costs_is_unknown_until_somebody_asks() -> None:
    assert strain([HARD] * 30).toll is None
    assert strain([HARD] * 29 + [Carried(True, "heavy")]).toll == A_LOT


@pytest.mark.parametrize(
    ("count", "band"), [(1, LITTLE), (4, LITTLE), (5, SOME), (13, SOME), (14, A_LOT), (300, A_LOT)]
)
def test_hard_encounters_in_a_row_add_up(count: int, band: str) -> None:
    assert strain([HARD] * count).carrying == band


def test_calm_encounters_and_rests_let_it_go() -> None:
    assert strain([HARD] * 20 + [CALM] * 14).carrying == SOME
    assert strain([HARD] * 20 + [CALM] * 40).carrying == LITTLE


def test_more_than_usual_is_measured_by_my_own_past_and_unknown_before_there_is_one() -> None:
    past = [CALM] * 5 + [HARD] + [CALM] * 14
    assert strain([*past[:19], HARD]).more_than_usual is None
    assert strain([*past, HARD, HARD]).more_than_usual is True
    assert strain([*past, CALM]).more_than_usual is False
    assert strain([HARD] * 200 + [CALM]).more_than_usual is False


@pytest.mark.parametrize(
    ("tolls", "band"),
    [
        (["light"], LITTLE),
        (["some"], SOME),
        (["heavy"], A_LOT),
        (["heavy", "light"], SOME),
        (["heavy"] * 5 + ["light"], A_LOT),
        (["light"] * 5 + ["some"], LITTLE),
    ],
)
def test_what_was_said_lately_counts_most(tolls: list[str], band: str) -> None:
    assert strain([Carried(False, toll) for toll in tolls]).toll == band


def test_what_was_asked_long_ago_is_unknown_again() -> None:
    assert strain([Carried(True, "heavy")] + [CALM] * 13).toll == A_LOT
    assert strain([Carried(True, "heavy")] + [CALM] * 14).toll is None


@given(ANY)
def test_it_is_told_in_words_and_in_no_number(given_: list[Carried]) -> None:
    found = strain(given_)
    assert found.carrying in (BANDS if given_ else (None,))
    assert found.toll in (None, *BANDS)
    assert found.more_than_usual in ((True, False) if len(given_) > 20 else (None,))


@given(ANY, st.integers(0, 59))
def test_one_hard_encounter_more_never_makes_it_less(given_: list[Carried], where: int) -> None:
    if where < len(given_):
        harder = [*given_[:where], Carried(True, given_[where].toll), *given_[where + 1 :]]
        assert BANDS.index(strain(harder).carrying or LITTLE) >= BANDS.index(strain(given_).carrying or LITTLE)


def test_a_hundred_thousand_encounters_are_no_trouble() -> None:
    assert strain([HARD, CALM] * 50_000) == Strain(SOME, False, None)


@pytest.mark.parametrize(
    ("one", "said"),
    [(Carried("yes"), "`hard` is `yes`"), (Carried(True, "awful"), "`toll` is `awful`")],  # type: ignore[arg-type]
)
def test_what_cannot_be_is_refused_with_its_place(one: Carried, said: str) -> None:
    with pytest.raises(Unclear) as caught:
        strain([CALM, one])
    assert str(caught.value).startswith(f"encounter 2: {said}")
