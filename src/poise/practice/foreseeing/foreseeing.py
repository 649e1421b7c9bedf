"""Foresight from a journal: a kept moment, or a person and a moment's answers, to what foresight says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ...journal.entries import KeptMoment, Person
from ...relationship.trust import FIVE
from ...rulebook.rulebook import Rulebook
from ...rulebook.speech import Say, plain
from ...weighing.moment import Answer, Moment
from ...weighing.weighing import Weighing, weigh
from ..between import Between
from ..looking_back import fitting
from .foreseen import Foreseen, finish, foreseen
from .scene import Scene, offered, scene
from .sliders import Chosen, chosen

if TYPE_CHECKING:
    from ...foresight import Offer


Worded = Callable[[Rulebook], Rulebook]
"""A book in other words, or as it is."""


def as_it_is(book: Rulebook) -> Rulebook:
    """The book in its own words."""
    return book


def about_moment(
    practice: Between, moment: KeptMoment, answers: Mapping[str, Answer | None], words: Worded = as_it_is
) -> Weighing:
    """A kept moment weighed by the text of its day, with what was said since, and what is believed of us two.

    Raises NotThere for a moment that no rulebook weighed, Mistakes for answers its book does not know.
    """
    book = words(practice.book_of(moment))
    kept = Moment(book, moment.whose, **fitting(book, moment))
    return weighed(practice, book, kept.changed(book, **answers), with_whom(practice, moment))


def with_whom(practice: Between, moment: KeptMoment) -> Person | None:
    """With whom a kept moment was; nobody where it was not said, or they are in the trash."""
    return next((each for each in practice.people() if each.id == moment.person_id), None)


def about_person(
    practice: Between, person: Person | None, answers: Mapping[str, Answer | None], book: str = ""
) -> Weighing:
    """A moment that is only thought of, with somebody or nobody, by a book of mine. Raises Mistakes."""
    read = practice.books.read(book)
    return weighed(practice, read, Moment(read, **answers), person)


def weighed(practice: Between, book: Rulebook, moment: Moment, person: Person | None) -> Weighing:
    """A moment weighed with what is believed of us two, where nobody said it."""
    return weigh(book, practice.believing(book, moment, person) if person else moment)


def last_with(practice: Between, person: Person) -> KeptMoment | None:
    """The last moment with somebody that was weighed by a rulebook."""
    return next((each for each in practice.moments(person) if each.book_sha256), None)


def seen(practice: Between, weighing: Weighing, person: Person | None, say: Say = plain) -> Scene:
    """The scene of a moment that foresight is offered for; trust as the journal has it, where the book does not ask."""
    belief = practice.trust(person).belief(FIVE) if person else None
    return scene(weighing, belief, say)


def foresee(  # noqa: PLR0913
    practice: Between,
    about: KeptMoment | Person | str | None,
    answers: Mapping[str, Answer | None],
    *,
    book: str = "",
    sliders: Mapping[str, object] | None = None,
    off: Iterable[str] = (),
    passed: Collection[str] = (),
    along: str = "strain",
) -> Foreseen | Offer:
    """What foresight says, all of it; or why it is not offered. See `Practice.foresee`."""
    weighing, person = looked_at(practice, about, answers, book)
    offer = offered(weighing, passed)
    if not offer.offered:
        return offer
    shown = seen(practice, weighing, person)
    return finish(foreseen(shown, asked_for(shown, sliders or {}, off), along))


def looked_at(
    practice: Between, about: KeptMoment | Person | str | None, answers: Mapping[str, Answer | None], book: str = ""
) -> tuple[Weighing, Person | None]:
    """The moment that is looked at, weighed, and with whom it is. Raises NotThere or Mistakes."""
    person = practice.person(about) if isinstance(about, str) else about if isinstance(about, Person) else None
    moment = about if isinstance(about, KeptMoment) else last_with(practice, person) if person and not answers else None
    if moment is None:
        return about_person(practice, person, answers, book), person
    return about_moment(practice, moment, answers), with_whom(practice, moment)


def asked_for(shown: Scene, sliders: Mapping[str, object], off: Iterable[str] = ()) -> Chosen:
    """What was asked otherwise of a scene. Raises Mistakes."""
    return chosen(sliders, off, {"meetings": shown.setting.sessions})
