"""A look back: facts in words, beside each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from poise.practice import Practice
from poise.practice.telling.numbers import NUMBERS, number, often
from poise.weighing.moment import Answer

from .practising import PASSPHRASE, Shell

HERE: dict[str, Answer] = {"harm": "stings", "who_was_hit": "someone_here", "shared_values": "shared"}


@pytest.fixture
def practice(shell: Shell) -> Iterator[Practice]:
    with Practice.open(shell.folder, PASSPHRASE) as opened:
        yield opened


def _days_ago(practice: Practice, days: int) -> datetime:
    return practice.journal.now() - timedelta(days=days)


def _month(practice: Practice) -> None:
    """Four moments of a month: three with what was expected and what came."""
    for days, person, did, came in (
        (20, "Sam", "let_be", "closer"),
        (15, "Ola", "ask", "sore"),
        (9, "Sam", "ask", "same"),
    ):
        at = _days_ago(practice, days)
        kept = practice.keep(answers=HERE, person=person, did=did, gut="set a limit", forecast="sore", happened_at=at)
        practice.reflected(kept, {"for_us": came, "off": "yes" if came == "sore" else "no"})
    practice.keep(answers={"who_was_hit": "me"}, did="let_be", person="Kim", happened_at=_days_ago(practice, 3))


def test_an_empty_month_says_nothing_about_anybody(shell: Shell) -> None:
    printed = shell("look-back")
    assert shell.code == 0
    assert "That says nothing about you." in printed
    assert json.loads(shell("look-back", "--json"))["moments"] == []


def test_what_i_wanted_to_come_back_to_comes_first_with_its_day(shell: Shell, practice: Practice) -> None:
    kept = practice.keep(answers=HERE, person="Sam")
    practice.come_back(kept, person="Sam", waiting_for="when the show is over")
    practice.come_back(person="Ola", due_on=date(2031, 3, 10), waiting_for="a walk")
    practice.came_back(practice.come_back(waiting_for="done already"))
    lines = shell("look-back").splitlines()
    at = lines.index("You wanted to come back to")
    assert lines[at + 1 : at + 4] == [
        "  10 March 2031 · a walk · with Ola",
        "  waiting for: when the show is over · with Sam",
        "",
    ]


def test_what_was_expected_stands_beside_what_came(shell: Shell, practice: Practice) -> None:
    _month(practice)
    printed = shell("look-back")
    assert "with Sam: expected “sore”; it was “closer”" in printed
    assert "“sore” you expected three times; it was so once." in printed


def test_gut_leaning_and_what_i_did_stand_side_by_side(shell: Shell, practice: Practice) -> None:
    _month(practice)
    printed = " ".join(shell("look-back").split())
    assert re.search(r"with Sam your gut: set a limit it leaned to: .*? you did: let it be, for now", printed)


def test_where_it_landed_on_me_nothing_was_leaned_to(shell: Shell, practice: Practice) -> None:
    practice.keep(answers={"who_was_hit": "me"}, did="let_be", gut="set a limit")
    printed = shell("look-back")
    assert "you did: let it be, for now" in printed
    assert "it leaned to" not in printed


def test_who_gets_my_grace_is_said_of_people_in_the_order_of_the_alphabet(shell: Shell, practice: Practice) -> None:
    _month(practice)
    printed = " ".join(shell("look-back").split())
    ola, sam = (
        "with Ola: one moment; you let it be, for now, in none",
        "with Sam: two moments; you let it be, for now, in one",
    )
    assert printed.index(ola) < printed.index(sam)
    assert "“yes”: three moments; you let it be, for now, in one" in printed
    assert "with Kim: " not in printed, "what landed on me is no grace of mine"


def test_below_three_moments_nothing_is_counted(shell: Shell, practice: Practice) -> None:
    for _ in range(2):
        practice.keep(answers=HERE, person="Sam", did="let_be")
    printed = shell("look-back")
    assert "Who gets your grace" not in printed
    assert "Your book" not in printed


def test_what_feels_off_stays_until_it_was_talked_about(shell: Shell, practice: Practice) -> None:
    practice.sign("Sam", "rupture", happened_at=_days_ago(practice, 90))
    practice.sign("Ola", "rupture", happened_at=_days_ago(practice, 80))
    practice.sign("Ola", "repair", happened_at=_days_ago(practice, 60))
    practice.sign("Kim", "rupture", happened_at=_days_ago(practice, 80))
    practice.sign("Kim", "repair", happened_at=_days_ago(practice, 2))
    printed = " ".join(shell("look-back").split())
    assert re.search(r"with Kim: something felt off since .*?; talked about on ", printed)
    assert re.search(r"with Sam: something felt off since \d+ \w+ \d{4}$|with Sam: something felt off since", printed)
    assert "Ola" not in printed


def test_where_the_book_was_silent_and_where_it_spoke_every_time(shell: Shell, practice: Practice) -> None:
    _month(practice)
    found = practice.look_back(_days_ago(practice, 31))
    assert len(found.steered) == 3
    always = [name for name, times in found.spoke.items() if times == 3]
    assert always
    printed = " ".join(shell("look-back").split())
    assert f"Spoke in all three: “{found.book.guidelines[always[0]].say.rstrip('.')}”" in printed
    assert "Spoke in none" not in printed, "a long book is silent about most things"


def test_a_moment_of_which_nothing_was_said_is_silent(shell: Shell, practice: Practice) -> None:
    for _ in range(3):
        practice.keep(answers={})
    found = practice.look_back(_days_ago(practice, 31))
    assert len(found.silent) == 3
    assert shell("look-back").count("none of your guidelines spoke") == 3


def test_a_guideline_that_is_set_aside_again_and_again_is_named_with_a_question(
    shell: Shell, practice: Practice
) -> None:
    for _ in range(3):
        practice.keep(answers={**HERE, "harm": "serious"}, did="let_be")
    found = practice.look_back(_days_ago(practice, 31))
    assert found.set_aside["cardinal"] == (3, 3)
    printed = " ".join(shell("look-back").split())
    assert re.search(r"Set aside in three of three: “Address it, .*?”. Change it, split it, or keep it\?", printed)


def test_my_part_and_my_rest_are_in_it(shell: Shell, practice: Practice) -> None:
    practice.check_in(energy="low", toll="heavy", elsewhere="the reading group")
    practice.rest(_days_ago(practice, 40), _days_ago(practice, 35))
    practice.rest(_days_ago(practice, 5))
    printed = " ".join(shell("look-back").split())
    assert "energy: low · what it costs: a lot · what you give elsewhere: the reading group" in printed
    assert printed.count("rest from") == 1


def test_it_begins_where_one_says(shell: Shell, practice: Practice) -> None:
    practice.keep(answers=HERE, person="Sam", happened_at=_days_ago(practice, 60))
    assert "with Sam" not in shell("look-back")
    day = _days_ago(practice, 70).date().isoformat()
    assert "with Sam" in shell("look-back", "--since", day)
    assert len(json.loads(shell("look-back", "--since", day, "--json"))["moments"]) == 1


def test_as_json_there_are_the_same_facts(shell: Shell, practice: Practice) -> None:
    _month(practice)
    found = json.loads(shell("look-back", "--json"))
    assert found["let_be"] == {"Ola": {"let_be": 0, "of": 1}, "Sam": {"let_be": 1, "of": 2}}
    assert [moment["reflection"]["for_us"] for moment in found["moments"] if moment["reflection"]] == [
        "closer",
        "sore",
        "same",
    ]
    assert [each["person"] for each in found["sore"]] == ["Ola"]


def test_no_figure_is_said_but_in_words_and_days(shell: Shell, practice: Practice) -> None:
    _month(practice)
    practice.check_in(energy="low")
    printed = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}", "", shell("look-back"))
    assert not re.search(r"\d|%", printed)


def test_numbers_in_words() -> None:
    assert [number(n) for n in (0, 1, 12, 13)] == ["none", "one", "twelve", "13"]
    assert [often(n) for n in (0, 1, 2, 3)] == ["never", "once", "twice", "three times"]
    assert len(NUMBERS) == 13


def test_turned_off_it_looks_at_nothing_and_says_how_it_is_turned_on(shell: Shell, practice: Practice) -> None:
    practice.keep(answers=HERE, person="Sam", did="ask")
    assert shell("settings", "look-back", "off").startswith("look-back: off\n")
    printed = " ".join(shell("look-back").split())
    assert printed == (
        "You turned looking back off. Nothing is looked at. `poise settings look-back on` turns it on again."
    )
    assert json.loads(shell("look-back", "--json")) is None
    shell("settings", "look-back", "on")
    assert "Sam" in shell("look-back")
    assert len(json.loads(shell("look-back", "--json"))["moments"]) == 1
