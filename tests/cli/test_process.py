"""What a process leaves behind that held a key: no image of its memory, no word in a crash report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from poise.cli.process import crash_report

from .practising import PASSPHRASE, Shell

MARKER = "quixotic_marker_zyzzyva"
PLANTED = """
import sys
from poise.practice.looking import Looking
def fails(self, words, **narrowed):
    found = {words: self.people()}
    raise KeyError(words, found, self)
Looking.search = fails
sys.argv = ["poise", "search"]
from poise.cli import main
main()
"""


def _ran(code: str, stdin: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], input=stdin, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_mistake_of_our_own_is_said_shortly_without_a_word_of_the_persons(shell: Shell) -> None:
    ran = _ran(PLANTED, f"{PASSPHRASE}\n{MARKER}\n")
    assert ran.returncode == 2
    assert "a mistake of its own (KeyError), and stopped." in ran.stderr
    assert "poise/cli/search.py, line " in ran.stderr
    assert "Traceback" not in ran.stderr
    assert MARKER not in ran.stderr
    assert PASSPHRASE not in ran.stdout + ran.stderr
    assert str(Path.home()) not in ran.stderr
    assert str(shell.folder) not in ran.stderr


def test_a_crash_report_names_places_and_no_values() -> None:
    try:
        raise KeyError(MARKER)
    except KeyError as error:
        said = crash_report(error)
    assert "(KeyError)" in said
    assert "  test_process.py, line " in said
    assert MARKER not in said


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are read as on Linux")
@pytest.mark.usefixtures("shell")
def test_no_core_dump_and_no_looking_in_once_a_passphrase_is_asked_for() -> None:
    code = (
        "import ctypes, resource\n"
        "from poise.cli.own import open_practice\n"
        "assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 1\n"
        "open_practice(None).lock()\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0\n"
    )
    ran = _ran(code, f"{PASSPHRASE}\n")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked into as on Linux")
def test_nothing_is_readable_in_the_words_and_the_environment_of_a_running_command(shell: Shell) -> None:
    from .terminal import Terminal  # noqa: PLC0415 - not on Windows

    terminal = Terminal(shell.folder, "search")
    terminal.opens()
    terminal.until("What are you looking for?")
    process = Path(f"/proc/{terminal.process.pid}")
    for name in ("cmdline", "environ"):
        assert PASSPHRASE.encode() not in (process / name).read_bytes()
    assert "Max core file size        0                    0" in (process / "limits").read_text()
    terminal.types(MARKER)
    assert terminal.ends() == 0
    assert PASSPHRASE not in terminal.seen
