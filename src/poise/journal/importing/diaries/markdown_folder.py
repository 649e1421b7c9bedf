"""A diary as a folder of Markdown, a file for each entry: its day at the top (`date: 2024-05-01`) or in its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from ...exporting.as_markdown import MARK
from ...trouble import Refused
from ..sections import not_brought_in, not_utf8
from .diary import Diary, Written, at_noon, not_dated, on_this_clock
from .jrnl import MOST_LETTERS, too_long
from .others_messages import check_text

ORIGIN = "Markdown"
ENDINGS = (".md", ".markdown")
OTHERS = "other files"
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_DATE = re.compile(r"^(?:date|created|created_at|day)[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(
    r"(?<!\d)(?P<year>\d{4})[-_. ]?(?P<month>\d\d)[-_. ]?(?P<day>\d\d)(?!\d)"
    r"(?:[T _-]+(?P<hour>\d\d)[-:._h]?(?P<minute>\d\d)(?!\d))?"
)
_SHOWN = 5
MOST_FILES = 200_000


def read(folder: Path) -> Diary:
    """The entries of a folder and what is in it, or of one file, by name. Raises Refused."""
    diary = Diary(ORIGIN, ())
    found = [folder] if folder.is_file() else list(_files(folder, diary))
    undated = [path.name for path in found if not _dated(path)]
    if undated:
        raise _without_a_day(undated)
    diary.entries = (_entry(path) for path in found)
    return diary


def _files(folder: Path, diary: Diary) -> Iterator[Path]:
    """The files of a folder, in the order of their names; hidden ones are not looked at. Raises Refused for a link."""
    count = 0
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(names)]:
            path = Path(above, name)
            if name.startswith(".") or (name in folders and not path.is_symlink()):
                continue
            count += 1
            if path.is_symlink() or count > MOST_FILES:
                raise _not_a_diary(path, count)
            if path.suffix.lower() in ENDINGS and path.is_file():
                yield path
            else:
                diary.left_out[OTHERS] += 1


def _not_a_diary(path: Path, count: int) -> Refused:
    if count > MOST_FILES:
        return not_brought_in(
            "there are more than {most_files:,} files in this folder", "name a smaller folder", most_files=MOST_FILES
        )
    return not_brought_in(
        "`{path}` is a link to another place", "put the file itself there, or take it out", path=path.name
    )


def _dated(path: Path) -> bool:
    return bool(_DATE.search(_front(_text(path))) or _NAME.search(path.stem))


def _entry(path: Path) -> Written:
    text = _text(path)
    front = _front(text)
    place = f"`{path.name}`"
    words = text[_FRONT.match(text).end() :] if front else text  # type: ignore[union-attr] # it matched above
    said = _DATE.search(front)
    return Written(place, _said(said[1].strip("\"'"), place) if said else _named(path, place), words)


def _text(path: Path) -> str:
    """What a file says. Raises Refused where it is no text, has no end, or is not one's own."""
    if path.stat().st_size > 4 * MOST_LETTERS:
        raise too_long(f"`{path.name}`")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise not_utf8(path.name, data[: error.start].count(b"\n") + 1) from None
    if "\0" in text:
        raise not_utf8(path.name, text[: text.index("\0")].count("\n") + 1)
    if text.startswith(MARK):
        help = "bring in the JSON that `poise export` writes instead"
        raise not_brought_in("`{path}` is an export for reading", help, path=path.name)
    check_text(path.name, text[:20_000])
    return text


def _front(text: str) -> str:
    found = _FRONT.match(text)
    return found[1] if found else ""


def _said(typed: str, place: str) -> datetime:
    """A day or a time, as it stands at the top."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
            return at_noon(date.fromisoformat(typed))
        return on_this_clock(datetime.fromisoformat(re.sub(r" ([+-]\d\d:?\d\d)$", r"\1", typed)))
    except (ValueError, OverflowError):
        raise not_dated(place, typed) from None


def _named(path: Path, place: str) -> datetime:
    """The day in a file's name."""
    found = _NAME.search(path.stem)
    assert found is not None  # noqa: S101 - a file without a day was refused before
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    try:
        day = date(parts["year"], parts["month"], parts["day"])
        if "hour" in parts:
            return on_this_clock(datetime(day.year, day.month, day.day, parts["hour"], parts["minute"]))  # noqa: DTZ001
        return at_noon(day)
    except (ValueError, OverflowError):
        raise not_dated(place, found[0]) from None


def _without_a_day(names: list[str]) -> Refused:
    shown = ", ".join(f"`{name[:60]}`" for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    help = "write `date: 2024-05-01` between two lines of --- at the top, or put the day in the file's name"
    return not_brought_in("no day is in {shown}{more}", help, shown=shown, more=more)
