"""`poise retain`: how long the journal keeps what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOR_GOOD = "for-good"


@click.command("retain")
@click.argument("years", required=False, metavar="[YEARS]")
@click.option("--let-go", is_flag=True, help="Put what is older in the trash.")
@click.option("--json", "as_json", is_flag=True, help="Print the choice, and what is older, as a JSON object.")
@of_home
def command(years: str | None, let_go: bool, as_json: bool, home: str | None) -> None:
    """See or choose how many YEARS entries are kept; `for-good`, as it is at first, is without an end.

    Nothing goes by itself: once a week you are told what is older, and with --let-go it goes to the trash.
    """
    from ..practice.retaining import keep_for, kept_for, older, put_older_in_the_trash
    from .own import open_practice
    from .screen import say, say_json

    chosen = _years(years)
    with open_practice(home) as practice:
        if years is not None:
            keep_for(practice, chosen)
        found = {kind: len(ids) for kind, ids in older(practice).items()}
        moved = put_older_in_the_trash(practice) if let_go else 0
        kept = kept_for(practice)
    if as_json:
        say_json({"years": kept, "older": found, "moved": moved})
    else:
        say([["", *_lines(kept, found, moved)]])


def _years(typed: str | None) -> int | None:
    from ..rulebook.mistake import clipped

    if typed is None or typed == FOR_GOOD:
        return None
    if not typed.isdecimal() or len(typed) > 4:
        raise click.UsageError(f"`{clipped(typed)}` is not a number of years\n  for example 7, or {FOR_GOOD}")
    return int(typed)


def _lines(years: int | None, found: Mapping[str, int], moved: int) -> Iterator[str]:
    from .import_ import many

    if years is None:
        yield "Entries are kept for good."
        return
    yield f"Entries are kept for {years} {'year' if years == 1 else 'years'}."
    what = ", ".join(many(kind, count) for kind, count in found.items())
    if moved:
        yield f"In the trash, for 30 days: {what}. `poise undo` takes it out again."
    elif found:
        yield f"Older than that, with everything about it: {what}. `poise retain --let-go` puts it in the trash."
    else:
        yield "Nothing is older than that."
