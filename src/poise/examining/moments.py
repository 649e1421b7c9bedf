"""Moments that one book leans one way and another book another: which, where to, and what makes the difference.

For a response r that led and one s that leads now, guideline g makes the difference

    reason'[g, s] - reason'[g, r]  -  (reason[g, s] - reason[g, r])

Summed over all guidelines and the start, this is by how much s has gained on r, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..rulebook.guideline import LISTS
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.weighing import Leaning, Reason, Weighing, weigh

Lead = tuple[str, ...]
Answers = Mapping[str, str | Mapping[str, float]]
"""{consideration: answer, or a chance for each answer}."""


class Otherwise(NamedTuple):
    """One list of one moment that leads otherwise by the new book."""

    number: int
    """Which of the moments it is, counted from 0."""
    list: str
    before: Lead
    """All that lead by the old book; empty where nothing is weighed."""
    after: Lead
    reasons: tuple[Reason, ...]
    """What makes the first of `after` that is new gain on the first of `before` that is gone, the most first."""
    bound: str
    """The bound that takes the place of the weighing by one book alone, or takes out what led; else empty."""
    left_out: tuple[str, ...]
    """Considerations that were answered and that one book does not ask, or not with that answer."""


def otherwise(old: Rulebook, new: Rulebook, moments: Iterable[tuple[Answers, str]]) -> Iterator[Otherwise]:
    """The lists of these moments, each its answers and whose it is, that lead otherwise by the new book.

    A book is given the answers that it knows. Raises ValueError where `whose` is neither `theirs` nor `mine`.
    """
    for number, (answers, whose) in enumerate(moments):
        known = [_known(book, answers) for book in (old, new)]
        weighings = [weigh(book, Moment(book, whose, **each)) for book, each in zip((old, new), known, strict=True)]
        left_out = tuple(name for name in answers if not all(name in each for each in known))
        for name in LISTS:
            pair = [next((each for each in w.leanings if each.list == name), None) for w in weighings]
            before, after = (each.lead if each else () for each in pair)
            if before != after:
                gone, come = _newly(before, after)
                reasons = _reasons(pair[0], pair[1], gone, come) if pair[0] and pair[1] else ()
                yield Otherwise(number, name, before, after, reasons, _bound(weighings, gone, come), left_out)


def _newly(before: Lead, after: Lead) -> tuple[str, str]:
    """The first response that no longer leads, and the first that newly does; empty where nothing is weighed."""
    gone = next((each for each in before if each not in after), before[0] if before else "")
    come = next((each for each in after if each not in before), after[0] if after else "")
    return gone, come


def _known(book: Rulebook, answers: Answers) -> Answers:
    """The answers that a book knows; a belief only where it knows all of its answers."""
    asked = {name: each for name, each in answers.items() if name in book.considerations}
    return {
        name: each
        for name, each in asked.items()
        if set([each] if isinstance(each, str) else each) <= set(book.considerations[name].answers)
    }


def _reasons(before: Leaning, after: Leaning, gone: str, come: str) -> tuple[Reason, ...]:
    """What makes the difference; none where one of the responses is out, or unknown to a book."""
    ranked = [{standing.response: standing for standing in leaning.ranking} for leaning in (before, after)]
    if not all(response in each for each in ranked for response in (gone, come)):
        return ()
    gains: dict[str, int] = {}
    for each, sign in zip(ranked, (-1, 1), strict=True):
        for response, way in ((come, sign), (gone, -sign)):
            for reason in each[response].reasons:
                gains[reason.guideline] = gains.get(reason.guideline, 0) + way * reason.score
    found = [Reason(guideline, gain) for guideline, gain in gains.items() if gain]
    return tuple(sorted(found, key=lambda reason: -abs(reason.score)))


def _bound(weighings: list[Weighing], gone: str, come: str) -> str:
    """The bound that one book alone has met and that replaces the weighing, or takes what led or leads out."""
    met = [{state.bound.id: state.bound for state in weighing.bounds if state.met} for weighing in weighings]
    for here, there, response in ((met[1], met[0], gone), (met[0], met[1], come)):
        for name, bound in here.items():
            if (bound.replaces or response in bound.never) and name not in there:
                return name
    return ""
