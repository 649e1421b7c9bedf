"""`poise pocket build`: writes the page for a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import complete_books
from .own import of_home

if TYPE_CHECKING:
    from ..pocket.building import Pocket

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@click.command("build")
@click.argument("folder", metavar="DIR")
@click.option("--book", metavar="BOOK", help="Another rulebook: its name, or a file.", shell_complete=complete_books)
@click.option("--lines", is_flag=True, help="Put the opening lines you kept in it.")
@click.option("--no-help-sheet", is_flag=True, help="Put general lines of help in it, and not your own sheet.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The page's language, where it is not that of the app.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as a JSON object.")
@of_home
def command(  # noqa: PLR0913, PLR0917 - a page has this many sides
    folder: str,
    book: str | None,
    lines: bool,
    no_help_sheet: bool,
    language: str | None,
    as_json: bool,
    home: str | None,
) -> None:
    """Write a page for your phone into DIR: your rulebook, with no server and no network.

    Put DIR on any static host with https. Nothing about anyone is in it; what you keep on the phone is sealed.
    """
    from ..pocket.building import files_of
    from ..pocket.writing import write
    from .pocketing import Wanted, pocket_of
    from .screen import say, say_json

    pocket = pocket_of(Wanted(home, book, lines, not no_help_sheet, language))
    files, target = files_of(pocket), Path(folder).expanduser().absolute()
    write(target, files)
    sizes = {name: len(data) for name, data in sorted(files.items())}
    if as_json:
        say_json({"path": str(target), "book": pocket.book.name, "keeps": bool(pocket.address), "sizes": sizes})
    else:
        say([[f"The page is in {target}."], _in_it(pocket), [_size(files)], _next(pocket)])


def _in_it(pocket: Pocket) -> list[str]:
    """What somebody finds in it who opens it."""
    own = "your help sheet as you wrote it" if pocket.own_help else "general lines of help"
    lines = ", opening lines you kept" if pocket.lines else ""
    found = [f"In it: the rulebook “{pocket.book.title}”, {own}{lines}. No moment, and no name that Poise knows."]
    return [*found, "Whoever opens its address can read that."]


def _size(files: dict[str, bytes]) -> str:
    """How large it is, as it lies and as hosts send it."""
    from zlib import compress

    whole, packed = sum(map(len, files.values())), sum(len(compress(data, 6)) for data in files.values())
    return f"{len(files)} files, {whole / 1000:.1f} kB; about {packed / 1000:.0f} kB packed on the way to a phone."


def _next(pocket: Pocket) -> list[str]:
    if pocket.address is None:
        return ["There is no journal behind this page: it weighs, and keeps nothing."]
    return ["Put it on a static host with https, open it on your phone, and add it to the home screen."]
