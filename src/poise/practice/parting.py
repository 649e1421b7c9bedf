"""Parting with somebody's words: holds that stop it, and deletion for good."""

from __future__ import annotations

from ..journal.entries import KINDS, Entry, Person
from ..journal.keeping import Hold
from ..journal.keeping.holding import refuse_held
from ..journal.keeping.referring import dependents
from ..journal.trouble import NotThere
from .opened import Opened


def deleted_with(practice: Opened, entry: Entry) -> dict[str, int]:
    """How many entries of each kind would be deleted with an entry, itself among them. Raises OnHold."""
    with practice.journal.vault.reading() as connection:
        found = dependents(connection, {entry.kind: {entry.id}})
        refuse_held(connection, found)
    return {kind: len(found[kind]) for kind in KINDS if found.get(kind)}


def holds_on(practice: Opened, person: Person | None) -> list[Hold]:
    """The holds on one person's entries, or (None) on the whole journal."""
    number = person.id if person else None
    return [hold for hold in practice.journal.holds() if hold.person_id == number]


def lift(practice: Opened, person: Person | None) -> int:
    """Lift every hold on one person's entries, or on the whole journal. Returns how many. Raises NotThere."""
    found = holds_on(practice, person)
    if not found:
        raise NotThere("there is no such hold; nothing was changed", "`poise hold` lists those in force")
    for hold in found:
        practice.journal.lift(hold)
    return len(found)
