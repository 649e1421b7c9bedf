"""Brings into a journal what its person wrote elsewhere: an export of Poise, or a diary of their own.

All of it comes in, in one transaction, or nothing does. What is here already stays as it is, so that bringing in the
same again changes nothing. Words that other people wrote do not come in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ..journal import Pages
from ..tables import changes, moments
from ..trouble import AlreadyThere
from . import own_export
from .adding import Adding, Count
from .diaries.diary import Diary, rows
from .own_export import outline
from .recognising import OwnExport, recognised
from .sections import NOTHING

__all__ = ["BroughtIn", "Count", "bring_in"]


@dataclass(frozen=True)
class BroughtIn:
    """What came in, or (`looked`) would come in: counts by table; from when to when; how much was left out, and what.

    `beside` are files that lay beside the journal of an export: {name: text}; they are nowhere yet.
    """

    origin: str
    looked: bool
    counts: dict[str, Count]
    first: datetime | None = None
    last: datetime | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many are new."""
        return sum(count.new for count in self.counts.values())


class _OnlyLooked(Exception):
    """Takes back everything that was tried."""


def bring_in(journal: Pages[Any], path: Path, *, look: bool = False, mine: bool = False) -> BroughtIn:
    """Bring in a file or folder; with `look`, only say what would come in. Raises Trouble, and then nothing did.

    An export of another journal comes in only where somebody says that it is `mine`.
    """
    found: list[BroughtIn] = []
    with recognised(path) as source:
        try:
            with journal.vault.writing() as connection:
                if isinstance(source, Diary):
                    found.append(_diary(journal, connection, source, look))
                else:
                    found.append(_own(journal, connection, source, look, mine))
                if look:
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
    return found[0]


def _diary(journal: Pages[Any], connection: Connection, diary: Diary, look: bool) -> BroughtIn:
    adding = Adding(connection, journal.now(), by_words=True)
    adding.add(moments, rows(diary, adding.at))
    left_out = {what: count for what, count in diary.left_out.items() if count}
    return BroughtIn(diary.origin, look, adding.counts, adding.first, adding.last, left_out)


def _own(journal: Pages[Any], connection: Connection, source: OwnExport, look: bool, mine: bool) -> BroughtIn:
    said = outline(source.opened, source.name)
    if said.head["journal"] != journal.vault.keys.journal and not mine:
        message = "`{source}` is an export of another journal than this one; {nothing}"
        help = "if it is your own, from before or from another computer, say so with `--mine`"
        raise AlreadyThere(message, help, source=source.name, nothing=NOTHING)
    moves_in = said.head.get("person") is None and own_export.is_new(connection)
    adding = Adding(connection, journal.now(), noted=not moves_in)
    beside = own_export.bring_in(adding, source.opened, source.name, said.lists)
    skipped = changes.name in said.lists and not moves_in
    left_out = {"older changes that can be undone in the journal they are from": 1} if skipped else {}
    return BroughtIn("Poise", look, adding.counts, adding.first, adding.last, left_out, beside)
