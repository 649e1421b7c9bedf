"""Looking ahead from a journal: when it is offered, and what goes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from poise.foresight import MOMENTS, Offer
from poise.foresight.actions import SEVERITIES
from poise.foresight.grid import COARSE, FINE
from poise.foresight.mapping import SESSIONS, asked, trust_of
from poise.foresight.offering import LANDED_ON_YOU, NOT_SAID, UNDER_A_BOUND
from poise.practice import Practice
from poise.practice.foreseeing.foreseen import Foreseen
from poise.practice.foreseeing.scene import (
    JOURNAL,
    SAID,
    TAKEN,
    comes_first,
    danger_unknown,
    offered,
    scene,
    to_ask,
)
from poise.practice.foreseeing.sliders import Chosen
from poise.practice.telling import foreseen as telling
from poise.practice.telling import foresight_words as words
from poise.shelf import read
from poise.weighing.moment import Moment
from poise.weighing.weighing import weigh

from ..made import PASSPHRASE
from .ahead import ALONE, BOOK, HERE, SAFE, weighed

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


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE) as opened:
        opened.keep_person("Sam")
        yield opened


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


def test_not_knowing_what_they_want_is_not_taken_for_not_knowing_of_danger() -> None:
    unsure = weighed(who_was_hit="someone_here", safety="safe", harm="stings")
    assert not danger_unknown(unsure, ("they_want",))
    assert danger_unknown(unsure, ("they_want", "risk"))
    assert not danger_unknown(weighed(who_was_hit="someone_here", risk="none"), ("risk",))


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
