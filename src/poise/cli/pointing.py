"""A moment to look at: in words, and as the command that weighs it; and how often such moments are."""

from __future__ import annotations

from fractions import Fraction

from ..examining.saying import how_many
from ..rulebook.guideline import MINE
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment


def situation(book: Rulebook, moment: Moment) -> str:
    """`when “How bad is it?” is “cruel” and …`, for the middle of a sentence."""
    pairs = [
        f"“{question.ask}” is “{question.word(question.code(moment.answers[question.id]))}”"
        for question in book.questions
        if question.id in moment.answers
    ]
    slipped = ["the slip is mine"] if moment.whose == MINE else []
    *most, last = [*slipped, *pairs] or ["nothing is answered"]
    return f"when {', '.join(most)} and {last}" if most else f"when {last}"


def weigh_line(name: str, moment: Moment) -> str:
    """The command that weighs a moment by a book."""
    words = [f"{question}={answer}" for question, answer in moment.answers.items()]
    if moment.whose == MINE:
        words.insert(0, f"whose={MINE}")
    return " ".join(["poise weigh", name, *words]) if words else f"poise weigh {name} --json"


def how_often(share: Fraction) -> str:
    """`in about one of twenty invented situations`, `in half of all invented situations`."""
    many = how_many(share)
    return f"in {many}{' of all' if many.endswith('half') else ''} invented situations"
