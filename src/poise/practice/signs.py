"""Signs as encounters, and what I carried: what stands in a journal, as the relationship room has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from ..journal.entries import RATING, REPAIR, RUPTURE, CheckIn, KeptMoment, Rest, Sign
from ..journal.trouble import Refused
from ..relationship import Carried, Encounter, Instrument, Strain, Trust, Unclear, follow, read_instrument, strain
from ..relationship.instruments.instrument import LOWER
from .answering import HELD

_RUPTURE = {"yes": True, "a_little": True, "no": False}


class Following:
    """Trust, followed through the encounters that signs tell of; once for the same signs while this lives."""

    MOST = 100

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Sign, ...], Instrument, Trust]] = {}

    def __call__(self, person_id: int, signs: Iterable[Sign], instrument: Instrument) -> Trust:
        """Trust between two people. The longest unused goes where there is no more room."""
        given = tuple(signs)
        known = self._known.pop(person_id, None)
        if known is None or known[:2] != (given, instrument):
            known = given, instrument, follow(encounters(given, instrument), instrument)
        self._known[person_id] = known
        for oldest in list(self._known)[: -self.MOST]:
            self._known.pop(oldest, None)
        return known[2]


def strained(moments: Iterable[KeptMoment], check_ins: Iterable[CheckIn], rests: Iterable[Rest]) -> Strain:
    """What I have been carrying, and what I said it costs."""
    return strain(carried(moments, check_ins, rests))


def encounters(signs: Iterable[Sign], instrument: Instrument) -> list[Encounter]:
    """The encounters that signs tell of, in the order they happened. Of two words for one thing the later counts."""
    met: dict[object, dict[str, Sign]] = {}
    for sign in sorted(signs, key=lambda each: each.id):
        met.setdefault(_occasion(sign), {})[sign.sign] = sign
    found = [_encounter(said, instrument) for said in met.values()]
    return sorted(found, key=lambda each: each.at or 0.0)


def carried(moments: Iterable[KeptMoment], check_ins: Iterable[CheckIn], rests: Iterable[Rest]) -> list[Carried]:
    """My encounters in the order they happened: each moment a hard one, each rest with nothing to carry.

    A toll belongs to the last of them before it was asked.
    """
    events: list[tuple[float, int, str | None]] = [
        *((_at(each.happened_at), 0, "hard") for each in moments),
        *((_at(each.happened_at), 0, "rest") for each in rests),
        *((_at(each.happened_at), 1, each.toll) for each in check_ins if each.toll),
    ]
    found: list[Carried] = []
    for _, asked, what in sorted(events, key=lambda event: event[:2]):
        if not asked:
            found.append(Carried(hard=what == "hard"))
        elif found and what in ("light", "some", "heavy"):
            found[-1] = Carried(found[-1].hard, what)
    return found


def _occasion(sign: Sign) -> object:
    """What makes signs one encounter: the moment they are about, or the day. A repair comes on a day of its own."""
    if sign.moment_id and sign.sign != REPAIR:
        return sign.moment_id
    return sign.happened_at.date() if sign.happened_at else sign.id


def _encounter(said: Mapping[str, Sign], instrument: Instrument) -> Encounter:
    rating, rupture, repair = (said[sign].said if sign in said else "" for sign in (RATING, RUPTURE, REPAIR))
    return Encounter(
        rating=_rating(rating, instrument),
        rupture=_RUPTURE.get(rupture, True) if RUPTURE in said else None,
        repair=(repair if repair in ("no", "partly", "yes") else "yes") if REPAIR in said else None,
        at=min(_at(each.happened_at) for each in said.values()),
    )


def _rating(said: str, instrument: Instrument) -> float | None:
    """A rating on the instrument: one of the five words, laid over its range, or a number that was given on it.

    A number on another instrument says nothing on this one.
    """
    if said in HELD:
        return _laid_over(list(HELD).index(said) / (len(HELD) - 1), instrument)
    name, _, number = said.rpartition(" ")
    return number_on(number, instrument) if name in ("", instrument.id) else None


def number_on(said: str, instrument: Instrument) -> float | None:
    """A number within the instrument; None for what is none."""
    try:
        number = float(said)
    except ValueError:
        return None
    return None if instrument.total_mistake(number) else number


def _laid_over(part: float, instrument: Instrument) -> float:
    """A part of the way from the least to the most, as the nearest rating of an instrument."""
    part = 1 - part if instrument.better == LOWER else part
    number = instrument.low + part * (instrument.high - instrument.low)
    step = instrument.step
    return instrument.low + round((number - instrument.low) / step) * step if step else number


def _at(happened_at: datetime | None) -> float:
    return happened_at.timestamp() if happened_at else 0.0


def instrument_of(text: str) -> Instrument:
    """The instrument that a text says. Raises Refused."""
    try:
        return read_instrument("instrument", text.encode("utf-8"))
    except Unclear as unclear:
        raise Refused("this instrument cannot be understood; nothing was changed", str(unclear)) from None


@cache
def five_words() -> Instrument:
    """The instrument of the five words."""
    shipped = files("poise.relationship.instruments") / "how_held.yaml"
    return read_instrument("how_held.yaml", shipped.read_bytes())
