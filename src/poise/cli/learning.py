"""Proposals on the screen: shown, asked about, answered; and as plain data."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import click

from ..learning.telling import MOST_SHOWN, forecast_words, habit_words
from ..practice import Practice
from ..practice.proposed import FORGOTTEN, PRIVATE, TAKEN, Answered, Offer, Offers
from ..practice.telling.proposed import (
    UNDONE,
    WAYS,
    answered_words,
    behind_words,
    nothing_words,
    offer_words,
    only_proposed_words,
)
from .questions import Danger, Enough, Questions
from .screen import say, say_json, styled

ASK = "What do you want to do with it?"
EXPLAIN = "Take it: the line above is written into your book. Enter leaves it for now. Each can be undone."
EARLIER = "What became of earlier ones"
UNDO = "`poise learn --undo` undoes the last one."
NO_EARLIER = "There is nothing to undo."
MOST_EARLIER = 5


class Proposing:
    """The proposals of one open practice."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice

    def show(self) -> None:
        """Say them all, and what else hindsight says; on a terminal, ask."""
        found = self.practice.proposals()
        nothing = nothing_words(found)
        say([[nothing]] if nothing else [[styled(only_proposed_words(), dim=True)]])
        for number, offer in enumerate(found, 1):
            say([["", *self._words(found, offer, number)]])
            click.echo("\n" + "\n".join(f"    {line}".rstrip() for line in offer.change.difference))
        for lines in filter(None, (self._beside(), self._earlier(found))):
            say([["", *lines]])
        if found.offers and sys.stdin.isatty():
            self._ask(found)

    def answer(self, what: str, number: int) -> None:
        """Do one thing with one of them, and say so. Raises UsageError."""
        found = self.practice.proposals()
        if number > len(found):
            raise click.UsageError(f"there is no proposal {number}; `poise learn` lists them")
        self._done(found, what, found.offers[number - 1])

    def undo(self) -> None:
        """Undo what was done with the last one, and say so."""
        found = self.practice.proposals()
        if not found.answered:
            say([[NO_EARLIER]])
            return
        last = found.answered[0]
        self.practice.take_back(last)
        say([[answered_words(found.book, last)[0], f"  {UNDONE[last.what]}"]])

    def json(self) -> None:
        """Print them as plain data."""
        found = self.practice.proposals()
        say_json(
            {
                "enough": found.enough,
                "proposals": [_plain(offer) for offer in found],
                "answered": [asdict(each) for each in found.answered],
                "letting_be": self._habit(),
                "forecasts": [
                    {
                        "word": each.word,
                        "came": len(each.came),
                        "otherwise": len(each.otherwise),
                        "open": len(each.open),
                    }
                    for each in self.practice.forecasts()
                ],
            }
        )

    def _words(self, found: Offers, offer: Offer, number: int) -> list[str]:
        nicknames = self.practice.nicknames()
        said, *more = offer_words(found.book, offer)
        behind = [f"    {behind_words(each, nicknames)}" for each in offer.behind[:MOST_SHOWN]]
        return [styled(f"{number}. {said}", bold=True), *(f"  {line}" for line in more), *behind]

    def _beside(self) -> list[str]:
        """Letting be as a habit, and what was expected, where there is enough to tell."""
        habit = self.practice.drift()
        told = [forecast_words(each) for each in self.practice.forecasts() if each.enough]
        return [*([habit_words(habit)] if habit else []), *told]

    def _earlier(self, found: Offers) -> list[str]:
        said = [answered_words(found.book, each) for each in found.answered[:MOST_EARLIER]]
        told = [line for called, done in said for line in (f"  {called}", f"    {done}")]
        return [styled(EARLIER, bold=True), *told, UNDO] if told else []

    def _ask(self, found: Offers) -> None:
        questions = Questions()
        with suppress(Enough, Danger):
            for number, offer in enumerate(found, 1):
                what = questions.choose(f"proposal {number}", f"{number}. {ASK}", WAYS, EXPLAIN)
                if what:
                    self._done(found, what, offer)

    def _done(self, found: Offers, what: str, offer: Offer) -> None:
        """Do it, and say so. One that was changed meanwhile by the one before is looked up again."""
        now = next((each for each in self.practice.proposals() if _alike(each, offer)), offer)
        does = {TAKEN: self.practice.accept, PRIVATE: self.practice.keep_private, FORGOTTEN: self.practice.forget}
        answered: Answered = does[what](now)
        called, done = answered_words(found.book, answered)
        say([["", called, f"  {done}", f"  {UNDO}"]])

    def _habit(self) -> dict[str, Any] | None:
        found = self.practice.drift()
        if found is None:
            return None
        counts = {name: len(getattr(found, name)) for name in ("looked_at", "let_be", "otherwise")}
        return counts | {"more_than_before": found.more_than_before}


def _alike(one: Offer, other: Offer) -> bool:
    """Whether two propose the same, whatever else became of the text."""
    return (one.book, one.proposal.guideline, one.proposal.new) == (
        other.book,
        other.proposal.guideline,
        other.proposal.new,
    )


def _plain(offer: Offer) -> dict[str, Any]:
    proposal = offer.proposal
    return {
        "book": offer.book,
        "guideline": proposal.guideline,
        "old": proposal.old,
        "new": proposal.new,
        "behind": [each.uid for each in offer.behind],
        "against": [each.uid for each in offer.against],
        "in_hindsight": proposal.in_hindsight,
        "known": proposal.known,
        "difference": list(offer.change.difference),
    }
