"""Every flow from end to end, in a real browser: from the first visit until it is locked again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from poise.journal.entries import FollowUp, Reflection, Sign
from poise.practice import Practice

from .conftest import PASSPHRASE, browsing
from .hands import Keys, Thumb
from .site import Visitor
from .test_seen import ANSWERS

REMARK = "what was said over the soup"
LOOKS = [
    pytest.param(
        {"wide": wide, "dark": dark, "scripts": scripts},
        marks=[] if (wide + dark + scripts) % 2 else pytest.mark.long,
        id=f"{'wide' if wide else 'phone'}, {'dark' if dark else 'light'}{'' if scripts else ', no scripts'}",
    )
    for wide in (False, True)
    for dark in (False, True)
    for scripts in (True, False)
]
"""Whether the screen is wide, dark, and runs scripts. Half of them are tried each time: every two of these together."""


def journey(hand: Thumb, file: Path) -> None:
    """Everything that one can do, once; the export is left in `file`."""
    first_visit(hand)
    right_now(hand)
    afterwards(hand)
    people(hand)
    rulebook(hand)
    look_back(hand)
    supervision(hand)
    settings(hand, file)
    locked(hand)


def first_visit(hand: Thumb) -> None:
    """A practice is set up: a book, a passphrase, a kit that is typed back, whom to turn to."""
    hand.choose("Among friends")
    hand.say("A passphrase.", PASSPHRASE)
    hand.say("The same once more", PASSPHRASE)
    hand.press("Set up")
    hand.sees("Write this down, on paper")
    groups = re.findall(r"\b[0-9A-Z]{5}\b", hand.main.locator(".kit").inner_text())
    for label in hand.main.get_by_text("From your sheet: group").all_inner_texts():
        number = re.sub(r"\D", "", label)
        hand.say(f"group {number}", groups[int(number) - 1])
    hand.press("It is on paper")
    hand.sees("whom can you turn to?")
    hand.say("First", "my sister")
    hand.press("Done")
    hand.sees("Take a breath.")


def right_now(hand: Thumb) -> None:
    """Four answers, a leaning so far, what will you do; and words beside it."""
    for name in ANSWERS:
        hand.press(name)
    hand.sees("So far")
    hand.at(hand.main.locator(".do button"))
    hand.sees("You can finish this later.")
    hand.say("With whom was it?", "Ola")
    hand.open("Write down what was said")
    hand.say("What they said", REMARK)
    hand.press("Save")
    hand.page.wait_for_url(re.compile(r"\?saved$"))
    hand.go("Done for now")
    hand.sees("Take a breath.")


def afterwards(hand: Thumb) -> None:
    """Each question once: what was expected comes first, nothing is filled in, what has no answers is passed over."""
    hand.go("Afterwards")
    hand.at(hand.main.locator(".entry"))
    hand.sees("with Ola")
    hand.go("Look back on it")
    question = hand.main.locator("[name=question]")
    asked: list[str] = []
    for _ in range(20):
        expect(hand.main.locator("h1")).to_be_visible()
        if hand.main.locator("h1").inner_text() == "That is all.":
            break
        asked.append(question.input_value())
        expect(hand.main.locator("[aria-pressed=true], :checked")).to_have_count(0)
        chips = hand.main.locator(".chips button")
        hand.at(chips if chips.count() else hand.main.get_by_role("button", name="Pass this one over"))
        expect(hand.main.locator(f"[name=question][value={asked[-1]}]")).to_have_count(0)
    assert asked[0] == "forecast"
    assert {"for_them", "for_us", "for_me", "off", "rating"} <= set(asked)
    hand.press("Keep it")
    hand.sees("What I said on")


def people(hand: Thumb) -> None:
    """Somebody: something felt off, something waits and has come."""
    hand.go("People")
    hand.at(hand.main.locator(".entry"))
    hand.open("Something felt off, or was mended")
    hand.press("a little")
    hand.sees("Something felt off on")
    hand.open("Come back to something")
    hand.say("Or when this has come", "a walk")
    hand.press("Keep")
    hand.sees("waiting for: a walk")
    walk = hand.main.locator("li").filter(has_text="a walk")
    hand.at(walk.get_by_role("button"))
    expect(walk).to_have_count(0)


def rulebook(hand: Thumb) -> None:
    """One guideline in other words: looked at before it counts, then used."""
    hand.go("My rulebook")
    hand.at(hand.main.get_by_role("link", name="Change this one"))
    hand.say("Because", "I tried it, and it went well.")
    hand.press("See what it changes")
    hand.sees("Nothing is changed yet.")
    hand.press("Use this")
    hand.sees("How this book came to be")


def look_back(hand: Thumb) -> None:
    """A page of a diary."""
    hand.go("Look back")
    hand.sees("Is there one thing in it that you want to put down?")
    hand.go("all of it")
    hand.sees("with Ola")


def supervision(hand: Thumb) -> None:
    """A page of one's own, with nobody in it who could be named."""
    hand.go("Make a page for supervision")
    hand.check()
    hand.press("Begin the page")
    hand.sees("Write your page")
    hand.say("The first question I want to ask", "What would Ola say?")
    hand.press("Look it over for names")
    hand.sees("Each of these could point to someone.")
    hand.press("Change these")
    hand.sees("Could anybody be known by this?")
    expect(hand.main.locator("mark").filter(has_text="Ola")).to_have_count(0)
    hand.at(hand.main.get_by_role("link", name=re.compile("show the page", re.IGNORECASE)))
    expect(hand.main.locator("article")).not_to_contain_text("Ola")
    hand.press("It is printed: put it away for good")
    hand.sees("Which moments is it about?")


def settings(hand: Thumb, file: Path) -> None:
    """A sealed copy that is tried; words that leave as a file."""
    hand.go("Settings")
    hand.at(hand.main.locator("a[href='/settings/copies']"))
    hand.press("Make a copy now")
    hand.press("Try the newest one")
    hand.sees("it would bring everything back.")
    hand.go("Settings")
    hand.at(hand.main.locator("a[href='/settings/export']"))
    hand.choose("for a program (JSON)")
    hand.say("Passphrase, once more", PASSPHRASE)
    with hand.page.expect_download() as download:
        hand.press("Get the file")
    download.value.save_as(file)


def locked(hand: Thumb) -> None:
    """Locked from a page about somebody; and the way back shows nothing of it."""
    hand.go("People")
    hand.sees("Ola")
    hand.at(hand.page.get_by_role("button", name="Lock", exact=True))
    hand.sees("The rest opens with your passphrase.")
    hand.page.go_back(wait_until="commit")
    expect(hand.main.locator("h1")).to_have_text("Locked")
    expect(hand.page.locator("body")).not_to_contain_text("Ola")


def is_kept(folder: Path, file: Path) -> None:
    """What the journey was about is in the journal, once; and in the export."""
    with Practice.open(folder, PASSPHRASE) as practice:
        (moment,) = practice.moments()
        assert moment.remark == REMARK
        assert [person.nickname for person in practice.people()] == ["Ola"]
        assert len(practice.journal.entries(Reflection)) == 1
        assert [each.said for each in practice.journal.entries(Sign) if each.moment_id is None] == ["a_little"]
        assert [each.done_at is not None for each in practice.every(FollowUp) if each.waiting_for == "a walk"] == [True]
        assert "I tried it, and it went well." in practice.books.text()
        assert len(practice.journal.copies()) == 1
    assert REMARK.encode() in file.read_bytes()


def through(newcomer: Visitor, chromium: Browser, hand: type[Thumb], file: Path, **look: bool) -> None:
    """The whole journey, and what it left."""
    with browsing(chromium, newcomer.app) as opened:
        journey(hand(opened(**look)), file)
    is_kept(newcomer.app.rooms.door.folder, file)


@pytest.mark.parametrize("look", LOOKS)
def test_from_the_first_visit_until_it_is_locked(
    newcomer: Visitor, chromium: Browser, tmp_path: Path, look: dict[str, bool]
) -> None:
    through(newcomer, chromium, Thumb, tmp_path / "export", **look)


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.long)])
def test_the_same_by_keyboard_alone(newcomer: Visitor, chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    through(newcomer, chromium, Keys, tmp_path / "export", wide=True, scripts=scripts)
