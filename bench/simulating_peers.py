"""The same relationships in Mesa, in SimPy and in C: an agent, a process or a lane each, with the laws of the model.

The policy is the table of a rulebook, looked up in the same steps. Chance is each library's own.
"""

from __future__ import annotations

import ctypes
import math
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import NamedTuple

import numpy as np

from poise.foresight import World
from poise.foresight.actions import MOMENTS
from poise.foresight.model import MEAN_SEVERITY, NOISE
from poise.foresight.simulating import Policy, Start
from poise.foresight.simulating.chance import NORMAL
from poise.foresight.simulating.lives import cumulative, profile

START = Start()


class Counted(NamedTuple):
    """How many relationship-sessions there were, and who left."""

    sessions: int
    left: int


Simulator = Callable[[int], Counted]


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def cut(x: float) -> float:
    return min(1.0, max(0.0, x))


class Rules:
    """What all of them share: the world's numbers as plain floats, and the table as lists."""

    def __init__(self, world: World, policy: Policy) -> None:
        self.a, self.setting = world.assumptions, world.setting
        self.kinds = cumulative(world).tolist()
        self.actions = [dict(zip(_NAMES, map(float, row), strict=True)) for row in profile(policy.actions).T]
        self.energy_cuts, self.trusts = policy.energy.cuts, policy.trust.count
        self.layer = policy.layer.tolist()
        self.rows = [
            [
                [
                    [[int(c) for c in row[: int(n)]] for row, n in zip(rows[0], counts[0], strict=True)]
                    for rows, counts in zip(by_energy, counted, strict=True)
                ]
                for by_energy, counted in zip(kinds, kind_counts, strict=True)
            ]
            for kinds, kind_counts in zip(policy.choices, policy.counts, strict=True)
        ]

    def chosen(self, t: int, kind: int, tau: float, energy: float, chance: random.Random) -> dict[str, float]:
        """What is done in a moment."""
        step = sum(energy >= each for each in self.energy_cuts)
        ties = self.rows[self.layer[t]][kind][step][min(self.trusts - 1, int(tau * self.trusts))]
        return self.actions[ties[0] if len(ties) == 1 else ties[int(chance.random() * len(ties))]]


_NAMES = ("directness", "exposure", "protects", "content", "bonus", "energy", "silent")


class Relationship:
    """One relationship in plain Python."""

    def __init__(self, rules: Rules, chance: random.Random) -> None:
        self.rules, self.chance = rules, chance
        self.tau = cut(chance.gauss(START.trust, START.spread))
        self.growth, self.energy = START.growth, START.energy
        self.left = False
        self.sessions = self.ruptures = self.repairs = 0
        self.help = self.harm = self.eased = self.spent = self.elsewhere = 0.0

    def session(self, t: int) -> None:
        """One session."""
        rules, chance, a = self.rules, self.chance, self.rules.a
        tau, energy, rho = self.tau, self.energy, rules.setting.receptive
        called = bore = spent = directness = content = bonus = 0.0
        if chance.random() < rules.setting.moments * (1 - 0.8 * self.growth):
            draw = chance.random()
            kind = sum(draw >= limit for limit in rules.kinds)
            s, b = MOMENTS[kind]
            do = rules.chosen(t, kind, tau, energy, chance)
            directness, content, bonus = do["directness"], do["content"], do["bonus"]
            if directness:
                sigma = a.strain * directness * (0.7 + 0.3 * s) * (1 + a.exposure * do["exposure"] * b)
                holding = 0.25 + 0.75 * tau
                floor = logistic(-holding / a.softness)
                called = (logistic((sigma * (1 + 0.6 * (0.5 - rho)) - holding) / a.softness) - floor) / (1 - floor)
            bore = s * b * (1 - do["protects"])
            self.eased += s * b * do["protects"]
            spent = do["energy"] + a.letting_go * do["silent"] * s
        heard, ruptured, torn = 1.0, False, False
        if chance.random() < 1 - (1 - a.ordinary - a.thin * (1 - tau)) * (1 - called):
            ruptured = True
            self.ruptures += 1
            if chance.random() < logistic(a.repair + 2 * (tau - 0.5) + 1.5 * (energy - 0.5)):
                moved, heard = (a.mended + bonus) * (1 - tau), 1.3
                self.repairs += 1
            else:
                moved, heard, torn = -a.torn - a.torn_directness * directness, a.through_rupture, True
        else:
            moved = a.growth * (0.9 - tau) + bonus * (1 - tau)
        self.help += tau * (0.6 + 0.4 * energy)
        self.harm += bore
        self.spent += spent
        self.sessions += 1
        trusting = a.untrusted + (1 - a.untrusted) * tau
        said = a.learning * content * rho * trusting * (0.6 + 0.4 * energy) * heard
        self.growth += (1 - self.growth) * cut(said + 0.005 * tau * rho)
        self.energy = cut(energy + a.recovery * (1 - energy) - spent - 0.06 * ruptured)
        self.tau = cut(tau + moved - a.silence * bore)
        if chance.random() < logistic(a.leaving + a.leaving_trust * (0.5 - self.tau) + a.leaving_torn * torn):
            self.left = True
            left_over = rules.setting.sessions - 1 - t
            hurtful = rules.setting.moments * (1 - 0.8 * self.growth)
            self.elsewhere = left_over * hurtful * rules.setting.present * MEAN_SEVERITY
        else:
            self.tau = cut(self.tau + chance.gauss(0, NOISE))


def by_mesa(world: World, policy: Policy) -> Simulator:
    """Agents that are stepped in a shuffled order, and removed when they leave."""
    import mesa  # noqa: PLC0415

    rules = Rules(world, policy)

    class Person(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: mesa.Model) -> None:
            super().__init__(model)
            self.between = Relationship(rules, model.random)

        def step(self) -> None:
            self.between.session(self.model.steps - 1)
            if self.between.left:
                self.remove()

    class Year(mesa.Model):  # type: ignore[misc]
        def __init__(self, people: int) -> None:
            super().__init__(seed=1)
            self.people = list(Person.create_agents(self, people))

        def step(self) -> None:
            self.agents.shuffle_do("step")

    def run(people: int) -> Counted:
        year = Year(people)
        for _ in range(world.setting.sessions):
            year.step()
        return counted([person.between for person in year.people])

    return run


def by_simpy(world: World, policy: Policy) -> Simulator:
    """Processes that wait a week between sessions."""
    import simpy  # noqa: PLC0415

    rules = Rules(world, policy)

    def meeting(env: simpy.Environment, one: Relationship):
        for t in range(world.setting.sessions):
            one.session(t)
            if one.left:
                return
            yield env.timeout(1)

    def run(people: int) -> Counted:
        env, chance = simpy.Environment(), random.Random(1)
        everyone = [Relationship(rules, chance) for _ in range(people)]
        for one in everyone:
            env.process(meeting(env, one))
        env.run()
        return counted(everyone)

    return run


def by_c(world: World, policy: Policy) -> Simulator | None:
    """Lanes of single precision, compiled for this machine: the ceiling. None where there is no gcc.

    A tie is settled for the first, as a look-up has no draw: that is a little less work.
    """
    gcc = shutil.which("gcc")
    if gcc is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        made, source = Path(folder) / "ceiling.so", Path(__file__).with_name("simulating_ceiling.c")
        flags = [
            "-O3",
            "-march=native",
            "-ffast-math",
            "-fopenmp-simd",
            "-mprefer-vector-width=512",
            "-shared",
            "-fPIC",
        ]
        subprocess.run([gcc, *flags, str(source), "-o", str(made), "-lm"], check=True)
        compiled = ctypes.CDLL(str(made)).lived
    arrays = [
        np.array(astuple(world.assumptions), np.float32),
        np.array(cumulative(world), np.float32),
        np.array([[m.severity, m.present] for m in MOMENTS], np.float32),
        np.array(policy.energy.cuts, np.float32),
        np.ascontiguousarray(policy.choices[..., 0, :, 0], np.int32),
        np.array(policy.layer, np.int32),
        np.ascontiguousarray(profile(policy.actions).T, np.float32),
        np.array(NORMAL, np.float32),
    ]
    a, limits, kinds, cuts, table, layer, traits, normal = (each.ctypes.data_as(ctypes.c_void_p) for each in arrays)
    number, setting = ctypes.c_float, world.setting

    def run(people: int) -> Counted:
        found = (ctypes.c_int64 * 2)(*([len(arrays)] * 2))  # and the arrays live as long as this does
        steps = policy.energy.count, policy.trust.count
        where = a, number(setting.moments), number(setting.receptive), limits, kinds, cuts, *steps, table, layer
        compiled(ctypes.c_int64(people), setting.sessions, *where, traits, normal, number(NOISE), found)
        return Counted(*found)

    return run


def counted(everyone: list[Relationship]) -> Counted:
    return Counted(sum(one.sessions for one in everyone), sum(one.left for one in everyone))
