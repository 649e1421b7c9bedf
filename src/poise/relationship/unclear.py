"""What cannot be understood of what was handed in: where, what, and the way out. Nothing is worked out from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be: `place` is where (`wai.yaml:4:10`, `encounter 3`), `help` is the way out."""

    place: str
    message: str
    help: str = ""

    def __str__(self) -> str:
        said = f"{self.place}: {self.message}"
        return f"{said}\n  {self.help}" if self.help else said


class Unclear(ValueError):
    """Everything that could not be understood, at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.problems))


def clipped(found: object, most: int = 40) -> str:
    """What was found, on one short line in backticks."""
    text = "".join(char if char.isprintable() else "�" for char in str(found)[: most + 1])
    return f"`{text if len(text) <= most else text[: most - 1] + '…'}`"
