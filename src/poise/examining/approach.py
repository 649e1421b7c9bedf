"""How near the leaning comes to the fully answered one, when questions are asked by the next-question rule.

After k questions the responses shown first are *near* if, under all the answers, each stands within NEAR of what leads
then. Situations are invented and handed in; nothing here is about anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..rulebook.rulebook import Rulebook
from ..weighing.asking import next_question
from ..weighing.moment import Moment
from ..weighing.tables import SCALE
from ..weighing.weighing import Leaning, Weighing, weigh

NEAR = 3 * SCALE // 2
"""One and a half doublings."""
AFTER = (0, 3, 4, 5, 8, 12)


class Approach(NamedTuple):
    """Over some situations: how often each list was near after so many questions, and how many it took to settle."""

    situations: int
    near: dict[str, dict[int, int]]
    """{list: {questions asked: situations in which it was near}}."""
    questions: tuple[int, ...]
    """Questions asked in each situation until none could change a lead, or until the last of `after`."""


def approach(book: Rulebook, situations: Iterable[dict[str, str]], after: Sequence[int] = AFTER) -> Approach:
    """Ask each situation's questions in order, and compare what was shown with the full leaning."""
    near: dict[str, dict[int, int]] = {}
    asked = []
    for answers in situations:
        whole = weigh(book, Moment(book, **answers))
        shown = _shown(book, answers, max(after))
        asked.append(len(shown) - 1)
        for leaning in whole.leanings:
            counts = near.setdefault(leaning.list, dict.fromkeys(after, 0))
            for k in after:
                counts[k] += _is_near(leaning, shown[min(k, len(shown) - 1)])
    return Approach(len(asked), near, tuple(asked))


def _shown(book: Rulebook, answers: dict[str, str], most: int) -> list[Weighing]:
    """The weighings after none, one, two … questions."""
    known: dict[str, str] = {}
    shown = [weigh(book, Moment(book))]
    while len(shown) <= most and (name := next_question(shown[-1])) is not None:
        known[name] = answers[name]
        shown.append(weigh(book, Moment(book, **known)))
    return shown


def _is_near(whole: Leaning, shown: Weighing) -> bool:
    """Whether everything that led when shown stands near the lead of the whole."""
    scores = {standing.response: standing.score for standing in whole.ranking}
    leads = next((leaning.lead for leaning in shown.leanings if leaning.list == whole.list), ())
    return all(scores.get(response, -SCALE * SCALE) >= whole.ranking[0].score - NEAR for response in leads)
