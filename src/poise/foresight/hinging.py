"""What now-or-later hinges on: Sobol indices over the plausible ranges, found once and shipped as `hinges.json`.

What is looked at is what speaking to it now is worth over not doing so (`bands.advantage`), for a moderate remark,
once one to one and once with someone there whom it hits. Everything that nobody knows or that is a value is drawn
evenly and independently from its plausible range, and so are how open they are and the trust there is today.

    first   Var(E[Y | x]) / Var(Y)          what of the spread would go if x were known
    total   1 - Var(E[Y | all but x]) / Var(Y)     what would stay if only x were unknown

Sobol (2001), Math. Comput. Simul. 55; sampled as Saltelli et al. (2010) do, Comput. Phys. Commun. 181; worked out by
SALib. An index says what matters over these ranges, which are judgements. It is no measurement of people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from .parameters import SOURCES, Assumptions, Values, named

TODAY = "trust_today"
"""The trust there is now: no parameter of a world, and one of what it hinges on."""
TODAY_RANGE = (0.1, 0.9)
"""From the middle of the least of five answers about trust to the middle of the most."""
TODAY_SAYS = "the trust there is between you today"
RECEPTIVE = "receptive"


class Hinge(NamedTuple):
    """One thing it may hinge on, and how far; intervals are half as wide as the middle 95 per cent.

    name: a key of `SOURCES`, or `trust_today`; `says`: the same in words
    first, total: shares of the spread, 0 to 1 but for noise
    """

    name: str
    says: str
    first: float
    first_interval: float
    total: float
    total_interval: float


@dataclass(frozen=True)
class Hinges:
    """What it hinges on in one place, what matters most first.

    where: `one_to_one` or `target_present`
    mean, sd: of what is looked at, in good sessions of help, over the draws
    now: the share of draws in which speaking to it now is worth more
    solves: how many worlds were solved for it
    """

    where: str
    mean: float
    sd: float
    now: float
    solves: int
    hinges: tuple[Hinge, ...]


def ranges() -> dict[str, tuple[float, float]]:
    """{name: what it is drawn from}, in the order of the draws: all that has a plausible range, and trust today."""
    names = [named(kind, one.name) for kind in (Assumptions, Values) for one in fields(kind)]
    spread = {name: SOURCES[name].plausible for name in (*names, RECEPTIVE)}
    return {name: ends for name, ends in spread.items() if ends[0] < ends[1]} | {TODAY: TODAY_RANGE}


def says(name: str) -> str:
    """What it may hinge on, in words."""
    return TODAY_SAYS if name == TODAY else SOURCES[name].what


@cache
def shipped() -> dict[str, Any]:
    """The shipped file as it is: `made` says by which script, from which seed, by how many solves."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("hinges.json").read_text(encoding="utf-8"))
    return found


def hinges() -> dict[str, Hinges]:
    """{place: what now-or-later hinges on there}, as `python bench/foresight_hinges.py` found and wrote it.

    `shipped()["made"]` holds the seed, the number of draws and of solves, and the grid. The script takes minutes, so
    what it found is shipped; a test runs it again with few draws and looks whether it comes near.
    """
    return {where: _told(where, found) for where, found in shipped()["places"].items()}


def _told(where: str, found: dict[str, Any]) -> Hinges:
    each = [Hinge(name, says(name), *numbers) for name, numbers in found["indices"].items()]
    each.sort(key=lambda hinge: -hinge.total)
    return Hinges(where, found["mean"], found["sd"], found["now"], found["solves"], tuple(each))
