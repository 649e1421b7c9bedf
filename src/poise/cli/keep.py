"""`poise keep`: a moment, weighed by one's own book and kept."""

from __future__ import annotations

from datetime import datetime

import click

from .completing import complete_pairs, complete_responses
from .own import of_home


@click.command("keep")
@click.argument("answers", nargs=-1, metavar="[NAME=ANSWER]…", shell_complete=complete_pairs)
@click.option("--person", metavar="NICKNAME", help="Whom it was with; somebody new is kept as well.")
@click.option(
    "--did",
    metavar="RESPONSE",
    multiple=True,
    help="What you did; once for each list.",
    shell_complete=complete_responses,
)
@click.option("--something-else", is_flag=True, help="You did something else; it asks what, and Enter leaves it out.")
@click.option("--happened", metavar="DATE", help="When it happened, for example yesterday or 2026-03-04T21:15.")
@click.option("--json", "as_json", is_flag=True, help="Print what was kept, and the weighing, as a JSON object.")
@of_home
def command(  # noqa: PLR0913, PLR0917 - a moment has this many sides
    answers: tuple[str, ...],
    person: str | None,
    did: tuple[str, ...],
    something_else: bool,
    happened: str | None,
    as_json: bool,
    home: str | None,
) -> int:
    """Weigh a moment by your own book, and keep it. With no answers it asks, as `poise weigh` does.

    What you type behind a command stays in your shell's history; without answers, nothing does.
    """
    from .when import when

    happened_at = when(happened, datetime.now().astimezone()) if happened else None
    from .keeping import Keeping
    from .own import open_practice

    with open_practice(home) as practice:
        keeping = Keeping(practice, person, did, something_else, happened_at)
        if answers or as_json:
            return keeping.told(answers, as_json)
        return keeping.asked()
