"""The kernel: one relationship after another, each kept in registers from its first session to its last.

Every sum and product stands in the order that `lives` and `model` have it in, and none is fused with another, so that
what comes out is the same to the last bit. All that is compiled stands in this file, and all numbers are handed in:
numba sees when it changes, and then compiles it anew.
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
        kernel: Kernel = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # there is no such folder
        kernel = numba.njit(nogil=True, error_model="numpy")(function)
    return kernel


def inlined(function: Kernel) -> Kernel:
    """The function, put where it is called: half the time of calls between them."""
    kernel: Kernel = numba.njit(inline="always", error_model="numpy")(function)
    return kernel


@inlined
def mixed(word: Any) -> Any:
    """A word with its bits spread over the whole of it."""
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


@inlined
def lower(word: Any) -> Any:
    """Evenly from 0 to 1, from the lower half."""
    return np.float64(np.int64(word & np.uint64(0xFFFFFFFF))) * 2.0**-32


@inlined
def upper(word: Any) -> Any:
    """Evenly from 0 to 1, from the upper half."""
    return np.float64(np.int64(word >> np.uint64(32))) * 2.0**-32


@inlined
def cut(x: float) -> float:
    """Cut to [0, 1]."""
    return min(max(x, 0.0), 1.0)


@inlined
def logistic(x: float, exact: Any) -> Any:
    """1 / (1 + exp(-x)), as `exactly` has it."""
    x = min(max(-x, -exact.far), exact.far)
    whole = np.rint(x * exact.per)
    rest = x - whole * exact.high
    rest = rest - whole * exact.low
    s = exact.series
    found = ((((((rest * s[0] + s[1]) * rest + s[2]) * rest + s[3]) * rest + s[4]) * rest + s[5]) * rest) + s[6]
    return 1.0 / (1.0 + found * exact.powers[np.int64(whole) + exact.reach])


@inlined
def step(place: float, steps: Any) -> Any:
    """The number of the step that a place lies in."""
    found = np.int64(place * steps.scale + steps.offset)
    for cutting in steps.cuts:
        if place >= cutting:
            found += 1
    return min(found, steps.number - 1)


@inlined
def called(tau: float, do: Array, moment: Any, given: Any) -> Any:
    """The chance that what is done tears it."""
    a, (severity, present) = given.assumptions, moment
    sigma = a.strain * do[0] * (0.7 + 0.3 * severity) * (1 + a.exposure * do[1] * present)
    holding = 0.25 + 0.75 * tau
    floor = logistic(-holding / a.softness, given.exact)
    strained = (sigma * (1 + 0.6 * (0.5 - given.receptive)) - holding) / a.softness
    return (logistic(strained, given.exact) - floor) / (1 - floor)


@inlined
def chosen(t: int, kind: int, place: Any, tie: float, policy: Any) -> Any:
    """What is done in a moment."""
    tau, growth, energy = place
    layer = policy.layer[min(t, len(policy.layer) - 1)]
    e, g, i = step(energy, policy.energy), step(growth, policy.growth), step(tau, policy.trust)
    pick = np.int64(tie * policy.counts[layer, kind, e, g, i])
    return policy.choices[layer, kind, e, g, i, pick]


@inlined
def answered(t: int, at: Any, place: Any, given: Any, policy: Any) -> Any:
    """A hurtful moment, and what is done in it: as numbers, in the order of `lives.Did`."""
    a, word = given.assumptions, mixed(at + given.golden * np.uint64(2))
    kind, which = 0, lower(word)
    for limit in given.kinds:
        if which >= limit:
            kind += 1
    severity, present = given.severity[kind], given.present[kind]
    do = given.profile[chosen(t, kind, place, upper(word), policy)]
    bore, eased = severity * present * (1 - do[2]), severity * present * do[2]
    spends = do[5] + a.letting_go * do[6] * severity
    return called(place[0], do, (severity, present), given), do[0], do[3], do[4], bore, eased, spends


@inlined
def outcome_of(at: Any, tears: float, did: Any, place: Any, given: Any) -> int:
    """Held, mended or torn."""
    a, (tau, _, energy) = given.assumptions, place
    if tears >= 1 - (1 - a.ordinary - a.thin * (1 - tau)) * (1 - did[0]):
        return 0
    mends = logistic(a.repair + 2 * (tau - 0.5) + 1.5 * (energy - 0.5), given.exact)
    return 1 if lower(mixed(at + given.golden * np.uint64(3))) < mends else 2


@inlined
def trust_after(tau: float, outcome: int, did: Any, a: Any) -> Any:
    """The trust expected after the session."""
    if outcome == 0:
        moved = a.growth * (0.9 - tau) + did[3] * (1 - tau)
    elif outcome == 1:
        moved = (a.mended + did[3]) * (1 - tau)
    else:
        moved = -a.torn - a.torn_directness * did[1]
    return cut(tau + moved - a.silence * did[4])


@inlined
def learned(outcome: int, did: Any, place: Any, given: Any) -> Any:
    """What is learned, of all there is to learn."""
    a, (tau, growth, energy) = given.assumptions, place
    heard = 1.0 if outcome == 0 else 1.3 if outcome == 1 else a.through_rupture
    trusting = a.untrusted + (1 - a.untrusted) * tau
    said = a.learning * did[2] * given.receptive * trusting * (0.6 + 0.4 * energy) * heard
    return (1 - growth) * cut(said + 0.005 * tau * given.receptive)


@inlined
def leaves(draw: float, after: float, torn: int, given: Any) -> Any:
    """Whether they leave. Most draws lie above the highest chance there can be."""
    if draw >= given.most[torn]:
        return False
    a = given.assumptions
    return draw < logistic(a.leaving + a.leaving_trust * (0.5 - after) + a.leaving_torn * torn, given.exact)


@compiled
def lived(first: Any, given: Any, policy: Any, places: Array, counts: Array) -> None:
    """Live through as many relationships as there is room for, from person number `first`, one up, on."""
    for i in range(places.shape[1]):
        key = mixed((first + np.uint64(i)) * given.golden + given.seed)
        begin = given.normal[(mixed(key) & np.uint64(0xFFFFFFFF)) >> np.uint64(20)]
        life(key, cut(given.start_trust + given.spread * begin), given, policy, (places[:, i], counts[:, i]))


@inlined
def life(key: Any, start: float, given: Any, policy: Any, out: Any) -> None:
    """One relationship, from its first session to its last."""
    a, place = given.assumptions, (start, given.start_growth, given.start_energy)
    trusted = help_ = tired = harm = eased = spent = elsewhere = 0.0
    sessions = moments = ruptures = repairs = left = torn = 0
    for t in range(given.sessions):
        tau, growth, energy = place
        at = key + given.golden * np.uint64(4 * t + 1)
        word, did = mixed(at), (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        if lower(word) < given.moments * (1 - 0.8 * growth):
            did = answered(t, at, place, given, policy)
            moments += 1
        outcome = outcome_of(at, upper(word), did, place, given)
        ruptured, torn = min(outcome, 1), max(outcome - 1, 0)
        sessions, ruptures, repairs = sessions + 1, ruptures + ruptured, repairs + ruptured - torn
        trusted, help_, tired = trusted + tau, help_ + tau * (0.6 + 0.4 * energy), tired + (1 - energy)
        harm, eased, spent = harm + did[4], eased + did[5], spent + did[6]
        after, growth = trust_after(tau, outcome, did, a), growth + learned(outcome, did, place, given)
        energy = cut(energy + a.recovery * (1 - energy) - did[6] - 0.06 * ruptured)
        word = mixed(at + given.golden)
        if leaves(lower(word), after, torn, given):
            hurtful = given.moments * (1 - 0.8 * growth)
            left, elsewhere = 1, (given.sessions - 1 - t) * (hurtful * given.there * given.mean_severity)
            place = after, growth, energy
            break
        place = cut(after + given.noise * given.normal[word >> np.uint64(52)]), growth, energy
    write(out[0], (start, *place, trusted, help_, tired, harm, eased, spent, elsewhere))
    write(out[1], (sessions, moments, ruptures, repairs, left, left * torn))


@inlined
def write(out: Array, numbers: Any) -> None:
    """Numbers into a row."""
    for i in range(len(numbers)):
        out[i] = numbers[i]
