"""The model once more in plain loops, written from its symbols alone: it shares no line with the solver.

It is slow, and right as long as the symbols are read right. `transition` is also what a neighbour's solver is fed with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from poise.foresight import Action, World

State = tuple[int, int, int]
"""Numbers of the points of energy, growth and trust."""
SEVERITIES, SHARES = (0.25, 0.55, 1.0), (0.5, 0.35, 0.15)
KINDS = [(s, b) for b in (0, 1) for s in SEVERITIES]
"""Moments, in the solver's order; after them comes none."""


def logit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def cut(x: float) -> float:
    return min(1.0, max(0.0, x))


class End(NamedTuple):
    """One way a session ends: its chance, the chance of leaving then, where it leads, and whether it tore."""

    chance: float
    leave: float
    trust: float
    growth: float
    energy: float
    torn: bool


def ends(world: World, action: Action | None, s: float, b: int, place: tuple[float, float, float]) -> Iterator[End]:
    """The three ways a session ends from (energy, growth, trust); no action where nothing hurtful is said."""
    c, rho = world.assumptions, world.setting.receptive
    e, g, tau = place
    d, f, v, content, bonus = action[1:6] if action else (0.0, 0.0, 0.0, 0.0, 0.0)
    sigma = c.strain * d * (0.7 + 0.3 * s) * (1 + c.exposure * f * b) * (1 + 0.6 * (0.5 - rho))
    hold, k = 0.25 + 0.75 * tau, c.softness
    call = (logit((sigma - hold) / k) - logit(-hold / k)) / (1 - logit(-hold / k)) if d else 0.0
    p = 1 - (1 - c.ordinary - c.thin * (1 - tau)) * (1 - call)
    mend = logit(c.repair + 2 * (tau - 0.5) + 1.5 * (e - 0.5))
    ways = (
        (1 - p, tau + c.growth * (0.9 - tau) + bonus * (1 - tau), 1.0, 0, False),
        (p * mend, tau + (c.mended + bonus) * (1 - tau), 1.3, 1, False),
        (p * (1 - mend), tau - c.torn - c.torn_directness * d, c.through_rupture, 1, True),
    )
    for chance, moved, heard, rupture, torn in ways:
        after = cut(moved - c.silence * s * b * (1 - v))
        leave = logit(c.leaving + c.leaving_trust * (0.5 - after) + c.leaving_torn * torn)
        said = c.learning * content * rho * (c.untrusted + (1 - c.untrusted) * tau) * (0.6 + 0.4 * e) * heard
        energy = cut(e + c.recovery * (1 - e) - spent(world, action, s) - 0.06 * rupture)
        yield End(chance, leave, after, g + (1 - g) * cut(said + 0.005 * tau * rho), energy, torn)


def spent(world: World, action: Action | None, s: float) -> float:
    if action is None:
        return 0.0
    swallowed = world.assumptions.letting_go * s if action.directness == action.content == 0 else 0.0
    return action.energy + swallowed


def reward(world: World, action: Action | None, s: float, b: int, place: tuple[float, float, float]) -> float:
    """What the session itself is worth, and leaving torn at its end."""
    w, (e, g, tau) = world.values, place
    now = (
        w.help * tau * (0.6 + 0.4 * e) - w.harm * s * b * (1 - (action.protects if action else 0)) - w.energy * (1 - e)
    )
    now -= world.price * spent(world, action, s)
    for end in ends(world, action, s, b, place):
        now += end.chance * (w.growth * (end.growth - g) - w.distrust * end.leave * end.torn)
    return now


def lost(world: World, growth: float) -> float:
    """What one session elsewhere is worth, once they have left."""
    mean = sum(s * share for s, share in zip(SEVERITIES, SHARES, strict=True))
    setting = world.setting
    return -world.values.harm * world.values.elsewhere * setting.moments * (1 - 0.8 * growth) * setting.present * mean


def around(place: float, points: int) -> list[tuple[int, float]]:
    """The points a place lies between, and how near it is to each."""
    at = place * (points - 1)
    low = min(int(at), points - 2)
    return [(low, 1 - (at - low)), (low + 1, at - low)]


def noisy(points: int, sd: float = 0.04) -> list[list[float]]:
    """For each point, how near its place with noise lies to each point, on average: stretch by stretch.

    Over a stretch from a to b, y counts (b - y) / (b - a) for the point at a and the rest for the one at b.
    """
    at = [i / (points - 1) for i in range(points)]
    rows = []
    for mu in at:
        z = [(x - mu) / sd for x in at]
        below = [0.5 * math.erfc(-x / math.sqrt(2)) for x in z]
        density = [math.exp(-x * x / 2) / math.sqrt(2 * math.pi) for x in z]
        row = [0.0] * points
        row[0], row[-1] = below[0], 1 - below[-1]
        for i in range(points - 1):
            inside = below[i + 1] - below[i]
            mean = mu * inside - sd * (density[i + 1] - density[i])
            row[i] += (at[i + 1] * inside - mean) * (points - 1)
            row[i + 1] += (mean - at[i] * inside) * (points - 1)
        rows.append(row)
    return rows


def chances(world: World, growth: float) -> list[float]:
    """How often each moment comes, none of them last."""
    setting = world.setting
    any_ = setting.moments * (1 - 0.8 * growth)
    each = dict(zip(SEVERITIES, SHARES, strict=True))
    return [*(any_ * each[s] * (setting.present if b else 1 - setting.present) for s, b in KINDS), 1 - any_]


class Plain:
    """Backward induction in plain loops. `values[t][state]`; `worths[t][state][k][a]`."""

    def __init__(self, world: World, actions: tuple[Action, ...], shape: State) -> None:
        self.world, self.actions, self.shape = world, actions, shape
        self.noise = noisy(shape[2])
        self.states: list[State] = list(product(range(shape[0]), range(shape[1]), range(shape[2])))
        self.worths: list[dict[State, list[list[float]]]] = []
        self.values = [{x: world.values.trust * self.place(x)[2] for x in self.states}]
        self.paths = {
            (x, k, a): self.path(x, k, a)
            for x in self.states
            for k, a in [*product(range(len(KINDS)), range(len(actions))), (len(KINDS), -1)]
        }
        for left_over in range(world.setting.sessions):
            self.back(left_over)
        self.values.reverse()
        self.worths.reverse()

    def place(self, x: State) -> tuple[float, float, float]:
        e, g, t = (i / (n - 1) for i, n in zip(x, self.shape, strict=True))
        return e, g, t

    def path(self, x: State, k: int, a: int) -> tuple[float, float, dict[State, float]]:
        """What it is worth at once, what a session elsewhere is, and the chance of staying and being at each point."""
        s, b = KINDS[k] if a >= 0 else (0.0, 0)
        action, place = self.actions[a] if a >= 0 else None, self.place(x)
        elsewhere, to = 0.0, dict[State, float]()
        for end in ends(self.world, action, s, b, place):
            elsewhere += end.chance * end.leave * lost(self.world, end.growth)
            stay = end.chance * (1 - end.leave)
            axes = zip((end.energy, end.growth, end.trust), self.shape, strict=True)
            for (e, we), (g, wg), (t, wt) in product(*(around(at, n) for at, n in axes)):
                for j, near in enumerate(self.noise[t]):
                    to[e, g, j] = to.get((e, g, j), 0.0) + stay * we * wg * wt * near
        return reward(self.world, action, s, b, place), elsewhere, to

    def worth(self, x: State, k: int, a: int, left_over: int) -> float:
        now, elsewhere, to = self.paths[x, k, a]
        later = self.values[-1]
        return now + left_over * elsewhere + sum(chance * later[y] for y, chance in to.items())

    def back(self, left_over: int) -> None:
        numbers = range(len(self.actions))
        worths = {
            x: [[self.worth(x, k, a, left_over) for a in numbers] for k in range(len(KINDS))] for x in self.states
        }
        values = {}
        for x in self.states:
            likely = chances(self.world, self.place(x)[1])
            best = [max(row) for row in worths[x]]
            nothing = self.worth(x, len(KINDS), -1, left_over)
            values[x] = sum(p * v for p, v in zip(likely, [*best, nothing], strict=True))
        self.worths.append(worths)
        self.values.append(values)
