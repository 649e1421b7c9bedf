"""Files that only their owner can read, written whole or not at all."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..trouble import Busy, NoRoom, NotAllowed, Phrase, Trouble

if sys.platform != "win32":  # Windows itself refuses to replace a file that somebody has open
    import fcntl

FILE_MODE = 0o600
FOLDER_MODE = 0o700
WAITS = 250


def make_folder(path: Path) -> None:
    """Make a folder, and those above it; only its owner can look inside. Raises Trouble."""
    with in_words("the folder", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
        keep_private(path)


def make_file(path: Path) -> None:
    """An empty file for its owner alone. Raises FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def keep_private(path: Path) -> None:
    """Take away whatever rights others have on a file or folder."""
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    if path.stat().st_mode & 0o777 != wanted:
        path.chmod(wanted)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, the old or the new text is there, never half. Raises Trouble."""
    with in_words("the file", path):
        spare = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        make_file(spare)
        try:
            with spare.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            spare.replace(path)
        finally:
            spare.unlink(missing_ok=True)
        settle(path.parent)


def settle(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Guard:
    """A practice folder, held by those who have it open; alone by one who replaces what is in it."""

    def __init__(self, folder: Path) -> None:
        """Hold the folder beside others. Raises Busy where somebody holds it alone and does not let go."""
        with in_words("the folder", folder):
            self._handle = os.open(folder / ".guard", os.O_CREAT | os.O_RDWR, FILE_MODE)
            keep_private(folder / ".guard")
        try:
            self._beside()
        except Busy:
            self.release()
            raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold it alone for a while. Raises Busy where somebody else has it open."""
        try:
            if not _locked(self._handle, alone=True):
                raise Busy("the journal is open in another Poise", "close it there, then try again")
            yield
        finally:
            self._beside()

    def _beside(self) -> None:
        for _ in range(WAITS):
            if _locked(self._handle, alone=False):
                return
            time.sleep(0.02)
        raise Busy("the journal is being restored by another Poise", "try again when it is done")

    def release(self) -> None:
        """Let go of it."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1


def _locked(handle: int, *, alone: bool) -> bool:
    """Whether the lock could be had at once."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def in_words(what: str, path: Path) -> Iterator[None]:
    """Say in plain words what the computer refuses to do with a file."""
    try:
        yield
    except OSError as error:
        raise _said(what, path, error) from None


def _said(what: str, path: Path, error: OSError) -> Trouble:
    import errno  # noqa: PLC0415

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoRoom(
            "{what} `{path}` was not written: the disk is full",
            "make some room, then try again",
            what=Phrase(what),
            path=path.name,
        )
    reason = (error.strerror or "the computer does not say why").lower()
    return NotAllowed(
        "{what} `{path}` cannot be used: {reason}",
        "it is in {parent}",
        what=Phrase(what),
        path=path.name,
        reason=reason,
        parent=path.parent,
    )
