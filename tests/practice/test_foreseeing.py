"""Looking ahead from a journal: what is asked otherwise, what is found, and how it is said."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.foresight import MOMENTS, SWITCHES, Costs, World, centre_line, decompose, solve
from poise.foresight.bands import CLOSE, TRUSTS, advantage
from poise.foresight.grid import COARSE
from poise.foresight.solving import between
from poise.practice.foreseeing.bordering import ACROSS, Map, mapped
from poise.practice.foreseeing.foreseen import Foreseen, finish, foreseen, steps, worlds_of
from poise.practice.foreseeing.scene import (
    Scene,
    scene,
)
from poise.practice.foreseeing.sliders import SLIDERS, Chosen, chosen
from poise.practice.foreseeing.year import imagined
from poise.practice.telling import foreseen as telling
from poise.practice.telling import foresight_words as words
from poise.practice.telling import how_much
from poise.practice.telling.imagined import year_rows
from poise.rulebook.mistake import Mistakes

from .ahead import ALONE, HERE, weighed

FEW = 12
"""Sets, where what they say does not matter."""


@pytest.fixture(scope="module")
def found() -> Foreseen:
    return finish(foreseen(scene(weighed(**ALONE, trust="new"))), FEW)


@pytest.mark.parametrize("name", list(SLIDERS))
def test_a_number_outside_its_range_is_a_mistake_that_names_it(name: str) -> None:
    slider = SLIDERS[name]
    for wrong in (slider.low - 1, slider.high + 1, "often", "nan"):
        with pytest.raises(Mistakes) as said:
            chosen({name: wrong})
        assert f"`{name}`" in str(said.value)
    assert chosen({name: slider.usual}) == Chosen()
    assert chosen({name: slider.low}).number(name) == slider.low


def test_mistakes_come_all_at_once() -> None:
    with pytest.raises(Mistakes) as said:
        chosen({"strain": "9", "meetings": "2.5", "loads": "1"}, ["no_strains"])
    assert len(said.value.mistakes) == 4
    assert "did you mean `load`?" in str(said.value)
    assert "did you mean `no_strain`?" in str(said.value)


def test_what_is_asked_is_the_same_in_all_sets_and_the_rest_differs() -> None:
    shown = scene(weighed(**ALONE))
    asked = chosen({"strain": "0.3", "harm": 4, "meetings": "7", "load": 2}, ["no_growth_of_trust"])
    worlds = worlds_of(shown, asked, FEW)
    assert {w.assumptions.strain for w in worlds} == {0.3}
    assert {(w.values.harm, w.setting.sessions, w.price, w.assumptions.growth) for w in worlds} == {(4, 7, 2, 0)}
    assert len({w.assumptions.silence for w in worlds}) == FEW
    assert {w.setting.receptive for w in worlds} == {0.2, 0.5, 0.8}, "nobody said how open they are"
    assert worlds_of(shown, asked, FEW) == worlds


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_switch_takes_something_away(switch: str) -> None:
    shown = scene(weighed(**HERE))
    world = World(setting=shown.setting)
    assert chosen({}, [switch]).held(world) != Chosen().held(world)
    assert switch in words.SWITCHED


def test_the_line_is_the_one_of_foresight_and_the_costs_come_of_the_same_sets(found: Foreseen) -> None:
    world = World(setting=found.scene.setting)
    np.testing.assert_allclose(found.line, centre_line(world, found.scene.asked), atol=1e-12)
    assert found.curve is not None
    assert found.costs is not None
    assert found.curve.advantage.shape == (FEW, len(TRUSTS))
    at = TRUSTS.index(0.3)
    np.testing.assert_allclose(found.ahead, found.curve.advantage[:, at], atol=1e-12)


def test_why_comes_in_parts_that_add_up_to_what_is_between_the_two(found: Foreseen) -> None:
    assert found.why is not None
    now, other = found.pair
    assert found.why.centre.sum() == pytest.approx(found.worth[-1, now] - found.worth[-1, other])
    assert found.why.now == found.scene.asked.actions[now].id
    world = worlds_of(found.scene, found.chosen, FEW)[3]
    at = decompose(solve([world], found.scene.asked.actions, COARSE)).at(found.scene.trust, found.scene.asked.energy)
    number = MOMENTS.index(found.scene.asked.moment)
    assert found.why.sets[3].sum() == pytest.approx(sum(p[0, number, now] - p[0, number, other] for p in at.values()))


def test_it_can_be_left_and_gone_on_with_later(found: Foreseen) -> None:
    again = foreseen(found.scene)
    going = steps(again, FEW)
    for _ in range(ACROSS + 3):
        next(going)
    assert again.map is not None
    assert (again.costs, again.done) == (None, False)
    assert telling.verdict(again) == []
    for _ in going:
        pass
    assert again.done
    np.testing.assert_array_equal(again.ahead, found.ahead)


def test_a_cell_of_the_map_says_what_leads_there() -> None:
    shown = scene(weighed(**HERE, trust="new", receptive="guarded"))
    made = next(each for each in mapped(shown, Chosen(), "silence") if each)
    number = MOMENTS.index(shown.asked.moment)
    for row, value in list(enumerate(made.values))[::3]:
        world = Chosen(silence=value).held(World(setting=shown.setting))
        first = solve([world], shown.asked.actions, COARSE).first[:, number]
        for column in (0, 9, 18):
            at = between(first, COARSE, made.trusts[column], shown.asked.energy, 0.0)
            ahead = float(advantage(at, shown.asked.actions)[0])
            lead = made.leads[row, column]
            assert (lead == "either") == (abs(ahead) < CLOSE)
            assert (lead == "now") == (ahead >= CLOSE)


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=5, max_size=5), min_size=4, max_size=4), st.integers(0, 19))
def test_the_nearest_border_is_the_nearest(cells: list[list[str]], where: int) -> None:
    row, column = divmod(where, 5)
    values, trusts = (0.0, 1.0, 2.0, 3.0), (0.1, 0.3, 0.5, 0.7, 0.9)
    made = Map("strain", values, trusts, np.array(cells), (values[row], trusts[column]))
    straight = [(abs(trusts[j] - trusts[column]), cells[row][j]) for j in range(5)]
    straight += [(abs(values[i] - values[row]) / 3, cells[i][column]) for i in range(4)]
    others = [far for far, lead in straight if lead != cells[row][column]]
    border = made.border()
    assert (border is None) == (not others)
    if border is not None:
        assert min(others) - 0.17 <= border.far <= min(others)
        assert border.leads != cells[row][column]


def test_where_only_both_at_once_change_it_the_map_does_not_say_that_nothing_does() -> None:
    leads = np.full((3, 5), "either")
    made = Map("strain", (0.0, 1.0, 2.0), (0.1, 0.3, 0.5, 0.7, 0.9), leads, (0.0, 0.9))
    assert telling.border_words(made) == words.ALREADY.format(lead="either is fine")
    leads[2, 0] = "wait"
    assert made.border() is None
    assert telling.border_words(made) == words.BOTH_AT_ONCE.format(lead="either is fine")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.01, 0.01, "next to nothing"),
        (0.1, 0.26, "a tenth to a quarter for now"),
        (-0.26, -0.1, "a tenth to a quarter for not yet"),
        (-0.5, 0.26, "a half for not yet to a quarter for now"),
        (-0.11, -0.09, "a tenth for not yet"),
        (0.0, 1.0, "next to nothing to one for now"),
    ],
)
def test_a_range_says_the_less_before_the_more_and_each_way_once(low: float, high: float, said: str) -> None:
    assert how_much.range_words(low, high) == said


def test_too_close_and_ties_are_said_by_the_rule(found: Foreseen) -> None:
    actions = found.scene.asked.actions
    worth = np.zeros((FEW, len(actions)))
    again = foreseen(found.scene)
    for lead, says in ((0.0, words.TIED), (CLOSE / 2, words.TOO_CLOSE), (CLOSE * 5, words.COMES_OUT)):
        worth[:, 0] = lead
        again.costs = Costs(actions, worth.copy())
        head = telling.verdict(again)[0]
        assert head.startswith(says.split("{")[0]), head
    worth[: FEW // 2, 1] = CLOSE * 7
    again.costs = Costs(actions, worth)
    assert telling.verdict(again)[0].startswith(words.TOO_CLOSE.split("{", maxsplit=1)[0])


def test_which_of_the_two_counts_as_what_is_said_as_a_name_does_not_tell(found: Foreseen) -> None:
    actions = found.scene.asked.actions
    again = foreseen(found.scene)
    for first, second in ((0, len(actions) - 1), (0, 1), (len(actions) - 2, len(actions) - 1)):
        worth = np.zeros((FEW, len(actions)))
        worth[:, first], worth[:, second] = 2.0, 1.0
        again.costs = Costs(actions, worth)
        _, counted, _ = telling.verdict(again)
        kinds = {actions[number].addresses for number in (first, second)}
        if kinds == {True, False}:
            now, other = sorted((first, second), key=lambda number: not actions[number].addresses)
            says = found.scene.say(actions[now].id), found.scene.say(actions[other].id)
            assert counted == words.COUNTED.format(now=says[0], other=says[1])
        else:
            assert counted == (words.BOTH_NOW if kinds == {True} else words.BOTH_NOT_YET)


@given(st.floats(0, 1))
def test_shares_and_amounts_are_said_in_words(share: float) -> None:
    for said in (how_much.share_words(share), how_much.amount_words(share * 4), how_much.short_words(share)):
        assert not re.search(r"[0-9%]", said)
    assert (how_much.share_words(share) == words.SHARES[0.0]) == (share == 0)
    assert (how_much.share_words(share) == words.SHARES[1.0]) == (share == 1)


@given(st.floats(-4, 4), st.floats(0, 4))
def test_between_what_it_lies_says_which_way(low: float, width: float) -> None:
    high = low + width
    said = how_much.ahead_words(low, high)
    if low > 0.2:
        assert said.startswith("speaking to it now is worth")
    if high < -0.2:
        assert said.startswith("not speaking to it yet is worth")
    if low < -0.2 and high > 0.2:
        assert "more for not yet and" in said


def test_a_year_has_the_same_luck_for_every_way_and_says_where_a_book_cannot_be_played() -> None:
    shown = scene(weighed(**HERE))
    year = imagined(shown, Chosen())
    assert tuple(year.found) == tuple(words.POLICIES)
    np.testing.assert_array_equal(year.dots("left")["never"], imagined(shown, Chosen()).dots("left")["never"])
    assert len(year_rows(year)) == len(words.DOTS)
    bounded = Scene(**{**vars(shown), "answers": (*shown.answers[:-1], ("risk", "serious_soon"))})
    assert imagined(bounded, Chosen()).why
    assert "book" not in imagined(bounded, Chosen()).found
