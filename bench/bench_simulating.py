"""Imagined relationships: ours beside Mesa, SimPy and the ceiling in C, with the same laws and the same rulebook.

`python bench/bench_simulating.py`. What is counted is relationship-sessions that took place, per second of processor
time, all in one run, turns taken one after another, the median of them. Where a neighbour has another share of people
leaving than ours, beyond four standard errors, the run stops; ours have to be the same people in both engines.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

from simulating_peers import Counted, Simulator, by_c, by_mesa, by_simpy

import poise
from poise.foresight import Setting, World
from poise.foresight.simulating import REFERENCES, a_year, policy_of, references, simulate, years

WORLD = World(setting=Setting(present=0.4))
BOOK = policy_of(poise.read("in_the_room"), WORLD, {"role": "clinician", "safety": "safe"})
TURNS = 5
PEOPLE = {"Mesa": 3_000, "SimPy": 3_000, "poise, NumPy": 65_536, "poise, numba": 400_000, "C": 2_000_000}
TARGETS = {"poise, NumPy": 20, "poise, numba": 40}


def ours(engine: str) -> Simulator:
    """One of our engines."""

    def run(people: int) -> Counted:
        lives = simulate(WORLD, BOOK, people, seed=1, engine=engine)
        return Counted(int(lives.sessions.sum()), int(lives.left.sum()))

    return run


def main() -> None:
    """Measure, compare and print."""
    works = {"poise, NumPy": ours("numpy")}
    for name, module, make in (("Mesa", "mesa", by_mesa), ("SimPy", "simpy", by_simpy)):
        if find_spec(module):
            works[name] = make(WORLD, BOOK)
    if find_spec("numba"):
        works["poise, numba"] = ours("numba")
        same()
    if ceiling := by_c(WORLD, BOOK):
        works["C"] = ceiling
    for name in PEOPLE.keys() - works.keys():
        print(f"{name} is not there and is left out")
    rates = measured(works)
    table(rates)
    a_page()


def same() -> None:
    """Both engines have the same people leave."""
    first, second = (simulate(WORLD, BOOK, 50_000, seed=3, engine=engine).left for engine in ("numpy", "numba"))
    if (first != second).any():
        sys.exit("the two engines of poise disagree")


def measured(works: dict[str, Simulator]) -> dict[str, float]:
    """Millions of relationship-sessions per second of processor time."""
    rates: dict[str, list[float]] = {name: [] for name in works}
    shares: dict[str, list[int]] = {name: [0, 0] for name in works}
    for name, run in works.items():
        run(PEOPLE[name] // 10)
    for _ in range(TURNS):
        for name, run in works.items():
            began = time.process_time()
            found = run(PEOPLE[name])
            rates[name].append(found.sessions / (time.process_time() - began) / 1e6)
            shares[name][0] += found.left
            shares[name][1] += PEOPLE[name]
    # Ours, and C, have the same people in each turn; the neighbours have the same seed.
    reference = shares["poise, NumPy"][0] / shares["poise, NumPy"][1]
    for name, (left, people) in shares.items():
        error = (reference * (1 - reference) * (TURNS / people + TURNS / shares["poise, NumPy"][1])) ** 0.5
        print(f"{name:16}{100 * left / people:6.2f} % leave")
        if abs(left / people - reference) > 4 * error:
            sys.exit(f"{name} and poise disagree on how many leave")
    return {name: statistics.median(each) for name, each in rates.items()}


def table(rates: dict[str, float]) -> None:
    """Rates, and how many times each neighbour's."""
    peers = [name for name in ("Mesa", "SimPy", "C") if name in rates]
    print(f"\n{'':16}{'millions/s':>12}" + "".join(f"{'times ' + name:>14}" for name in peers))
    for name, rate in rates.items():
        row = f"{name:16}{rate:12.2f}" + "".join(f"{rate / rates[peer]:14.2f}" for peer in peers)
        target = TARGETS.get(name)
        held = [rate / rates[peer] >= target for peer in peers if peer != "C"] if target else []
        verdict = f"   {'holds' if all(held) else 'MISSED'} (at least {target})" if held else ""
        print(row + verdict)


def a_page() -> None:
    """What a page of imagined years waits for."""
    world = a_year(WORLD)
    book = poise.read("in_the_room")
    works: dict[str, Callable[[], object]] = {
        "a year's policies, the optimum solved": lambda: references(world, 0.4, REFERENCES),
        "a book, weighed": lambda: policy_of(book, world),
    }
    policies = {**references(world, 0.4, REFERENCES), "book": policy_of(book, world)}
    works["300 years x 12 people x 48 weeks, one policy"] = lambda: years(world, {"book": policies["book"]})
    works[f"the same under {len(policies)} policies"] = lambda: years(world, policies)
    print(f"\n{'in the default install':46}{'s':>8}")
    for name, work in works.items():
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
        print(f"{name:46}{statistics.median(taken):8.3f}")


if __name__ == "__main__":
    main()
