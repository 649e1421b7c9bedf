"""What is proposed, and what became of it. What a person answered is a setting of the journal; nothing else is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..journal.entries import KeptMoment
from ..journal.journal import Journal
from ..rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from ..learning.applying import Change
    from ..learning.proposing import Proposal

TAKEN, PRIVATE, FORGOTTEN = ANSWERS = ("taken", "private", "forgotten")
SETTING = "proposals"
MOST_KEPT = 400
"""Answers that are remembered; the oldest go first."""
NEW_MOMENTS = 10
"""Moments it takes after a proposal was taken until the same guideline is proposed again: new evidence, not the old.
As many as it takes to propose anything."""


@dataclass(frozen=True)
class Offer:
    """A proposal that can be answered: for which text of which book, as an edit, and the moments it rests on."""

    book: str
    sha256: str
    proposal: Proposal
    change: Change
    behind: tuple[KeptMoment, ...]
    """Those that speak for it, the strongest first."""
    against: tuple[KeptMoment, ...]

    @property
    def same(self) -> tuple[str, str, str, float]:
        """What two of them have in common that propose the same for the same text."""
        return self.book, self.sha256, self.proposal.guideline, self.proposal.new


@dataclass(frozen=True)
class Answered:
    """A proposal that was `taken`, kept `private`, or `forgotten`."""

    number: int
    """What it is known by."""
    what: str
    at: str
    """When, in ISO 8601."""
    book: str
    guideline: str
    old: float
    new: float
    before: str = ""
    after: str = ""
    """The hashes of the book's text before and after it was taken."""


@dataclass(frozen=True)
class Offers:
    """What is proposed for a book now. `enough` is False where there is not enough to tell."""

    book: Rulebook
    enough: bool
    offers: tuple[Offer, ...]
    answered: tuple[Answered, ...]
    """What became of earlier ones for this book, the last first."""

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.offers)

    def __len__(self) -> int:
        return len(self.offers)


class Answers:
    """What a person did with proposals, in an open journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def all(self) -> list[Answered]:
        """Every answer, the first one first."""
        said = self._journal.setting(SETTING, [])
        return [found for each in said if (found := _read(each))] if isinstance(said, list) else []

    def of(self, book: str) -> list[Answered]:
        """Those for one book, the last one first."""
        return [each for each in reversed(self.all()) if each.book == book]

    def add(self, what: str, offer: Offer, before: str = "", after: str = "") -> Answered:
        """Remember one."""
        every, proposal = self.all(), offer.proposal
        number = max((each.number for each in every), default=0) + 1
        at = self._journal.now().isoformat()
        new = Answered(number, what, at, offer.book, proposal.guideline, proposal.old, proposal.new, before, after)
        self._write([*every, new])
        return new

    def remove(self, answered: Answered) -> None:
        """Take one back."""
        self._write([each for each in self.all() if each.number != answered.number])

    def _write(self, every: list[Answered]) -> None:
        self._journal.set(SETTING, [asdict(each) for each in every[-MOST_KEPT:]])


def left_out(answered: Iterable[Answered], days: Iterable[float]) -> set[str]:
    """The guidelines that are not proposed now. `days` says when the moments were, in days as the learner has them."""
    given = list(days)
    return {
        each.guideline
        for each in answered
        if each.what != TAKEN or sum(day > _day(each) for day in given) < NEW_MOMENTS
    }


def _day(answered: Answered) -> float:
    return datetime.fromisoformat(answered.at).timestamp() / 86_400


def _read(said: Any) -> Answered | None:
    """An answer as it was kept; None where it says none."""
    known = {each.name for each in fields(Answered)}
    try:
        found = Answered(**{name: value for name, value in said.items() if name in known})
        return found if found.what in ANSWERS and _day(found) else None
    except (TypeError, ValueError, AttributeError):
        return None
