"""Instruments for the tests, and encounters that can be."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

import poise
from poise.relationship import Encounter, Instrument, Item, read_instrument
from poise.relationship.encounters import REPAIRS

SHIPPED = Path(poise.__file__).parent / "relationship" / "instruments" / "how_solid.yaml"
HOW_SOLID = read_instrument(SHIPPED.name, SHIPPED.read_bytes())
LINE = Instrument("line", "a line without steps", (Item("line", -1000.0, 1000.0),), 0.8, "none", mean=0.0, sd=1.0)
"""So long that no rating reaches its ends; about one unit of the model is one point."""


def encounters(ratings: st.SearchStrategy[float], *, said: bool, most: int = 12) -> st.SearchStrategy[list[Encounter]]:
    """Logs of one relationship; with `said`, somebody said of each whether there was a rupture and a repair."""
    unsaid: list[None] = [] if said else [None]
    one = st.builds(
        Encounter,
        rating=st.none() | ratings,
        rupture=st.sampled_from([True, False, *unsaid]),
        repair=st.sampled_from([*REPAIRS, *unsaid]),
    )
    return st.lists(one, min_size=1, max_size=most)
