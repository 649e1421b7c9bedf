"""What was published of foresight's model beside what comes out here, row by row.

`python bench/foresight_tables.py [N]`: N sets of assumptions for the costs and half as many more for the regions, at
three levels of receptiveness; 400 unless said otherwise, which takes a minute or two.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the published rows are those of the tests

from tests.foresight import published

NAMES = ("let go", "ask", "gentle", "privately", "call out")
FIRST = ("call out", "gentle", "privately", "wait", "not at all")


def main(count: int = 400) -> None:
    """Print the four tables."""
    print("What each costs, one-shot, in good sessions of help: published, here, and how far apart at most")
    print(f"{'':24}" + "".join(f"{name:>14}" for name in NAMES))
    for where in published.PRESENT:
        rows = [row for row in published.COSTS if row.where == where]
        for found, row in zip(published.costs(where, count), rows, strict=True):
            show(f"{where}, trust {row.trust:.2f}", row[2:], found[2:], 2, published.COST_TOLERANCE)
    print("\nWhat comes first over all that can be thought of, per cent")
    print(f"{'':24}" + "".join(f"{name:>14}" for name in FIRST))
    for where in published.PRESENT:
        areas = [area for area in published.REGIONS if area.where == where]
        for region, area in zip(published.regions(where, count * 3 // 2), areas, strict=True):
            show(f"{where}, trust {area.trust:.2f}", area[2:], region[2:], 0, published.REGION_TOLERANCE)
    print("\nCells of 180 in which nothing is said now, and something later")
    for cells in published.CELLS:
        show(cells.what, (cells.published,), (published.cells(cells.assumptions),), 0, published.CELL_TOLERANCE)
    print("\nWhat is lost by always calling out, never saying anything, always saying it gently, per cent")
    for loss in published.LOSSES:
        show(loss.what, loss[3:], published.losses(loss)[3:], 1, published.LOSS_TOLERANCE)


def show(what: str, theirs: tuple[float, ...], ours: tuple[float, ...], digits: int, tolerance: float) -> None:
    """One row."""
    pairs = "".join(f"{f'{a:.{digits}f} {b:.{digits}f}':>14}" for a, b in zip(theirs, ours, strict=True))
    apart = max(abs(a - b) for a, b in zip(theirs, ours, strict=True))
    print(f"{what:32}"[:32] + pairs + f"{apart:8.{digits}f}" + ("" if apart <= tolerance else "   OUT"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
