"""The help sheet: whom one can turn to. It lies beside the journal unsealed, so that it can be read while locked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..journal.sealing.files import in_words, make_folder, write_whole

NAME = "help.txt"
NEAR, LINE, EMERGENCY = (
    "someone near you",
    "a crisis line where you live",
    "your local emergency number, if it is safe for you to call it",
)
ALWAYS = (NEAR, LINE, EMERGENCY)
"""What stands where nobody wrote anything: the sheet is never empty."""
LONGEST = 200
_POLICE = re.compile(r"\b(police|cops?|911|112|999|110|111|000|133|17)\b", re.IGNORECASE)


def filled(answers: Sequence[str]) -> tuple[str, ...]:
    """Three lines of help, and `someone near you` as well where all three are the police."""
    given = [" ".join(answer.split())[:LONGEST] for answer in answers]
    lines = tuple(answer or otherwise for answer, otherwise in zip([*given, "", "", ""], ALWAYS, strict=False))
    return (NEAR, *lines) if all(_POLICE.search(line) for line in lines) else lines


def help_sheet(folder: Path) -> tuple[str, ...]:
    """What the sheet in a practice says. It is never empty. Raises Trouble."""
    path = folder / NAME
    if not path.is_file():
        return ALWAYS
    with in_words("the help sheet", path):
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip()) or ALWAYS


def write_help_sheet(folder: Path, answers: Sequence[str]) -> None:
    """Write the sheet, for its owner alone to read. Raises Trouble."""
    make_folder(folder)
    write_whole(folder / NAME, ("\n".join(filled(answers)) + "\n").encode("utf-8"))
