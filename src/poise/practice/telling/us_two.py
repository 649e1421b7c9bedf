"""What stands between us two, in five lines: who we are, what trust is for, how it was, what is sore, what waits."""

from __future__ import annotations

from ...journal.entries import Sign
from ...rulebook.speech import Say, plain
from .. import reflecting
from ..us_two import UsTwo
from .days import day_words
from .numbers import number


def five_lines(us: UsTwo, say: Say = plain) -> tuple[str, ...]:
    """The five lines. What nobody said is said to be so; it is not “no”."""
    return (_who(us, say), _for_what(us, say), _how(us, say), _sore(us, say), _waits(us, say))


def _who(us: UsTwo, say: Say) -> str:
    return us.person.relation or say("Who we are to each other is not written down.")


def _for_what(us: UsTwo, say: Say) -> str:
    if us.person.trust_for:
        return say("Trust is for: {what}", what=us.person.trust_for)
    return say("What trust is for between us is not written down.")


def _how(us: UsTwo, say: Say) -> str:
    if us.between:
        how = reflecting.in_words("for_us", us.between, say)
        return say("Between us, the last time I said: {how}.", how=how)
    return say("I have not said yet how it is between us.")


def _sore(us: UsTwo, say: Say) -> str:
    if us.sore and us.off:
        return say("Something felt off on {day}, and is not mended yet, for now.", day=_day(us.off, say))
    if us.talked:
        return say("We got to talk about it on {day}.", day=_day(us.talked, say))
    return say("Nothing that felt off is written down.")


def _day(sign: Sign, say: Say) -> str:
    return day_words(sign.happened_at, say) if sign.happened_at else say("some day")


def _waits(us: UsTwo, say: Say) -> str:
    count = len(us.waiting)
    if count > 1:
        return say("{number} things wait, for now.", number=number(count, say).capitalize())
    return say("One thing waits, for now." if count else "Nothing waits.")
