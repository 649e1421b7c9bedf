"""Promises: proved over every situation, answered or not, or refuted by the one with the fewest answers.

`never R first when C` holds if there is no situation in which C holds under every completion, no bound replaces the
weighing, and R scores at least as much as every other response of its list. Situations that the book calls impossible
are left out. It is decided by branch and bound (see `search`), never by sampling; where that takes too long, by clingo
if it is installed (see `solver`); and where that takes too long as well, it says so. An answer known only as a belief
is not a situation: it weighs several at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..rulebook.guideline import MINE, Promise
from ..rulebook.reading import read_promise
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import THEIRS, Moment
from . import solver
from .leading import Demands, Situation, answers_in
from .search import Unsettled
from .situations import Space
from .sweeping import MOST_STATES

HOLDS, REFUTED, NOT_SETTLED = "holds", "refuted", "not settled"
METHOD, FALLBACK = "branch and bound", "clingo"


@dataclass(frozen=True)
class Proof:
    """What became of one promise."""

    promise: Promise
    state: str
    """`holds`, `refuted` or `not settled`."""
    witness: Moment | None = None
    """A moment in which it is broken."""
    response: str = ""
    """What leads there, though the promise says never."""
    fewest: bool = True
    """Whether no moment with fewer answers breaks it. False where proving that took too long."""
    never_met: bool = False
    """Whether it holds only because its condition never does."""
    method: str = METHOD
    """What settled it, or was tried last: `branch and bound` or `clingo`."""

    def __bool__(self) -> bool:
        return self.state == HOLDS


def prove(book: Rulebook, promise: str | Promise, most_states: int = MOST_STATES) -> Proof:
    """Prove one promise about a book, or find where it is broken.

    `most_states` bounds each search; past it the proof says `not settled`. Raises Mistakes where the promise cannot be
    understood.
    """
    return _Proving(book, read_promise(book, promise) if isinstance(promise, str) else promise, most_states).proof()


def prove_all(book: Rulebook, most_states: int = MOST_STATES) -> tuple[Proof, ...]:
    """Prove every promise that a book makes."""
    return tuple(prove(book, promise, most_states) for promise in book.promises)


class _Proving:
    """The search for a situation that breaks one promise."""

    def __init__(self, book: Rulebook, promise: Promise, most_states: int) -> None:
        self.book, self.promise, self.most_states = book, promise, most_states
        self.settled = self.fewest = True
        self.method = METHOD

    def proof(self) -> Proof:
        """What comes of it, and by which method."""
        return replace(self._proof(), method=self.method)

    def _proof(self) -> Proof:
        try:
            self.space = Space([self.book], [self.promise.condition])
            broken = min(self._broken(), key=lambda found: answers_in(found[0]), default=None)
        except Unsettled:  # the condition alone tells too much apart
            return Proof(self.promise, NOT_SETTLED)
        if broken:
            return Proof(self.promise, REFUTED, self._moment(*broken), broken[1], self.fewest and self.settled)
        if not self.settled:
            return Proof(self.promise, NOT_SETTLED)
        return Proof(self.promise, HOLDS, never_met=self._never_met())

    def _broken(self) -> Iterator[tuple[Situation, str]]:
        """For each response of the promise, a situation with the fewest answers in which it is first all the same."""
        for response in self.promise.responses:
            demands = Demands(self.space)
            demands.leads(0, response)
            demands.holds(self.promise.condition)
            try:
                found, shortest = self._shortest(demands, response)
            except Unsettled:
                self.settled = False
                continue
            if found is not None:
                self.fewest &= shortest
                yield found, response

    def _shortest(self, demands: Demands, response: str) -> tuple[Situation | None, bool]:
        """A situation as demanded with the fewest answers, by the first method that ends. Raises Unsettled."""
        try:
            return demands.shortest(self.most_states)
        except Unsettled:
            found = solver.shortest(self.space, response, self.promise.condition)
            self.method = FALLBACK
            return found

    def _never_met(self) -> bool:
        """Whether the promise's condition holds in no situation that is weighed."""
        demands = Demands(self.space)
        demands.holds(self.promise.condition)
        try:
            return demands.find(self.most_states) is None
        except Unsettled:  # a note beside a proof that stands without it
            return False

    def _moment(self, situation: Situation, response: str) -> Moment:
        """A situation as a moment, its answers those that the promise speaks of where there is a choice."""
        return self.space.moment(situation, MINE if self.book.responses[response].list == MINE else THEIRS)
