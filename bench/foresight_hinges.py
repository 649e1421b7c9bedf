"""What now-or-later hinges on: Sobol indices with SALib, written to `src/poise/foresight/hinges.json`.

`python bench/foresight_hinges.py [N]`: N base draws, a power of two, 1,024 unless said otherwise. Each takes a world
solved for every parameter and two more, some 60,000 solves in all; ten minutes or so. `--print` writes nothing.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from poise.foresight import FIVE_ACTIONS, MOMENTS, Moment, Setting, World, solve
from poise.foresight.bands import TIE, advantage
from poise.foresight.grid import COARSE, Grid
from poise.foresight.hinging import TODAY, ranges
from poise.foresight.solving import between
from poise.foresight.worlds import world_with

TARGET = Path(__file__).resolve().parent.parent / "src" / "poise" / "foresight" / "hinges.json"
PLACES = {
    "one_to_one": (Setting(), Moment(0.55, present=False)),
    "target_present": (Setting(present=0.8), Moment(0.55, present=True)),
}
BASE, SEED, CONFIDENCE, RESAMPLES = 1024, 2026, 0.95, 1000
ENERGY = 0.9
GRID: Grid = COARSE


def main(*options: str) -> None:
    """Find the indices of both places, print them, and write them down."""
    numbers = [int(option) for option in options if option.isdigit()]
    base = numbers[0] if numbers else BASE
    found = {"made": made(base), "places": {where: indices(where, base) for where in PLACES}}
    for where, place in found["places"].items():
        show(where, place)
    if "--print" not in options:
        TARGET.write_text(written(found), encoding="utf-8")


def made(base: int) -> dict[str, Any]:
    """How it was found."""
    return {
        "script": "bench/foresight_hinges.py",
        "method": "Sobol indices, sampled as Saltelli et al. (2010), worked out by SALib",
        "base_draws": base,
        "seed": SEED,
        "confidence": CONFIDENCE,
        "grid": list(GRID),
        "severity": 0.55,
        "energy": ENERGY,
        "ranges": {name: list(ends) for name, ends in ranges().items()},
    }


def indices(where: str, base: int, seed: int = SEED, resamples: int = RESAMPLES) -> dict[str, Any]:
    """First and total indices of one place, with intervals, and what their spread is a share of."""
    from SALib.analyze.sobol import analyze  # noqa: PLC0415 - the names alone are looked at without it
    from SALib.sample.sobol import sample  # noqa: PLC0415

    names = list(ranges())
    problem = {"num_vars": len(names), "names": names, "bounds": [list(ends) for ends in ranges().values()]}
    draws = sample(problem, base, calc_second_order=False, seed=seed)
    worth = worths(where, [dict(zip(names, map(float, row), strict=True)) for row in draws])
    options = {"calc_second_order": False, "num_resamples": resamples, "conf_level": CONFIDENCE, "seed": seed}
    found = analyze(problem, worth, **options)
    columns = [found[key].tolist() for key in ("S1", "S1_conf", "ST", "ST_conf")]
    return {
        "mean": round(float(worth.mean()), 4),
        "sd": round(float(worth.std()), 4),
        "now": round(float((worth > TIE).mean()), 4),
        "solves": len(draws),
        "indices": {name: [round(x, 4) for x in row] for name, *row in zip(names, *columns, strict=True)},
    }


def worths(where: str, draws: list[dict[str, float]]) -> np.ndarray:
    """(N,): what speaking to it now is worth over not doing so, in good sessions of help."""
    setting, moment = PLACES[where]
    base = World(setting=setting)
    return np.array([_worth(base, moment, dict(draw)) for draw in draws])


def _worth(base: World, moment: Moment, draw: dict[str, float]) -> float:
    trust = draw.pop(TODAY)
    solution = solve([world_with(base, draw)], FIVE_ACTIONS, GRID)
    at = between(solution.first[:, MOMENTS.index(moment)], GRID, trust, ENERGY, 0.0)
    return float(advantage(at, FIVE_ACTIONS)[0])


def show(where: str, place: dict[str, Any]) -> None:
    """One table, what matters most first."""
    print(
        f"\n{where}: {place['solves']} solves; mean {place['mean']:.2f}, sd {place['sd']:.2f}, now {place['now']:.2f}"
    )
    print(f"{'':20}{'first':>16}{'total':>16}")
    for name, (first, within, total, around) in sorted(place["indices"].items(), key=lambda item: -item[1][2]):
        print(f"{name:20}{first:8.2f} ± {within:.2f}{total:10.2f} ± {around:.2f}")


def written(found: dict[str, Any]) -> str:
    """As JSON, one line for each parameter."""
    text = json.dumps(found, indent=1)
    return re.sub(r"\[\s+([^\[\]]*?)\s+\]", lambda match: "[" + re.sub(r"\s+", " ", match[1]) + "]", text) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
