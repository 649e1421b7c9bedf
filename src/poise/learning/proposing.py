"""Proposals: which guideline's `weight` the person's own notes speak for changing. At most two, and only proposed.

A change is proposed where all of this holds:

- the weight by the evidence is at least a quarter of the written one away, and CLEAR of its own spreads away;
- the guideline spoke in enough moments, and enough of them went the other way than it leans;
- the filter that lets strengths change with time does not say the opposite;
- where the change would make for more silence, hindsight itself says so: habit alone never teaches to care less.

What is anchored, what is a bound and what is a condition is never proposed to change.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..rulebook.guideline import LET_BE, LISTS, NOTHING_MORE, Guideline
from ..rulebook.rulebook import Rulebook
from .lately import Lately, lately
from .learner import Learned
from .pulling import Pulls, pulls_of

MOST = 2
FEWEST = 10
"""Moments to learn from, below which there is not enough to tell."""
FEWEST_APPLYING, FEWEST_BEHIND, FEWEST_IN_HINDSIGHT = 6, 3, 3
CLEAR = 1.3
STEP = 0.25
LEAST_WEIGHT = 0.25
"""No guideline is proposed away: setting it aside is the person's to do."""
MOST_AT_ONCE, MOST_WEIGHT = 2.0, 10.0
"""A weight is at most doubled or halved by one proposal."""
LITTLE, SOME, MORE = "little", "some", "more"
BANDS = ((SOME, 8), (MORE, 20))
SILENT = (LET_BE, NOTHING_MORE)


@dataclass(frozen=True)
class Proposal:
    """A change of one weight, and what it rests on. Moments are numbers of the records handed in."""

    guideline: str
    old: float
    new: float
    moments: tuple[int, ...]
    """The moments behind it, the strongest first."""
    against: tuple[int, ...]
    """The moments that speak the other way."""
    in_hindsight: int
    """How many of those behind it are so by what the person said looking back."""
    known: str
    """How much there is to go on: `little`, `some` or `more`."""

    @property
    def up(self) -> bool:
        """Whether it would pull harder."""
        return self.new > self.old


@dataclass(frozen=True)
class Proposals:
    """What is proposed. `enough` is False where there is not enough to tell, which is not "nothing to change"."""

    proposals: tuple[Proposal, ...]
    enough: bool


def proposals(learned: Learned, leave_out: Collection[str] = ()) -> Proposals:
    """At most two, the clearest first; `leave_out` are guidelines whose proposals were forgotten or kept private."""
    seen = [each for each in learned.evidence.seen if each.did is not None or each.would is not None]
    if len({each.number for each in seen}) < FEWEST:
        return Proposals((), enough=False)
    now = lately(learned)
    pulls = pulls_of(learned)
    asked = [name for name in _moved(learned) if name not in leave_out]
    found = [proposal for name in asked if (proposal := _proposal(learned, now, pulls, name))]
    return Proposals(tuple(found[:MOST]), enough=True)


def _moved(learned: Learned) -> list[str]:
    """The guidelines that moved far and clearly enough, the clearest first."""
    clear = {}
    for name, weight in learned.weights.items():
        old, spread = learned.book.guidelines[name].weight, learned.weights_sd[name]
        far = abs(weight - old)
        if spread > 0 and far >= STEP * max(old, 1.0) and far >= CLEAR * spread:
            clear[name] = far / spread
    return sorted(clear, key=lambda name: -clear[name])


def _proposal(learned: Learned, now: Lately, pulls: Pulls, name: str) -> Proposal | None:
    """The proposal for one guideline, where enough speaks for it."""
    old = learned.book.guidelines[name].weight
    way = 1.0 if learned.weights[name] > old else -1.0
    new = stepped(old, learned.weights[name])
    behind, against = pulls.behind(name, way), pulls.behind(name, -way)
    in_hindsight = len(pulls.behind(name, way, hindsight=True))
    if new == old or (now.weights[name] - old) * way < 0 or pulls.applying(name) < FEWEST_APPLYING:
        return None
    if len(behind) < max(FEWEST_BEHIND, len(against) + 1):
        return None
    silencing = way * for_silence(learned.book, learned.book.guidelines[name]) > 0
    if silencing and in_hindsight < max(FEWEST_IN_HINDSIGHT, len(pulls.behind(name, -way, hindsight=True)) + 1):
        return None
    return Proposal(name, old, new, behind, against, in_hindsight, _known(len(behind)))


def stepped(old: float, weight: float) -> float:
    """The weight to propose: in quarters, at most doubled or halved, never nothing, within what a book can hold."""
    most = min(max(old * MOST_AT_ONCE, LEAST_WEIGHT), MOST_WEIGHT)
    least = max(old / MOST_AT_ONCE, min(old, LEAST_WEIGHT))
    return float(min(max(round(weight / STEP) * STEP, least), most))


def for_silence(book: Rulebook, guideline: Guideline) -> float:
    """How far it leans to letting be, or to nothing more, against the rest of that list; in thousandths."""
    total = 0.0
    for clause in guideline.clauses:
        for name in LISTS:
            listed = book.listed(name)
            silent = [r.id for r in listed if r.id in SILENT or r.like in SILENT]
            others = [r.id for r in listed if r.id not in silent]
            if silent and others:
                total += sum(clause.leans.get(r, 0) for r in silent) / len(silent)
                total -= sum(clause.leans.get(r, 0) for r in others) / len(others)
    return total


def _known(moments: int) -> str:
    found = LITTLE
    for word, fewest in BANDS:
        found = word if moments >= fewest else found
    return found
