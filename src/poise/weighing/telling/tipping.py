"""What would tip it, in words: the nearest of the fewest changed answers."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from ...rulebook.rulebook import ME, WHO_WAS_HIT
from ...rulebook.speech import Say, plain
from .naming import joined
from .words import ANSWER_WERE, SO_AND, WOULD_STAND_LEVEL, WOULD_TIP

if TYPE_CHECKING:
    from ..turning import Turn
    from ..weighing import Weighing

MOST_TIPS = 2


def tips(weighing: Weighing, say: Say = plain) -> tuple[str, ...]:
    """The nearest turns in words, at most two a list, each to another lead."""
    said: dict[tuple[str, tuple[str, ...]], str] = {}
    for turn in sorted(weighing.turns, key=lambda turn: _reach(weighing, turn)):
        if (turn.list, turn.lead) not in said and sum(name == turn.list for name, _ in said) < MOST_TIPS:
            said[turn.list, turn.lead] = _tip(weighing, turn, say)
    return tuple(said.values())


def _reach(weighing: Weighing, turn: Turn) -> tuple[int, int]:
    """How far a turn is from what is known: questions still open first, then answers one step away."""
    far = 0
    for name, answer in turn.changes.items():
        question, now = weighing.book.considerations[name], weighing.moment.answers.get(name)
        if now is not None:
            far += 1 + (abs(question.code(answer) - question.code(now)) if question.ordered else 2)
        far += 10 * (name == WHO_WAS_HIT and ME in (answer, now))
    return far, len(turn.lead)


def _tip(weighing: Weighing, turn: Turn, say: Say) -> str:
    questions = weighing.book.considerations
    changes = [
        say(ANSWER_WERE, question=questions[name].ask, answer=questions[name].word(questions[name].code(answer)))
        for name, answer in turn.changes.items()
    ]
    now = next(leaning.lead for leaning in weighing.leanings if leaning.list == turn.list)
    fresh = [response for response in turn.lead if response not in now]
    would = WOULD_TIP if len(fresh) == len(turn.lead) else WOULD_STAND_LEVEL
    return say(
        would,
        which=joined(weighing, fresh, say),
        so=reduce(lambda so, also: say(SO_AND, so=so, also=also), changes),
    )
