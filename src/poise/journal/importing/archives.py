"""Reads JSON files out of a ZIP without unpacking it: nothing is written anywhere, and nothing swells."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..trouble import Refused
from .sections import Bytes, not_brought_in

MOST_MEMBERS = 50_000
MOST_LIST = 20_000_000
"""Bytes of an archive's list of members: it is read whole."""
MOST_BYTES = 2_000_000_000
"""Bytes of one file in it, once unpacked."""
MOST_TIMES = 200
"""How many times as long a file may become; text becomes some ten times as long."""
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"


@contextmanager
def archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive whose members were looked at. Raises Refused."""
    _check_list(path)
    try:
        with zipfile.ZipFile(path) as found:
            _check_members(path, found.infolist())
            yield found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise not_brought_in("`{path}` is not a whole archive", "write or copy it anew", path=path.name) from None


def _check_list(path: Path) -> None:
    """How long the list of members is, before it is read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_600))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 20:
        raise not_brought_in("`{path}` is not a whole archive", "write or copy it anew", path=path.name)
    if _END_64 in tail[max(0, at - 20) : at] or int.from_bytes(tail[at + 12 : at + 16], "little") > MOST_LIST:
        raise _too_much(path)


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise _too_much(path)
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0:1]:
            raise not_brought_in(
                "`{path}` holds a file that points elsewhere", "do not unpack it either", path=path.name
            )


def _too_much(path: Path) -> Refused:
    help = "unpack it yourself, and name the JSON file in it"
    return not_brought_in("`{path}` holds more than Poise looks through", help, path=path.name)


@contextmanager
def member(found: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Bytes]:
    """One file of an archive, to be read. Raises Refused."""
    if info.flag_bits & 1:
        raise not_brought_in("the archive is locked by a password", "unpack it, and name the JSON file in it")
    if info.file_size > MOST_BYTES or info.file_size > MOST_TIMES * max(info.compress_size, 10_000):
        raise _swells(info)
    with found.open(info) as stream:
        yield _Counted(stream, info)


class _Counted:
    """A stream that is never read further than its archive said."""

    def __init__(self, stream: Bytes, info: zipfile.ZipInfo) -> None:
        self._stream, self._info, self._count = stream, info, 0

    def read(self, most: int, /) -> bytes:
        data = self._stream.read(most)
        self._count += len(data)
        if self._count > self._info.file_size:
            raise _swells(self._info)
        return data


def _swells(info: zipfile.ZipInfo) -> Refused:
    name = PurePosixPath(info.filename).name
    return not_brought_in(
        "`{name}` in the archive would swell to more than a diary can be", "look who made it", name=name
    )
