"""The page's modules weigh, ask, tip and tell as Python does: in Node and in a browser."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Route

import poise
from poise.rulebook.reading import read as read_text
from poise.shelf import STARTERS, read
from poise.web.tongue import saying

from ..practice.reading import Vignette, vignettes
from ..weighing.invented import book_of
from .engine import ANSWER, LOAD, Given, agree, as_text, cases, dressed, in_parts, moments
from .node import STATIC, run

FEW, MANY, AT_ONCE = 200, 20_000, 1_000
ADDRESS = "http://pocket.localhost"
CHANCES = st.lists(st.integers(0, 2**32).map(Random), min_size=1, max_size=25)
SOME = settings(max_examples=max(1, settings().max_examples // 5))
"""Many books at once and fewer examples, as Node takes a while to start."""


def in_node(given: Any) -> Any:
    return run(LOAD + ANSWER, given)


@pytest.mark.parametrize("name", STARTERS)
def test_random_moments_come_out_the_same_in_node(name: str) -> None:
    book = read(name)
    agree([(book, moments(book, FEW, Random(name)))], in_node)


@pytest.mark.long
@pytest.mark.parametrize("name", STARTERS)
def test_twenty_thousand_random_moments_come_out_the_same_in_node(name: str) -> None:
    book = read(name)
    for some in in_parts(moments(book, MANY, Random(f"{name}, many")), AT_ONCE):
        agree([(book, some)], in_node)


@pytest.mark.parametrize("name", STARTERS)
def test_the_books_own_cases_and_the_invented_moments_come_out_the_same(name: str) -> None:
    book = read(name)
    invented = [each for each in vignettes() + vignettes("blind.yaml") if each.book == name]
    known = cases(book) + [moment for each in invented for moment in _all_of(each)]
    assert len(known) > 20
    agree([(book, known)], in_node)


def _all_of(vignette: Vignette) -> list[Given]:
    """An invented moment, and what each of its small changes makes of it."""
    changes: list[dict[str, str]] = [{}, *(flip["change"] for flip in vignette.flips)]
    return [{"moment": {**vignette.answers, **each, "whose": vignette.whose}, "passed": []} for each in changes]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_sentences_come_out_the_same_in_other_languages(language: str) -> None:
    book = read("among_friends", language)
    agree([(book, moments(book, 60, Random(language)))], in_node, saying(language))


@SOME
@given(CHANCES)
def test_any_book_and_any_moment_come_out_the_same(chances: list[Random]) -> None:
    books = [(read_text("invented", book_of(chance).text), chance) for chance in chances]
    agree([(book, moments(book, 4, chance)) for book, chance in books], in_node)


@SOME
@given(CHANCES)
def test_any_words_and_the_names_that_are_known_come_out_the_same(chances: list[Random]) -> None:
    books = [(dressed(chance), chance) for chance in chances]
    agree([(book, moments(book, 4, chance)) for book, chance in books], in_node)


def test_a_browser_says_the_same(chromium: Browser) -> None:
    page = chromium.new_page()
    page.route(f"{ADDRESS}/**", _serve)
    page.goto(f"{ADDRESS}/")
    script = (
        f"async (given) => {{ const static_ = (name) => import('/' + name); {LOAD}{ANSWER} return answer(given); }}"
    )
    for name in STARTERS:
        book = read(name)
        agree([(book, moments(book, 60, Random(f"{name} in a browser")))], lambda given: page.evaluate(script, given))
    page.close()


def _serve(route: Route) -> None:
    """The page's own modules, at an address that leads nowhere else."""
    file = STATIC / route.request.url.removeprefix(f"{ADDRESS}/")
    if file.is_file():
        route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>notes</title>", content_type="text/html")


def test_an_answer_that_the_book_does_not_know_is_refused() -> None:
    script = (
        LOAD
        + """
    function answer([text, moments]) {
      const book = understand(JSON.parse(text));
      return moments.map((moment) => {
        try { weigh(book, moment); return null; } catch (error) { return [error.name, error.message]; }
      });
    }"""
    )
    book = read("among_friends")
    unknown = [{"harm": "nosuch"}, {"constructor": "x"}, {"nosuch": "x"}, {"harm": "stings"}]
    found = run(script, [as_text(book), unknown])
    assert found == [["RangeError", "harm=nosuch"], ["RangeError", "constructor=x"], ["RangeError", "nosuch=x"], None]


def test_weighing_one_moment_leaves_nothing_behind_for_the_next() -> None:
    book = read("keeping_the_room")
    some = moments(book, 40, Random("again"))
    forth, back = in_node([[as_text(book), some]])[0], in_node([[as_text(book), some[::-1]]])[0]
    assert json.dumps(forth) == json.dumps(back[::-1])


def test_the_modules_hold_no_english_of_their_own() -> None:
    """Sentences come with the book, in the language of the page."""
    told = (STATIC / "telling.js").read_text("utf-8")
    code = "\n".join(line for line in told.splitlines() if not line.lstrip().startswith(("//", "/*", "*")))
    words = poise.weighing.telling.words
    assert not [value for name, value in vars(words).items() if name.isupper() and f'"{value}"' in code]
