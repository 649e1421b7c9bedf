"""What can be seen of a rulebook by reading it through: findings are about the book, never about people."""

from __future__ import annotations

from dataclasses import dataclass

from ..rulebook.guideline import LET_BE, TOWARD, Clause
from ..rulebook.rulebook import Rulebook
from ..rulebook.text import Place


@dataclass(frozen=True)
class Finding:
    """Something to look at: its kind, in a person's words, and where."""

    kind: str
    message: str
    place: Place | None = None


def findings(book: Rulebook) -> tuple[Finding, ...]:
    """Everything found in a book."""
    return tuple(_silent(book))


def _silent(book: Rulebook) -> list[Finding]:
    """A book that offers letting it be, and no guideline that pulls toward anything else."""
    toward = {response.id for response in book.listed(TOWARD)}
    if LET_BE not in toward:
        return []
    clauses = [clause for guideline in book.guidelines.values() for clause in guideline.clauses]
    if any(_pulls_to_speak(clause, toward) for clause in clauses):
        return []
    message = "no guideline of this book pulls toward speaking, so silence wins by default; is the first rule missing?"
    return [Finding("no-pull-to-speak", message)]


def _pulls_to_speak(clause: Clause, toward: set[str]) -> bool:
    silence = clause.leans.get(LET_BE, 0)
    return any(clause.leans.get(response, 0) > silence for response in toward - {LET_BE})
