"""Restores a sealed copy. What it replaces is put aside, and it can be stopped at any moment:

1  the copy is unpacked, opened and checked in a scratch folder
2  the scratch folder is named `.restored`: from here on it will happen
3  its files are moved into place one by one; if that is stopped, the next opening goes on with it
"""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from .. import migrations
from ..sealing import sqlite
from ..sealing.files import Guard, in_words, keep_private, make_file, make_folder, settle, write_whole
from ..sealing.keyfile import MOST_BYTES, TWIN, KeyFile, from_bytes, read_keys, to_bytes
from ..sealing.keyfile import NAME as KEYS
from ..sealing.keys import DataKey
from ..tables import files
from ..trouble import AlreadyThere, Damaged, NoJournal, NoRoom, Refused, WrongKey
from .making import READ_ME

READY = ".restored"
_ASIDE = "replaced"


def unpack(copy: Path, folder: Path) -> KeyFile:
    """Lay a copy's files into a new folder. Raises Refused, Damaged or Trouble, and then nothing is there."""
    try:
        with in_words("the copy", copy), zipfile.ZipFile(copy) as archive:
            _check_members(archive, folder.parent)
            keys = from_bytes(archive.read(KEYS))
            make_folder(folder)
            make_file(folder / sqlite.NAME)
            with archive.open(sqlite.NAME) as source, (folder / sqlite.NAME).open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError):
        raise Refused("`{copy}` is not a sealed copy, or is not whole", "nothing was changed", copy=copy.name) from None
    settle(folder / sqlite.NAME)
    return keys


def _check_members(archive: zipfile.ZipFile, room: Path) -> None:
    """Only what a copy holds, as it lies: nothing compressed, so nothing that swells."""
    for member in archive.infolist():
        known = member.filename in (KEYS, sqlite.NAME, READ_ME)
        if not known or member.compress_type != zipfile.ZIP_STORED or member.file_size > member.compress_size:
            raise Refused("this is not a sealed copy: it holds something else", "nothing was changed")
        if member.filename != sqlite.NAME and member.file_size > MOST_BYTES:
            raise Refused("this is not a sealed copy: its keys are too long", "nothing was changed")
    size = archive.getinfo(sqlite.NAME).file_size
    if size > shutil.disk_usage(room).free:
        raise NoRoom(
            "the copy was not restored: the disk has too little room", "it takes {size:,.0f} MB", size=size / 1e6
        )


def restore(copy: Path, folder: Path, passphrase: str) -> None:
    """Put a copy in the place of a journal, or where none is. What it replaces is put aside. Raises Trouble."""
    new = not folder.exists()
    make_folder(folder)
    guard = Guard(folder)
    try:
        with guard.alone():
            finish(folder)
            _prepare(copy, folder, passphrase)
            finish(folder)
    except BaseException:
        if new and not (folder / READY).exists():
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        guard.release()


def _prepare(copy: Path, folder: Path, passphrase: str) -> None:
    """Make everything ready to be moved into place; from the renaming on, it will happen."""
    scratch = folder / f".restoring-{secrets.token_hex(4)}"
    try:
        _make_ready(copy, scratch, folder, passphrase)
        scratch.rename(folder / READY)
        settle(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _make_ready(copy: Path, scratch: Path, folder: Path, passphrase: str) -> None:
    """Unpack, open and check a copy, so that it only has to be moved into place."""
    keys = unpack(copy, scratch)
    keys, key = _opened(keys, folder, passphrase)
    engine = sqlite.open_engine(scratch / sqlite.NAME, key)
    try:
        with sqlite.in_words(), engine.begin() as connection:
            migrations.revision_of(connection)
            beside = {row.name: row.text for row in connection.execute(select(files))}
        if sqlite.faults(engine):
            raise Damaged("the copy `{copy}` is damaged; nothing was changed", "use an older copy", copy=copy.name)
        sqlite.single_file(engine)
    finally:
        engine.dispose()
    for name, text in beside.items():
        if not _plain_name(name):
            raise Damaged("the copy `{copy}` holds a file that has no place here; nothing was changed", copy=copy.name)
        make_folder((scratch / name).parent)
        write_whole(scratch / name, text.encode("utf-8"))
    for name in (KEYS, TWIN):
        write_whole(scratch / name, to_bytes(keys))


def _plain_name(name: str) -> bool:
    """Whether a name stays below the folder it is put in."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and not any(part.startswith(".") for part in path.parts)


def _opened(keys: KeyFile, folder: Path, passphrase: str) -> tuple[KeyFile, DataKey]:
    """The keys to put in place, and the data key: by today's passphrase, or by the one of the copy's day."""
    try:
        today = read_keys(folder)
    except (NoJournal, Damaged):
        return keys, keys.open(passphrase)
    if today.journal != keys.journal:
        message = "the copy is of another journal than the one in {folder}; nothing was changed"
        raise AlreadyThere(message, "restore it into a new folder", folder=folder)
    try:
        return today, today.open(passphrase)
    except WrongKey:
        return keys, keys.open(passphrase)


def finish(folder: Path) -> None:
    """Move what was made ready into place, and what it replaces aside. Can be stopped anywhere and begun again."""
    ready = folder / READY
    if not ready.is_dir():
        return
    aside = folder / f"{_ASIDE}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    make_folder(aside)
    if (ready / sqlite.NAME).exists():
        for suffix in ("-wal", "-shm"):
            _move(folder / (sqlite.NAME + suffix), aside / (sqlite.NAME + suffix))
    for path in sorted(path for path in ready.rglob("*") if path.is_file()):
        name = path.relative_to(ready)
        make_folder((aside / name).parent)
        make_folder((folder / name).parent)
        _move(folder / name, aside / name)
        _move(path, folder / name)
    settle(folder)
    shutil.rmtree(ready)
    keep_private(folder)


def stands(folder: Path) -> bool:
    """Whether a journal is in a folder, or one is being restored there that the next opening finishes."""
    return any((folder / name).exists() for name in (KEYS, TWIN, READY))


def _move(source: Path, target: Path) -> None:
    if source.exists():
        os.replace(source, target)  # noqa: PTH105 - the same on every system
