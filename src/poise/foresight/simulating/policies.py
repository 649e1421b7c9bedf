"""What is done, as a table over a few steps of the model's state; and the fixed references beside which a book is seen.

Where several responses lead, they tie: each is done as often as the others, by a draw that every policy shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..actions import CALL_OUT, FIVE_ACTIONS, GENTLE, LET_GO, MOMENTS, Action
from ..grid import COARSE, Grid
from ..parameters import Array, World
from ..solving import Solution, solve

Codes = NDArray[np.intp]
K = len(MOMENTS)


@dataclass(frozen=True)
class Steps:
    """How a place from 0 to 1 is cut into steps: `count` of them, evenly, or at the `cuts`.

    offset: where the first even step begins, in steps before 0; a cut belongs to the step above it
    """

    count: int = 1
    scale: float = 0.0
    offset: float = 0.0
    cuts: tuple[float, ...] = ()

    def __call__(self, places: Array) -> Codes:
        """The number of the step that each place lies in."""
        found = (places * self.scale + self.offset).astype(np.intp)
        for cut in self.cuts:
            found += places >= cut
        return np.minimum(found, self.count - 1)


def even_steps(count: int) -> Steps:
    """`count` steps of one width."""
    return Steps(count, float(count))


def nearest_points(points: int) -> Steps:
    """A step around each of the points of a grid."""
    return Steps(points, float(points - 1), 0.5)


def steps_at(cuts: Sequence[float]) -> Steps:
    """Steps with these ends, rising."""
    return Steps(len(cuts) + 1, cuts=tuple(cuts))


@dataclass(frozen=True, eq=False)
class Policy:
    """What is done in each moment.

    actions: what can be done
    layer: (S,), or (1,) where it is the same in every session: which layer of the table a session has
    energy, growth, trust: the steps of the table
    choices: (layers, K, E, G, T, M) numbers of actions, of which the first `counts`, (layers, K, E, G, T), lead
    """

    name: str
    actions: tuple[Action, ...]
    choices: NDArray[np.int8]
    counts: NDArray[np.int8]
    layer: Codes
    energy: Steps = Steps()
    growth: Steps = Steps()
    trust: Steps = Steps()

    def layer_at(self, session: int) -> int:
        """The layer for a session."""
        return int(self.layer[min(session, len(self.layer) - 1)])

    def over(self, *, energy: Steps = Steps(), growth: Steps = Steps(), trust: Steps = Steps()) -> Policy:
        """The same table over these steps."""
        return replace(self, energy=energy, growth=growth, trust=trust)

    def choose(self, session: int, moment: Codes, place: tuple[Array, Array, Array], tie: Array) -> Codes:
        """(N,): what is done, in moments (N,) at trust, growth and energy, (N,) each; `tie` is from 0 to 1."""
        tau, growth, energy = place
        at = self.layer_at(session), moment, self.energy(energy), self.growth(growth), self.trust(tau)
        pick = (tie * self.counts[at]).astype(np.intp)
        return np.asarray(self.choices[(*at, pick)], np.intp)


def table(name: str, actions: Sequence[Action], leads: NDArray[np.bool_], layer: Sequence[int] = (0,)) -> Policy:
    """A policy of what leads, (layers, K, E, G, T, A): several that do tie. Raises ValueError where none does."""
    counts = leads.sum(-1)
    if not counts.all():
        raise ValueError("a policy does something in every moment")
    order = np.argsort(~leads, axis=-1, kind="stable")[..., : counts.max()]
    return Policy(name, tuple(actions), order.astype(np.int8), counts.astype(np.int8), np.array(layer, np.intp))


def always(action: Action, name: str = "") -> Policy:
    """The same in every moment."""
    return table(name or action.id, [action], np.ones((1, K, 1, 1, 1, 1), bool))


def threshold(trust: float, above: Action = GENTLE, below: Action = LET_GO) -> Policy:
    """One thing where there is this much trust, and another where there is less."""
    leads = np.zeros((1, K, 1, 1, 2, 2), bool)
    leads[..., 0, 1] = leads[..., 1, 0] = True
    return table("threshold", [above, below], leads).over(trust=steps_at([trust]))


def optimum(world: World, actions: Sequence[Action] = FIVE_ACTIONS, grid: Grid = COARSE) -> Policy:
    """What is worth most, by backward induction, at the nearest point of the grid."""
    return of_solution(solve([world], actions, grid))


def of_solution(solution: Solution, world: int = 0) -> Policy:
    """The policy of one world of a solution; of equals, the first."""
    chosen = solution.policy[:, world]
    energy, growth, trust = map(nearest_points, solution.tables.grid.shape)
    alone = np.ascontiguousarray(chosen[..., None]), np.ones_like(chosen), np.arange(len(chosen))
    return Policy("optimum", solution.tables.actions, *alone, energy, growth, trust)


REFERENCES = {
    "out_loud": always(CALL_OUT, "out_loud"),
    "never": always(LET_GO, "never"),
    "kindly": always(GENTLE, "kindly"),
}
"""{name: always the same response}: beside these, what a book does can be seen. None of them is meant as advice."""
