"""What a practice is made of once it is open: the journal, and the rulebooks of one's own."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

from ..journal.entries import KeptMoment
from ..journal.journal import Journal
from ..journal.trouble import NotThere
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Answer, Moment
from ..weighing.weighing import Weighing, weigh
from .books import OwnBooks


class Opened:
    """Journal and rulebooks, and the two of them together."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.books = OwnBooks(journal)
        self.together = threading.RLock()
        """Held while something is looked up and then kept because it was not there, so that it is kept once."""

    def book_of(self, moment: KeptMoment) -> Rulebook:
        """The rulebook a kept moment was weighed by, as it was on that day. Raises NotThere."""
        if (known := self.books.known(moment.book_sha256 or "")) is not None:
            return known
        text = self.journal.text(moment.book_sha256) if moment.book_sha256 else None
        if text is None:
            raise NotThere("this moment was not weighed by a rulebook", "it was brought in from somewhere else")
        return self.books.understood(moment.book, text)


def weighed(book: Rulebook, whose: str, answers: Mapping[str, Answer]) -> Weighing:
    """A moment weighed, for keeping. Raises Mistakes."""
    try:
        return weigh(book, Moment(book, whose, **answers))
    except Mistakes as found:
        raise Mistakes(found.mistakes, "Nothing was kept.") from None


def folded(nickname: str) -> str:
    """A nickname, however it is written."""
    return unicodedata.normalize("NFKC", nickname).casefold().strip()


def local(moment: datetime | None) -> datetime | None:
    """A time on a known clock: this computer's, where it does not say."""
    if moment is None or moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=UTC)
