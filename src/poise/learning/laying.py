"""What is remembered, laid out by a design: one group of choices for each list, and one for what hindsight says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .design import Design, Lane
from .model.choices import Choices
from .model.layout import Floats, Prior
from .remembering import Remembered, moment_of

MOST_RELATIONSHIPS, FEWEST_TOGETHER = 12, 3
"""How many relationships have habits of their own, and how many moments one has to have for it."""


@dataclass(frozen=True, eq=False)
class Seen:
    """One remembered moment in one list."""

    number: int
    """Which of the records it is."""
    lane: int
    phi: Floats
    stood: NDArray[np.bool_]
    context: Floats
    did: int | None
    would: int | None
    weight: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is remembered, laid out by a design."""

    design: Design
    records: tuple[Remembered, ...]
    relationships: tuple[Hashable, ...]
    seen: tuple[Seen, ...]

    @cached_property
    def prior(self) -> Prior:
        """The written book as a prior for these relationships."""
        return self.design.prior(len(self.relationships))

    @cached_property
    def done(self) -> tuple[tuple[Seen, ...], ...]:
        """For each lane, the moments in which something was done there."""
        return self._by_lane(each for each in self.seen if each.did is not None)

    @cached_property
    def looked_back(self) -> tuple[tuple[Seen, ...], ...]:
        """For each lane, the moments that hindsight spoke of."""
        return self._by_lane(each for each in self.seen if each.would is not None)

    @cached_property
    def groups(self) -> tuple[Choices, ...]:
        """What was done, list by list, and then what hindsight says, list by list."""
        done = [choices(seen, lane, done=True) for lane, seen in enumerate(self.done) if seen]
        return tuple(done + [choices(seen, lane, done=False) for lane, seen in enumerate(self.looked_back) if seen])

    def _by_lane(self, found: Iterable[Seen]) -> tuple[tuple[Seen, ...], ...]:
        kept = list(found)
        return tuple(tuple(each for each in kept if each.lane == lane) for lane in range(len(self.design.lanes)))


def laid_out(design: Design, records: Sequence[Remembered]) -> Evidence:
    """The records as evidence. Raises Mistakes for a moment that cannot be."""
    who = familiar(records)
    seen = [each for number, record in enumerate(records) for each in _seen(design, number, record, who)]
    return Evidence(design, tuple(records), who, tuple(seen))


def familiar(records: Sequence[Remembered]) -> tuple[Hashable, ...]:
    """The relationships whose habits are told apart: those with the most moments, as far as there are enough."""
    first: dict[Hashable, float] = {}
    counts: Counter[Hashable] = Counter()
    for record in records:
        if record.relationship is not None:
            counts[record.relationship] += 1
            first[record.relationship] = min(record.at, first.get(record.relationship, record.at))
    order = sorted(counts, key=lambda who: (-counts[who], first[who], repr(who)))
    return tuple(who for who in order[:MOST_RELATIONSHIPS] if counts[who] >= FEWEST_TOGETHER)


def choices(seen: Sequence[Seen], lane: int, *, done: bool) -> Choices:
    """Moments of one list as a group of choices."""
    phi, stood = np.array([each.phi for each in seen]), np.array([each.stood for each in seen])
    picked = [each.did if done else each.would for each in seen]
    chosen = np.zeros(stood.shape)
    chosen[np.arange(len(seen)), np.array(picked, np.intp)] = 1.0
    weights = np.array([each.weight if done else 1.0 for each in seen])
    return Choices(phi, chosen, stood, weights, np.array([each.context for each in seen]), lane, done)


def _seen(design: Design, number: int, record: Remembered, who: Sequence[Hashable]) -> Iterator[Seen]:
    moment = moment_of(design.book, record)
    weighing = design.weigh(moment)
    if not weighing.steer:
        return
    context = design.context(moment.codes, record.relationship, who)
    for number_of_lane, lane in enumerate(design.lanes):
        leaning = next((each for each in weighing.leanings if each.list == lane.name), None)
        if leaning is None or len(leaning.ranking) < 2:
            continue
        phi, stood = design.pulls(leaning, lane)
        did, would = (_among(lane, stood, given.get(lane.name)) for given in (record.did, record.hindsight))
        yield Seen(number, number_of_lane, phi, stood, context, did, would, record.weight)


def _among(lane: Lane, stood: NDArray[np.bool_], response: str | None) -> int | None:
    """The place of a response in its list, where it is there and stood."""
    if response is None or response not in lane.responses:
        return None
    place = lane.responses.index(response)
    return place if stood[place] else None
