"""A practice that is open: what one can keep in it, and ask of it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Self

from ..journal import copies
from ..journal.copies import Copy
from ..journal.entries import CheckIn, Entry, FollowUp, KeptMoment, Line, Person, Reflection, Rest, Sign
from ..journal.finding import PAGE, tag
from ..journal.journal import Journal
from ..journal.opening import Clock, clock
from ..journal.sealing.keys import STRONG, Derivation
from ..journal.trouble import NotThere
from ..rulebook.mistake import Mistakes, clipped
from ..rulebook.rulebook import Rulebook
from ..shelf import Book, flattened
from ..weighing.moment import THEIRS, Answer, Moment
from ..weighing.weighing import Weighing, weigh
from .books import OwnBooks, name_of, texts_beside
from .leaning import Did, by_list, shown

Folder = str | os.PathLike[str]


def home() -> Path:
    """Where a practice is, unless one says otherwise: `POISE_HOME`, or the system's place for a person's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nobody names a folder

    named = os.environ.get("POISE_HOME")
    return Path(named) if named else user_data_path("poise", appauthor=False) / "practice"


def restore(copy: Folder, path: Folder, passphrase: str) -> None:
    """Put a sealed copy in the place of a practice that nobody has open, or where none is. Raises Trouble."""
    copies.restore(Path(copy), Path(path), passphrase)


class Practice:
    """An open practice. `books` are its rulebooks; `journal` is what is remembered."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.books = OwnBooks(journal)

    @classmethod
    def create(
        cls,
        path: Folder,
        passphrase: str,
        *,
        book: Book = "among_friends",
        now: Clock = clock,
        derivation: Derivation = STRONG,
    ) -> Self:
        """Make a practice in a new folder, with a copy of `book` that is the person's own from then on.

        `journal.vault.kit` is the recovery kit, to be shown and proved. Raises Mistakes or Trouble.
        """
        text, folder = flattened(book), Path(path)
        beside = partial(texts_beside, folder)
        practice = cls(Journal.create(folder, passphrase, now=now, beside=beside, derivation=derivation))
        practice.books.put(name_of(book), text)
        return practice

    @classmethod
    def open(cls, path: Folder, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its passphrase. Raises Trouble."""
        return cls(Journal.open(Path(path), passphrase, now=now, beside=partial(texts_beside, Path(path))))

    @classmethod
    def recover(cls, path: Folder, kit: str, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its recovery kit, and set a new passphrase. Raises Trouble."""
        return cls(Journal.recover(Path(path), kit, passphrase, now=now, beside=partial(texts_beside, Path(path))))

    def lock(self) -> None:
        """Drop the key and close the connections."""
        self.journal.lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    # Keeping

    def keep(  # noqa: PLR0913 - a moment has this many sides
        self,
        book: str = "",
        answers: Mapping[str, Answer] | None = None,
        *,
        whose: str = THEIRS,
        person: str | Person | None = None,
        gut: str = "",
        did: Did | None = None,
        did_else: str = "",
        forecast: str = "",
        remark: str = "",
        happened_at: datetime | None = None,
        draft: str | None = None,
    ) -> KeptMoment:
        """Weigh a moment and keep it, with the leaning as it was shown and the text it was weighed by.

        `did` is a response of the book, or one for each list; `did_else` is something else, in words. Somebody new is
        kept with it, and the `draft` it was written in is dropped. Raises Mistakes or Trouble: then nothing is kept.
        """
        name, text = book or self.books.in_use, self.books.text(book)
        weighing = _weighed(self.books.understood(name, text), whose, answers or {})
        moment = KeptMoment(
            happened_at=_local(happened_at),
            whose=weighing.moment.whose,
            book=name,
            book_sha256=self.journal.keep_text(text),
            answers={**weighing.moment.answers, **weighing.moment.beliefs},
            gut=gut,
            leaning=shown(weighing),
            told=str(weighing),
            did=by_list(weighing.book, did),
            did_else=did_else,
            forecast=forecast,
            remark=remark,
        )
        return self.journal.keep(moment, person=self._somebody(person), draft=draft)

    def reflect(  # noqa: PLR0913
        self,
        moment: KeptMoment,
        *,
        for_them: str = "",
        for_us: str = "",
        for_me: str = "",
        hindsight: Did | None = None,
        note: str = "",
    ) -> Reflection:
        """Look back on a moment: how it was for each, and which response it would have been. Raises Mistakes."""
        would = by_list(self._book_of(moment), hindsight) if hindsight else {}
        entry = Reflection(
            moment_id=moment.id, for_them=for_them, for_us=for_us, for_me=for_me, hindsight=would, note=note
        )
        return self.journal.keep(entry)

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
        entry = Sign(person_id=0, moment_id=about, happened_at=_local(happened_at), sign=sign, said=said, note=note)
        return self.journal.keep(entry, person=self._somebody(person))

    def check_in(
        self, *, energy: str = "", toll: str = "", elsewhere: str = "", happened_at: datetime | None = None
    ) -> CheckIn:
        """Keep how I am: what I have left, what it costs, what I give elsewhere."""
        entry = CheckIn(happened_at=_local(happened_at), energy=energy, toll=toll, elsewhere=elsewhere)
        return self.journal.keep(entry)

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
        return self.journal.keep(entry, person=self._somebody(person))

    def rest(self, happened_at: datetime | None = None, ends_at: datetime | None = None, note: str = "") -> Rest:
        """Keep a time of rest."""
        return self.journal.keep(Rest(happened_at=_local(happened_at), ends_at=_local(ends_at), note=note))

    def line(self, words: str, moment: KeptMoment | None = None, response: str = "") -> Line:
        """Keep an opening line of my own that worked."""
        about, whom = (moment.id, moment.person_id) if moment else (None, None)
        return self.journal.keep(Line(words=words, response=response, moment_id=about, person_id=whom))

    # Looking

    def people(self) -> list[Person]:
        """Everybody, in the order of their nicknames."""
        return self.journal.people()

    def person(self, nickname: str) -> Person:
        """Somebody by nickname, however it is written. Raises NotThere."""
        found = next((p for p in self.people() if _folded(p.nickname) == _folded(nickname)), None)
        if found is None:
            raise NotThere(f"there is nobody called `{clipped(nickname)}` in the journal", "`poise people` lists them")
        return found

    def _somebody(self, person: str | Person | None) -> Person | None:
        """Somebody by nickname; somebody new where nobody is called that."""
        if not isinstance(person, str):
            return person
        try:
            return self.person(person)
        except NotThere:
            return Person(nickname=person)

    def _known(self, person: str | Person | None) -> Person | None:
        return self.person(person) if isinstance(person, str) else person

    def moments(
        self, person: str | Person | None = None, before: KeptMoment | None = None, most: int = PAGE
    ) -> list[KeptMoment]:
        """Moments, the last that happened first; `before` is the last of the page shown before."""
        return self.journal.moments(self._known(person), before, most)

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
        whom = self._known(person)
        wanted = {"person": whom.id if whom else "", "did": did, "by": by}
        return self.journal.search(words, [tag(name, value) for name, value in wanted.items() if value], before)

    def replay(self, moment: KeptMoment) -> Weighing:
        """A kept moment, weighed again by the text of its day. Raises NotThere."""
        return _weighed(self._book_of(moment), moment.whose, moment.answers)

    def _book_of(self, moment: KeptMoment) -> Rulebook:
        text = self.journal.text(moment.book_sha256) if moment.book_sha256 else None
        if text is None:
            raise NotThere("this moment was not weighed by a rulebook", "it was brought in from somewhere else")
        return self.books.understood(moment.book, text)

    def backup(self, target: Folder | None = None) -> Copy:
        """A sealed copy of journal and rulebooks: in the practice, in a folder, or as a file. Raises Trouble."""
        return self.journal.backup(Path(target) if target else None)


def _weighed(book: Rulebook, whose: str, answers: Mapping[str, Answer]) -> Weighing:
    try:
        return weigh(book, Moment(book, whose, **answers))
    except Mistakes as found:
        raise Mistakes(found.mistakes, "Nothing was kept.") from None


def _folded(nickname: str) -> str:
    return unicodedata.normalize("NFKC", nickname).casefold().strip()


def _local(moment: datetime | None) -> datetime | None:
    """A time on a known clock: this computer's, where it does not say."""
    if moment is None or moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=UTC)
