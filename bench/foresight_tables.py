"""What was published of foresight's model beside what comes out here, row by row; `OUT` where a row does not come out.

`python bench/foresight_tables.py [N]`: N sets of assumptions for the costs, half as many more for the regions and ten
times as many draws for what therapies settle; 400 unless said otherwise, which takes some ten minutes.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the published rows are those of the tests

import numpy as np
from tests.foresight import anchors, mistaken, published, settling

from poise.foresight import MOMENTS, Setting, Values, World, decompose, hinges, solve
from poise.foresight.grid import FINE, Grid
from poise.foresight.parameters import RECEPTIVE
from poise.foresight.tables import PARTS

NAMES = ("let go", "ask", "gentle", "privately", "call out")
FIRST = ("call out", "gentle", "privately", "wait", "not at all")
WORLD = World(setting=Setting(present=0.4))


def main(count: int = 400) -> None:
    """Print every table."""
    worth()
    costs(count)
    regions(count * 3 // 2)
    parts()
    cells()
    figures()
    settled(count * 10)
    mistakes()
    losses()
    hinged()


def worth() -> None:
    """The optimum at trust .5."""
    print("Published, here, and how far apart at most\n\nWhat the optimum is worth at trust .5")
    for what, grid, theirs in (("31 by 6 by 7 points", FINE, 11.624), ("101 by 21 by 21", Grid(101, 21, 21), 11.637)):
        show(what, (theirs,), (float(solve([WORLD], grid=grid).value_at(0.5)[0]),), 3, 0.005)


def costs(count: int) -> None:
    """What each response costs, on average and in one set in ten."""
    head("What each costs, one-shot, in good sessions of help; then what one set in ten goes beyond", NAMES)
    for where in published.PRESENT:
        rows = [row for row in published.COSTS if row.where == where]
        for found, row in zip(published.costs(where, count), rows, strict=True):
            show(f"{where}, trust {row.trust:.2f}", row.mean, found.mean, 2, published.COST_TOLERANCE)
            theirs = [row.tenth.get(name, np.nan) for name in published.RESPONSES]
            show("  one in ten", theirs, list(found.tenth.values()), 2, published.TENTH_TOLERANCE)


def regions(count: int) -> None:
    """What leads over all that can be thought of."""
    head("What comes first over all that can be thought of, per cent", FIRST)
    for where in published.PRESENT:
        regions_of(where, published.worlds(where, count, wide=True), published.REGIONS)


def regions_of(where: str, worlds: Sequence[World], published_rows: Sequence[published.Region]) -> None:
    """Both rows of one place."""
    areas = [area for area in published_rows if area.where == where]
    for region, area in zip(published.regions(where, worlds), areas, strict=True):
        show(f"{where}, trust {area.trust:.2f}", area[2:], region[2:], 0, published.REGION_TOLERANCE)


GENTLY = {
    0.25: {"help": -0.15, "growth": 0.12, "energy": -0.06, "leaving": -0.06, "harm": -0.01},
    0.70: {"growth": 0.21, "energy": -0.08},
}
"""Gentle less let go, one to one, in the parts that were published."""


def parts() -> None:
    """Why: one difference in its parts; those that were not published are left empty."""
    head("Gentle less let go, one to one, in parts", PARTS)
    told = decompose(solve([World()]))
    for trust, theirs in GENTLY.items():
        ours = [float(worth[0, 1, 2] - worth[0, 1, 0]) for worth in (told.at(trust)[part] for part in PARTS)]
        show(f"trust {trust:.2f}", [theirs.get(part, math.nan) for part in PARTS], ours, 2, 0.03)


def cells() -> None:
    """In how many cells waiting leads."""
    print("\nCells of 180 in which nothing is said now, and something later")
    for row in published.CELLS:
        show(row.what, (row.published,), (published.cells(row.assumptions),), 0, published.CELL_TOLERANCE)
    nothing = Values(help=0, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    first = solve([World(values=nothing)]).first
    show(
        "nothing valued: moments that tie",
        (len(MOMENTS),),
        (int((np.ptp(first[0], axis=1) == 0).all((1, 2, 3)).sum()),),
        0,
        0,
    )


def figures() -> None:
    """What was published of therapies."""
    print("\nPublished of therapies; each may lie in an interval of its own")
    lived = anchors.lived()
    for anchor in anchors.ANCHORS:
        found = anchor.found(lived)
        verdict = "" if anchor.holds(found) else "   OUT"
        print(f"{anchor.what:52}{anchor.published:6.3f} {found:6.3f}   {anchor.low:.2f} to {anchor.high:.2f}{verdict}")


def settled(count: int) -> None:
    """Whether that settles anything."""
    theirs, (ours, some) = settling.PUBLISHED, settling.settled(count)
    print(f"\nWhat those settle of strain, over {count:,} wide draws")
    show("draws that fit, per cent", (100 * theirs.share,), (100 * ours.share,), 1, 10)
    show("strain: mean, sd of all", theirs.prior, ours.prior, 2, 0.1)
    show("strain: mean, sd of those", theirs.strain, ours.strain, 2, 0.2)
    head("What comes first in those alone, per cent", FIRST)
    for where, present in published.PRESENT.items():
        regions_of(where, settling.at_every(some, present, RECEPTIVE), published.FITTING)


def mistakes() -> None:
    """What believing the wrong strain costs, and what knowing trust adds."""
    print("\nLost by believing the wrong strain, per cent at most: too low, too high")
    for where in mistaken.PLACES:
        theirs = mistaken.PUBLISHED if where == mistaken.PUBLISHED.where else (where, math.nan, math.nan)
        show(where, theirs[1:], mistaken.wrong_strain(where)[1:], 1, mistaken.STRAIN_TOLERANCE)
    print("\nAdded by knowing trust exactly, per cent at most (here against knowing no more than its mean: a bound)")
    for row in mistaken.KNOWING:
        show(row.what, (row.published,), (mistaken.knowing_adds(row, 50_000),), 2, 0.5)


def losses() -> None:
    """What fixed policies lose."""
    head("What is lost by fixed policies, per cent", ("out loud", "never", "kindly", "threshold"))
    for row in published.LOSSES:
        show(row.what, row.lost, published.losses(row).lost, 1, published.LOSS_TOLERANCE)
    print("with worlds chosen to come near, as the published ones were not told:")
    for row in published.GUESSED:
        show(row.what, row.lost, published.losses(row).lost, 1, 5)


HINGES = {
    "one_to_one": {"strain": 0.56, "trust_today": 0.30, "receptive": 0.15, "growth": 0.13, "repair": 0.11},
    "target_present": {"strain": 0.39, "silence": 0.24, "harm": 0.20, "trust_today": 0.12},
}
"""Total Sobol indices as published, of 4,608 solves."""


def hinged() -> None:
    """What it hinges on, as shipped; `bench/foresight_hinges.py` finds it anew."""
    print("\nWhat it hinges on: total Sobol indices")
    for where, rows in HINGES.items():
        ours = {hinge.name: hinge.total for hinge in hinges()[where].hinges}
        for name, theirs in rows.items():
            show(f"{where.replace('_', ' ')}, {name}", (theirs,), (ours[name],), 2, 0.1)


def head(what: str, names: Sequence[str]) -> None:
    """A title, and the columns under it."""
    print(f"\n{what}\n{'':32}" + "".join(f"{name:>14}" for name in names))


def show(what: str, theirs: Sequence[float], ours: Sequence[float], digits: int, tolerance: float) -> None:
    """One row; what was not published is left empty."""
    told = [("-" if math.isnan(a) else f"{a:.{digits}f}", f"{b:.{digits}f}") for a, b in zip(theirs, ours, strict=True)]
    apart = max((abs(a - b) for a, b in zip(theirs, ours, strict=True) if not math.isnan(a)), default=0.0)
    pairs = "".join(f"{f'{a} {b}':>14}" for a, b in told)
    print(f"{what:32}" + pairs + f"{apart:8.{digits}f}" + ("" if apart <= tolerance else "   OUT"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
