"""The solver's engine in numba: lays one world out for the kernel, and takes the same solution from it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .grid import smoothing
from .parameters import Array
from .rewards import after_leaving, at_once, at_the_end, total
from .solving_kernel import backward
from .tables import Tables

Places = NDArray[np.intp]


class Given(NamedTuple):
    """One world on its grid. Fields F, pairs P; lower neighbours, and the weights of the upper ones."""

    field: Places
    smoothing: Array
    energy_low: Places
    energy_share: Array
    trust_near: Array
    trust_far: Array
    at: NDArray[np.uintp]
    growth_share: Array
    mends: Array
    rupture: Array
    now: Array
    gone: Array
    chances: Array


class Solved(NamedTuple):
    """As `solving.Solution` has them."""

    values: Array
    policy: NDArray[np.int8]
    first: Array


def by_numba(tables: Tables, sessions: int, kinds: int) -> Solved:
    """Backward induction for each of the tables' worlds."""
    count, shape, actions = len(tables.worlds), tables.grid.shape, len(tables.actions)
    values = np.empty((sessions + 1, count, *shape))
    policy = np.empty((sessions, count, kinds, *shape), np.int8)
    first = np.empty((count, kinds, actions, *shape))
    values[sessions] = at_the_end(tables)
    for number, given in enumerate(_laid_out(tables)):
        # The kernel's arrays lie one beside another; those of one world among several do not.
        own, chosen = np.ascontiguousarray(values[:, number]), np.ascontiguousarray(policy[:, number])
        worths = np.empty((kinds * actions + 1, *shape))
        backward(given, own, chosen, worths)
        values[:, number], policy[:, number] = own, chosen
        first[number] = worths[:-1].reshape(kinds, actions, *shape)
    return Solved(values, policy, first)


def _laid_out(tables: Tables) -> list[Given]:
    grid, laws = tables.grid, tables.laws
    energy, growth, _ = grid.axes()
    after = np.stack([laws.energy_after(energy, tables.spent, rupture)[..., 0, 0] for rupture in (0, 1)], axis=2)
    energy_low, energy_share = _neighbours(after, grid.energy)
    trust_low, trust_share = _neighbours(np.stack([one[:, :, 0, 0] for one in tables.after], axis=2), grid.trust)
    stay = np.stack([1 - gone[:, :, 0, 0] for gone in tables.gone], axis=2)
    growth_low, growth_share = _neighbours(growth + (1 - growth) * tables.learned, grid.growth)
    pairs, shape = len(tables.pairs), grid.shape
    now, gone = (
        np.broadcast_to(x, (len(laws.price), pairs, *shape)) for x in (total(at_once(tables)), after_leaving(tables))
    )
    at = (growth_low * grid.trust + trust_low[..., None, None, :]).astype(np.uintp)
    numbers: list[Any] = [energy_low, energy_share, stay * (1 - trust_share), stay * trust_share, at, growth_share]
    numbers += [tables.mends[:, 0, :, 0], tables.rupture[:, :, 0, 0], now, gone]
    numbers += [np.broadcast_to(tables.chances[:, :, 0, :, 0], (len(laws.price), len(tables.chances[0]), grid.growth))]
    smooth = np.ascontiguousarray(smoothing(grid.trust).T)
    return [Given(tables.field, smooth, *(np.ascontiguousarray(x[b]) for x in numbers)) for b in range(len(laws.price))]


def _neighbours(places: Array, points: int) -> tuple[Places, Array]:
    """The lower neighbour of each place on an axis, and the weight of the upper."""
    at = places * (points - 1)
    low = np.minimum(at.astype(np.intp), points - 2)
    return low, at - low
