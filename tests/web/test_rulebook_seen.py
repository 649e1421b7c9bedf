"""My rulebook in a real browser: read, changed in words, looked at, used; nothing stands in anybody's way."""

import re

import pytest
from playwright.sync_api import Page, expect

from poise.web.serving import Serving

from .axe import violations
from .conftest import Opened
from .test_seen import tap, unlock

LOOKS = [(False, False), (True, True)]


def the_form(page: Page, app: Serving) -> None:
    """Open the form of the guideline about group chats."""
    page.goto(f"{app.address}/rulebook")
    entry = page.locator(".guidelines li").filter(has_text="Not in group chats")
    entry.get_by_role("link", name="Change this one").click()
    expect(page.get_by_role("heading", name="Change a guideline")).to_be_visible()


def see_what_it_changes(page: Page) -> None:
    tap(page, "See what it changes")
    page.wait_for_url(re.compile("/review/"))


def fits(page: Page) -> bool:
    width = page.evaluate("innerWidth")
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize(("wide", "dark"), LOOKS)
def test_a_guideline_is_changed_in_words_and_counts_only_once_it_is_used(
    opened: Opened, app: Serving, wide: bool, dark: bool
) -> None:
    page = opened(wide=wide, dark=dark)
    unlock(page)
    the_form(page, app)
    assert fits(page)
    page.get_by_label("Because").fill("I tried it, and it went badly.")
    page.get_by_text("twice as hard").click()
    see_what_it_changes(page)
    expect(page.locator("main")).to_contain_text("I tried it, and it went badly.")
    expect(page.locator("main")).to_contain_text("Nothing is changed yet.")
    assert fits(page)
    expect(page.locator("#looked")).to_contain_text("still holds", timeout=60_000)
    tap(page, "Use this")
    page.wait_for_url(re.compile("/history$"))
    expect(page.locator("main")).to_contain_text("harder than written")
    with app.rooms.door.inside() as practice:
        assert "I tried it, and it went badly." in practice.books.text()


def test_a_condition_is_read_back_while_it_is_typed_and_a_mistake_leaves_every_word(
    opened: Opened, app: Serving
) -> None:
    page = opened()
    unlock(page)
    the_form(page, app)
    when = page.locator("[name=when-0]")
    when.fill("place == group_chat and harm >= serious")
    expect(page.locator(".of-clause .reads").first).to_contain_text("It reads: place is")
    when.fill("plaec == group_chat")
    expect(page.locator(".of-clause .reads").first).to_contain_text("did you mean place?")
    tap(page, "See what it changes")
    expect(page.get_by_role("alert")).to_contain_text("One thing cannot be understood yet.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(when).to_have_value("plaec == group_chat")
    when.fill("place == public_online")
    see_what_it_changes(page)


def test_what_is_typed_survives_a_page_that_is_closed(opened: Opened, app: Serving) -> None:
    page = opened()
    unlock(page)
    page.goto(f"{app.address}/rulebook")
    page.get_by_role("link", name="The whole book as text").click()
    with page.expect_response(re.compile("/text/draft$")):
        page.get_by_label("The text").press_sequentially("# half a sen")
    page.reload()
    expect(page.locator("main")).to_contain_text("This is what you were writing.")
    expect(page.get_by_label("The text")).to_have_value(re.compile("# half a sen"))


def test_it_works_without_javascript(opened: Opened, app: Serving) -> None:
    page = opened(scripts=False)
    unlock(page)
    the_form(page, app)
    page.get_by_label("Because").fill("Written without a script.")
    see_what_it_changes(page)
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    tap(page, "Use this")
    page.wait_for_url(re.compile("/history$"))
    with app.rooms.door.inside() as practice:
        assert "Written without a script." in practice.books.text()


def test_on_paper_the_whole_book_is_there_and_nothing_else(opened: Opened, app: Serving) -> None:
    page = opened()
    page.goto(f"{app.address}/rulebook?whole=yes")
    page.emulate_media(media="print")
    expect(page.locator(".book .clause").first).to_be_visible()
    for gone in ("nav", "footer", ".screen", "header form"):
        assert not any(each.is_visible() for each in page.locator(gone).all()), gone


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_stands_in_anybodys_way(opened: Opened, app: Serving, dark: bool) -> None:
    page = opened(dark=dark, bypass_csp=True)
    unlock(page)
    found: dict[str, list[str]] = {}
    the_form(page, app)
    path = re.sub("/guideline/.*", "", page.url)
    found["form"] = violations(page)
    page.locator("[name=when-0]").fill("plaec == x")
    tap(page, "See what it changes")
    expect(page.get_by_role("alert")).to_be_visible()
    found["mistakes"] = violations(page)
    page.locator("[name=when-0]").fill("place == public_online")
    see_what_it_changes(page)
    found["review"] = violations(page)
    tap(page, "Use this")
    page.wait_for_url(re.compile("/history$"))
    found["history"] = violations(page)
    for each in (f"{path}?whole=yes", f"{path}/findings", f"{path}/text", f"{path}/add", f"{app.address}/rulebook/new"):
        page.goto(each)
        found[each] = violations(page)
    assert {name: each for name, each in found.items() if each} == {}
