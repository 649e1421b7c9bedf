"""What the learner is told of a journal: what was kept of moments, and what was said looking back on them.

Only answers that are chosen from a few words count, the same on both sides. One's own words are unknown, and so is a
guess about how it was for somebody else. What of it went how is laid from 0 to 1, its words an equal step apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..journal.entries import KeptMoment, Reflection
from ..learning.remembering import Remembered, moment_of, outcome_of
from ..rulebook.guideline import BESIDE, MINE, TOWARD
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import Rulebook
from .answering import BETWEEN
from .leaning import ELSE

WENT: Mapping[str, Mapping[str, float]] = {
    "them": {"helped": 1.0, "mixed": 0.5, "no_difference": 0.5, "harder": 0.0},
    "us": {"closer": 1.0, "same": 2 / 3, "sore": 1 / 3, "further": 0.0},
    "me": {"lighter": 1.0, "same": 0.5, "heavier": 0.0},
}
"""How it went, for each, by the words of `reflecting`."""
CARES = {"them": 1.0, "us": 1.0, "me": 1.0}
"""How much each counts: alike, as nobody is asked."""
GUESSED = "guessed"
SECONDS_A_DAY = 86_400.0


def remembered(moment: KeptMoment, said: Sequence[Reflection], whom: str | None) -> Remembered:
    """One moment as a record; `said` is what was said of it looking back, the last first. The last word counts."""
    for_us = _last(each.for_us for each in said)
    return Remembered(
        answers=dict(moment.answers),
        did=_responses(moment.did),
        hindsight=_responses(next((each.hindsight for each in said if each.hindsight), {})),
        outcome=outcome_of(_parts(said, for_us), CARES),
        whose=moment.whose,
        relationship=whom,
        at=_days(moment),
        followed=_followed(moment),
        forecast=moment.forecast if moment.forecast in BETWEEN else "",
        came=for_us if for_us in BETWEEN else "",
    )


def understood(book: Rulebook, record: Remembered) -> bool:
    """Whether a moment can be one by this book: a belief may have been brought in that cannot be."""
    if all(isinstance(answer, str) for answer in record.answers.values()):
        return True
    try:
        moment_of(book, record)
    except (Mistakes, TypeError, ValueError, AttributeError):
        return False
    return True


def _parts(said: Sequence[Reflection], for_us: str) -> dict[str, float | None]:
    """How it went for each of us; None where nobody said, where it is in one's own words, or a guess."""
    for_them, _, known = _last(each.for_them for each in said).partition(", ")
    words = {"them": "" if known == GUESSED else for_them, "us": for_us, "me": _last(each.for_me for each in said)}
    return {part: WENT[part].get(word) for part, word in words.items()}


def _responses(given: Mapping[str, object]) -> dict[str, str]:
    """{list: response}, without what is in one's own words."""
    return {name: str(response) for name, response in given.items() if name != ELSE}


def _followed(moment: KeptMoment) -> bool:
    """Whether what was done first of all is what the leaning led to, as it was shown."""
    main = next((name for name in (TOWARD, MINE, BESIDE) if name in moment.did), None)
    lead = moment.leaning.get("lead") or {}
    return bool(main and moment.leaning.get("steer") and moment.did[main] in (lead.get(main) or ()))


def _days(moment: KeptMoment) -> float:
    at = moment.happened_at or moment.written_at
    return at.timestamp() / SECONDS_A_DAY if at else 0.0


def _last(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")
