"""`poise instrument`: how a relationship is rated in a practice, by five words or by an instrument of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .own import of_home

if TYPE_CHECKING:
    from ..relationship import Instrument

WORDS = "Five words, from “it barely held” to “it was very solid”. An instrument of your own: poise instrument FILE"
HOW = "Rate by it: poise people NICKNAME --rating NUMBER. The five words are laid over it, and still count."


@click.command("instrument")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--unset", is_flag=True, help="Rate by the five words again.")
@click.option("--json", "as_json", is_flag=True, help="Print the instrument as a JSON object.")
@of_home
def command(file: Path | None, unset: bool, as_json: bool, home: str | None) -> None:
    """See how you rate what a relationship could hold; with FILE, rate by an instrument of your own.

    The file stays where it is; its text is kept in the journal, sealed.
    """
    from .own import open_practice

    if file and unset:
        raise click.UsageError("give a file, or --unset, not both")
    text = _text(file) if file else "" if unset else None
    with open_practice(home) as practice:
        found = practice.instrument if text is None else practice.use_instrument(text)
        _say(found, own=bool(practice.journal.setting("instrument")), as_json=as_json)


def _text(file: Path) -> str:
    """Raises Trouble where it cannot be read, before a passphrase is asked for."""
    from ..journal.sealing.files import in_words
    from ..journal.trouble import Refused

    path = file.expanduser().absolute()
    try:
        with in_words("the file", path):
            return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{file} cannot be read as text; nothing was changed", "look at the file") from None


def _say(found: Instrument, *, own: bool, as_json: bool) -> None:
    from .screen import say, say_json

    if as_json:
        say_json({"own": own, **_plain(found)})
    elif own:
        more = [found.notice, f"Licence: {found.licence}.", *([f"Source: {found.source}"] if found.source else [])]
        say([[found.title, f"  {found.range_in_words}.", *(f"  {line}" for line in more if line)], [HOW]])
    else:
        say([[WORDS]])


def _plain(found: Instrument) -> dict[str, Any]:
    """What there is to know of it; words of its items stay in the journal."""
    from dataclasses import fields

    known = {each.name: getattr(found, each.name) for each in fields(found) if each.name != "items"}
    items = [
        {"id": item.id, "from": item.low, "to": item.high, "step": item.step, "reversed": item.reversed}
        for item in found.items
    ]
    return known | {"items": items}
