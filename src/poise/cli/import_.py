"""`poise import`: one's own export, or a diary of one's own, brought into the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .own import of_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..practice.importing import Moved


@click.command("import")
@click.argument("source", metavar="FILE or FOLDER")
@click.option("--look", is_flag=True, help="Say what would come in, and change nothing.")
@click.option("--mine", is_flag=True, help="An export of another journal is your own, too.")
@click.option("--json", "as_json", is_flag=True, help="Print what came in as a JSON object.")
@of_home
def command(source: str, look: bool, mine: bool, as_json: bool, home: str | None) -> None:
    """Bring in what you wrote elsewhere: the JSON of `poise export`, or a diary of your own.

    A diary is a folder of Markdown, jrnl's text, or Day One's JSON or ZIP. All of it comes in or nothing does, and
    nothing comes in twice. Messages that other people wrote do not come in.
    """
    from pathlib import Path

    from .own import open_practice
    from .screen import say, say_json

    path = Path(source).expanduser().absolute()
    with open_practice(home) as practice:
        moved = practice.bring_in(path, look=look, mine=mine)
    if as_json:
        say_json(_record(moved))
    else:
        say([["", *_lines(moved)]])


def _lines(moved: Moved) -> Iterator[str]:
    """What came in or would, what was there, what was left out."""
    found = moved.journal
    counts = {name: found.counts[name] for name in _called() if name in found.counts}
    new = [many(name, count.new) for name, count in counts.items() if count.new]
    same, differs = (sum(getattr(count, which) for count in counts.values()) for which in ("same", "differs"))
    would = "would come in" if found.looked else "came in"
    yield f"From {found.origin}{_span(moved)}: {', '.join(new)} {would}." if new else f"Nothing new {would}."
    if same:
        yield f"{same:,} {'was' if same == 1 else 'were'} here already."
    if differs:
        yield f"{differs:,} {'says' if differs == 1 else 'say'} something else here; what is here stays as it is."
    for what, count in found.left_out.items():
        yield f"Left out: {what}{f' ({count:,})' if count > 1 else ''}."
    if moved.files:
        yield f"Beside the journal: {', '.join(moved.files)}."
    if moved.files_left:
        yield f"Not written over, as yours says something else: {', '.join(moved.files_left)}."
    if moved.same_nickname:
        yield f"Several people are called this now: {', '.join(moved.same_nickname)}. `poise people` can rename one."
    if found.looked:
        yield "Nothing was changed. Without `--look` it comes in."
    elif new:
        yield "It is kept with the day it happened. `poise undo` takes it out again, all of it."


def _called() -> dict[str, tuple[str, str]]:
    """{table: what one and several are called}."""
    return {
        "people": ("person", "people"),
        "moments": ("moment", "moments"),
        "reflections": ("reflection", "reflections"),
        "signs": ("sign", "signs"),
        "check_ins": ("check-in", "check-ins"),
        "follow_ups": ("day to come back", "days to come back"),
        "rests": ("time of rest", "times of rest"),
        "lines": ("line that worked", "lines that worked"),
        "holds": ("hold", "holds"),
        "drafts": ("draft", "drafts"),
        "settings": ("setting", "settings"),
        "texts": ("text of a rulebook", "texts of rulebooks"),
    }


def many(name: str, count: int) -> str:
    """How many records of a table: 2 moments."""
    one, several = _called()[name]
    return f"{count:,} {one if count == 1 else several}"


def _span(moved: Moved) -> str:
    from .when import day_words

    first, last = moved.journal.first, moved.journal.last
    if first is None or last is None:
        return ""
    return f", {day_words(first)} to {day_words(last)}" if first.date() != last.date() else f", {day_words(first)}"


def _record(moved: Moved) -> dict[str, object]:
    from dataclasses import asdict

    found = moved.journal
    return {
        "from": found.origin,
        "looked": found.looked,
        "counts": {name: asdict(count) for name, count in found.counts.items()},
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "left_out": dict(found.left_out),
        "files": list(moved.files),
        "files_left": list(moved.files_left),
        "same_nickname": list(moved.same_nickname),
    }
