"""The calendar file follows RFC 5545, and says nothing of what it is about."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal.trouble import AlreadyThere, Refused
from poise.practice import Practice
from poise.practice.calendar import TITLE, calendar, escaped, folded, name_of, write

from ..made import PASSPHRASE

NOW = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2046, 1, 1))
NAMES = st.uuids(version=5).map(str)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200)
PARAMETER = r'(?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))'
CONTENT = re.compile(rf"([A-Z-]+)({PARAMETER}*):(.*)")
"""A content line (RFC 5545, 3.1): a name, parameters, a value."""


def unfolded(text: str) -> list[tuple[str, str, str]]:
    """The content lines of an iCalendar stream: (name, parameters, value). By the RFC alone."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    for line in text.encode("utf-8").split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no letter is cut in two
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    found = [CONTENT.fullmatch(line) for line in lines]
    assert all(found), lines
    return [(match[1], match[2], match[3]) for match in found if match]


def unescaped(value: str) -> str:
    """What a TEXT value says (3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\([\\;,Nn])", lambda found: "\n" if found[1] in "Nn" else found[1], value)


Property = tuple[str, str, str]
Component = tuple[str, list[Property], list["Component"]]


def tree(lines: Iterator[tuple[str, str, str]], name: str) -> Component:
    """A component, its properties, and the components in it."""
    properties: list[Property] = []
    inner: list[Component] = []
    for line in lines:
        if line[0] == "BEGIN":
            inner.append(tree(lines, line[2]))
        elif line[0] == "END":
            assert line[2] == name
            return name, properties, inner
        else:
            properties.append(line)
    raise AssertionError(name)


def parsed(text: str) -> Component:
    lines = iter(unfolded(text))
    assert next(lines) == ("BEGIN", "", "VCALENDAR")
    found = tree(lines, "VCALENDAR")
    assert not list(lines)
    return found


def one(properties: list[tuple[str, str, str]], name: str) -> tuple[str, str]:
    """A property that is there exactly once: (parameters, value)."""
    (found,) = [line for line in properties if line[0] == name]
    return found[1], found[2]


@given(st.lists(st.tuples(NAMES, DAYS), min_size=1, max_size=5), LINE, st.none() | st.times())
def test_what_is_written_is_what_the_rfc_asks_for(days: list[tuple[str, date]], title: str, at: time | None) -> None:
    _, properties, events = parsed(calendar(days, NOW, title, at))
    assert one(properties, "VERSION") == ("", "2.0")
    assert one(properties, "PRODID")[1]
    assert len(events) == len(days)
    for (name, day), (kind, event, alarms) in zip(days, events, strict=True):
        assert kind == "VEVENT"
        assert one(event, "UID") == ("", name)
        assert one(event, "DTSTAMP") == ("", "20260304T193000Z")
        assert one(event, "DTSTART") == (";VALUE=DATE", f"{day:%Y%m%d}")
        assert unescaped(one(event, "SUMMARY")[1]) == title
        assert one(event, "CLASS") == ("", "PRIVATE")
        assert len(alarms) == (at is not None)
        for alarm, signal, nothing in alarms:
            assert (alarm, nothing) == ("VALARM", [])
            assert one(signal, "ACTION") == ("", "DISPLAY")
            assert unescaped(one(signal, "DESCRIPTION")[1]) == title
            found = re.fullmatch(r"PT(\d+)H(\d+)M", one(signal, "TRIGGER")[1])
            assert found
            assert at is not None
            assert (int(found[1]), int(found[2])) == (at.hour, at.minute)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=400))
def test_lines_are_folded_and_unfold_to_what_they_were(line: str) -> None:
    pieces = list(folded(line))
    assert all(len(piece.encode("utf-8")) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_text_is_escaped() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


# Of a practice


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE, now=lambda: NOW) as opened:
        moment = opened.keep(answers={"harm": "stings"}, person="Sam", remark="a lantern")
        opened.come_back(moment, person="Sam", due_on=date(2026, 4, 1), waiting_for="Sam's answer")
        opened.come_back(due_on=date(2026, 3, 10))
        opened.come_back(waiting_for="no day")
        yield opened


def test_the_file_holds_days_and_nothing_else(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "reminders.ics"
    assert write(practice, path) == 2
    text = path.read_bytes().decode("utf-8")
    _, _, events = parsed(text)
    assert [one(event, "DTSTART")[1] for _, event, _ in events] == ["20260310", "20260401"]
    assert {one(event, "SUMMARY")[1] for _, event, _ in events} == {TITLE}
    for word in ("Sam", "lantern", "answer", "poise", practice.journal.vault.keys.journal):
        assert word.lower() not in text.lower()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_event_has_the_same_name_when_it_is_written_again(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "reminders.ics"
    write(practice, path)
    first = {one(event, "UID")[1]: one(event, "DTSTART")[1] for _, event, _ in parsed(path.read_bytes().decode())[2]}
    entry = next(entry for entry in practice.to_come_back() if entry.due_on == date(2026, 4, 1))
    practice.journal.change(entry, due_on=date(2026, 5, 1))
    assert write(practice, path, at=time(9)) == 2
    again = {one(event, "UID")[1]: one(event, "DTSTART")[1] for _, event, _ in parsed(path.read_bytes().decode())[2]}
    assert first.keys() == again.keys()
    assert again[name_of(practice, entry)] == "20260501"
    assert uuid.UUID(name_of(practice, entry)).version == 5
    assert entry.uid not in path.read_text()


def test_what_is_done_or_thrown_away_is_not_in_it(practice: Practice, tmp_path: Path) -> None:
    first, second, *_ = sorted(practice.to_come_back(), key=lambda entry: str(entry.due_on))
    practice.journal.change(first, done_at=NOW)
    assert write(practice, tmp_path / "a.ics") == 1
    practice.journal.trash(second)
    assert write(practice, tmp_path / "b.ics") == 0
    assert not (tmp_path / "b.ics").exists()


def test_nothing_else_is_written_over(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "mine.ics"
    path.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Somebody//else//EN\r\n")
    with pytest.raises(AlreadyThere, match="something else"):
        write(practice, path)


@pytest.mark.parametrize("title", ["", "a\nb", "a\x00", "x" * 201, "a\u2028b"])
def test_a_title_is_one_line_that_can_be_shown(practice: Practice, tmp_path: Path, title: str) -> None:
    with pytest.raises(Refused, match="not one line"):
        write(practice, tmp_path / "a.ics", title)
