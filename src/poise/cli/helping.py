"""The help sheet on the screen."""

from __future__ import annotations

from pathlib import Path

from ..practice.help_sheet import ALWAYS, EMERGENCY, LINE, NEAR, help_sheet, write_help_sheet
from .own import asked_line
from .screen import say

ASKS = {
    NEAR: "Someone near you:",
    LINE: "A crisis line:",
    EMERGENCY: "One more, an emergency number or another:",
}


def say_help(folder: Path, *more: str) -> None:
    """Whom one can turn to, and a word after it."""
    say([["", "Your help sheet:", *(f"  {line}" for line in help_sheet(folder))], more])


def write_anew(folder: Path) -> None:
    """Ask for the lines of the sheet, and write it. Enter leaves a line as it is. Raises Trouble."""
    lines = [*help_sheet(folder)[-len(ALWAYS) :], *ALWAYS][: len(ALWAYS)]
    answers = []
    for otherwise, line in zip(ALWAYS, lines, strict=True):
        say([["", ASKS[otherwise], *([f"  now: {line}"] if line != otherwise else [])]])
        answers.append(asked_line() or line)
    write_help_sheet(folder, answers)
