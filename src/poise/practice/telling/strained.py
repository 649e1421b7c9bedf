"""Strain on me, said gently: counted from what I kept, and what I said it costs. Unknown is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...rulebook.speech import Say, plain
from .looking_back import ME, Line, Section

if TYPE_CHECKING:
    from ...relationship import Strain

CARRIED = {
    "little": "By what you kept, little of this has come your way lately.",
    "some": "By what you kept, some of this has come your way lately.",
    "a lot": "By what you kept, a lot of this has come your way lately. Resting is allowed.",
}
MORE = "It is more than is usual for you."
COSTS = "What it costs you, as you said: {toll}."
NOT_SAID = "What it costs you lately is not written down, so nothing is said about it."


def strain_words(strain: Strain, say: Say = plain) -> tuple[str, ...]:
    """Sentences; none where nothing was kept."""
    if strain.carrying is None:
        return ()
    more = [say(MORE)] if strain.more_than_usual else []
    costs = say(COSTS, toll=say(strain.toll)) if strain.toll else say(NOT_SAID)
    return (say(CARRIED[strain.carrying]), *more, costs)


def with_strain(strain: Strain, told: Sequence[Section], say: Say = plain) -> list[Section]:
    """A look back, with what I carry under my part; where there is nothing else to say, nothing is said of it."""
    lines = tuple(Line(words) for words in strain_words(strain, say))
    if not told or not lines:
        return list(told)
    mine = next((each for each in told if each.id == ME), Section(ME, say("Your part, and your rest"), ()))
    return [*(each for each in told if each.id != ME), mine._replace(lines=(*mine.lines, *lines))]
