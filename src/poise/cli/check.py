"""`poise check`: whether rulebooks can be understood, and what stands out in them."""

from __future__ import annotations

from typing import Any

import click

from .completing import complete_books


@click.command("check")
@click.argument("books", nargs=-1, required=True, metavar="BOOK…", shell_complete=complete_books)
@click.option("--json", "as_json", is_flag=True, help="Print mistakes and findings as a JSON object.")
def command(books: tuple[str, ...], as_json: bool) -> int:
    """Read each BOOK and say what cannot be understood, and what stands out.

    Exit code 0: all fine. 1: something stands out. 2: a book cannot be understood.
    """
    from .screen import say_json

    checked = [_checked(name) for name in books]
    if as_json:
        say_json({"books": checked})
    else:
        click.echo("\n\n".join(_told(each) for each in checked))
    return max(2 if each["mistakes"] else bool(each["findings"]) for each in checked)


def _checked(name: str) -> dict[str, Any]:
    """One book's mistakes and findings, with the text to print."""
    from ..examining.findings import findings
    from ..rulebook.mistake import Mistakes
    from ..shelf import read

    try:
        book = read(name)
    except Mistakes as found:
        return {"book": name, "mistakes": [m.as_dict() for m in found.mistakes], "findings": [], "text": str(found)}
    stand_out = [{"kind": finding.kind, "message": finding.message} for finding in findings(book)]
    parts = ("guidelines", "bounds", "considerations", "responses", "promises", "cases")
    counted = [_counted(len(getattr(book, part)), part) for part in parts]
    text = f"{name}: “{book.title}” can be read: {', '.join(counted)}."
    return {"book": name, "title": book.title, "mistakes": [], "findings": stand_out, "text": text}


def _counted(count: int, things: str) -> str:
    return f"{count or 'no'} {things.removesuffix('s') if count == 1 else things}"


def _told(checked: dict[str, Any]) -> str:
    from .screen import wrapped

    text: str = checked["text"]
    lines = text.split("\n") if checked["mistakes"] else wrapped(text)
    return "\n".join(lines + [line for finding in checked["findings"] for line in wrapped(f"  {finding['message']}")])
