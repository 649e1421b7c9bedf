"""The weighing as a conversation: gut feeling first, then only what could change the leaning.

It reads lines, from a terminal or from anything else, and stops at the end of input with what it was told.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..rulebook.consideration import Consideration
from ..rulebook.guideline import MINE, TOWARD
from ..rulebook.mistake import clipped, did_you_mean
from ..rulebook.rulebook import Rulebook
from ..shelf import STARTERS, read
from ..weighing.asking import next_question
from ..weighing.moment import THEIRS, Moment
from ..weighing.telling import leaning_words
from ..weighing.weighing import Weighing, weigh
from .answers import DEFAULT_BOOK
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
GUT = "Before anything else: what does your gut say?"
GUT_EXPLAINED = "Your first feeling, before your guidelines say a word. It is only kept to show you again at the end."
SOMETHING_ELSE = "something else"
UNCLEAR = "That is none of these."


class Enough(Exception):
    """The person wants to see what it leans to now, or the input has ended."""


class Danger(Exception):
    """Someone is in danger, or a child is being hurt."""


class Conversation:
    """One weighing, question by question."""

    def __init__(self, name: str | None, language: str | None = None) -> None:
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
        books = [read(name, self.language) for name in STARTERS]
        words = [f"{book.title}: for {book.audience}" for book in books]
        chosen = self._choose(
            WHICH_BOOK, STARTERS, words, f"Enter takes “{books[STARTERS.index(DEFAULT_BOOK)].title}”."
        )
        return chosen or DEFAULT_BOOK

    def _ask_all(self, book: Rulebook) -> None:
        """Whose moment, gut feeling, the first questions, and then whatever could still change a lead."""
        if book.listed(MINE):
            whose = self._choose(WHOSE_MOMENT, tuple(WHOSE_WORDS), list(WHOSE_WORDS.values()), "Enter is the first.")
            self.whose = whose or THEIRS
        self._ask_gut(book)
        for question in book.questions:
            if question.first and self.whose == THEIRS and not self._weighing(book).bound:
                self._ask(question)
        while (worth_asking := self._next(book)) is not None:
            self._so_far(self._weighing(book))
            self._ask(worth_asking)

    def _ask_gut(self, book: Rulebook) -> None:
        responses = book.listed(MINE if self.whose == MINE else TOWARD)
        ids = [*(response.id for response in responses), SOMETHING_ELSE]
        words = [*(response.say for response in responses), SOMETHING_ELSE]
        chosen = self._choose(GUT, ids, words, GUT_EXPLAINED)
        self.gut = words[ids.index(chosen)].lower() if chosen else ""

    def _next(self, book: Rulebook) -> Consideration | None:
        """The question most worth asking that was not passed over; None when no answer could change a lead."""
        name = next_question(self._weighing(book), self.passed)
        return book.considerations[name] if name else None

    def _so_far(self, weighing: Weighing) -> None:
        main = weighing.mine or weighing.toward
        if weighing.steer and main:
            say([["", styled(f"So far: {leaning_words(weighing, main, weighing.beside)}", dim=True)]])

    def _ask(self, question: Consideration) -> None:
        words = [question.word(code) for code in range(len(question.answers))]
        answer = self._choose(question.ask, question.answers, words, question.explain)
        if answer:
            self.answers[question.id] = answer
        else:
            self.passed.add(question.id)

    def _choose(self, ask: str, ids: Sequence[str], words: Sequence[str], explain: str) -> str | None:
        """One of `ids`, or None for Enter."""
        say([["", styled(ask, bold=True), *(f"  {number} {word}" for number, word in enumerate(words, 1))]])
        while True:
            line = _line()
            if not line:
                return None
            if line == "?":
                say([[f"  {explain or 'Say what fits best; it is fine not to know.'}"]])
                continue
            chosen = _chosen(line, ids, words)
            if chosen:
                return chosen
            near = did_you_mean(line, words, f"type a number from 1 to {len(words)}, or Enter")
            say([[f"  {UNCLEAR} “{clipped(line)}”: {near}"]])


def _line() -> str:
    """One line of input. Raises Enough at `.` or the end of input, Danger at `!`."""
    click.echo("> ", nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo(line.rstrip("\n"))
    if not line or line.strip() == ".":
        raise Enough
    if line.strip() == "!":
        raise Danger
    return line.strip()


def _chosen(line: str, ids: Sequence[str], words: Sequence[str]) -> str | None:
    """The answer meant by a number, an id, its words, or the beginning of exactly one of them."""
    if line.isascii() and line.isdigit():
        return ids[int(line) - 1] if 1 <= int(line[:4]) <= len(ids) else None
    typed = line.lower()
    for name, word in zip(ids, words, strict=True):
        if typed in (name.lower(), word.lower()):
            return name
    begun = [n for n, w in zip(ids, words, strict=True) if n.lower().startswith(typed) or w.lower().startswith(typed)]
    return begun[0] if len(begun) == 1 else None
