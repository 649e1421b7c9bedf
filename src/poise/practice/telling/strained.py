"""Strain on me, said gently: counted from what I kept, and what I said it costs. Unknown is unknown."""

from __future__ import annotations

from ...relationship import Strain

CARRIED = {
    "little": "By what you kept, little of this has come your way lately.",
    "some": "By what you kept, some of this has come your way lately.",
    "a lot": "By what you kept, a lot of this has come your way lately. Resting is allowed.",
}
MORE = "It is more than is usual for you."
COSTS = "What it costs you, as you said: {toll}."
NOT_SAID = "What it costs you lately is not written down, so nothing is said about it."


def strain_words(strain: Strain) -> tuple[str, ...]:
    """Sentences; none where nothing was kept."""
    if strain.carrying is None:
        return ()
    more = [MORE] if strain.more_than_usual else []
    return (CARRIED[strain.carrying], *more, COSTS.format(toll=strain.toll) if strain.toll else NOT_SAID)
