"""What a file or folder is: an export of Poise, a diary, or something that does not come in. By what is in it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..exporting.as_csv import READ_ME
from ..exporting.as_json import WHAT
from ..exporting.as_markdown import MARK
from ..sealing.files import in_words
from ..trouble import NotThere
from .archives import archive, member
from .diaries import day_one, jrnl, markdown_folder
from .diaries.diary import Diary
from .diaries.others_messages import check_keys, check_name, check_text, check_value
from .own_export import Opened
from .sections import Bytes, not_brought_in, not_utf8, sections

COMES_IN = "what comes in: the JSON of `poise export`, a folder of Markdown, jrnl's text, Day One's JSON or ZIP"
_HEAD = 20_000
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SEALED = {"keys.json", "journal.db"}


class OwnExport(NamedTuple):
    """A JSON file that Poise wrote."""

    name: str
    opened: Opened


Source = OwnExport | Diary


@contextmanager
def recognised(path: Path) -> Iterator[Source]:
    """What is there, open to be read. Raises NotThere, Refused or Trouble."""
    with in_words("what you named", path):
        if not path.exists():
            raise NotThere("there is no file or folder `{path}`; nothing was changed", COMES_IN, path=path.name[:80])
        if path.is_dir():
            yield _folder(path)
        elif not stat.S_ISREG(path.stat().st_mode):
            raise not_brought_in("`{path}` is neither a file nor a folder", COMES_IN, path=path.name)
        elif _head(path).startswith((b"PK\x03\x04", b"PK\x05\x06")):
            with _archived(path) as found:
                yield found
        else:
            yield _file(path)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _folder(path: Path) -> Diary:
    found = markdown_folder.read(path)
    if not found.entries or not _any(found):
        raise not_brought_in("there is no Markdown in `{path}`", COMES_IN, path=path.name)
    return found


def _any(diary: Diary) -> bool:
    """Whether a diary has an entry; the first is put back."""
    from itertools import chain  # noqa: PLC0415

    entries = iter(diary.entries)
    for first in entries:
        diary.entries = chain([first], entries)
        return True
    return False


def _file(path: Path) -> Source:
    text = _text(path)
    begin = text.lstrip("\ufeff \t\r\n")
    if begin.startswith("gAAAA"):
        raise not_brought_in(
            "`{path}` is locked by a password", "let jrnl write it: jrnl --export text", path=path.name
        )
    if jrnl.BEGINS.match(begin):
        return jrnl.read(path)
    check_text(path.name, text)
    if begin.startswith(("{", "[")):
        return _json(path.name, _opener(path))
    if begin.startswith(MARK) or path.suffix.lower() in markdown_folder.ENDINGS:
        return markdown_folder.read(path)
    check_name(path.name)
    raise not_brought_in("it is not clear what `{path}` is", COMES_IN, path=path.name)


def _text(path: Path) -> str:
    """How a file begins. Raises Refused where that is no text in UTF-8."""
    data = _head(path)
    if data.startswith(_WIDE):
        raise not_brought_in("`{path}` is written in UTF-16", "save it as UTF-8 in an editor", path=path.name)
    if b"\0" in data:
        raise not_brought_in("`{path}` is not a text", COMES_IN, path=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            raise not_utf8(path.name, data[: error.start].count(b"\n") + 1) from None
        return data[: error.start].decode("utf-8-sig")  # a letter was cut in two


def _opener(path: Path) -> Opened:
    return lambda: path.open("rb")


def _json(name: str, opened: Opened) -> Source:
    """What a JSON file is, by its names: the first ones say it. Raises Refused."""
    keys: set[str] = set()
    with opened() as stream:
        for key, _, value in _parts(stream, name):
            keys.add(key)
            if key == "poise" and value == WHAT:
                return OwnExport(name, opened)
            check_value(name, value)
            check_keys(name, keys)
            if key == day_one.ENTRIES and isinstance(value, dict):
                if day_one.DATE in value:
                    return day_one.read([(name, opened)])
                raise not_brought_in("`{name}` is not a diary of Day One", COMES_IN, name=name)
    if {"metadata", day_one.ENTRIES} <= keys:
        return day_one.read([(name, opened)])
    raise not_brought_in("it is not clear what `{name}` is", COMES_IN, name=name)


def _parts(stream: Bytes, name: str) -> Iterator[tuple[str, int, Any]]:
    """The parts of an object; of a list, its values."""
    before = first = stream.read(1)
    while first and first in b"\xef\xbb\xbf \t\r\n":
        first = stream.read(1)
        before += first
    listed = first == b"["
    ahead = _Ahead(before[:-1] + b'{"":[' if listed else before, stream, b"}" if listed else b"")
    yield from sections(ahead, name)


class _Ahead:
    """A stream with something before it, and something after."""

    def __init__(self, before: bytes, stream: Bytes, after: bytes) -> None:
        self._before, self._stream, self._after = before, stream, after

    def read(self, most: int, /) -> bytes:
        if self._before:
            data, self._before = self._before, b""
            return data
        data = self._stream.read(most)
        if not data:
            data, self._after = self._after, b""
        return data


# Archives


@contextmanager
def _archived(path: Path) -> Iterator[Source]:
    with archive(path) as found:
        files = {PurePosixPath(info.filename): info for info in found.infolist() if not info.is_dir()}
        names = {name.name for name in files}
        if names >= _SEALED:
            raise not_brought_in("`{path}` is a sealed copy", "`poise restore {path}` brings it back", path=path.name)
        if READ_ME in names and "people.csv" in names:
            raise not_brought_in("`{path}` is an export for a spreadsheet", "bring in the JSON instead", path=path.name)
        for name in (path.name, *sorted(names)):
            check_name(name)
        diaries = [(name.name, info) for name, info in files.items() if _is_diary(name)]
        if not diaries:
            raise not_brought_in("there is no diary of Day One in `{path}`", COMES_IN, path=path.name)
        yield _day_one([(name, _inside(member, found, info)) for name, info in diaries])


def _is_diary(name: PurePosixPath) -> bool:
    return name.suffix.lower() == ".json" and not name.name.startswith(".") and "__MACOSX" not in name.parts


def _inside(opened: Callable[..., AbstractContextManager[Bytes]], *of: Any) -> Opened:
    return lambda: opened(*of)


def _day_one(files: list[tuple[str, Opened]]) -> Diary:
    """The diaries in an archive. Raises Refused where a file in it is another thing."""
    for name, opened in files:
        if isinstance(_json(name, opened), OwnExport):
            raise not_brought_in(
                "`{name}` in the archive is an export of Poise", "unpack it, and name it by itself", name=name
            )
    return day_one.read(files)
