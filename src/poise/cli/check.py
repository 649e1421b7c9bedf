"""`poise check`: whether rulebooks can be understood, and what stands out in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from .completing import complete_books

if TYPE_CHECKING:
    from ..examining.findings import Finding
    from ..rulebook.mistake import Mistake
    from ..rulebook.rulebook import Rulebook


class Checked(NamedTuple):
    """One book: its mistakes, or what was found in it, and the text that says so."""

    name: str
    book: Rulebook | None
    mistakes: tuple[Mistake, ...]
    findings: tuple[Finding, ...]
    text: str

    @property
    def code(self) -> int:
        """The exit code it comes to."""
        return 2 if self.mistakes else int(any(finding.level == "look" for finding in self.findings))


@click.command("check")
@click.argument("books", nargs=-1, required=True, metavar="BOOK…", shell_complete=complete_books)
@click.option("--json", "as_json", is_flag=True, help="Print mistakes and findings as a JSON object.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print them as SARIF 2.1.0, for editors and code hosts.")
def command(books: tuple[str, ...], as_json: bool, as_sarif: bool) -> int:
    """Read each BOOK and say what cannot be understood, and what stands out over every situation.

    Exit code 0: all fine, notes aside. 1: something is worth a look. 2: a book cannot be understood.
    """
    from .screen import say_json

    if as_json and as_sarif:
        raise click.UsageError("`--json` and `--sarif` print different things: give one of them")
    checked = [_checked(name) for name in books]
    if as_sarif:
        from .sarif import sarif

        say_json(sarif(checked))
    elif as_json:
        say_json({"books": [_described(each) for each in checked]})
    else:
        click.echo("\n\n".join(_told(each) for each in checked))
    return max(each.code for each in checked)


def _checked(name: str) -> Checked:
    from ..examining.findings import findings
    from ..rulebook.mistake import Mistakes
    from ..shelf import read

    try:
        book = read(name)
    except Mistakes as found:
        return Checked(name, None, found.mistakes, (), str(found))
    parts = ("guidelines", "bounds", "considerations", "responses", "promises", "cases")
    counted = [_counted(len(getattr(book, part)), part) for part in parts]
    return Checked(name, book, (), findings(book), f"{name}: “{book.title}” can be read: {', '.join(counted)}.")


def _counted(count: int, things: str) -> str:
    return f"{count or 'no'} {things.removesuffix('s') if count == 1 else things}"


def _described(checked: Checked) -> dict[str, object]:
    """One book as plain data."""
    return {
        "book": checked.name,
        **({"title": checked.book.title} if checked.book else {}),
        "mistakes": [mistake.as_dict() for mistake in checked.mistakes],
        "findings": [finding.as_dict() for finding in checked.findings],
        "text": checked.text,
    }


def _told(checked: Checked) -> str:
    from .screen import wrapped

    if checked.book is None:
        return checked.text
    lines = wrapped(checked.text)
    for finding in checked.findings:
        lines += ["", *(line for text in _finding(checked.name, finding) for line in wrapped(text))]
    return "\n".join(lines)


def _finding(name: str, finding: Finding) -> list[str]:
    """A finding in words, with where it stands and how to see it."""
    from .pointing import how_often, weigh_line

    place = finding.place
    where = f"{place.source.name}:{place.line}: " if place else ""
    share = finding.share
    often = f" It is so {how_often(share)}." if share and share < 1 and finding.within is None else ""
    return [
        f"  {'Note: ' if finding.level == 'note' else ''}{where}{finding.message}{often}",
        *([f"    {finding.advice}"] if finding.advice else []),
        *([f"    See it: {weigh_line(name, finding.witness)}"] if finding.witness else []),
    ]
