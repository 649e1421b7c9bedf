"""Check-ins, rest, what to come back to, people, trash and undo, help sheet, settings."""

from __future__ import annotations

import json
from datetime import timedelta

import click
import pytest

from poise.journal.entries import CheckIn, FollowUp, Rest
from poise.journal.trouble import AlreadyThere, NoJournal, NotThere
from poise.practice import Practice
from poise.practice.help_sheet import ALWAYS, write_help_sheet
from poise.rulebook.mistake import Mistakes

from .practising import PASSPHRASE, Shell

# Check-in


def test_a_check_in_is_asked_in_the_words_of_my_own_book(shell: Shell) -> None:
    printed = shell("check-in", typed=(PASSPHRASE, "low", "2", "the reading group"))
    assert "How much have you got left?\n  1 empty\n  2 low" in printed
    assert printed.endswith("Kept, for today.\n")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (kept,) = practice.journal.entries(CheckIn)
        assert (kept.energy, kept.toll, kept.elsewhere) == ("low", "some", "the reading group")


def test_a_check_in_that_says_nothing_keeps_nothing(shell: Shell) -> None:
    assert "nothing was kept" in shell("check-in", typed=(PASSPHRASE, "", "", ""))
    assert json.loads(shell("check-in", "--json")) is None
    assert "someone near you" in shell("check-in", typed=(PASSPHRASE, "1", "!"))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.journal.entries(CheckIn) == []


def test_a_check_in_as_json(shell: Shell) -> None:
    assert json.loads(shell("check-in", "energy=plenty", "--json"))["energy"] == "plenty"
    with pytest.raises(Mistakes, match="did you mean `empty`"):
        shell("check-in", "energy=emty", "--json")


# Rest


def test_a_time_of_rest_is_asked_for_set_listed_and_ended(shell: Shell) -> None:
    assert "No time of rest" in shell("rest", "--list")
    printed = shell("rest", typed=(PASSPHRASE, "yesterday", "some day", "in a week", "by the lake"))
    assert "“some day” was not understood." in printed
    assert "Kept: rest from" in printed
    assert "by the lake" in shell("rest", "--list")
    assert "You set this time aside for rest, until" in shell("keep", typed=(PASSPHRASE, "."))
    shell("rest", "--end")
    assert "It is no time of rest now" in shell("rest", "--end")
    assert "for rest" not in shell("keep", typed=(PASSPHRASE, "."))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (rest,) = practice.journal.entries(Rest)
        assert rest.ends_at
        assert rest.ends_at <= practice.journal.now()


def test_rest_as_json_asks_nothing(shell: Shell) -> None:
    assert json.loads(shell("rest", "--json")) == []
    (kept,) = json.loads(shell("rest", "--from", "today", "--until", "tomorrow", "--json"))
    assert [rest["uid"] for rest in json.loads(shell("rest", "--json"))] == [kept["uid"]]
    with pytest.raises(click.UsageError, match="is not a day to come"):
        shell("rest", "--until", "yesterday", "--json")
    assert len(json.loads(shell("rest", "--json"))) == 1


# Come back


def test_what_to_come_back_to_is_added_listed_and_done(shell: Shell) -> None:
    assert "You wanted to come back to nothing, for now." in shell("come-back")
    shell("come-back", "--add", "--person", "Sam", typed=(PASSPHRASE, "a walk together", "no day", "in 2 weeks"))
    shell("come-back", "--add", typed=(PASSPHRASE, "when the show is over", ""))
    first, second = shell("come-back").splitlines()
    assert first.endswith(" · with Sam · a walk together")
    assert second == "waiting for: when the show is over"
    assert "Kept: you came back to it." in shell("come-back", "--done", typed=(PASSPHRASE, "2"))
    assert "show" not in shell("come-back")
    assert "came back to on" in shell("come-back", "--all")
    assert "Nothing was changed." in shell("come-back", "--done", typed=(PASSPHRASE, ""))


def test_come_back_as_json(shell: Shell) -> None:
    assert json.loads(shell("come-back", "--json")) == []
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.keep(answers={"harm": "stings"}, person="Sam")
    (added,) = json.loads(shell("come-back", "--moment", kept.uid, "--day", "tomorrow", "--json"))
    assert (added["moment_id"], added["person_id"]) == (kept.id, kept.person_id)
    assert [each["uid"] for each in json.loads(shell("come-back", "--person", "sam", "--json"))] == [added["uid"]]
    with pytest.raises(click.UsageError):
        shell("come-back", "--done", "--json")
    with pytest.raises(click.UsageError):
        shell("come-back", "--day", "yesterday")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert len(practice.journal.entries(FollowUp)) == 1


# People


def test_somebody_is_changed_by_options_or_by_being_asked(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.keep(answers={"harm": "stings"}, person="Sam", did="ask")
    assert "who we are to each other: my cousin" in shell("people", "sam", "--relation", "my cousin")
    printed = shell("people", "Sam", "--edit", typed=(PASSPHRASE, "", "the hard talks", "Sammy"))
    assert "Now: my cousin." in printed
    assert "what I did: Ask, and listen" in printed
    (found,) = json.loads(shell("people", "Sammy", "--json"))
    assert (found["nickname"], found["relation"], found["trust_for"]) == ("Sammy", "my cousin", "the hard talks")
    shell("people", "Sammy", "--edit", typed=(PASSPHRASE, "-", "", ""))
    assert json.loads(shell("people", "--json"))[0]["relation"] == ""


def test_nobody_gets_a_nickname_that_is_taken(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.keep(person="Sam")
        practice.keep(person="Ola")
    with pytest.raises(AlreadyThere, match="nothing was changed"):
        shell("people", "Ola", "--nickname", "SAM")
    shell("people", "Sam", "--nickname", "SAM")
    with pytest.raises(NotThere, match="nobody called `Max`"):
        shell("people", "Max", "--relation", "x")
    with pytest.raises(click.UsageError, match="say whom"):
        shell("people", "--relation", "x")


# Trash and undo


def test_what_is_thrown_away_comes_back(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.keep(answers={"harm": "stings"}, remark="about a lantern")
        practice.reflect(kept, for_us="sore")
    assert "The trash is empty." in shell("trash")
    printed = shell("trash", "--throw", "lantern", typed=(PASSPHRASE, "1"))
    assert "It and what is about it is in the trash, for 30 days." in " ".join(printed.split())
    assert "Nothing in the journal holds" in shell("search", "lantern")
    assert "what was said: about a lantern" in shell("trash")
    moment = next(each for each in json.loads(shell("trash", "--json")) if each["kind"] == "moments")
    assert json.loads(shell("trash", "--put-back", "--uid", moment["uid"], "--json")) == {"moved": 2}
    assert "about a lantern" in shell("search", "lantern")
    shell("trash", "--throw", typed=(PASSPHRASE, "lantern", "1"))
    assert "is back in the journal" in shell("trash", "--put-back", typed=(PASSPHRASE, "1"))
    assert "Nothing was changed." in shell("trash", "--throw", "lantern", typed=(PASSPHRASE, ""))


def test_undo_says_what_it_undid(shell: Shell) -> None:
    assert "Nothing is left to undo" in shell("undo")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.line("a lantern")
    assert shell("undo").startswith("It was kept, and is in the trash now:\n")
    assert json.loads(shell("undo", "--json")) == []
    shell("trash", "--put-back", typed=(PASSPHRASE, "1"))
    assert json.loads(shell("undo", "--json"))[0]["done"] == "put back"


@pytest.mark.parametrize(
    "words", [("--throw", "--put-back"), ("--throw", "--json"), ("--uid", "x"), ("--put-back", "--json")]
)
def test_what_trash_cannot_do_is_said_before_anything_is_asked(shell: Shell, words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        shell("trash", *words, typed=())


# The help sheet


def test_the_help_sheet_needs_no_passphrase_and_never_stands_empty(shell: Shell) -> None:
    assert [line.strip() for line in shell("help-sheet", typed=()).splitlines()[1:]] == list(ALWAYS)
    write_help_sheet(shell.folder, ["Ola", "", ""])
    assert json.loads(shell("help-sheet", "--json", typed=()))[0] == "Ola"
    nowhere = str(shell.folder / "nowhere")
    assert json.loads(shell("help-sheet", "--json", "--home", nowhere, typed=())) == list(ALWAYS)
    with pytest.raises(NoJournal):
        shell("help-sheet", "--edit", "--home", nowhere, typed=())


def test_a_line_of_the_help_sheet_is_changed_and_the_others_stay(shell: Shell) -> None:
    write_help_sheet(shell.folder, ["Ola", "the night line", "the warden"])
    printed = shell("help-sheet", "--edit", typed=("", "another line", ""))
    assert "now: the night line" in printed
    assert json.loads(shell("help-sheet", "--json", typed=())) == ["Ola", "another line", "the warden"]
    with pytest.raises(click.UsageError):
        shell("help-sheet", "--edit", "--json")


# Settings


def test_choices_are_seen_and_made(shell: Shell) -> None:
    before = json.loads(shell("settings", "--json"))
    assert (before["remarks"], before["book"]) == ("off", "among_friends")
    assert shell("settings", "remarks", "on").startswith("remarks: on\n")
    assert json.loads(shell("settings", "--json"))["remarks"] == "on"
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.books.adopt("in_the_room")
    shell("settings", "book", "among_friends")
    assert json.loads(shell("settings", "--json"))["book"] == "among_friends"
    with pytest.raises(Mistakes, match="did you mean `in_the_room`"):
        shell("settings", "book", "in_the_rom")


@pytest.mark.parametrize("words", [("remark",), ("remarks", "maybe"), ("colour", "red")])
def test_a_choice_there_is_not_is_said_before_a_passphrase_is_asked(shell: Shell, words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        shell("settings", *words, typed=())


def test_a_day_is_not_late(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.come_back(due_on=practice.journal.now().date() - timedelta(days=9), waiting_for="the walk")
    printed = shell("come-back").lower()
    assert not [word for word in ("late", "overdue", "missed", "ago") if word in printed]


def test_what_was_kept_in_one_go_is_undone_in_one_go(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = practice.keep(answers={"harm": "stings"}, person="Sam")
        practice.reflected(kept, {"off": "yes", "line": "a lantern", "for_us": "sore"})
    undone = json.loads(shell("undo", "--json"))
    assert {entry["kind"] for entry in undone} == {"signs", "lines", "reflections"}
    undone = json.loads(shell("undo", "--json"))
    assert {entry["kind"] for entry in undone} == {"moments", "people"}
    assert "Nothing is left to undo" in shell("undo")
