"""A weighing on the terminal: the book's line, the sentences, and the balance under the leaning."""

from __future__ import annotations

import click

from ..weighing.telling import paragraphs, told
from ..weighing.weighing import Weighing
from .balance import balance
from .screen import say, styled


def report(weighing: Weighing) -> None:
    """Print a weighing."""
    book, words = weighing.book, told(weighing)
    duty = f" · first duty: {book.first_duty}" if book.first_duty else ""
    say([[styled(f"{book.title}{duty}", dim=True)]])
    click.echo()
    blocks = paragraphs(words)
    main = weighing.mine or weighing.toward or weighing.beside
    if not words.leaning or main is None:
        say(blocks)
        return
    leaning = next(i for i, block in enumerate(blocks) if words.leaning in block)
    say([*blocks[:leaning], [styled(words.leaning, bold=True), *blocks[leaning][1:]]])
    click.echo()
    drawn = balance(weighing, main)
    if drawn:
        click.echo("\n".join(drawn) + "\n")
    say(blocks[leaning + 1 :])
