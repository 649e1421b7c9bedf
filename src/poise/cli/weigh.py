"""`poise weigh`: a moment, by a rulebook."""

from __future__ import annotations

from typing import Any

import click

from .answers import DEFAULT_BOOK, moment_of, split_book
from .completing import complete_answers


@click.command("weigh")
@click.argument("words", nargs=-1, metavar="[BOOK] [NAME=ANSWER]…", shell_complete=complete_answers)
@click.option("--json", "as_json", is_flag=True, help="Print the weighing as a JSON object.")
@click.option("--language", metavar="TAG", help="Show the book's own labels in this language, for example zh-Hans.")
def command(words: tuple[str, ...], as_json: bool, language: str | None) -> None:
    """Weigh a moment by BOOK (a starter book's name or a file; among_friends if left out).

    With no answers it asks: gut feeling first, then only what could change the leaning. `?` explains a question, Enter
    is "I don't know". An uncertain answer is a belief: trust=new:0.3,building:0.7. A moment of your own slip:
    whose=mine.
    """
    from ..shelf import read

    name, answers = split_book(words)
    if not answers and not as_json:
        from .conversation import Conversation

        Conversation(name, language).run()
        return
    book = read(name or DEFAULT_BOOK, language)
    show(book, moment_of(book, answers), as_json)


def show(book: Any, moment: Any, as_json: bool = False) -> None:
    """Weigh and print."""
    from ..weighing.weighing import weigh
    from .screen import say_json

    weighing = weigh(book, moment)
    if as_json:
        from ..weighing.record import record

        say_json(record(weighing))
    else:
        from .report import report

        report(weighing)
