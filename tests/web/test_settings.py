"""Settings: looks that hold while locked, copies that are tried, keys that are proved, words that leave and come in."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from poise.journal.sealing.keyfile import read_keys
from poise.practice import Practice

from .conftest import PASSPHRASE
from .site import Answer, Visitor

NEW = "another four words altogether"


def uploaded(visitor: Visitor, name: str, data: bytes, **fields: str) -> Answer:
    """Send a file as a browser does."""
    mark = "----a-mark-between-the-parts"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join([*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()])
    return visitor.ask("POST", "/settings/import", body, Content_Type=f"multipart/form-data; boundary={mark}")


def test_looks_and_language_hold_while_locked_and_for_the_next_run(visitor: Visitor, folder: Path) -> None:
    visitor.send("/settings/look", {"appearance": "dark"})
    visitor.send("/settings/look", {"language": "zh-Hant"})
    page = visitor.get("/settings")
    assert 'data-appearance="dark"' in page.text
    assert 'lang="zh-Hant"' in page.text.split(">")[1] + page.text[:200]
    assert json.loads((folder / "look.json").read_text()) == {"appearance": "dark", "language": "zh-Hant"}


def test_a_look_there_is_not_changes_nothing(visitor: Visitor) -> None:
    visitor.send("/settings/look", {"appearance": "sparkling", "language": "en"})
    assert 'data-appearance="system"' in visitor.get("/settings").text


def test_the_help_sheet_is_changed_while_locked_and_never_stands_empty(visitor: Visitor) -> None:
    page = visitor.follow(
        visitor.send("/settings/help-sheet", {"line0": "my neighbour upstairs", "line1": "", "line2": ""})
    )
    assert "my neighbour upstairs" in page.words
    assert "a crisis line where you live" in page.words


def test_locked_settings_show_what_needs_no_key(visitor: Visitor) -> None:
    page = visitor.get("/settings")
    assert "The help sheet" in page.words
    assert "The passphrase" not in page.words
    for path in ("copies", "kit", "passphrase", "export", "import"):
        assert visitor.get(f"/settings/{path}").place.startswith("/unlock")


def test_remarks_and_rest(unlocked: Visitor) -> None:
    unlocked.send("/settings/remarks", {"remarks": "on"})
    unlocked.send("/settings/rest", {"hours": "24"})
    assert "You are resting, for now." in unlocked.get("/settings").words
    unlocked.send("/settings/rest", {"hours": "end"})
    assert "You are resting" not in unlocked.get("/settings").words
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.journal.setting("remarks") is True


def test_a_copy_is_made_and_tried(unlocked: Visitor) -> None:
    assert "There is no copy yet." in unlocked.get("/settings/copies").words
    page = unlocked.follow(unlocked.send("/settings/copies"))
    assert "Try the newest one" in page.words
    assert "would bring everything back" in unlocked.send("/settings/copies/try").words


def test_the_passphrase_is_changed_by_somebody_who_knows_it(unlocked: Visitor, folder: Path) -> None:
    for form, words in (
        ({"old": "wrong", "new": NEW, "again": NEW}, "not its passphrase"),
        ({"old": PASSPHRASE, "new": NEW, "again": "else"}, "differ"),
        ({"old": PASSPHRASE, "new": "short", "again": "short"}, "8 to"),
    ):
        answer = unlocked.send("/settings/passphrase", form)
        assert answer.status == 422
        assert words in answer.words
    assert unlocked.send("/settings/passphrase", {"old": PASSPHRASE, "new": NEW, "again": NEW}).status == 200
    Practice.open(folder, NEW).lock()


def test_a_new_kit_is_shown_once_and_proved(unlocked: Visitor, folder: Path) -> None:
    assert unlocked.send("/settings/kit/new", {"passphrase": "wrong"}).status == 422
    page = unlocked.send("/settings/kit/new", {"passphrase": PASSPHRASE})
    groups = re.findall(r"\b[0-9A-Z]{5}\b", page.text.split('class="kit"')[1].split("</p>")[0])
    assert len(groups) == 8
    asked = [int(number) for number in re.findall(r'name="group(\d)"', page.text)]
    slip = unlocked.send("/settings/kit/prove", {f"group{number}": "00000" for number in asked})
    assert slip.status == 422
    asked = [int(number) for number in re.findall(r'name="group(\d)"', slip.text)]
    done = unlocked.send("/settings/kit/prove", {f"group{number}": groups[number - 1] for number in asked})
    assert "Keep it on paper." in done.words
    assert read_keys(folder).kit_proved is not None
    assert "Keep it on paper." in unlocked.send("/settings/kit", {"kit": " ".join(groups)}).words
    assert unlocked.send("/settings/kit", {"kit": "nonsense"}).status == 422
    assert groups[0] not in unlocked.get("/settings/kit").text


@pytest.mark.parametrize("form", ["json", "markdown", "csv"])
def test_words_leave_only_with_the_passphrase_and_say_that_they_are_not_sealed(unlocked: Visitor, form: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep(answers={"harm": "slip"}, person="Ola", remark="kumquat")
    assert unlocked.send("/settings/export", {"form": form, "passphrase": "wrong"}).status == 422
    answer = unlocked.send("/settings/export", {"form": form, "passphrase": PASSPHRASE})
    assert answer.status == 200
    assert "not-sealed" in answer.headers["content-disposition"]
    data = answer.raw
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(name) for name in packed.namelist())
    assert b"kumquat" in data
    assert list(unlocked.app.rooms.door.folder.glob(".leaving-*")) == []


def test_ones_own_export_comes_in_once(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep(answers={"harm": "slip"}, person="Ola")
    data = unlocked.send("/settings/export", {"form": "json", "passphrase": PASSPHRASE}).raw
    page = uploaded(unlocked, "export.json", data, do="look")
    assert "0 entries that were not here." in page.words
    jrnl = b"[2024-05-01 09:30] At the table. What was said at the table."
    assert "1 entry that was not here." in uploaded(unlocked, "diary.txt", jrnl, do="look").words
    assert "This came in:" in uploaded(unlocked, "diary.txt", jrnl, do="bring").words
    assert "0 entries that were not here." in uploaded(unlocked, "diary.txt", jrnl, do="bring").words


@pytest.mark.parametrize("data", [b"", b'{"half": ', b"\x00\xff" * 50, b"PK\x03\x04 not a zip"])
def test_a_file_that_cannot_come_in_says_why_and_changes_nothing(unlocked: Visitor, data: bytes) -> None:
    answer = uploaded(unlocked, "../../odd.json", data, do="bring")
    assert answer.status == 422
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.moments() == []


def test_days_to_come_back_to_for_a_calendar(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.come_back(person="Ola", due_on=practice.journal.now().date())
    answer = unlocked.send("/settings/calendar")
    assert b"BEGIN:VCALENDAR" in answer.raw
    assert b"Ola" not in answer.raw
