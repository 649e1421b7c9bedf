"""The weighing as a conversation: gut feeling first, then only what could change the leaning.

It reads lines, from a terminal or from anything else, and stops at the end of input with what it was told.
"""

from __future__ import annotations

from collections.abc import Callable

import click

from ..rulebook.consideration import Consideration
from ..rulebook.guideline import MINE, TOWARD
from ..rulebook.rulebook import Rulebook
from ..shelf import STARTERS, read
from ..weighing.asking import next_question
from ..weighing.moment import THEIRS, Moment
from ..weighing.telling import leaning_words
from ..weighing.weighing import Weighing, weigh
from .answers import DEFAULT_BOOK
from .questions import Danger, Enough, Questions
from .report import report
from .screen import say, styled

BREATH = "Take a breath. There is time."
KEYS = (
    "Type a number or a word. Enter is “I don't know”, ? explains, . shows what it leans to now, "
    "and ! is for someone in danger, or a child being hurt."
)
WHICH_BOOK = "Which rulebook?"
WHOSE_MOMENT = "What happened?"
WHOSE_WORDS = {THEIRS: "somebody said something hurtful", MINE: "I said something hurtful"}
THEY_WANT = "they_want"
"""The question what the person it hit wants."""
GUT = "Before anything else: what does your gut say?"
GUT_EXPLAINED = "Your first feeling, before your guidelines say a word. It is only kept to show you again at the end."
SOMETHING_ELSE = "something else"


class Conversation(Questions):
    """One weighing, question by question."""

    def __init__(
        self,
        name: str | None,
        language: str | None = None,
        said: dict[str, str] | None = None,
        heard: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__(said, heard)
        self.name, self.language = name, language
        self.answers: dict[str, str] = {}
        self.passed: set[str] = set()
        self.whose = THEIRS
        self.gut = ""

    def run(self) -> None:
        """Ask, then say what it leans to."""
        book = read(self.name, self.language) if self.name else None
        say([[BREATH], [KEYS]])
        try:
            book = book or read(self.which_name(), self.language)
            self._ask_all(book)
        except Enough:
            book = book or read(DEFAULT_BOOK, self.language)
        except Danger:
            self._danger(book or read(DEFAULT_BOOK, self.language))
            return
        click.echo()
        report(self._weighing(book))
        if self.gut:
            say([["", f"Before this, your gut said: {self.gut}. That counts too."]])

    def _weighing(self, book: Rulebook) -> Weighing:
        return weigh(book, Moment(book, self.whose, **self.answers))

    def _danger(self, book: Rulebook) -> None:
        says = [bound.say for bound in book.bounds.values() if bound.replaces]
        click.echo()
        say([[text] for text in says or ["This is not one to weigh. Get help first."]])

    def which_name(self) -> str:
        """The name of a starter book, asked for. Raises Enough or Danger."""
        books = {name: read(name, self.language) for name in STARTERS}
        words = {name: f"{book.title}: for {book.audience}" for name, book in books.items()}
        enter = f"Enter takes “{books[DEFAULT_BOOK].title}”."
        return self.choose("book", WHICH_BOOK, words, enter) or DEFAULT_BOOK

    def _ask_all(self, book: Rulebook) -> None:
        """Whose moment, gut feeling, the first questions, and then whatever could still change a lead."""
        if book.listed(MINE):
            whose = self.choose("whose", WHOSE_MOMENT, WHOSE_WORDS, "Enter is the first.")
            self.whose = whose or THEIRS
        self._ask_gut(book)
        for question in book.questions:
            weighing = self._weighing(book)
            if question.id == THEY_WANT and not weighing.steer:
                self.passed.add(question.id)  # nobody asks the one it landed on what the person it hit wants
            elif question.first and self.whose == THEIRS and not weighing.bound:
                self._ask(question)
        while (worth_asking := self._next(book)) is not None:
            if not self.recalls(_key(worth_asking)):
                self._so_far(self._weighing(book))
            self._ask(worth_asking)

    def _ask_gut(self, book: Rulebook) -> None:
        responses = book.listed(MINE if self.whose == MINE else TOWARD)
        words = {response.id: response.say for response in responses} | {SOMETHING_ELSE: SOMETHING_ELSE}
        chosen = self.choose("gut", GUT, words, GUT_EXPLAINED)
        self.gut = words[chosen].lower() if chosen else ""

    def _next(self, book: Rulebook) -> Consideration | None:
        """The question most worth asking that was not passed over; None when no answer could change a lead."""
        name = next_question(self._weighing(book), self.passed)
        return book.considerations[name] if name else None

    def _so_far(self, weighing: Weighing) -> None:
        main = weighing.mine or weighing.toward
        if weighing.steer and main:
            say([["", styled(f"So far: {leaning_words(weighing, main, weighing.beside)}", dim=True)]])

    def _ask(self, question: Consideration) -> None:
        words = {answer: question.word(code) for code, answer in enumerate(question.answers)}
        answer = self.choose(_key(question), question.ask, words, question.explain)
        if answer:
            self.answers[question.id] = answer
        else:
            self.passed.add(question.id)


def _key(question: Consideration) -> str:
    """What an answer is noted under: a book may call a question whatever it likes."""
    return f"answer {question.id}"
