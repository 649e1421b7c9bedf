"""The passphrase changed, the recovery kit renewed, and the way back when the passphrase is gone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from poise.journal.trouble import NoJournal, Refused, WrongKey
from poise.practice import Practice, restore

from .practising import PASSPHRASE, QUICK, Shell

NEW = "five plums, a lantern"
KIT = re.compile(r"((?:[0-9A-Z]{5} ){3}[0-9A-Z]{5})\n  ((?:[0-9A-Z]{5} ){3}[0-9A-Z]{5})")


@pytest.fixture
def kit(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> str:
    """The recovery kit of a practice with one moment in it."""
    shell.folder = tmp_path / "own"
    monkeypatch.setenv("POISE_HOME", str(shell.folder))
    with Practice.create(shell.folder, PASSPHRASE, derivation=QUICK) as practice:
        practice.keep(answers={"harm": "stings"}, person="Sam")
        return str(practice.journal.vault.kit)


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        Practice.open(folder, passphrase).lock()
    except WrongKey:
        return False
    return True


def test_the_passphrase_is_changed_and_old_copies_keep_theirs(shell: Shell, tmp_path: Path) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        copy = practice.backup(tmp_path / "old.sealed")
    printed = " ".join(shell("passphrase", typed=(PASSPHRASE, NEW)).split())
    assert "Copies made before still open with the old passphrase." in printed
    assert PASSPHRASE not in printed
    assert NEW not in printed
    assert (_opens(shell.folder, PASSPHRASE), _opens(shell.folder, NEW)) == (False, True)
    restore(copy.path, tmp_path / "elsewhere", PASSPHRASE)
    assert _opens(tmp_path / "elsewhere", PASSPHRASE)


@pytest.mark.parametrize("typed", [(PASSPHRASE, "short"), (PASSPHRASE,), ("not it", NEW)])
def test_without_the_old_one_or_a_fit_new_one_nothing_is_changed(shell: Shell, typed: tuple[str, ...]) -> None:
    with pytest.raises((Refused, WrongKey)):
        shell("passphrase", typed=typed)
    assert _opens(shell.folder, PASSPHRASE)


def test_the_kit_opens_the_practice_and_sets_a_new_passphrase(shell: Shell, kit: str) -> None:
    printed = shell("recover", typed=(kit.replace("\n", " ").lower(), NEW))
    assert "The practice opens with the new passphrase." in printed
    assert not KIT.search(printed)
    with Practice.open(shell.folder, NEW) as practice:
        assert len(practice.moments("Sam")) == 1
    assert not _opens(shell.folder, PASSPHRASE)
    shell("recover", typed=(kit.replace("\n", "-"), PASSPHRASE))
    assert _opens(shell.folder, PASSPHRASE)


def test_a_slip_in_the_kit_is_named_by_its_group_and_changes_nothing(shell: Shell, kit: str) -> None:
    groups = kit.split()
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    with pytest.raises(Refused, match="group 3 of the recovery kit has a slip in it"):
        shell("recover", typed=(" ".join(groups), NEW))
    with pytest.raises(Refused, match="no recovery kit was given"):
        shell("recover", typed=())
    with pytest.raises(Refused):
        shell("recover", typed=(kit.replace("\n", " "), "short"))
    assert _opens(shell.folder, PASSPHRASE)


@pytest.mark.usefixtures("kit")
def test_the_kit_of_another_journal_opens_nothing(shell: Shell, tmp_path: Path) -> None:
    with Practice.create(tmp_path / "other", PASSPHRASE, derivation=QUICK) as other:
        theirs = str(other.journal.vault.kit)
    with pytest.raises(WrongKey, match="this recovery kit belongs to another journal, or was replaced"):
        shell("recover", typed=(theirs.replace("\n", " "), NEW))
    with pytest.raises(NoJournal):
        shell("recover", "--home", str(tmp_path / "nowhere"), typed=())


class Copyist:
    """Standard input of somebody who types groups of the kit that is on the screen."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.screen, self.lines = shell, "", [PASSPHRASE]

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self.screen += self.shell._capsys.readouterr().out
        if asked := re.findall(r"Type group (\d) of the kit", self.screen):
            return " ".join(KIT.findall(self.screen)[-1]).split()[int(asked[-1]) - 1] + "\n"
        return f"{self.lines.pop()}\n"


def test_a_new_kit_is_proved_and_the_old_one_counts_no_more(
    shell: Shell, kit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poise.cli.commands import cli  # noqa: PLC0415

    copyist = Copyist(shell)
    monkeypatch.setattr("sys.stdin", copyist)
    printed = shell.printed(lambda: cli.main(["passphrase", "--kit"], prog_name="poise", standalone_mode=False))
    assert (shell.code, "The new recovery kit counts from now on." in printed) == (0, True)
    with pytest.raises(WrongKey):
        shell("recover", typed=(kit.replace("\n", " "), NEW))
    shell("recover", typed=(" ".join(KIT.findall(copyist.screen)[-1]), NEW))
    assert _opens(shell.folder, NEW)


def test_a_new_kit_that_is_not_proved_is_said_with_the_way_on(shell: Shell) -> None:
    printed = " ".join(shell("passphrase", "--kit").split())
    assert shell.code == 1
    assert "not proved yet, and the old one does not count any more. `poise passphrase --kit` makes another" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of another kind")
def test_on_a_terminal_a_wrong_passphrase_is_asked_for_again_and_the_kit_is_wiped_away(shell: Shell, kit: str) -> None:
    from .terminal import Terminal  # noqa: PLC0415 - not on Windows

    terminal = Terminal(shell.folder, "people")
    terminal.opens("not it")
    terminal.until("this is not its passphrase. Type it again.")
    terminal.opens()
    assert (terminal.ends(), terminal.seen.endswith("Sam\n")) == (0, True)
    terminal = Terminal(shell.folder, "recover", TERM="xterm")
    terminal.types("12345")
    terminal.until("5 were typed")
    terminal.types(kit.replace("\n", " "))
    assert "\033[2J\033[3J" in terminal.until("Passphrase: ")
    terminal.presses(f"{NEW}\n".encode())
    terminal.types(NEW, after="The same once more: ")
    assert terminal.ends() == 0
    assert NEW not in terminal.seen
    assert _opens(shell.folder, NEW)
