"""A consideration: one question about the moment, and its finite answers."""

from __future__ import annotations

from typing import NamedTuple

UNANSWERED = -1
"""The code of a question nobody has answered yet. Unknown is not no."""


class Consideration(NamedTuple):
    """One question. An answer's code is its position in `answers`; `ordered` when they stand in an order."""

    id: str
    position: int
    ask: str
    answers: tuple[str, ...]
    ordered: bool
    words: dict[str, str]
    explain: str = ""
    first: bool = False
    fixed: bool = False
    source: str = ""
    """Where the answer is worked out when nobody gives it (`from: trust`), or empty."""

    @property
    def everything(self) -> int:
        """The mask of all answers."""
        return (1 << len(self.answers)) - 1

    def code(self, answer: str) -> int:
        """The code of an answer. Raises ValueError where there is no such answer."""
        return self.answers.index(answer)

    def word(self, code: int) -> str:
        """The answer as a person reads it."""
        answer = self.answers[code]
        return self.words.get(answer, answer.replace("_", " "))
