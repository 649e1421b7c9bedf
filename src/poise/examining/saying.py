"""Shares and large numbers in words: `in about one of twenty`; and a moment to look at, in words."""

from __future__ import annotations

from fractions import Fraction
from math import log

from ..rulebook.guideline import MINE
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment

NUMBERS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    8: "eight",
    9: "nine",
    10: "ten",
    12: "twelve",
}
NUMBERS |= {15: "fifteen", 19: "nineteen", 20: "twenty", 30: "thirty", 50: "fifty", 99: "ninety-nine"}
NUMBERS |= {100: "a hundred", 200: "two hundred", 500: "five hundred", 1000: "a thousand"}
_ONE_OF = (1000, 500, 200, 100, 50, 30, 20, 15, 12, 10, 8, 6, 5, 4, 3)
NAMED = (
    *((1, many) for many in _ONE_OF),
    *((2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10), (19, 20), (99, 100)),
)
"""The shares that have a name, as `n of d`."""
LEAST = Fraction(1, 1500)
"""Below this there is no name for how seldom it is."""


def how_often(share: Fraction) -> str:
    """`never`, `always`, `in half`, `in about one of twenty`."""
    if share in (0, 1):
        return "always" if share else "never"
    return f"in {how_many(share)}"


def among_invented(share: Fraction) -> str:
    """`in about one of twenty invented situations`, `in half of all invented situations`."""
    many = how_many(share)
    return f"in {many}{' of all' if many.endswith('half') else ''} invented situations"


def situation(book: Rulebook, moment: Moment) -> str:
    """`when “How bad is it?” is “cruel” and …`, for the middle of a sentence."""
    pairs = [
        f"“{question.ask}” is “{question.word(question.code(moment.answers[question.id]))}”"
        for question in book.questions
        if question.id in moment.answers
    ]
    slipped = ["the slip is mine"] if moment.whose == MINE else []
    *most, last = [*slipped, *pairs] or ["nothing is answered"]
    return f"when {', '.join(most)} and {last}" if most else f"when {last}"


def how_many(share: Fraction) -> str:
    """`none`, `all`, `half`, `about one of twenty`, `fewer than one of a thousand`."""
    if share in (0, 1):
        return "all" if share else "none"
    if share < LEAST:
        return "fewer than one of a thousand"
    if share > 1 - LEAST:
        return "nearly all"
    part, whole = _nearest(share)
    about = "" if share == Fraction(part, whole) else "about "
    return f"{about}half" if whole == 2 else f"{about}{NUMBERS[part]} of {NUMBERS[whole]}"


def in_short(share: Fraction) -> str:
    """The same for the cell of a table: `never`, `always`, `half`, `1 of 20`, `hardly ever`."""
    if share in (0, 1):
        return "always" if share else "never"
    if share < LEAST or share > 1 - LEAST:
        return "hardly ever" if share < LEAST else "nearly always"
    part, whole = _nearest(share)
    return "half" if whole == 2 else f"{part} of {whole:,}"


def _nearest(share: Fraction) -> tuple[int, int]:
    """The named share nearest in its odds."""
    return min(NAMED, key=lambda named: abs(_log_odds(Fraction(*named)) - _log_odds(share)))


def _log_odds(share: Fraction) -> float:
    return log(share / (1 - share))


def large(number: int) -> str:
    """A count in words where it is too long to read: `about 353 million million`."""
    if number < 10**6:
        return f"{number:,}"
    unit, name = next(((unit, name) for unit, name in _UNITS if number >= unit), _UNITS[-1])
    return f"about {round(number / unit):,} {name}"


_UNITS = tuple((10 ** (6 * power), " ".join(["million"] * power)) for power in range(6, 0, -1))
