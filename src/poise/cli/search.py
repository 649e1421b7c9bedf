"""`poise search`: entries of the journal that hold some words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from .completing import complete_guidelines, complete_responses
from .own import of_home
from .whole import Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..journal.entries import Entry
    from ..practice import Practice

NOTHING = "Nothing in the journal holds all of these."
NO_MORE = "There is nothing more."
Find = Callable[["Entry | None"], "list[Entry]"]
"""A page of entries, after the last one of the page before."""


@click.command("search")
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--person", metavar="NICKNAME", help="Only what is about this person.")
@click.option(
    "--did", metavar="RESPONSE", help="Only moments in which you did this.", shell_complete=complete_responses
)
@click.option(
    "--by", metavar="GUIDELINE", help="Only moments in which this guideline spoke.", shell_complete=complete_guidelines
)
@click.option("--page", type=Whole(1, 10_000), default=1, metavar="N", help="The Nth page of twenty.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as a JSON list.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    words: tuple[str, ...],
    person: str | None,
    did: str | None,
    by: str | None,
    page: int,
    as_json: bool,
    home: str | None,
) -> None:
    """Find entries that hold all the WORDS, the last written first. `coll*` is every word that begins like it.

    Without WORDS it asks for them, so that they do not stay in your shell's history.
    """
    from .own import asked_line, open_practice
    from .screen import say

    narrowed = bool(words or person or did or by)
    if as_json and not narrowed:
        raise click.UsageError("with `--json` it does not ask: say what to look for")
    with open_practice(home) as practice:
        wanted = " ".join(words)
        if not narrowed:
            say([["", "What are you looking for?"]])
            wanted = asked_line() or ""

        def find(before: Entry | None) -> list[Entry]:
            if not (wanted or narrowed):
                return []
            return practice.search(wanted, person=person, did=did or "", by=by or "", before=before)

        found = _page(find, page)
        if as_json:
            _print(found)
        else:
            _show(practice, find, found, page)


def _page(find: Find, number: int) -> list[Entry]:
    """One page, counted from 1; those before it are gone through."""
    found = find(None)
    for _ in range(number - 1):
        if not found:
            break
        found = find(found[-1])
    return found


def _print(found: Sequence[Entry]) -> None:
    from ..journal.entries import to_plain
    from .screen import say_json

    say_json([{"kind": entry.kind, **to_plain(entry)} for entry in found])


def _show(practice: Practice, find: Find, found: list[Entry], page: int) -> None:
    """Page after page on a terminal, as long as somebody wants more; one page elsewhere."""
    from ..journal.finding import PAGE
    from .remembered import entry_words
    from .screen import say

    people = practice.nicknames()
    say([entry_words(practice, entry, people) for entry in found] or [[NOTHING if page == 1 else NO_MORE]])
    while len(found) == PAGE:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            say([["", f"These are the last written; there may be more: `--page {page + 1}`. Another word narrows it."]])
            return
        if not _more():
            return
        page, found = page + 1, find(found[-1])
        say([[""], *(entry_words(practice, entry, people) for entry in found)] if found else [["", NO_MORE]])


def _more() -> bool:
    """Whether somebody wants to see more: Enter is yes."""
    from .own import asked_line
    from .screen import say

    say([["", "More? Enter shows the next; any word and Enter ends it."]])
    return asked_line() == ""
