"""With whom: what is believed of us two is said before the leaning, and my own answer wins."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from poise.journal.entries import KeptMoment
from poise.practice import Practice
from poise.web.serving import Serving

from .axe import violations_in_both as violations
from .conftest import PASSPHRASE, Opened
from .site import Answer, Visitor
from .test_seen import tap, to_leaning, unlock

ANSWERS = {"safety": "safe", "who_was_hit": "someone_here", "harm": "stings", "they_want": "back_me_up"}
BELIEVED = "From what you wrote down about you two: solid or deep. Say otherwise:"


def rate(practice: Practice, times: int = 4) -> str:
    """Say so many times how much it held with Sam; Sam's name in the journal."""
    for day in range(times):
        practice.sign("Sam", "rating", said="solid", happened_at=practice.journal.now() - timedelta(days=7 * day))
    practice.keep_person("Ola")
    return practice.person("Sam").uid


@pytest.fixture
def sam(unlocked: Visitor) -> str:
    with unlocked.app.rooms.door.inside() as practice:
        return rate(practice)


def begun(visitor: Visitor) -> str:
    """The path of a moment whose first questions are answered."""
    path = "/now"
    for question, answer in ANSWERS.items():
        place = visitor.send(path, {"question": question, "answer": answer}).place
        path = place.removesuffix("/leaning")
    return path


def chosen(visitor: Visitor, path: str, uid: str) -> Answer:
    return visitor.follow(visitor.send(f"{path}/with", {"person": uid}))


def kept(visitor: Visitor, path: str) -> KeptMoment:
    visitor.send(f"{path}/did", {"did": "ask"})
    with visitor.app.rooms.door.inside() as practice:
        return practice.moment(path.rpartition("/")[2])


def test_while_locked_nobody_is_named(visitor: Visitor) -> None:
    path = begun(visitor)
    assert "With whom?" not in visitor.get(f"{path}/leaning").words
    assert visitor.send(f"{path}/with", {"person": "anybody"}).place == "/unlock?to=/"


def test_where_nobody_is_known_nothing_is_asked(unlocked: Visitor) -> None:
    assert "With whom?" not in unlocked.get(f"{begun(unlocked)}/leaning").words


def test_people_are_offered_those_of_the_last_moments_first(unlocked: Visitor, sam: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep(answers={"harm": "stings"}, person="Zoe")
    shown = unlocked.get(f"{begun(unlocked)}/leaning")
    assert re.search(r"With whom\? Zoe Ola Sam", shown.words)
    assert sam in shown.text


def test_what_is_believed_is_said_in_words_and_weighed(unlocked: Visitor, sam: str) -> None:
    path = begun(unlocked)
    shown = chosen(unlocked, path, sam)
    assert BELIEVED in shown.words
    assert not re.search(r"0\.\d|%", shown.words)
    moment = kept(unlocked, path)
    assert sum(moment.answers["trust"].values()) == pytest.approx(1.0)
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.nicknames()[moment.person_id or 0] == "Sam"
        believed = practice.believed(practice.book_of(moment), practice.person("Sam"))["trust"]
    assert moment.answers["trust"] == pytest.approx({name: chance for name, chance in believed.items() if chance > 0})


def test_my_own_answer_wins_and_i_do_not_know_is_no_belief(unlocked: Visitor, sam: str) -> None:
    for answer in ("none", ""):
        path = begun(unlocked)
        chosen(unlocked, path, sam)
        shown = unlocked.follow(unlocked.send(path, {"question": "trust", "answer": answer, "then": "leaning"}))
        assert BELIEVED not in shown.words
        assert kept(unlocked, path).answers.get("trust", "") == answer


def test_choosing_somebody_after_i_did_not_know_asks_the_journal(unlocked: Visitor, sam: str) -> None:
    path = begun(unlocked)
    unlocked.send(path, {"question": "trust", "answer": "", "then": "leaning"})
    assert BELIEVED in chosen(unlocked, path, sam).words


def test_below_three_ratings_nothing_is_believed_and_that_is_said(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        uid = rate(practice, 2)
    path = begun(unlocked)
    shown = chosen(unlocked, path, uid)
    assert "With Sam. There is not enough written down about you two" in shown.words
    assert "trust" not in kept(unlocked, path).answers


def test_it_was_with_somebody_else(unlocked: Visitor, sam: str) -> None:
    path = begun(unlocked)
    chosen(unlocked, path, sam)
    assert "With whom?" in chosen(unlocked, path, "").words
    moment = kept(unlocked, path)
    assert moment.person_id is None
    assert "trust" not in moment.answers


def test_a_person_that_is_not_there_is_refused(unlocked: Visitor, sam: str) -> None:
    path = begun(unlocked)
    assert unlocked.send(f"{path}/with", {"person": "nobody"}).status == 404
    with unlocked.app.rooms.door.inside() as practice:
        practice.journal.trash(practice.person("Sam"))
    assert unlocked.send(f"{path}/with", {"person": sam}).status == 404
    assert "With whom? Ola" in unlocked.get(f"{path}/leaning").words


def test_locked_meanwhile_it_is_not_shown_and_afterwards_it_is_there_again(unlocked: Visitor, sam: str) -> None:
    path = begun(unlocked)
    chosen(unlocked, path, sam)
    unlocked.send("/lock")
    assert unlocked.get(f"{path}/leaning").status == 404, "what was being written is sealed in the journal"
    unlocked.send("/unlock", {"passphrase": PASSPHRASE})
    assert BELIEVED in unlocked.get(f"{path}/leaning").words


def test_a_persons_page_says_what_it_could_hold_in_words(unlocked: Visitor, sam: str) -> None:
    shown = unlocked.get(f"/people/{sam}")
    assert "What it could hold between you, from what you wrote down: solid or deep." in shown.words
    with unlocked.app.rooms.door.inside() as practice:
        uid = practice.person("Ola").uid
    assert "What it could hold between you, from what you wrote down" not in unlocked.get(f"/people/{uid}").words


def test_it_takes_one_tap(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    with app.rooms.door.inside() as practice:
        rate(practice)
    to_leaning(page)
    found = violations(page)
    tap(page, "Sam")
    expect(page.locator("main")).to_contain_text("From what you wrote down about you two")
    found += violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tap(page, "none, strangers")
    expect(page.locator("main")).not_to_contain_text("From what you wrote down about you two")
    assert found == []
