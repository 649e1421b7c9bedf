"""`poise export`: what is in the practice, in a file that any program can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..journal.exporting import Exported
    from ..practice import Practice

FORMS = ("json", "markdown", "csv")
WARNING = (
    "This writes a file that is not sealed: whoever has it can read every word, and nothing can be taken back from a "
    "file. A sealed copy, to keep or to move to another computer, is `poise backup`."
)
AGAIN = "The passphrase once more, to write it"


@click.command("export")
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--as", "form", type=click.Choice(FORMS), default="json", help="Which form; JSON if left out.")
@click.option("--person", metavar="NICKNAME", help="Only what is about this person, with nobody else named in it.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as a JSON object.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    folder: str | None, form: str, person: str | None, schema: bool, as_json: bool, home: str | None
) -> None:
    """Write what is in the practice into a file in FOLDER (where you are, if left out). It is not sealed.

    Everything is in it: all entries, the trash among them, texts of rulebooks, holds, drafts, settings.
    """
    if schema:
        from ..journal.exporting import schema as text

        click.echo(text(), nl=False)
        return
    from pathlib import Path

    from .own import open_practice
    from .screen import say, say_json

    target = Path(folder).expanduser().absolute() if folder else Path.cwd()
    with open_practice(home) as practice:
        whose = practice.person(person) if person else None
        if not as_json:
            say([["", WARNING]])
        _once_more(practice)
        exported = practice.export(target, form, whose)
    if as_json:
        say_json(_record(exported))
    else:
        say([["", f"It is in {exported.path}. Delete it when you do not need it any more."], *_notes(exported)])


def _once_more(practice: Practice) -> None:
    """Ask for the passphrase again: an unlocked practice is not yet a reason to write it out. Raises WrongKey."""
    from .passphrase import passphrase

    practice.journal.vault.keys.open(passphrase(AGAIN)).drop()


def _notes(exported: Exported) -> list[list[str]]:
    notes = []
    if exported.replaced:
        times = "once" if exported.replaced == 1 else f"{exported.replaced:,} times"
        notes.append(f"Somebody else was named in it {times}; [someone] stands there instead.")
    if exported.left_out:
        notes.append("A rulebook that names somebody else was left out of it.")
    return [[note] for note in notes]


def _record(exported: Exported) -> dict[str, object]:
    return {
        "path": str(exported.path),
        "sealed": False,
        "counts": exported.counts,
        "named_others": exported.replaced,
        "rulebooks_left_out": exported.left_out,
    }
