from dataclasses import fields, replace

import numpy as np
import pytest

from poise.foresight import (
    SOURCES,
    SWITCHES,
    Assumptions,
    Setting,
    Values,
    World,
    solve,
    switched,
    timing,
)
from poise.foresight.grid import COARSE
from poise.foresight.parameters import RECEPTIVE, drawn

TRUSTS = np.linspace(0.05, 0.95, 10)
CELLS = 180


def waits(switches: list[str], strain: float = 1.0) -> int:
    base = World(Assumptions(strain=strain), setting=Setting(present=0.4))
    made = [switched(replace(base, setting=replace(base.setting, receptive=r)), switches) for r in RECEPTIVE]
    solution = solve(made)
    return sum(int(timing(solution, float(t)).silent_first.sum()) for t in TRUSTS)


def test_waiting_nearly_vanishes_where_nothing_strains_or_trust_does_not_grow() -> None:
    as_it_stands = waits([])
    assert as_it_stands > CELLS // 10
    assert waits(["no_strain"]) <= as_it_stands // 4
    assert waits(["no_growth_of_trust"]) <= as_it_stands // 4
    assert waits(["no_time_ahead"]) == 0


def test_more_strain_makes_waiting_lead_more_often_but_only_as_trust_grows() -> None:
    assert waits([], strain=1.3) > waits([])
    assert waits(["no_growth_of_trust"], strain=1.3) < waits([], strain=1.3) // 4


def gain(switches: list[str], trust: float, number: int) -> float:
    """What gentle is worth over letting go."""
    q = solve([switched(World(setting=Setting(present=0.4)), switches)], grid=COARSE).at(trust)[0, number]
    return float(q[2] - q[0])


def test_each_switch_speaks_for_saying_it_now() -> None:
    for trust, number in ((0.25, 1), (0.25, 4), (0.7, 4)):
        plain = gain([], trust, number)
        assert gain(["no_strain"], trust, number) > plain
        assert gain(["learning_without_trust"], trust, number) > plain
    assert gain(["silence_erodes_trust"], 0.25, 4) > gain([], 0.25, 4)
    assert gain(["harm_ends_when_they_leave"], 0.25, 1) > gain([], 0.25, 1)


def test_silence_costs_trust_only_in_front_of_those_it_hits() -> None:
    solution = solve([switched(World(setting=Setting(present=0.0)), ["silence_erodes_trust"])], grid=COARSE)
    assert np.allclose(solution.values, solve([World(setting=Setting(present=0.0))], grid=COARSE).values, atol=1e-12)


def test_switches_add_up_and_change_nothing_else() -> None:
    world = switched(World(), ["no_strain", "no_time_ahead"])
    assert world.assumptions == Assumptions(strain=0)
    assert world.setting == Setting(sessions=1)
    assert world.values == Values()
    assert switched(World(), []) == World()


@pytest.mark.parametrize("name", SWITCHES)
def test_every_switch_does_something(name: str) -> None:
    world = World(setting=Setting(present=0.4))
    assert switched(world, [name]) != world
    ours, theirs = (solve([w], grid=COARSE).values[0] for w in (world, switched(world, [name])))
    assert np.abs(ours - theirs).max() > 0.05


def test_what_is_no_switch_is_no_switch() -> None:
    with pytest.raises(KeyError):
        switched(World(), ["more_trust"])


def test_every_number_has_its_source_and_lies_within_its_ranges() -> None:
    world = World()
    for group in (world.assumptions, world.values, world.setting):
        for one in fields(group):
            name = "growth_value" if group is world.values and one.name == "growth" else one.name
            source, number = SOURCES[name], getattr(group, one.name)
            assert source.what
            assert source.source
            assert source.plausible[0] <= number <= source.plausible[1], name
            assert source.wide[0] <= source.plausible[0] <= source.plausible[1] <= source.wide[1], name
    names = len(fields(Assumptions)) + len(fields(Values)) + len(fields(Setting))
    assert len(SOURCES) == names


def test_values_are_told_apart_from_facts() -> None:
    values = {"growth_value" if one.name == "growth" else one.name for one in fields(Values)}
    assert {name for name, source in SOURCES.items() if source.source == "a value, never data"} == values


def test_what_can_prove_the_essay_wrong_is_within_reach_of_the_wide_draws() -> None:
    for name in ("strain", "growth"):
        assert SOURCES[name].wide[0] == 0
    for name in ("untrusted", "through_rupture"):
        assert SOURCES[name].wide[1] == 1
    assert SOURCES["silence"].wide[1] >= SWITCHES["silence_erodes_trust"].assumptions["silence"]  # type: ignore[index]


def test_draws_lie_in_their_ranges_and_are_the_same_for_the_same_chance() -> None:
    once, again = (drawn(np.random.default_rng(3), 200, Assumptions) for _ in range(2))
    assert once == again
    for one in fields(Assumptions):
        low, high = SOURCES[one.name].plausible
        numbers = [getattr(a, one.name) for a in once]
        assert low <= min(numbers) < low + 0.05 * (high - low)
        assert high - 0.05 * (high - low) < max(numbers) <= high
