"""What a practice needs once a week: its newest copy is tried, and what is older than it keeps is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from ..journal.copies import Copy, Rehearsal
from ..journal.trouble import Trouble
from .opened import Opened
from .retaining import kept_for, older

WEEK = timedelta(days=7)
REHEARSED, NAMED = "rehearsed", "older_named"
"""Settings: when which copy was tried; when it was last said what is older."""


def rehearse(practice: Opened, copy: Copy | None = None) -> Rehearsal | None:
    """Try a copy (the newest), and remember that it was tried. None where there is none. Raises Trouble."""
    found = copy or newest(practice)
    if found is None:
        return None
    try:
        return practice.journal.rehearse(found)
    finally:
        at = practice.journal.now().isoformat()
        practice.journal.set(REHEARSED, {"copy": found.path.name, "at": at})


def newest(practice: Opened) -> Copy | None:
    """The newest copy in the practice's own folder."""
    return next(iter(practice.journal.copies()), None)


def rehearsal_due(practice: Opened) -> bool:
    """Whether nobody has tried the newest copy for a week."""
    found = newest(practice)
    if found is None:
        return False
    said = practice.journal.setting(REHEARSED) or {}
    last = _time(said.get("at")) if said.get("copy") == found.path.name else found.made_at
    return last is None or practice.journal.now() - last >= WEEK


def tend(practice: Opened) -> Iterator[str]:
    """Do what is due, and say what the person wants to know; nothing where all is well. It may take a while."""
    if rehearsal_due(practice):
        yield from _tried(practice)
    last = _time(practice.journal.setting(NAMED))
    if kept_for(practice) and (last is None or practice.journal.now() - last >= WEEK):
        yield from _named(practice)


def _tried(practice: Opened) -> Iterator[str]:
    try:
        found = rehearse(practice)
    except Trouble as trouble:
        yield f"The newest sealed copy could not be tried: {trouble.message}."
        return
    if found and not found.fine:
        faults = "; ".join(found.faults) or "it is not the same as the journal"
        yield f"The newest sealed copy, {found.copy.path.name}, would not bring everything back: {faults}."
        yield "Your journal itself is as it was. `poise backup` makes a new copy, and tries it."


def _named(practice: Opened) -> Iterator[str]:
    practice.journal.set(NAMED, practice.journal.now().isoformat())
    count = sum(len(ids) for ids in older(practice).values())
    if count:
        what = "1 entry is" if count == 1 else f"{count:,} entries are"
        yield f"{what} older than you keep them ({kept_for(practice)} years). `poise retain` shows which."


def _time(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said))
    except ValueError:
        return None
