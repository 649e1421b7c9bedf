"""Proposals on a page: what one's notes speak for, taken, kept private, forgotten, and undone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from poise.web.serving import Serving

from ..practice.living import NAME, lived
from .axe import violations_in_both as violations
from .conftest import Opened
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


def form_of(shown: Answer, guideline: str) -> dict[str, str]:
    """The fields of one proposal's form."""
    (form,) = [each for each in re.findall(r'<form [^>]*action="/proposals".*?</form>', shown.text, re.DOTALL)
               if f'value="{guideline}"' in each]  # fmt: skip
    return dict(re.findall(r'name="(\w+)" value="([^"]*)">', form.split("<button")[0]))


def answered(visitor: Visitor, guideline: str, what: str) -> Answer:
    return visitor.send("/proposals", {**form_of(visitor.get("/proposals"), guideline), "what": what})


def weight(visitor: Visitor, guideline: str) -> float:
    with visitor.app.rooms.door.inside() as practice:
        return practice.books.read(NAME).guidelines[guideline].weight


def test_while_locked_nothing_is_shown_and_nothing_done(visitor: Visitor) -> None:
    assert visitor.get("/proposals").place == "/unlock?to=/proposals"
    assert visitor.send("/proposals", {"what": "taken"}).place == "/unlock?to=/"
    assert visitor.send("/proposals/undo/1").place == "/unlock?to=/"


def test_the_look_back_leads_there(unlocked: Visitor) -> None:
    assert 'href="/proposals"' in unlocked.get("/look-back").text


def test_at_most_two_in_words_with_moments_and_what_would_change(unlocked: Visitor) -> None:
    shown = unlocked.get("/proposals")
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
    form = form_of(unlocked.get("/proposals"), "not_online")
    for other in (
        {"guideline": "cardinal"}, {"new": "9.0"}, {"new": "x"}, {"sha256": "0" * 64}, {"book": "another"},
        {"what": "eaten"}, {"what": ""}, {"guideline": ""},
    ):  # fmt: skip
        assert unlocked.send("/proposals", {**form, "what": "taken", **other}).place == "/proposals?meanwhile"
    assert weight(unlocked, "not_online") == 1
    assert unlocked.send("/proposals", {**form, "what": "taken"}).place == "/proposals"
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
    page.locator("section.proposal").first.get_by_role("button", name="Forget it").click()
    expect(page.locator("main")).to_contain_text("Forgotten")
    assert [*found, *violations(page)] == []
