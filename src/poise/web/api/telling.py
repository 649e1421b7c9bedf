"""Entries for a program: named by their `uid`, referring to each other by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...journal.entries import AnyEntry, Entry, KeptMoment, Person, to_plain
from ...journal.finding import PAGE
from ...journal.trouble import NotThere
from ...practice import Practice
from .schemas import NOT_TOLD, REFERS

_KINDS = {"person_id": Person, "moment_id": KeptMoment}


def told(practice: Practice, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON objects."""
    uids = {name: practice.journal.uids(kind, _referred(entries, name)) for name, kind in _KINDS.items()}
    return [_told(entry, uids) for entry in entries]


def one(practice: Practice, entry: Entry) -> dict[str, Any]:
    """One entry as a JSON object."""
    return told(practice, [entry])[0]


def page(practice: Practice, kind: str, entries: Sequence[Entry], most: int = PAGE) -> dict[str, Any]:
    """A page of entries, and what to give as `before` for the next."""
    return {kind: told(practice, entries), "next": entries[-1].uid if len(entries) == most else None}


def there(practice: Practice, kind: type[AnyEntry], uid: str) -> AnyEntry:
    """An entry of that name that is not in the trash. Raises NotThere."""
    found = practice.journal.get(kind, uid)
    if found.trashed_at is not None:
        raise NotThere("this is in the trash", "`poise undo` takes the last thing out again")
    return found


def _referred(entries: Sequence[Entry], name: str) -> list[int]:
    return sorted({found for entry in entries if (found := getattr(entry, name, None)) is not None})


def _told(entry: Entry, uids: dict[str, dict[int, str]]) -> dict[str, Any]:
    plain = to_plain(entry)
    found = {name: value for name, value in plain.items() if name not in (*NOT_TOLD, *REFERS)}
    for name, other in REFERS.items():
        if name in plain:
            found[other] = uids[name].get(plain[name])
    return {"kind": entry.kind, **found}
