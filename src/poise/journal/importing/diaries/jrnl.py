"""A diary as `jrnl` writes it: `[2024-05-01 09:30] A title. And the rest.`, as many lines as one likes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ...trouble import Refused
from ..sections import not_brought_in, not_utf8
from .diary import Diary, Written, not_dated, on_this_clock

ORIGIN = "jrnl"
BEGINS = re.compile(r"\[(\d{4}-\d\d-\d\d(?:[ T]\d\d?:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)?)\] ?(.*)", re.DOTALL)
_WAYS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d")
MOST_LETTERS = 1_000_000
"""Of one line: nobody writes longer ones."""


def read(path: Path) -> Diary:
    """The entries of a file, line by line. Raises Refused."""
    return Diary(ORIGIN, _entries(path))


def _entries(path: Path) -> Iterator[Written]:
    place, at, words = "", None, []
    length = 0
    for number, line in lines(path):
        begins = BEGINS.match(line)
        if begins:
            if at is not None:
                yield Written(place, at, "".join(words))
            place, length = f"`{path.name}`, line {number}", 0
            at, words = _time(begins[1], place), [begins[2]]
        elif at is None and line.strip():
            help = "every entry begins with its day: [2024-05-01 09:30] A title"
            raise not_brought_in(
                "`{path}`, line {number}: this stands before the first day", help, path=path.name, number=number
            )
        elif at is not None:
            words.append(line)
        length += len(line)
        if length > MOST_LETTERS:
            raise too_long(place or f"`{path.name}`, line {number}")
    if at is not None:
        yield Written(place, at, "".join(words))


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a text, with their numbers. Raises Refused where it is no text in UTF-8."""
    number = 1
    try:
        with path.open(encoding="utf-8-sig", newline=None) as file:
            while line := file.readline(MOST_LETTERS + 1):
                if len(line) > MOST_LETTERS or "\0" in line:
                    raise too_long(f"`{path.name}`, line {number}") if "\0" not in line else not_utf8(path.name, number)
                yield number, line
                number += 1
    except UnicodeDecodeError:
        raise not_utf8(path.name, _line_not_utf8(path)) from None


def _line_not_utf8(path: Path) -> int:
    """The first line that is no text: what is read at once is longer than a line."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_LETTERS), b""), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 0


def too_long(place: str) -> Refused:
    """What is said of a line or an entry without an end."""
    return not_brought_in("{place}: this is longer than an entry can be", "look what it is", place=place)


def _time(typed: str, place: str) -> datetime:
    plain = re.sub(r" ?([ap]m)$", r" \1", typed.replace("T", " "), flags=re.IGNORECASE)
    for way in _WAYS:
        try:
            found = datetime.strptime(plain, way)  # noqa: DTZ007 - a diary's clock is this computer's
        except ValueError:
            continue
        return on_this_clock(found.replace(hour=12) if way == "%Y-%m-%d" else found)
    raise not_dated(place, typed)
