"""What is shipped is what the script finds, and both speak of the same parameters."""

from __future__ import annotations

from dataclasses import fields

import pytest
from bench import foresight_hinges

from poise.foresight import SOURCES, Assumptions, Setting, Values, World, hinges
from poise.foresight.hinging import TODAY, TODAY_RANGE, ranges, shipped
from poise.foresight.worlds import PLACES, world_with


def test_the_shipped_file_is_of_the_parameters_that_the_script_draws() -> None:
    assert shipped()["made"]["ranges"] == {name: list(ends) for name, ends in ranges().items()}
    assert set(hinges()) == set(foresight_hinges.PLACES)
    for found in hinges().values():
        assert {hinge.name for hinge in found.hinges} == set(ranges())
        assert found.solves >= 4_608
        assert found.solves == shipped()["made"]["base_draws"] * (len(ranges()) + 2)


def test_all_that_nobody_knows_and_all_values_are_drawn_from_their_plausible_ranges() -> None:
    found = dict(ranges())
    assert found.pop(TODAY) == TODAY_RANGE
    assert found.pop("receptive") == SOURCES["receptive"].plausible
    left_out = {name for name, source in SOURCES.items() if source.plausible[0] == source.plausible[1]}
    assert set(found) == {name for name, (part, _) in PLACES.items() if part != "setting"} - left_out
    assert left_out == {"help", "moments", "sessions"}
    assert all(ends == SOURCES[name].plausible for name, ends in found.items())


@pytest.mark.parametrize("where", foresight_hinges.PLACES)
def test_hinges_stand_in_the_order_of_what_matters_and_are_told_in_words(where: str) -> None:
    found = hinges()[where]
    totals = [hinge.total for hinge in found.hinges]
    assert totals == sorted(totals, reverse=True)
    assert all(hinge.says for hinge in found.hinges)
    assert all(-0.02 < hinge.first <= hinge.total + hinge.first_interval + 0.01 for hinge in found.hinges)
    assert sum(hinge.first for hinge in found.hinges) < 1.05
    assert found.hinges[0].name == "strain"


def test_where_nobody_whom_it_hits_is_there_silence_matters_to_nothing_and_where_they_are_it_does() -> None:
    alone, there = ({hinge.name: hinge for hinge in found.hinges} for found in hinges().values())
    for name in ("silence", "harm"):
        assert alone[name].total < 0.01
        assert there[name].total > 0.1
    assert [hinge.name for hinge in hinges()["one_to_one"].hinges[:4]] == ["strain", TODAY, "receptive", "growth"]


def anew(where: str, base: int) -> dict[str, float]:
    """Total indices found anew with few draws, other than those that were shipped."""
    pytest.importorskip("SALib", reason="SALib comes with the benchmarks and is not installed here")
    found = foresight_hinges.indices(where, base, seed=5, resamples=10)
    assert found["solves"] == base * (len(ranges()) + 2)
    for name in ("mean", "sd", "now"):
        assert abs(found[name] - getattr(hinges()[where], name)) < 0.2, name
    return {name: total for name, (_, _, total, _) in found["indices"].items()}


def test_with_very_few_draws_what_hardly_matters_still_does_not() -> None:
    totals = anew("one_to_one", 8)
    assert all(totals[hinge.name] < 0.1 for hinge in hinges()["one_to_one"].hinges if hinge.total < 0.02)
    assert max(totals.values()) > 0.1


@pytest.mark.long
@pytest.mark.parametrize("where", foresight_hinges.PLACES)
def test_a_few_draws_anew_come_near(where: str) -> None:
    totals = anew(where, 128)
    for hinge in hinges()[where].hinges:
        assert abs(totals[hinge.name] - hinge.total) < 0.03 + 0.35 * hinge.total, hinge.name


def test_a_world_is_made_of_numbers_by_their_names_among_the_sources() -> None:
    numbers = {"strain": 0.3, "growth": 0.01, "growth_value": 7.0, "trust": 1.2, "sessions": 8.0, "price": 2.0}
    made = world_with(World(), numbers)
    assert made == World(Assumptions(strain=0.3, growth=0.01), Values(growth=7.0, trust=1.2), Setting(8), 2.0)
    assert set(PLACES) == set(SOURCES)
    assert world_with(World(), {}) == World()
    with pytest.raises(KeyError):
        world_with(World(), {"strian": 1.0})
    with pytest.raises(ValueError, match="between 0 and 1"):
        world_with(World(), {"present": 2.0})
    every = [
        (part, one.name)
        for part, kind in (("assumptions", Assumptions), ("values", Values), ("setting", Setting))
        for one in fields(kind)
    ]
    assert sorted(PLACES.values()) == sorted(every)
