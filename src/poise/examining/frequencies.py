"""How often answers are given, written down: `{consideration: {answer: weight}}` in YAML.

    harm: {slip: 6, stings: 3, serious: 1}
    safety: {safe: 8.5, mostly: 1, shaky: 0.5}

Weights are numbers against each other, so counts from a journal will do. A consideration left out has all its answers
alike; an answer left out is never given. Answers are taken to come about independently of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..rulebook.consideration import Consideration
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean, one_of
from ..rulebook.reading.composing import compose
from ..rulebook.rulebook import Rulebook
from ..rulebook.text import Node, Table, Word

NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")


def frequencies(book: Rulebook, name: str, data: bytes | str) -> dict[str, dict[str, Fraction]]:
    """The weights in a file. Raises Mistakes."""
    composed = compose(name, data)
    mistakes = list(composed.mistakes)
    found: dict[str, dict[str, Fraction]] = {}
    for key, value in composed.root or ():
        question = book.considerations.get(key.text)
        if question is None:
            help = did_you_mean(key.text, book.considerations, "`poise show` lists what this book asks")
            message = f"this book does not ask about `{clipped(key.text)}`"
            mistakes.append(Mistake("unknown-name", message, key.place, help))
        else:
            weights = _Weights(question, value)
            found[question.id] = weights.found
            mistakes += weights.mistakes
    if mistakes:
        raise Mistakes(mistakes, "Nothing was examined.")
    return found


class _Weights:
    """The weights of one consideration's answers, and what is wrong with them."""

    def __init__(self, question: Consideration, value: Node) -> None:
        self.question, self.found = question, dict[str, Fraction]()
        self.mistakes = list(self._read(value))

    def _read(self, value: Node) -> Iterator[Mistake]:
        if not isinstance(value, Table):
            help = f"for example `{self.question.answers[0]}: 1`"
            yield Mistake("not-a-table", f"`{self.question.id}` needs a weight for each answer", value.place, help)
            return
        for key, weight in value:
            yield from self._weight(key, weight)
        if not any(self.found.values()):
            message = f"no answer to `{self.question.id}` weighs anything"
            yield Mistake("bad-weight", message, value.place, "give at least one answer a weight above 0")

    def _weight(self, key: Word, weight: Node) -> Iterator[Mistake]:
        answers = self.question.answers
        if key.text not in answers:
            help = did_you_mean(key.text, answers, f"it can be {one_of(answers)}")
            yield Mistake(
                "unknown-answer", f"`{self.question.id}` has no answer `{clipped(key.text)}`", key.place, help
            )
        elif not isinstance(weight, Word) or not NUMBER.fullmatch(weight.text):
            yield Mistake("bad-weight", "a weight is a number, 0 or more", weight.place, "for example `3` or `0.5`")
        else:
            self.found[key.text] = Fraction(weight.text)
