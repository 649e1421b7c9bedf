"""The engine in numba: hands a world and a policy to the one kernel that serves them all."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import astuple, fields
from typing import Any, NamedTuple

import numpy as np

from ..model import MEAN_SEVERITY, NOISE
from ..parameters import Array, Assumptions, World
from . import chance
from .exactly import EXACT, Exact
from .kernel import lived
from .lives import PRESENT, SEVERITY, Out, Start, cumulative, most_leave, profile
from .policies import Codes, Policy

Assumed = namedtuple("Assumed", [each.name for each in fields(Assumptions)])  # type: ignore[misc]  # noqa: PYI024


class Given(NamedTuple):
    """Everything that a life needs, but for the policy."""

    assumptions: Any
    exact: Exact
    normal: Array
    kinds: Array
    severity: Array
    present: Array
    profile: Array
    most: Array
    golden: np.uint64
    seed: np.uint64
    sessions: int
    moments: float
    there: float
    receptive: float
    start_trust: float
    spread: float
    start_energy: float
    start_growth: float
    noise: float
    mean_severity: float


class Steps(NamedTuple):
    """As `policies.Steps`, with cuts in an array."""

    number: int
    scale: float
    offset: float
    cuts: Array


class Table(NamedTuple):
    """As `policies.Policy`."""

    choices: Any
    counts: Any
    layer: Codes
    energy: Steps
    growth: Steps
    trust: Steps


def by_numba(world: World, policy: Policy, seeded: chance.Seeded, start: Start, out: Out) -> None:
    """Live through as many relationships as `out` has room for."""
    lived(np.uint64(seeded.first + 1), _given(world, policy, seeded, start), _table(policy), out.places, out.counts)


def _given(world: World, policy: Policy, seeded: chance.Seeded, start: Start) -> Given:
    setting = world.setting
    return Given(
        Assumed(*map(float, astuple(world.assumptions))),
        EXACT,
        chance.NORMAL,
        cumulative(world),
        SEVERITY,
        PRESENT,
        np.ascontiguousarray(profile(policy.actions).T),
        np.array(most_leave(world)),
        np.uint64(chance.GOLDEN),
        np.uint64(seeded.key),
        setting.sessions,
        float(setting.moments),
        float(setting.present),
        float(setting.receptive),
        float(start.trust),
        float(start.spread),
        float(start.energy),
        float(start.growth),
        NOISE,
        MEAN_SEVERITY,
    )


def _table(policy: Policy) -> Table:
    steps = [
        Steps(each.count, each.scale, each.offset, np.array(each.cuts, float))
        for each in (policy.energy, policy.growth, policy.trust)
    ]
    return Table(policy.choices, policy.counts, policy.layer, *steps)
