"""Taking words out, and bringing them in, from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from poise.cli import remembered
from poise.journal import naming
from poise.journal.exporting import schema
from poise.journal.trouble import AlreadyThere, NotThere, Refused, WrongKey
from poise.practice import Practice

from .practising import PASSPHRASE, QUICK, Shell

TWICE = (PASSPHRASE, PASSPHRASE)


@pytest.fixture
def kept(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Sam", did="gentle_now", remark="Ola said a lantern")
        practice.reflect(moment, for_us="sore")
        practice.keep(answers={"harm": "slip"}, person="Ola")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    return shell


def _plain(printed: str) -> str:
    return " ".join(printed.split())


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_everything_is_written_where_one_is_after_the_passphrase_once_more(kept: Shell) -> None:
    printed = _plain(kept("export", typed=TWICE))
    (name,) = _files(Path())
    assert name.endswith("-not-sealed.json")
    assert "This writes a file that is not sealed: whoever has it can read every word" in printed
    assert f"It is in {Path.cwd() / name}.".replace(" ", "") in printed.replace(" ", "")
    assert Path(name).stat().st_mode & 0o777 == 0o600
    found = json.loads(Path(name).read_text("utf-8"))
    assert [file["name"] for file in found["files"]] == ["rulebooks/among_friends.yaml"]
    assert len(found["moments"]) == 2


@pytest.mark.parametrize("again", ["", "another passphrase"])
def test_without_the_passphrase_once_more_nothing_is_written(kept: Shell, again: str) -> None:
    with pytest.raises((WrongKey, Refused)):
        kept("export", typed=(PASSPHRASE, again))
    assert _files(Path()) == []


def test_one_persons_part_says_who_else_was_named(kept: Shell) -> None:
    printed = _plain(kept("export", "--person", "sam", typed=TWICE))
    assert "Somebody else was named in it once; [someone] stands there instead." in printed
    (name,) = _files(Path())
    assert "Ola" not in Path(name).read_text("utf-8")
    with pytest.raises(NotThere, match="nobody called `Max`"):
        kept("export", "--person", "Max", typed=TWICE)


def test_markdown_says_what_was_done_in_the_words_of_the_book(kept: Shell, tmp_path: Path) -> None:
    found = json.loads(kept("export", str(tmp_path / "out"), "--as", "markdown", "--json", typed=TWICE))
    assert found["sealed"] is False
    assert found["counts"]["moments"] == 2
    text = Path(found["path"]).read_text("utf-8")
    assert "- what I did: Tell them kindly, now, just the two of you" in text
    assert "rulebooks/among\\_friends" not in text
    assert "### rulebooks/among_friends.yaml" in text


def test_the_schema_is_printed_without_a_passphrase(shell: Shell) -> None:
    assert shell("export", "--schema", typed=()) == schema()


def test_words_are_called_the_same_wherever_they_are_read() -> None:
    assert remembered.KINDS is naming.KINDS
    assert remembered.FIELDS is naming.FIELDS


# Bringing in


@pytest.fixture
def another(tmp_path: Path) -> str:
    """Another practice, with another book."""
    folder = tmp_path / "another"
    Practice.create(folder, PASSPHRASE, book="in_the_room", derivation=QUICK).lock()
    return str(folder)


def test_an_export_moves_to_another_practice_with_its_rulebook(kept: Shell, another: str) -> None:
    kept("export", typed=TWICE)
    (name,) = _files(Path())
    with pytest.raises(AlreadyThere, match="`--mine`"):
        kept("import", name, "--home", another)
    looked = _plain(kept("import", name, "--mine", "--look", "--home", another))
    assert "From Poise" in looked
    assert "2 people, 2 moments, 1 reflection" in looked
    assert "would come in. 1 says something else here; what is here stays as it is." in looked
    assert "Beside the journal: rulebooks/among_friends.yaml." in looked
    assert "Nothing was changed." in looked
    assert kept("people", "--home", another).startswith("Nobody")
    came = _plain(kept("import", name, "--mine", "--home", another))
    assert "came in." in came
    assert kept("people", "--home", another).split() == ["Ola", "Sam"]
    with Practice.open(another, PASSPHRASE) as practice:
        assert practice.books.names == ["among_friends", "in_the_room"]
        assert practice.books.in_use == "in_the_room"
        assert [bool(practice.replay(moment).toward) for moment in practice.moments()] == [True, True]
    again = json.loads(kept("import", name, "--mine", "--json", "--home", another))
    assert {count["new"] for count in again["counts"].values()} == {0}
    assert (again["files"], again["files_left"]) == ([], [])


def test_two_people_of_one_nickname_stay_two_and_that_is_said(kept: Shell, another: str) -> None:
    kept("export", typed=TWICE)
    (name,) = _files(Path())
    with Practice.open(another, PASSPHRASE) as practice:
        practice.keep(answers={"harm": "stings"}, person="sam")
    printed = _plain(kept("import", name, "--mine", "--home", another))
    assert "Several people are called this now: Sam." in printed or "called this now: sam." in printed
    assert sorted(kept("people", "--home", another).split()) == ["Ola", "Sam", "sam"]


def test_a_rulebook_of_ones_own_is_never_written_over(kept: Shell) -> None:
    kept("export", typed=TWICE)
    (name,) = _files(Path())
    book = kept.folder / "rulebooks" / "among_friends.yaml"
    book.write_text(book.read_text("utf-8") + "# mine\n", "utf-8")
    printed = _plain(kept("import", name))
    assert "Nothing new came in." in printed
    assert "Not written over, as yours says something else: rulebooks/among_friends.yaml." in printed
    assert book.read_text("utf-8").endswith("# mine\n")


def test_a_diary_comes_in_and_can_be_undone(kept: Shell) -> None:
    Path("diary.txt").write_text(
        "[2024-05-01 09:30] A lantern.\n[2024-05-03 09:30] A lamp.\n[2024-05-03 09:30] A lamp.\n"
    )
    printed = _plain(kept("import", "diary.txt"))
    assert "From jrnl, 1 May 2024 to 3 May 2024: 2 moments came in." in printed
    assert "Left out: entries that stand there twice." in printed
    assert "`poise undo` takes it out again, all of it." in printed
    assert "2 were here already" in _plain(kept("import", "diary.txt"))
    kept("undo")
    assert json.loads(kept("trash", "--json"))
    found = json.loads(kept("import", "diary.txt", "--look", "--json"))
    assert (found["from"], found["first"], found["left_out"]) == (
        "jrnl",
        None,
        {"entries that stand there twice": 1},
    )


def test_messages_of_others_are_refused(kept: Shell) -> None:
    Path("_chat.txt").write_text("[01.05.24, 09:30:12] Sam: hello\n[01.05.24, 09:31:00] Me: hi\n")
    with pytest.raises(Refused, match="messages that other people wrote"):
        kept("import", "_chat.txt")


def test_a_full_disk_leaves_no_half_file(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    if not os.access("/dev/full", os.W_OK):
        pytest.skip("there is no /dev/full here")
    monkeypatch.setattr("poise.journal.exporting.whole_file.make_file", lambda path: path.symlink_to("/dev/full"))
    with pytest.raises(Exception, match="the disk is full"):
        kept("export", typed=TWICE)
    assert _files(Path()) == []


def test_a_folder_that_is_not_there_is_said(kept: Shell) -> None:
    with pytest.raises(NotThere, match="there is no folder `nowhere`"):
        kept("export", "nowhere", typed=TWICE)


def test_forms_are_named(kept: Shell) -> None:
    with pytest.raises(click.UsageError):
        kept("export", "--as", "pdf", typed=TWICE)
