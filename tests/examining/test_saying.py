"""Shares in words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.examining.saying import how_many, how_often, in_short, large


@pytest.mark.parametrize(
    ("share", "often", "short"),
    [
        (Fraction(0), "never", "never"),
        (Fraction(1), "always", "always"),
        (Fraction(1, 2), "in half", "half"),
        (Fraction(49, 100), "in about half", "half"),
        (Fraction(1, 20), "in one of twenty", "1 of 20"),
        (Fraction(52, 1000), "in about one of twenty", "1 of 20"),
        (Fraction(66, 100), "in about two of three", "2 of 3"),
        (Fraction(1, 1000), "in one of a thousand", "1 of 1,000"),
        (Fraction(1, 10_000), "in fewer than one of a thousand", "hardly ever"),
        (Fraction(9_999, 10_000), "in nearly all", "nearly always"),
    ],
)
def test_a_share_reads_as_one_would_say_it(share: Fraction, often: str, short: str) -> None:
    assert (how_often(share), in_short(share)) == (often, short)


@given(st.fractions(0, 1))
def test_only_what_never_happens_is_said_to_never_happen(share: Fraction) -> None:
    assert (how_often(share) == "never") == (share == 0) == (how_many(share) == "none")
    assert (how_often(share) == "always") == (share == 1) == (in_short(share) == "always")


@given(st.fractions(Fraction(1, 900), Fraction(9, 10)))
def test_what_is_said_is_never_far_off(share: Fraction) -> None:
    words = in_short(share)
    part, whole = (1, 2) if words == "half" else map(int, words.replace(",", "").split(" of "))
    assert Fraction(part, whole) / share < 2
    assert share / Fraction(part, whole) < 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (12, "12"),
        (640_000, "640,000"),
        (3_400_000, "about 3 million"),
        (352_638_738_432_000, "about 353 million million"),
    ],
)
def test_a_number_too_long_to_read_is_in_words(number: int, words: str) -> None:
    assert large(number) == words
