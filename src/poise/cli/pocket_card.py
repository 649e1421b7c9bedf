"""`poise pocket card`: a card on paper, for where no phone is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from ..pocket.card import Card


@click.command("card")
@click.argument("file", required=False, metavar="[FILE.html]")
@click.option("--lines", is_flag=True, help="Put the opening lines you kept first.")
@click.option("--json", "as_json", is_flag=True, help="Print what stands on the card as a JSON object.")
@of_home
def command(file: str | None, lines: bool, as_json: bool, home: str | None) -> None:
    """Show the card for your pocket, or write it into FILE.html, to print and fold to the size of a bank card.

    On it: how your book begins, five ways to begin, your help sheet. Nobody who is in your journal is named on it.
    """
    from .screen import say, say_json

    path = Path(file).expanduser().absolute() if file else None
    if path and path.exists():
        raise click.UsageError(f"{file} is there already: name another file")
    found, page = _card(home, lines=lines)
    if path:
        _write(path, page)
    if as_json:
        say_json(vars(found))
    elif file:
        say([["", f"The card is in {file}. Open it in a browser, print it, cut it out, fold it along the two lines."]])
    else:
        say(_sections(found))


def _card(home: str | None, *, lines: bool) -> tuple[Card, str]:
    """The card by the rulebook in use, and the page that prints it."""
    from ..pocket.card import whole_page
    from ..practice.card import card, made_own
    from ..web.looks import read_look
    from ..web.shelf import worded
    from ..web.tongue import direction, saying
    from .own import folder_of, open_practice

    with open_practice(home) as practice:
        language = read_look(folder_of(home)).language
        say = saying(language)
        found = made_own(card(worded(practice.books.read(), language), say), practice, lines=lines, say=say)
    return found, whole_page(found, _style(), say, language=language, direction=direction(language))


def _style() -> str:
    from importlib.resources import files

    return (files("poise.web") / "static" / "card.css").read_text("utf-8")


def _write(path: Path, page: str) -> None:
    """Write a new file, for its owner alone to read. Raises Trouble."""
    from ..journal.sealing.files import write_whole

    write_whole(path, page.encode())


def _sections(card: Card) -> list[list[str]]:
    duty = [f"First duty: {card.first_duty}."] if card.first_duty else []
    parts = [
        ("To ask yourself", card.ask_yourself),
        ("Ways to begin", card.lines),
        ("Whom can you turn to?", card.help),
    ]
    told = [[f"{heading}", *(f"  {line}" for line in lines)] for heading, lines in parts if lines]
    return [["", card.title, *duty, *(f"  {line}" for line in card.guidelines)], *told]
