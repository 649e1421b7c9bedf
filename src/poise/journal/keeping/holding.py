"""Holds: what stops deletion, when a request or a complaint has come."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from ..tables import holds
from ..trouble import OnHold
from .checking import check
from .referring import Ids, dependents


class Hold(NamedTuple):
    """A hold in force: on one person's entries, or (None) on the whole journal."""

    id: int
    person_id: int | None
    why: str
    placed_at: datetime


def place(connection: Connection, person_id: int | None, why: str, now: datetime, uid: str) -> Hold:
    """Stop deletion. Raises Refused."""
    check(holds, "why", why, now)
    row = {"uid": uid, "person_id": person_id, "why": why, "placed_at": now}
    made = connection.execute(insert(holds).values(row).returning(holds.c.id)).scalar_one()
    return Hold(made, person_id, why, now)


def lift(connection: Connection, hold: Hold, now: datetime) -> None:
    """Let deletion go on."""
    connection.execute(update(holds).where(holds.c.id == hold.id).values(lifted_at=now))


def in_force(connection: Connection) -> list[Hold]:
    """The holds that stop deletion now, oldest first."""
    columns = (holds.c.id, holds.c.person_id, holds.c.why, holds.c.placed_at)
    return [Hold(*row) for row in connection.execute(select(*columns).where(holds.c.lifted_at.is_(None)))]


def refuse_held(connection: Connection, found: Ids) -> None:
    """Refuse to delete what is held. Raises OnHold."""
    held, everything = _held(connection)
    if everything or any(ids & held.get(kind, set()) for kind, ids in found.items()):
        raise OnHold("this was not deleted: a hold is on it", "lift the hold first, once nobody needs these words")


def without_held(connection: Connection, found: Ids) -> Ids:
    """These entries, less what is held."""
    held, everything = _held(connection)
    left = {kind: ids - held.get(kind, set()) for kind, ids in found.items()}
    return {} if everything else {kind: ids for kind, ids in left.items() if ids}


def _held(connection: Connection) -> tuple[Ids, bool]:
    """Entries that are held, and whether all are."""
    found = in_force(connection)
    persons = {hold.person_id for hold in found if hold.person_id is not None}
    everything = any(hold.person_id is None for hold in found)
    return (dependents(connection, {"people": persons}) if persons else {}), everything
