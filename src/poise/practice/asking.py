"""Questions that a practice asks, whatever the screen: a name, words, and the answers there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean

if TYPE_CHECKING:
    from ..relationship import Instrument

CHOICE, LINE, DAY = "choice", "line", "day"
SOMETHING_ELSE = "something_else"
PASSED = ""
"""What stands for a question that was passed over."""


class Question(NamedTuple):
    """One question. Every one can be passed over."""

    name: str
    ask: str
    answers: Mapping[str, str] = {}
    """{answer: its words}."""
    explain: str = ""
    kind: str = CHOICE
    own_words: bool = False
    """Whether one's own words are an answer, too."""
    scale: Instrument | None = None
    """Whose numbers are an answer, too."""


Said = Mapping[str, str]
"""{question: answer, one's own words, or PASSED}."""
Asking = Callable[[Said], Iterator[Question]]
"""The questions in their order; later ones depend on what was said to earlier ones."""


def checked(asking: Asking, said: Said) -> dict[str, str]:
    """What was said, where all of it answers a question. Raises Mistakes."""
    found: dict[str, str] = {}
    mistakes = []
    for question in asking(found):
        answer = said.get(question.name, PASSED).strip()
        mistake = _mistake(question, answer) if answer else None
        mistakes += [mistake] if mistake else []
        found[question.name] = PASSED if mistake else answer
    mistakes += [_unknown(name, found) for name in said if name not in found]
    if mistakes:
        raise Mistakes(mistakes, "Nothing was kept.")
    return {name: answer for name, answer in found.items() if answer}


def _mistake(question: Question, answer: str) -> Mistake | None:
    """Why an answer is none of the question's, where it is not."""
    message = f"`{question.name}` has no answer `{clipped(answer)}`"
    if question.kind == CHOICE and answer not in question.answers and not question.own_words:
        if on_scale(question, answer):
            return None
        number = f", or a number: {question.scale.range_in_words}" if question.scale else ""
        help = did_you_mean(answer, question.answers, f"it can be {', '.join(question.answers)}{number}")
        return Mistake("unknown-answer", message, help=help)
    if question.kind == DAY and not _is_day(answer):
        return Mistake("unknown-answer", message, help="a day is written like 2026-03-04")
    return None


def on_scale(question: Question, answer: str) -> bool:
    """Whether an answer is a number on the question's scale."""
    if question.scale is None:
        return False
    from .signs import number_on  # noqa: PLC0415 - NumPy is loaded where there is a scale

    return number_on(answer, question.scale) is not None


def _is_day(answer: str) -> bool:
    try:
        return bool(date.fromisoformat(answer))
    except ValueError:
        return False


def _unknown(name: str, asked: Iterable[str]) -> Mistake:
    names = list(asked)
    help = did_you_mean(name, names, f"it asks about {', '.join(names)}")
    return Mistake("unknown-name", f"`{clipped(name)}` is not asked here", help=help)
