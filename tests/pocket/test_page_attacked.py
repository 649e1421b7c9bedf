"""The page in a real browser, attacked: by its own second tab, by somebody walking up, by a page around it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from poise.practice import Practice
from poise.practice.coming_home import take_home

from ..made import PASSPHRASE
from .phone import Host, keep, phone, shown, tap, to_leaning, waiting_there


def test_what_was_written_over_a_letter_that_is_home_stays(chromium: Browser, host: Host) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        keep(page)
        other = context.new_page()
        other.goto(host.page)
        other.get_by_role("button", name="1 waiting").click()
        with other.expect_download():
            tap(other, "Save them as a file")
        before = waiting_there(page)
        page.get_by_text("Write down what was said").click()
        page.get_by_label("What they said").fill("written after the file was saved")
        page.get_by_label("What they said").blur()
        expect(page.locator("#kept")).to_contain_text("Saved, sealed.")
        while waiting_there(page) == before:
            page.wait_for_timeout(20)
        newer = waiting_there(page)
        tap(other, "They are home: take them off this phone")
        expect(other.locator("h1")).to_have_text("1 waiting")
        assert waiting_there(page) == newer


def test_leaving_at_once_seals_what_was_just_typed(chromium: Browser, host: Host, folder: Path) -> None:
    with phone(chromium, host) as context:
        page = shown(context, host)
        to_leaning(page)
        keep(page)
        page.get_by_text("Write down what was said").click()
        page.get_by_label("What they said").press_sequentially("just typed", delay=0)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile("away.html"))
        letters = [json.dumps(letter).encode() for letter in waiting_there(page)]
    with Practice.open(folder, PASSPHRASE) as practice:
        assert take_home(practice, letters).came_in == 1
        assert [moment.remark for moment in practice.moments()] == ["just typed"]


def test_inside_another_page_it_does_nothing(chromium: Browser, host: Host) -> None:
    (host.root / "around.html").write_text(f'<title>x</title><iframe src="{host.page}"></iframe>', "utf-8")
    with phone(chromium, host) as context:
        page = context.new_page()
        page.goto(f"{host.address}/around.html")
        frame = page.frame_locator("iframe")
        expect(frame.locator("body")).to_contain_text("stands inside another one")
        expect(frame.get_by_role("button")).to_have_count(0)
