"""Looking ahead from a journal: when it is offered, what goes in, what is found, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.foresight import MOMENTS, SWITCHES, Costs, Offer, World, centre_line, decompose, solve
from poise.foresight.actions import SEVERITIES
from poise.foresight.bands import CLOSE, TRUSTS, advantage
from poise.foresight.grid import COARSE, FINE
from poise.foresight.mapping import SESSIONS, asked, trust_of
from poise.foresight.offering import LANDED_ON_YOU, NOT_SAID, UNDER_A_BOUND
from poise.foresight.solving import between
from poise.practice import Practice
from poise.practice.foreseeing.bordering import ACROSS, Map, mapped
from poise.practice.foreseeing.foreseen import Foreseen, finish, foreseen, steps, worlds_of
from poise.practice.foreseeing.scene import (
    JOURNAL,
    SAID,
    TAKEN,
    Scene,
    comes_first,
    danger_unknown,
    offered,
    scene,
    to_ask,
)
from poise.practice.foreseeing.sliders import SLIDERS, Chosen, chosen
from poise.practice.foreseeing.year import imagined
from poise.practice.telling import foreseen as telling
from poise.practice.telling import foresight_words as words
from poise.practice.telling import how_much
from poise.rulebook.mistake import Mistakes
from poise.shelf import read
from poise.weighing.moment import Moment
from poise.weighing.weighing import Weighing, weigh

from ..made import PASSPHRASE

BOOK = read("among_friends")
SAFE = {"safety": "safe", "risk": "none", "dependent": "none"}
ALONE = SAFE | {"who_was_hit": "people_not_here", "harm": "stings", "place": "one_to_one", "they_want": "back_me_up"}
HERE = ALONE | {"who_was_hit": "someone_here", "place": "small_group", "role": "friend_family"}
IN_OTHER_WORDS = """\
poise: 1
title: In other words
responses:
  toward:
    say_it: {say: Say it, asks: much, directness: much}
    let_be: {say: "Let it be, for now"}
considerations:
  who_was_hit: {ask: Who did it land on?, answers: me | someone_here | people_not_here}
  harm: {ask: How bad is it?, answers: low < middling < high < highest}
  energy: {ask: What is left?, answers: low < middling < high < highest}
  receptive: {ask: How open are they?, answers: low < middling < high < highest}
  again: {ask: Will there be another chance?, answers: rarely < weekly < daily}
guidelines:
  speak: {say: Say it., when: "harm >= low", lean: {say_it: nudge}}
"""
FEW = 12
"""Sets, where what they say does not matter."""


def weighed(**answers: object) -> Weighing:
    return weigh(BOOK, Moment(BOOK, **answers))  # type: ignore[arg-type]


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE) as opened:
        opened.keep_person("Sam")
        yield opened


@pytest.fixture(scope="module")
def found() -> Foreseen:
    return finish(foreseen(scene(weighed(**ALONE, trust="new"))), FEW)


def test_it_is_not_offered_to_somebody_who_was_hit_whatever_else_is_so() -> None:
    assert offered(weighed(**ALONE | {"who_was_hit": "me"})) == Offer(offered=False, why=LANDED_ON_YOU)
    assert offered(weighed(who_was_hit="me", risk="serious_soon")).why == LANDED_ON_YOU


def test_it_is_not_offered_before_it_is_said_who_it_landed_on() -> None:
    unsaid = {name: answer for name, answer in ALONE.items() if name != "who_was_hit"}
    assert offered(weighed(**unsaid)).why == NOT_SAID
    assert [question.id for question in to_ask(weighed(**unsaid))] == ["who_was_hit"]


@pytest.mark.parametrize("answer", [{"safety": "not_safe"}, {"risk": "serious_soon"}, {"they_want": "leave_it"}])
def test_it_is_not_offered_under_a_bound(answer: dict[str, str]) -> None:
    weighing = weighed(**ALONE | answer)
    offer = offered(weighing)
    assert not offer.offered
    assert offer.why.startswith(UNDER_A_BOUND)
    assert telling.refusal(weighing, offer)[0] == words.BOUND


def test_what_a_bound_depends_on_is_asked_first_and_not_knowing_of_danger_is_not_no() -> None:
    unasked = {name: answer for name, answer in ALONE.items() if name not in ("risk", "they_want")}
    assert [question.id for question in to_ask(weighed(**unasked))] == ["they_want", "risk"]
    assert not offered(weighed(**unasked), ("they_want", "risk")).offered
    assert [question.id for question in to_ask(weighed(**unasked), ("they_want", "risk"))] == ["risk"]
    assert offered(weighed(**unasked, risk="none"), ("they_want",)).offered


def test_it_is_not_offered_for_a_slip_of_my_own_nor_where_nothing_is_to_choose() -> None:
    mine = weigh(BOOK, Moment(BOOK, "mine"))
    assert offered(mine).why == words.OWN_SLIP
    assert comes_first(mine) == []
    assert comes_first(weighed(who_was_hit="me")) == []
    assert offered(weighed(**ALONE)).offered


def test_trust_is_what_i_said_else_what_the_journal_believes_at_its_mean_else_the_middle() -> None:
    believed = {"new": 0.3, "building": 0.5, "solid": 0.2}
    by = {whence: scene(weighed(**ALONE, **given)) for whence, given in
          ((SAID, {"trust": "deep"}), (JOURNAL, {"trust": believed}), (TAKEN, {}))}  # fmt: skip
    assert {whence: shown.taken[0].whence for whence, shown in by.items()} == {each: each for each in by}
    assert by[SAID].trust == pytest.approx(0.9)
    assert by[JOURNAL].trust == pytest.approx(trust_of(believed, BOOK.considerations["trust"].answers))
    assert by[TAKEN].trust == 0.5
    for shown in by.values():
        low, high = shown.span
        assert low <= shown.trust <= high


def test_what_nobody_said_is_taken_and_said_to_be() -> None:
    shown = scene(weighed(who_was_hit="someone_here", **SAFE))
    assert {each.what for each in shown.taken if each.whence == TAKEN} == {
        "trust", "harm", "receptive", "energy", "again",
    }  # fmt: skip
    said = " ".join(" ".join(row) for row in telling.taken_words(shown))
    assert said.count(words.WHENCE[TAKEN]) == 5


def test_answers_of_a_book_become_what_the_model_knows_them_as() -> None:
    shown = scene(
        weighed(**HERE | {"harm": "cruel"}, receptive="open", energy="low", again="last_time", pattern="first")
    )
    assert shown.asked.moment == MOMENTS[-1]
    assert (shown.setting.receptive, shown.asked.energy, shown.setting.sessions) == (0.8, 0.4, 1)
    assert shown.setting.present == 0.8
    assert [name for name, _ in shown.says] == [each.id for each in BOOK.listed("toward") if each.id != "set_limit"]


def test_answers_in_other_words_lie_where_a_year_puts_them_too(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(IN_OTHER_WORDS, encoding="utf-8")
    book = read(str(other))
    roles = asked(book.questions)
    for answer in book.considerations["energy"].answers:
        moment = Moment(book, who_was_hit="people_not_here", energy=answer, receptive=answer, harm=answer)
        shown = scene(weigh(book, moment))
        assert shown.asked.energy == roles["energy"].place(answer)
        assert shown.setting.receptive == roles["receptive"].place(answer)
        nearest = min(SEVERITIES, key=lambda severity: abs(severity - roles["harm"].place(answer)))
        assert shown.asked.moment.severity == nearest
    meetings = [
        scene(weigh(book, Moment(book, who_was_hit="people_not_here", again=answer))).setting.sessions
        for answer in book.considerations["again"].answers
    ]
    assert meetings == sorted(set(meetings))
    assert 1 <= meetings[0] < meetings[-1] <= max(SESSIONS.values())


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


def test_not_knowing_what_they_want_is_not_taken_for_not_knowing_of_danger() -> None:
    unsure = weighed(who_was_hit="someone_here", safety="safe", harm="stings")
    assert not danger_unknown(unsure, ("they_want",))
    assert danger_unknown(unsure, ("they_want", "risk"))
    assert not danger_unknown(weighed(who_was_hit="someone_here", risk="none"), ("risk",))


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
    assert len(telling.year_rows(year)) == len(words.DOTS)
    bounded = Scene(**{**vars(shown), "answers": (*shown.answers[:-1], ("risk", "serious_soon"))})
    assert imagined(bounded, Chosen()).why
    assert "book" not in imagined(bounded, Chosen()).found


def test_somebody_alone_stands_for_the_last_moment_with_them(practice: Practice) -> None:
    early = practice.foresee("Sam")
    assert isinstance(early, Offer)
    assert early.why == NOT_SAID
    practice.keep(answers={"who_was_hit": "me"}, person="Sam")
    found = practice.foresee("Sam")
    assert isinstance(found, Offer)
    assert found.why == LANDED_ON_YOU


@pytest.mark.long
def test_a_kept_moment_is_looked_at_with_what_the_journal_believes(practice: Practice) -> None:
    moment = practice.keep(answers=ALONE, person="Sam")
    for said in ("held", "shaky", "held"):
        practice.sign("Sam", "rating", said=said)
    found = practice.foresee(moment, sliders={"strain": "0.2"}, off=["no_time_ahead"])
    assert isinstance(found, Foreseen)
    belief = practice.trust(practice.person("Sam")).belief(BOOK.considerations["trust"].answers)
    assert belief
    assert found.scene.trust == pytest.approx(trust_of(belief, BOOK.considerations["trust"].answers))
    assert found.chosen == Chosen(strain=0.2, off=("no_time_ahead",))
    assert FINE.trust > COARSE.trust
