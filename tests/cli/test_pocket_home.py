"""What was kept on the phone comes home by the command line; and the card for a pocket."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from poise.journal import waiting
from poise.journal.trouble import Damaged, NoJournal, NotAllowed, Refused, WrongKey
from poise.practice import Practice

from ..pocket.test_home import AT, a_moment, moments, sealed
from .practising import PASSPHRASE, Shell


def plain(printed: str) -> str:
    return " ".join(printed.split())


@pytest.fixture
def file(shell: Shell, tmp_path: Path) -> Path:
    """A file from the phone with two letters, and one that is somebody else's."""
    letters = json.loads(sealed(shell.folder, a_moment(shell.folder), a_moment(shell.folder)))
    letters["letters"].append(letters["letters"][0] | {"key": "0" * 16, "name": "theirs"})
    path = tmp_path / "notes-2026-01-02.json"
    path.write_text(json.dumps(letters))
    return path


def test_a_file_comes_home_once_and_what_was_not_taken_is_named(shell: Shell, file: Path) -> None:
    printed = plain(shell("pocket", "take", str(file)))
    assert "2 came in, each at the time it happened." in printed
    assert "Not taken: `theirs`: this letter was sealed to another journal." in printed
    assert shell.code == 1
    assert "2 were here before; nothing about it was changed." in plain(shell("pocket", "take", str(file)))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert [each.happened_at for each in moments(practice)] == [AT, AT]


def test_what_came_home_is_told_as_json(shell: Shell, file: Path) -> None:
    found = json.loads(shell("pocket", "take", str(file), "--json"))
    assert found == {
        "came_in": 2,
        "before": 0,
        "waiting": 0,
        "not_taken": [{"name": "theirs", "why": "this letter was sealed to another journal"}],
    }


def test_later_asks_for_no_passphrase_and_letters_come_in_with_the_next_ones(shell: Shell, file: Path) -> None:
    printed = plain(shell("pocket", "take", "--later", str(file), typed=()))
    assert "2 wait, sealed. What cannot be opened shows once you unlock." in printed
    assert waiting.how_many(shell.folder) == 2
    assert "2 came in" in plain(shell("pocket", "take"))
    assert shell.code == 0
    assert "Nothing was there to come in." in plain(shell("pocket", "take"))


def test_one_file_that_is_none_stops_them_all_before_a_passphrase_is_asked(
    shell: Shell, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("plums, a lantern")
    with pytest.raises(Damaged, match="nothing was taken"):
        shell("pocket", "take", str(file), str(tmp_path / "list.txt"), typed=())
    with pytest.raises(NotAllowed):
        shell("pocket", "take", str(tmp_path / "no-such-file"), typed=())
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert moments(practice) == []


def test_a_file_of_a_hundred_megabytes_is_refused(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.touch()
    os.truncate(path, 100_000_000)
    with pytest.raises(Refused, match="50 MB"):
        shell("pocket", "take", str(path), typed=())


def test_later_without_files_and_a_wrong_passphrase_and_no_practice(shell: Shell, file: Path, tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="name the files"):
        shell("pocket", "take", "--later")
    with pytest.raises(WrongKey):
        shell("pocket", "take", str(file), typed=("another",))
    for later in ((), ("--later",)):
        with pytest.raises(NoJournal):
            shell("pocket", "take", *later, str(file), "--home", str(tmp_path / "nowhere"))


def test_the_card_names_nobody_and_own_lines_stand_first_where_one_says_so(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Ola", did="gentle_now")
        practice.line("I would rather walk on.", moment, "gentle_now")
        practice.line("Ola, please.", moment, "gentle_now")
    (shell.folder / "help.txt").write_text("Ola, 555 0100\n")
    without, own = plain(shell("pocket", "card")), plain(shell("pocket", "card", "--lines"))
    assert "I would rather walk on." not in without
    assert "Ways to begin I would rather walk on." in own
    assert "[someone], 555 0100" in own
    found = json.loads(shell("pocket", "card", "--lines", "--json"))
    assert len(found["lines"]) == 5
    assert "Ola" not in f"{without}{own}{found}"


def test_the_card_is_written_as_a_page_by_itself_and_over_nothing(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "card.html"
    assert "fold it along the two lines" in plain(shell("pocket", "card", str(path)))
    page = path.read_text("utf-8")
    assert "<link" not in page
    assert "src=" not in page
    assert ".pocket-card" in page
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(click.UsageError, match="there already"):
        shell("pocket", "card", str(path))


def test_words_of_a_rulebook_are_no_markup_on_the_card(shell: Shell, tmp_path: Path) -> None:
    path = next((shell.folder / "rulebooks").glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace('title: "Among friends"', 'title: "<script>x</script>"'), "utf-8")
    shell("pocket", "card", str(tmp_path / "card.html"))
    assert "<script" not in (tmp_path / "card.html").read_text("utf-8")
