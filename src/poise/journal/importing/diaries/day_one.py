"""A diary as Day One writes it: JSON, or the ZIP around it. Photos, places and weather are left out: words are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..sections import Bytes, not_brought_in, sections
from .diary import Diary, Written, not_dated, on_this_clock

ORIGIN = "Day One"
ENTRIES = "entries"
DATE = "creationDate"
PICTURES = "photos and recordings"
_PICTURE = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)\n?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MEDIA = ("photos", "videos", "audios", "pdfAttachments")

Opened = Callable[[], AbstractContextManager[Bytes]]


def read(files: list[tuple[str, Opened]]) -> Diary:
    """The entries of one or more JSON files: (name, what opens it). Raises Refused."""
    diary = Diary(ORIGIN, ())
    diary.entries = (entry for name, opened in files for entry in _entries(name, opened, diary))
    return diary


def _entries(name: str, opened: Opened, diary: Diary) -> Iterator[Written]:
    with opened() as stream:
        for key, line, value in sections(stream, name):
            if key == ENTRIES:
                yield _entry(f"`{name}`, line {line}", value, diary)


def _entry(place: str, value: Any, diary: Diary) -> Written:
    if not isinstance(value, dict) or not isinstance(value.get("text", ""), str):
        raise not_brought_in("{place}: this is not an entry of a diary", "export the diary anew", place=place)
    for media in _MEDIA:
        if isinstance(value.get(media), list):
            diary.left_out[PICTURES] += len(value[media])
    words = _ESCAPED.sub(r"\1", _PICTURE.sub("", value.get("text", "")))
    tags = [tag for tag in value.get("tags") or () if isinstance(tag, str)]
    return Written(place, _time(place, value), words + ("\n\n" + " ".join(f"#{tag}" for tag in tags) if tags else ""))


def _time(place: str, value: dict[str, Any]) -> datetime:
    typed = value.get(DATE)
    try:
        moment = datetime.fromisoformat(typed)  # type: ignore[arg-type] # what is no text is a TypeError
    except (TypeError, ValueError):
        raise not_dated(place, str(typed)) from None
    return _on_its_clock(moment if moment.tzinfo else moment.replace(tzinfo=UTC), value.get("timeZone"))


def _on_its_clock(moment: datetime, zone: Any) -> datetime:
    """The time on the clock of its place; on this computer's, where nobody knows that place."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (TypeError, ValueError, KeyError, OSError):
        return on_this_clock(moment)
    except OverflowError:
        return moment
