"""Holds, deletion for good, and how long entries are kept."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest

from poise.cli.commands import cli
from poise.journal.opening import clock
from poise.journal.trouble import NotThere, OnHold, Refused
from poise.practice import Practice

from .practising import PASSPHRASE, Shell


@pytest.fixture
def kept(shell: Shell) -> Shell:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Sam", remark="a lantern")
        practice.reflect(moment, for_us="sore")
        practice.keep(answers={"harm": "slip"}, person="Ola", remark="Sam was there, too")
    return shell


def _plain(printed: str) -> str:
    return " ".join(printed.split())


# Deletion


def test_a_person_is_deleted_for_good_once_their_nickname_is_typed(kept: Shell) -> None:
    kept("backup")
    printed = _plain(kept("erase", "sam", typed=(PASSPHRASE, "Sam")))
    assert kept.code == 0
    assert "This would be deleted for good: 1 person, 1 moment, 1 reflection." in printed
    assert "Type Sam to delete it" in printed
    assert "It is deleted" in printed
    assert "Sealed copies that you made still hold it: 1 in" in printed
    assert "“Sam” still stands in the words of 1 other entry" in printed
    assert kept("people").split() == ["Ola"]
    assert kept("search", "lantern").startswith("Nothing")


@pytest.mark.parametrize("typed", [(), ("",), ("yes",), ("Ola",)])
def test_anything_else_leaves_everything_as_it_is(kept: Shell, typed: tuple[str, ...]) -> None:
    printed = kept("erase", "Sam", typed=(PASSPHRASE, *typed))
    assert kept.code == 1
    assert printed.rstrip().endswith("Nothing was deleted.")
    assert kept("people").split() == ["Ola", "Sam"]


def test_one_entry_is_deleted_by_its_uid(kept: Shell) -> None:
    (moment,) = json.loads(kept("search", "lantern", "--json"))
    found = json.loads(kept("erase", "--uid", moment["uid"], "--yes", "--json"))
    assert found == {"deleted": {"moments": 1, "reflections": 1}}
    assert kept("people").split() == ["Ola", "Sam"]


def test_what_is_deleted_is_nowhere_in_the_file(kept: Shell) -> None:
    kept("erase", "Sam", "--yes")
    with Practice.open(kept.folder, PASSPHRASE) as practice, practice.journal.vault.reading() as connection:
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            assert "lantern" not in str(rows)


@pytest.mark.parametrize("words", [(), ("Sam", "--uid", "x"), ("Sam", "--json")])
def test_it_is_said_what_to_name(kept: Shell, words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        kept("erase", *words)


# Holds


def test_a_hold_stops_deletion_until_it_is_lifted(kept: Shell) -> None:
    printed = _plain(kept("hold", "Sam", "--why", "a request"))
    assert "A hold is on what is about Sam." in printed
    assert "poise hold --lift Sam" in printed
    with pytest.raises(OnHold):
        kept("erase", "Sam", "--yes")
    with pytest.raises(OnHold, match="lift the hold first"):
        kept("erase", "Sam", typed=(PASSPHRASE, "Sam"))
    listed = kept("hold")
    assert "On what is about Sam, since" in listed
    assert ": a request" in listed
    assert "The hold is lifted." in kept("hold", "Sam", "--lift")
    assert kept("erase", "Sam", "--yes")
    assert kept("people").split() == ["Ola"]


def test_a_hold_on_all(kept: Shell) -> None:
    kept("hold", "--all")
    (found,) = json.loads(kept("hold", "--json"))
    assert (found["person"], found["why"]) == (None, "")
    with pytest.raises(OnHold):
        kept("erase", "Ola", "--yes")
    kept("hold", "--all", "--lift")
    assert "There is no hold." in kept("hold")


def test_a_hold_that_is_not_there_is_said(kept: Shell) -> None:
    with pytest.raises(NotThere, match="no such hold"):
        kept("hold", "Sam", "--lift")
    for words in (("--lift",), ("--why", "x"), ("Sam", "--all")):
        with pytest.raises(click.UsageError):
            kept("hold", *words)


# How long


@pytest.fixture
def old(kept: Shell) -> Shell:
    """What was kept eight years ago; a moment with Ola two years ago."""
    then = clock().replace(month=1, day=2) - timedelta(days=366 * 8)

    def eight_years_ago() -> datetime:
        return then

    with Practice.open(kept.folder, PASSPHRASE, now=eight_years_ago) as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Max", remark="long ago", happened_at=then)
        practice.reflect(moment, for_us="fine")
        practice.keep(answers={"harm": "stings"}, person="Noor", remark="long ago too", happened_at=then)
    with Practice.open(kept.folder, PASSPHRASE) as practice:
        (moment,) = practice.moments("Noor")
        practice.reflect(moment, for_us="looked back on today")
    return kept


def test_entries_are_kept_for_good_unless_somebody_chooses(old: Shell) -> None:
    assert old("retain").strip() == "Entries are kept for good."
    assert json.loads(old("retain", "--let-go", "--json")) == {"years": None, "older": {}, "moved": 0}


def test_what_is_older_is_named_and_goes_to_the_trash_only_when_asked(old: Shell) -> None:
    printed = _plain(old("retain", "7"))
    assert "Entries are kept for 7 years." in printed
    assert "Older than that, with everything about it: 1 person, 1 moment, 1 reflection." in printed
    assert old("people").split() == ["Max", "Noor", "Ola", "Sam"]
    printed = _plain(old("retain", "--let-go"))
    assert "In the trash, for 30 days: 1 person, 1 moment, 1 reflection. `poise undo` takes it out again." in printed
    assert old("people").split() == ["Noor", "Ola", "Sam"]
    assert "Nothing is older than that." in _plain(old("retain"))
    old("undo")
    assert old("people").split() == ["Max", "Noor", "Ola", "Sam"]
    assert old("retain", "for-good").strip() == "Entries are kept for good."


def test_what_is_held_stays(old: Shell) -> None:
    old("hold", "Max")
    assert json.loads(old("retain", "7", "--json"))["older"] == {}


@pytest.mark.parametrize("typed", ["soon", "-1", "1.5", "99999"])
def test_years_are_a_number(kept: Shell, typed: str) -> None:
    with pytest.raises(click.UsageError):
        kept("retain", "--", typed)


def test_there_is_an_end_to_years(kept: Shell) -> None:
    with pytest.raises(Refused, match="from 1 to 100"):
        kept("retain", "101")
    with pytest.raises(Refused, match="from 1 to 100"):
        kept("retain", "0")


# Once a week


def test_the_newest_copy_is_tried_once_a_week_after_the_work_is_done(
    kept: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    _copy_of(kept, days_ago=8)
    shown = _shown(kept, capsys)
    assert shown == ("Ola\nSam\n", "")
    with Practice.open(kept.folder, PASSPHRASE) as practice:
        assert practice.journal.setting("rehearsed")["copy"].startswith("copy-")


def test_a_copy_that_would_not_bring_everything_back_is_said_once(
    kept: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = _copy_of(kept, days_ago=8)
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 0xFF
    copy.write_bytes(data)
    out, err = _shown(kept, capsys)
    assert out == "Ola\nSam\n"
    assert "would not bring everything back" in err
    assert "`poise backup` makes a new copy" in err
    assert _shown(kept, capsys) == ("Ola\nSam\n", "")


def test_a_copy_of_this_week_is_left_alone(kept: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    copy = _copy_of(kept, days_ago=6)
    copy.write_bytes(b"not a copy")
    assert _shown(kept, capsys) == ("Ola\nSam\n", "")


def test_what_is_older_is_named_once_a_week(old: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    with Practice.open(old.folder, PASSPHRASE) as practice:
        practice.journal.set("keep_for", 7)
    assert _shown(old, capsys)[1] == "3 entries are older than you keep them (7 years). `poise retain` shows which.\n"
    assert _shown(old, capsys)[1] == ""


def test_the_newest_copy_is_tried_when_asked(kept: Shell) -> None:
    with pytest.raises(NotThere, match="no sealed copy"):
        kept("backup", "--rehearse")
    kept("backup")
    found = json.loads(kept("backup", "--rehearse", "--json"))
    assert found["restores"] is True
    assert len(list((kept.folder / "copies").iterdir())) == 1
    with pytest.raises(click.UsageError):
        kept("backup", "somewhere", "--rehearse")


def _copy_of(shell: Shell, days_ago: int) -> Path:
    """A sealed copy from a while ago."""

    def then() -> datetime:
        return clock() - timedelta(days=days_ago)

    with Practice.open(shell.folder, PASSPHRASE, now=then) as practice:
        return practice.backup().path


def _shown(shell: Shell, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What `poise people` prints: (out, err)."""
    shell.types(PASSPHRASE)
    capsys.readouterr()
    cli.main(["people"], prog_name="poise", standalone_mode=False)
    return capsys.readouterr()
