"""What goes wrong between a person and the app takes no word with it, and nothing is kept twice."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from poise.journal.entries import KeptMoment
from poise.practice import Practice
from poise.web.serving import Serving

from .conftest import PASSPHRASE, Opened, browsing
from .running import running
from .test_seen import ANSWERS, tap, to_leaning, unlock

WORDS = "half a sentence about the soup"


either_way = pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.long)], ids=["scripts", "no scripts"]
)


def moments(folder: Path) -> list[KeptMoment]:
    with Practice.open(folder, PASSPHRASE) as practice:
        return practice.moments()


def to_kept(page: Page) -> None:
    """Right now, up to the page that has room for words."""
    to_leaning(page)
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("/kept"))


def question(page: Page) -> str:
    """The name of the question on a page."""
    return page.locator("main [name=question]").first.input_value()


# Back, twice, two tabs


@either_way
def test_back_after_each_answer_shows_it_again_and_another_answer_counts(
    opened: Opened, folder: Path, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    unlock(page)
    for name, then in pairwise(ANSWERS):
        tap(page, name)
        expect(page.get_by_role("button", name=then, exact=True)).to_be_visible()
    moment = page.url
    expect(page.locator("h1")).to_have_text("What does the person it hit want?")
    page.goto(f"{moment}/ask/harm")
    tap(page, "a clumsy slip")
    expect(page.locator(".leaning")).to_be_visible()
    page.go_back(wait_until="commit")
    tap(page, "it stings")
    expect(page.locator(".leaning")).to_be_visible()
    expect(page.locator(".said")).to_contain_text("it stings")
    page.locator(".do button").first.click()
    page.wait_for_url(re.compile("/kept"))
    page.go_back(wait_until="commit")
    if not scripts:  # with them, a page that comes back from memory loads itself anew
        page.reload()
    expect(page.get_by_label("In my own words")).to_be_visible()
    assert page.url.endswith("/kept"), page.url
    (found,) = moments(folder)
    assert found.answers["harm"] == "stings"


@either_way
def test_every_form_of_a_moment_sent_twice_counts_once(opened: Opened, folder: Path, scripts: bool) -> None:
    page = opened(scripts=scripts)
    unlock(page)
    for name in ANSWERS:
        page.get_by_role("button", name=name, exact=True).dblclick()
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    page.locator(".do button").first.dblclick()
    page.wait_for_url(re.compile("/kept"))
    page.get_by_label("With whom was it?").fill("Ola")
    page.get_by_label("In my own words").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).dblclick()
    page.wait_for_url(re.compile("saved"))
    with Practice.open(folder, PASSPHRASE) as practice:
        assert len(practice.moments()) == 1
        assert len(practice.people()) == 1


@either_way
def test_a_question_afterwards_sent_twice_skips_none(opened: Opened, app: Serving, scripts: bool) -> None:
    page = opened(scripts=scripts)
    unlock(page)
    with app.rooms.door.inside() as practice:
        uid = practice.keep(answers={"harm": "stings", "who_was_hit": "someone_here"}, person="Ola", did="ask").uid
    page.goto(f"{app.address}/afterwards/{uid}/ask")
    assert question(page) == "forecast"
    page.locator(".chips button").first.dblclick()
    expect(page.locator("main [name=question][value=forecast]")).to_have_count(0)
    page.goto(f"{app.address}/afterwards/{uid}/ask")
    assert question(page) == "for_them"


def test_two_tabs_on_one_moment_keep_it_once_and_the_last_word_counts(opened: Opened, folder: Path) -> None:
    page = opened()
    unlock(page)
    to_leaning(page)
    other = page.context.new_page()
    other.goto(page.url)
    page.locator(".do button").nth(0).click()
    page.wait_for_url(re.compile("/kept"))
    other.locator(".do button").nth(1).click()
    other.wait_for_url(re.compile("/kept"))
    for tab, words in ((page, "the first tab"), (other, "the second tab")):
        tab.get_by_label("With whom was it?").fill("Ola")
        tab.locator("summary").filter(has_text="Write down what was said").click()
        tab.get_by_label("What they said").fill(words)
        tap(tab, "Save")
        tab.wait_for_url(re.compile("saved"))
    (moment,) = moments(folder)
    assert moment.remark == "the second tab"


def test_two_tabs_afterwards_answer_no_question_twice(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    with app.rooms.door.inside() as practice:
        uid = practice.keep(answers={"harm": "stings", "who_was_hit": "someone_here"}, person="Ola", did="ask").uid
    page.goto(f"{app.address}/afterwards/{uid}/ask")
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.locator(".chips button").first.click()
        expect(tab.locator("main [name=question][value=forecast]")).to_have_count(0)
        assert question(tab) == "for_them"


# A line that is gone, a process that is killed


def gone(page: Page) -> None:
    """It is said, and the words stand where they stood."""
    expect(page.locator("#trouble")).to_contain_text(re.compile("what you wrote is still on this page", re.IGNORECASE))
    expect(page.get_by_label("In my own words")).to_have_value(WORDS)


def test_a_lost_connection_in_the_middle_of_a_form_takes_no_word_with_it(opened: Opened, folder: Path) -> None:
    page = opened()
    unlock(page)
    to_kept(page)
    page.context.set_offline(True)
    page.get_by_label("In my own words").fill(WORDS)
    tap(page, "Save")
    gone(page)
    page.context.set_offline(False)
    tap(page, "Save")
    page.wait_for_url(re.compile("saved"))
    expect(page.get_by_label("In my own words")).to_have_value(WORDS)
    assert len(moments(folder)) == 1


def test_an_answer_that_did_not_arrive_can_be_given_again(opened: Opened) -> None:
    page = opened()
    page.context.set_offline(True)
    tap(page, ANSWERS[0])
    expect(page.locator("#trouble")).to_contain_text("Nothing answers")
    page.context.set_offline(False)
    to_leaning(page)


def lead_in(context: BrowserContext, launch: Path) -> Page:
    """A page that came in by a launch page."""
    page = context.new_page()
    page.goto(launch.as_uri())
    page.wait_for_url(re.compile(r"^http://127\.0\.0\.1:\d+/$"))
    return page


def test_a_killed_app_takes_no_word_with_it(chromium: Browser, folder: Path) -> None:
    with running(folder) as app, browsing(chromium, app) as opened:
        page = opened()
        unlock(page)
        to_kept(page)
        with page.expect_response(re.compile("/draft$")):
            page.get_by_label("In my own words").press_sequentially(WORDS)
        app.kill()
        page.get_by_label("With whom was it?").fill("Ola")
        tap(page, "Save")
        gone(page)
        with running(folder, app.port) as again:
            tap(page, "Save")
            gone(page)
            expect(page.locator("#trouble")).to_contain_text("Run “poise open” once more")
            other = lead_in(page.context, again.launch())
            unlock(other)
            tap(page, "Save")
            page.wait_for_url(re.compile("saved"))
            expect(page.get_by_label("In my own words")).to_have_value(WORDS)
    (moment,) = moments(folder)
    with Practice.open(folder, PASSPHRASE) as practice:
        assert practice.nicknames()[moment.person_id or 0] == "Ola"


@pytest.mark.long
def test_what_was_typed_before_it_was_killed_is_there_on_another_page(chromium: Browser, folder: Path) -> None:
    with running(folder) as app, browsing(chromium, app) as opened:
        page = opened()
        to_kept(page)
        where = page.url
        with page.expect_response(re.compile("/draft$")):
            page.get_by_label("In my own words").press_sequentially(WORDS)
        app.kill()
        page.close()
        with running(folder, app.port) as again:
            other = lead_in(page.context, again.launch())
            unlock(other)
            other.goto(where)
            expect(other.get_by_label("In my own words")).to_have_value(WORDS)
