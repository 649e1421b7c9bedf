"""Foresight: ours beside other solvers of finite decision processes, on the same problem in one run.

`python bench/bench_foresight.py`. Where policy or values differ the run stops. quantecon, pymdptoolbox and our numba
are used where they are installed; the time that it takes to make the neighbours' matrices is left out, ours to make our
tables is counted.
Wall clock, the median of turns taken one after another.
"""

from __future__ import annotations

import contextlib
import io
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec

import numpy as np
from foresight_side import Problem, problem

from poise.foresight import Asked, Moment, Setting, Solution, World, centre_line, curve, decompose, sets_of, solve
from poise.foresight.grid import COARSE, FINE
from poise.foresight.solving import ENGINES, NUMPY

TURNS = 9
NEAR = 1e-9
SESSIONS = 20
WORLD = World(setting=Setting(SESSIONS, present=0.4))
TARGET = 8
Found = tuple[np.ndarray, np.ndarray]
"""Values and actions over (session, state) of the neighbours' problem."""
Solver = Callable[[], Found]


def main() -> None:
    """Measure, compare and print."""
    peers = {"quantecon": by_quantecon, "pymdptoolbox": by_pymdptoolbox}
    modules = {"quantecon": "quantecon", "pymdptoolbox": "mdptoolbox"}
    there = {name: make for name, make in peers.items() if find_spec(modules[name])}
    for name in peers.keys() - there.keys():
        print(f"{name} is not installed and is left out")
    if there:
        compared(there)
    alone()


def compared(peers: dict[str, Callable[[Problem], Solver]]) -> None:
    """One table: milliseconds, and how many times each of ours."""
    made = problem(WORLD, COARSE)
    print(f"\n{made.to.shape[1]} states, {made.to.nnz / 1e6:.1f} million chances, {SESSIONS} sessions")
    solvers = {name: make(made) for name, make in peers.items()}
    ours = solve([WORLD], grid=COARSE)
    for name, run in solvers.items():
        check(name, run(), ours)
    engines = [engine for engine in ENGINES if engine == NUMPY or find_spec("numba")]
    works: dict[str, Callable[[], object]] = {
        **{f"poise, {engine}": partial(solve, [WORLD], grid=COARSE, engine=engine) for engine in engines},
        **solvers,
    }
    for engine in engines:
        compiled = solve([WORLD], grid=COARSE, engine=engine)  # and so it is compiled before it is timed
        if np.abs(compiled.values - ours.values).max() > NEAR or (compiled.policy != ours.policy).any():
            sys.exit("the two engines of poise disagree")
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(TURNS):
        for name, work in works.items():
            taken[name].append(spent(work))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{'':16}{'ms':>8}" + "".join(f"{f'times {engine}':>14}" for engine in engines))
    for name, median in medians.items():
        ratios = [median / medians[f"poise, {engine}"] for engine in engines]
        verdict = f"   {'holds' if min(ratios) >= TARGET else 'MISSED'} (at least {TARGET})" if name in solvers else ""
        print(f"{name:16}{median * 1000:8.1f}" + "".join(f"{ratio:14.1f}" for ratio in ratios) + verdict)


def check(name: str, found: Found, ours: Solution) -> None:
    """Ends the process where values are further apart than NEAR or an action is another, ties aside."""
    values, actions = found
    kinds = ours.policy.shape[2] + 1
    points = np.prod(COARSE.shape)
    chances = np.broadcast_to(ours.tables.chances[0], (kinds, *COARSE.shape)).reshape(kinds, points).T
    theirs = (values[:SESSIONS, : points * kinds].reshape(SESSIONS, points, kinds) * chances).sum(2)
    apart = float(np.abs(theirs - ours.values[:SESSIONS, 0].reshape(SESSIONS, points)).max())
    chosen = actions[:, : points * kinds].reshape(SESSIONS, points, kinds)[..., :-1]
    same = chosen == ours.policy[:, 0].reshape(SESSIONS, kinds - 1, points).transpose(0, 2, 1)
    print(f"{name:16}policy {100 * same.mean():.3f} % the same, values at most {apart:.0e} apart")
    if apart > NEAR or not same.all():
        sys.exit(f"{name} and poise disagree")


def by_quantecon(made: Problem) -> Solver:
    """quantecon's finite-horizon solver on sparse state-action pairs."""
    from quantecon.markov import DiscreteDP, backward_induction  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ddp = DiscreteDP(made.rewards, made.to, 1.0, made.states, made.actions)
    return lambda: backward_induction(ddp, SESSIONS, made.end)


def by_pymdptoolbox(made: Problem) -> Solver:
    """pymdptoolbox's finite-horizon solver on one sparse matrix per action; where an action is missing, the first."""
    from mdptoolbox import util  # noqa: PLC0415
    from mdptoolbox.mdp import FiniteHorizon  # noqa: PLC0415

    util.check = lambda _to, _rewards: None  # it takes rows for wrong whose sums are off by a few last digits
    count, actions = made.to.shape[1], int(made.actions.max()) + 1
    pair = {(s, a): i for i, (s, a) in enumerate(zip(made.states.tolist(), made.actions.tolist(), strict=True))}
    rows = [[pair.get((s, a), pair[s, 0]) for s in range(count)] for a in range(actions)]
    rewards = np.array([made.rewards[row] for row in rows]).T
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        model = FiniteHorizon([made.to[row] for row in rows], rewards, 1.0, SESSIONS, made.end)

    def run() -> Found:
        model.run()
        return model.V.T, model.policy.T

    return run


def alone() -> None:
    """What a person waits for."""
    asked, worlds = Asked(Moment(0.55, present=False)), sets_of(np.random.default_rng(1), Setting())
    with ThreadPoolExecutor(2) as pool:
        works: dict[str, tuple[Callable[[], object], float]] = {
            "the centre line, fine grid": (lambda: centre_line(World(), asked), 0.05),
            "why, in parts, fine grid": (lambda: decompose(solve([World()], grid=FINE)), 0.0),
            f"bands over {len(worlds)} sets": (lambda: curve(World(), worlds, asked), 5),
            "the same, two at once": (lambda: curve(World(), worlds, asked, pool.map), 5),
        }
        print(f"\n{'poise alone':32}{'s':>8}{'of processor':>14}")
        for name, (work, target) in works.items():
            began = time.process_time()
            taken = statistics.median(spent(work) for _ in range(3))
            busy = (time.process_time() - began) / 3
            verdict = f"   {'holds' if taken <= target else 'MISSED'} (within {target} s)" if target else ""
            print(f"{name:32}{taken:8.3f}{busy:14.3f}{verdict}")


def spent(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
