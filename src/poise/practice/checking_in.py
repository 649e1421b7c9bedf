"""A check-in: how I am, asked in the words of my own book, so that a weighing can take it up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, plain, spoken
from .asking import Asking, Question, Said

OTHERWISE = (
    Question(
        "energy",
        "How much have you got left?",
        {"empty": "empty", "low": "low", "enough": "enough", "plenty": "plenty"},
    ),
    Question(
        "toll", "What has dealing with this been costing you?", {"light": "not much", "some": "some", "heavy": "a lot"}
    ),
    Question(
        "elsewhere",
        "How much do you already give in other ways?",
        {"little": "a little", "some": "some", "a_lot": "a lot"},
    ),
)
"""What is asked where a book does not ask it itself."""
MY_PART = "Or say in a sentence what your part is. It counts as reason enough."


def questions(book: Rulebook, say: Say = plain) -> Asking:
    """Energy, toll, and what I give elsewhere; each can be passed over."""
    return partial(_questions, book, say)


def _questions(book: Rulebook, say: Say, _: Said) -> Iterator[Question]:
    for question in OTHERWISE:
        own = book.considerations.get(question.name)
        if own is None:
            asked = question._replace(ask=say(question.ask), answers=spoken(say, question.answers))
        else:
            words = {answer: own.word(code) for code, answer in enumerate(own.answers)}
            asked = question._replace(ask=own.ask, answers=words, explain=own.explain)
        part = question.name == "elsewhere"
        yield asked._replace(explain=say(MY_PART) if part else asked.explain, own_words=part)


def in_words(book: Rulebook | None, name: str, kept: str, say: Say = plain) -> str:
    """What was answered, in the words of a book."""
    own = book.considerations.get(name) if book else None
    if own is not None and kept in own.answers:
        return own.word(own.code(kept))
    words = next((question.answers for question in OTHERWISE if question.name == name), {})
    return say(words[kept]) if kept in words else kept
