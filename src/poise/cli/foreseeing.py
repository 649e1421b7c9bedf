"""Foresight on the screen, and as plain data: the same words as on its page; the numbers are in the data only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..foresight import Offer
from ..foresight.bands import SETS
from ..foresight.tables import PARTS
from ..practice.foreseeing.foreseen import Foreseen
from ..practice.foreseeing.sliders import SLIDERS
from ..practice.foreseeing.year import Year
from ..practice.telling import foreseen as telling
from ..practice.telling import foresight_words as words
from ..practice.telling.imagined import year_rows
from ..practice.telling.sides import kinds_words
from ..rulebook.speech import both, plain
from .screen import styled

if TYPE_CHECKING:
    from ..journal.entries import KeptMoment, Person
    from ..practice import Practice
    from ..weighing.moment import Answer

Page = list[list[str]]
SHARES = (0.5, 0.8)


def pages(found: Foreseen) -> Page:
    """What foresight says, paragraph by paragraph."""
    return [
        [styled(words.TITLE, bold=True), *telling.verdict(found), words.WHAT_IT_IS],
        *_goes_in(found),
        _section("What each response costs, if you are wrong", [words.UNIT, *_costs(found)]),
        _section("By how much trust there is", _curve(found)),
        _section("Why, in parts that add up", _why(found)),
        _section("What would be otherwise", _border(found)),
        _section("A year under your rulebook", _year(found), words.YEAR, words.NOBODY),
        _section("What it hinges on", _hinges(found), words.SETTLED_BY_NOBODY),
        [words.NOT_A_FORECAST],
    ]


def _section(title: str, lines: list[str], *after: str) -> list[str]:
    return [styled(f"{title}:", bold=True), *(f"  {line}" for line in lines), *(f"  {line}" for line in after)]


def _goes_in(found: Foreseen) -> Page:
    """What was taken from the moment, what was asked otherwise, and what counts as what."""
    taken = [f"{what}: {answer} ({whence})" for what, answer, whence in telling.taken_words(found.scene)]
    asked = [
        f"{words.LABELS[name]}: {telling.degree_words(name, found.chosen.number(name))}"
        for name in SLIDERS
        if getattr(found.chosen, name) is not None
    ]
    supposed = [words.SWITCHED[name] for name in found.chosen.off]
    said = [_section("What you asked otherwise", [*asked, *supposed])] if asked or supposed else []
    return [_section("What goes in", taken), *said, [*kinds_words(found.scene), words.FOR_NOW]]


def _costs(found: Foreseen) -> list[str]:
    rows = telling.cost_rows(found)
    return [f"{row.says}: {row.usually} on average; in one of ten sets more than {row.at_worst}" for row in rows]


def _curve(found: Foreseen) -> list[str]:
    return [f"{trust}: speaking to it now is ahead {share}" for trust, share, _ in telling.curve_rows(found)]


def _why(found: Foreseen) -> list[str]:
    if found.why is None:
        return []
    pair = [found.scene.say(response) for response in (found.why.now, found.why.other)]
    parts = [f"{row.says}: {row.band}" for row in telling.why_rows(found)]
    return [f"“{pair[0]}” beside “{pair[1]}”, in four of five sets of assumptions:", *parts]


def _border(found: Foreseen) -> list[str]:
    return [telling.border_words(found.map)] if found.map else []


def _year(found: Foreseen) -> list[str]:
    """Each thing that is counted: how it stands, and with which ways; what stands beside my rulebook leaves it out."""
    year = found.year
    if year is None:
        return []
    unread = [words.NOT_PLAYED, year.why] if year.why else []
    return [*unread, *(f"{what}: {grouped(year, said)}" for what, said in year_rows(year))]


def grouped(year: Year, said: list[str]) -> str:
    """`much less with “never a word”; about as much with “always kindly” and “always out loud”`.

    It stands beside my rulebook; where that cannot be played, it says beside what.
    """
    ways: dict[str, list[str]] = {}
    for name, each in zip(year.found, said, strict=True):
        ways.setdefault(each, []).append(f"“{words.POLICIES[name]}”")
    (beside,) = ways.pop(words.MINE, [""])
    said_beside = f"beside {beside}, " if year.why and beside else ""
    return said_beside + "; ".join(f"{each} with {both(plain, named)}" for each, named in ways.items())


def _hinges(found: Foreseen) -> list[str]:
    return [f"{row.says}: {row.how_far} ({words.KINDS[row.kind]})" for row in telling.hinge_rows(found)]


def not_offered(
    practice: Practice,
    about: KeptMoment | Person | None,
    answers: Mapping[str, Answer | None],
    passed: Collection[str],
    book: str,
) -> Page:
    """Why foresight is not offered, what can be answered first, and where else to turn."""
    from ..practice.foreseeing.foreseeing import looked_at
    from ..practice.foreseeing.scene import comes_first, danger_unknown, offered

    weighing, _ = looked_at(practice, about, answers, book)
    asks = [f"{each.ask} `{each.id}=…`: {', '.join(each.answers)}" for each in comes_first(weighing, passed)]
    return [
        [words.FIRST] if asks else telling.refusal(weighing, offered(weighing, passed)),
        [words.DANGER_UNKNOWN] if asks and danger_unknown(weighing, passed) else [],
        _section("To be answered first", asks, "`NAME=?` says that you don't know.") if asks else [],
        ["`poise help-sheet` shows whom you can turn to."],
    ]


def described(found: Foreseen | Offer) -> dict[str, Any]:
    """All of it as plain data. Worth is counted in good sessions of help."""
    if isinstance(found, Offer):
        return {"offered": False, "why": found.why}
    scene, costs, curve = found.scene, found.costs, found.curve
    if costs is None or curve is None:
        raise ValueError("the sets are still being worked out")
    return {
        "offered": True,
        "sets": SETS,
        "trust": {"mean": scene.trust, "low": scene.span[0], "high": scene.span[1]},
        "takes": {each.what: {"words": each.words, "whence": each.whence} for each in scene.taken},
        "asked": {name: getattr(found.chosen, name) for name in SLIDERS},
        "suppose": list(found.chosen.off),
        "now": [action.id for action in costs.actions if action.addresses],
        "not_yet": [action.id for action in costs.actions if not action.addresses],
        "too_close": costs.too_close,
        "ties": [action.id for action in costs.ties()] if len(costs.ties()) > 1 else [],
        "two": [costs.actions[number].id for number in costs.two],
        "ahead": {"centre": found.here, **_ends(found.ahead)},
        "curve": {
            "trust": _list(curve.trust),
            "centre": _list(curve.centre),
            "now": _list(curve.now),
            **_ends(curve.advantage),
        },
        "costs": {
            action.id: {"mean": float(cost.mean()), "one_in_ten": float(np.quantile(cost, 0.9))}
            for action, cost in zip(costs.actions, costs.cost.T, strict=True)
        },
        "why": _why_data(found),
        "map": _map_data(found),
        "year": _year_data(found),
        "hinges": [each._asdict() for each in found.hinges.hinges],
    }


def _ends(sets: Any) -> dict[str, Any]:
    """The ends of the bands, over the first axis."""
    found: dict[str, Any] = {}
    for share in SHARES:
        low, high = np.quantile(sets, [(1 - share) / 2, (1 + share) / 2], axis=0)
        found |= {f"low{share * 100:.0f}": _list(low), f"high{share * 100:.0f}": _list(high)}
    return found


def _list(numbers: Any) -> Any:
    return np.asarray(numbers).tolist()


def _why_data(found: Foreseen) -> dict[str, Any]:
    why = found.why
    if why is None:
        return {}
    ends = _ends(why.sets)
    parts = {
        part: {"centre": float(why.centre[i]), **{name: numbers[i] for name, numbers in ends.items()}}
        for i, part in enumerate(PARTS)
    }
    return {"response": why.now, "beside": why.other, "parts": parts}


def _map_data(found: Foreseen) -> dict[str, Any]:
    shown = found.map
    if shown is None:
        return {}
    border = shown.border()
    return {
        "along": shown.along,
        "values": list(shown.values),
        "trust": list(shown.trusts),
        "leads": shown.leads.tolist(),
        "here": {"value": shown.here[0], "trust": shown.here[1], "leads": shown.leads_here},
        "border": border._asdict() if border else None,
    }


def _year_data(found: Foreseen) -> dict[str, Any]:
    """{policy: {what is counted: a number for each imagined year}}."""
    year = found.year
    if year is None:
        return {}
    ways = {name: {what: _list(year.dots(what)[name]) for what in words.DOTS} for name in year.found}
    return {"ways": ways, "why": year.why}
