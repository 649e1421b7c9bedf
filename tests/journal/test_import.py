"""What is brought in: an export of one's own, once and whole; never somebody else's words."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from poise.journal import waiting
from poise.journal.entries import CheckIn, KeptMoment, Line, Person, Reflection
from poise.journal.exporting import CSV, MARKDOWN, export
from poise.journal.importing import BroughtIn, Count, bring_in
from poise.journal.importing.archives import MOST_BYTES, MOST_MEMBERS, MOST_TIMES
from poise.journal.importing.diaries.markdown_folder import MOST_FILES
from poise.journal.journal import Journal
from poise.journal.tables import NOTE, metadata
from poise.journal.trouble import AlreadyThere, NewerFile, NotThere, Refused, Trouble

from .conftest import PASSPHRASE, Clock


def counts(journal: Journal) -> dict[str, int]:
    with journal.vault.reading() as connection:
        found = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
        found["search"] = connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one()
    return found


@contextmanager
def refused(journal: Journal, message: str, kind: type[Trouble] = Refused) -> Iterator[None]:
    """It is refused in these words, and nothing is changed."""
    before = counts(journal)
    with pytest.raises(kind, match=message):
        yield
    assert counts(journal) == before


def _small(journal: Journal) -> None:
    """One of each of a few kinds."""
    sam = journal.keep(Person(nickname="Sam"))
    moment = journal.keep(KeptMoment(person_id=sam.id, book_sha256=journal.keep_text("poise: 1"), remark="a lantern"))
    journal.keep(Reflection(moment_id=moment.id, for_us="sore"))
    journal.keep(Line(moment_id=moment.id, words="Ouch."))
    journal.keep(CheckIn(note="tired"))
    journal.save_draft("moment", "half")


@pytest.fixture
def small(journal: Journal, tmp_path: Path) -> dict[str, Any]:
    """What `journal` exports, with a few entries in it."""
    _small(journal)
    found: dict[str, Any] = json.loads(export(journal, tmp_path).path.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def exported(made: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("exported")
    with Journal.open(Path(shutil.copytree(made, folder / "practice")), PASSPHRASE, now=Clock()) as journal:
        _small(journal)
        return export(journal, folder).path.read_text("utf-8")


@pytest.fixture
def whole(exported: str) -> dict[str, Any]:
    """An export of a small journal, to be bent."""
    found: dict[str, Any] = json.loads(exported)
    return found


def written(tmp_path: Path, data: Any) -> Path:
    path = tmp_path / "mine.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data, indent=1), "utf-8")
    return path


# Once


def test_brought_in_again_it_changes_nothing(new: Journal, whole: dict[str, Any], tmp_path: Path, clock: Clock) -> None:
    path = written(tmp_path, whole)
    first = bring_in(new, path, mine=True)
    before = counts(new)
    clock.pass_days(1)
    again = bring_in(new, path, mine=True)
    assert first.new == 12
    assert again.new == 0
    assert again.counts["moments"] == Count(new=0, same=1, differs=0)
    assert counts(new) == before


def test_what_was_changed_here_stays_as_it_is_here(journal: Journal, small: dict[str, Any], tmp_path: Path) -> None:
    (moment,) = journal.moments()
    journal.change(moment, remark="a lamp")
    brought = bring_in(journal, written(tmp_path, small))
    assert brought.counts["moments"] == Count(new=0, same=0, differs=1)
    assert journal.get(KeptMoment, moment.uid).remark == "a lamp"


def test_what_is_in_the_trash_here_stays_there(journal: Journal, small: dict[str, Any], tmp_path: Path) -> None:
    (moment,) = journal.moments()
    journal.trash(moment)
    small["reflections"].append({**small["reflections"][0], "uid": "another"})
    bring_in(journal, written(tmp_path, small))
    assert journal.moments() == []
    assert {entry.uid for entry in journal.in_trash()} >= {moment.uid, "another"}
    assert journal.put_back(journal.get(KeptMoment, moment.uid)) == 4


def test_what_was_deleted_for_good_comes_back(journal: Journal, small: dict[str, Any], tmp_path: Path) -> None:
    before = counts(journal)
    journal.erase(*journal.people())
    brought = bring_in(journal, written(tmp_path, small))
    assert {name: count.new for name, count in brought.counts.items() if count.new} == {
        "texts": 1,
        "people": 1,
        "moments": 1,
        "reflections": 1,
        "lines": 1,
    }
    after = counts(journal)
    assert {name: after[name] for name in after if name != "changes"} == {
        name: before[name] for name in before if name != "changes"
    }
    assert [entry.kind for entry in journal.search("lantern")] == ["moments"]


def test_beside_what_is_there_it_is_undone_in_one_go(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    ola = new.keep(Person(nickname="Ola"))
    bring_in(new, written(tmp_path, whole), mine=True)
    assert [person.nickname for person in new.people()] == ["Ola", "Sam"]
    assert {action for action, _ in new.undo()} == {"brought in"}
    assert new.people() == [ola]
    assert new.moments() == []
    assert len(new.in_trash()) == 5


def test_it_is_in_the_order_it_was_written_in(new: Journal, tmp_path: Path, journal: Journal, clock: Clock) -> None:
    for number in range(3):
        journal.keep(CheckIn(note=f"number {number}"))
        clock.pass_days(1)
    path = export(journal, tmp_path).path
    new.keep(CheckIn(note="number 3"))
    bring_in(new, path, mine=True)
    assert [entry.note for entry in new.entries(CheckIn)] == ["number 3", "number 2", "number 1", "number 0"]
    assert [entry.note for entry in new.search("number") if isinstance(entry, CheckIn)] == [
        "number 3",
        "number 2",
        "number 1",
        "number 0",
    ]


def test_what_was_before_is_of_that_entry_alone(untouched: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    """Undo writes an entry as it was before: it can be made to write over no other."""
    sam = whole["people"][0]
    for before in ({**sam, "id": 1}, {**sam, "uid": "another"}, {**sam, "rating": 3}):
        whole["changes"] = [{**whole["changes"][0], "action": "changed", "before": before}]
        with refused(untouched, "how it was before cannot be understood"):
            bring_in(untouched, written(tmp_path, whole), mine=True)


def test_two_journals_that_kept_in_the_same_microsecond_can_be_joined(
    new: Journal, journal: Journal, tmp_path: Path
) -> None:
    for _ in range(20):
        journal.keep(CheckIn())
        new.keep(CheckIn())
    bring_in(new, export(journal, tmp_path).path, mine=True)
    assert counts(new)["check_ins"] == 40
    assert new.faults() == []


# Looking first


def test_looking_says_what_would_come_in_and_changes_nothing(
    new: Journal, whole: dict[str, Any], tmp_path: Path
) -> None:
    path = written(tmp_path, whole)
    before = counts(new)
    looked = bring_in(new, path, look=True, mine=True)
    assert counts(new) == before
    did = bring_in(new, path, mine=True)
    assert (looked.looked, did.looked) == (True, False)
    assert looked.counts == did.counts
    assert looked.first == did.first == datetime(2026, 3, 4, 19, 30, tzinfo=UTC)


# Whose


def test_an_export_of_another_journal_comes_in_only_where_somebody_says_it_is_theirs(
    new: Journal, whole: dict[str, Any], tmp_path: Path
) -> None:
    with refused(new, r"export of another journal .* nothing was brought in\n  .*`--mine`", AlreadyThere):
        bring_in(new, written(tmp_path, whole))


def test_no_key_comes_in_from_a_file(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    at = "2026-03-04T19:30:00+00:00"
    whole["settings"] = [{"name": waiting.KEY, "value": "somebody else's", "changed_at": at}]
    bring_in(new, written(tmp_path, whole), mine=True)
    assert new.setting(waiting.KEY) is None


def test_my_settings_and_drafts_stay(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    new.save_draft("moment", "mine")
    brought = bring_in(new, written(tmp_path, whole), mine=True)
    assert new.draft("moment") == "mine"
    assert brought.counts["drafts"] == Count(differs=1)


# What is wrong with a file


def _bent(whole: dict[str, Any], table: str, **new: Any) -> dict[str, Any]:
    return {**whole, table: [{**whole[table][0], **new}]}


@pytest.mark.parametrize(
    ("table", "new_values", "message"),
    [
        ("moments", {"remark": "x" * 10_000_000}, r"line \d+: `remark` is 10,000,000 characters long; 100,000 can"),
        ("moments", {"happened_at": "9999-12-31T23:59:59-12:00"}, r"line \d+: when it happened lies in the future"),
        ("moments", {"happened_at": "0001-01-01T00:00:00+14:00"}, "when it happened lies before 1900"),
        (
            "moments",
            {"happened_at": "2026-03-04"},
            '`happened_at` does not say on which clock: "2026-03-04"\n  nothing was brought in; for example with',
        ),
        ("moments", {"happened_at": "2026-02-30T10:00:00+00:00"}, "`happened_at` is not a time"),
        ("moments", {"happened_at": None}, "`happened_at` is empty"),
        ("moments", {"written_at": 7}, "`written_at` is not a time: 7"),
        ("moments", {"written_at": "9999-01-01T00:00:00+00:00"}, "`written_at` lies in the future"),
        ("moments", {"answers": "stings"}, "`answers` is not an object"),
        ("moments", {"answers": {"a": "\0"}}, "`answers` cannot be kept as it is"),
        ("moments", {"whose": "nobody's"}, "`whose` is one of theirs, mine"),
        ("moments", {"remark": 7}, "`remark` is not text"),
        ("moments", {"remark": "\ud800"}, "`remark` has a sign in it that cannot be shown"),
        (
            "moments",
            {"person": "nobody"},
            "`person` names an entry that is neither in the file nor in the journal: nob",
        ),
        ("moments", {"book_sha256": "0" * 64}, "`book_sha256` names an entry that is neither"),
        (
            "moments",
            {"rating": 3},
            "`rating` is nothing that is kept with moments\n  nothing was brought in; look how it is written",
        ),
        ("moments", {"uid": ""}, "`uid` is not a name that Poise gives"),
        ("moments", {"uid": "x" * 33}, "`uid` is not a name that Poise gives"),
        ("moments", {"uid": ["x"]}, "`uid` is not a name that Poise gives"),
        ("people", {"nickname": ""}, "the nickname is empty\n  nothing was brought in; a letter or an emoji is enough"),
        ("people", {"nickname": "a\x1b[31mb"}, "the nickname has a sign in it that cannot be shown"),
        ("reflections", {"moment": None}, "`moment` is empty"),
        ("texts", {"text": "poise: 2"}, "is not the one its hash names"),
        ("changes", {"entry": "nobody"}, "`entry` names an entry that is neither"),
        ("changes", {"kind": "settings"}, "`entry` names an entry that is neither"),
        ("changes", {"before": {"nickname": 7}}, "how it was before cannot be understood|is not text"),
        ("changes", {"before": []}, "how it was before cannot be understood"),
        ("changes", {"before": {"": None}}, "how it was before cannot be understood"),
        ("changes", {"before": {"uid": "another"}}, "how it was before cannot be understood"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_named_and_nothing_comes_in(  # noqa: PLR0917 - three fixtures, three cases
    untouched: Journal, whole: dict[str, Any], tmp_path: Path, table: str, new_values: dict[str, Any], message: str
) -> None:
    path = written(tmp_path, _bent(whole, table, **new_values))
    with refused(untouched, message) as _:
        bring_in(untouched, path, mine=True)
    with refused(untouched, r"^`mine.json`, line \d+: (.|\n)*nothing was brought in"):
        bring_in(untouched, path, mine=True)


@pytest.mark.parametrize("name", ["🌧", "👩🏽‍🤝‍👨🏻", "李"])
def test_a_nickname_can_be_an_emoji(new: Journal, whole: dict[str, Any], tmp_path: Path, name: str) -> None:
    bring_in(new, written(tmp_path, _bent(whole, "people", nickname=name)), mine=True)
    assert [person.nickname for person in new.people()] == [name]


def test_the_line_is_that_of_the_entry(untouched: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    whole["people"].append({**whole["people"][0], "uid": "b", "nickname": ""})
    path = written(tmp_path, whole)
    line = path.read_text().splitlines().index('   "uid": "b",')
    with refused(untouched, rf"line {line}: the nickname is empty"):
        bring_in(untouched, path, mine=True)


def test_a_uid_that_is_there_twice_is_refused(untouched: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    whole["people"] *= 2
    with refused(untouched, f"`{whole['people'][0]['uid']}` is in the file twice"):
        bring_in(untouched, written(tmp_path, whole), mine=True)


def test_lists_in_another_order_come_in_all_the_same(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    bring_in(new, written(tmp_path, dict(reversed(whole.items()))), mine=True)
    assert [entry.kind for entry in new.search("lantern")] == ["moments"]
    assert [action for action, _ in new.undo()] == ["kept"]


def test_what_is_left_out_of_an_entry_is_empty(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    (moment,) = whole["moments"]
    whole["moments"] = [{name: moment[name] for name in ("uid", "happened_at", "written_at", "changed_at")}]
    whole["moments"][0]["whose"] = "theirs"
    bring_in(new, written(tmp_path, {**whole, "changes": []}), mine=True)
    assert new.get(KeptMoment, moment["uid"]).remark == ""


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        (0.3, r"`mine.json`, line \d+, column \d+: the file ends in the middle\n  nothing was brought in; it was cut"),
        (0.9, "the file ends in the middle"),
        (0.999, "the file ends in the middle"),
    ],
)
def test_half_a_file_says_where_it_ends(
    untouched: Journal, whole: dict[str, Any], tmp_path: Path, cut: float, message: str
) -> None:
    text = json.dumps(whole, indent=1)
    with refused(untouched, message):
        bring_in(untouched, written(tmp_path, text[: int(len(text) * cut)]), mine=True)


def test_a_file_cut_anywhere_is_refused(untouched: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    text = json.dumps({**whole, "texts": []}, indent=1)
    for at in [*range(1, 400, 7), *range(400, len(text) - 1, 211)]:
        with pytest.raises(Refused, match="nothing was brought in"):
            bring_in(untouched, written(tmp_path, text[:at]), mine=True)
    assert not counts(untouched)["people"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"poise": "journal",\n "version": 1, oh}', "line 2, column 16: this is not JSON"),
        ('{"poise": "journal"\n "version": 1}', "line 2, column 2: a comma is missing"),
        ('{"poise": "journal", "people": [{"uid": "a", "uid": "b"}]}', "`uid` is written twice in one entry"),
        ('{"poise": "journal", "version": 1, "version": 1}', "this is written twice"),
        ('{"poise": "journal", "version": NaN}', "there is something in this entry that nobody writes"),
        ('{"poise": "journal", "version": ' + "9" * 5000 + "}", "there is something in this entry that nobody writes"),
        (
            '{"poise": "journal", "people": ' + "[" * 100_000 + "}",
            "there is something in this entry that nobody writes",
        ),
        ('{"poise": "journal"} more', "something follows where the file has ended"),
        ('{"poise": "journal"}', "does not say which journal it is from"),
        (
            '{"poise": "journal", "version": 1, "journal": "a", "secrets": [1]}',
            "`secrets` is nothing that a journal holds",
        ),
        ('{"poise": "journal", "people": [7], "version": 1, "journal": "a"}', "line 1: this is not an entry"),
    ],
)
def test_what_is_not_json_is_said_with_its_place(untouched: Journal, tmp_path: Path, text: str, message: str) -> None:
    with refused(untouched, message):
        bring_in(untouched, written(tmp_path, text), mine=True)


def test_the_column_is_right_far_into_one_long_line(untouched: Journal, tmp_path: Path) -> None:
    text = '{"poise": "journal", "people": [' + ", ".join(["{}"] * 200_000) + ", oh]}"
    with refused(untouched, rf"line 1, column {text.index('oh') + 1}: this is not JSON"):
        bring_in(untouched, written(tmp_path, text), mine=True)


@pytest.mark.parametrize("extra", [{}, {"wishes": []}, {"people": [{"unknown": 1}]}])
def test_an_export_of_a_newer_poise_is_refused_politely(
    untouched: Journal, whole: dict[str, Any], tmp_path: Path, extra: dict[str, Any]
) -> None:
    with refused(untouched, "written by a newer Poise than this one", NewerFile):
        bring_in(untouched, written(tmp_path, {**whole, "version": 2, **extra}), mine=True)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{}".encode("utf-16"), "is written in UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is not a text"),
        ('{"poise": "journal", "a": "caf\xe9"}'.encode("latin-1"), "line 1: this is not text in UTF-8"),
        (b'{"poise": "journal",\n"people": ["' + b"a" * 300_000 + b'\n\xe9"]}', "line 3: this is not text in UTF-8"),
        (b"", "it is not clear what `mine.json` is"),
        (b"hello", "it is not clear what"),
        (b"SQLite format 3\0", "is not a text"),
    ],
)
def test_what_is_no_text_in_utf8_is_refused(untouched: Journal, tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "mine.json").write_bytes(data)
    with refused(untouched, message):
        bring_in(untouched, tmp_path / "mine.json", mine=True)


def test_what_is_not_there_is_said(untouched: Journal, tmp_path: Path) -> None:
    with refused(untouched, "there is no file or folder `nowhere`", NotThere):
        bring_in(untouched, tmp_path / "nowhere")
    with refused(untouched, "is neither a file nor a folder"):
        bring_in(untouched, Path("/dev/null"))


def test_other_things_of_poise_say_where_they_belong(journal: Journal, tmp_path: Path) -> None:
    copy = journal.backup(tmp_path / "one.sealed")
    with refused(journal, r"is a sealed copy\n  .*`poise restore one.sealed` brings it back"):
        bring_in(journal, copy.path)
    with refused(journal, "is an export for a spreadsheet\n  .*bring in the JSON"):
        bring_in(journal, export(journal, tmp_path, CSV).path)
    with refused(journal, "is an export for reading\n  .*bring in the JSON"):
        bring_in(journal, export(journal, tmp_path, MARKDOWN).path)


@pytest.mark.parametrize(
    "name", ["../../rulebooks/x.yaml", "/etc/passwd", "rulebooks/../../x.yaml", ".bashrc", "x.yaml"]
)
def test_a_file_that_has_no_place_beside_a_journal_is_refused(
    untouched: Journal, whole: dict[str, Any], tmp_path: Path, name: str
) -> None:
    whole["files"] = [{"name": name, "text": "poise: 1", "written_at": "2026-03-04T19:30:00+00:00"}]
    with refused(untouched, "this is no file that lies beside a journal"):
        bring_in(untouched, written(tmp_path, whole), mine=True)


# Archives


def _zip(path: Path, members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Journal.json": b'{"entries": [' + b" " * 50_000_000 + b"]}"}, "`Journal.json` in the archive would swell"),
        ({"../Journal.json": b"{}"}, "holds a file that points elsewhere"),
        ({"..\\Journal.json": b"{}"}, "holds a file that points elsewhere"),
        ({"/etc/Journal.json": b"{}"}, "holds a file that points elsewhere"),
        ({"photo.jpeg": b"x"}, "there is no diary of Day One in"),
        ({"_chat.txt": b"x"}, "messages that other people wrote"),
        ({"Journal.json": b'{"entries": [{"creationDate"'}, "the file ends in the middle"),
        ({"mine.json": b'{"poise": "journal"}'}, "in the archive is an export of Poise"),
    ],
)
def test_an_archive_is_never_unpacked_and_never_swells(
    untouched: Journal, tmp_path: Path, members: dict[str, bytes], message: str
) -> None:
    path = _zip(tmp_path / "diary.zip", members)
    with refused(untouched, message):
        bring_in(untouched, path)
    assert {found.name for found in tmp_path.iterdir()} == {"diary.zip"}


def test_an_archive_of_too_many_files_is_refused_before_they_are_looked_at(untouched: Journal, tmp_path: Path) -> None:
    path = _zip(tmp_path / "many.zip", {f"{n}": b"" for n in range(MOST_MEMBERS + 1)}, zipfile.ZIP_STORED)
    with refused(untouched, "holds more than Poise looks through"):
        bring_in(untouched, path)


def test_an_archive_that_lies_about_its_sizes_is_not_read_further(untouched: Journal, tmp_path: Path) -> None:
    path = _zip(tmp_path / "liar.zip", {"Journal.json": b'{"entries": [' + b" " * 3_000_000 + b"]}"})
    size = (13 + 3_000_000 + 2).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (20_000).to_bytes(4, "little")))
    with refused(untouched, "not a whole archive|would swell|ends in the middle"):
        bring_in(untouched, path)


def test_half_an_archive_is_refused(untouched: Journal, tmp_path: Path) -> None:
    path = _zip(tmp_path / "half.zip", {"Journal.json": b'{"entries": []}' * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with refused(untouched, "is not a whole archive"):
        bring_in(untouched, path)


def test_every_limit_is_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    limits = (NOTE, MOST_MEMBERS, MOST_TIMES, MOST_FILES)
    assert all(f"{limit:,} " in page for limit in limits)
    assert f"{MOST_BYTES // 10**9} GB" in page


def test_what_comes_in_is_counted(new: Journal, whole: dict[str, Any], tmp_path: Path) -> None:
    found = bring_in(new, written(tmp_path, whole), mine=True)
    assert isinstance(found, BroughtIn)
    assert (found.origin, found.left_out) == ("Poise", {})
    new_ones = {name: count.new for name, count in found.counts.items()}
    assert new_ones == {
        "texts": 1,
        "people": 1,
        "moments": 1,
        "reflections": 1,
        "lines": 1,
        "check_ins": 1,
        "drafts": 1,
        "changes": 5,
    }
