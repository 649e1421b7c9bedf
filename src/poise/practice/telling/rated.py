"""Ratings in words: what one's own instrument takes, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rulebook.speech import Say, plain

if TYPE_CHECKING:
    from ...relationship import Instrument


def scale_words(instrument: Instrument, say: Say = plain) -> list[str]:
    """What number it takes, in the instrument's own bounds; its owner's notice; and its licence."""
    places = {"title": instrument.title, "low": f"{instrument.low:g}", "high": f"{instrument.high:g}"}
    if instrument.step:
        step = f"{instrument.step:.6g}"
        takes = say("Or a number on “{title}”, from {low} to {high} in steps of {step}.", step=step, **places)
    else:
        takes = say("Or a number on “{title}”, from {low} to {high}.", **places)
    return [
        takes,
        *([_ended(instrument.notice)] if instrument.notice else []),
        say("Licence: {licence}.", licence=instrument.licence),
    ]


def _ended(notice: str) -> str:
    """The owner's notice as it is, with an end to it where more words follow."""
    return f"{notice}." if notice[-1].isalnum() else notice
