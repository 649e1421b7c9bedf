"""Moves in bargaining, to learn from: read where they lie, in the folder that is named."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the simulated persons and the data's reader are those of the tests

COLUMNS = ("stage", "prev", "partner_prev", "svo", "agree", "high_issue")
STAGES = {"t2-3": "t2_3", "t4-5": "t4_5", "t6+": "t6_more"}


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


def moves(folder: Path | None) -> Moves | None:
    """CaSiNo (Chawla et al. 2021), if it is there."""
    file = folder / "casino.csv" if folder else None
    if file is None or not file.exists():
        return None
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    x = np.array([[named(row[column]) for column in COLUMNS] for row in rows], object)
    y = np.array([named(row["choice"]) for row in rows])
    return Moves(x, y, np.array([r["split"] == "test" for r in rows]), np.array([r["conv"] for r in rows]))


def named(value: str) -> str:
    """An answer as the book writes it."""
    return STAGES.get(value, value.replace("-", "_"))
