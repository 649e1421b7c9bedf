"""`poise learn`: what one's own notes speak for changing in one's own book, at most two changes, only proposed."""

from __future__ import annotations

import click

from .own import of_home
from .whole import Whole


@click.command("learn")
@click.option("--take", type=Whole(1), metavar="N", help="Write the change into your book.")
@click.option("--keep-private", type=Whole(1), metavar="N", help="Leave the book, and keep it to yourself.")
@click.option("--forget", type=Whole(1), metavar="N", help="Leave the book, and let go of it.")
@click.option("--undo", is_flag=True, help="Undo what you did with the last one.")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object, numbers among it.")
@of_home
def command(  # noqa: PLR0913, PLR0917
    take: int | None, keep_private: int | None, forget: int | None, undo: bool, as_json: bool, home: str | None
) -> None:
    """See what your notes and your hindsight speak for changing in your book: at most two changes, with the moments
    behind them. Without options it asks, on a terminal, what to do with each; Enter leaves it for now.

    Nothing changes by itself. Whatever you do with one can be undone.
    """
    from ..practice.proposed import FORGOTTEN, PRIVATE, TAKEN
    from .own import open_practice

    chosen = {TAKEN: take, PRIVATE: keep_private, FORGOTTEN: forget}
    given = [(what, number) for what, number in chosen.items() if number is not None]
    if len(given) + undo > 1:
        raise click.UsageError("one at a time: --take, --keep-private, --forget or --undo")
    with open_practice(home) as practice:
        from .learning import Proposing

        proposing = Proposing(practice)
        if undo:
            proposing.undo()
        for what, number in given:
            proposing.answer(what, number)
        if as_json:
            proposing.json()
        elif not given and not undo:
            proposing.show()
