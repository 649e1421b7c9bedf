"""`poise people`: the people in the journal."""

from __future__ import annotations

import click

from .own import of_home


@click.command("people")
@click.option("--json", "as_json", is_flag=True, help="Print them as a JSON list.")
@of_home
def command(as_json: bool, home: str | None) -> None:
    """List the people in the journal: by nickname, with who you are to each other."""
    from ..journal.entries import to_plain
    from .own import open_practice
    from .remembered import person_words
    from .screen import say, say_json

    with open_practice(home) as practice:
        people = practice.people()
    if as_json:
        say_json([to_plain(person) for person in people])
    elif people:
        say([[line for person in people for line in person_words(person)]])
    else:
        say([["Nobody is in the journal yet. `poise keep --person NICKNAME` keeps somebody with a moment."]])
