"""What can be answered afterwards by one tap, and how these answers are said again later."""

from __future__ import annotations

from collections.abc import Mapping

from ..journal.entries import RATING, REPAIR, RUPTURE
from ..rulebook.speech import Say, plain

BETWEEN = {"closer": "closer", "same": "the same", "sore": "sore", "further": "further apart"}
"""How it is between two people: expected, and afterwards."""
FOR_THEM = {
    "helped": "it helped them",
    "mixed": "some of both",
    "no_difference": "it made no difference to them",
    "harder": "it made it harder for them",
}
HOW_KNOWN = {"told": "they told me", "asked": "I asked", "guessed": "I guess"}
FOR_ME = {"lighter": "lighter", "same": "the same", "heavier": "heavier"}
OFF = {"no": "no", "a_little": "a little", "yes": "yes"}
TALKED = {"no": "no", "partly": "partly", "yes": "yes"}
HELD = {
    "barely": "it barely held",
    "shaky": "it was shaky",
    "held": "it held",
    "solid": "it was solid",
    "very_solid": "it was very solid",
}
"""A rating, from the least to the most."""
BACK = {"day": "on a day", "waiting": "when something has come"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "forecast": BETWEEN,
    "for_them": FOR_THEM,
    "for_us": BETWEEN,
    "for_me": FOR_ME,
    RATING: HELD,
    RUPTURE: OFF,
    REPAIR: TALKED,
}
"""The words of answers that are kept by their name."""


def in_words(name: str, kept: str, say: Say = plain) -> str:
    """What was kept of an answer, as words: `helped, asked` is “it helped them (I asked)”."""
    words = WORDS.get(name, {})
    said, comma, known = kept.rpartition(", ")
    if name == "for_them" and comma and known in HOW_KNOWN:
        how = say(HOW_KNOWN[known])
        return say("{what} ({how})", what=say(words[said]) if said in words else said, how=how)
    instrument, space, number = kept.rpartition(" ")
    if name == RATING and space and kept not in words:
        return say("{number}, on “{instrument}”", number=number, instrument=instrument)
    return say(words[kept]) if kept in words else kept
