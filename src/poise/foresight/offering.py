"""When foresight is not offered, and why: it comes after safety, and it is no game to play with somebody's own pain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Offer(NamedTuple):
    """Whether foresight is offered; where not, `why` says so in words."""

    offered: bool
    why: str = ""


LANDED_ON_YOU = "This one landed on you. Poise does not play that through. What do you need now?"
NOT_SAID = "Say first who it landed on. If it was you, Poise does not play it through."
UNDER_A_BOUND = "A bound of your rulebook speaks here, and it comes first"
MAY_BE_BOUND = "A bound of your rulebook may speak here. Answer what it asks about first"


def offer(*, landed_on_me: bool | None, met: Sequence[str] = (), open_bounds: Sequence[str] = ()) -> Offer:
    """Whether foresight is offered.

    landed_on_me: whether the person who asks was hit; None where it was not said, and then it is not offered either
    met, open_bounds: what the bounds that are met say, and those that may be, depending on what was not answered
    """
    if landed_on_me:
        return Offer(offered=False, why=LANDED_ON_YOU)
    if met:
        return Offer(offered=False, why=f"{UNDER_A_BOUND}: {'; '.join(met)}")
    if landed_on_me is None:
        return Offer(offered=False, why=NOT_SAID)
    if open_bounds:
        return Offer(offered=False, why=f"{MAY_BE_BOUND}: {'; '.join(open_bounds)}")
    return Offer(offered=True)
