"""One's own book at the shell: Tab completes its words, and another book is tried on what was kept."""

from __future__ import annotations

import json

import click
import pytest
from click.shell_completion import ShellComplete

from poise.cli.commands import cli
from poise.practice import Practice
from poise.rulebook.mistake import Mistakes

from .practising import PASSPHRASE, Shell


def _own(shell: Shell) -> None:
    """A book that asks about weather, beside the one in use."""
    text = (shell.folder / "rulebooks" / "among_friends.yaml").read_text(encoding="utf-8")
    assert "\n  harm:\n" in text
    text = text.replace(
        "\n  harm:\n", "\n  weather:\n    ask: How is the weather?\n    answers: wet | dry\n  harm:\n", 1
    )
    (shell.folder / "rulebooks" / "among_friends.yaml").write_text(text, encoding="utf-8")


def _completed(*words: str) -> list[str]:
    *before, incomplete = words
    return [item.value for item in ShellComplete(cli, {}, "poise", "_X").get_completions(before, incomplete)]


def test_tab_completes_the_words_of_my_own_book_without_a_passphrase(shell: Shell) -> None:
    _own(shell)
    assert _completed("keep", "wea") == ["weather=wet", "weather=dry"]
    assert _completed("keep", "weather=wet", "wea") == []
    assert _completed("keep", "--did", "gen") == ["gentle_now"]
    assert _completed("search", "--did", "gen") == ["gentle_now"]
    assert _completed("search", "--by", "card") == ["cardinal"]


def test_tab_takes_the_practice_that_is_named_and_the_starter_where_there_is_none(shell: Shell) -> None:
    _own(shell)
    nowhere = str(shell.folder / "nowhere")
    assert _completed("keep", "--home", nowhere, "wea") == []
    assert _completed("keep", "--home", nowhere, "harm=st") == ["harm=stings"]


def test_a_book_that_cannot_be_read_completes_nothing_and_is_no_trouble(shell: Shell) -> None:
    (shell.folder / "rulebooks" / "broken.yaml").write_bytes(b"\xff\xfe: [")
    assert _completed("search", "--by", "card") == ["cardinal"]


def test_kept_moments_that_would_have_leaned_elsewhere_are_named(shell: Shell) -> None:
    with Practice.open(shell.folder, PASSPHRASE) as practice:
        for person, answers in (("Sam", {"place": "one_to_one"}), ("Ola", {"who_was_hit": "me"})):
            practice.keep(answers={"harm": "stings", **answers}, person=person)
        moments = practice.moments()
        looked, found = practice.would_lean((shell.folder / "rulebooks" / "among_friends.yaml").read_text("utf-8"))
        assert (looked, found) == (2, [])
    assert "The same would have led" in shell("compare", "--moments", "among_friends")
    assert shell.code == 0
    printed = shell("compare", "--moments", "in_the_room")
    assert shell.code == 1
    assert "with Sam\n  it leaned to “" in printed
    assert "; it would lean to “" in printed
    assert "Ola" not in printed, "where it landed on me, nothing is leaned to by either"
    data = json.loads(shell("compare", "--moments", "in_the_room", "--json"))
    assert (data["looked_at"], [each["uid"] for each in data["moments"]]) == (2, [moments[1].uid])


def test_an_empty_journal_has_nothing_to_weigh_again(shell: Shell) -> None:
    assert "No moment that a rulebook weighed" in shell("compare", "--moments", "in_the_room")
    assert shell.code == 0


@pytest.mark.parametrize("words", [(), ("a",), ("a", "b", "c"), ("--moments",), ("--moments", "a", "b")])
def test_how_many_books_are_compared_is_said_before_anything_is_asked(shell: Shell, words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError, match="name two books"):
        shell("compare", *words, typed=())
    with pytest.raises(Mistakes):
        shell("compare", "--moments", "no_such_book", typed=())
