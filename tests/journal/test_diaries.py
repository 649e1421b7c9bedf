"""One's own older diary comes in: a folder of Markdown, jrnl's text, Day One's JSON. Other people's messages do not."""

from __future__ import annotations

import json
import os
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal.entries import KeptMoment
from poise.journal.importing import Count, bring_in
from poise.journal.importing.diaries import jrnl
from poise.journal.journal import Journal
from poise.journal.trouble import Trouble

from .conftest import Clock
from .test_import import refused

ZONE = "America/Toronto"


@pytest.fixture(autouse=True)
def _in_a_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", ZONE)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def _moments(journal: Journal) -> list[tuple[str, str]]:
    """When they happened, on their clock, and what was written."""
    found = sorted(journal.moments(), key=lambda moment: str(moment.happened_at))
    return [(f"{moment.happened_at:%Y-%m-%d %H:%M %z}", moment.remark) for moment in found]


def _file(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# jrnl

JRNL = """[2024-05-01 09:30] A title. And what
I wrote about a lantern.

[not a day] still the same
[2024-12-31 09:05:10 PM] Another. @tag *
[2024-05-02] A day alone.
"""


def test_jrnl_comes_in_with_the_time_it_happened(new: Journal, tmp_path: Path, clock: Clock) -> None:
    found = bring_in(new, _file(tmp_path, "diary.txt", JRNL))
    assert _moments(new) == [
        ("2024-05-01 09:30 -0400", "A title. And what\nI wrote about a lantern.\n\n[not a day] still the same"),
        ("2024-05-02 12:00 -0400", "A day alone."),
        ("2024-12-31 21:05 -0500", "Another. @tag *"),
    ]
    assert {moment.written_at for moment in new.moments()} == {clock.at}
    assert {(moment.origin, moment.answers == {}, moment.book) for moment in new.moments()} == {("jrnl", True, "")}
    assert (found.origin, found.new, str(found.first)[:10], str(found.last)[:10]) == (
        "jrnl",
        3,
        "2024-05-01",
        "2024-12-31",
    )
    assert [entry.kind for entry in new.search("lantern")] == ["moments"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[2024-02-30 09:30] No such day.", "`diary.txt`, line 1: `2024-02-30 09:30` is not a day"),
        ("[2024-05-01 09:30] A.\n\n[9999-01-01 09:30] B.", "`diary.txt`, line 3: when it happened lies in the future"),
        ("[2024-05-01 09:30] A.\n[0001-01-01 09:30] B.", "`diary.txt`, line 2: when it happened lies before 1900"),
        ("[2024-05-01 09:30] " + "x" * 200_000, "line 1: `remark` is 200,000 characters long; 100,000 can be kept"),
        ("[2024-05-01 09:30] A.\n" + "x" * 10_000_000, "line 2: this is longer than an entry can be"),
        ("[2024-05-01 09:30] A.\n" + "x\n" * 1_000_000, "line 1: this is longer than an entry can be"),
        ("[2024-05-01 09:30] A.\x1b[31m", "`remark` has a sign in it that cannot be shown"),
        ("[2024-05-01 09:30] A.\n\x00", "line 2: this is not text in UTF-8|is not a text"),
        ("gAAAAABmMjE", "is locked by a password\n  .*jrnl --export text"),
        ("before\n[2024-05-01 09:30] A.", "it is not clear what `diary.txt` is"),
    ],
)
def test_what_is_wrong_in_jrnl_is_said_with_its_line(
    untouched: Journal, tmp_path: Path, text: str, message: str
) -> None:
    with refused(untouched, message):
        bring_in(untouched, _file(tmp_path, "diary.txt", text))


def test_another_encoding_is_said_with_its_line(untouched: Journal, tmp_path: Path) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(b"[2024-05-01 09:30] A.\n" + b"x\n" * 100_000 + b"caf\xe9\n")
    with refused(untouched, r"`diary.txt`, line 100002: this is not text in UTF-8\n  .*save it as UTF-8"):
        bring_in(untouched, path)


DAYS = st.datetimes(datetime(1950, 1, 1), datetime(2025, 12, 31))  # noqa: DTZ001
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)


@given(
    st.lists(st.tuples(DAYS, WORDS.filter(lambda text: bool(text.strip())), st.lists(WORDS, max_size=3)), min_size=1)
)
def test_any_diary_in_jrnls_form_is_read_as_it_was_written(entries: list[tuple[datetime, str, list[str]]]) -> None:
    plain = [(day.replace(second=0, microsecond=0), title, lines) for day, title, lines in entries]
    plain = [(day, title, [line for line in lines if not jrnl.BEGINS.match(line)]) for day, title, lines in plain]
    text = "".join(
        f"[{day:%Y-%m-%d %H:%M}] {title}\n" + "".join(f"{line}\n" for line in lines) for day, title, lines in plain
    )
    with tempfile.TemporaryDirectory() as folder:
        path = _file(Path(folder), "diary.txt", text)
        found = list(jrnl.read(path).entries)
    assert [entry.words for entry in found] == ["\n".join([title, *lines]) + "\n" for _, title, lines in plain]
    assert [entry.happened_at.replace(tzinfo=None) for entry in found] == [day for day, _, _ in plain]


# Markdown


def test_a_folder_of_markdown_comes_in(new: Journal, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    _file(diary, "2024/2024-05-01.md", "# A title\n\nAbout a lantern.\n")
    _file(diary, "2024/2024-05-02 0930 walk.md", "Walked.")
    _file(diary, "20240503.markdown", "No lines between.")
    _file(diary, "front.md", "---\ntitle: x\ndate: 2024-05-04\ntags: [a]\n---\nBelow.\n")
    _file(diary, "time.md", '---\r\ndate: "2024-05-05T21:15:00+02:00"\r\n---\r\nAt night.\r\n')
    _file(diary, "space.md", "---\ncreated: 2024-05-06 21:15:00 +0000\n---\nUTC.")
    _file(diary, "2024-05-07.md", "   \n")
    _file(diary, ".obsidian/2024-05-08.md", "hidden")
    _file(diary, "picture.png", "x")
    found = bring_in(new, diary)
    assert _moments(new) == [
        ("2024-05-01 12:00 -0400", "# A title\n\nAbout a lantern."),
        ("2024-05-02 09:30 -0400", "Walked."),
        ("2024-05-03 12:00 -0400", "No lines between."),
        ("2024-05-04 12:00 -0400", "Below."),
        ("2024-05-05 21:15 +0200", "At night."),
        ("2024-05-06 21:15 +0000", "UTC."),
    ]
    assert (found.origin, found.left_out) == ("Markdown", {"empty entries": 1, "other files": 1})


def test_one_file_of_markdown_comes_in(new: Journal, tmp_path: Path) -> None:
    bring_in(new, _file(tmp_path, "2024-05-01.md", "One."))
    assert _moments(new) == [("2024-05-01 12:00 -0400", "One.")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("note.md", "No day.", r"no day is in `note.md`\n  .*`date: 2024-05-01`"),
        ("2024-02-30.md", "No such day.", "`2024-02-30.md`: `2024-02-30` is not a day"),
        ("2024-05-01 9930.md", "No such time.", "is not a day"),
        ("a.md", "---\ndate: tomorrow\n---\n", "`a.md`: `tomorrow` is not a day"),
        ("9999-01-01.md", "Later.", "`9999-01-01.md`: when it happened lies in the future"),
        ("0001-01-01.md", "Earlier.", "`0001-01-01.md`: when it happened lies before 1900"),
        ("2024-05-01.md", "x" * 10_000_000, "`2024-05-01.md`: this is longer than an entry can be"),
        ("2024-05-01.md", "a\n\x00", "`2024-05-01.md`, line 2: this is not text in UTF-8"),
        ("2024-05-01.txt", "No Markdown.", "there is no Markdown in `diary`"),
    ],
)
def test_what_is_wrong_in_a_folder_names_the_file(
    untouched: Journal, tmp_path: Path, name: str, text: str, message: str
) -> None:
    _file(tmp_path / "diary", name, text)
    with refused(untouched, message):
        bring_in(untouched, tmp_path / "diary")


def test_one_bad_file_keeps_all_others_out(untouched: Journal, tmp_path: Path) -> None:
    _file(tmp_path / "diary", "2024-05-01.md", "Fine.")
    (tmp_path / "diary" / "2024-05-02.md").write_bytes("café".encode("latin-1"))
    with refused(untouched, "`2024-05-02.md`, line 1: this is not text in UTF-8"):
        bring_in(untouched, tmp_path / "diary")


@pytest.mark.parametrize("to_folder", [True, False])
def test_a_link_out_of_the_folder_is_not_followed(untouched: Journal, tmp_path: Path, to_folder: bool) -> None:
    secret = _file(tmp_path / "elsewhere", "2024-05-01.md", "not in the diary")
    _file(tmp_path / "diary", "2024-05-02.md", "Fine.")
    link = tmp_path / "diary" / ("more" if to_folder else "2024-05-03.md")
    link.symlink_to(secret.parent if to_folder else secret)
    with refused(untouched, rf"`{link.name}` is a link to another place"):
        bring_in(untouched, tmp_path / "diary")


def test_what_nobody_may_read_is_said(untouched: Journal, tmp_path: Path) -> None:
    path = _file(tmp_path / "diary", "2024-05-01.md", "Fine.")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with refused(untouched, "cannot be used", Trouble):
        bring_in(untouched, tmp_path / "diary")


# Day One


def _day_one(*entries: dict[str, Any]) -> str:
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)})


ENTRY = {
    "uuid": "0A1B",
    "creationDate": "2024-05-01T13:30:00Z",
    "modifiedDate": "2024-06-01T13:30:00Z",
    "timeZone": "Europe/Berlin",
    "text": "# A title\n\nHello\\. About a lantern\\!\n![](dayone-moment://ABC)",
    "photos": [{"identifier": "ABC"}],
    "tags": ["walk", "rain"],
    "location": {"latitude": 1.0},
}


def test_day_one_comes_in_on_the_clock_of_its_place(new: Journal, tmp_path: Path) -> None:
    more = {"creationDate": "2024-05-02T13:30:00Z", "text": "No zone."}
    strange = {"creationDate": "2024-05-03T13:30:00Z", "text": "Strange zone.", "timeZone": "../etc/passwd"}
    photo = {"creationDate": "2024-05-04T13:30:00Z", "photos": [{}, {}]}
    found = bring_in(new, _file(tmp_path, "Journal.json", _day_one(ENTRY, more, strange, photo)))
    assert _moments(new) == [
        ("2024-05-01 15:30 +0200", "# A title\n\nHello. About a lantern!\n\n\n#walk #rain"),
        ("2024-05-02 13:30 +0000", "No zone."),
        ("2024-05-03 13:30 +0000", "Strange zone."),
    ]
    assert found.left_out == {"photos and recordings": 3, "empty entries": 1}


def test_day_ones_archive_comes_in(new: Journal, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Journal.json", _day_one(ENTRY))
        archive.writestr("Work.json", _day_one({"creationDate": "2024-05-02T13:30:00Z", "text": "Two."}))
        archive.writestr("photos/ABC.jpeg", b"x")
        archive.writestr("__MACOSX/._Journal.json", b"x")
    assert bring_in(new, tmp_path / "export.zip").new == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_day_one({"creationDate": "yesterday", "text": "x"}), "line 1: `yesterday` is not a day"),
        (_day_one(ENTRY, {"text": "x"}), "`None` is not a day"),
        (_day_one(ENTRY, {**ENTRY, "text": 7}), "this is not an entry of a diary"),
        (_day_one(ENTRY, 7), "this is not an entry of a diary"),  # type: ignore[arg-type] # as somebody may write it
        (_day_one({**ENTRY, "creationDate": "9999-12-31T23:59:59Z"}), "lies in the future"),
        (_day_one({**ENTRY, "creationDate": "0001-01-01T00:00:00Z"}), "lies before 1900"),
        (_day_one({**ENTRY, "text": "x" * 200_000}), "`remark` is 200,"),
        ('{"entries": [{"date": "2024-05-01", "body": "x"}]}', "is not a diary of Day One"),
        (_day_one(ENTRY)[:-40], "the file ends in the middle"),
    ],
)
def test_what_is_wrong_in_day_one_is_said(untouched: Journal, tmp_path: Path, text: str, message: str) -> None:
    with refused(untouched, message):
        bring_in(untouched, _file(tmp_path, "Journal.json", text))


# Once


def test_a_diary_comes_in_once_from_whichever_program(new: Journal, tmp_path: Path, clock: Clock) -> None:
    first = bring_in(
        new, _file(tmp_path, "diary.txt", "[2024-05-01 09:30] A lantern.\n[2024-05-01 09:30] A lantern.\n")
    )
    assert (first.new, first.left_out) == (1, {"entries that stand there twice": 1})
    clock.pass_days(1)
    assert bring_in(new, tmp_path / "diary.txt").counts["moments"] == Count(new=0, same=1, differs=0)
    same = {"creationDate": "2024-05-01T13:30:20Z", "text": "A lantern.\n"}
    assert bring_in(new, _file(tmp_path, "Journal.json", _day_one(same))).new == 0
    assert len(new.moments()) == 1


def test_a_diary_that_came_in_is_undone_in_one_go(new: Journal, tmp_path: Path) -> None:
    bring_in(new, _file(tmp_path, "diary.txt", JRNL))
    assert len(new.undo()) == 3
    assert new.moments() == []


def test_looking_at_a_diary_changes_nothing(untouched: Journal, tmp_path: Path) -> None:
    assert bring_in(untouched, _file(tmp_path, "diary.txt", JRNL), look=True).new == 3
    assert untouched.moments() == []


def test_what_was_trashed_here_does_not_come_back(new: Journal, tmp_path: Path) -> None:
    bring_in(new, _file(tmp_path, "diary.txt", "[2024-05-01 09:30] A lantern."))
    new.trash(*new.moments())
    assert bring_in(new, tmp_path / "diary.txt").new == 0
    assert new.moments() == []


# Other people's messages

IPHONE = "\u200e[01.05.24, 09:30:12] Sam: hello\n[01.05.24, 09:31:00] Me: hi\n"
ANDROID = "01/05/2024, 09:30 - Sam: hello\n01/05/2024, 09:31 - Me: hi\nand more\n"
AMERICAN = "[5/1/24, 9:30:12\u202fAM] Sam: hello\n[5/1/24, 9:31:00\u202fAM] Me: hi\n"
ISO = "[2024-05-01, 09:30:12] Sam: hello\n[2024-05-01, 09:31:00] Me: hi\n"
CHINESE = "[2024/5/1 09:30:12] 李: 你好\n[2024/5/1 09:31:00] Me: hi\n"
SIGNAL = "Conversation: Sam\n\nFrom: Sam (+1)\nType: incoming\nSent: Wed, 1 May 2024\n\nhello\n"
TELEGRAM = {"name": "Sam", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "from": "Sam", "text": "hello"}]}
TELEGRAM_ALL = {"about": "Here is the data", "chats": {"list": [TELEGRAM]}}
META = {"participants": [{"name": "Sam"}], "messages": [{"sender_name": "Sam", "content": "hello"}]}
SLACK = [{"type": "message", "user": "U1", "text": "hello", "ts": "1"}]
SIGNAL_JSON = [{"conversationId": "x", "body": "hello"}]


@pytest.mark.parametrize("text", [IPHONE, ANDROID, AMERICAN, ISO, CHINESE, SIGNAL], ids=str.__len__)
@pytest.mark.parametrize("name", ["chat.txt", "2024-05-01.md"])
def test_a_chat_is_refused_with_the_reason(untouched: Journal, tmp_path: Path, text: str, name: str) -> None:
    message = r"looks like messages that other people wrote, too\n  nothing was brought in; this journal is about you"
    with refused(untouched, message):
        bring_in(untouched, _file(tmp_path, name, text))
    _file(tmp_path / "diary", name.replace("chat.txt", "2024-05-02.md"), text)
    with refused(untouched, message):
        bring_in(untouched, tmp_path / "diary")


@pytest.mark.parametrize("data", [TELEGRAM, TELEGRAM_ALL, META, SLACK, SIGNAL_JSON])
def test_a_messengers_json_is_refused(untouched: Journal, tmp_path: Path, data: Any) -> None:
    with refused(untouched, "messages that other people wrote"):
        bring_in(untouched, _file(tmp_path, "result.json", json.dumps(data)))
    with zipfile.ZipFile(tmp_path / "result.zip", "w") as archive:
        archive.writestr("result.json", json.dumps(data))
    with refused(untouched, "messages that other people wrote"):
        bring_in(untouched, tmp_path / "result.zip")


@pytest.mark.parametrize("name", ["messages.html", "WhatsApp Chat with Sam.txt", "sms-20240501.xml", "Inbox.mbox"])
def test_a_messengers_file_is_refused_by_its_name(untouched: Journal, tmp_path: Path, name: str) -> None:
    with refused(untouched, "messages that other people wrote"):
        bring_in(untouched, _file(tmp_path, name, "<html>"))


def test_a_diary_that_quotes_a_line_is_no_chat(new: Journal, tmp_path: Path) -> None:
    text = "[2024-05-01 09:30] Sam: what they said.\n[2024-05-02 09:30] Title: and more.\n"
    assert bring_in(new, _file(tmp_path, "diary.txt", text)).new == 2
    assert all(isinstance(moment, KeptMoment) for moment in new.moments())


def test_the_same_words_at_another_time_are_another_entry(new: Journal, tmp_path: Path) -> None:
    assert bring_in(new, _file(tmp_path, "diary.txt", "[2024-05-01 09:30] A.\n[2024-05-01 09:31] A.\n")).new == 2
    first, second = (moment.happened_at for moment in new.moments())
    assert first is not None
    assert second is not None
    assert abs(first - second) == timedelta(minutes=1)
    assert first.tzinfo is not UTC
