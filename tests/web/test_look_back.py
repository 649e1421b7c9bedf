"""The look back: a page of a diary that the person opens."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from poise.journal.entries import FollowUp
from poise.practice import Practice
from poise.practice.telling import sections
from poise.web.serving import Serving
from poise.weighing.moment import Answer

from .axe import violations_in_both as violations
from .conftest import Opened
from .site import Visitor
from .test_seen import unlock

HERE: dict[str, Answer] = {"harm": "stings", "who_was_hit": "someone_here"}


def month(practice: Practice) -> None:
    """Moments of a month, and one from long before it."""
    now = practice.journal.now()
    for days, person, came in ((20, "Sam", "closer"), (15, "Ola", "sore"), (9, "Sam", "same"), (300, "Kim", "same")):
        at = now - timedelta(days=days)
        kept = practice.keep(answers=HERE, person=person, did="ask", forecast="sore", happened_at=at)
        practice.reflected(kept, {"for_us": came, "off": "yes" if came == "sore" else "no"})
    practice.come_back(person="Sam", waiting_for="a walk")
    practice.come_back(due_on=date(2031, 3, 10), waiting_for="the letter")
    practice.check_in(energy="low", toll="heavy")


@pytest.fixture
def kept(unlocked: Visitor) -> Visitor:
    """Somebody who kept such a month."""
    with unlocked.app.rooms.door.inside() as practice:
        month(practice)
    return unlocked


def test_while_locked_nothing_is_shown(visitor: Visitor) -> None:
    assert visitor.get("/look-back").place == "/unlock?to=/look-back"


def test_an_empty_journal_says_nothing_about_anybody(unlocked: Visitor) -> None:
    assert "Nothing is in the journal since" in unlocked.get("/look-back").words
    assert "That says nothing about you." in unlocked.get("/look-back?since=all").words


def test_it_says_what_the_terminal_says(kept: Visitor) -> None:
    shown = kept.get("/look-back").words
    with kept.app.rooms.door.inside() as practice:
        found = practice.look_back(practice.journal.now() - timedelta(days=31))
        told = sections(practice, found, "a shorter time")
    assert [section.id for section in told] == ["waiting", "moments", "expected", "sore", "book", "grace", "me"]
    for section in told:
        assert section.title in shown
        for line in section.lines:
            assert " ".join(line.words.split()) in shown
            assert all(words in shown for words in line.beneath)


@pytest.mark.parametrize(("since", "there"), [("week", False), ("month", False), ("quarter", False), ("all", True)])
def test_it_looks_as_far_back_as_one_asks(kept: Visitor, since: str, there: bool) -> None:
    shown = kept.get(f"/look-back?since={since}")
    assert shown.status == 200
    assert ("with Kim" in shown.words) is there


def test_a_time_that_there_is_not_is_a_month(kept: Visitor) -> None:
    month_ago = kept.get("/look-back").words
    for since in ("", "ever", "1%20OR%201", "..%2f"):
        assert kept.get(f"/look-back?since={since}").words == month_ago


def test_no_figure_stands_there_but_in_days(kept: Visitor) -> None:
    shown = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}", "", kept.get("/look-back?since=all").words)
    assert not re.search(r"\d|%", shown)


def test_what_i_carry_is_said_gently_and_unknown_is_unknown(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep(answers=HERE, did="ask")
    shown = unlocked.get("/look-back").words
    assert "By what you kept, little of this has come your way lately." in shown
    assert "What it costs you lately is not written down, so nothing is said about it." in shown


def test_of_a_long_time_the_last_is_shown_and_that_there_is_more(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        now = practice.journal.now()
        for days in range(15):
            kept = practice.keep(answers=HERE, did="ask", forecast="sore", happened_at=now - timedelta(days=days))
            practice.reflect(kept, for_us="same")
        few = practice.look_back(now - timedelta(days=31), most=14)
        told = {section.id: [line.words for line in section.lines] for section in sections(practice, few, "a day")}
    assert len(few.seen) == 14
    assert told["moments"][-1] == "And very many before these; a day shows fewer."
    assert told["expected"][12:] == ["And two before these.", "“sore” you expected 14 times; it was so never."]
    shown = unlocked.get("/look-back").words
    assert shown.count("And three before these.") == 2
    assert shown.count("it leaned to") == 12


def test_i_came_back_to_it(kept: Visitor) -> None:
    shown = kept.get("/look-back?since=quarter")
    forms = re.findall(r'action="(/look-back/came-back/[^"]+)"', shown.text)
    assert len(forms) == 2
    answer = kept.send(forms[0], {"since": "quarter"})
    assert answer.place == "/look-back?since=quarter"
    after = kept.follow(answer)
    assert len(re.findall("/look-back/came-back/", after.text)) == 2  # the action, plain and for htmx
    with kept.app.rooms.door.inside() as practice:
        assert [each.waiting_for for each in practice.to_come_back()] == ["a walk"]
        done = next(each for each in practice.every(FollowUp) if each.done_at)
    kept.send(forms[0])
    with kept.app.rooms.door.inside() as practice:
        again = practice.journal.get(FollowUp, done.uid)
        assert again.done_at == done.done_at, "a second tap changes nothing"


def test_a_forged_name_changes_nothing(kept: Visitor) -> None:
    assert kept.send("/look-back/came-back/nothing").status == 404
    with kept.app.rooms.door.inside() as practice:
        uid = practice.moments()[0].uid
        waiting = practice.to_come_back()
    assert kept.send(f"/look-back/came-back/{uid}").status == 404
    with kept.app.rooms.door.inside() as practice:
        assert practice.to_come_back() == waiting


def test_it_can_be_turned_off_for_good_and_on_again(kept: Visitor) -> None:
    off = kept.follow(kept.send("/look-back/on", {"on": "no"}))
    assert "You turned this page off." in off.words
    assert "with Sam" not in kept.get("/look-back?since=all").words
    assert "with Sam" in kept.follow(kept.send("/look-back/on", {"on": "yes"})).words


def test_it_is_opened_by_a_tap_and_nothing_stands_in_the_way(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    page.get_by_role("link", name="Look back").click()
    expect(page.locator("h1")).to_have_text("Look back")
    assert violations(page) == []
    with app.rooms.door.inside() as practice:
        month(practice)
    page.get_by_role("link", name="all of it").click()
    expect(page.get_by_role("heading", name="You wanted to come back to")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("I came back to it")).first.click()
    expect(page.get_by_role("button", name=re.compile("I came back to it"))).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
