"""What is being written is never lost: stopped, killed, or left in danger."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from poise.cli.drafts import Draft
from poise.journal.entries import Reflection
from poise.practice import Practice

from .practising import PASSPHRASE, Shell

if sys.platform == "win32":
    pytest.skip("terminals of another kind", allow_module_level=True)

from .terminal import Terminal


def _answered(folder: Path) -> Terminal:
    """A moment on its way: three answers are given, the fourth is being typed."""
    terminal = Terminal(folder, "keep")
    terminal.opens()
    terminal.types("1")
    terminal.types("2")
    terminal.types("safe")
    terminal.until("> ")
    terminal.presses(b"some")
    return terminal


def _goes_on(folder: Path, enter: str = "") -> Terminal:
    terminal = Terminal(folder, "keep")
    terminal.opens()
    assert "You were writing about a moment" in terminal.types(enter)
    return terminal


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_however_it_is_ended_only_the_answer_being_typed_is_lost(shell: Shell, number: signal.Signals) -> None:
    _answered(shell.folder).ends(number)
    terminal = _goes_on(shell.folder)
    seen = terminal.types("someone")
    assert "what does your gut say? Set a limit\nDo you feel safe here? safe\n" in seen
    assert "\nWho did it land on?\n  1 " in seen
    for line in (".", "gentle", "", "Sam", "sore"):
        terminal.types(line)
    assert terminal.ends() == 0
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (kept,) = practice.moments("Sam")
        assert (kept.answers, kept.gut) == ({"safety": "safe", "who_was_hit": "someone_here"}, "set a limit")
        assert (kept.did, kept.forecast) == ({"toward": "gentle_now"}, "sore")
        assert not Draft(practice.journal, "moment").waits


def test_ctrl_c_leaves_the_draft_and_says_so(shell: Shell) -> None:
    terminal = _answered(shell.folder)
    terminal.presses(b"\x03")
    assert terminal.ends() == 130
    assert "What you answered is kept as a draft; `poise keep` goes on with it." in " ".join(terminal.seen.split())
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments() == []


def test_nothing_answered_leaves_no_draft(shell: Shell) -> None:
    terminal = Terminal(shell.folder, "keep")
    terminal.opens()
    terminal.until("> ")
    terminal.presses(b"\x03")
    assert terminal.ends() == 130
    assert terminal.seen.endswith("Stopped. Nothing was kept.\n")


def test_somebody_who_starts_anew_begins_with_nothing(shell: Shell) -> None:
    _answered(shell.folder).ends(signal.SIGKILL)
    terminal = _goes_on(shell.folder, "2")
    assert "What happened?\n  1 " in terminal.types("")
    terminal.ends(signal.SIGKILL)


def test_in_danger_the_draft_waits(shell: Shell) -> None:
    printed = shell("keep", typed=(PASSPHRASE, "1", "2", "!"))
    assert "`poise keep` goes on with it." in printed
    assert "You were writing about a moment" in shell("keep", typed=(PASSPHRASE, "", ".", "", "", "", ""))
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments()[0].gut == "set a limit"


def test_a_draft_of_another_book_asks_again_where_its_answer_is_none(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        draft = Draft(practice.journal, "moment")
        draft.save({"whose": "theirs", "gut": "shout", "answer safety": "on the moon", "answer harm": "stings"})
    printed = shell("keep", typed=(PASSPHRASE, "", "", "safe", ".", "", "", "", ""))
    assert "what does your gut say?\n  1" in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.moments()[0].answers["safety"] == "safe"


def test_a_draft_that_is_not_one_is_left_alone(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        for body in ("", "[]", '{"said": 3, "began": "x"}', "not json"):
            practice.journal.save_draft("moment", body)
            assert Draft(practice.journal, "moment").said == {}


def test_a_reflection_that_was_killed_goes_on(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.keep(answers={"harm": "stings"}, person="Sam", forecast="sore")
    terminal = Terminal(shell.folder, "reflect")
    terminal.opens()
    terminal.types("1")
    terminal.types("2")
    terminal.until("Between you and Sam, now?")
    terminal.ends(signal.SIGKILL)
    printed = shell("reflect", typed=(PASSPHRASE, "", "closer", "."))
    assert "You were writing about it" in printed
    assert "How was it for the person it hit? it helped them\n" in printed
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        (reflection,) = practice.journal.entries(Reflection)
        assert (reflection.for_them, reflection.for_us) == ("helped, asked", "closer")
