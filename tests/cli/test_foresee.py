"""`poise foresee`: what would follow, in words; when it is not offered; numbers in JSON only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from poise.cli.foreseeing import grouped
from poise.foresight import SWITCHES
from poise.foresight.offering import LANDED_ON_YOU
from poise.foresight.tables import PARTS
from poise.journal.trouble import NotThere
from poise.practice import Practice
from poise.practice.foreseeing import foreseen
from poise.practice.foreseeing.scene import scene
from poise.practice.foreseeing.sliders import SLIDERS, Chosen
from poise.practice.foreseeing.year import imagined
from poise.practice.telling import foresight_words as words
from poise.practice.telling.imagined import year_rows
from poise.rulebook.mistake import Mistakes

from ..practice.ahead import HERE, weighed
from .practising import PASSPHRASE, Shell

SAID = {
    "safety": "safe", "risk": "none", "dependent": "none", "who_was_hit": "people_not_here", "harm": "stings",
    "place": "one_to_one", "they_want": "back_me_up",
}  # fmt: skip
TYPED = [f"{name}={answer}" for name, answer in SAID.items()]


@pytest.fixture
def practice(shell: Shell) -> Iterator[Practice]:
    with Practice.open(shell.folder, PASSPHRASE) as opened:
        opened.keep_person("Sam")
        yield opened


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few sets of assumptions: what they say is tested elsewhere."""
    monkeypatch.setattr(foreseen.steps, "__defaults__", (16,))
    monkeypatch.setattr(foreseen.finish, "__defaults__", (16,))
    monkeypatch.setattr(foreseen, "FOR_PARTS", 3)


def test_it_tells_all_of_it_in_words_and_decides_nothing(shell: Shell, practice: Practice) -> None:
    printed = shell("foresee", "Sam", *TYPED)
    assert shell.code == 0
    for head in ("What goes in", "What each response costs, if you are wrong", "Why, in parts that add up",
                 "By how much trust there is", "What would be otherwise", "A year under your rulebook",
                 "What it hinges on"):  # fmt: skip
        assert f"{head}:" in printed
    assert "You decide." in printed
    assert "“always kindly”" in printed
    assert not re.search(r"with [^“;]*,", printed.split("A year under your rulebook:")[1].split("Energy you had")[0])
    assert "not said, so taken like this" in printed
    assert re.findall(r"[0-9%]", printed) == []
    assert practice.moments() == []


def test_what_is_asked_otherwise_stands_on_top_in_words(shell: Shell, practice: Practice) -> None:
    asked = ("--strain", "0", "--meetings", "3", "--load", "8", "--suppose", "no_growth_of_trust")
    printed = shell("foresee", "Sam", *TYPED, *asked)
    assert "What you asked otherwise:" in printed
    assert f"{words.LABELS['strain']}: not at all" in printed
    assert f"{words.LABELS['load']}: nearly gone" in printed
    assert words.SWITCHED["no_growth_of_trust"] in printed
    assert practice.people()[0].nickname == "Sam"


def test_the_numbers_are_in_the_data(shell: Shell, practice: Practice) -> None:
    uid = practice.keep(answers=SAID, person="Sam").uid
    data = json.loads(shell("foresee", uid, "--harm", "4", "--json"))
    assert data["offered"] is True
    assert data["asked"] == dict.fromkeys(SLIDERS) | {"harm": 4.0}
    assert set(data["why"]["parts"]) == set(PARTS)
    low, high = data["ahead"]["low80"], data["ahead"]["high80"]
    assert low <= data["ahead"]["low50"] <= data["ahead"]["high50"] <= high
    assert set(data["costs"]) == {*data["now"], *data["not_yet"]}
    assert min(cost["mean"] for cost in data["costs"].values()) >= 0
    assert len(data["curve"]["trust"]) == len(data["curve"]["centre"]) == len(data["curve"]["low80"])
    assert len(data["year"]["ways"]["book"]["left"]) == 40
    assert data["map"]["here"]["leads"] in words.LEADS


def test_somebody_who_was_hit_is_not_offered_it(shell: Shell, practice: Practice) -> None:
    uid = practice.keep(answers={"who_was_hit": "me"}, person="Sam").uid
    for about in (uid, "Sam"):
        printed = shell("foresee", about)
        assert LANDED_ON_YOU in " ".join(printed.split())
        assert "poise help-sheet" in printed
    assert json.loads(shell("foresee", uid, "--json")) == {"offered": False, "why": LANDED_ON_YOU}


def test_a_slip_of_my_own_is_said_to_be_one_and_nothing_is_asked(shell: Shell, practice: Practice) -> None:
    printed = " ".join(shell("foresee", practice.keep(whose="mine", answers={"harm": "stings"}).uid).split())
    assert words.OWN_SLIP in printed
    assert "To be answered first" not in printed


def test_under_a_bound_it_says_which_and_what_is_to_be_answered_first(shell: Shell, practice: Practice) -> None:
    printed = " ".join(shell("foresee", "Sam", *TYPED[1:], "safety=not_safe").split())
    assert words.BOUND in printed
    assert "You said you are not safe." in printed
    printed = shell("foresee", "Sam", "who_was_hit=people_not_here", "safety=safe", "they_want=?")
    assert "`risk=…`" in printed
    assert "`they_want=…`" not in printed
    assert words.DANGER_UNKNOWN not in " ".join(printed.split())
    assert words.DANGER_UNKNOWN in " ".join(shell("foresee", "Sam", *TYPED[:1], *TYPED[2:], "risk=?").split())
    assert practice.moments() == []


def test_what_cannot_be_is_said_at_once_each_naming_its_field(shell: Shell) -> None:
    with pytest.raises(Mistakes) as said:
        shell("foresee", "Sam", "--strain", "9", "--growth", "fast", "--suppose", "no_strains", typed=())
    assert len(said.value.mistakes) == 3
    assert "`strain` cannot be `9`" in str(said.value)
    assert "`growth` cannot be `fast`" in str(said.value)
    assert "did you mean `no_strain`?" in str(said.value)


def test_nobody_of_that_name_and_no_such_answer(shell: Shell, practice: Practice) -> None:
    with pytest.raises(NotThere, match="nobody called `Ola`"):
        shell("foresee", "Ola")
    with pytest.raises(Mistakes, match="harm"):
        shell("foresee", "Sam", "harm=much")
    with pytest.raises(Mistakes, match="not an answer"):
        shell("foresee", "Sam", "harm")
    assert practice.people()[0].nickname == "Sam"


def test_where_a_rulebook_cannot_be_played_it_says_beside_what_the_others_stand() -> None:
    under_a_bound = scene(weighed(**HERE | {"risk": "worry"}))
    answers = tuple({**dict(under_a_bound.answers), "risk": "serious_soon"}.items())
    year = imagined(replace(under_a_bound, answers=answers), Chosen())
    assert year.why
    left, eased, *_ = (grouped(year, said) for _, said in year_rows(year))
    assert "beside" not in left
    assert eased.startswith("beside “always out loud”, ")
    played = imagined(under_a_bound, Chosen())
    assert not any("beside" in grouped(played, said) for _, said in year_rows(played))


def test_every_switch_can_be_supposed(shell: Shell, practice: Practice) -> None:
    supposed = [word for switch in SWITCHES for word in ("--suppose", switch)]
    assert json.loads(shell("foresee", "Sam", *TYPED, *supposed, "--json"))["suppose"] == list(SWITCHES)
    assert practice.moments() == []
