"""`poise undo`: the last thing that was done to the journal, undone."""

from __future__ import annotations

import click

from .own import of_home

DONE = {
    "kept": "It was kept, and is in the trash now:",
    "changed": "It was changed, and is as it was before:",
    "put in the trash": "It was in the trash, and is back:",
    "put back": "It was put back, and is in the trash again:",
    "brought in": "It was brought in, and is in the trash now:",
}
"""What was done, and what undoing it did."""
_MOST_SHOWN = 20
NOTHING = "Nothing is left to undo: nothing was done in the last 30 days, or all of it was undone."


@click.command("undo")
@click.option("--json", "as_json", is_flag=True, help="Print what was undone as a JSON list.")
@of_home
def command(as_json: bool, home: str | None) -> None:
    """Undo the last thing that was kept, changed or thrown away, within 30 days. Again, and it undoes the one before.

    What was kept goes to the trash; what was changed is as it was before.
    """
    from ..journal.entries import to_plain
    from .own import open_practice
    from .remembered import entry_words
    from .screen import say, say_json

    with open_practice(home) as practice:
        undone = practice.journal.undo()
        if as_json:
            say_json([{"done": done, "kind": entry.kind, **to_plain(entry)} for done, entry in undone])
            return
        people = practice.nicknames()
        told = [
            [DONE[done], *(f"  {line}" for line in entry_words(practice, e, people))]
            for done, e in undone[:_MOST_SHOWN]
        ]
    more = [[f"And {len(undone) - _MOST_SHOWN:,} more."]] if len(undone) > _MOST_SHOWN else []
    say([*told, *more] or [[NOTHING]])
