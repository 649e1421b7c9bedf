"""Rehearses restoring: a copy that nobody has tried is only a hope."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ..entries import KINDS
from ..sealing import sqlite
from ..sealing.vault import Vault
from ..trouble import Damaged, Refused
from .making import Copy
from .restoring import unpack


@dataclass(frozen=True)
class Rehearsal:
    """What came of restoring a copy into a scratch folder: how many entries are the same, newer, erased, different."""

    copy: Copy
    same: int
    newer: int
    erased: int
    different: int
    faults: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether the copy would bring everything back as it was."""
        return not self.different and not self.faults


def rehearse(vault: Vault, copy: Copy) -> Rehearsal:
    """Restore a copy into a scratch folder, and compare it with the journal entry by entry. Raises Trouble."""
    scratch = vault.folder / f".rehearsal-{secrets.token_hex(4)}"
    try:
        keys = unpack(copy.path, scratch)
        if keys.journal != vault.keys.journal:
            return Rehearsal(copy, 0, 0, 0, 0, (f"`{copy.path.name}` is a copy of another journal",))
        engine = sqlite.open_engine(scratch / sqlite.NAME, vault.key)
        try:
            faults = tuple(sqlite.faults(engine))
            if faults:
                return Rehearsal(copy, 0, 0, 0, 0, faults)
            with sqlite.in_words(), engine.begin() as then, vault.reading() as now:
                return _compared(copy, then, now)
        finally:
            engine.dispose()
    except (Damaged, Refused) as trouble:
        return Rehearsal(copy, 0, 0, 0, 0, (trouble.message,))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _compared(copy: Copy, then: Connection, now: Connection) -> Rehearsal:
    same = newer = erased = different = 0
    for kind in KINDS.values():
        query = select(kind.table()).order_by(kind.table().c.id)
        old = {row.id: row for row in then.execute(query)}
        for row in now.execute(query):
            was = old.pop(row.id, None)
            same += was == row
            newer += was is None or (was != row and was.changed_at < row.changed_at)
            different += was is not None and was != row and was.changed_at >= row.changed_at
        erased += len(old)
    return Rehearsal(copy, same, newer, erased, different)
