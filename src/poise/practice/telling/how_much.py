"""How much, and in how many sets of assumptions: numbers that nobody could know exactly, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...rulebook.speech import Say, plain
from .foresight_words import AMOUNTS, BETWEEN, LATER_ABOUT, LATER_MORE, NOW_ABOUT, NOW_MORE, SAME, SHARES, SHORT


def _nearest(words: Mapping[float, str], number: float) -> str:
    return words[min(words, key=lambda known: abs(known - number))]


def share_words(share: float, say: Say = plain) -> str:
    """`in about three of four sets of assumptions`. None and all are only said where it is so."""
    inner = {at: words for at, words in SHARES.items() if 0 < at < 1}
    return say(SHARES[share] if share in (0, 1) else _nearest(inner, share))


def amount_words(amount: float, say: Say = plain) -> str:
    """`about a quarter of one good meeting`, whichever way."""
    return say(_nearest(AMOUNTS, abs(amount)))


def short_words(amount: float, say: Say = plain) -> str:
    """The same for a table that says what is counted."""
    return say(_nearest(SHORT, abs(amount)))


def ahead_words(low: float, high: float, say: Say = plain) -> str:
    """Between what now less not-yet lies."""
    ends = [amount_words(end, say) for end in (low, high)]
    nothing = say(AMOUNTS[0.0])
    if ends == [nothing, nothing]:
        return say(SAME)
    if low < 0 < high and nothing not in ends:
        return say(BETWEEN, low=ends[0], high=ends[1])
    now = high > -low
    less, more = ends if now else reversed(ends)
    if less == more:
        return say(NOW_ABOUT if now else LATER_ABOUT, amount=more)
    return say(NOW_MORE if now else LATER_MORE, low=less, high=more)


def side_words(amount: float, say: Say = plain) -> str:
    """`a quarter for now`; which way a part pulls."""
    short = short_words(amount, say)
    if short == say(SHORT[0.0]):
        return short
    return say("{amount} for now", amount=short) if amount > 0 else say("{amount} for not yet", amount=short)


def range_words(low: float, high: float, say: Say = plain) -> str:
    """Between which two a part lies."""
    less, more = sorted((low, high), key=abs)
    shorts = short_words(less, say), short_words(more, say)
    if shorts[0] == shorts[1] and (less > 0) == (more > 0):
        return side_words(more, say)
    ends = (side_words(low, say), side_words(high, say)) if low < 0 < high else (shorts[0], side_words(more, say))
    return say("{some} to {other}", some=ends[0], other=ends[1])
