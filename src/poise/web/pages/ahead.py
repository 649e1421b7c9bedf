"""What stands on the page that looks ahead: pictures, and the same in words for the table beside each."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...foresight.parameters import Array
from ...practice.foreseeing.foreseen import Foreseen
from ...practice.foreseeing.sliders import SLIDERS, Slider
from ...practice.telling import foreseen as telling
from ...practice.telling import foresight_words as known
from ...practice.telling.how_much import range_words, short_words
from ...practice.telling.imagined import year_rows
from ...practice.telling.sides import kinds_words
from ...practice.telling.trusted import WORDS as TRUSTED
from ...rulebook.speech import Say, sentences, spoken
from ..drawing.ahead import Bar, ahead, dots, ground, ranges

UNSEEN = 1e-6


class SliderShown(NamedTuple):
    """A slider as it stands: what it is called, what is known of it, where it stands in words, and all its words."""

    slider: Slider
    label: str
    known: str
    at: float
    says: str
    words: list[str]


def shown_all(found: Foreseen, say: Say) -> dict[str, Any]:
    """Everything the page knows of what was found so far."""
    return {
        "found": found,
        "verdict": telling.verdict(found, say),
        "is_not": telling.closing(say),
        "unit": sentences(say, [say(known.UNIT), say(known.FOR_NOW)]),
        "kinds": kinds_words(found.scene, say),
        "taken": telling.taken_words(found.scene, say),
        "curve": ahead(found),
        "curve_rows": telling.curve_rows(found, say),
        "amount": lambda number: short_words(number, say),
        "costs": _costs(found, say),
        "why": _why(found, say),
        "sliders": [_slider(found, each, say) for each in SLIDERS.values()],
        "switches": [(name, words, name in found.chosen.off) for name, words in spoken(say, known.SWITCHED).items()],
        "along": found.along,
        "map": _map(found, say),
        "trusted": list(spoken(say, TRUSTED).values()),
        "year": _year(found, say),
        "hinges": telling.hinge_rows(found, say),
        "hinge_kinds": spoken(say, known.KINDS),
        "settles": say(known.SETTLED_BY_NOBODY),
    }


def _slider(found: Foreseen, slider: Slider, say: Say) -> SliderShown:
    name = slider.name
    at = found.chosen.number(name, found.scene.setting.sessions if name == "meetings" else None)
    count = round((slider.high - slider.low) / slider.step)
    every = [telling.degree_words(name, slider.low + i * slider.step, say) for i in range(count + 1)]
    return SliderShown(
        slider, say(known.LABELS[name]), say(known.KNOWN[name]), at, telling.degree_words(name, at, say), every
    )


def _costs(found: Foreseen, say: Say) -> list[tuple[telling.CostRow, Bar]]:
    """What each response costs, in words and as a range; all between nothing and the most there is."""
    if found.costs is None:
        return []
    cost = found.costs.cost
    most = max(0.5, float(np.quantile(cost, 0.9, axis=0).max()) * 1.05)
    return list(zip(telling.cost_rows(found, say), ranges(cost, 0.0, most), strict=True))


def _why(found: Foreseen, say: Say) -> dict[str, Any] | None:
    """The parts, as words and as ranges to either side of the middle; and their sum."""
    if found.why is None:
        return None
    sets = found.why.sets
    bands = np.stack([*found.why.band(0.8), found.why.centre])
    seen = [i for i in range(sets.shape[1]) if np.abs(bands[:, i]).max() > UNSEEN]
    whole: Array = sets.sum(1)
    low, high = (float(end) for end in np.quantile(whole, [0.1, 0.9]))
    reach = max(0.1, float(np.abs(bands).max()), abs(low), abs(high)) * 1.05
    bars = ranges(np.column_stack([sets[:, seen], whole]), -reach, reach)
    return {
        "now": found.scene.say(found.why.now),
        "other": found.scene.say(found.why.other),
        "parts": list(zip(telling.why_rows(found, say), bars[:-1], strict=True)),
        "whole": (range_words(low, high, say), bars[-1]),
    }


def _map(found: Foreseen, say: Say) -> dict[str, Any] | None:
    shown = found.map
    if shown is None:
        return None
    there = dict.fromkeys(str(lead) for lead in shown.leads.ravel())
    ends = [telling.degree_words(shown.along, value, say) for value in (shown.values[-1], shown.values[0])]
    return {
        "ground": ground(shown),
        "label": say(known.LABELS[shown.along]),
        "ends": ends,
        "rows": telling.map_rows(shown, say),
        "border": telling.border_words(shown, say),
        "leads": [(lead, words) for lead, words in spoken(say, known.LEADS).items() if lead in there],
    }


def _year(found: Foreseen, say: Say) -> dict[str, Any] | None:
    year = found.year
    if year is None:
        return None
    ways = [(name, say(known.POLICIES[name])) for name in year.found]
    return {
        "why": year.why,
        "not_played": say(known.NOT_PLAYED),
        "about": sentences(say, [say(known.YEAR), say(known.NOBODY)]),
        "ways": ways,
        "rows": year_rows(year, say),
        "dots": [(say(words), dots(year.dots(what))) for what, words in known.DOTS.items()],
    }
