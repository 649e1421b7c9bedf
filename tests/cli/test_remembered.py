"""Looking at what was kept: people, and search."""

from __future__ import annotations

import json

import click
import pytest

from poise.cli import remembered
from poise.journal.entries import KINDS, Person, word_columns
from poise.journal.finding import PAGE
from poise.journal.trouble import NotThere
from poise.practice import Practice

from .practising import PASSPHRASE, Shell


@pytest.fixture
def kept(shell: Shell) -> Shell:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        sam = practice.journal.keep(Person(nickname="Sam", relation="my cousin", trust_for="the hard talks"))
        moment = practice.keep(
            answers={"harm": "stings"}, person=sam, did="gentle_now", remark="about a lantern", did_else="left early"
        )
        practice.reflect(moment, for_us="sore, then the lantern helped")
    return shell


def test_people_are_listed_with_who_we_are_to_each_other(kept: Shell) -> None:
    printed = kept("people")
    assert printed.splitlines()[:2] == ["Sam", "  who we are to each other: my cousin"]


def test_people_as_json(kept: Shell) -> None:
    (found,) = json.loads(kept("people", "--json"))
    assert (found["nickname"], found["trust_for"]) == ("Sam", "the hard talks")


def test_where_nobody_is_it_says_how_somebody_comes_in(shell: Shell) -> None:
    assert "`poise keep --person NICKNAME`" in shell("people")
    assert json.loads(shell("people", "--json")) == []


# Search


def test_entries_are_found_by_their_words(kept: Shell) -> None:
    printed = kept("search", "lantern")
    assert kept.code == 0
    assert "· moment · with Sam\n  what I did: Tell them kindly, now" in printed
    assert "  what was said: about a lantern" in printed
    assert "  with us two: sore, then the lantern helped" in printed


def test_without_words_it_asks(kept: Shell) -> None:
    printed = kept("search", typed=(PASSPHRASE, "sore helping"))
    assert "What are you looking for?" in printed
    assert "reflection" in printed
    assert "· moment" not in printed


def test_a_long_text_is_cut_on_the_screen_and_whole_as_json(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        practice.line("lantern " * 1000)
    printed = shell("search", "lantern")
    assert len(printed) < 1000
    assert printed.rstrip().endswith("…")
    assert len(json.loads(shell("search", "lantern", "--json"))[0]["words"]) == 8000


def test_as_json_it_does_not_ask(kept: Shell) -> None:
    with pytest.raises(click.UsageError):
        kept("search", "--json")


def test_a_search_is_narrowed_by_person_and_by_what_was_done(kept: Shell) -> None:
    assert [entry["kind"] for entry in json.loads(kept("search", "--did", "gentle_now", "--json"))] == ["moments"]
    assert {entry["kind"] for entry in json.loads(kept("search", "--person", "sam", "--json"))} == {"people", "moments"}
    assert json.loads(kept("search", "lantern", "--did", "let_be", "--json")) == []


def test_nobody_by_that_name_is_said_with_the_way_to_see_who_there_is(kept: Shell) -> None:
    with pytest.raises(NotThere, match="nobody called `Max`"):
        kept("search", "lantern", "--person", "Max")


def test_where_nothing_is_found_it_says_so(kept: Shell) -> None:
    assert kept("search", "plum").strip() == "Nothing in the journal holds all of these."
    assert "Nothing in the journal" in kept("search", typed=(PASSPHRASE,))


def test_a_full_page_says_that_there_may_be_more(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        for _ in range(PAGE):
            practice.line("a lantern")
    assert "there may be more" in shell("search", "lantern")


# The screen


def test_every_kind_and_every_word_somebody_wrote_has_a_name_on_the_screen() -> None:
    assert remembered.KINDS.keys() == KINDS.keys()
    columns = {column.name for kind in KINDS.values() for column in word_columns(kind.table())}
    own = {"nickname", "told", "book", "language", "origin", "whose", "response"}
    assert columns - own == set(remembered.FIELDS)
