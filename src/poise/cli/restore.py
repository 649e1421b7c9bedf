"""`poise restore`: a sealed copy, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from pathlib import Path


@click.command("restore")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as a JSON object.")
@of_home
def command(file: str, as_json: bool, home: str | None) -> None:
    """Bring back a sealed copy: journal, rulebooks and help sheet.

    It asks for the passphrase of today, or the one of the day of the copy. What is in the practice's folder now is put
    aside there, and not deleted. With --home FOLDER the copy goes into another, new folder.
    """
    from ..journal.copies.restoring import stands
    from ..practice import restore
    from .own import folder_of
    from .passphrase import passphrase
    from .screen import say, say_json

    copy, folder = _copy(file, folder_of(home)), folder_of(home)
    stood = stands(folder)
    restore(copy, folder, passphrase())
    aside = max(folder.glob("replaced-*"), default=None) if stood else None
    if as_json:
        say_json({"restored": str(folder), "put_aside": str(aside) if aside else None})
        return
    say([[f"The copy was checked and brought back; the practice is in {folder}."]])
    if aside:
        say([["", f"What was there before is in {aside}. Delete it when you are sure that you don't need it."]])


def _copy(file: str, folder: Path) -> Path:
    """The file of a copy. Raises NotThere, before a passphrase is asked for."""
    from pathlib import Path

    from ..journal.trouble import NotThere
    from ..rulebook.mistake import clipped

    path = Path(file).expanduser().absolute()
    if not path.is_file():
        help = f"copies that `poise backup` made without naming a place are in {folder / 'copies'}"
        raise NotThere(f"there is no file `{clipped(file)}`; nothing was changed", help)
    return path
