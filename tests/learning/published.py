"""Published choice data in long form, and what is published about them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np

from poise.learning.model.choices import Choices
from poise.learning.model.layout import Prior

ROOT = Path(__file__).resolve().parents[2]
SHARED = next((p for p in (ROOT.parent / "shared", ROOT / "shared") if (p / "data" / "choice").is_dir()), None)
"""Where the published data lie, on machines that have them."""


def expected() -> dict[str, Any]:
    """What is published about each data set."""
    assert SHARED is not None
    found: dict[str, Any] = json.loads((SHARED / "data" / "choice" / "expected.json").read_text(encoding="utf-8"))
    return found


def long_form(name: str, columns: list[str]) -> Choices:
    """A file of one row for each case and alternative."""
    assert SHARED is not None
    with (SHARED / "data" / "choice" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return from_rows(rows, columns)


def from_rows(rows: list[dict[str, str]], columns: list[str]) -> Choices:
    """Rows with `case`, `alt`, `chosen` and the columns; cases may lack alternatives."""
    cases, alts = (list(dict.fromkeys(row[name] for row in rows)) for name in ("case", "alt"))
    at_case, at_alt = ({name: i for i, name in enumerate(names)} for names in (cases, alts))
    phi = np.zeros((len(cases), len(alts), len(columns)))
    stood, chosen = np.zeros(phi.shape[:2], np.bool_), np.zeros(phi.shape[:2])
    for row in rows:
        at = at_case[row["case"]], at_alt[row["alt"]]
        phi[at] = [float(row[column]) for column in columns]
        stood[at], chosen[at] = True, float(row["chosen"])
    return Choices(phi, chosen, stood, np.ones(len(cases)), np.zeros((len(cases), 0)), 0, done=False)


def flat(size: int) -> Prior:
    """No prior at all: maximum likelihood."""
    return Prior(np.zeros(size), np.full(size, np.inf), np.zeros(size))
