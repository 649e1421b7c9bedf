"""Imagined years in words: what came of each way, beside one's own rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rulebook.speech import Say, plain
from .foresight_words import ABOUT_ALIKE, COMPARED, DOTS, FAR_APART, MINE
from .numbers import number

if TYPE_CHECKING:
    from ..foreseeing.year import Year


def year_rows(year: Year, say: Say = plain) -> list[tuple[str, list[str]]]:
    """(what is counted, how it stands for each way): people who left in numbers, the rest beside my rulebook."""
    return [(say(words), [_year_words(year, what, name, say) for name in year.found]) for what, words in DOTS.items()]


def _year_words(year: Year, what: str, name: str, say: Say) -> str:
    import numpy as np  # noqa: PLC0415

    dots = year.dots(what)
    if what == "left":
        low, high = (number(round(float(end)), say) for end in np.quantile(dots[name], [0.1, 0.9]))
        return low if low == high else say("{some} to {other}", some=low, other=high)
    mine = next(iter(dots))
    if name == mine:
        return say(MINE)
    apart, spread = float(dots[name].mean() - dots[mine].mean()), float(dots[mine].std()) or 1e-12
    far = "" if abs(apart) < ABOUT_ALIKE * spread else "much " if abs(apart) > FAR_APART * spread else " "
    return say(COMPARED["alike" if not far else f"{far}{'more' if apart > 0 else 'less'}".strip()])
