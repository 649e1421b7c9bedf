"""A practice: one person's folder, with rulebooks of their own and a sealed journal. The one place that knows both.

    with Practice.open(path, passphrase) as practice:
        moment = practice.keep(answers={"place": "group_chat", "harm": "stings"}, person="Sam", did="gentle_now")
        practice.reflect(moment, for_us="easier than before")
        practice.replay(moment)                 # weighed again, by the text of its day

What it raises: `Mistakes` for what is not in a rulebook, `Trouble` for what the journal cannot do.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from .journal.copies import Copy, Rehearsal
from .journal.entries import CheckIn, Entry, FollowUp, KeptMoment, Line, Person, Reflection, Rest, Sign
from .journal.finding import PAGE, tag
from .journal.journal import Clock, Journal, clock
from .journal.sealing.files import in_words, make_folder, write_whole
from .journal.sealing.keys import STRONG, Derivation
from .journal.trouble import AlreadyThere, NotThere
from .rulebook.guideline import LISTS
from .rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean
from .rulebook.reading import read as read_text
from .rulebook.rulebook import Rulebook
from .shelf import Book, flattened
from .weighing.moment import THEIRS, Answer, Moment
from .weighing.weighing import Weighing, weigh

RULEBOOKS = "rulebooks"
IN_USE = "book"
"""The setting that names the rulebook in use."""
Did = str | Mapping[str, str]
"""A response, or one for each list."""


def home() -> Path:
    """Where a practice is, unless one says otherwise: `POISE_HOME`, or the system's place for a person's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nobody names a folder

    named = os.environ.get("POISE_HOME")
    return Path(named) if named else user_data_path("poise", appauthor=False) / "practice"


class Practice:
    """An open practice."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.folder = journal.vault.folder
        self._read: dict[str, Rulebook] = {}

    @classmethod
    def create(
        cls,
        path: Book,
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
        beside = partial(_beside, folder)
        practice = cls(Journal.create(folder, passphrase, now=now, beside=beside, derivation=derivation))
        practice._adopt(_name_of(book), text)
        return practice

    @classmethod
    def open(cls, path: Book, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its passphrase. Raises Trouble."""
        return cls(Journal.open(Path(path), passphrase, now=now, beside=partial(_beside, Path(path))))

    @classmethod
    def recover(cls, path: Book, kit: str, passphrase: str, *, now: Clock = clock) -> Self:
        """Open a practice by its recovery kit, and set a new passphrase. Raises Trouble."""
        return cls(Journal.recover(Path(path), kit, passphrase, now=now, beside=partial(_beside, Path(path))))

    def lock(self) -> None:
        """Drop the key and close the connections."""
        self._read.clear()
        self.journal.lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    # Rulebooks

    @property
    def rulebooks(self) -> list[str]:
        """The names of the person's own rulebooks."""
        return sorted(path.stem for path in (self.folder / RULEBOOKS).glob("*.yaml"))

    @property
    def in_use(self) -> str:
        """The name of the rulebook in use."""
        return str(self.journal.setting(IN_USE, next(iter(self.rulebooks), "")))

    def adopt(self, book: Book) -> str:
        """Copy a rulebook, its includes written into it, and use it. Returns its name. Raises Mistakes or Trouble."""
        return self._adopt(_name_of(book), flattened(book))

    def use(self, name: str) -> None:
        """Use one of the person's own rulebooks. Raises Mistakes."""
        self.text_of(name)
        self.journal.set(IN_USE, name)

    def text_of(self, name: str = "") -> str:
        """The text of one of the person's own rulebooks, as it is today. Raises Mistakes."""
        name = name or self.in_use
        if name not in self.rulebooks:
            help = did_you_mean(name, self.rulebooks, f"there are {', '.join(self.rulebooks) or 'none yet'}")
            raise _refused("no-book", f"there is no rulebook `{clipped(name)}` in this practice", help)
        path = self._path(name)
        with in_words("the rulebook", path):
            return path.read_bytes().decode("utf-8-sig", "surrogateescape")

    def rulebook(self, name: str = "") -> Rulebook:
        """One of the person's own rulebooks, as it is today. Raises Mistakes."""
        return self._understood(name or self.in_use, self.text_of(name))

    def _adopt(self, name: str, text: str) -> str:
        path = self._path(name)
        if path.exists():
            raise AlreadyThere(f"there is a rulebook `{name}` in this practice already", "give the file another name")
        make_folder(path.parent)
        write_whole(path, text.encode("utf-8"))
        self.journal.set(IN_USE, name)
        return name

    def _path(self, name: str) -> Path:
        return self.folder / RULEBOOKS / f"{name}.yaml"

    def _understood(self, name: str, text: str) -> Rulebook:
        """The rulebook of that text, read once."""
        key = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        if key not in self._read:
            self._read[key] = read_text(f"{name}.yaml", text.encode("utf-8", "surrogateescape"))
        return self._read[key]

    # Keeping

    def keep(
        self,
        book: str = "",
        answers: Mapping[str, Answer] | None = None,
        *,
        person: str | Person | None = None,
        whose: str = THEIRS,
        did: Did | None = None,
        happened_at: datetime | None = None,
        draft: str | None = None,
        **words: str,
    ) -> KeptMoment:
        """Weigh a moment and keep it, with the leaning as it was shown and the text it was weighed by.

        `words`: gut, did_else, forecast, remark. Somebody new is kept with it. Raises Mistakes or Trouble, and then
        nothing is kept.
        """
        name, text = book or self.in_use, self.text_of(book)
        rulebook = self._understood(name, text)
        try:
            weighing = weigh(rulebook, Moment(rulebook, whose, **answers or {}))
        except Mistakes as found:
            raise Mistakes(found.mistakes, "Nothing was kept.") from None
        kept = KeptMoment(
            happened_at=_local(happened_at),
            whose=weighing.moment.whose,
            book=name,
            book_sha256=self.journal.keep_text(text),
            answers={**weighing.moment.answers, **weighing.moment.beliefs},
            leaning=shown(weighing),
            told=str(weighing),
            did=_by_list(rulebook, did),
            **words,
        )
        return self.journal.keep(kept, person=self._somebody(person), draft=draft)

    def reflect(self, moment: KeptMoment, hindsight: Did | None = None, **words: str) -> Reflection:
        """Look back on a moment. `words`: for_them, for_us, for_me, note. Raises Mistakes or Trouble."""
        would = _by_list(self._book_of(moment), hindsight) if hindsight else {}
        return self.journal.keep(Reflection(moment_id=moment.id, hindsight=would, **words))

    def sign(
        self,
        person: str | Person,
        sign: str,
        *,
        moment: KeptMoment | None = None,
        happened_at: datetime | None = None,
        **words: str,
    ) -> Sign:
        """Keep a rating, a rupture or a repair. `words`: said, note."""
        entry = Sign(person_id=0, moment_id=_id(moment), happened_at=_local(happened_at), sign=sign, **words)
        return self.journal.keep(entry, person=self._somebody(person))

    def check_in(self, happened_at: datetime | None = None, **words: str) -> CheckIn:
        """Keep how I am. `words`: energy, toll, elsewhere, note."""
        return self.journal.keep(CheckIn(happened_at=_local(happened_at), **words))

    def come_back(self, person: str | Person | None = None, moment: KeptMoment | None = None, **more: Any) -> FollowUp:
        """Keep that I want to come back to it: `due_on`, a day; `waiting_for`, words."""
        return self.journal.keep(FollowUp(moment_id=_id(moment), **more), person=self._somebody(person))

    def rest(self, happened_at: datetime | None = None, ends_at: datetime | None = None, note: str = "") -> Rest:
        """Keep a time of rest."""
        return self.journal.keep(Rest(happened_at=_local(happened_at), ends_at=_local(ends_at), note=note))

    def line(self, words: str, moment: KeptMoment | None = None, response: str = "") -> Line:
        """Keep an opening line that worked."""
        about = {"moment_id": moment.id, "person_id": moment.person_id} if moment else {}
        return self.journal.keep(Line(words=words, response=response, **about))  # type: ignore[arg-type]

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

    # Looking

    def people(self) -> list[Person]:
        """Everybody, in the order of their nicknames."""
        return self.journal.people()

    def moments(
        self, person: str | Person | None = None, before: KeptMoment | None = None, most: int = PAGE
    ) -> list[KeptMoment]:
        """Moments, the last that happened first; `before` is the last of the page shown before."""
        whom = self.person(person) if isinstance(person, str) else person
        return self.journal.moments(whom, before, most)

    def search(
        self,
        words: str,
        *,
        person: str | Person | None = None,
        did: str = "",
        by: str = "",
        before: Entry | None = None,
    ) -> list[Entry]:
        """Entries that hold all the words; of one person, where a response was chosen, where a guideline was named."""
        whom = self.person(person) if isinstance(person, str) else person
        wanted = {"person": whom.id if whom else "", "did": did, "by": by}
        return self.journal.search(words, [tag(name, value) for name, value in wanted.items() if value], before)

    def replay(self, moment: KeptMoment) -> Weighing:
        """A kept moment, weighed again by the text of its day. Raises NotThere or Mistakes."""
        book = self._book_of(moment)
        return weigh(book, Moment(book, moment.whose, **moment.answers))

    def _book_of(self, moment: KeptMoment) -> Rulebook:
        text = self.journal.text(moment.book_sha256) if moment.book_sha256 else None
        if text is None:
            raise NotThere("this moment was not weighed by a rulebook", "it was brought in from somewhere else")
        return self._understood(moment.book, text)

    # The whole

    def backup(self, target: Path | None = None) -> Copy:
        """A sealed copy of the journal and the rulebooks. Raises Trouble."""
        return self.journal.backup(target)

    def rehearse(self, copy: Copy | None = None) -> Rehearsal | None:
        """Restore a copy (the newest) into a scratch folder, and compare; None where there is no copy."""
        return self.journal.rehearse(copy)


def shown(weighing: Weighing) -> dict[str, Any]:
    """The leaning as it was shown, in names: who led each list, which guidelines applied. No share, no number."""
    return {
        "lead": {leaning.list: list(leaning.lead) for leaning in weighing.leanings},
        "close": [leaning.list for leaning in weighing.leanings if leaning.close],
        "steer": weighing.steer,
        "bound": weighing.bound.id if weighing.bound else None,
        "applies": list(weighing.applies),
        "open": list(weighing.open),
    }


def _by_list(book: Rulebook, did: Did | None) -> dict[str, str]:
    """{list: response}. Raises Mistakes for a response that is not in the book."""
    given = [did] if isinstance(did, str) else list((did or {}).values())
    for response in given:
        if response not in book.responses:
            help = did_you_mean(response, book.responses, "say it in your own words: `did_else`")
            raise _refused("unknown-name", f"there is no response `{clipped(response)}` in this rulebook", help)
    named = {book.responses[response].list: response for response in given}
    return {name: named[name] for name in LISTS if name in named}


def _refused(kind: str, message: str, help: str) -> Mistakes:
    return Mistakes([Mistake(kind, message, help=help)], "Nothing was kept.")


def _name_of(book: Book) -> str:
    return Path(book).stem


def _beside(folder: Path) -> dict[str, str]:
    """The rulebooks, for a copy."""
    found = sorted((folder / RULEBOOKS).glob("*.yaml"))
    return {f"{RULEBOOKS}/{path.name}": path.read_bytes().decode("utf-8", "replace") for path in found}


def _folded(nickname: str) -> str:
    return unicodedata.normalize("NFKC", nickname).casefold().strip()


def _id(moment: KeptMoment | None) -> int | None:
    return moment.id if moment else None


def _local(moment: datetime | None) -> datetime | None:
    """A time on a known clock: this computer's, where it does not say."""
    if moment is None or moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=UTC)
