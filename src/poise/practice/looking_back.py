"""Looking back on what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ..journal.entries import REPAIR, RUPTURE, CheckIn, KeptMoment, Reflection, Rest, Sign
from ..journal.trouble import NotThere
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from ..weighing.weighing import weigh
from .facts import Leant, LookBack, Seen, Sore
from .looking import Looking, within

MOST = 500
"""Moments that are looked back on at once."""
SETTING = "look_back"
"""The setting that says whether one looks back at all."""


class LookingBack(Looking):
    """Facts about what was kept."""

    @property
    def looks_back(self) -> bool:
        """Whether one looks back; it can be turned off for good."""
        return bool(self.journal.setting(SETTING, True))

    @looks_back.setter
    def looks_back(self, on: bool) -> None:
        self.journal.set(SETTING, on)

    def look_back(self, since: datetime, most: int = MOST) -> LookBack:
        """What was kept since then, of at most so many moments. Raises Mistakes."""
        nicknames = self.nicknames()
        moments = list(self._since(since, most + 1))
        reflections = self.last_reflections(moments[:most])
        seen = [self._seen(moment, nicknames, reflections.get(moment.id)) for moment in moments[:most]]
        return LookBack(
            since,
            self.books.read(),
            tuple(reversed(seen)),
            tuple((each, nicknames.get(each.person_id or 0, "")) for each in self.to_come_back()),
            tuple(self._sore(nicknames, since)),
            tuple(reversed([each for each in self.every(CheckIn) if within(each.happened_at, since)])),
            tuple(reversed([each for each in self.every(Rest) if within(each.ends_at or each.happened_at, since)])),
            more=len(moments) > most,
        )

    def would_lean(self, text: str, most: int = MOST) -> tuple[int, list[Leant]]:
        """How many kept moments were weighed again, by another book's text; those that lean to something else by it.

        The last come first. Answers that the other book does not ask for are left out. Raises Mistakes where the text
        cannot be understood.
        """
        book = self.books.understood("new", text)
        last = (moment for moment, _ in zip(self.every_moment(), range(most), strict=False))
        leant = [each for each in (self._leant(book, moment) for moment in last) if each]
        return len(leant), [each for each in leant if each.then != each.now]

    def _leant(self, book: Rulebook, moment: KeptMoment) -> Leant | None:
        try:
            own = self.book_of(moment)
            by = weigh(book, Moment(book, moment.whose, **fitting(book, moment)))
        except (NotThere, Mistakes):
            return None
        then = {name: tuple(lead) for name, lead in moment.leaning.get("lead", {}).items()}
        now = {leaning.list: leaning.lead for leaning in by.leanings}
        return Leant(
            moment,
            then if moment.leaning.get("steer") and not moment.leaning.get("bound") else {},
            now if by.steer and by.bound is None else {},
            own,
        )

    def _since(self, since: datetime, most: int) -> Iterator[KeptMoment]:
        for moment, _ in zip(self.every_moment(), range(most), strict=False):
            if not within(moment.happened_at, since):
                return
            yield moment

    def last_reflections(self, moments: Sequence[KeptMoment]) -> dict[int, Reflection]:
        """{moment: the last that was said of it}, all of them asked for together."""
        found: dict[int, Reflection] = {}
        for each in self.every(Reflection, moment_id=[moment.id for moment in moments]):
            found.setdefault(each.moment_id, each)
        return found

    def _seen(self, moment: KeptMoment, nicknames: dict[int, str], reflection: Reflection | None) -> Seen:
        try:
            weighing = self.replay(moment)
        except (NotThere, Mistakes):
            weighing = None
        return Seen(moment, nicknames.get(moment.person_id or 0, ""), reflection, weighing)

    def _sore(self, nicknames: dict[int, str], since: datetime) -> Iterator[Sore]:
        """What felt off since then, or still does; by person, in the order of their nicknames."""
        signs: dict[int, list[Sign]] = {person_id: [] for person_id in nicknames}
        for sign in self.every(Sign):
            if sign.person_id in signs and sign.sign in (RUPTURE, REPAIR) and sign.noticed:
                signs[sign.person_id].append(sign)
        for person_id, nickname in nicknames.items():
            yield from _soreness(nickname, signs[person_id], since)


def _soreness(nickname: str, signs: list[Sign], since: datetime) -> Iterator[Sore]:
    """What felt off with one person since then, or still does."""
    open_since: datetime | None = None
    for sign in sorted(signs, key=lambda sign: (sign.happened_at, sign.id)):
        if sign.sign == RUPTURE:
            open_since = open_since or sign.happened_at
        elif open_since is not None:
            if within(sign.happened_at, since):
                yield Sore(nickname, open_since, sign.happened_at)
            open_since = None
    if open_since is not None:
        yield Sore(nickname, open_since)


def fitting(book: Rulebook, moment: KeptMoment) -> dict[str, str]:
    """The answers that a book asks for, and knows."""

    def fits(name: str, answer: object) -> bool:
        question = book.considerations.get(name)
        words = [answer] if isinstance(answer, str) else list(answer) if isinstance(answer, dict) else []
        return question is not None and all(word in question.answers for word in words)

    return {name: answer for name, answer in moment.answers.items() if fits(name, answer)}
