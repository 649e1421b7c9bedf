"""`poise pocket take`: what was kept on the phone comes home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..practice.coming_home import CameHome

_SHOWN = 20
"""Letters that are told one by one."""


@click.command("take")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--later", is_flag=True, help="Ask for no passphrase: the letters wait, sealed, until you unlock.")
@click.option("--json", "as_json", is_flag=True, help="Print what came home as a JSON object.")
@of_home
def command(files: tuple[str, ...], later: bool, as_json: bool, home: str | None) -> int:
    """Take in FILEs of letters that the phone saved, and what waits beside the journal.

    Each letter comes in whole or not at all, with the time it happened, and once, however often its file is taken.
    """
    from .screen import say, say_json

    if later and not files:
        raise click.UsageError("with `--later` name the files that are to wait")
    letters = [letter for file in files for letter in _letters(file)]
    found = _let_wait(letters, home) if later else _taken(letters, home)
    if as_json:
        say_json(_record(found))
    else:
        say([["", *_lines(found)]])
    return int(bool(found.not_taken))


def _taken(letters: list[bytes], home: str | None) -> CameHome:
    from ..practice.coming_home import take_home, take_waiting
    from .own import open_practice

    with open_practice(home) as practice:
        return take_waiting(practice) + take_home(practice, letters)


def _let_wait(letters: list[bytes], home: str | None) -> CameHome:
    from ..practice.coming_home import let_wait
    from .own import check_there, folder_of

    check_there(folder_of(home))
    return let_wait(folder_of(home), letters)


def _letters(file: str) -> list[bytes]:
    """The letters that are in a file. Raises Trouble; then nothing was taken."""
    from ..journal.sealing.files import in_words
    from ..practice.coming_home import MOST_BYTES, letters_of

    path = Path(file).expanduser().absolute()
    with in_words("the file", path), path.open("rb") as opened:
        return letters_of(opened.read(MOST_BYTES + 1))


def _lines(found: CameHome) -> Iterator[str]:
    """What came in, what was here, what waits, and what was not taken and why."""
    if found.came_in:
        yield f"{found.came_in:,} came in, each at the time it happened."
    if found.waiting:
        waits = "waits" if found.waiting == 1 else "wait"
        yield f"{found.waiting:,} {waits}, sealed. What cannot be opened shows once you unlock."
    if found.before:
        yield f"{found.before:,} {'was' if found.before == 1 else 'were'} here before; nothing about it was changed."
    if not (found.came_in or found.waiting or found.before or found.not_taken):
        yield "Nothing was there to come in."
    for letter in found.not_taken[:_SHOWN]:
        name = f"`{letter.name}`" if letter.name else "one letter"
        yield f"Not taken: {name}: {letter.trouble.message}."
        if letter.trouble.help:
            yield f"  {letter.trouble.help}"
    if len(found.not_taken) > _SHOWN:
        yield f"And {len(found.not_taken) - _SHOWN:,} more were not taken; `--json` lists them."


def _record(found: CameHome) -> dict[str, object]:
    return {
        "came_in": found.came_in,
        "before": found.before,
        "waiting": found.waiting,
        "not_taken": [{"name": name, "why": trouble.message} for name, trouble in found.not_taken],
    }
