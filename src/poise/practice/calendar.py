"""What I want to come back to as an iCalendar file (RFC 5545): days and a bland title, and nothing of what it is.

Each event has the same UID whenever the file is written, so that a calendar that takes it in again moves the event and
does not double it. The UID tells nothing: it is a UUID (RFC 9562, version 5) in a space that only the journal knows.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from ..journal.entries import FollowUp
from ..journal.sealing.files import in_words, write_whole
from ..journal.trouble import AlreadyThere, Refused
from .opened import Opened

TITLE = "Reminder"
PRODUCT = "-//Reminders//Reminders//EN"
"""What made the file: as bland as the rest."""
MOST_OCTETS = 75
"""Of a line, without its end (RFC 5545, 3.1)."""
LONGEST = 200
_PAGE = 500


def to_come_back(practice: Opened) -> list[FollowUp]:
    """What is not done and has a day, the first day first."""
    found: list[FollowUp] = []
    page = practice.journal.entries(FollowUp, most=_PAGE)
    while page:
        found += [entry for entry in page if entry.due_on and not entry.done_at]
        page = practice.journal.entries(FollowUp, before=page[-1], most=_PAGE)
    return sorted(found, key=lambda entry: (str(entry.due_on), entry.uid))


def write(practice: Opened, path: Path, title: str = TITLE, at: time | None = None) -> int:
    """Write the file, for its owner alone; one of before is replaced. Returns how many days are in it. Raises Trouble.

    Without a day to come back to, nothing is written.
    """
    if len(title.splitlines()) != 1 or not title.isprintable() or len(title) > LONGEST:
        raise Refused("the title is not one line that can be shown", "nothing was written; a word is enough")
    with in_words("the file", path):
        if path.exists() and not _ours(path):
            raise AlreadyThere(
                "there is something else in `{path}`", "nothing was written; name another file", path=path.name
            )
    found = to_come_back(practice)
    if found:
        days = [(name_of(practice, entry), entry.due_on) for entry in found if entry.due_on]
        write_whole(path, calendar(days, practice.journal.now(), title, at).encode("utf-8"))
    return len(found)


def name_of(practice: Opened, entry: FollowUp) -> str:
    """What an entry is called in every calendar."""
    return str(uuid.uuid5(uuid.UUID(practice.journal.vault.keys.journal), entry.uid))


def _ours(path: Path) -> bool:
    """Whether a file is one that was written before."""
    with path.open("rb") as file:
        return PRODUCT.encode() in file.read(200)


def calendar(days: Iterable[tuple[str, date]], now: datetime, title: str = TITLE, at: time | None = None) -> str:
    """An iCalendar object: (UID, day) of each event; with `at`, a signal at that hour of the day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    for name, day in days:
        lines += _event(name, day, now, title, at)
    return "".join(f"{line}\r\n" for whole in [*lines, "END:VCALENDAR"] for line in folded(whole))


def _event(name: str, day: date, now: datetime, title: str, at: time | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{name}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"SUMMARY:{escaped(title)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    if at is not None:
        # From the beginning of the day, on the clock of whoever looks (RFC 5545, 3.8.6.3).
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(title)}", f"TRIGGER:{_after(at)}")
        yield "END:VALARM"
    yield "END:VEVENT"


def _after(at: time) -> str:
    return f"PT{at.hour}H{at.minute}M"


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the later ones after a space; no letter is cut in two."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
