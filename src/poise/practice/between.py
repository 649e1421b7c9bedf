"""Between two people, worked out from the journal when asked: trust, and the strain on me. Neither is ever stored.

Entries about the same moment, or of the same day, are one encounter. A rating is one of the five words of
`reflecting.HELD`, or a number on the practice's own instrument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from ..journal.entries import RATING, REPAIR, RUPTURE, CheckIn, KeptMoment, Person, Rest, Sign
from ..journal.trouble import Refused
from ..relationship import Carried, Encounter, Instrument, Strain, Trust, Unclear, follow, read_instrument, strain
from ..relationship.instruments.instrument import LOWER
from ..rulebook.rulebook import Rulebook
from .looking import Looking
from .reflecting import HELD

OWN = "instrument"
"""The setting that holds the text of the practice's own instrument."""
TRUST = "trust"
LATEST = 400
"""Moments that strain looks back on; .95 to that power is nothing."""
_RUPTURE = {"yes": True, "a_little": True, "no": False}


class Between(Looking):
    """What is between me and somebody, and what I carry."""

    @property
    def instrument(self) -> Instrument:
        """How this practice rates. Raises Refused where its own instrument cannot be read."""
        text = self.journal.setting(OWN)
        return _read(text) if text else _own_words()

    def use_instrument(self, text: str) -> Instrument:
        """Rate by an instrument of one's own; an empty text is the five words again. Raises Refused."""
        found = _read(text) if text else _own_words()
        self.journal.set(OWN, text)
        return found

    def trust(self, person: Person) -> Trust:
        """Trust between us, followed through every encounter that was written down."""
        instrument = self.instrument
        signs = list(self.every(Sign, person_id=person.id))
        return follow(encounters(signs, instrument), instrument)

    def believed(self, book: Rulebook, person: Person | None) -> dict[str, dict[str, float]]:
        """{consideration: {answer: chance}} for what a book asks of the journal; empty where it is not enough yet."""
        asked = [each for each in book.considerations.values() if each.source == TRUST]
        if person is None or not asked:
            return {}
        trust = self.trust(person)
        found = {each.id: trust.belief(each.answers) for each in asked}
        return {name: belief for name, belief in found.items() if belief}

    def strain_on_me(self) -> Strain:
        """What I have been carrying, and what I said it costs."""
        return strain(carried(self._moments(), list(self.every(CheckIn)), list(self.every(Rest))))

    def _moments(self) -> list[KeptMoment]:
        return [moment for moment, _ in zip(self.every_moment(), range(LATEST), strict=False)]


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
    """A rating on the instrument: one of the five words, laid over its range, or a number within it."""
    if said in HELD:
        return _laid_over(list(HELD).index(said) / (len(HELD) - 1), instrument)
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


def _read(text: str) -> Instrument:
    try:
        return read_instrument("instrument", text.encode("utf-8"))
    except Unclear as unclear:
        raise Refused("this instrument cannot be understood; nothing was changed", str(unclear)) from None


@cache
def _own_words() -> Instrument:
    shipped = files("poise.relationship.instruments") / "how_held.yaml"
    return read_instrument("how_held.yaml", shipped.read_bytes())
