"""What one can keep in an open practice."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from ..journal.entries import CheckIn, Entry, FollowUp, KeptMoment, Line, Person, Reflection, Rest, Sign
from ..journal.trouble import AlreadyThere, NotThere
from ..weighing.moment import THEIRS, Answer
from ..weighing.weighing import Weighing
from . import reflecting
from .asking import Said, checked
from .between import Between
from .books import name_of
from .leaning import ELSE, Did, by_list, shown
from .opened import folded, local, weighed


class Keeping(Between):
    """Moments, reflections, signs, check-ins, what to come back to, rest, and lines that worked."""

    def keep(  # noqa: PLR0913 - a moment has this many sides
        self,
        book: str = "",
        answers: Mapping[str, Answer] | None = None,
        *,
        whose: str = THEIRS,
        weighing: Weighing | None = None,
        person: str | Person | None = None,
        gut: str = "",
        did: Did | None = None,
        did_else: str = "",
        forecast: str = "",
        remark: str = "",
        happened_at: datetime | None = None,
        draft: str | None = None,
        uid: str = "",
    ) -> KeptMoment:
        """Weigh a moment and keep it, with the leaning as it was shown and the text it was weighed by.

        A `weighing` that was made already, by a book of this practice, stands for book, answers and whose. `did` is a
        response of the book, or one for each list; `did_else` is something else, in words. Somebody new is kept with
        it, and the `draft` it was written in is dropped; `uid` is the name it has already, where it was written
        elsewhere. Raises Mistakes or Trouble: then nothing is kept.
        """
        if weighing is None:
            name = book or self.books.in_use
            weighing = weighed(self.books.read(name), whose, answers or {})
        moment = KeptMoment(
            uid=uid,
            happened_at=local(happened_at),
            whose=weighing.moment.whose,
            book=name_of(weighing.book.name),
            book_sha256=self.journal.keep_text(self.books.text_of(weighing.book)),
            answers={**weighing.moment.answers, **weighing.moment.beliefs},
            gut=gut,
            leaning=shown(weighing),
            told=str(weighing),
            did=by_list(weighing.book, did),
            did_else=did_else,
            forecast=forecast,
            remark=remark,
        )
        with self.together:
            return self.journal.keep(moment, person=self.somebody(person), draft=draft)

    def reflect(  # noqa: PLR0913
        self,
        moment: KeptMoment,
        *,
        for_them: str = "",
        for_us: str = "",
        for_me: str = "",
        hindsight: Did | None = None,
        hindsight_else: str = "",
        note: str = "",
    ) -> Reflection:
        """Look back on a moment: how it was for each, and which response it would have been. Raises Mistakes."""
        entry = Reflection(
            moment_id=moment.id,
            for_them=for_them,
            for_us=for_us,
            for_me=for_me,
            hindsight=self.would_have_been(moment, hindsight, hindsight_else),
            note=note,
        )
        return self.journal.keep(entry)

    def reflected(self, moment: KeptMoment, said: Said, draft: str | None = None) -> list[Entry]:
        """Keep the answers to what `reflecting.questions` asks about a moment, all of them or none.

        Returns the entries, the reflection last. Raises Mistakes or Trouble: then nothing is kept.
        """
        seen = reflecting.about(self, moment)
        answers = checked(reflecting.questions(seen), said)
        if answers.get("forecast"):
            self.journal.change(moment, forecast=answers["forecast"])
        return self.journal.keep_together(reflecting.entries(seen, answers), draft=draft)

    def would_have_been(self, moment: KeptMoment, response: Did | None, other: str = "") -> dict[str, str]:
        """{list: response} of the book of that day, and something else in words under `else`. Raises Mistakes."""
        would = by_list(self.book_of(moment), response) if response else {}
        return would | ({ELSE: other} if other else {})

    def sign(  # noqa: PLR0913
        self,
        person: str | Person,
        sign: str,
        *,
        said: str = "",
        note: str = "",
        moment: KeptMoment | None = None,
        happened_at: datetime | None = None,
    ) -> Sign:
        """Keep a `rating`, a `rupture` or a `repair`."""
        about = moment.id if moment else None
        entry = Sign(person_id=0, moment_id=about, happened_at=local(happened_at), sign=sign, said=said, note=note)
        with self.together:
            return self.journal.keep(entry, person=self.somebody(person))

    def check_in(  # noqa: PLR0913
        self,
        *,
        energy: str = "",
        toll: str = "",
        elsewhere: str = "",
        happened_at: datetime | None = None,
        draft: str | None = None,
        uid: str = "",
    ) -> CheckIn:
        """Keep how I am: what I have left, what it costs, what I give elsewhere; the draft of it is dropped.

        With a `uid` it is kept once, however often it is sent.
        """
        entry = CheckIn(uid=uid, happened_at=local(happened_at), energy=energy, toll=toll, elsewhere=elsewhere)
        with self.together:
            if uid:
                with suppress(NotThere):
                    return self.journal.get(CheckIn, uid)
            return self.journal.keep(entry, draft=draft)

    def come_back(
        self,
        moment: KeptMoment | None = None,
        *,
        person: str | Person | None = None,
        due_on: date | None = None,
        waiting_for: str = "",
    ) -> FollowUp:
        """Keep that I want to come back to it, on a day, or when what I wait for has come."""
        about = moment.id if moment else None
        entry = FollowUp(moment_id=about, due_on=due_on, waiting_for=waiting_for)
        with self.together:
            return self.journal.keep(entry, person=self.somebody(person))

    def came_back(self, follow_up: FollowUp) -> FollowUp:
        """Note that I came back to it."""
        return self.journal.change(follow_up, done_at=self.journal.now())

    def rest(self, happened_at: datetime | None = None, ends_at: datetime | None = None, note: str = "") -> Rest:
        """Keep a time of rest."""
        return self.journal.keep(Rest(happened_at=local(happened_at), ends_at=local(ends_at), note=note))

    def line(self, words: str, moment: KeptMoment | None = None, response: str = "") -> Line:
        """Keep an opening line of my own that worked."""
        about, whom = (moment.id, moment.person_id) if moment else (None, None)
        return self.journal.keep(Line(words=words, response=response, moment_id=about, person_id=whom))

    def edit_person(self, person: str | Person, **new: str) -> Person:
        """Change a nickname, who we are to each other, or what trust is for. Raises NotThere, AlreadyThere, Refused."""
        with self.together:
            found = self.person(person) if isinstance(person, str) else person
            taken = [other for other in self.people() if other.id != found.id] if "nickname" in new else []
            if any(folded(other.nickname) == folded(new["nickname"]) for other in taken):
                message = "there is somebody called `{new}` in the journal already; nothing was changed"
                raise AlreadyThere(message, "choose another nickname", new=new["nickname"])
            return self.journal.change(found, **new)

    def keep_person(self, nickname: str) -> Person:
        """Somebody by nickname, kept anew where nobody is called that. Raises Refused."""
        with self.together:
            try:
                return self.person(nickname)
            except NotThere:
                return self.journal.keep(Person(nickname=nickname))

    def somebody(self, person: str | Person | None) -> Person | None:
        """Somebody by nickname; somebody new where nobody is called that."""
        if not isinstance(person, str):
            return person
        try:
            return self.person(person)
        except NotThere:
            return Person(nickname=person)
