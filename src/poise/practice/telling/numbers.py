"""Numbers as they are said."""

from __future__ import annotations

from ...rulebook.speech import Say, plain

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


OFTEN = ("never", "once", "twice")


def number(count: int, say: Say = plain) -> str:
    """A number in words, up to twelve."""
    return say(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def often(times: int, say: Say = plain) -> str:
    """`never`, `once`, `twice`, `three times`."""
    return say(OFTEN[times]) if times < len(OFTEN) else say("{number} times", number=number(times, say))
