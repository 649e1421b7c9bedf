"""What looking back finds: facts, beside each other. Nothing is added up to a value of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from ..journal.entries import CheckIn, FollowUp, KeptMoment, Reflection, Rest
from ..rulebook.guideline import LET_BE, MINE, TOWARD
from ..rulebook.rulebook import ME, WHO_WAS_HIT, Rulebook
from ..weighing.weighing import Weighing

SHARED = "shared_values"


class Seen(NamedTuple):
    """A moment, with what came of it."""

    moment: KeptMoment
    person: str
    reflection: Reflection | None
    weighing: Weighing | None
    """By the text of its day; None where there is none, or it cannot be read any more."""

    @property
    def steered(self) -> bool:
        """Whether guidelines leaned anywhere: not under a bound, nor where it landed on me."""
        return self.weighing is not None and self.weighing.steer and self.weighing.bound is None

    @property
    def let_be(self) -> bool:
        """Whether I let it be, for now."""
        did = self.moment.did.get(TOWARD, "")
        response = self.weighing.book.responses.get(did) if self.weighing else None
        return LET_BE in (did, response.like if response else "")


@dataclass(frozen=True)
class Sore:
    """Something that felt off with somebody, and when it was mended."""

    person: str
    since: datetime | None
    mended: datetime | None = None


@dataclass(frozen=True)
class LookBack:
    """What was kept since a day. Everything is in the order it happened."""

    since: datetime
    book: Rulebook
    seen: tuple[Seen, ...]
    come_back: tuple[tuple[FollowUp, str], ...]
    """What I wanted to come back to and have not yet, from any day; and with whom."""
    sore: tuple[Sore, ...]
    check_ins: tuple[CheckIn, ...]
    rests: tuple[Rest, ...]
    more: bool = field(default=False)
    """Whether there are more moments than were looked at."""

    @cached_property
    def steered(self) -> tuple[Seen, ...]:
        """The moments in which guidelines leaned anywhere."""
        return tuple(seen for seen in self.seen if seen.steered)

    @cached_property
    def expected(self) -> tuple[Seen, ...]:
        """Moments with both: what I expected, and what came."""
        return tuple(s for s in self.seen if s.moment.forecast and s.reflection and s.reflection.for_us)

    @cached_property
    def silent(self) -> tuple[Seen, ...]:
        """Moments in which none of my guidelines spoke."""
        return tuple(seen for seen in self.steered if not seen.moment.leaning.get("applies"))

    @cached_property
    def spoke(self) -> dict[str, int]:
        """{guideline of the book in use: in how many of these moments it spoke}."""
        counted = dict.fromkeys(self.book.guidelines, 0)
        for seen in self.steered:
            for name in seen.moment.leaning.get("applies", ()):
                if name in counted:
                    counted[name] += 1
        return counted

    @cached_property
    def set_aside(self) -> dict[str, tuple[int, int]]:
        """{guideline: (how often I did what it speaks against, in how many moments it spoke and I did something)}."""
        counted: dict[str, tuple[int, int]] = {}
        for seen in self.steered:
            for name, against in _spoke_to(seen):
                times, of = counted.get(name, (0, 0))
                counted[name] = (times + against, of + 1)
        return {name: both for name, both in counted.items() if both[0] and name in self.book.guidelines}

    @cached_property
    def grace(self) -> dict[str, tuple[int, int]]:
        """{nickname: (in how many moments I let it be, of how many)}; only what somebody else said, not to me."""
        return _counted((seen.person, seen.let_be) for seen in self._others if seen.person)

    @cached_property
    def grace_by_heart(self) -> dict[str, tuple[int, int]]:
        """The same by whether I knew that their heart is in the same place: {answer: …}."""
        given = ((str(seen.moment.answers.get(SHARED, "")), seen.let_be) for seen in self._others)
        return _counted((answer, let_be) for answer, let_be in given if answer)

    @property
    def _others(self) -> Iterator[Seen]:
        for seen in self.seen:
            did = seen.moment.did.get(TOWARD) or seen.moment.did_else
            if did and seen.moment.whose != MINE and seen.moment.answers.get(WHO_WAS_HIT) != ME:
                yield seen


class Leant(NamedTuple):
    """A kept moment that would have leaned to something else: who led each list, then and by the other text."""

    moment: KeptMoment
    then: dict[str, tuple[str, ...]]
    now: dict[str, tuple[str, ...]]
    """Empty where a bound takes the place of the weighing, or where it landed on me."""
    book: Rulebook
    """The one of its day."""


def _spoke_to(seen: Seen) -> Iterator[tuple[str, bool]]:
    """(guideline that spoke about what I did or against it, whether against)."""
    assert seen.weighing is not None  # noqa: S101 - it was steered
    for leaning in seen.weighing.leanings:
        did = seen.moment.did.get(leaning.list)
        standing = next((each for each in leaning.ranking if each.response == did), None)
        for reason in standing.reasons if standing else ():
            yield reason.guideline, reason.score < 0


def _counted(given: Iterator[tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    counted: dict[str, tuple[int, int]] = {}
    for name, let_be in given:
        times, of = counted.get(name, (0, 0))
        counted[name] = (times + let_be, of + 1)
    return dict(sorted(counted.items(), key=lambda item: item[0].casefold()))
