"""Simulated persons: how near learning comes to the truth, beside published figures of such a simulation.

The persons are those of the tests (`tests/learning/persons.py`); how likely a person's responses are to begin with, and
how far the written book is off, were set once so that they are as published. The rest comes out as it comes out. A cell
holds if it is within three standard errors of the difference of two simulations of as many persons, or .02, of what is
published, or is nearer to the truth than that.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import learning_peers
import numpy as np
from learning_ways import Shares, by, by_filter, by_logistic, by_peer, full, told, unwritten, written
from tests.learning import teaching
from tests.learning.persons import GUIDELINES, Person, anyone, calibrated, divergence, realistic

from poise.learning.model.drifting import Drifting
from poise.learning.model.evidence import averaged
from poise.learning.model.posterior import fit

PERSONS, FEWER = 40, 12
COUNTS = (10, 30, 100, 300)
WITHIN, LEAST = 3.0, 0.02


def tables() -> None:
    """All of them."""
    learners()
    priors()
    changes()
    teachers()
    coverage()


LEARNERS: tuple[tuple[str, Shares, tuple[float, ...], int], ...] = (
    ("same guidelines, unwritten", by(fit, unwritten), (0.473, 0.317, 0.180, 0.103), PERSONS),
    ("the written book", by(fit, written), (0.307, 0.225, 0.148, 0.095), PERSONS),
    ("the filter", by_filter, (0.310, 0.232, 0.145, 0.096), PERSONS),
    ("decisiveness and spread averaged", by(averaged, written), (0.329, 0.244, 0.140), PERSONS),
    ("and habits, relationships", by(averaged, full, "full"), (0.321, 0.234, 0.147, 0.080), PERSONS),
    ("logistic regression, C = .1", by_logistic(0.1), (0.617, 0.503, 0.359, 0.173), FEWER),
    ("logistic regression, C = 1", by_logistic(1.0), (0.617, 0.503, 0.359, 0.173), FEWER),
)
PEERS: tuple[tuple[str, str, Callable[..., Any], tuple[float, ...]], ...] = (
    ("Vowpal Wabbit, 1 pass", "vowpalwabbit", learning_peers.vowpal(1), (0.604, 0.490, 0.371, 0.356)),
    ("River, softmax regression", "river", learning_peers.river_softmax, (0.644, 0.568, 0.544, 0.419)),
)


def learners() -> None:
    """Realistic persons, by way of learning."""
    print("\n3a. Realistic persons: KL from the truth after so many choices (published)")
    print(f"  {'':36}" + "".join(f"{count:>22}" for count in COUNTS))
    peers = [(name, by_peer(fitter), known, FEWER) for name, package, fitter, known in PEERS if has(package)]
    begun = [kl(realistic, by(fit, written), 0, seed) for seed in range(PERSONS)]
    print(f"  {'the written book, nothing learned':36}{cell(begun, 0.416)}")
    for name, shares, known, persons in (*LEARNERS, *peers):
        found = [[kl(realistic, shares, count, seed) for seed in range(persons)] for count in COUNTS]
        print(f"  {name:36}" + row(found, known))


def has(package: str) -> bool:
    """Whether a neighbour is installed."""
    return importlib.util.find_spec(package) is not None


def kl(make: Callable[[int], Person], shares: Shares, count: int, seed: int) -> float:
    """One person's divergence, tested on 300 other moments."""
    person, draw = make(seed), np.random.default_rng(1000 + seed)
    test, lived = (told(person, draw, 300) for _ in range(2))
    return divergence(test["true"], shares(person, lived, test, count))


def row(found: list[list[float]], known: tuple[float, ...]) -> str:
    """Cells, each beside what is published, where it is."""
    beside = (*known, *[None] * (len(found) - len(known)))
    return "".join(cell(each, other) for each, other in zip(found, beside, strict=True))


def cell(found: list[float], known: float | None) -> str:
    """The mean, what is published, and whether they are the same but for chance, or ours is nearer."""
    mean = float(np.mean(found))
    if known is None:
        return f"{mean:.3f}".rjust(22)
    noise = max(LEAST, WITHIN * np.sqrt(2) * float(np.std(found)) / np.sqrt(len(found)))
    return f"{mean:.3f} ({known:.3f}) {'holds' if mean <= known + noise else 'MISSED'}".rjust(22)


def priors() -> None:
    """How wide the prior is, for persons of five kinds."""
    kinds: dict[str, Callable[[int], Person]] = {
        "calibrated": calibrated,
        "realistic": realistic,
        "kappa .4": lambda seed: replace(realistic(seed), decisiveness=0.4),
        "kappa 2": lambda seed: replace(realistic(seed), decisiveness=2.0),
        "40 % the other way": turned,
    }
    ways: dict[str, tuple[Shares, str]] = {
        "spread fixed": (
            by(fit, written),
            ".154 .113 .066 | .348 .249 .145 | .290 .199 .100 | .533 .402 .254 | .665 .372 .181",
        ),
        "a quarter of it": (
            by(fit, lambda person: person.prior.at(1.0, 0.25)),
            ".215 .192 .144 | .516 .469 .349 | .527 .477 .351 | .676 .624 .494 | 1.29 1.15 .802",
        ),
        "decisiveness and spread averaged": (
            by(averaged, written),
            ".178 .129 .069 | .329 .244 .140 | .207 .124 .070 | .509 .386 .232 | .462 .275 .148",
        ),
    }
    print("\n3b. How wide the prior is: KL after 10, 30 and 100 choices (published)")
    for at, (kind, make) in enumerate(kinds.items()):
        for name, (shares, published) in ways.items():
            found = [[kl(make, shares, count, seed) for seed in range(PERSONS)] for count in COUNTS[:3]]
            known = tuple(float(each) for each in published.split("|")[at].split())
            print(f"  {kind:20}{name:34}" + row(found, known))


def turned(seed: int) -> Person:
    """A realistic person for whom two in five guidelines pull the other way."""
    person = realistic(seed)
    ways = np.where(np.random.default_rng(70_000 + seed).random(GUIDELINES) < 0.4, -1.0, 1.0)
    return replace(person, true=ways * person.true)


def changes() -> None:
    """Persons who change, or not: choices 300 to 400 of a stream."""
    print("\n3c. Persons who change: KL over choices 300 to 400 (published)")
    known = {"none": (0.027, 0.030), "slow": (0.197, 0.113), "a jump at 200": (0.115, 0.068)}
    for how, (batch, mixed) in known.items():
        found = np.array([streamed(how, seed) for seed in range(FEWER)]).T
        print(f"  {how:20}all alike{cell(list(found[0]), batch)}   filters mixed{cell(list(found[1]), mixed)}")


def streamed(how: str, seed: int) -> tuple[float, float]:
    """The mean divergence late in a stream, of the filter without drift and of the mixture."""
    person, draw = replace(calibrated(seed)), np.random.default_rng(2000 + seed)
    state = Drifting.begin(person.written, np.diag(person.prior.sds**2), np.abs(person.written))
    losses = []
    for at in range(400):
        person = changed(person, how, at, draw)
        choices, shares = person.lived(draw, 1)
        phi, stood = choices.phi[0], choices.stood[0]
        if at >= 300:
            still = Drifting(state.filters[:1])
            losses.append([divergence(shares, each.predicted(phi, stood)[None]) for each in (still, state)])
        state = state.seen(phi, stood, int(choices.chosen[0].argmax()))
    still_loss, mixed_loss = np.mean(losses, axis=0)
    return float(still_loss), float(mixed_loss)


def changed(person: Person, how: str, at: int, draw: Any) -> Person:
    """The person a moment later: a random walk of .45 of what is written in a hundred choices, or a new draw."""
    if how == "slow":
        return replace(person, true=person.true + draw.normal(0, 0.045 * np.abs(person.written)))
    if how != "none" and at == 200:
        fresh = draw.normal(person.written, person.prior.sds)
        return replace(person, true=np.where(draw.random(GUIDELINES) < 0.4, fresh, person.true))
    return person


def teachers() -> None:
    """What choices, outcomes and hindsight teach about values: loss of value by the advice / intervals that hold."""
    print("\n3d. What teaches what a person values: value lost by the advice / intervals that hold it, 20 persons")
    print(f"  {'':36}" + "".join(f"{count:>14}" for count in COUNTS))
    lived = [teaching.lived(seed, 300) for seed in range(20)]
    lost: dict[str, list[float]] = {}
    for way in teaching.WAYS:
        cells = [np.mean([taught(way, each, count) for each in lived], axis=0) for count in COUNTS]
        lost[way] = [float(each[0]) for each in cells]
        print(f"  {way:36}" + "".join(f"{each[0]:.3f} / {each[1]:.2f}".rjust(14) for each in cells))
    order = all(lost["all"][at] <= min(each[at] for each in lost.values()) for at in range(4))
    order &= all(lost["gap"][at] < lost["one"][at] <= lost["choices"][at] + 0.005 for at in (1, 2, 3))
    print(f"  target: all of it loses least; with a gap less than without, and that less than choices: {held(order)}")


def taught(way: str, each: Any, count: int) -> tuple[float, float]:
    """One person's loss and coverage."""
    whole, prior, values, later = each
    posterior = teaching.taught(way, whole.first(count), prior)
    return teaching.regret(posterior, values, later), teaching.covered(posterior, values)


def coverage() -> None:
    """Whether intervals hold nine in ten."""
    print(f"\nIntervals made to hold nine in ten: how many do, {PERSONS} persons")
    print(f"  {'':60}" + "".join(f"{count:>8}" for count in COUNTS))
    ways: tuple[tuple[str, Any, Any, str, tuple[float, float]], ...] = (
        ("prior exactly right, nothing averaged", calibrated, fit, "plain", (0.87, 0.93)),
        ("anybody it believes in, averaged", anyone, averaged, "plain", (0.87, 0.93)),
        ("prior exactly right, averaged all the same", calibrated, averaged, "plain", (0.85, 0.97)),
        ("realistic, averaged, with habits and relationships", realistic, averaged, "full", (0.80, 1.0)),
    )
    for name, make, search, form, (low, high) in ways:
        found = [float(np.mean([covered(make, search, form, n, s) for s in range(PERSONS)])) for n in COUNTS]
        held_all = held(all(low <= each <= high for each in found))
        print(f"  {name:60}" + "".join(f"{each:8.2f}" for each in found) + f"   {low} to {high}: {held_all}")


def covered(make: Any, search: Any, form: str, count: int, seed: int) -> float:
    """The share of one person's strengths within their intervals."""
    person = make(seed)
    lived = told(person, np.random.default_rng(900 + seed), count)
    found = search([lived[form]], person.full_prior if form == "full" else person.prior)
    away = (person.decisiveness * person.true - found.strengths) / found.strengths_sd
    return float(np.mean(np.abs(away) < 1.645))


def held(passed: bool) -> str:
    """As every benchmark here says it."""
    return "holds" if passed else "MISSED"
