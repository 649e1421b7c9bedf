"""What stands in a journal about one person and me: facts, each read once. Nobody is rated here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..journal.entries import REPAIR, RUPTURE, FollowUp, KeptMoment, Person, Reflection, Sign
from ..rulebook.mistake import Mistakes
from .between import asked_of_journal
from .looking import is_sore

if TYPE_CHECKING:
    from ..relationship import Trust
    from ..rulebook.consideration import Consideration
    from .practice import Practice


@dataclass(frozen=True)
class UsTwo:
    """One person, and what was kept about the two of us."""

    person: Person
    signs: tuple[Sign, ...]
    """Every sign, the last written first."""
    moments: tuple[KeptMoment, ...]
    """The last moments, the last that happened first."""
    said: Mapping[int, Reflection]
    """{moment: the last that was said looking back on it}."""
    waiting: tuple[FollowUp, ...]
    """What I wanted to come back to and have not yet, the nearest day first."""
    trust: Trust

    @property
    def sore(self) -> bool:
        """Whether something that felt off is not mended yet."""
        return is_sore(self.signs)

    @cached_property
    def off(self) -> Sign | None:
        """The last time something felt off."""
        return self._last(RUPTURE)

    @cached_property
    def talked(self) -> Sign | None:
        """The last time we got to talk about it."""
        return self._last(REPAIR)

    @property
    def between(self) -> str:
        """How it was between us the last time it was said; empty where it never was."""
        return next((self.said[m.id].for_us for m in self.moments if m.id in self.said and self.said[m.id].for_us), "")

    def _last(self, kind: str) -> Sign | None:
        noticed = (sign for sign in self.signs if sign.sign == kind and sign.noticed)
        return max(noticed, key=lambda sign: (str(sign.happened_at), sign.id), default=None)


def us_two(practice: Practice, person: Person) -> UsTwo:
    """What stands in an open practice about somebody. Raises Refused where the instrument cannot be read."""
    signs, moments = practice.signs(person), practice.moments(person)
    return UsTwo(
        person,
        tuple(signs),
        tuple(moments),
        practice.last_reflections(moments),
        tuple(practice.to_come_back(person)),
        practice.trust(person, signs),
    )


def asked_about_trust(practice: Practice) -> Consideration | None:
    """What the book in use asks about trust; None where it does not ask, or cannot be read."""
    try:
        return next(iter(asked_of_journal(practice.books.read())), None)
    except Mistakes:
        return None
