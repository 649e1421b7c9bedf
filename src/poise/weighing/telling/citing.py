"""Guidelines as reasons: what sets one response above another, in the words the person wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...rulebook.guideline import START, strength
from ...rulebook.speech import Say, plain
from ..tables import WHOLE
from .words import STARTS_OTHERWISE, STARTS_SO

if TYPE_CHECKING:
    from ..weighing import Leaning, Standing, Weighing


class Cited(NamedTuple):
    """One of the person's guidelines as a reason: its words, why they hold it, and how hard it pulls here."""

    guideline: str
    say: str
    because: str
    units: float = 0
    """How far it sets the lead above the others, in thousandths of a doubling; below 0 it sets it back."""
    anchored: bool = False

    def __str__(self) -> str:
        notes = [strength(self.units)] if self.units else []
        notes += ["you care about this one"] if self.anchored else []
        aside = f" ({'; '.join(notes)})" if notes else ""
        if self.guideline == START:
            return f"{self.say}{aside}."
        return f"“{self.say.rstrip('.')}”{aside}.{' ' if self.because else ''}{self.because}"


def reasons(weighing: Weighing, leaning: Leaning, say: Say = plain) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """What sets the lead above the next, strongest first, and what sets it back: the stones of the balance."""
    if len(leaning.ranking) < 2:
        return (), ()
    return both_ways(weighing, apart(leaning.ranking[0], leaning.ranking[1]), say)


def apart(here: Standing, there: Standing) -> dict[str, int]:
    """{guideline: how far it sets one response above the other, in score units}; sums to their exact difference."""
    pulls = {reason.guideline: reason.score for reason in here.reasons}
    for reason in there.reasons:
        pulls[reason.guideline] = pulls.get(reason.guideline, 0) - reason.score
    return {guideline: pull for guideline, pull in pulls.items() if pull}


def both_ways(
    weighing: Weighing, pulls: dict[str, int], say: Say = plain
) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """The guidelines that pull one way and the other, each strongest first; where the book starts comes last."""
    in_order = sorted(pulls, key=lambda guideline: (guideline == START, -abs(pulls[guideline])))
    cited = [_cited(weighing, guideline, pulls[guideline], say) for guideline in in_order]
    return tuple(c for c in cited if c.units > 0), tuple(c for c in cited if c.units < 0)


def _cited(weighing: Weighing, guideline: str, pull: int, say: Say) -> Cited:
    if guideline == START:
        return Cited(START, say(STARTS_SO if pull > 0 else STARTS_OTHERWISE), "", pull / WHOLE)
    found = weighing.book.guidelines[guideline]
    return Cited(guideline, found.say, found.because, pull / WHOLE, found.anchored)
