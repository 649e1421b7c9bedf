"""How the pages look, and their language: choices that hold while locked, so that they lie beside the journal.

look.json    {"appearance": "system", "language": "en"}
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..journal.sealing.files import write_whole
from .tongue import LANGUAGES

NAME = "look.json"
APPEARANCES = ("system", "light", "dark")


@dataclass(frozen=True)
class Look:
    """The choices. What a file says otherwise is left out."""

    appearance: str = APPEARANCES[0]
    language: str = "en"

    def __post_init__(self) -> None:
        if self.appearance not in APPEARANCES or self.language not in LANGUAGES:
            raise ValueError("there is no such look")


def read_look(folder: Path) -> Look:
    """The choices of a practice; the usual ones where nobody chose."""
    try:
        said = json.loads((folder / NAME).read_text("utf-8"))
        return Look(str(said["appearance"]), str(said["language"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Look()


def write_look(folder: Path, look: Look) -> None:
    """Keep the choices. Raises Trouble."""
    write_whole(folder / NAME, (json.dumps(asdict(look)) + "\n").encode())
