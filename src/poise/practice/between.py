"""Between two people, worked out from the journal when asked: trust, and the strain on me. Neither is ever stored.

Entries about the same moment, or of the same day, are one encounter. A rating is one of the five words of
`answering.HELD`, or a number on the practice's own instrument, kept with that instrument's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from ..journal.entries import CheckIn, Person, Rest, Sign
from ..journal.trouble import NotThere, Refused
from ..rulebook.consideration import Consideration
from ..rulebook.mistake import clipped
from ..rulebook.rulebook import Rulebook
from ..weighing.moment import Moment
from .answering import HELD
from .looking import Looking

if TYPE_CHECKING:
    from ..relationship import Instrument, Strain, Trust
    from .signs import Following

OWN = "instrument"
"""The setting that holds the text of the practice's own instrument."""
TRUST = "trust"
LATEST = 400
"""Moments that strain looks back on; .95 to that power is nothing."""


class Between(Looking):
    """What is between me and somebody, and what I carry."""

    @property
    def instrument(self) -> Instrument:
        """How this practice rates. Raises Refused where its own instrument cannot be read."""
        from .signs import five_words  # noqa: PLC0415 - NumPy is loaded where it is worked out, not with every command

        return self.own_instrument or five_words()

    @property
    def own_instrument(self) -> Instrument | None:
        """One's own, where there is one. Raises Refused where it cannot be read."""
        text = self.journal.setting(OWN)
        if not text:
            return None
        if text not in self._read:
            from .signs import instrument_of  # noqa: PLC0415

            self._read.clear()
            self._read[text] = instrument_of(text)
        return self._read[text]

    @cached_property
    def _read(self) -> dict[str, Instrument]:
        """The text of one's own instrument, read once; in memory only and as long as the practice is open."""
        return {}

    def use_instrument(self, text: str) -> Instrument:
        """Rate by an instrument of one's own; an empty text is the five words again. Raises Refused."""
        from .signs import five_words, instrument_of  # noqa: PLC0415

        found = instrument_of(text) if text else five_words()
        self.journal.set(OWN, text)
        return found

    def trust(self, person: Person, signs: Sequence[Sign] | None = None) -> Trust:
        """Trust between us, followed through every encounter that was written down; `signs` where they are at hand."""
        found = self.signs(person) if signs is None else signs
        return self._following(person.id, found, self.instrument)

    @cached_property
    def _following(self) -> Following:
        """What was followed already, in memory only and as long as the practice is open."""
        from .signs import Following  # noqa: PLC0415

        return Following()

    def believed(self, book: Rulebook, person: Person | None) -> dict[str, dict[str, float]]:
        """{consideration: {answer: chance}} for what a book asks of the journal; empty where it is not enough yet."""
        asked = asked_of_journal(book)
        if person is None or not asked:
            return {}
        trust = self.trust(person)
        found = {each.id: trust.belief(each.answers) for each in asked}
        return {name: belief for name, belief in found.items() if belief}

    def believing(self, book: Rulebook, moment: Moment, person: str | Person | None) -> Moment:
        """The moment with what is believed of us two, where nobody said it: a person's own answer always wins.

        The same moment for nobody, for somebody new, and where it is not enough yet.
        """
        try:
            known = self.known(person or None)
        except NotThere:
            return moment
        said = {*moment.answers, *moment.beliefs}
        found = {name: belief for name, belief in self.believed(book, known).items() if name not in said}
        return moment.changed(book, **found) if found else moment

    def rating(self, said: str) -> str:
        """A rating as it can be kept: one of the five words, or a number on the practice's instrument. Raises Refused.

        A number without an instrument of one's own is none: nobody would know its scale.
        """
        word, instrument = said.strip(), self.own_instrument
        if word in HELD:
            return word
        if instrument and self._is_on(instrument, word):
            return f"{instrument.id} {word}"
        scale = f", or a number: {instrument.range_in_words}" if instrument else ""
        raise Refused(
            "`{word}` is no rating; nothing was kept",
            "it can be {allowed}{scale}",
            word=clipped(word),
            allowed=", ".join(HELD),
            scale=scale,
        )

    def number(self, said: str) -> str:
        """A number on the practice's own instrument, as it can be kept. Raises Refused."""
        instrument, number = self.own_instrument, said.strip()
        if instrument is None:
            raise Refused("there is no instrument to give a number on; nothing was kept", "say it in one of the words")
        if self._is_on(instrument, number):
            return f"{instrument.id} {number}"
        places = {"low": f"{instrument.low:g}", "high": f"{instrument.high:g}", "step": f"{instrument.step:g}"}
        message = "`{number}` is not on your instrument; nothing was kept"
        if not instrument.step:
            raise Refused(message, "it takes a number from {low} to {high}", number=clipped(number), **places)
        help = "it takes a number from {low} to {high}, in steps of {step}"
        raise Refused(message, help, number=clipped(number), **places)

    @staticmethod
    def _is_on(instrument: Instrument, number: str) -> bool:
        from .signs import number_on  # noqa: PLC0415

        return number_on(number, instrument) is not None

    def strain_on_me(self) -> Strain:
        """What I have been carrying, and what I said it costs."""
        from .signs import strained  # noqa: PLC0415

        return strained(islice(self.every_moment(), LATEST), self.every(CheckIn), self.every(Rest))


def asked_of_journal(book: Rulebook) -> list[Consideration]:
    """What a book asks that is worked out from the journal where nobody answers: how much trust there is."""
    return [each for each in book.considerations.values() if each.source == TRUST and each.ordered]
