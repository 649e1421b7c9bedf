"""One scenario, one row: what it is worth, what speaks for now, and what imagined relationships come to.

Chance is counted, not carried on (see `simulating.chance`): the people of a scenario are those from its number times
2**20 on, so no row depends on which others were worked out before it, where, or by how many workers. All policies of a
scenario meet the same chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ...rulebook.reading import read
from ...rulebook.rulebook import Rulebook
from ..actions import FIVE_ACTIONS, MOMENTS, Moment
from ..bands import advantage
from ..simulating import REFERENCES, Lives, Policy, Start, of_solution, policy_of, simulate, threshold
from ..solving import Solution, solve
from ..timing import timing
from .asked import ROOM, Scenario

SHOWN = {"one_to_one": Moment(0.55, present=False), "target_present": Moment(0.55, present=True)}
"""The moments whose advantage a row tells: a moderate remark, with and without someone it hits."""
POLICIES = ("optimum", *REFERENCES, "threshold")
"""What relationships can be lived through with, besides rulebooks."""
LIVED = ("left", "ruptures", "repairs", "help", "harm", "eased", "elsewhere", "growth", "trust", "spent", "sessions")
"""What is told of lives, as means over people: see `simulating.Lives`."""


def row_of(scenario: Scenario) -> dict[str, Any]:
    """The row, as plain data. Worth is in good sessions of help.

    scenario, at: its number, and what was varied
    worth: of the optimum, before the first moment is known
    now: {moment: what speaking to it now is worth over not doing so}
    waits: in how many of the six moments nothing is said now, and something later as trust grows
    policies: {policy, or book: {worth, worth_sd, and means over people}}
    """
    solution = solve([scenario.world], FIVE_ACTIONS, scenario.points)
    first = solution.at(scenario.trust, scenario.energy)[0] / (scenario.world.values.help or 1.0)
    now = advantage(first, FIVE_ACTIONS)
    return {
        "scenario": scenario.number,
        "at": scenario.at,
        "worth": float(solution.value_at(scenario.trust, scenario.energy)[0]),
        "now": {where: float(now[MOMENTS.index(moment)]) for where, moment in SHOWN.items()},
        "waits": int(timing(solution, scenario.trust, scenario.energy).silent_first.sum()),
        "policies": {name: told(lived(scenario, policy)) for name, policy in policies(scenario, solution)},
    }


def policies(scenario: Scenario, solution: Solution) -> Iterator[tuple[str, Policy]]:
    """All that the people of a scenario are lived through with, by name."""
    if not scenario.people:
        return
    own = {"optimum": of_solution(solution), **REFERENCES, "threshold": threshold(scenario.threshold)}
    yield from ((name, own[name]) for name in scenario.policies)
    for name, book in scenario.books.items():
        yield name, policy_of(rulebook(name, book.text), scenario.world, book.given)


@lru_cache(maxsize=64)
def rulebook(name: str, text: str) -> Rulebook:
    """A book, read once for all scenarios. Raises Mistakes."""
    return read(name, text)


def lived(scenario: Scenario, policy: Policy) -> Lives:
    """The people of a scenario under one policy; all begin with the same trust."""
    start = Start(scenario.trust, spread=0.0, energy=scenario.energy)
    first = scenario.number * ROOM
    return simulate(scenario.world, policy, scenario.people, seed=scenario.seed, start=start, first=first)


def told(found: Lives) -> dict[str, float]:
    """Lives as numbers."""
    worth = found.worth()
    means = {name: float(getattr(found, name).mean()) for name in LIVED}
    return {"worth": float(worth.mean()), "worth_sd": float(worth.std()), **means}
