"""A weighing in sentences, each in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...rulebook.guideline import DEGREES, Response
from ...rulebook.speech import Say, plain, sentences
from . import words
from .citing import Cited, reasons
from .leaning import alongside, at_all, differ, first_rule, leaning_words, opening_words, remarks
from .naming import label
from .tipping import tips

if TYPE_CHECKING:
    from ..weighing import Leaning, Weighing

SAFETY = "safety"
MOST_REASONS, MOST_AGAINST, MOST_LINES = 3, 2, 3


class Told(NamedTuple):
    """A weighing in sentences. What does not apply is empty."""

    opening: str = ""
    bounds: tuple[str, ...] = ()
    leaning: str = ""
    differ: str = ""
    meaning: str = ""
    because: tuple[Cited, ...] = ()
    against: tuple[Cited, ...] = ()
    beside: tuple[Cited, ...] = ()
    at_all: tuple[Cited, ...] = ()
    first_rule: str = ""
    remarks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    yours: tuple[Cited, ...] = ()
    tips: tuple[str, ...] = ()
    so_far: str = ""
    next: str = ""
    ask_yourself: str = ""
    lines: tuple[str, ...] = ()
    write_down: str = ""
    danger: str = ""
    closing: str = words.WHAT_WILL_YOU_DO


def told(weighing: Weighing, say: Say = plain) -> Told:
    """The weighing as sentences, each in its place. The product's own come by `say`; those of the book stay its own."""
    bounds = tuple(state.bound.say for state in weighing.bounds if state.met)
    if weighing.bound:
        return Told(bounds=(weighing.bound.say, say(words.NOTHING_WEIGHED)), closing="")
    if not weighing.steer:
        return _told_to_me(weighing, bounds, say)
    return _told_leaning(weighing, bounds, say)


def _told_to_me(weighing: Weighing, bounds: tuple[str, ...], say: Say) -> Told:
    opening = [words.TO_ME, *([] if SAFETY in weighing.moment.answers else [words.TO_ME_SAFE]), words.TO_ME_FREE]
    standing = {s.response for leaning in weighing.leanings for s in leaning.ranking}
    speaking = {guideline for leaning in weighing.leanings for guideline in leaning.guidelines}
    guidelines = [g for g in weighing.book.guidelines.values() if g.id in speaking and g is not weighing.book.cardinal]
    return Told(
        sentences(say, list(map(say, opening))),
        bounds,
        remarks=(say(words.NOT_AGREEING),),
        choices=tuple(label(weighing, response) for response in weighing.book.responses if response in standing),
        yours=tuple(Cited(g.id, g.say, g.because) for g in guidelines),
        write_down=say(words.WRITE_DOWN),
        danger=_danger(weighing, say),
        closing=say(words.WHAT_WILL_YOU_DO),
    )


def _told_leaning(weighing: Weighing, bounds: tuple[str, ...], say: Say) -> Told:
    main = weighing.mine or weighing.toward or weighing.beside
    if main is None:
        return Told(bounds=bounds, remarks=(say(words.NO_LIST),), closing="")
    beside = weighing.beside if main is weighing.toward else None
    lead = weighing.book.responses[main.lead[0]]
    because, against = reasons(weighing, main, say)
    strongest = because[:MOST_REASONS]
    return Told(
        opening_words(weighing, say),
        bounds,
        leaning_words(weighing, main, beside, say),
        differ(weighing, main, say),
        lead.means if len(main.lead) == 1 else "",
        strongest,
        against[:MOST_AGAINST],
        alongside(weighing, beside, strongest, say),
        at_all(weighing, main, strongest, say),
        first_rule(weighing, main, strongest, say),
        remarks(weighing, main, because + against, say),
        tips=tips(weighing, say),
        so_far=say(words.SETTLED if weighing.settled else words.SO_FAR),
        next=_next(weighing),
        ask_yourself=_ask_yourself(weighing, lead),
        lines=_lines(weighing, main),
        write_down=say(words.WRITE_DOWN),
        danger=_danger(weighing, say),
        closing=say(words.WHAT_WILL_YOU_DO),
    )


def _next(weighing: Weighing) -> str:
    name = weighing.next_question
    return weighing.book.considerations[name].ask if name else ""


def _ask_yourself(weighing: Weighing, lead: Response) -> str:
    """One of the book's own questions, before a direct response."""
    asked = weighing.book.ask_yourself
    return asked[0] if asked and DEGREES.index(lead.directness) >= DEGREES.index("some") else ""


def _lines(weighing: Weighing, main: Leaning) -> tuple[str, ...]:
    return tuple(line for response in main.lead for line in weighing.book.responses[response].lines)[:MOST_LINES]


def _danger(weighing: Weighing, say: Say) -> str:
    return say(words.DANGER) if any(bound.replaces for bound in weighing.book.bounds.values()) else ""
