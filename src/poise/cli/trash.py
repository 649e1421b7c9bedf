"""`poise trash`: what was thrown away, for 30 days; throwing away, and taking out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.entries import Entry
    from ..practice import Practice

EMPTY = "The trash is empty."
DAYS = "What is in the trash is deleted for good after 30 days. `poise trash --put-back` takes something out."
WHICH_IN = "Which one goes into the trash? What is about it goes with it."
WHICH_OUT = "Which one comes out of the trash? What went in with it comes out, too."
_MOST_SHOWN = 20


@click.command("trash")
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--throw", is_flag=True, help="Choose something to throw away, among what holds the WORDS.")
@click.option("--put-back", is_flag=True, help="Choose something to take out.")
@click.option("--uid", metavar="UID", help="This one; `poise search --json` and `poise trash --json` print the `uid`.")
@click.option("--json", "as_json", is_flag=True, help="Print what is in the trash, or what was done, as JSON.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    words: tuple[str, ...], throw: bool, put_back: bool, uid: str | None, as_json: bool, home: str | None
) -> int:
    """List what is in the trash. Nothing in it is found by a search or shown anywhere else."""
    from ..journal.entries import to_plain
    from .own import open_practice
    from .screen import say_json

    if throw and put_back:
        raise click.UsageError("choose one of `--throw` and `--put-back`")
    if as_json and (throw or put_back) and not uid:
        raise click.UsageError("with `--json` it does not ask: name the entry with `--uid`")
    if uid and not (throw or put_back):
        raise click.UsageError("say with `--throw` or `--put-back` what to do with it")
    with open_practice(home) as practice:
        if not (throw or put_back):
            found = practice.journal.in_trash()
            say_json([{"kind": e.kind, **to_plain(e)} for e in found]) if as_json else _list(practice, found)
            return 0
        entry = practice.entry(uid) if uid else _chosen(practice, words, throw)
        moved = (practice.journal.trash if throw else practice.journal.put_back)(entry) if entry else 0
    if as_json:
        say_json({"moved": moved})
    else:
        _say_moved(moved, throw)
    return 0


def _list(practice: Practice, found: Sequence[Entry]) -> None:
    from .remembered import entry_words
    from .screen import say

    people = practice.nicknames()
    shown = [entry_words(practice, entry, people) for entry in found[:_MOST_SHOWN]]
    more = [f"And {len(found) - _MOST_SHOWN} more; `--json` prints them all."] if len(found) > _MOST_SHOWN else []
    say([*shown, more, [DAYS]] if found else [[EMPTY]])


def _chosen(practice: Practice, words: Sequence[str], throw: bool) -> Entry | None:
    """One entry, chosen by its number; None where none was."""
    from contextlib import suppress

    from .own import asked_line
    from .questions import Enough, Questions
    from .remembered import entry_words
    from .screen import say

    if throw and not words:
        say([["", "Which words does it hold?"]])
        words = (asked_line() or "").split()
    found = practice.search(" ".join(words)) if throw and words else []
    found = found if throw else practice.journal.in_trash()[:_MOST_SHOWN]
    people = practice.nicknames()
    lines = {entry.uid: "; ".join(line.strip() for line in entry_words(practice, entry, people)) for entry in found}
    if not lines:
        say([["", "Nothing in the journal holds all of these." if throw else EMPTY]])
        return None
    uid = None
    with suppress(Enough):
        uid = Questions().choose("which", WHICH_IN if throw else WHICH_OUT, lines, "Enter is none.")
    return next((entry for entry in found if entry.uid == uid), None)


def _say_moved(moved: int, throw: bool) -> None:
    from .screen import say

    if not moved:
        said = "Nothing was changed."
    else:
        with_it = " and what is about it" if moved > 1 else ""
        said = f"It{with_it} is in the trash, for 30 days. `poise undo` takes it out again." if throw else ""
        said = said or f"It{' and what went in with it' if moved > 1 else ''} is back in the journal."
    say([["", said]])
