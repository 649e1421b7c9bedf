"""Proposals on a page: what one's notes speak for, taken, kept private, forgotten, and undone."""

from __future__ import annotations

import re
import shutil
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from poise.practice.lessons import Lesson, Worked
from poise.web.pages.rulebook.naming import mark_of
from poise.web.serving import Serving

from ..practice.living import NAME, lived
from .axe import violations_in_both as violations
from .conftest import PASSPHRASE, Opened
from .site import Answer, Visitor
from .test_seen import unlock

WEIGHTS = {"not_online": 3.0, "tired": 3.0}


@pytest.fixture(scope="module")
def ninety(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(made, tmp_path_factory.mktemp("lived") / "practice", WEIGHTS, 90, 2)


@pytest.fixture
def folder(ninety: Path, tmp_path: Path) -> Path:
    """Of somebody who kept ninety moments."""
    return Path(shutil.copytree(ninety, tmp_path / "practice"))


def looked(visitor: Visitor) -> Answer:
    """The page once everything is worked out."""
    for _ in range(400):
        page = visitor.get("/proposals")
        if 'id="working"' not in page.text:
            return page
        time.sleep(0.1)
    raise AssertionError("it is still being worked out")


def form_of(shown: Answer, guideline: str) -> dict[str, str]:
    """The fields of one proposal's form."""
    (form,) = [each for each in re.findall(r'<form [^>]*action="/proposals".*?</form>', shown.text, re.DOTALL)
               if f'value="{guideline}"' in each]  # fmt: skip
    return dict(re.findall(r'name="(\w+)" value="([^"]*)">', form.split("<button")[0]))


def answered(visitor: Visitor, guideline: str, what: str) -> Answer:
    return visitor.send("/proposals", {**form_of(looked(visitor), guideline), "what": what})


def weight(visitor: Visitor, guideline: str) -> float:
    with visitor.app.rooms.door.inside() as practice:
        return practice.books.read(NAME).guidelines[guideline].weight


def test_while_locked_nothing_is_shown_and_nothing_done(visitor: Visitor) -> None:
    assert visitor.get("/proposals").place == "/unlock?to=/proposals"
    assert visitor.send("/proposals", {"what": "taken"}).place == "/unlock?to=/"
    assert visitor.send("/proposals/undo/1").place == "/unlock?to=/"


def test_of_an_empty_journal_it_says_that_there_is_not_enough_to_tell(newcomer: Visitor) -> None:
    form = {"book": "among_friends", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    newcomer.send("/welcome", form)
    shown = looked(newcomer)
    assert "Not enough to tell yet, so nothing is proposed." in shown.words
    assert "This is only proposed." not in shown.words


def test_the_look_back_leads_there_and_says_what_is_there(unlocked: Visitor) -> None:
    assert 'href="/proposals"' in unlocked.get("/look-back").text
    looked(unlocked)
    shown = unlocked.get("/look-back")
    assert "“Not online” Proposed: let it pull about twice as hard as it is written." in shown.words


def test_my_rulebook_says_so_beside_the_guideline_it_is_about(unlocked: Visitor) -> None:
    looked(unlocked)
    shown = unlocked.get("/rulebook")
    noted = re.findall(r'<li id="g-(\w+)">(?:(?!</li>).)*Your notes speak for a change here', shown.text, re.DOTALL)
    with unlocked.app.rooms.door.inside() as practice:
        proposed = [mark_of(each.proposal.guideline) for each in practice.proposals()]
    assert noted
    assert sorted(noted) == sorted(proposed)
    answered(unlocked, "not_online", "forgotten")
    looked(unlocked)
    assert mark_of("not_online") not in re.findall(
        r'<li id="g-(\w+)">(?:(?!</li>).)*Your notes speak for a change here', unlocked.get("/rulebook").text, re.DOTALL
    )


def test_while_it_is_being_worked_out_the_page_says_so_and_nothing_is_done(
    unlocked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, worked = threading.Event(), Lesson.worked

    def slowly(lesson: Lesson) -> Worked:
        assert go_on.wait(60)
        return worked(lesson)

    monkeypatch.setattr(Lesson, "worked", slowly)
    try:
        began = time.monotonic()
        shown = unlocked.get("/proposals")
        assert time.monotonic() - began < 10
        assert "Your notes are being gone through" in shown.words
        assert "Take it" not in shown.words
        assert "Your notes are being gone through" in unlocked.get("/proposals/looked").words
        assert unlocked.send("/proposals", {"what": "taken"}).place == "/proposals?meanwhile"
        assert unlocked.get("/look-back").status == 200
        assert "Your notes speak for a change here" not in unlocked.get("/rulebook").words
    finally:
        go_on.set()
    assert looked(unlocked).text.count('class="proposal"') == 2
    assert unlocked.get("/proposals/looked", HX_Request="true").headers["hx-redirect"] == "/proposals"


def test_locking_does_not_wait_for_it_and_what_comes_of_it_is_not_taken_in(
    unlocked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun, worked = threading.Event(), threading.Event(), Lesson.worked

    def slowly(lesson: Lesson) -> Worked:
        begun.set()
        assert go_on.wait(60)
        return worked(lesson)

    monkeypatch.setattr(Lesson, "worked", slowly)
    try:
        unlocked.get("/proposals")
        assert begun.wait(30)
        with unlocked.app.rooms.door.inside() as before:
            pass
        began = time.monotonic()
        assert unlocked.send("/lock").place == "/unlock"
        assert time.monotonic() - began < 4, "who works on it does not stand in the door"
        assert unlocked.get("/proposals").place == "/unlock?to=/proposals"
    finally:
        go_on.set()
    unlocked.send("/unlock", {"passphrase": PASSPHRASE})
    assert looked(unlocked).text.count('class="proposal"') == 2
    assert before._known is None


def test_where_working_it_out_fails_the_page_says_what_it_meets(
    unlocked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Lesson) -> Worked:
        raise ZeroDivisionError

    monkeypatch.setattr(Lesson, "worked", fails)
    asked = (unlocked.get("/proposals") for _ in range(100))  # each waits a little for what is worked out
    found = next((each for each in asked if each.status != 200), None)
    assert found
    assert found.status == 500
    assert "What you wrote before is kept." in found.words


def test_at_most_two_in_words_with_moments_and_what_would_change(unlocked: Visitor) -> None:
    shown = looked(unlocked)
    assert "“Not online” Proposed: let it pull about twice as hard as it is written." in shown.words
    assert "by what you said looking back" in shown.words
    assert "What you care about is not touched by this." in shown.words
    assert "how hard it pulls Before as hard as it says After harder than written" in shown.words
    assert "<ins>    weight: 2</ins>" in shown.text
    assert shown.text.count('class="proposal"') == 2
    assert len(re.findall(r'href="/afterwards/\w+"', shown.text)) >= 6
    assert "Lately you have let things be more often than before" in shown.words
    said = re.sub(
        r"\d{1,2} [A-Z][a-z]+( \d{4})?|weight: \d|Guideline \d+", "", shown.words
    )  # days, and the book's text
    assert not re.search(r"\d|%", said)


def test_taking_writes_one_weight_and_undoing_puts_it_back(unlocked: Visitor) -> None:
    shown = unlocked.follow(answered(unlocked, "not_online", "taken"))
    assert weight(unlocked, "not_online") == 2
    assert "Taken into the book: let it pull about twice as hard as it is written." in shown.words
    undo = re.search(r'action="(/proposals/undo/\d+)"', shown.text)
    assert undo
    again = unlocked.follow(unlocked.send(undo[1]))
    assert weight(unlocked, "not_online") == 1
    assert "What became of earlier ones" not in again.words
    assert unlocked.send(undo[1]).place == "/proposals?meanwhile"


@pytest.mark.parametrize(("what", "words"), [("private", "Kept to yourself"), ("forgotten", "Forgotten, and the book")])
def test_keeping_private_and_forgetting_leave_the_book(unlocked: Visitor, what: str, words: str) -> None:
    shown = unlocked.follow(answered(unlocked, "not_online", what))
    assert words in shown.words
    assert weight(unlocked, "not_online") == 1
    assert not re.search(r'<input[^>]*value="not_online"', shown.text)


def test_what_is_not_proposed_any_more_is_not_touched(unlocked: Visitor) -> None:
    form = form_of(looked(unlocked), "not_online")
    for other in (
        {"guideline": "cardinal"}, {"new": "9.0"}, {"new": "x"}, {"sha256": "0" * 64}, {"book": "another"},
        {"what": "eaten"}, {"what": ""}, {"guideline": ""},
    ):  # fmt: skip
        assert unlocked.send("/proposals", {**form, "what": "taken", **other}).place == "/proposals?meanwhile"
    assert weight(unlocked, "not_online") == 1
    assert unlocked.send("/proposals", {**form, "what": "taken"}).place == "/proposals"
    looked(unlocked)
    assert unlocked.send("/proposals", {**form, "what": "taken"}).place == "/proposals?meanwhile", "sent twice"
    assert weight(unlocked, "not_online") == 2
    assert "This has changed meanwhile; nothing was done." in unlocked.get("/proposals?meanwhile").words
    assert unlocked.send("/proposals/undo/99").place == "/proposals?meanwhile"


def test_where_the_book_was_changed_since_undoing_says_so(unlocked: Visitor) -> None:
    shown = unlocked.follow(answered(unlocked, "not_online", "taken"))
    undo = re.search(r'action="(/proposals/undo/\d+)"', shown.text)
    assert undo
    with unlocked.app.rooms.door.inside() as practice:
        text = practice.books.text(NAME)
        practice.books.rewrite(NAME, text.replace("weight: 2", "weight: 3"), practice.books.history(NAME)[-1].sha256)
    refused = unlocked.send(undo[1])
    assert refused.status == 422
    assert "nothing was changed" in refused.words
    assert weight(unlocked, "not_online") == 3


def test_it_is_taken_with_one_tap_and_undone_with_another(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    page.goto(f"{app.address}/proposals")
    section = page.locator("section.proposal").filter(has_text="Not online")
    expect(section).to_be_visible(timeout=60_000)  # it looks again by itself until it is worked out
    names = [each.inner_text() for each in section.locator(".do button").all()]
    assert names == ["Take it", "Keep it to myself", "Forget it"]
    looks = {each.evaluate("b => getComputedStyle(b).backgroundColor + getComputedStyle(b).fontWeight")
             for each in section.locator(".do button").all()}  # fmt: skip
    assert len(looks) == 1, "no way is put before another"
    section.get_by_role("button", name="Take it").click()
    expect(page.locator("main")).to_contain_text("Taken into the book")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).not_to_contain_text("Taken into the book")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_stands_in_anybodys_way(opened: Opened, app: Serving) -> None:
    page = opened(bypass_csp=True)
    unlock(page)
    page.goto(f"{app.address}/proposals")
    found = violations(page)
    expect(page.locator("section.proposal").first).to_be_visible(timeout=60_000)
    found += violations(page)
    page.locator("section.proposal").first.get_by_role("button", name="Forget it").click()
    expect(page.locator("main")).to_contain_text("Forgotten")
    assert [*found, *violations(page)] == []
