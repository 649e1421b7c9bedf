"""Keeping a moment from the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import click
import pytest

from poise.cli.when import day_words, when
from poise.journal.trouble import NoJournal, Refused, WrongKey
from poise.practice import Practice
from poise.rulebook.mistake import Mistakes

from .practising import PASSPHRASE, Shell

MOMENT = ("place=group_chat", "harm=stings", "who_was_hit=someone_here")
NOW = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)


def test_a_moment_is_kept_and_the_leaning_said(shell: Shell) -> None:
    printed = shell("keep", *MOMENT, "--person", "Sam", "--did", "gentle_now", "--happened", "2026-03-03")
    assert shell.code == 0
    assert "What will you do?" in printed
    assert "Kept: 3 March 2026, with Sam." in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (kept,) = practice.moments("Sam")
        assert kept.answers["harm"] == "stings"
        assert kept.did == {"toward": "gentle_now"}
        assert kept.happened_at
        assert kept.happened_at.date() == date(2026, 3, 3)
        assert not kept.remark


def test_json_holds_what_was_kept_and_the_weighing(shell: Shell) -> None:
    found = json.loads(shell("keep", *MOMENT, "trust=new:0.3,building:0.7", "--person", "Sam", "--json"))
    assert found["kept"]["person"] == "Sam"
    assert found["weighing"]["moment"]["harm"] == "stings"
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert [moment.uid for moment in practice.moments()] == [found["kept"]["uid"]]


def test_something_else_is_asked_for_in_words_and_never_taken_from_the_command(shell: Shell) -> None:
    shell("keep", *MOMENT, "--something-else", typed=(PASSPHRASE, "left the room with Ola"))
    shell("keep", *MOMENT, "--something-else")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert {moment.did_else for moment in practice.moments()} == {"left the room with Ola", "something else"}


def test_as_json_nothing_is_asked(shell: Shell) -> None:
    found = json.loads(shell("keep", *MOMENT, "--something-else", "--json"))
    assert found["kept"]["did_else"] == "something else"


def test_without_answers_it_asks_and_ends_with_what_i_did(shell: Shell) -> None:
    printed = shell("keep", typed=(PASSPHRASE, "", "1", "safe", "someone", "stings", ".", "gentle", ""))
    assert "What does your gut say" in printed.replace("what does", "What does")
    assert "What did you do?" in printed
    assert "What was said" not in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert len(practice.moments()) == 1
        assert practice.moments()[0].gut


def test_a_remark_is_asked_for_only_where_the_setting_says_so(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.journal.set("remarks", True)
    printed = shell("keep", typed=(PASSPHRASE, ".", "", "", "", "", "the words"))
    assert "What was said, if you want to keep it." in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments()[0].remark == "the words"


def test_in_danger_nothing_is_kept_and_the_help_sheet_is_shown(shell: Shell) -> None:
    printed = shell("keep", typed=(PASSPHRASE, "!"))
    assert "someone near you" in printed
    assert "Nothing was kept." in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments() == []


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("harms=stings",), "did you mean `harm`?"),
        (("harm=stings", "--did", "gentle_noww"), "did you mean `gentle_now`?"),
        (("harm=stings", "--did", "gentle_now", "--did", "let_be"), "are of the same list"),
    ],
)
def test_what_is_not_in_the_book_keeps_nothing(shell: Shell, words: tuple[str, ...], near: str) -> None:
    with pytest.raises(Mistakes) as found:
        shell("keep", *words)
    assert near in str(found.value)
    assert str(found.value).endswith("Nothing was kept.")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments() == []


@pytest.mark.parametrize("day", ["9999-01-01", "1066-10-14"])
def test_a_day_that_cannot_have_been_keeps_nothing(shell: Shell, day: str) -> None:
    with pytest.raises(Refused):
        shell("keep", "harm=stings", "--happened", day)


def test_without_a_practice_the_way_is_named_before_a_passphrase_is_asked(shell: Shell) -> None:
    with pytest.raises(NoJournal, match="there is no practice") as trouble:
        shell("keep", "harm=stings", "--home", str(shell.folder / "elsewhere"), typed=())
    assert "`poise start` sets one up" in str(trouble.value)
    with pytest.raises(WrongKey):
        shell("keep", "harm=stings", typed=("not the passphrase",))


def test_days_and_times_as_they_are_typed() -> None:
    assert when("today", NOW.replace(hour=9)) == NOW.replace(hour=9)
    assert when("Yesterday", NOW) == datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert when("2026-03-01T21:15+00:00", NOW) == datetime(2026, 3, 1, 21, 15, tzinfo=UTC)
    assert day_words(NOW) == "4 March 2026"
    with pytest.raises(click.UsageError, match="is not a day"):
        when("the day before", NOW)


def test_whom_it_was_with_and_what_is_expected_are_asked_and_can_be_passed_over(shell: Shell) -> None:
    shell("keep", typed=(PASSPHRASE, "", "", "safe", "someone", ".", "ask", "", "Sam", "further apart"))
    shell("keep", typed=(PASSPHRASE, "", "", "safe", "someone", ".", "ask", "", "", ""))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert {(moment.person_id is None, moment.forecast) for moment in practice.moments()} == {
            (False, "further"),
            (True, ""),
        }


def test_somebody_it_landed_on_is_not_asked_what_they_expect(shell: Shell) -> None:
    printed = shell("keep", typed=(PASSPHRASE, "", "", "safe", "me", ".", "", "reach", "Sam", ""))
    assert "Whom was it with?" in printed
    assert "What do you expect" not in printed


def test_somebody_it_landed_on_is_spoken_to_and_not_about(shell: Shell) -> None:
    printed = shell("keep", typed=(PASSPHRASE, "", "", "safe", "me", "stings", ".", "", "reach"))
    assert "the person it hit" not in printed
    assert "And beside it, for you?\n  1 Reach for your people" in printed
    assert "You did “reach for your people”." in printed
    assert "what I did: Reach for your people" in shell("search", "--did", "with_them")
