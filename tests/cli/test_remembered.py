"""Looking at what was kept: people, and search."""

from __future__ import annotations

import json
import sys

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


def test_every_page_of_a_search_can_be_seen(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        kept = [practice.line(f"lantern {number}").uid for number in range(PAGE + 3)]
    first = [entry["uid"] for entry in json.loads(shell("search", "lantern", "--json"))]
    second = [entry["uid"] for entry in json.loads(shell("search", "lantern", "--page", "2", "--json"))]
    assert first + second == kept[::-1]
    assert json.loads(shell("search", "lantern", "--page", "3", "--json")) == []
    assert "`--page 2`" in shell("search", "lantern")
    assert "There is nothing more." in shell("search", "lantern", "--page", "9")


def test_on_a_terminal_more_is_shown_as_long_as_somebody_wants_it(shell: Shell) -> None:
    if sys.platform == "win32":
        pytest.skip("a terminal of another kind")
    from .terminal import Terminal  # noqa: PLC0415

    with Practice.open(shell.folder, PASSPHRASE) as practice:
        for number in range(2 * PAGE + 1):
            practice.line(f"lantern {number}")
    terminal = Terminal(shell.folder, "search", "lantern")
    terminal.opens()
    assert "the line: lantern 21\n" in terminal.types(
        "", after="More? Enter shows the next; any word and Enter ends it.\n> "
    )
    assert "the line: lantern 1\n" in terminal.types("no", after="ends it.\n> ")
    assert terminal.ends() == 0
    assert "lantern 0" not in terminal.seen


def test_a_search_is_narrowed_by_the_guideline_that_spoke(kept: Shell) -> None:
    with Practice.open(kept.folder, PASSPHRASE) as practice:
        guideline = practice.moments()[0].leaning["applies"][0]
    assert [entry["kind"] for entry in json.loads(kept("search", "--by", guideline, "--json"))] == ["moments"]
    assert json.loads(kept("search", "--by", "no_such_guideline", "--json")) == []


def test_answers_are_shown_in_words(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        moment = practice.keep(answers={"harm": "stings"}, person="Sam", forecast="further")
        said = {
            "for_them": "helped",
            "how_known": "told",
            "off": "a_little",
            "hindsight_toward": "ask",
            "rating": "held",
        }
        practice.reflected(moment, said)
        practice.check_in(energy="low", toll="some")
    printed = shell("search", "--person", "Sam")
    for words in ("expected: further apart", "something felt off: a little", "what it could hold: it held"):
        assert words in printed
    assert "for the person it hit: it helped them (they told me)" in shell("search", "helped")
    assert "which it would have been: Ask, and listen" in shell("search", "helped")
    assert "what it costs me: some" in shell("search", "low")
