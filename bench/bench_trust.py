"""Trust, followed: ours beside two Kalman filters, on the same logs in one run.

`python bench/bench_trust.py [ENCOUNTERS]`. Every rupture and repair is known and no rating is at an end of its scale,
so all three compute the same; where they differ the run stops. statsmodels and pykalman are used where they are
installed. Time is processor time of one thread, the median of turns taken one after another.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from poise.relationship import Encounter, Instrument, Item, follow
from poise.relationship.constants import FOR_ONE_PERSON as C
from poise.relationship.encounters import SHARE
from poise.relationship.filtering import H
from poise.relationship.simulation import reproduced, signs, simulate

LINE = Instrument("line", "a line", (Item("line", -1000.0, 1000.0),), 0.7, "none", mean=0.0, sd=1.0)
USUAL, TURNS = 100, 7
NEAR = 1e-8
Filter = Callable[[list[Encounter]], np.ndarray]


def main(most: int = 10_000) -> None:
    """Measure, compare and print."""
    filters: dict[str, Filter] = {"poise": lambda log: follow(log, LINE).means}
    if find_spec("statsmodels"):
        filters["statsmodels"] = by_statsmodels
    if find_spec("pykalman"):
        filters["pykalman"] = by_pykalman
    for name in {"statsmodels", "pykalman"} - filters.keys():
        print(f"{name} is not installed and is left out")
    for length in (USUAL, most):
        compared(filters, invented(length))
    unsaid = [Encounter(one.rating) for one in invented(most)]
    works: dict[str, Callable[[], object]] = {
        f"{most} encounters with nothing but ratings": lambda: follow(unsaid, LINE),
        "published figures, 100,000 relationships": lambda: reproduced(np.random.default_rng(1)),
        "published directions, the same": lambda: signs(np.random.default_rng(1)),
    }
    print("\npoise alone                                      s")
    for name, work in works.items():
        print(f"{name:44}{spent(work):7.2f}")


def compared(filters: dict[str, Filter], log: list[Encounter]) -> None:
    """One table: milliseconds, and how many times ours."""
    taken: dict[str, list[float]] = {name: [] for name in filters}
    for _ in range(TURNS):
        for name, run in filters.items():
            taken[name].append(spent(lambda run=run: run(log)))  # type: ignore[misc]
    ours = filters["poise"](log)
    print(f"\n{len(log)} encounters            ms   times ours   most apart")
    for name, run in filters.items():
        apart = float(np.abs(run(log) - ours).max())
        if apart > NEAR:
            sys.exit(f"{name} and poise disagree by {apart}")
        middle = statistics.median(taken[name])
        print(f"{name:20}{middle * 1000:9.2f}{middle / statistics.median(taken['poise']):13.2f}{apart:13.0e}")


def invented(length: int) -> list[Encounter]:
    """The log of one invented relationship, one rating in ten missing."""
    made = simulate(np.random.default_rng(3), 1, length)
    units = LINE.rated(1.0).at
    return [
        Encounter(
            None if t % 10 == 9 else float(made.rating[t, 0]) / units,
            bool(made.rupture[t, 0]),
            "yes" if made.repair[t, 0] else "no",
        )
        for t in range(length)
    ]


def matrices(log: list[Encounter]) -> dict[str, Any]:
    """The model as other filters take it: one matrix per step, the first step's prediction as the start."""
    fade, spread = np.diag([1, C.phi, C.lam]), np.diag([0, (1 - C.phi**2) * C.ss**2, 0])
    gone = np.array([C.e * SHARE[one.repair or "no"] for one in log])
    torn = np.array([float(bool(one.rupture)) for one in log])
    repair = np.tile(np.eye(3), (len(log), 1, 1))
    repair[:, 0, 2], repair[:, 2, 2] = C.beta * gone, 1 - gone
    cost, noise = np.outer(torn, [0, 0, C.d]), torn[:, None, None] * np.diag([0, 0, C.dv**2])
    turned = repair.transpose(0, 2, 1)
    start = np.diag([C.sb**2, C.ss**2, 0]) + noise[0]
    return {
        "transition": repair @ fade,
        "intercept": np.einsum("tij,tj->ti", repair, cost),
        "spread": repair @ (spread + noise) @ turned,
        "start": (repair[0] @ cost[0], repair[0] @ start @ turned[0]),
        "growth": -C.g * np.expm1(-np.arange(len(log)) / 4),
        "ratings": np.array([np.nan if one.rating is None else LINE.rated(one.rating).at for one in log]),
    }


def by_statsmodels(log: list[Encounter]) -> np.ndarray:
    """Filtered means (T, 3) by statsmodels' compiled filter."""
    from statsmodels.tsa.statespace.kalman_filter import KalmanFilter  # noqa: PLC0415

    made = matrices(log)
    model = KalmanFilter(k_endog=1, k_states=3, loglikelihood_burn=0)
    model.bind((made["ratings"] - made["growth"])[:, None])
    model["design"], model["obs_cov"] = H[None], np.array([[LINE.noise_variance]])
    model["selection"] = np.eye(3)
    model["transition"] = np.roll(made["transition"], -1, axis=0).transpose(1, 2, 0)
    model["state_intercept"] = np.roll(made["intercept"], -1, axis=0).T
    model["state_cov"] = np.roll(made["spread"], -1, axis=0).transpose(1, 2, 0)
    model.initialize_known(*made["start"])
    return np.asarray(model.filter().filtered_state.T)


def by_pykalman(log: list[Encounter]) -> np.ndarray:
    """Filtered means (T, 3) by pykalman."""
    from pykalman import KalmanFilter  # noqa: PLC0415

    made = matrices(log)
    model = KalmanFilter(
        transition_matrices=made["transition"][1:],
        transition_offsets=made["intercept"][1:],
        transition_covariance=made["spread"][1:],
        observation_matrices=H[None],
        observation_covariance=np.array([[LINE.noise_variance]]),
        initial_state_mean=made["start"][0],
        initial_state_covariance=made["start"][1],
    )
    return np.asarray(model.filter(np.ma.masked_invalid(made["ratings"] - made["growth"])[:, None])[0])


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
