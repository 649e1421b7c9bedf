"""The page in a real browser: no network, a killed tab, a full phone, the way home, and where nothing is kept."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from poise.practice import Practice
from poise.practice.coming_home import letters_of, take_home

from ..made import PASSPHRASE
from .phone import Host, hosted, keep, phone, pocket_of, shown, tap, to_leaning, waiting_there


def wait_for_controller(page: Page) -> None:
    page.evaluate("""() => new Promise((done) => {
      if (navigator.serviceWorker.controller) done();
      navigator.serviceWorker.addEventListener("controllerchange", () => done());
    })""")


def test_it_opens_weighs_and_keeps_without_a_network_or_a_host(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        wait_for_controller(page)
        host.stop()
        context.set_offline(True)
        page.reload()
        to_leaning(page)
        keep(page)
        page.reload()
        expect(page.get_by_role("button", name="1 waiting")).to_be_visible()
        page.goto(host.page + "index.html")
        expect(page.get_by_role("button", name="1 waiting")).to_be_visible()


def test_what_is_kept_outlives_a_tab_that_is_killed(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        keep(page)
        with page.expect_event("crash"), suppress(Error):  # the page is not there any more to answer
            page.goto("chrome://crash", timeout=3000)
        again = shown(context, host)
        expect(again.get_by_role("button", name="1 waiting")).to_be_visible()


def test_what_waits_comes_home_as_a_file_and_says_what_was_written(
    chromium: Browser, host: Host, folder: Path, tmp_path: Path
) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        keep(page)
        page.locator(".line").first.click()
        page.get_by_text("Write down what was said").click()
        page.get_by_label("What they said").fill("a remark of that day")
        tap(page, "Done for now")
        page.get_by_role("button", name="1 waiting").click()
        with page.expect_download() as found:
            tap(page, "Save them as a file")
        assert re.fullmatch(r"notes-\d{4}-\d\d-\d\d\.json", found.value.suggested_filename)
        found.value.save_as(tmp_path / "home.json")
        tap(page, "They are home: take them off this phone")
        expect(page.locator("h1")).to_have_text("Nothing waits here.")
        assert waiting_there(page) == []
    with Practice.open(folder, PASSPHRASE) as practice:
        came = take_home(practice, letters_of((tmp_path / "home.json").read_bytes()))
        assert (came.came_in, came.not_taken) == (1, ())
        [moment] = practice.moments()
        assert moment.remark == "a remark of that day"
        assert moment.answers["harm"] == "stings"
        assert moment.happened_at is not None


def quota(page: Page, host: Host, size: int) -> None:
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": host.address, "quotaSize": size}
    )


def test_a_full_phone_says_so_and_hands_the_letter_out_as_a_file(
    chromium: Browser, host: Host, folder: Path, tmp_path: Path
) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        wait_for_controller(page)
        to_leaning(page)
        quota(page, host, 1)
        page.locator(".do button").first.click()
        expect(page.locator("#kept")).to_contain_text("This phone has no room left. Nothing is lost")
        with page.expect_download() as found:
            tap(page, "Save them as a file")
        found.value.save_as(tmp_path / "full.json")
        page.get_by_text("Write down what was said").click()
        page.get_by_label("What they said").fill("written when it was full")
        page.get_by_label("What they said").blur()
        expect(page.locator("#kept .bound")).to_be_visible()
        quota(page, host, 50_000_000)
        page.get_by_label("What they said").fill("written when there was room again")
        page.get_by_label("What they said").blur()
        expect(page.locator("#kept")).to_contain_text("Saved, sealed.")
        assert len(waiting_there(page)) == 1
    with Practice.open(folder, PASSPHRASE) as practice:
        assert take_home(practice, letters_of((tmp_path / "full.json").read_bytes())).came_in == 1


@pytest.mark.long
def test_only_the_page_is_kept_for_offline_and_a_new_build_takes_its_place(
    chromium: Browser, host: Host, folder: Path
) -> None:
    def kept(page: Page) -> dict[str, list[str]]:
        found: dict[str, list[str]] = page.evaluate("""async () => Object.fromEntries(await Promise.all(
          (await caches.keys()).map(async (name) =>
            [name, (await (await caches.open(name)).keys()).map(({ url }) => url)])))""")
        return found

    with phone(chromium, host) as context:
        page = shown(context, host)
        wait_for_controller(page)
        page.evaluate("fetch('elsewhere.json')")
        [before] = kept(page)
        names = {path.name for path in host.folder.iterdir()} - {"sw.js", ".notes-build.json", "index.html"}
        assert set(kept(page)[before]) == {host.page, *(host.page + name for name in names)}
        pocket = pocket_of(folder)
        host.put(replace(pocket, book=replace(pocket.book, title="Another title")))
        page.reload()
        expect(page.locator("header")).to_contain_text("Another title")
        page.wait_for_timeout(300)
        [after] = kept(page)
        assert after != before


@pytest.mark.long
def test_a_host_halfway_through_an_update_leaves_the_build_that_is_there(
    chromium: Browser, host: Host, folder: Path
) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        wait_for_controller(page)
        pocket, old = pocket_of(folder), (host.folder / "book.js").read_bytes()
        host.put(replace(pocket, book=replace(pocket.book, title="Another title")))
        (host.folder / "book.js").write_bytes(old)
        page.reload()
        page.wait_for_timeout(700)
        page.reload()
        expect(page.locator("header")).to_contain_text(pocket.book.title)
        to_leaning(page)


@pytest.mark.long
def test_over_plain_http_it_weighs_keeps_nothing_and_says_why(chromium: Browser, host: Host) -> None:
    plain = replace(host, address="http://notes.example")

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(plain.page) or "index.html"
        route.fulfill(path=host.folder / name)

    with phone(chromium, plain) as context:
        context.route("http://notes.example/**", answer)
        page = shown(context, plain)
        expect(page.locator("main")).to_contain_text("open it by an address that begins with https")
        to_leaning(page)
        expect(page.get_by_role("button", name="Just save this moment")).to_have_count(0)
        page.locator(".do button").first.click()
        expect(page.locator("#kept")).to_contain_text("It weighs, and keeps nothing.")
        expect(page.locator("textarea")).to_have_count(0)
        assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


@pytest.mark.long
def test_without_a_journal_behind_it_it_says_that_it_keeps_nothing(
    chromium: Browser, folder: Path, tmp_path: Path
) -> None:
    with hosted(tmp_path / "host", pocket_of(folder, address=None)) as host, phone(chromium, host) as context:
        page = shown(context, host)
        expect(page.locator("main")).to_contain_text("There is no journal behind this page")
        to_leaning(page)
        page.locator(".do button").first.click()
        expect(page.locator("#kept")).to_contain_text("keeps nothing")
        assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


@pytest.mark.long
def test_nothing_is_asked_of_somebody_who_leaves_while_the_phone_is_full(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        wait_for_controller(page)
        to_leaning(page)
        quota(page, host, 1)
        page.locator(".do button").first.click()
        expect(page.locator("#kept")).to_contain_text("no room left")
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.type))
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.evaluate("location.reload()")
        page.wait_for_timeout(300)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile("away.html"))
        assert asked == ["beforeunload"], "a reload is asked about, leaving is not"
