"""A moment to look at: in words, and as the command that weighs it; and how often such moments are."""

from __future__ import annotations

from ..examining.saying import among_invented as how_often
from ..examining.saying import situation
from ..rulebook.guideline import MINE
from ..weighing.moment import Moment

__all__ = ["how_often", "situation", "weigh_line"]


def weigh_line(name: str, moment: Moment) -> str:
    """The command that weighs a moment by a book."""
    words = [f"{question}={answer}" for question, answer in moment.answers.items()]
    if moment.whose == MINE:
        words.insert(0, f"whose={MINE}")
    return " ".join(["poise weigh", name, *words]) if words else f"poise weigh {name} --json"
