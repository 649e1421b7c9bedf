"""The audit: what was done with whose entries, when, by whom. Ids and codes, no words.

    hash[n] = SHA-256(hash[n - 1] | member | n | at | actor | action | kind | entries | count)

The server adds each link; whom it concerns works the chain out again here, and need not take the server's word.
Who holds the server can cut its end off, or put all of it back to an earlier day: compare with a hash noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, text

_COLUMNS = "member, n, at, actor, action, kind, entries, count, previous, hash"
_PAGE = text(
    f"SELECT {_COLUMNS} FROM audit WHERE member = :member AND n < :before ORDER BY n DESC LIMIT :most"  # noqa: S608
)
_CHAIN = text(f"SELECT {_COLUMNS} FROM audit WHERE member = :member ORDER BY n")  # noqa: S608
_END = 1 << 62


@dataclass(frozen=True)
class Link:
    """A line of the audit. `actor` is None where it was the steward; `entries` are ids, unless there are too many."""

    member: UUID
    n: int
    at: datetime
    actor: UUID | None
    action: str
    kind: str
    entries: list[int]
    count: int
    previous: bytes
    hash: bytes

    @property
    def whole(self) -> bool:
        """Whether it is as it was written."""
        at = f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"
        actor, entries = self.actor or "steward", ",".join(map(str, self.entries))
        said = (self.member, self.n, at, actor, self.action, self.kind, entries, self.count)
        return sha256(self.previous + "|".join(map(str, said)).encode()).digest() == self.hash


def page(connection: Connection, member: UUID, before: Link | None, most: int) -> list[Link]:
    """Lines of the audit, the last first; `before` is the last one of the page shown before."""
    given = {"member": member, "before": before.n if before else _END, "most": most}
    return [Link(*row) for row in connection.execute(_PAGE, given)]


def first_broken(connection: Connection, member: UUID) -> int | None:
    """The first link of a member's chain that is not what it was, or is missing; None where all are whole."""
    return broken_in(Link(*row) for row in connection.execute(_CHAIN, {"member": member}))


def broken_in(chain: Iterable[Link]) -> int | None:
    """The place of the first broken link."""
    last = b""
    for place, link in enumerate(chain, 1):
        if link.n != place or link.previous != last or not link.whole:
            return place
        last = link.hash
    return None
