"""One kept moment weighed twice, as if in two roles or by two of one's own rulebooks. Nothing says which is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..journal.entries import KeptMoment
from ..journal.trouble import NotThere
from ..rulebook.guideline import START
from ..rulebook.mistake import Mistakes
from ..rulebook.rulebook import Rulebook
from ..rulebook.speech import Say, plain
from ..weighing.moment import Moment
from ..weighing.telling import Told, told
from ..weighing.weighing import Weighing, weigh
from .looking import Looking
from .looking_back import fitting

ROLE = "role"
"""The consideration that says what I am there as."""


class Way(NamedTuple):
    """One way to look at the moment: in a role of the book of its day, or by another of my books."""

    id: str
    words: str
    role: str = ""
    book: str = ""


class Side(NamedTuple):
    """The moment looked at one way."""

    way: Way
    weighing: Weighing
    told: Told
    impossible: bool
    """Whether the book says that the role does not go with the other answers."""


class Differing(NamedTuple):
    """What differs between two sides, in the guidelines' own words; how many of them say the same on both."""

    here: tuple[str, ...]
    there: tuple[str, ...]
    otherwise: tuple[str, ...]
    """Guidelines that speak on both sides, but pull another way or as hard as not on the other."""
    alike: int

    @property
    def anything(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.here or self.there or self.otherwise)


def ways(practice: Looking, moment: KeptMoment, say: Say = plain) -> list[Way]:
    """Every way to look at a moment: roles first, in the order of the book, then my other books. Raises NotThere."""
    book = practice.book_of(moment)
    asked = book.considerations.get(ROLE)
    roles = (
        [Way(f"r{code}", asked.word(code), role=answer) for code, answer in enumerate(asked.answers)] if asked else []
    )
    return [*roles, *_books(practice, book, say)]


def _books(practice: Looking, own: Rulebook, say: Say) -> Iterator[Way]:
    """My rulebooks as they are today; the one of that day stands for itself among them."""
    yield Way("b", own.title or own.name)
    for place, name in enumerate(practice.books.names):
        try:
            book = practice.books.read(name)
        except Mistakes:
            continue
        if book is not own:
            title = book.title or name
            alike = (book.title or book.name) == (own.title or own.name)
            yield Way(f"b{place}", say("{title}, as it is today", title=title) if alike else title, book=name)


def side(practice: Looking, moment: KeptMoment, way: Way, say: Say = plain) -> Side:
    """The moment looked at one way. Answers that a book does not ask for are left out. Raises NotThere or Mistakes."""
    book = practice.books.read(way.book) if way.book else practice.book_of(moment)
    answers = fitting(book, moment) | ({ROLE: way.role} if way.role else {})
    looked = Moment(book, moment.whose, **answers)
    weighing = weigh(book, looked)
    impossible = any(condition.under(looked.codes) is True for condition in book.impossible)
    return Side(way, weighing, told(weighing, say), impossible)


def chosen(every: list[Way], named: str) -> Way | None:
    """The way of that name. Raises NotThere for a name that is none of them."""
    if not named:
        return None
    found = next((way for way in every if way.id == named), None)
    if found is None:
        raise NotThere("there is no such way to look at this moment", "choose two of those on the page")
    return found


def differing(here: Side, there: Side) -> Differing:
    """Which guidelines make the difference. A guideline is known by its words: two books can share it."""
    one, other = _pulls(here.weighing), _pulls(there.weighing)
    both = [say for say in one if say in other]
    otherwise = tuple(say for say in both if one[say] != other[say])
    return Differing(
        tuple(say for say in one if say not in other),
        tuple(say for say in other if say not in one),
        otherwise,
        len(both) - len(otherwise),
    )


def same_lead(here: Side, there: Side) -> bool | None:
    """Whether the same leads on both sides; None where on one of them nothing is led to."""
    one, other = here.weighing.pair, there.weighing.pair
    return None if one is None or other is None else one == other


def _pulls(weighing: Weighing) -> dict[str, dict[str, int]]:
    """{guideline in its words: {response: how far it pulls, in score units}}, where a lean reaches what is left."""
    found: dict[str, dict[str, int]] = {}
    for response, reasons in weighing.reasons.items():
        for reason in reasons:
            if reason.guideline != START:
                say = weighing.book.guidelines[reason.guideline].say
                found.setdefault(say, {})[response] = reason.score
    return found
