"""`poise search`: entries of the journal that hold some words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..journal.entries import Entry
    from ..practice import Practice


@click.command("search")
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--person", metavar="NICKNAME", help="Only what is about this person.")
@click.option("--did", metavar="RESPONSE", help="Only moments in which you did this.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as a JSON list.")
@of_home
def command(words: tuple[str, ...], person: str | None, did: str | None, as_json: bool, home: str | None) -> None:
    """Find entries that hold all the WORDS, the last written first. `coll*` is every word that begins like it.

    Without WORDS it asks for them, so that they do not stay in your shell's history.
    """
    from .own import asked_line, open_practice
    from .screen import say

    if as_json and not (words or person or did):
        raise click.UsageError("with `--json` it does not ask: say what to look for")
    with open_practice(home) as practice:
        wanted = " ".join(words)
        if not (words or person or did):
            say([["", "What are you looking for?"]])
            wanted = asked_line() or ""
        found = practice.search(wanted, person=person, did=did or "") if wanted or person or did else []
        _show(practice, found, as_json)


def _show(practice: Practice, found: Sequence[Entry], as_json: bool) -> None:
    from ..journal.entries import to_plain
    from ..journal.finding import PAGE
    from .remembered import entry_words
    from .screen import say, say_json

    if as_json:
        say_json([{"kind": entry.kind, **to_plain(entry)} for entry in found])
        return
    people = {person.id: person.nickname for person in practice.people()}
    say([entry_words(practice, entry, people) for entry in found] or [["Nothing in the journal holds all of these."]])
    if len(found) == PAGE:
        say([["", "These are the last written; there may be more. Another word narrows it."]])
