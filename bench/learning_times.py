"""One more choice taken in: ours beside a refit of its neighbours, in turns in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import learning_peers
import numpy as np
from learning_ways import folded
from sklearn.linear_model import LogisticRegression
from tests.learning.persons import GUIDELINES, realistic

from poise.learning.model.drifting import Filter
from poise.learning.model.evidence import averaged
from poise.learning.model.posterior import fit

TURNS, TIMES = 11, 3
REFIT = "refit, from where it stood"
AIM = 0.001


def times() -> None:
    """The median of turns; processor time of the one thread that asks, but of all threads for NUTS."""
    print("\nTime for one more choice (25 guidelines, 5 responses): milliseconds, and beside our refit")
    for count in (100, 300):
        ways = updates(count)
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(TURNS):
            for name, work in ways.items():
                taken[name].append(timed(work, time.thread_time, TIMES))
        found = {name: statistics.median(each) for name, each in taken.items()}
        found |= chain(count)
        for name, seconds in found.items():
            print(f"  {count:>5}  {name:52}{1000 * seconds:10.3f}{seconds / found[REFIT]:10.2f}")
        print(f"  target: at most 1 ms by a refit, the median: {'holds' if found[REFIT] <= AIM else 'MISSED'}")


def updates(count: int) -> dict[str, Callable[[], Any]]:
    """Ways to take in the last of so many choices."""
    person = realistic(1)
    given, whom, _, picked = person.moments(np.random.default_rng(0), count)
    choices = person.choices(given, whom, picked)
    before = fit([choices.part(slice(0, count - 1))], person.prior)
    begun = folded(Filter(person.written, np.diag(person.prior.sds**2), np.zeros(GUIDELINES)), choices)
    flat = choices.phi.reshape(count, -1)
    return {
        REFIT: lambda: fit([choices], person.prior, None, before),
        "refit, from nothing": lambda: fit([choices], person.prior),
        "refit, decisiveness and spread averaged over": lambda: averaged([choices], person.prior),
        "the filter, one step": lambda: begun.updated(choices.phi[0], choices.stood[0], 0),
        "scikit-learn's logistic regression, refit": lambda: LogisticRegression(max_iter=500).fit(flat, picked),
    }


def chain(count: int) -> dict[str, float]:
    """NUTS on the same, 500 and 2,000 draws, compiled before."""
    person = realistic(1)
    choices, _ = person.lived(np.random.default_rng(0), count)
    prior, picked = person.prior, choices.chosen.argmax(axis=1)
    draw = learning_peers.sampler(choices.phi, picked, prior.means, prior.sds, 2000)
    if draw is None:
        return {}
    draw(0)
    return {"NUTS (numpyro), 500 draws to warm up and 2,000": timed(lambda: draw(1), time.process_time, 1)}


def timed(work: Callable[[], Any], clock: Callable[[], float], times: int) -> float:
    """Seconds of one run, on average."""
    start = clock()
    for _ in range(times):
        work()
    return (clock() - start) / times
