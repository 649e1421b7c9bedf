"""A member's own sealed copy of what lies on a server: the same file that is made of a sealed folder.

Whoever has it needs no server: `poise restore` makes a practice of it, and everything opens by the same passphrase.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select

from .. import finding, migrations
from ..copies import Copy, make_copy
from ..sealing import sqlite
from ..sealing.files import in_words, make_file
from ..sealing.keyfile import write_keys
from ..sealing.keys import DataKey
from ..sealing.vault import Vault
from ..tables import metadata
from .vault import TeamVault

AT_ONCE = 500
"""Rows that are written in one go."""


def copy_out(vault: TeamVault, now: datetime, target: Path) -> Copy:
    """Write a sealed copy of a member's journal into a folder, or as a file. Raises Trouble."""
    with in_words("the copy", target), tempfile.TemporaryDirectory(prefix=".poise-", dir=_folder(target)) as scratch:
        folder = Path(scratch)
        write_keys(folder, vault.keys)
        make_file(folder / sqlite.NAME)
        copied = Vault(folder, DataKey(vault.key.secret), vault.keys)
        try:
            _fill(vault, copied)
            return make_copy(copied, now, {}, target)
        finally:
            copied.lock()


def _folder(target: Path) -> Path:
    return target if target.is_dir() else target.parent


def _fill(vault: TeamVault, copied: Vault) -> None:
    """Lay every row of a server into an empty sealed file, and index it."""
    with vault.reading() as source, copied.writing() as connection:
        migrations.migrate(connection)
        for table in metadata.sorted_tables:
            for rows in source.execute(select(table)).partitions(AT_ONCE):
                connection.execute(insert(table), [dict(row._mapping) for row in rows])  # noqa: SLF001
        finding.index_all(connection)
