"""Writes a built page into a folder: a new one whole or not at all, an earlier build file by file."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..rulebook.mistake import Mistake, Mistakes

MARKER = ".notes-build.json"
"""What says that a folder is a build, and which files are of it."""
NOTHING = "Nothing was written."


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files. What else lies in an earlier build, a repository for example, stays.

    Raises Mistakes where the folder holds something else, or cannot be written.
    """
    try:
        before = _before(folder)
        marker = json.dumps({"files": sorted(files)}).encode()
        if before is None:
            _whole(folder, {**files, MARKER: marker})
        else:
            _one_by_one(folder, {MARKER: marker, **files})
            for name in before - set(files):
                (folder / name).unlink(missing_ok=True)
    except OSError as trouble:
        reason = (trouble.strerror or "it did not work").lower()
        raise _refused(f"{folder} cannot be written: {reason}", "name another folder") from None


def check_built(folder: Path) -> None:
    """Raises Mistakes where no page was built in this folder."""
    if not (folder / MARKER).is_file():
        help = "`poise pocket build` writes one, into a folder that you name"
        raise Mistakes([Mistake("not-a-build", f"there is no page in {folder}", help=help)], "Nothing was shown.")


def _before(folder: Path) -> set[str] | None:
    """The names of the files of an earlier build; None for a folder that is not there, or empty. Raises Mistakes."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    try:
        names = json.loads((folder / MARKER).read_text("utf-8"))["files"]
        return {Path(name).name for name in names}
    except (OSError, ValueError, KeyError, TypeError):
        raise _refused(f"{folder} holds something that this command did not write", "name a new folder") from None


def _whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder, made beside its place and moved there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    spare = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        spare.mkdir()
        for name, data in files.items():
            _put(spare / name, data)
        if folder.exists():
            folder.rmdir()  # empty; Windows moves nothing over it
        spare.rename(folder)
    finally:
        shutil.rmtree(spare, ignore_errors=True)


def _one_by_one(folder: Path, files: Mapping[str, bytes]) -> None:
    """Over an earlier build, the service worker last: phones look at it, and take all of a build or none."""
    for name, data in files.items():
        spare = folder / f".{name}.{secrets.token_hex(4)}"
        try:
            _put(spare, data)
            spare.replace(folder / name)
        finally:
            spare.unlink(missing_ok=True)


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _refused(message: str, help: str) -> Mistakes:
    return Mistakes([Mistake("not-a-build", message, help=help)], NOTHING)
