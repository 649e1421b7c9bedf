"""What each pair of moment and action is worth at once, part by part: V is made of the same parts."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np

from .model import TORN
from .parameters import Array
from .tables import OUTCOMES, Tables


def mixed(tables: Tables, by_outcome: list[Array]) -> Array:
    """(B, pairs, E, G, T): the mean over outcomes of what is given for fields, one array for each outcome."""
    held, mended, torn = by_outcome
    ruptured = tables.mends * mended + (1 - tables.mends) * torn
    field = tables.field
    held, ruptured = (np.broadcast_to(x, np.broadcast_shapes(held.shape, ruptured.shape)) for x in (held, ruptured))
    return held[:, field] + tables.rupture * (ruptured - held)[:, field]


def at_once(tables: Tables) -> dict[str, Array]:
    """{part: what it is worth in this session}, each broadcasting to (B, pairs, E, G, T)."""
    laws, (energy, growth, tau) = tables.laws, tables.grid.axes()
    harm = [m.severity * m.present * (1 - a.protects) for m, a in tables.pairs]
    learned = [tables.learned[:, :, o] for o in OUTCOMES]
    confirmed = [gone * (o == TORN) for o, gone in zip(OUTCOMES, tables.gone, strict=True)]
    return {
        "help": laws.help(tau, energy),
        "harm": -laws.w["harm"] * tables.column(harm),
        "energy": -laws.w["energy"] * (1 - energy),
        "growth": laws.w["growth"] * (1 - growth) * mixed(tables, learned),
        "leaving": -laws.w["distrust"] * mixed(tables, confirmed),
        "price": -laws.price * tables.spent[:, tables.field],
    }


def after_leaving(tables: Tables) -> Array:
    """(B, pairs, E, G, T): the harm elsewhere of one session once they have left, by how likely they leave now."""
    growth = tables.grid.axes()[1]
    places = [growth + (1 - growth) * tables.learned[:, :, o] for o in OUTCOMES]
    lost = [gone * tables.laws.elsewhere(g) for gone, g in zip(tables.gone, places, strict=True)]
    return -mixed(tables, lost)


def at_the_end(tables: Tables) -> Array:
    """(B, E, G, T): what the trust there is in the end is worth."""
    worth = tables.laws.w["trust"][:, 0] * tables.grid.axes()[2]
    return np.array(np.broadcast_to(worth, (len(tables.worlds), *tables.grid.shape)))


def total(parts: dict[str, Array]) -> Array:
    """The sum of parts."""
    return np.asarray(reduce(add, parts.values()))
