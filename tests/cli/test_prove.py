"""`poise prove` at a shell."""

import json
from pathlib import Path

import pytest

from poise.shelf import STARTERS

from .conftest import Poise


@pytest.mark.parametrize("book", STARTERS)
def test_a_starter_book_keeps_its_own_promises(poise: Poise, book: str) -> None:
    ran = poise("prove", book)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Holds: never ")
    assert "Does not hold" not in ran.out


def test_a_broken_promise_is_code_1_with_a_moment_that_shows_it(poise: Poise) -> None:
    ran = poise("prove", "among_friends", "never say_it_now first when they_want == leave_it")
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "Does not hold: never say_it_now first when they_want == leave_it" in told
    assert "“Say it straight, now” is first all the same when “What does the person it hit want?” is “leave it" in told
    words = told.partition("See it: poise ")[2].split()
    assert words[:2] == ["weigh", "among_friends"]
    weighed = json.loads(poise(*words, "--json").out)
    assert weighed["moment"]["they_want"] == "leave_it"
    assert "say_it_now" in weighed["toward"]["lead"]


def test_json_tells_the_same(poise: Poise) -> None:
    broken, kept = "never own_it_now first when harm > stings", "never let_be first when harm == slip and harm == cruel"
    ran = poise("prove", "among_friends", broken, kept, "--json")
    assert ran.code == 1
    data = json.loads(ran.out)
    assert data["book"] == "among_friends"
    first, second = data["promises"]
    assert (first["promise"], first["state"], first["response"]) == (broken, "refuted", "own_it_now")
    assert (first["whose"], first["moment"], first["fewest"]) == ("mine", {"harm": "serious"}, True)
    assert (second["state"], second["moment"], second["never_met"]) == ("holds", None, True)


def test_a_promise_that_cannot_be_understood_is_code_2(poise: Poise) -> None:
    ran = poise("prove", "among_friends", "never let_bee first")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean `let_be`?" in ran.err


def test_a_book_that_promises_nothing_is_told_how(poise: Poise, tmp_path: Path) -> None:
    book = tmp_path / "mine.yaml"
    book.write_text("poise: 1\ntitle: Mine\nresponses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}\n")
    ran = poise("prove", str(book))
    assert ran.code == 0
    assert "promises nothing yet" in " ".join(ran.out.split())
