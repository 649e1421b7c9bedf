"""A moment: the answers a person gave about something that happened, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..rulebook.consideration import UNANSWERED, Consideration
from ..rulebook.guideline import MINE
from ..rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean, one_of
from ..rulebook.rulebook import Rulebook

THEIRS = "theirs"
WHOSE = (THEIRS, MINE)

Answer = str | Mapping[str, float]
"""An answer's id, or a belief: a probability for each of some answers."""


@dataclass(frozen=True, init=False)
class Moment:
    """What is known of one moment: `answers` by consideration, `beliefs` where an answer is uncertain.

    `whose` is `theirs` (somebody said something) or `mine` (my own slip). Questions left out are unanswered, which is
    not "no".
    """

    answers: dict[str, str]
    beliefs: dict[str, dict[str, float]]
    whose: str
    codes: tuple[int, ...] = field(repr=False, compare=False)
    """One answer code per consideration, UNANSWERED where nobody said or where there is a belief."""

    def __init__(self, book: Rulebook, whose: str = THEIRS, /, **answers: Answer | None) -> None:
        """Raises Mistakes for a consideration, answer or probability that cannot be."""
        whose = str(answers.pop("whose", None) or whose)
        given = {name: answer for name, answer in answers.items() if answer is not None}
        mistakes = [mistake for name, answer in given.items() if (mistake := _mistake(book, name, answer))]
        if whose not in WHOSE:
            mistakes.append(Mistake("bad-whose", f"a moment is `theirs` or `mine`, not `{clipped(whose)}`"))
        if mistakes:
            raise Mistakes(mistakes, "Nothing was weighed.")
        beliefs = {name: _normalised(answer) for name, answer in given.items() if not isinstance(answer, str)}
        certain = {name: next(iter(belief)) for name, belief in beliefs.items() if len(belief) == 1}
        known = {name: answer for name, answer in given.items() if isinstance(answer, str)} | certain
        put = object.__setattr__
        put(self, "answers", {name: known[name] for name in book.considerations if name in known})
        put(self, "beliefs", {name: belief for name, belief in beliefs.items() if name not in certain})
        put(self, "whose", whose)
        put(self, "codes", tuple(_code(question, known.get(question.id)) for question in book.questions))

    def changed(self, book: Rulebook, **answers: Answer | None) -> Moment:
        """The same moment with some answers given, changed, or (None) taken back."""
        return Moment(book, self.whose, **{**self.answers, **self.beliefs, **answers})


def _code(question: Consideration, answer: str | None) -> int:
    return UNANSWERED if answer is None else question.code(answer)


def _normalised(belief: Mapping[str, float]) -> dict[str, float]:
    """The belief without impossible answers, summing to one."""
    whole = math.fsum(belief.values())
    return {answer: chance / whole for answer, chance in belief.items() if chance > 0}


def _mistake(book: Rulebook, name: str, answer: Answer) -> Mistake | None:
    """What is wrong with one answer, if anything."""
    question = book.considerations.get(name)
    if question is None:
        help = did_you_mean(name, book.considerations, "`poise show` lists what this book asks")
        return Mistake("unknown-name", f"this book does not ask about `{clipped(name)}`", help=help)
    for word in [answer] if isinstance(answer, str) else answer:
        if word not in question.answers:
            help = did_you_mean(word, question.answers, f"it can be {one_of(question.answers)}")
            return Mistake("unknown-answer", f"`{name}` has no answer `{clipped(word)}`", help=help)
    if not isinstance(answer, str) and not _is_belief(answer):
        help = "for example `trust=new:0.3,building:0.7`"
        return Mistake("bad-belief", f"the chances given for `{name}` are not numbers that sum to 1", help=help)
    return None


def _is_belief(belief: Mapping[str, float]) -> bool:
    chances = list(belief.values())
    if not all(math.isfinite(chance) and chance >= 0 for chance in chances):
        return False
    return abs(math.fsum(chances) - 1) < 1e-6
