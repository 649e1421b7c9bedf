"""The page in a real browser: taps, keys, going back, leaving, and what a screen says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from poise.rulebook.reading import read as read_text
from poise.web.drawing.balance import balance
from poise.weighing.moment import Moment
from poise.weighing.weighing import weigh

from .phone import Host, hosted, keep, phone, pocket_of, shown, tap, to_leaning, waiting_there


@pytest.mark.parametrize("wide", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_leaning_takes_at_most_four_taps(chromium: Browser, host: Host, wide: bool) -> None:
    with phone(chromium, host, wide=wide) as context:
        page = shown(context, host)
        assert to_leaning(page) <= 4
        expect(page.locator(".sofar")).to_contain_text("So far")
        expect(page.locator("h1")).to_contain_text(re.compile("It leans to “.*” alongside"))
        expect(page.locator("h2:not(.beside) + .why > li")).to_have_count(1)
        expect(page.locator("h2.beside + .why > li")).to_have_count(1)
        expect(page.locator(".tip").first).to_contain_text("It would tip to")
        assert page.evaluate("document.documentElement.scrollWidth") <= (1280 if wide else 390)


@pytest.mark.long
def test_every_screen_offers_help_first_and_each_but_the_first_a_way_to_just_save(
    chromium: Browser, host: Host
) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        danger = page.get_by_role("button", name="Someone is in danger, or a child is being hurt")
        for words in ("safe", "someone who is here", "it stings", "back me up"):
            expect(danger).to_be_in_viewport()
            tap(page, words)
            expect(page.get_by_role("button", name="Just save this moment")).to_be_visible()
        danger.click()
        expect(page.locator(".sheet li").first).to_contain_text("someone near you")
        tap(page, "Back to right now")
        expect(page.locator("h1")).to_contain_text("It leans to")


@pytest.mark.long
@pytest.mark.parametrize("harm", ["it stings", "cruel or on purpose"])
def test_the_balance_is_the_one_of_the_app(chromium: Browser, host: Host, folder: Path, harm: str) -> None:
    book = pocket_of(folder).book
    asked = book.considerations["harm"]
    answer = next(each for code, each in enumerate(asked.answers) if asked.word(code) == harm)
    weighing = weigh(book, Moment(book, safety="safe", who_was_hit="someone_here", harm=answer, they_want="back_me_up"))
    assert weighing.toward
    drawn = balance(weighing, weighing.toward)
    assert drawn
    with phone(chromium, host) as context:
        page = shown(context, host)
        for words in ("safe", "someone who is here", harm, "back me up"):
            tap(page, words)
        found = page.evaluate(PANS)
    assert [each["at"] for each in found] == [pytest.approx([pan.x, pan.y], abs=0.011) for pan in drawn.pans]
    assert [each["label"] for each in found] == [list(pan.label) for pan in drawn.pans]
    stones = [[[stone.x, stone.y, stone.rx, stone.ry] for stone in pan.stones] for pan in drawn.pans]
    assert [each["stones"] for each in found] == [pytest.approx(np.array(each), abs=0.051) for each in stones]


PANS = """() => [...document.querySelectorAll("svg g[transform^=translate]")].map((pan) => ({
  at: pan.getAttribute("transform").match(/[\\d.]+/g).map(Number),
  label: [...pan.querySelectorAll("text")].map((each) => each.textContent),
  stones: [...pan.querySelectorAll("ellipse")].map((each) =>
    ["cx", "cy", "rx", "ry"].map((name) => Number(each.getAttribute(name)))),
}))"""


BOUND = """
poise: 1
title: A book with a bound
responses:
  toward:
    speak: {say: "Say it", when: now}
    let_be: {say: "Let it be", when: none_now}
considerations:
  risk: {ask: "Could somebody be hurt?", answers: "no | yes", first: true}
start: {speak: nudge}
bounds:
  help_first: {when: "risk == yes", instead: "This is not one to weigh. Get help first."}
"""


def test_a_bound_is_a_calm_page_with_the_help_sheet(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    pocket = replace(pocket_of(folder), book=read_text("bound.yaml", BOUND))
    with hosted(tmp_path / "host", pocket) as host, phone(chromium, host) as context:
        page = shown(context, host)
        tap(page, "yes")
        expect(page.locator(".calm h1")).to_have_text("This is not one to weigh. Get help first.")
        expect(page.locator(".sheet li")).to_have_count(3)
        expect(page.locator(".do button")).to_have_text(["Just save this moment"])
        page.get_by_role("button", name="Could somebody be hurt?").click()
        tap(page, "no")
        expect(page.locator("h1")).to_contain_text("It leans to “say it”")


def test_escape_twice_or_the_button_covers_the_page_and_leaves(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile("away.html"))
        assert (page.title(), page.inner_text("body")) == ("New page", "")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Do you feel safe here?")
        tap(page, "Exit")
        page.wait_for_url(re.compile("away.html"))


@pytest.mark.long
def test_back_goes_one_step_back_and_never_into_what_is_done(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        page.go_back()
        expect(page.locator("h1")).to_have_text("What does the person it hit want?")
        tap(page, "back me up")
        keep(page)
        page.get_by_text("Write down what was said").click()
        page.get_by_label("What they said").fill("not to be shown again")
        page.go_back()
        keep(page)
        expect(page.get_by_label("What they said")).to_have_value("not to be shown again")
        tap(page, "Done for now")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Do you feel safe here?")
        expect(page.locator("textarea")).to_have_count(0)
        assert len(waiting_there(page)) == 1


@pytest.mark.long
def test_it_works_by_keyboard_alone_and_each_screen_begins_at_its_heading(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        for words in ("safe", "someone who is here", "it stings", "back me up"):
            expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()
            for _ in range(40):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.textContent.trim()") == words:
                    break
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            page.keyboard.press("Enter")
            expect(page.locator("h1")).to_be_focused()
        expect(page.locator("h1")).to_contain_text("It leans to")


@pytest.mark.long
def test_nothing_moves_under_reduced_motion_and_the_breath_ends_by_itself(chromium: Browser, host: Host) -> None:
    with phone(chromium, host, reduced_motion="reduce") as context:
        assert shown(context, host).evaluate("document.getAnimations().length") == 0
    with phone(chromium, host) as context:
        page = shown(context, host)
        assert page.evaluate("document.getAnimations()[0].effect.getComputedTiming().endTime") == 3000


@pytest.mark.long
def test_a_gut_feeling_goes_along_before_any_leaning_is_shown(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        page.locator(".gut summary").click()
        page.get_by_label("Let it be, for now").check(force=True)
        to_leaning(page)
        expect(page.locator("main")).to_contain_text("your gut said: let it be, for now. That counts too.")


@pytest.mark.long
def test_the_phone_says_it_is_settled_once_no_open_answer_matters(
    chromium: Browser, folder: Path, tmp_path: Path
) -> None:
    book = read_text(
        "bound.yaml",
        BOUND.replace(
            "bounds:", "guidelines:\n  one: {say: One., when: 'risk == yes', lean: {let_be: strong}}\nbounds:"
        ).replace('help_first: {when: "risk == yes"', 'help_first: {when: "risk == yes and risk == no"'),
    )
    with hosted(tmp_path / "host", replace(pocket_of(folder), book=book)) as host, phone(chromium, host) as context:
        page = shown(context, host)
        tap(page, "Skip the questions: what does it lean to?")
        expect(page.locator(".sofar")).to_have_text("So far: answers still open could tip it.")
        tap(page, "yes")
        expect(page.locator("h1")).to_contain_text("let it be")
        expect(page.locator(".sofar")).to_have_text("No answer still open would change this.")
