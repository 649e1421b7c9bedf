"""Imagined relationships: the same in arrays and compiled, in one piece and in many, and those of the model."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.foresight import FIVE_ACTIONS, MOMENTS, Assumptions, Setting, Values, World, solve, switched
from poise.foresight.actions import CALL_OUT, GENTLE, LET_GO
from poise.foresight.monte_carlo import always as always_live
from poise.foresight.monte_carlo import live
from poise.foresight.parameters import drawn
from poise.foresight.simulating import (
    REFERENCES,
    Lives,
    Policy,
    Start,
    always,
    chance,
    counting,
    lives,
    of_solution,
    optimum,
    simulate,
    threshold,
)
from poise.foresight.simulating.policies import table

from .oracle import cut, ends, spent
from .test_chance import plain_word

WORLD = World(setting=Setting(present=0.4))
ARRAYS = [each.name for each in fields(Lives) if each.name not in {"world", "policy", "began"}]
ALL_AS_ONE = Start(0.5, 0.0)


def tied() -> Policy:
    """Three responses tie everywhere, but for two in severe moments."""
    leads = np.zeros((1, len(MOMENTS), 1, 1, 1, len(FIVE_ACTIONS)), bool)
    leads[..., [0, 2, 4]] = True
    leads[0, 2, ..., 0] = leads[0, 5, ..., 0] = False
    return table("tied", FIVE_ACTIONS, leads)


def policies(world: World) -> dict[str, Policy]:
    return {**REFERENCES, "threshold": threshold(0.45), "optimum": optimum(world), "tied": tied()}


def same(one: Lives, other: Lives) -> bool:
    return all((getattr(one, name) == getattr(other, name)).all() for name in ARRAYS)


@pytest.mark.parametrize("name", policies(WORLD))
def test_arrays_and_kernel_say_the_same_to_the_last_bit(name: str) -> None:
    policy = policies(WORLD)[name]
    one, other = (simulate(WORLD, policy, 3_000, seed=4, engine=engine) for engine in ("numpy", "numba"))
    assert same(one, other)
    assert 0 < one.left.sum() < 3_000


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(0, 2**50))
def test_so_they_do_whatever_is_assumed(seed: int, sessions: int, first: int) -> None:
    rng = np.random.default_rng(seed)
    assumptions, values = drawn(rng, 1, Assumptions, wide=True)[0], drawn(rng, 1, Values, wide=True)[0]
    world = World(assumptions, values, Setting(sessions, *map(float, rng.uniform(size=3))))
    start = Start(*map(float, rng.uniform(size=4)))
    for policy in (always(CALL_OUT), threshold(float(rng.uniform())), tied()):
        given_ = {"seed": seed, "start": start, "first": first}
        assert same(*(simulate(world, policy, 200, engine=engine, **given_) for engine in ("numpy", "numba")))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_whatever_the_threads_and_parts_the_same_people_live_the_same_lives(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = optimum(WORLD)
    whole = simulate(WORLD, policy, 2_000, seed=9, engine=engine)
    monkeypatch.setattr(counting, "CHUNK", 170)
    monkeypatch.setattr(lives, "BLOCK", 64)
    with ThreadPoolExecutor(3) as pool:
        threaded = simulate(WORLD, policy, 2_000, seed=9, engine=engine, run=pool.map)
    assert same(whole, threaded)
    parts = [simulate(WORLD, policy, 500, seed=9, first=at, engine=engine) for at in (0, 500, 1_000, 1_500)]
    for name in ARRAYS:
        assert (np.concatenate([getattr(part, name) for part in parts]) == getattr(whole, name)).all()


def plain_life(world: World, number: int, person: int, seed: int) -> tuple[bool, int, float, float, float]:
    """One life, told by the plain loops of the oracle and whole numbers: left, sessions, trust, growth, energy."""

    def draw(t: int, which: int) -> float:
        word = plain_word(seed, person, 4 * t + which // 2 + 1)
        return (word >> 32 * (which % 2) & 0xFFFFFFFF) / 2**32

    steps = plain_word(seed, person, 0) >> 20 & 0xFFF
    tau, g, e = cut(0.5 + 0.15 * float(chance.NORMAL[steps])), 0.0, 0.9
    setting = world.setting
    for t in range(setting.sessions):
        action, s, b = None, 0.0, 0
        if draw(t, 0) < setting.moments * (1 - 0.8 * g):
            shares = np.cumsum([m.share * (setting.present if m.present else 1 - setting.present) for m in MOMENTS])
            s, there = MOMENTS[sum(draw(t, 4) >= limit for limit in shares[:-1])]
            b, action = int(there), FIVE_ACTIONS[number]
        held, mended, torn = ends(world, action, s, b, (e, g, tau))
        broke = draw(t, 1) < 1 - held.chance
        end = held if not broke else mended if draw(t, 6) < mended.chance / (1 - held.chance) else torn
        tau, g = end.trust, end.growth
        e = cut(e + world.assumptions.recovery * (1 - e) - spent(world, action, s) - 0.06 * broke)
        if draw(t, 2) < end.leave:
            return True, t + 1, tau, g, e
        step = plain_word(seed, person, 4 * t + 2) >> 52
        tau = cut(tau + 0.04 * float(chance.NORMAL[step]))
    return False, setting.sessions, tau, g, e


@pytest.mark.parametrize("number", range(len(FIVE_ACTIONS)))
def test_lives_are_those_of_plain_loops(number: int) -> None:
    world = World(setting=Setting(12, moments=0.6, present=0.4))
    found = simulate(world, always(FIVE_ACTIONS[number]), 150, seed=21, first=1_000)
    for i in range(150):
        left, sessions, *state = plain_life(world, number, 1_000 + i, 21)
        assert (bool(found.left[i]), int(found.sessions[i])) == (left, sessions)
        assert state == pytest.approx([found.trust[i], found.growth[i], found.energy[i]], abs=1e-12)


def test_they_are_worth_what_backward_induction_says() -> None:
    solution = solve([WORLD])
    found = simulate(WORLD, of_solution(solution), 60_000, seed=2, start=ALL_AS_ONE).worth()
    error = found.std() / np.sqrt(len(found))
    assert abs(found.mean() - solution.value_at(0.5)[0]) < 0.02 + 3 * error


@pytest.mark.parametrize("number", [0, 2, 4])
@pytest.mark.parametrize("on", [[], ["silence_erodes_trust", "harm_ends_when_they_leave"]])
def test_they_are_on_average_what_was_lived_through_by_other_chance(number: int, on: list[str]) -> None:
    world, count = switched(WORLD, on), 20_000
    ours = simulate(world, always(FIVE_ACTIONS[number]), count, seed=3, start=ALL_AS_ONE)
    start = np.full(count, 0.5), np.zeros(count), np.full(count, 0.9)
    theirs = live(np.random.default_rng(5), world, always_live(FIVE_ACTIONS, number), start)
    pairs: list[tuple[Any, Any]] = [(ours.worth(), theirs.value), (ours.left, theirs.left), (ours.trust, theirs.trust)]
    pairs += [(ours.growth, theirs.growth), (ours.energy, theirs.energy), (ours.spent, theirs.spent)]
    pairs += [(ours.ruptures, theirs.ruptures), (ours.repairs, theirs.repairs), (ours.sessions, theirs.sessions)]
    for mine, other in pairs:
        error = np.sqrt((np.var(mine) + np.var(other)) / count)
        assert abs(np.mean(mine) - np.mean(other)) < 4.5 * error + 1e-12


def test_every_policy_meets_the_same_chance() -> None:
    made = {name: simulate(WORLD, policy, 4_000, seed=6) for name, policy in policies(WORLD).items()}
    assert len({found.start.tobytes() for found in made.values()}) == 1
    assert same(made["kindly"], simulate(WORLD, threshold(0.0), 4_000, seed=6))
    assert same(made["never"], simulate(WORLD, threshold(1.1), 4_000, seed=6))
    quiet = World(setting=Setting(moments=0.0))
    assert same(*(simulate(quiet, REFERENCES[name], 1_000, seed=6) for name in ("never", "out_loud")))
    # And so two policies differ by far less than if each met chance of its own.
    one, other = made["kindly"].worth(), made["threshold"].worth()
    assert (one - other).std() < 0.8 * np.sqrt(one.var() + other.var())


def test_what_ties_is_done_as_often() -> None:
    only = World(setting=Setting(1, moments=1.0, present=0.0))
    found = simulate(only, tied(), 60_000, seed=1)
    silent = (found.spent < LET_GO.energy + 0.05) & (found.spent != GENTLE.energy)
    kinds = [(found.spent == action.energy).mean() for action in (GENTLE, CALL_OUT)]
    # 85 in 100 moments are slight or moderate: three tie; in the others, two.
    assert silent.mean() == pytest.approx(0.85 / 3, abs=0.01)
    assert kinds == pytest.approx([0.85 / 3 + 0.15 / 2] * 2, abs=0.01)


def test_who_has_left_has_no_more_sessions_and_its_harm_goes_on_elsewhere() -> None:
    found = simulate(WORLD, REFERENCES["out_loud"], 5_000, seed=7, start=Start(0.25))
    assert (found.sessions[~found.left] == WORLD.setting.sessions).all()
    assert (found.elsewhere[~found.left] == 0).all()
    early = found.left & (found.sessions < WORLD.setting.sessions)
    assert early.any()
    assert (found.elsewhere[early] > 0).all()
    assert (found.torn <= found.left).all()
    assert (found.repairs <= found.ruptures).all()
    assert (found.ruptures <= found.sessions).all()
    assert (found.moments <= found.sessions).all()
    assert ((found.trust >= 0) & (found.trust <= 1) & (found.energy >= 0) & (found.energy <= 1)).all()


def test_harm_is_eased_or_stands() -> None:
    loud, never = (simulate(WORLD, REFERENCES[name], 5_000, seed=7) for name in ("out_loud", "never"))
    assert (loud.harm == 0).all()
    assert loud.eased.mean() > 0.3
    assert (never.eased == 0).all()
    assert never.harm.mean() > 0.3


def test_worth_can_be_looked_at_with_other_values() -> None:
    found = simulate(WORLD, REFERENCES["kindly"], 500, seed=1)
    nothing = Values(help=0, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    assert (found.worth(nothing) == 0).all()
    only_help = Values(help=2, harm=0, energy=0, growth=0, distrust=0, trust=0, elsewhere=0)
    assert np.allclose(found.worth(only_help), 2 * found.help)


def test_a_policy_for_another_time_and_an_engine_that_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="another number of sessions"):
        simulate(World(setting=Setting(12)), optimum(WORLD), 10)
    with pytest.raises(ValueError, match="choose among"):
        simulate(WORLD, REFERENCES["never"], 10, engine="magic")
    with pytest.raises(ValueError, match="does something"):
        table("nothing", [LET_GO], np.zeros((1, len(MOMENTS), 1, 1, 1, 1), bool))


def test_without_numba_arrays_do_it_unless_numba_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("by_numba", "kernel"):
        monkeypatch.delitem(sys.modules, f"poise.foresight.simulating.{name}", raising=False)
        monkeypatch.delattr(f"poise.foresight.simulating.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.setattr(counting, "MANY", 1)
    assert len(simulate(WORLD, REFERENCES["kindly"], 20)) == 20
    with pytest.raises(ImportError):
        simulate(WORLD, REFERENCES["kindly"], 20, engine="numba")
