"""`poise start`: a practice, set up in two minutes: a book, a passphrase, a recovery kit, a help sheet."""

from __future__ import annotations

import click

from .completing import complete_books
from .own import of_home


@click.command("start")
@click.argument("book", required=False, metavar="[BOOK]", shell_complete=complete_books)
@of_home
def command(book: str | None, home: str | None) -> int:
    """Set up a practice, with a copy of BOOK that is yours from then on.

    It asks for a passphrase, shows a recovery kit to write down, and asks whom you can turn to. Stopped halfway, it
    goes on where it was.
    """
    from .own import folder_of
    from .starting import Starting

    return Starting(folder_of(home), book).run()
