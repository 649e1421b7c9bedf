"""Sealed copies from the command line: made, and restored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poise.cli.backup import _outcome
from poise.journal.copies import Copy, Rehearsal
from poise.journal.trouble import AlreadyThere, NotAllowed, NotThere, Refused, WrongKey
from poise.practice import Practice

from .practising import PASSPHRASE, QUICK, Shell


def _kept(shell: Shell, nickname: str) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.keep(answers={"harm": "stings"}, person=nickname)


def test_a_copy_is_made_in_the_practice_and_tried(shell: Shell) -> None:
    _kept(shell, "Sam")
    printed = " ".join(shell("backup").split())
    assert shell.code == 0
    assert "everything in the journal is in it" in printed
    assert "poise backup FOLDER" in printed
    assert len(list((shell.folder / "copies").iterdir())) == 1


def test_a_copy_is_made_in_a_folder_or_as_a_file(shell: Shell, tmp_path: Path) -> None:
    _kept(shell, "Sam")
    (tmp_path / "stick").mkdir()
    found = json.loads(shell("backup", str(tmp_path / "stick"), "--json"))
    assert Path(found["path"]).parent == tmp_path / "stick"
    assert (found["restores"], found["entries"], found["faults"]) == (True, 2, [])
    shell("backup", str(tmp_path / "one.sealed"))
    assert (tmp_path / "one.sealed").stat().st_mode & 0o777 == 0o600
    with pytest.raises(AlreadyThere):
        shell("backup", str(tmp_path / "one.sealed"))


def test_where_no_copy_can_lie_it_says_why(shell: Shell, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        shell("backup", str(tmp_path / "no" / "folder" / "one.sealed"))


def test_a_copy_that_would_not_bring_everything_back_is_said() -> None:
    copy = Copy(Path("one.sealed"), None)  # type: ignore[arg-type]
    assert "it is not the same as the journal" in _outcome(Rehearsal(copy, 3, 0, 0, 1))
    assert "page 3 is damaged" in _outcome(Rehearsal(copy, 0, 0, 0, 0, ("page 3 is damaged",)))


# Restoring


@pytest.fixture
def copy(shell: Shell, tmp_path: Path) -> Path:
    """A copy from the day when only Sam was in the journal."""
    _kept(shell, "Sam")
    shell("backup", str(tmp_path / "one.sealed"))
    _kept(shell, "Ola")
    return tmp_path / "one.sealed"


def test_a_copy_is_brought_back_and_what_was_there_put_aside(shell: Shell, copy: Path) -> None:
    found = json.loads(shell("restore", str(copy), "--json"))
    assert found["restored"] == str(shell.folder)
    assert (Path(found["put_aside"]) / "journal.db").exists()
    assert shell("people").split() == ["Sam"]


def test_a_copy_is_brought_back_where_nothing_is(shell: Shell, copy: Path, tmp_path: Path) -> None:
    new = str(tmp_path / "new")
    printed = shell("restore", str(copy), "--home", new)
    assert shell.code == 0
    assert "The copy was checked and brought back" in printed
    assert "What was there before" not in printed
    assert shell("people", "--home", new).split() == ["Sam"]
    assert shell("people").split() == ["Ola", "Sam"]


def test_the_wrong_passphrase_changes_nothing(shell: Shell, copy: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongKey):
        shell("restore", str(copy), typed=("not the passphrase",))
    assert shell("people").split() == ["Ola", "Sam"]
    with pytest.raises(WrongKey):
        shell("restore", str(copy), "--home", str(tmp_path / "new"), typed=("not the passphrase",))
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_no_copy_changes_nothing(shell: Shell, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])
    with pytest.raises(Refused, match="is not a sealed copy"):
        shell("restore", str(copy))
    with pytest.raises(NotThere, match="there is no file"):
        shell("restore", str(copy.with_name("two.sealed")), typed=())
    assert shell("people").split() == ["Ola", "Sam"]


def test_a_copy_of_somebody_elses_journal_is_not_put_over_mine(shell: Shell, copy: Path, tmp_path: Path) -> None:
    with Practice.create(tmp_path / "theirs", PASSPHRASE, derivation=QUICK):
        pass
    with pytest.raises(AlreadyThere, match="another journal"):
        shell("restore", str(copy), "--home", str(tmp_path / "theirs"))
