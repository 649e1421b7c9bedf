"""Setting up a practice."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

import pytest

import poise as library
from poise.cli.passphrase import DESCRIPTOR, passphrase
from poise.cli.starting import Starting
from poise.journal.sealing.keyfile import read_keys
from poise.journal.sealing.recovery import RecoveryKit
from poise.journal.trouble import AlreadyThere, Refused
from poise.practice import Practice, restore
from poise.practice.help_sheet import ALWAYS, NAME, NEAR, filled, help_sheet, write_help_sheet

from .conftest import Poise
from .practising import PASSPHRASE, QUICK, Shell, handed_over

KIT = re.compile(r"((?:[0-9A-Z]{5} ){3}[0-9A-Z]{5})\n  ((?:[0-9A-Z]{5} ){3}[0-9A-Z]{5})")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "practice", monkeypatch, capsys)


class Typist:
    """Standard input of somebody who reads the screen, and copies the kit from it."""

    def __init__(self, lines: list[str], capsys: pytest.CaptureFixture[str], slips: int = 0) -> None:
        self.lines, self.slips, self.screen, self._capsys = lines, slips, "", capsys

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self.screen += self._capsys.readouterr().out
        asked = re.findall(r"Type group (\d) of the kit", self.screen)
        if asked and self.screen.endswith("counted from the first.\n> "):
            return self._group(int(asked[-1])) + "\n"
        return self.lines.pop(0) + "\n" if self.lines else ""

    def _group(self, number: int) -> str:
        self.slips -= 1
        if self.slips >= 0:
            return "00000"
        return " ".join(KIT.findall(self.screen)[-1]).split()[number - 1].lower()


def _start(shell: Shell, *lines: str, slips: int = 0, book: str | None = "among_friends") -> str:
    typist = Typist([*lines], shell._capsys, slips)
    shell._patch.setattr("sys.stdin", typist)
    try:
        shell.code = Starting(shell.folder, book, QUICK).run()
    finally:
        typist.screen += shell._capsys.readouterr().out
    return typist.screen


def test_it_takes_a_book_a_passphrase_a_proved_kit_and_a_help_sheet(shell: Shell) -> None:
    printed = _start(shell, PASSPHRASE, "Ola", "a line", "the night nurse")
    assert shell.code == 0
    assert "The practice is set up." in printed
    assert PASSPHRASE not in printed
    assert read_keys(shell.folder).kit_proved
    assert help_sheet(shell.folder) == ("Ola", "a line", "the night nurse")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.books.read().guidelines == library.read("among_friends").guidelines
        assert "\ninclude:" not in practice.books.text()


def test_without_a_book_it_asks_which(shell: Shell) -> None:
    assert "Which rulebook?" in _start(shell, "keeping", PASSPHRASE, book=None)
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        assert practice.books.names == ["keeping_the_room"]


def test_the_kit_that_is_shown_opens_the_journal(shell: Shell) -> None:
    printed = _start(shell, PASSPHRASE)
    kit = RecoveryKit.read(" ".join(KIT.findall(printed)[0]))
    Practice.recover(shell.folder, str(kit), "another passphrase").lock()


def test_a_slip_in_the_proof_shows_the_kit_again(shell: Shell) -> None:
    printed = _start(shell, PASSPHRASE, slips=1)
    assert shell.code == 0
    assert "is not what the recovery kit says. Here is the kit again." in " ".join(printed.split())
    assert len(KIT.findall(printed)) == 2


def test_stopped_before_the_proof_it_goes_on_with_a_new_kit(shell: Shell) -> None:
    shell.types(PASSPHRASE)
    first = shell.printed(Starting(shell.folder, "among_friends", QUICK).run)
    assert shell.code == 1
    assert "The recovery kit is not proved yet. `poise start` goes on from here." in " ".join(first.split())
    assert "whom you can turn to" not in first
    assert help_sheet(shell.folder) == ALWAYS
    again = _start(shell, PASSPHRASE, "Ola")
    assert shell.code == 0
    assert help_sheet(shell.folder)[0] == "Ola"
    assert KIT.findall(again)[0] != KIT.findall(first)[0]


def test_a_practice_that_stands_is_left_alone(shell: Shell) -> None:
    _start(shell, PASSPHRASE)
    before = (shell.folder / "keys.json").read_bytes()
    with pytest.raises(AlreadyThere, match="there is a practice in"):
        _start(shell, "another passphrase")
    assert (shell.folder / "keys.json").read_bytes() == before


def test_a_book_that_cannot_be_read_is_said_before_anything_is_asked(shell: Shell) -> None:
    with pytest.raises(library.Mistakes):
        _start(shell, book="no_such_book")
    assert not shell.folder.exists()


@pytest.mark.parametrize("given", [(), ("short",)])
def test_without_a_fit_passphrase_nothing_is_made(shell: Shell, given: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        _start(shell, *given)
    assert not shell.folder.exists()


# The help sheet


def test_the_help_sheet_is_never_empty(tmp_path: Path) -> None:
    assert help_sheet(tmp_path) == ALWAYS == filled([])
    (tmp_path / NAME).write_text(" \n\n", encoding="utf-8")
    assert help_sheet(tmp_path) == ALWAYS
    write_help_sheet(tmp_path, ["", "  a  line ", ""])
    assert help_sheet(tmp_path)[1] == "a line"


def test_the_help_sheet_is_never_the_police_alone() -> None:
    assert filled(["police", "call 911", "the cops"])[0] == NEAR
    assert filled(["Ola", "call 911", "the cops"]) == ("Ola", "call 911", "the cops")


def test_the_help_sheet_comes_back_with_a_copy(shell: Shell, tmp_path: Path) -> None:
    _start(shell, PASSPHRASE, "Ola")
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        copy = practice.backup(tmp_path / "copy.sealed")
    restore(copy.path, tmp_path / "new", PASSPHRASE)
    assert help_sheet(tmp_path / "new")[0] == "Ola"


# The passphrase


def test_a_descriptor_hands_over_one_line_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DESCRIPTOR, str(handed_over("zwölf Birnen\r\nsecond\n".encode())))
    assert (passphrase(), passphrase()) == ("zwölf Birnen", "second")
    with pytest.raises(Refused, match="no passphrase was given"):
        passphrase()


def test_a_passphrase_that_is_not_text_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DESCRIPTOR, str(handed_over(b"\xff\xfe lantern\n")))
    with pytest.raises(Refused, match="is not text"):
        passphrase()
    monkeypatch.delenv(DESCRIPTOR)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe lantern\n"), encoding="utf-8"))
    with pytest.raises(Refused, match="is not text"):
        passphrase()


@pytest.mark.parametrize("number", ["9999", "secret words", "-1", "9" * 30])
def test_a_descriptor_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv(DESCRIPTOR, number)
    with pytest.raises(Refused) as trouble:
        passphrase()
    assert number not in str(trouble.value)


def test_a_passphrase_in_the_environment_or_among_the_words_is_not_taken(poise: Poise, tmp_path: Path) -> None:
    home = str(tmp_path / "practice")
    ran = poise("start", "among_friends", "--home", home, POISE_PASSPHRASE=PASSPHRASE, PASSPHRASE=PASSPHRASE)
    assert (ran.code, "no passphrase was given" in ran.err) == (2, True)
    assert poise("start", "among_friends", PASSPHRASE, "--home", home).code == 2
    assert not Path(home).exists()


# As a process


def test_as_a_process_with_the_real_key_derivation(poise: Poise, tmp_path: Path) -> None:
    home = str(tmp_path / "practice")
    ran = poise("start", "among_friends", "--home", home, stdin=f"{PASSPHRASE}\n")
    assert (ran.code, ran.err) == (1, "")
    assert PASSPHRASE not in ran.out
    assert read_keys(Path(home)).wraps["passphrase"].derivation.memory_kib == 64 * 1024
    kept = poise("keep", "harm=stings", "--person", "Sam", "--home", home, stdin=f"{PASSPHRASE}\n")
    assert (kept.code, kept.err) == (0, "")
    assert poise("people", "--home", home, stdin=f"{PASSPHRASE}\n").out == "Sam\n"
    wrong = poise("start", "--home", home, stdin="not the passphrase\n")
    assert (wrong.code, "this is not its passphrase" in wrong.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of another kind")
def test_on_a_terminal_the_passphrase_is_not_shown(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not on Windows
    import subprocess  # noqa: PLC0415

    screen, terminal = pty.openpty()
    words = [sys.executable, "-m", "poise", "start", "among_friends", "--home", str(tmp_path / "practice")]
    run = subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True)
    os.close(terminal)
    seen = _until(screen, "Passphrase: ")
    for ask in ("The same once more: ", "Press Enter when"):
        os.write(screen, f"{PASSPHRASE}\n".encode())
        seen += _until(screen, ask)
    run.kill()
    run.wait()
    os.close(screen)
    assert PASSPHRASE not in seen
    assert KIT.search(seen.replace("\r", "").replace("\033[1m", "").replace("\033[0m", ""))


def _until(screen: int, words: str) -> str:
    seen = ""
    while words not in seen:
        seen += os.read(screen, 4096).decode("utf-8", "replace")
    return seen


def test_weighing_loads_no_journal(poise: Poise) -> None:
    assert poise("weigh", "among_friends", "harm=stings").code == 0
    import subprocess  # noqa: PLC0415

    code = (
        "import sys; sys.argv = ['poise', 'weigh', 'among_friends', 'harm=stings']\n"
        "from poise.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not [m for m in sys.modules if m.startswith(('poise.journal', 'poise.practice', 'sqlalchemy'))]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
