"""Every page in every language, in a practice full of invented moments: what it says, and what it never says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.routing import Route

from poise.shelf import STARTERS, read
from poise.web.app import make_app
from poise.web.door import Door
from poise.web.looks import read_look
from poise.web.page import Rooms
from poise.web.serving import Serving, serving
from poise.web.shelf import worded
from poise.web.tongue import AWAITING, LANGUAGES, direction

from .conftest import PASSPHRASE
from .site import Answer, Visitor
from .words.opening import kind_of, opened

NEVER = re.compile(
    r"\b(?:scor|rank|streak|percent|should|must|appropriate|problematic|incident|optimal|offender|complian)\w*|[%％]",
    re.IGNORECASE,
)
ELSEWHERE = {
    *("/enter", "/state", "/unlock", "/unlocked", "/welcome", "/welcome/kit", "/welcome/help-sheet"),
    *("/rulebook/{book}/findings", "/rulebook/{book}/findings/looked"),
    *("/rulebook/{book}/review/{base}/{new}", "/rulebook/{book}/review/{base}/{new}/looked"),
    *("/foresight/{kind}/{about}/looked", "/proposals/looked"),
    *("/api/{path:path}", "/settings/import", "/pocket", "/pocket/letters", "/pocket/{name:path}"),
}
"""Paths that nothing leads to from an open practice, no pages, and those that look a book through; tested elsewhere."""
OWN = re.compile(r"<(textarea|pre|code|script|style)\b.*?</\1>", re.DOTALL)
"""Where only a person's own words and a book's text stand."""
ENGLISH = re.compile(r"[A-Za-z’'-]+(?:[ ,;:]+[A-Za-z’'-]+){2,}")
NAMES = ("Ontario College of Social Workers and Social Service Workers",)
Opened = dict[str, dict[str, Answer]]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """An app over invented moments, and none of one's own."""
    rooms = Rooms(Door(tmp_path_factory.mktemp("words") / "none-yet"))
    with serving(rooms, 0) as running:
        yield running
        rooms.end_demo()


@pytest.fixture(scope="module")
def routes(app: Serving) -> list[Route]:
    """The paths that show something."""
    made = make_app(app.rooms, app.sessions, ()).routes
    return [each for each in made if isinstance(each, Route) and "GET" in (each.methods or ())]


@pytest.fixture(scope="module")
def pages(app: Serving, routes: list[Route]) -> Opened:
    """{language: {path: page}}: the first visit, every page of a demo, and what is seen while locked."""
    visitor, found = Visitor(app).enter(), {}
    for language in LANGUAGES:
        app.rooms.end_demo()
        assert visitor.send("/welcome/language", {"language": language}).status == 303
        first = {"/welcome": visitor.get("/welcome")}
        app.rooms.begin_demo()
        found[language] = first | opened(visitor, routes)
        app.rooms.lock()
        found[language] |= {
            f"{path} (locked)": visitor.get(path) for path in ("/", "/unlock", "/settings", "/rulebook")
        }
    return found


def test_every_page_is_opened(pages: Opened, routes: list[Route]) -> None:
    for language, found in pages.items():
        kinds = {kind_of(path.partition(" ")[0], routes) for path in found}
        assert {route.path for route in routes} - kinds <= ELSEWHERE, language
        assert {path: page.status for path, page in found.items() if page.status != 200} == {"/nowhere": 404}


def test_no_page_rates_judges_or_counts_in_hundredths(pages: Opened) -> None:
    said = {(language, path): page.words for language, found in pages.items() for path, page in found.items()}
    assert {where: found[0] for where, words in said.items() if (found := NEVER.search(words))} == {}


def test_every_page_says_its_language_and_has_a_title(pages: Opened) -> None:
    for language, found in pages.items():
        for path, page in found.items():
            assert f'<html lang="{language}" dir="{direction(language)}"' in page.text, path
            assert re.search(r"<title>\s*\S.*?</title>", page.text), path


@pytest.mark.parametrize("language", AWAITING)
def test_no_message_of_poise_is_left_in_english(pages: Opened, language: str) -> None:
    found = {path: _left_in_english(page) for path, page in pages[language].items()}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("language", AWAITING)
def test_what_is_one_s_own_stays_as_it_was_written(pages: Opened, language: str) -> None:
    book, labels = read(STARTERS[1]), read(STARTERS[1], language)
    whole = " ".join(page.words for path, page in pages[language].items() if path.endswith("whole=yes"))
    assert all(" ".join(each.say.split()) in whole for each in book.guidelines.values())
    assert book.responses["let_be"].say in whole, "the book is shown as it stands"
    leanings = " ".join(page.words for path, page in pages[language].items() if path.endswith("/leaning"))
    assert labels.responses["gentle_now"].say in leanings


def test_the_settings_say_that_a_translation_awaits_review(pages: Opened) -> None:
    for found in pages.values():
        for language, words in AWAITING.items():
            assert f'lang="{language}">{words}<' in found["/settings"].text


def _left_in_english(page: Answer) -> list[str]:
    """Three English words and more in a row on a page of another language, that are nobody's own."""
    shown = OWN.sub(" ", page.text)
    said = re.findall(r'(?:aria-label|placeholder|alt|data-lost)="([^"]*)"', shown)
    pieces = (" ".join(unescape(each).split()) for each in [*said, *re.split(r"<[^>]*>", shown)])
    return [run for piece in pieces for run in ENGLISH.findall(piece) if run not in NAMES and run.lower() not in _own()]


@cache
def _own() -> str:
    """The words of the starter books, and of the invented moments."""
    practice = [files("poise.practice") / name for name in ("demo.json", "demo.py")]
    books = [each for each in (files("poise") / "rulebooks").iterdir() if each.name.endswith(".yaml")]
    return " ".join(" ".join(each.read_text("utf-8") for each in [*practice, *books]).split()).lower()


def test_english_is_found_where_it_is_left(pages: Opened) -> None:
    found = [path for path, page in pages["en"].items() if not _left_in_english(page)]
    assert found == []


def test_a_language_is_chosen_before_anything_is_set_up_and_kept_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    with serving(Rooms(Door(folder)), 0) as running:
        visitor = Visitor(running).enter()
        for language in ("zh-Hant", "klingon"):
            assert visitor.send("/welcome/language", {"language": language}).place == "/welcome"
            assert '<html lang="zh-Hant"' in visitor.get("/welcome").text
        assert not folder.exists()
        known = {"book": STARTERS[0], "passphrase": PASSPHRASE, "again": PASSPHRASE}
        assert visitor.send("/welcome", known).place == "/welcome/kit"
        assert read_look(folder).language == "zh-Hant"
        visitor.send("/welcome/language", {"language": "en"})
        assert read_look(folder).language == "zh-Hant", "from then on the settings have it"


def test_a_label_never_covers_what_somebody_wrote_themselves() -> None:
    starter = read(STARTERS[1])
    mine = {**starter.responses, "let_be": starter.responses["let_be"]._replace(say="Leave it, today")}
    book = replace(starter, responses=mine)
    said = worded(book, "zh-Hant")
    assert said.responses["let_be"].say == "Leave it, today"
    assert (
        said.responses["ask"].say == read(STARTERS[1], "zh-Hant").responses["ask"].say != starter.responses["ask"].say
    )
    assert said.considerations["harm"].ask == "有多傷人？"
    assert worded(book, "zh-Hant") is said
    assert worded(book, "en") is book
