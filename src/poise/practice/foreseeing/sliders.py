"""What can be asked otherwise: a few numbers, each in its range, and switches that can prove the essay wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ...foresight import SWITCHES, Assumptions, Setting, Values, World, switched
from ...foresight.parameters import SOURCES
from ...rulebook.mistake import Mistake, Mistakes, clipped, did_you_mean

KEPT = "Nothing was looked at."
MOST_MEETINGS = 40
DEAREST = 8.0
"""The highest price of a unit of energy that can be asked: there, hardly anything is worth its energy."""


class Slider(NamedTuple):
    """One number that can be asked otherwise; where a person does not, it is `usual`.

    value: whether it says what matters to the person; else it says how people are, or what is stated
    """

    name: str
    low: float
    high: float
    step: float
    usual: float
    value: bool = False

    def mistake(self, number: float) -> Mistake | None:
        """Why this number cannot be asked, where it cannot."""
        if self.low <= number <= self.high and (self.step != 1 or number == int(number)):
            return None
        whole = "a whole number " if self.step == 1 else ""
        message = f"`{self.name}` cannot be `{clipped(f'{number:g}')}`"
        return Mistake("not-an-answer", message, help=f"it is {whole}from {self.low:g} to {self.high:g}")


def _wide(name: str) -> tuple[float, float]:
    low, high = SOURCES[name].wide
    return float(low), float(high)


SLIDERS = {
    each.name: each
    for each in (
        Slider("strain", *_wide("strain"), 0.1, Assumptions().strain),
        Slider("growth", *_wide("growth"), 0.01, Assumptions().growth),
        Slider("silence", *_wide("silence"), 0.01, Assumptions().silence),
        Slider("harm", *_wide("harm"), 0.25, Values().harm, value=True),
        Slider("meetings", 1, MOST_MEETINGS, 1, Setting().sessions),
        Slider("load", 0, DEAREST, 0.5, 0.0),
    )
}
"""{name: slider}: strain, trust growth, silence, weight on harm, meetings left, and how scarce my energy is."""


@dataclass(frozen=True)
class Chosen:
    """What was asked otherwise. None stands for what is not: it is as usual, and over many sets it differs."""

    strain: float | None = None
    growth: float | None = None
    silence: float | None = None
    harm: float | None = None
    meetings: int | None = None
    load: float | None = None
    off: tuple[str, ...] = ()
    """The switches that are on: what is taken away."""

    def number(self, name: str, usual: float | None = None) -> float:
        """The number a slider stands at."""
        found = getattr(self, name)
        if found is not None:
            return float(found)
        return SLIDERS[name].usual if usual is None else usual

    def with_number(self, name: str, number: float) -> Chosen:
        """The same with one number asked."""
        changed: dict[str, Any] = {name: int(number) if name == "meetings" else float(number)}
        return replace(self, **changed)

    def held(self, world: World) -> World:
        """A world with what was asked, and what was taken away."""
        assumptions = _asked(self, strain="strain", growth="growth", silence="silence")
        held = replace(
            world,
            assumptions=replace(world.assumptions, **assumptions),
            values=replace(world.values, **_asked(self, harm="harm")),
            setting=world.setting if self.meetings is None else replace(world.setting, sessions=self.meetings),
            price=self.number("load"),
        )
        return switched(held, self.off)


def _asked(chosen: Chosen, **fields_: str) -> dict[str, float]:
    """{parameter: number} for the sliders that were moved."""
    return {name: getattr(chosen, slider) for slider, name in fields_.items() if getattr(chosen, slider) is not None}


def chosen(given: Mapping[str, object], off: Iterable[str] = (), usual: Mapping[str, float] | None = None) -> Chosen:
    """What was asked, from numbers or what was typed; what stands where it usually does was not asked. Raises Mistakes.

    usual: where sliders stand that do not stand where they mostly do, as a moment says otherwise.
    """
    stands = {name: slider.usual for name, slider in SLIDERS.items()} | dict(usual or {})
    mistakes: list[Mistake] = []
    numbers: dict[str, Any] = {}
    for name, typed in given.items():
        number = _number(name, typed, mistakes)
        if number is not None and abs(number - stands[name]) > 1e-9:
            numbers[name] = int(number) if name == "meetings" else number
    on = set(off)
    mistakes += [_no_switch(each) for each in sorted(on - set(SWITCHES))]
    if mistakes:
        raise Mistakes(mistakes, KEPT)
    return Chosen(**numbers, off=tuple(switch for switch in SWITCHES if switch in on))


def _number(name: str, typed: object, mistakes: list[Mistake]) -> float | None:
    """A number for a slider; None where nothing was typed, or a mistake was added."""
    slider = SLIDERS.get(name)
    if slider is None:
        help = did_you_mean(name, SLIDERS, f"it can be {', '.join(SLIDERS)}")
        mistakes.append(Mistake("unknown-name", f"`{clipped(name)}` cannot be asked otherwise", help=help))
        return None
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    try:
        number = float(typed)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if math.isnan(number):
        help = f"it is a number from {slider.low:g} to {slider.high:g}"
        mistakes.append(Mistake("not-an-answer", f"`{name}` cannot be `{clipped(str(typed))}`", help=help))
        return None
    mistake = slider.mistake(number)
    mistakes += [mistake] if mistake else []
    return None if mistake else number


def _no_switch(name: str) -> Mistake:
    help = did_you_mean(name, SWITCHES, f"it can be {', '.join(SWITCHES)}")
    return Mistake("unknown-name", f"there is no switch `{clipped(name)}`", help=help)
