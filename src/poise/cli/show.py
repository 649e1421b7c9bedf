"""`poise show`: what a rulebook says, in words or as one text of one's own."""

from __future__ import annotations

import click

from .completing import complete_books


@click.command("show")
@click.argument("book", metavar="BOOK", shell_complete=complete_books)
@click.option("--text", "as_text", is_flag=True, help="Print it as one file of your own, includes written in.")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object.")
@click.option("--language", metavar="TAG", help="Show the book's own labels in this language, for example zh-Hans.")
def command(book: str, as_text: bool, as_json: bool, language: str | None) -> None:
    """Show what BOOK says. To start a rulebook of your own: poise show among_friends --text > mine.yaml"""
    from ..shelf import flattened, read
    from .screen import say, say_json

    found = read(book, language)
    if as_text:
        click.echo(flattened(book), nl=False)
    elif as_json:
        from .described import described

        say_json(described(found))
    else:
        from .described import pages

        say(pages(found))
