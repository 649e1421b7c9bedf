"""`poise audit`: what a rulebook does over every invented situation, on one page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from .completing import complete_books

if TYPE_CHECKING:
    from fractions import Fraction

    from ..examining.audit import Audit
    from ..examining.reach import Leads
    from ..examining.telling import Section
    from ..rulebook.rulebook import Rulebook


@click.command("audit")
@click.argument("book", metavar="BOOK", shell_complete=complete_books)
@click.option("--guidelines", is_flag=True, help="Say also how often each guideline changes what leads. Takes longer.")
@click.option(
    "--weights", metavar="FILE", help="How often answers are given: a file of {consideration: {answer: weight}}."
)
@click.option("--html", metavar="FILE", help="Write the page to FILE, to open in a browser or print.")
@click.option("--json", "as_json", is_flag=True, help="Print the exact numbers as a JSON object.")
def command(book: str, guidelines: bool, weights: str | None, html: str | None, as_json: bool) -> None:
    """Say where BOOK leads to what, over every situation that could be answered.

    It looks at the book, over invented situations. It is not for looking at people.
    """
    from ..examining.audit import audit
    from ..examining.search import Unsettled
    from ..examining.telling import sections
    from ..shelf import read
    from .screen import say, say_json

    found = read(book)
    frequencies = _frequencies(found, weights) if weights else None
    if guidelines and sys.stderr.isatty():
        click.echo("Looking at each guideline in turn. This can take a while.", err=True)
    try:
        audited = audit(found, weights=frequencies, guidelines=guidelines)
    except Unsettled:
        raise click.ClickException(TOO_LARGE) from None
    if as_json:
        say_json(described(audited))
    elif html is None:
        say(paragraph for section in sections(audited) for paragraph in _told(section))
    if html is not None:
        _write(html, audited)


TOO_LARGE = """this book hangs together too much to be walked through in a gigabyte of memory
`poise prove` and `poise check` can still say what holds in it."""


def _frequencies(book: Rulebook, file: str) -> dict[str, dict[str, Fraction]]:
    from pathlib import Path

    from ..examining.frequencies import frequencies

    try:
        return frequencies(book, file, Path(file).read_bytes())
    except OSError as trouble:
        raise click.ClickException(f"`{file}` cannot be opened: {(trouble.strerror or '').lower()}") from None


def _write(file: str, audited: Audit) -> None:
    """The page, into a file that is new or an earlier page: anything else is somebody's work."""
    from pathlib import Path

    from .audit_page import START, page

    path = Path(file)
    try:
        if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(START):
            raise click.ClickException(f"`{file}` is there already, and is not an audit; name another file")
        path.write_text(page(audited), encoding="utf-8")
    except OSError as trouble:
        raise click.ClickException(f"`{file}` cannot be written: {(trouble.strerror or '').lower()}") from None
    click.echo(f"The audit is in {file}.", err=True)


def _told(section: Section) -> list[list[str]]:
    """A section as paragraphs."""
    from ..examining.telling import most_often
    from .screen import styled

    tables = [
        [f"{table.question}", *(f"  {row.label}: {most_often(table, row)}" for row in table.rows)]
        for table in section.tables
    ]
    return [[styled(section.heading, bold=True)], list(section.ranked), list(section.lines), *tables]


# Exact numbers


def described(audited: Audit) -> dict[str, Any]:
    """An audit as plain data, shares as floats and as exact fractions."""
    book, reach = audited.book, audited.reach
    return {
        "book": book.name,
        "title": book.title,
        "situations": reach.situations,
        "weighted": audited.weighted,
        "stopped": _shares(audited.stops),
        "lists": {name: _list(leads) for name, leads in reach.lists.items()},
        "applies": _shares(reach.applies),
        "decisive": _shares(audited.decisive) if audited.decisive is not None else None,
    }


def _list(leads: Leads) -> dict[str, Any]:
    from itertools import combinations

    pairs = {name: (name,) for name in leads.by} | {",".join(pair): pair for pair in combinations(leads.by, 2)}
    return {
        "stopped": _share(leads.stopped),
        "tie": _share(leads.tie),
        "close": _share(leads.close),
        "first": _shares({response: leads.first(response) for response in leads.responses}),
        "alone": _shares({response: leads.alone(response) for response in leads.responses}),
        "by": {name: _by(leads, names) for name, names in pairs.items()},
    }


def _by(leads: Leads, names: tuple[str, ...]) -> dict[str, Any]:
    """{answers: {response: how often it leads there}}, for one or two considerations."""
    columns = [leads.by.index(name) for name in names]
    found = {}
    for key in dict.fromkeys(tuple(key[column] for column in columns) for key in leads.cells):
        there = leads.where(**dict(zip(names, key, strict=True)))
        found[",".join(key)] = _shares({response: there.first(response) for response in leads.responses})
    return found


def _shares(shares: Any) -> dict[str, Any]:
    return {name: _share(share) for name, share in shares.items()}


def _share(share: Fraction) -> dict[str, Any]:
    return {"share": float(share), "exact": str(share)}
