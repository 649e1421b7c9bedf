"""Backward induction, compiled: one world, its tables made by `tables` and handed in.

One session back goes over trust (noise once, for all), then energy, trust and growth between two neighbours each; the
chances are those of `Step`, summed in another order. All that is compiled stands in this file: numba sees when it
changes, and then compiles it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Kernel = Callable[..., Any]


def compiled(function: Kernel) -> Kernel:
    """The function, compiled when it is first called; kept on disk where there is a folder that can be written to."""
    try:
        kernel: Kernel = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})(function)
    except RuntimeError:  # there is no such folder
        kernel = numba.njit(nogil=True, error_model="numpy", fastmath={"contract"})(function)
    return kernel


@compiled
def smoothed(values: Array, smoothing: Array, out: Array) -> None:
    """(E, G, T) with the noise on trust taken in."""
    out[:] = 0.0
    for e in range(values.shape[0]):
        for g in range(values.shape[1]):
            for i in range(values.shape[2]):
                value = values[e, g, i]
                for j in range(values.shape[2]):
                    out[e, g, j] += value * smoothing[i, j]


@compiled
def spent(values: Array, low: Array, share: Array, out: Array) -> None:
    """(2, E, G, T) of (E, G, T): energy after the session, without and with a rupture; low, share: (2, E)."""
    for r in range(2):
        for e in range(values.shape[0]):
            near, far = values[low[r, e]], values[low[r, e] + 1]
            weight = share[r, e]
            for g in range(values.shape[1]):
                for i in range(values.shape[2]):
                    out[r, e, g, i] = (1 - weight) * near[g, i] + weight * far[g, i]


@compiled
def moved(values: Array, at: Array, trust: Any, share: Array, out: Array) -> None:
    """(E, G, T): trust and growth after the session, for those who stay, of values (E, G T).

    at: (E, G, T) the place in a row of values of the lower neighbour of both; share: the weight of more growth
    trust: the weights of less and of more of it, with the chance of staying, (T,) each
    """
    near, far = trust
    right, above = np.uintp(1), np.uintp(out.shape[2])
    for e in range(out.shape[0]):
        row = values[e]
        for g in range(out.shape[1]):
            for i in range(out.shape[2]):
                # Numbers without a sign: for others, numba looks at each whether it counts from the end.
                j = at[e, g, i]
                first = near[i] * row[j] + far[i] * row[j + right]
                second = near[i] * row[j + above] + far[i] * row[j + above + right]
                out[e, g, i] = first + share[e, g, i] * (second - first)


@compiled
def mixed(outcomes: Array, mends: Array) -> None:
    """Of (3, E, G, T) by outcome, the second becomes what a rupture is worth more than none."""
    for e in range(outcomes.shape[1]):
        for g in range(outcomes.shape[2]):
            for i in range(outcomes.shape[3]):
                mended, torn = outcomes[1, e, g, i], outcomes[2, e, g, i]
                outcomes[1, e, g, i] = torn + mends[e, i] * (mended - torn) - outcomes[0, e, g, i]


@compiled
def session(t: int, given: Any, space: Any, results: Any) -> None:
    """Values, policy and worths with one session more to go."""
    values, policy, first = results
    smooth, by_energy, by_outcome = space
    smoothed(values[t + 1], given.smoothing, smooth)
    for f in range(len(given.energy_low)):
        spent(smooth, given.energy_low[f], given.energy_share[f], by_energy)
        for o in range(3):
            rows = by_energy[min(o, 1)].reshape(smooth.shape[0], -1)
            trust = given.trust_near[f, o], given.trust_far[f, o]
            moved(rows, given.at[f, o], trust, given.growth_share[f, o], by_outcome[f, o])
        mixed(by_outcome[f], given.mends)
    for p in range(len(given.field)):
        worth_of(p, values.shape[0] - 2 - t, given, by_outcome[given.field[p]], first[p])
    best(given.chances, first, values[t], policy[t])


@compiled
def worth_of(p: int, left_over: int, given: Any, outcomes: Array, out: Array) -> None:
    """What a moment with an action is worth, (E, G, T)."""
    now, gone, rupture = given.now[p], given.gone[p], given.rupture[p]
    for e in range(out.shape[0]):
        for g in range(out.shape[1]):
            for i in range(out.shape[2]):
                later = outcomes[0, e, g, i] + rupture[i] * outcomes[1, e, g, i]
                out[e, g, i] = now[e, g, i] + left_over * gone[e, g, i] + later


@compiled
def best(chances: Array, worths: Array, values: Array, policy: Array) -> None:
    """The most over actions, (E, G, T), on average over moments; `policy` (K, E, G, T) is the first that has it."""
    kinds = len(policy)
    actions = (len(worths) - 1) // kinds
    for e in range(values.shape[0]):
        for g in range(values.shape[1]):
            for i in range(values.shape[2]):
                values[e, g, i] = chances[kinds, g] * worths[-1, e, g, i]
    for k in range(kinds):
        for e in range(values.shape[0]):
            for g in range(values.shape[1]):
                for i in range(values.shape[2]):
                    number, most = 0, worths[k * actions, e, g, i]
                    for a in range(1, actions):
                        worth = worths[k * actions + a, e, g, i]
                        if worth > most:
                            number, most = a, worth
                    policy[k, e, g, i] = number
                    values[e, g, i] += chances[k, g] * most


@compiled
def backward(given: Any, values: Array, policy: Array, first: Array) -> None:
    """Fill values (S + 1, E, G, T), the last ones given, policy (S, K, E, G, T), and what each pair is worth first."""
    shape = values.shape[1:]
    smooth = np.empty(shape)
    by_energy = np.empty((2, shape[0], shape[1], shape[2]))
    by_outcome = np.empty((len(given.energy_low), 3, shape[0], shape[1], shape[2]))
    for t in range(values.shape[0] - 2, -1, -1):
        session(t, given, (smooth, by_energy, by_outcome), (values, policy, first))
