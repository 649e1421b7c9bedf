"""A moment on its way, as its pages see it: its book, the next question, what was said so far."""

from __future__ import annotations

from ....rulebook.consideration import Consideration
from ....rulebook.guideline import MINE
from ....rulebook.rulebook import SOMEONE_HERE, WHO_WAS_HIT, Rulebook
from ....weighing.telling.leaning import THEY_WANT
from ...draft import Draft
from ...page import Rooms
from ...shelf import book_of, text_of, worded


def book_by(shared: Rooms, name: str) -> Rulebook:
    """A rulebook, in the language of the pages as far as its words are the starters'."""
    return worded(book_of(shared.door, name), shared.look.language)


def next_first(book: Rulebook, draft: Draft) -> Consideration | None:
    """The next of the questions asked in the ten seconds."""
    if draft.whose == MINE:
        return None
    seen = {*draft.answers, *draft.passed}
    if draft.answers.get(WHO_WAS_HIT, SOMEONE_HERE) != SOMEONE_HERE:
        seen.add(THEY_WANT)
    return next((each for each in book.questions if each.first and each.id not in seen), None)


def said_so_far(book: Rulebook, draft: Draft) -> list[tuple[str, str, str]]:
    """(question, its words, the answer's words) for everything answered so far."""
    considerations = [(book.considerations[name], value) for name, value in draft.answers.items()]
    return [(each.id, each.ask, each.word(each.answers.index(value))) for each, value in considerations]


def keep(shared: Rooms, draft: Draft) -> None:
    """Keep a moment: in the journal, or sealed beside it until it is unlocked."""
    draft.kept = True
    shared.keep(draft, text_of(shared.door, draft.book))
