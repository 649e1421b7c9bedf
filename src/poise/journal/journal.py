"""A journal: everything one can keep in it, ask of it, and do with it as a whole.

journal = Journal.create(folder, passphrase)        # journal.vault.kit is to be printed, and proved
journal = Journal.open(folder, passphrase)          # or raises Trouble (see trouble.py)
journal.keep(Person(nickname="Sam")); journal.search("sorry"); journal.lock()
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from . import copies, finding, keeping, migrations
from .copies import Copy, Rehearsal
from .entries import AnyEntry, Entry, KeptMoment, Person
from .keeping import Hold, holding
from .keeping.checking import check
from .opening import Clock, OpenJournal
from .sealing import sqlite
from .sealing.unlocked import Unlocked
from .sealing.vault import Vault
from .tables import drafts, settings, texts
from .trouble import Busy, NoRoom

Place = TypeVar("Place", bound=Unlocked)


class Pages(Generic[Place]):
    """What one can keep, change and ask for: the same in a sealed file and on a team's server."""

    vault: Place
    now: Clock

    # Entries

    def keep(self, entry: AnyEntry, *, person: Person | None = None, draft: str | None = None) -> AnyEntry:
        """Keep a new entry; once this returns, it is on the disk.

        With it a `person` it is about, kept as well if new, and without the draft it was written in: all or nothing.
        """
        with self.vault.writing() as connection:
            batch = keeping.new_uid()
            if person is not None:
                known = person if person.id else keeping.keep(connection, person, self.now(), batch)
                entry = replace(entry, person_id=known.id)  # type: ignore[call-arg]
            kept = keeping.keep(connection, entry, self.now(), batch)
            connection.execute(delete(drafts).where(drafts.c.name == draft))
        return kept

    def keep_together(self, entries: Iterable[Entry], *, draft: str | None = None) -> list[Entry]:
        """Keep new entries about what is in the journal, without the draft they were written in: all or nothing."""
        with self.vault.writing() as connection:
            batch = keeping.new_uid()
            kept = [keeping.keep(connection, entry, self.now(), batch) for entry in entries]
            connection.execute(delete(drafts).where(drafts.c.name == draft))
        return kept

    def change(self, entry: AnyEntry, **new: Any) -> AnyEntry:
        """Change some of an entry."""
        with self.vault.writing() as connection:
            return keeping.change(connection, entry, self.now(), new)

    def trash(self, entry: Entry) -> int:
        """Put an entry, and what is about it, in the trash. Returns how many."""
        with self.vault.writing() as connection:
            return keeping.trash(connection, entry, self.now())

    def put_back(self, entry: Entry) -> int:
        """Take an entry out of the trash, and what went in with it. Returns how many."""
        with self.vault.writing() as connection:
            return keeping.put_back(connection, entry, self.now())

    def undo(self) -> list[tuple[str, Entry]]:
        """Undo the last thing that was done within 30 days: (what was done, the entry as it is now)."""
        with self.vault.writing() as connection:
            return keeping.undo(connection, self.now())

    def erase(self, *entries: Entry) -> int:
        """Delete entries for good, with what is about them; automatic copies are made anew. Raises OnHold."""
        found: dict[str, set[int]] = {}
        for entry in entries:
            found.setdefault(entry.kind, set()).add(entry.id)
        with self.vault.writing() as connection:
            gone = keeping.erase(connection, found)
        self._forget()
        return gone

    def _forget(self) -> None:
        """See that what was deleted is nowhere else."""

    # Lists

    def get(self, kind: type[AnyEntry], uid: str) -> AnyEntry:
        """The entry of that name. Raises NotThere."""
        with self.vault.reading() as connection:
            return finding.get(connection, kind, uid)

    def uids(self, kind: type[Entry], ids: Sequence[int]) -> dict[int, str]:
        """{id: uid} of entries of one kind, in the trash or not."""
        with self.vault.reading() as connection:
            return finding.uids(connection, kind, ids)

    def people(self) -> list[Person]:
        """Everybody, in the order of their nicknames."""
        with self.vault.reading() as connection:
            return finding.persons(connection)

    def moments(
        self, person: Person | None = None, before: KeptMoment | None = None, most: int = finding.PAGE
    ) -> list[KeptMoment]:
        """Moments, the last that happened first; `before` is the last of the page shown before."""
        with self.vault.reading() as connection:
            return finding.page_of_moments(connection, person, before, most)

    def stamps(self, most: int = finding.PAGE) -> tuple[tuple[int, Any], ...]:
        """(id, when it was changed last) of the last moments, and of what was said of them looking back."""
        with self.vault.reading() as connection:
            return finding.stamps(connection, most)

    def entries(
        self,
        kind: type[AnyEntry],
        before: AnyEntry | None = None,
        most: int = finding.PAGE,
        **of: int | Sequence[int] | None,
    ) -> list[AnyEntry]:
        """Entries of one kind, the last written first; `person_id=` or `moment_id=`, one or several, narrow it."""
        with self.vault.reading() as connection:
            return finding.page_of(connection, kind, before, most, **of)

    def search(
        self, words: str, tags: Iterable[str] = (), before: Entry | None = None, most: int = finding.PAGE
    ) -> list[Entry]:
        """Entries that hold all the words, the last written first; `finding.tag` narrows it."""
        with self.vault.reading() as connection:
            return finding.search(connection, words, tags, before, most)

    def in_trash(self) -> list[Entry]:
        """What is in the trash, the last thrown away first."""
        with self.vault.reading() as connection:
            return finding.in_trash(connection)

    # Drafts, settings, texts, holds

    def draft(self, name: str) -> str | None:
        """What is being written under that name."""
        with self.vault.reading() as connection:
            return connection.execute(select(drafts.c.body).where(drafts.c.name == name)).scalar()

    def save_draft(self, name: str, body: str) -> None:
        """Keep what is being written. Raises Refused."""
        self._check(drafts, name=name, body=body)
        with self.vault.writing() as connection:
            _upsert(connection, drafts, {"name": name}, body=body, written_at=self.now())

    def setting(self, name: str, otherwise: Any = None) -> Any:
        """A choice about the journal itself."""
        with self.vault.reading() as connection:
            row = connection.execute(select(settings.c.value).where(settings.c.name == name)).first()
        return otherwise if row is None else row.value

    def set(self, name: str, value: Any) -> None:
        """Make a choice. Raises Refused."""
        self._check(settings, name=name, value=value)
        with self.vault.writing() as connection:
            _upsert(connection, settings, {"name": name}, value=value, changed_at=self.now())

    def keep_text(self, text: str) -> str:
        """Keep a text once, by the hash of what it says. Returns the hash. Raises Refused."""
        self._check(texts, text=text)
        name = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if self.text(name) is None:
            with self.vault.writing() as connection:
                _upsert(connection, texts, {"sha256": name}, text=text, written_at=self.now())
        return name

    def text(self, sha256: str) -> str | None:
        """The text of that hash."""
        with self.vault.reading() as connection:
            return connection.execute(select(texts.c.text).where(texts.c.sha256 == sha256)).scalar()

    def hold(self, person: Person | None = None, why: str = "") -> Hold:
        """Stop deletion of one person's entries, or of all."""
        with self.vault.writing() as connection:
            return holding.place(connection, person.id if person else None, why, self.now(), keeping.new_uid())

    def lift(self, hold: Hold) -> None:
        """Let deletion go on."""
        with self.vault.writing() as connection:
            holding.lift(connection, hold, self.now())

    def holds(self) -> list[Hold]:
        """The holds in force, oldest first."""
        with self.vault.reading() as connection:
            return holding.in_force(connection)

    def _check(self, table: Any, **values: Any) -> None:
        for name, value in values.items():
            check(table, name, value, self.now())


class Journal(OpenJournal, Pages[Vault]):
    """An open journal in a sealed file."""

    def _forget(self) -> None:
        """Write the file anew without what was deleted. Automatic copies hold it too: a new one takes their place."""
        with suppress(Busy, NoRoom):  # what was deleted is overwritten already
            sqlite.compact(self.vault.engine)
        older = [copy for copy in self.copies() if copy.automatic]
        try:
            if older:
                self.backup(label=f"{copies.AUTOMATIC}{migrations.HEAD}-")
        finally:
            for copy in older:
                copy.path.unlink(missing_ok=True)

    def copies(self) -> list[Copy]:
        """The copies in the practice's own folder, the newest first."""
        return copies.copies(self.vault.folder)

    def rehearse(self, copy: Copy | None = None) -> Rehearsal | None:
        """Restore a copy (the newest) into a scratch folder, and compare; None where there is no copy."""
        found = copy or next(iter(self.copies()), None)
        return copies.rehearse(self.vault, found) if found else None

    def faults(self) -> list[str]:
        """What is wrong with the file, page by page; empty where nothing is."""
        with self.vault.reading():
            return sqlite.faults(self.vault.engine)


def _upsert(connection: Connection, table: Any, key: dict[str, str], **values: Any) -> None:
    """Write a row over the one of the same name, or anew."""
    ((name, value),) = key.items()
    done = connection.execute(update(table).where(table.c[name] == value).values(**key, **values))
    if not done.rowcount:
        connection.execute(insert(table).values(**key, **values))
