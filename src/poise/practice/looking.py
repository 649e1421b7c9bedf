"""What one can ask of an open practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ..journal.entries import (
    KINDS,
    MINE,
    REPAIR,
    RUPTURE,
    AnyEntry,
    Entry,
    FollowUp,
    KeptMoment,
    Person,
    Reflection,
    Rest,
    Sign,
)
from ..journal.finding import PAGE, tag
from ..journal.trouble import NotThere
from ..rulebook.mistake import Mistakes, clipped
from ..rulebook.rulebook import ME, WHO_WAS_HIT
from ..weighing.weighing import Weighing
from .leaning import ELSE
from .opened import Opened, folded, weighed

_LOOKED_THROUGH = 200
"""Moments that are looked through for one without a reflection."""
_AT_ONCE = 640
"""Entries that are in memory at once, while all are gone through."""


class Looking(Opened):
    """People, moments, and search."""

    def people(self) -> list[Person]:
        """Everybody, in the order of their nicknames."""
        return self.journal.people()

    def person(self, nickname: str) -> Person:
        """Somebody by nickname, however it is written. Raises NotThere."""
        found = next((p for p in self.people() if folded(p.nickname) == folded(nickname)), None)
        if found is None:
            raise NotThere(
                "there is nobody called `{nickname}` in the journal",
                "`poise people` lists them",
                nickname=clipped(nickname),
            )
        return found

    def known(self, person: str | Person | None) -> Person | None:
        """Somebody who is in the journal. Raises NotThere."""
        return self.person(person) if isinstance(person, str) else person

    def nicknames(self) -> dict[int, str]:
        """{id: nickname} of everybody."""
        return {person.id: person.nickname for person in self.people()}

    def moments(
        self, person: str | Person | None = None, before: KeptMoment | None = None, most: int = PAGE
    ) -> list[KeptMoment]:
        """Moments, the last that happened first; `before` is the last of the page shown before."""
        return self.journal.moments(self.known(person), before, most)

    def entry(self, uid: str) -> Entry:
        """The entry of that name, of whichever kind, in the trash or not. Raises NotThere."""
        for kind in KINDS.values():
            try:
                return self.journal.get(kind, uid)
            except NotThere:
                continue
        raise NotThere(
            "there is no entry `{uid}` in the journal", "`--json` prints the `uid` of each", uid=clipped(uid)
        )

    def moment(self, uid: str) -> KeptMoment:
        """The moment of that name. Raises NotThere."""
        found = self.entry(uid)
        if not isinstance(found, KeptMoment) or found.trashed_at is not None:
            raise NotThere(
                "there is no moment `{uid}` in the journal", "`--json` prints the `uid` of each", uid=clipped(uid)
            )
        return found

    def not_reflected(self) -> KeptMoment | None:
        """The last moment that nobody has looked back on yet; None where there is none among the last ones."""
        last = zip(self.every_moment(), range(_LOOKED_THROUGH), strict=False)
        return next((m for m, _ in last if not self.journal.entries(Reflection, most=1, moment_id=m.id)), None)

    def search(
        self,
        words: str,
        *,
        person: str | Person | None = None,
        did: str = "",
        by: str = "",
        before: Entry | None = None,
    ) -> list[Entry]:
        """Entries that hold all the words; of one person, where a response was chosen, where a guideline applied."""
        whom = self.known(person)
        wanted = {"person": whom.id if whom else "", "did": did, "by": by}
        return self.journal.search(words, [tag(name, value) for name, value in wanted.items() if value], before)

    def replay(self, moment: KeptMoment) -> Weighing:
        """A kept moment, weighed again by the text of its day. Raises NotThere."""
        return weighed(self.book_of(moment), moment.whose, moment.answers)

    def did_words(self, moment: KeptMoment) -> str:
        """What I did, in the words of the book of that day, or in mine."""
        did = [self._say(moment, response) for response in moment.did.values()]
        return " · ".join([*did, *([moment.did_else] if moment.did_else else [])])

    def would_words(self, moment: KeptMoment, reflection: Reflection) -> str:
        """Which it would have been, knowing how it went, in the same words."""
        would = reflection.hindsight.items()
        return " · ".join(str(each) if name == ELSE else self._say(moment, each) for name, each in would)

    def _say(self, moment: KeptMoment, response: str) -> str:
        """A response in the words of the book of that day, as they fit the one it landed on; else by its name."""
        try:
            found = self.book_of(moment).responses.get(response)
        except (NotThere, Mistakes):
            found = None
        on_me = moment.whose != MINE and moment.answers.get(WHO_WAS_HIT) == ME
        return ((found.if_me if on_me else "") or found.say) if found else str(response)

    def to_come_back(self, person: str | Person | None = None, every: bool = False) -> list[FollowUp]:
        """What I wanted to come back to, the nearest day first; `every` with those that are done."""
        whom = self.known(person)
        of = ({"person_id": whom.id} if whom else {}) | ({} if every else {"done_at": None})
        return sorted(self.every(FollowUp, **of), key=lambda each: (each.due_on is None, str(each.due_on), each.id))

    def every(self, kind: type[AnyEntry], **of: int | Sequence[int] | None) -> Iterator[AnyEntry]:
        """Every entry of a kind, the last written first."""
        return self._every(kind, of)

    def _every(
        self, kind: type[AnyEntry], of: Mapping[str, int | Sequence[int] | None], first: int = PAGE
    ) -> Iterator[AnyEntry]:
        """The same; `first` is how many are asked for at once to begin with."""
        before = None
        for most in _pages(first):
            page = self.journal.entries(kind, before, most, **of)
            yield from page
            if len(page) < most:
                return
            before = page[-1]

    def every_moment(self) -> Iterator[KeptMoment]:
        """Every moment, the last that happened first."""
        before = None
        for most in _pages():
            page = self.journal.moments(None, before, most)
            yield from page
            if len(page) < most:
                return
            before = page[-1]

    def signs(self, person: Person) -> list[Sign]:
        """Every sign with somebody, the last written first."""
        return list(self._every(Sign, {"person_id": person.id}, _AT_ONCE))

    def is_sore(self, person_id: int) -> bool:
        """Whether something that felt off with somebody is not mended."""
        return is_sore(self._every(Sign, {"person_id": person_id}, _AT_ONCE))

    def resting(self) -> Rest | None:
        """The time of rest that it is now, if it is one."""
        now = self.journal.now()
        return next((r for r in self.every(Rest) if within(now, r.happened_at) and within(r.ends_at, now)), None)


def is_sore(signs: Iterable[Sign]) -> bool:
    """Whether the last thing that was noticed is that something felt off."""
    noticed = [sign for sign in signs if sign.sign in (RUPTURE, REPAIR) and sign.noticed]
    last = max(noticed, key=lambda sign: (sign.happened_at, sign.id), default=None)
    return last is not None and last.sign == RUPTURE


def _pages(most: int = PAGE) -> Iterator[int]:
    """How many to ask for at once: a page, then twice as many each time, so that few are asked for in vain."""
    while True:
        yield most
        most = min(2 * most, _AT_ONCE)


def within(at: datetime | None, since: datetime | None) -> bool:
    """Whether a time is not before another; one that is open is."""
    return at is None or since is None or at >= since
