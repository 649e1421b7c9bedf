"""A practice, and an app that runs over it on a port of its own; for some tests, a real browser before it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from poise.practice.demo import make_demo
from poise.web.door import Door
from poise.web.page import Rooms
from poise.web.serving import Serving, serving

from ..made import PASSPHRASE
from .program import locked, program
from .site import Visitor

__all__ = ["PASSPHRASE", "locked", "program"]


class Served(Protocol):
    """An app that answers, in this process or in one of its own."""

    @property
    def address(self) -> str: ...

    def launch(self) -> Path: ...


@pytest.fixture
def app(folder: Path) -> Iterator[Serving]:
    """The app, locked, on a free port."""
    with serving(Rooms(Door(folder)), 0) as running:
        yield running


@pytest.fixture
def visitor(app: Serving) -> Visitor:
    """Somebody who came in by the launch link; the journal is locked."""
    return Visitor(app).enter()


@pytest.fixture
def unlocked(visitor: Visitor) -> Visitor:
    """Somebody who came in and unlocked the journal."""
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE}).status == 303
    return visitor


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A practice of three invented months, which no test touches; and its passphrase."""
    folder = tmp_path_factory.mktemp("invented") / "practice"
    return folder, make_demo(folder, datetime.now().astimezone())


@pytest.fixture
def lived_in(invented: tuple[Path, str], tmp_path: Path) -> Iterator[Visitor]:
    """Somebody who has used the app for three months, and unlocked it."""
    folder, passphrase = invented
    with serving(Rooms(Door(Path(shutil.copytree(folder, tmp_path / "lived")))), 0) as running:
        visitor = Visitor(running).enter()
        assert visitor.send("/unlock", {"passphrase": passphrase}).status == 303
        yield visitor


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Visitor]:
    """Somebody whose machine has no practice yet."""
    with serving(Rooms(Door(tmp_path / "home" / "practice")), 0) as running:
        yield Visitor(running).enter()


Opened = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, app: Serving) -> Iterator[Opened]:
    """Opens the app in a browser of its own: `opened(wide=True, dark=True, scripts=False)`."""
    with browsing(chromium, app) as open_page:
        yield open_page


@contextmanager
def browsing(chromium: Browser, app: Served) -> Iterator[Opened]:
    """Opens an app in browsers of its own.

    Whatever a page does that its policy forbids, and every request that leaves this machine, fails the test.
    """
    wrong: list[str] = []
    with ExitStack() as stack:

        def open_page(*, wide: bool = False, dark: bool = False, scripts: bool = True, **more: object) -> Page:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 800} if wide else {"width": 390, "height": 844},
                color_scheme="dark" if dark else "light",
                java_script_enabled=scripts,
                **more,  # type: ignore[arg-type]
            )
            stack.callback(context.close)
            context.on("page", lambda page: _watch(page, app, wrong))
            page = context.new_page()
            page.goto(app.launch().as_uri())
            page.wait_for_url(re.compile(f"^{re.escape(app.address)}/(welcome)?$"))
            return page

        yield open_page
    assert wrong == []


def _watch(page: Page, app: Served, wrong: list[str]) -> None:
    page.on("console", lambda said: wrong.append(said.text) if _forbidden(said.text) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if _here(asked.url, app) else wrong.append(asked.url))


def _forbidden(words: str) -> bool:
    return "Content Security Policy" in words or "TrustedHTML" in words or "hx-csp" in words


def _here(url: str, app: Served) -> bool:
    return url.startswith((f"{app.address}/", "file:///", "data:", "blob:"))
