"""Imagined relationships, lived through in arrays: the reference that the compiled kernel is held against, bit for bit.

The laws are those of `model`; where chances depend on something that few have, they are worked out for those few.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..actions import MOMENTS, Action
from ..model import HELD, MEAN_SEVERITY, MENDED, NOISE, TORN, Laws, cut
from ..parameters import Array, World
from . import chance
from .exactly import logistic
from .policies import Codes, Policy

PLACES = ("start", "trust", "growth", "energy", "trusted", "help", "tired", "harm", "eased", "spent", "elsewhere")
"""Rows of what is measured: see `Lives`."""
COUNTS = ("sessions", "moments", "ruptures", "repairs", "left", "torn")
"""Rows of what is counted."""
SEVERITY = np.array([m.severity for m in MOMENTS])
PRESENT = np.array([float(m.present) for m in MOMENTS])
PROFILE = ("directness", "exposure", "protects", "content", "bonus", "energy", "silent")
MARGIN = 1 + 1e-9
"""A chance that is the most there can be is taken this much higher: nobody is left out by a last bit."""
BLOCK = 16384
"""People imagined at once: so many that a call costs little beside its work, and few enough for the caches."""


class Start(NamedTuple):
    """Where relationships begin: trust about a mean, by how much it is spread, cut to [0, 1]; energy and growth."""

    trust: float = 0.5
    spread: float = 0.15
    energy: float = 0.9
    growth: float = 0.0


class Out(NamedTuple):
    """What is written of some people: (len(PLACES), N) and (len(COUNTS), N)."""

    places: Array
    counts: NDArray[np.int32]

    def part(self, begin: int, end: int) -> Out:
        """Those of some of the people."""
        return Out(self.places[:, begin:end], self.counts[:, begin:end])


def cumulative(world: World) -> Array:
    """(K - 1,): among hurtful moments, how many are of a kind or of one before it."""
    there = world.setting.present
    return np.cumsum([m.share * (there if m.present else 1 - there) for m in MOMENTS])[:-1]


def most_leave(world: World) -> tuple[float, float]:
    """The highest chances of leaving that there can be, without and with an unmended rupture."""
    laws = Laws([world], 0, logistic)
    ends = np.array([0.0, 1.0])
    held, torn = (float(laws.leaves(ends, o).max()) * MARGIN for o in (HELD, TORN))
    return held, torn


def profile(actions: tuple[Action, ...]) -> Array:
    """(len(PROFILE), A): what the actions are, as numbers."""
    return np.array([[float(getattr(a, name)) for a in actions] for name in PROFILE])


def by_numpy(world: World, policy: Policy, seeded: chance.Seeded, start: Start, out: Out) -> None:
    """Live through as many relationships as `out` has room for, block by block."""
    count = out.places.shape[1]
    for begin in range(0, count, BLOCK):
        end = min(begin + BLOCK, count)
        block = _Block(world, policy, seeded._replace(first=seeded.first + begin).keys(end - begin), start)
        for t in range(world.setting.sessions):
            block.session(t)
        block.write(out.part(begin, end))


class _Block:
    """Some relationships under way."""

    def __init__(self, world: World, policy: Policy, keys: chance.Words, start: Start) -> None:
        self.laws, self.world, self.policy, self.keys = Laws([world], 0, logistic), world, policy, keys
        lower, _ = chance.halves(chance.word(keys, 0))
        count = len(keys)
        self.start = cut(start.trust + start.spread * chance.normal(lower))
        self.tau, self.growth, self.energy = (
            self.start.copy(),
            np.full(count, start.growth),
            np.full(count, start.energy),
        )
        self.here = np.ones(count, bool)
        self.trusted, self.help, self.tired, self.harm, self.eased, self.spent, self.elsewhere = np.zeros((7, count))
        self.sessions, self.moments, self.ruptures, self.repairs, self.left, self.torn = np.zeros(
            (len(COUNTS), count), np.int32
        )
        self.kinds, self.most = cumulative(world), most_leave(world)
        self.profile = profile(policy.actions)

    def session(self, t: int) -> None:
        """One session in every relationship that is still there."""
        hurtful, ruptures = self._draws(t, chance.HURTFUL // 2)
        leaves, noise = self._draws(t, chance.LEAVES // 2)
        hurt = np.flatnonzero(self.here & (chance.even(hurtful) < self.laws.hurtful(self.growth)))
        did = self._answers(t, hurt)
        mended, torn = self._ruptures(t, did, chance.even(ruptures))
        after = self._trust_after(did, mended, torn)
        learned = (1 - self.growth) * self._learned(did, mended, torn)
        gone = self._gone(chance.even(leaves), after, torn)
        self._count(did, hurt, mended, torn)
        self.energy = np.where(self.here, self._energy_after(did, mended, torn), self.energy)
        self.growth += self.here * learned
        self._leave(t, gone, torn)
        self.tau = np.where(self.here, after, self.tau)
        self.here[gone] = False
        noisy = cut(self.tau + NOISE * chance.normal(noise))
        self.tau = np.where(self.here, noisy, self.tau)

    def _draws(self, t: int, word: int) -> tuple[chance.Words, chance.Words]:
        return chance.halves(chance.word(self.keys, chance.counter(t, word)))

    def _answers(self, t: int, hurt: Codes) -> Did:
        """Which moment it is, what is done in it, and what that is in numbers; 0 where nothing hurtful is said."""
        which, tie = chance.halves(chance.word(self.keys[hurt], chance.counter(t, chance.WHICH // 2)))
        kind = np.searchsorted(self.kinds, chance.even(which), side="right")
        place = self.tau[hurt], self.growth[hurt], self.energy[hurt]
        do = self.profile[:, self.policy.choose(t, kind, place, chance.even(tie))]
        s, b = SEVERITY[kind], PRESENT[kind]
        did = Did(*np.zeros((7, len(self.tau))))
        did.called[hurt] = self.laws.called(place[0], do[0], do[1], s, b)
        did.directness[hurt], did.content[hurt], did.bonus[hurt] = do[0], do[3], do[4]
        did.harm[hurt], did.eased[hurt] = s * b * (1 - do[2]), s * b * do[2]
        did.spent[hurt] = self.laws.spends(do[5], do[6], s)
        return did

    def _ruptures(self, t: int, did: Did, draw: Array) -> tuple[Codes, Codes]:
        """Where there is a rupture that is mended, and where there is one that is not."""
        torn = np.flatnonzero(self.here & (draw < self.laws.rupture(self.tau, did.called)))
        mends, _ = chance.halves(chance.word(self.keys[torn], chance.counter(t, chance.MENDED // 2)))
        mended = chance.even(mends) < self.laws.mends(self.tau[torn], self.energy[torn])
        return torn[mended], torn[~mended]

    def _trust_after(self, did: Did, mended: Codes, torn: Codes) -> Array:
        """The trust expected after the session."""
        after = self.laws.trust_after(self.tau, HELD, 0.0, did.bonus, did.harm)
        for outcome, some in ((MENDED, mended), (TORN, torn)):
            numbers = did.directness[some], did.bonus[some], did.harm[some]
            after[some] = self.laws.trust_after(self.tau[some], outcome, *numbers)
        return after

    def _learned(self, did: Did, mended: Codes, torn: Codes) -> Array:
        """The share of what is left to learn that is learned."""
        learned = self.laws.learns(self.tau, self.energy, HELD, did.content)
        for outcome, some in ((MENDED, mended), (TORN, torn)):
            learned[some] = self.laws.learns(self.tau[some], self.energy[some], outcome, did.content[some])
        return learned

    def _energy_after(self, did: Did, mended: Codes, torn: Codes) -> Array:
        ruptured = np.zeros(len(self.tau), bool)
        ruptured[mended] = ruptured[torn] = True
        return self.laws.energy_after(self.energy, did.spent, ruptured)

    def _gone(self, draw: Array, after: Array, torn: Codes) -> Codes:
        """Who leaves: of those whose draw lies below the highest chance there can be."""
        held, most_torn = self.most
        near = self.here & (draw < held)
        near[torn] = False
        some, sore = np.flatnonzero(near), torn[draw[torn] < most_torn]
        return np.concatenate([
            some[draw[some] < self.laws.leaves(after[some], HELD)],
            sore[draw[sore] < self.laws.leaves(after[sore], TORN)],
        ])  # fmt: skip

    def _count(self, did: Did, hurt: Codes, mended: Codes, torn: Codes) -> None:
        here = self.here
        self.trusted += here * self.tau
        self.help += here * (self.tau * (0.6 + 0.4 * self.energy))
        self.tired += here * (1 - self.energy)
        self.harm += did.harm
        self.eased += did.eased
        self.spent += did.spent
        self.sessions += here
        self.moments[hurt] += 1
        self.ruptures[mended] += 1
        self.ruptures[torn] += 1
        self.repairs[mended] += 1

    def _leave(self, t: int, gone: Codes, torn: Codes) -> None:
        """They leave: what they take along, and what they do elsewhere in the sessions there would have been."""
        setting = self.world.setting
        hurtful = self.laws.hurtful(self.growth[gone])
        self.left[gone] = 1
        self.torn[torn] = self.left[torn]
        self.elsewhere[gone] = (setting.sessions - 1 - t) * (hurtful * setting.present * MEAN_SEVERITY)

    def write(self, out: Out) -> None:
        """What came of it."""
        for row, name in zip(out.places, PLACES, strict=True):
            row[:] = self.tau if name == "trust" else getattr(self, name)
        for row, name in zip(out.counts, COUNTS, strict=True):
            row[:] = getattr(self, name)


class Did(NamedTuple):
    """What is done in a session, in numbers, (N,) each; 0 where nothing hurtful is said.

    called: the chance that it tears for what is done; harm, eased: what those it hits bear, and what is taken off it
    """

    called: Array
    directness: Array
    content: Array
    bonus: Array
    harm: Array
    eased: Array
    spent: Array
