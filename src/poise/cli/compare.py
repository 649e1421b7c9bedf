"""`poise compare`: where one rulebook leads to something else than another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .completing import complete_books
from .own import of_home

if TYPE_CHECKING:
    from ..examining.compare import Change, Comparison
    from ..rulebook.rulebook import Rulebook

MOST_SHOWN = 12
"""Changes told in words; `--json` has them all."""


@click.command("compare")
@click.argument("names", nargs=-1, metavar="[OLD] NEW", shell_complete=complete_books)
@click.option("--moments", is_flag=True, help="Say which moments you kept would have leaned to something else by NEW.")
@click.option("--json", "as_json", is_flag=True, help="Print every change as a JSON object.")
@of_home
def command(names: tuple[str, ...], moments: bool, as_json: bool, home: str | None) -> int:
    """Say where NEW leads to something else than OLD, over every situation, answered or not.

    Each change is shown in a moment with as few answers as can be, and with how often it comes about where every
    question is answered.

    Exit code 0: the same leads everywhere. 1: something changes, or could not be settled. 2: a book cannot be
    understood.

    With --moments there is no OLD: the moments of your practice are weighed again, by NEW instead of the text of their
    day.
    """
    if len(names) != (1 if moments else 2):
        raise click.UsageError("name two books, the old one and the new one; with `--moments`, the new one alone")
    if moments:
        from .would_lean import would_lean

        return would_lean(names[0], as_json, home)
    from ..examining.compare import compare
    from ..shelf import read
    from .screen import say, say_json

    old, new = names
    books = read(old), read(new)
    found = compare(*books)
    if as_json:
        say_json({"old": old, "new": new, **_described(found)})
    else:
        say(_told((old, new), books, found))
    return int(not found.same)


def _described(found: Comparison) -> dict[str, Any]:
    """A comparison as plain data."""
    return {
        "same": found.same,
        "shares": {name: float(share) for name, share in found.shares.items()},
        "only_old": {kind: list(names) for kind, names in found.only_old.items()},
        "only_new": {kind: list(names) for kind, names in found.only_new.items()},
        "changes": [_change(change) for change in found.changes],
        "unsettled": [{"list": name, "from": gone or None, "to": come or None} for name, gone, come in found.unsettled],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "list": change.list,
        "from": change.gone or None,
        "to": change.come or None,
        "before": list(change.before),
        "after": list(change.after),
        "moment": change.moment.answers,
        "also": change.also,
        "whose": change.moment.whose,
        "fewest": change.fewest,
        "share": None if change.share is None else float(change.share),
    }


def _told(names: tuple[str, str], books: tuple[Rulebook, Rulebook], found: Comparison) -> list[list[str]]:
    """A comparison in words, paragraph by paragraph."""
    ranked = sorted(found.changes, key=lambda change: -(change.share or 0))
    shown = [_one(names, books, change) for change in ranked[:MOST_SHOWN]]
    more = len(ranked) - len(shown)
    return [
        _only(names, found),
        ["The same leads in every situation."] if found.same else _shares(found),
        *shown,
        [f"And {more} more; `--json` lists them all."] if more else [],
        _unsettled(books, found),
    ]


def _only(names: tuple[str, str], found: Comparison) -> list[str]:
    """What only one of the books has."""
    return [
        f"Only {name} has the {kind} {', '.join(each)}."
        for name, only in zip(names, (found.only_old, found.only_new), strict=True)
        for kind, each in only.items()
        if each
    ]


def _shares(found: Comparison) -> list[str]:
    """How often something else leads in each list."""
    from .pointing import how_often

    if not found.shares:
        return ["How often something else leads could not be counted: the books tell too much apart."]
    return [
        f"Of the list `{name}` something else leads {how_often(share)}."
        if share
        else f"Of the list `{name}` the same leads wherever every question is answered."
        for name, share in found.shares.items()
    ]


def _one(names: tuple[str, str], books: tuple[Rulebook, Rulebook], change: Change) -> list[str]:
    """One change in words."""
    from ..weighing.moment import Moment
    from .pointing import how_often, situation, weigh_line

    old, new = books
    if change.gone:
        what = f"“{old.responses[change.gone].say}” gives way to “{new.responses[change.come].say}”"
    elif change.before:
        what = "A bound of the new book takes the place of the weighing"
    else:
        what = "No bound takes the place of the weighing any more"
    often = f", {how_often(change.share)}" if change.share else ""
    moment = Moment(new, change.moment.whose, **_known(new, change.moment.answers), **change.also)
    also = f", and in the new book {situation(new, Moment(new, **change.also))}" if change.also else ""
    return [
        f"{what}{often}: for example {situation(old, change.moment)}{also}.",
        f"  Before: {weigh_line(names[0], change.moment)}",
        f"  After:  {weigh_line(names[1], moment)}",
    ]


def _known(book: Rulebook, answers: dict[str, str]) -> dict[str, str]:
    """The answers to what a book asks."""
    return {name: answer for name, answer in answers.items() if name in book.considerations}


def _unsettled(books: tuple[Rulebook, Rulebook], found: Comparison) -> list[str]:
    pairs = [f"“{books[0].responses[g].say}” to “{books[1].responses[c].say}”" for _, g, c in found.unsettled if g]
    said = [f"It took too long to tell whether this ever gives way: {'; '.join(pairs)}."] if pairs else []
    return said + ["It took too long to compare the bounds."] * (len(pairs) < len(found.unsettled))
