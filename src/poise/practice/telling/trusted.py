"""Trust in words: which of a book's answers it may be, as a band. My view of us two; never a number, nor a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...relationship.trust import ENOUGH, FIVE
from ...rulebook.consideration import Consideration
from ...rulebook.speech import Say, plain
from .numbers import often

MOST = 0.8
"""The answers that are named hold four in five of what is thought possible, as the wide band does."""
WORDS: Mapping[str, str] = {
    "none": "none, strangers",
    "new": "just starting",
    "building": "building",
    "solid": "solid",
    "deep": "deep",
}
"""What is said where the book in use does not ask about trust."""
SAYS = "From what you wrote down about you two: {answers}."
HOLDS = "What it could hold between you, from what you wrote down: {answers}."
NOT_YET = (
    "Not enough yet to say what it could hold between you: that takes saying how much it held {times}, "
    "on different days or about different moments."
)


def held(belief: Mapping[str, float]) -> tuple[str, ...]:
    """The fewest neighbouring answers that hold four in five; of two such runs the likelier one."""
    answers = list(belief)
    runs = [answers[at : at + size] for size in range(1, len(answers) + 1) for at in range(len(answers) - size + 1)]
    enough = [run for run in runs if sum(belief[answer] for answer in run) >= MOST - 1e-9] or [answers]
    fewest = min(map(len, enough))
    return tuple(max((run for run in enough if len(run) == fewest), key=lambda run: sum(belief[each] for each in run)))


def trust_words(belief: Mapping[str, float], question: Consideration | None = None, say: Say = plain) -> str:
    """`building or solid`, `somewhere between new and solid`: in the words of the book's question."""
    words = [answer_words(answer, question, say) for answer in held(belief)]
    if len(words) == 1:
        return words[0]
    if len(words) == 2:
        return say("{one} or {other}", one=words[0], other=words[1])
    return say("somewhere between {one} and {other}", one=words[0], other=words[-1])


def says_words(belief: Mapping[str, float], question: Consideration | None = None, say: Say = plain) -> str:
    """What a weighing takes for trust, as nobody has answered it."""
    return say(SAYS, answers=trust_words(belief, question, say))


def holds_words(belief: Mapping[str, float] | None, question: Consideration | None = None, say: Say = plain) -> str:
    """What stands with a person: the band, or that there is not enough yet."""
    if belief is None:
        return say(NOT_YET, times=often(ENOUGH, say))
    return say(HOLDS, answers=trust_words(belief, question, say))


def answers_of(question: Consideration | None) -> Sequence[str]:
    """The answers there are, from the least trust to the most."""
    return question.answers if question else FIVE


def answer_words(answer: str, question: Consideration | None, say: Say = plain) -> str:
    """One answer, in the words of the book's question where it asks."""
    return question.word(question.code(answer)) if question else say(WORDS[answer])
