"""Encounters: what was noticed each time two people met. What nobody said is None, which is not "no"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .instruments.instrument import Instrument, is_number
from .unclear import Problem, Unclear, clipped

NO, PARTLY, YES = REPAIRS = ("no", "partly", "yes")
SHARE = {NO: 0.0, PARTLY: 0.5, YES: 1.0}
"""How much of a whole repair each answer is. That "partly" is half is a convention; no study has measured this."""
MOST = 100_000
"""Encounters of one relationship: several a day for a lifetime."""


@dataclass(frozen=True)
class Encounter:
    """One meeting. None stands for what nobody said.

    rating: on the instrument's own scale
    rupture: whether something felt off
    repair: whether we got to talk about it: "no", "partly" or "yes"
    at: when, in seconds on any one clock; it only puts encounters in order
    """

    rating: float | None = None
    rupture: bool | None = None
    repair: str | None = None
    at: float | None = None


def checked(encounters: Iterable[Encounter], instrument: Instrument) -> tuple[Encounter, ...]:
    """The encounters, if each can be. Raises Unclear with every one that cannot."""
    given = tuple(encounters)
    problems = [problem for number, one in enumerate(given, 1) for problem in _problems(one, number, instrument)]
    if len(given) > MOST:
        problems = [Problem("encounters", f"{len(given)} are more than the {MOST} that one relationship can have")]
    if problems:
        raise Unclear(problems)
    return given


def in_order(encounters: Sequence[Encounter]) -> tuple[Encounter, ...]:
    """The encounters in the order they happened, whatever the order they were written in.

    One without a time stays behind the one it was written after.
    """
    latest, keys = -math.inf, []
    for one in encounters:
        latest = latest if one.at is None else one.at
        keys.append(latest)
    return tuple(encounters[i] for i in sorted(range(len(keys)), key=keys.__getitem__))


def _problems(one: Encounter, number: int, instrument: Instrument) -> Iterator[Problem]:
    place = f"encounter {number}"
    if one.rating is not None and (message := instrument.total_mistake(one.rating)):
        yield Problem(place, message, f"leave it out where nobody rated; {instrument.range_in_words}")
    rupture: object = one.rupture
    if rupture is not None and not isinstance(rupture, bool):
        yield Problem(place, f"`rupture` is {clipped(rupture)}", "it can be True, False, or None where nobody said")
    if one.repair is not None and one.repair not in REPAIRS:
        yield Problem(place, f"`repair` is {clipped(one.repair)}", f"it can be {', '.join(REPAIRS)}, or None")
    if one.at is not None and not is_number(one.at):
        yield Problem(place, f"`at` is {clipped(one.at)}, which is no time", "give seconds, or None")
