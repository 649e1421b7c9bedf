"""`poise trust`: what is between two people, in five lines and as a band; my own answer comes first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.cli.band import band
from poise.journal.trouble import NotThere
from poise.practice import Practice
from poise.relationship.trust import FIVE, Seen

from .practising import PASSPHRASE, Shell

RATED = ("held", "solid", "shaky", "solid", "held")


@pytest.fixture
def practice(shell: Shell) -> Iterator[Practice]:
    with Practice.open(shell.folder, PASSPHRASE) as opened:
        yield opened


def lived(practice: Practice, rated: tuple[str, ...] = RATED) -> None:
    """Ratings a week apart; something felt off the third time, and was talked about the fourth."""
    practice.keep_person("Sam")
    practice.edit_person("Sam", relation="my cousin", trust_for="that she calls back")
    for number, word in enumerate(rated):
        at = practice.journal.now() - timedelta(days=7 * (len(rated) - number))
        practice.sign("Sam", "rating", said=word, happened_at=at)
        if number == 2:
            practice.sign("Sam", "rupture", said="yes", happened_at=at)
        if number == 3:
            practice.sign("Sam", "repair", said="yes", happened_at=at)


def plainly(printed: str) -> str:
    return " ".join(printed.split())


def test_it_says_five_lines_the_belief_in_words_and_how_one_says_otherwise(shell: Shell, practice: Practice) -> None:
    lived(practice)
    printed = shell("trust", "Sam")
    lines = printed.splitlines()
    assert lines[0] == "Sam"
    assert lines[1:3] == ["  my cousin", "  Trust is for: that she calls back"]
    assert [line[:2] for line in lines[1:6]] == ["  "] * 5
    assert not lines[6]
    assert "What it could hold between you, from what you wrote down: " in plainly(printed)
    assert "Your own answer comes before this, for any moment" in plainly(printed)
    assert "poise keep --person NICKNAME trust=ANSWER" in printed
    words = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}", "", printed)
    assert not re.search(r"\d|%", words)


def test_the_band_has_a_row_for_each_answer_and_marks_what_felt_off_and_was_talked_about(
    shell: Shell, practice: Practice
) -> None:
    lived(practice)
    printed = shell("trust", "Sam")
    picture = printed.split("\n\n")[2].splitlines()
    named = [line.split("  ")[1] for line in picture if line.startswith("  ") and line[2] != " "]
    assert named == ["deep", "solid", "building", "just starting", "none, strangers"]
    assert "×" in picture[-1]
    assert picture[-1].index("×") < picture[-1].index("+")
    assert any("▒" in line for line in picture)
    assert "× is where something felt off." in printed
    assert "* is" not in printed, "a mark that was not drawn is not explained"


def test_on_a_narrow_screen_there_are_only_words(
    shell: Shell, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(practice)
    monkeypatch.setenv("COLUMNS", "30")
    printed = shell("trust", "Sam")
    assert "▒" not in printed
    assert "What it could hold between you" in plainly(printed)


def test_below_three_ratings_there_is_not_enough_yet_and_no_picture(shell: Shell, practice: Practice) -> None:
    lived(practice, ("held", "solid"))
    printed = shell("trust", "Sam")
    assert "Not enough yet to say what it could hold between you" in plainly(printed)
    assert "poise people NICKNAME --rating RATING" in printed
    assert "▒" not in printed
    found = json.loads(shell("trust", "Sam", "--json"))
    assert (found["enough"], found["rated"], found["trust"], found["band"]) == (False, 2, None, [])


def test_as_json_there_are_exact_numbers(shell: Shell, practice: Practice) -> None:
    lived(practice)
    found = json.loads(shell("trust", "Sam", "--json"))
    assert found["trust"] == practice.trust(practice.person("Sam")).belief()
    assert sum(found["trust"].values()) == pytest.approx(1.0)
    assert (found["question"], found["instrument"], found["rated"], found["sore"]) == ("trust", "how_held", 5, False)
    assert [each["rupture"] for each in found["band"]] == [None, None, True, None, None]
    assert found["off_on"] < found["talked_on"]


def test_where_the_book_does_not_ask_about_trust_it_says_so(shell: Shell, practice: Practice) -> None:
    lived(practice)
    practice.books.rewrite(
        practice.books.in_use,
        practice.books.text().replace("from: trust", "fixed: true"),
        practice.books.history(practice.books.in_use)[-1].sha256,
    )
    assert "Your book does not ask how much trust there is" in plainly(shell("trust", "Sam"))
    assert json.loads(shell("trust", "Sam", "--json"))["question"] is None


def test_nobody_and_somebody_who_is_not_there_are_said_in_words(shell: Shell) -> None:
    with pytest.raises(NotThere, match="nobody called `Kim`"):
        shell("trust", "Kim")
    with pytest.raises(click.UsageError):
        shell("trust", typed=())


places = st.floats(0, 1)
ruptures, repairs = st.sampled_from([None, True, False]), st.sampled_from([None, "no", "partly", "yes"])


@st.composite
def seen(draw: st.DrawFn) -> Seen:
    low80, low50, high50, high80 = sorted(draw(st.tuples(places, places, places, places)))
    return Seen(None, low80, low50, high50, high80, True, draw(ruptures), draw(repairs))


@given(st.lists(seen(), min_size=1, max_size=120))
def test_a_picture_fits_the_screen_and_shows_each_answer_once(found: list[Seen]) -> None:
    lines = band(found, FIVE)
    assert all(len(line) <= 88 for line in lines)
    assert [line.strip(" ░▒.:") for line in lines if line.strip(" ░▒.:×x+*")] == list(reversed(FIVE))
    last = found[-min(len(found), 60) :]
    marked = any(each.rupture or each.repair in ("partly", "yes") for each in last)
    if marked:
        assert set(lines[-1]) & {"×", "x", "+", "*"}
