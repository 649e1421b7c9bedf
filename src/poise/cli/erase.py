"""`poise erase`: deletion for good, of what is about one person or of one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..journal.entries import Entry
    from ..practice import Practice


@click.command("erase")
@click.argument("nickname", required=False, metavar="[NICKNAME]")
@click.option(
    "--uid", metavar="UID", help="One entry, and what is about it; `--json` of other commands prints the `uid`."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print what was deleted as a JSON object.")
@of_home
def command(nickname: str | None, uid: str | None, yes: bool, as_json: bool, home: str | None) -> int:
    """Delete for good what is about NICKNAME: the person, and every entry with them. It cannot be undone.

    `poise trash` is the way that can: what is in the trash is deleted after 30 days.
    """
    from ..practice.parting import deleted_with
    from .own import open_practice
    from .screen import say, say_json

    if bool(nickname) == bool(uid):
        raise click.UsageError("name one person, or one entry with `--uid`")
    if as_json and not yes:
        raise click.UsageError("with `--json` it does not ask: add `--yes`")
    with open_practice(home) as practice:
        entry = practice.entry(uid) if uid else practice.person(nickname or "")
        counts = deleted_with(practice, entry)
        if not yes and not _sure(practice, entry, counts):
            say([["", "Nothing was deleted."]])
            return 1
        practice.journal.erase(entry)
        left = list(_left(practice, entry))
    if as_json:
        say_json({"deleted": counts})
    else:
        say([["", "It is deleted, and the journal's file was written anew without it.", *left]])
    return 0


def _sure(practice: Practice, entry: Entry, counts: dict[str, int]) -> bool:
    """Say what goes, show the last of its words, and have it typed."""
    from ..journal.entries import Person
    from .import_ import many
    from .own import asked_line
    from .remembered import entry_words
    from .screen import say

    word = entry.nickname if isinstance(entry, Person) else "delete"
    what = ", ".join(many(kind, count) for kind, count in counts.items())
    say([["", *entry_words(practice, entry, practice.nicknames())], [f"This would be deleted for good: {what}."]])
    if isinstance(entry, Person):
        say([["", f"To keep what is about {word} outside of the journal first: poise export --person NICKNAME"]])
    say([["", f"It cannot be undone. Type {word} to delete it; Enter leaves everything as it is."]])
    return (asked_line() or "").strip() == word.strip()


def _left(practice: Practice, entry: Entry) -> Iterator[str]:
    """Where the words may still be."""
    from ..journal.entries import Person
    from ..journal.finding import PAGE

    copies = sum(not copy.automatic for copy in practice.journal.copies())
    if copies:
        yield f"Sealed copies that you made still hold it: {copies:,} in {practice.journal.vault.folder / 'copies'}."
    if isinstance(entry, Person) and (found := practice.search(entry.nickname)):
        many = (
            f"{len(found)}{' or more' if len(found) == PAGE else ''} other {'entry' if len(found) == 1 else 'entries'}"
        )
        yield f"“{entry.nickname}” still stands in the words of {many}: poise search shows them."
