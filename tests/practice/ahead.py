"""Moments to look ahead at, as the starter book weighs them."""

from __future__ import annotations

from poise.shelf import read
from poise.weighing.moment import Moment
from poise.weighing.weighing import Weighing, weigh

BOOK = read("among_friends")
SAFE = {"safety": "safe", "risk": "none", "dependent": "none"}
ALONE = SAFE | {"who_was_hit": "people_not_here", "harm": "stings", "place": "one_to_one", "they_want": "back_me_up"}
HERE = ALONE | {"who_was_hit": "someone_here", "place": "small_group", "role": "friend_family"}


def weighed(**answers: object) -> Weighing:
    return weigh(BOOK, Moment(BOOK, **answers))  # type: ignore[arg-type]
