"""What is taken out of a journal: whole, or one person's part; as JSON, CSV and Markdown. And back, as it was."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from poise.journal import waiting
from poise.journal.entries import KINDS, CheckIn, FollowUp, KeptMoment, Line, Person, Reflection, Sign, word_columns
from poise.journal.exporting import CSV, FORMATS, JSON, MARKDOWN, Exported, export, schema
from poise.journal.exporting.records import TABLES, to_record
from poise.journal.exporting.records import rows_of as rows_with_uids
from poise.journal.importing import bring_in
from poise.journal.journal import Journal
from poise.journal.tables import changes, metadata
from poise.journal.trouble import NotThere

from .conftest import PASSPHRASE, Clock
from .schema_of_tables import schema as schema_of_tables
from .test_every_table import WRITTEN, entry

SCHEMA = json.loads(schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
BESIDE = {"rulebooks/mine.yaml": "poise: 1\n", "help.txt": "Ola\n"}


def _read(exported: Exported) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported.path.read_text("utf-8"))
    return found


def _rows(journal: Journal) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in order, with uids in the place of numbers."""
    with journal.vault.reading() as connection:
        return {
            table.name: [
                to_record(table, dict(row)) | ({"entry": None} if table is changes else {})
                for row in connection.execute(rows_with_uids(table)).mappings()
            ]
            for table in TABLES
        }


@pytest.fixture
def full(journal: Journal, clock: Clock) -> Journal:
    """A journal with something in every table."""
    sam = journal.keep(Person(nickname="Sam", relation="my cousin"))
    ola = journal.keep(Person(nickname="Ola"))
    text = journal.keep_text("poise: 1\n# 我\n```\n")
    moment = journal.keep(
        KeptMoment(person_id=sam.id, book_sha256=text, answers={"harm": "stings"}, did={"toward": "ask"}, remark="oh")
    )
    other = journal.keep(KeptMoment(person_id=ola.id, remark="a lantern for Sam"))
    for name, kind in KINDS.items():
        if name not in ("people", "moments"):
            given: dict[str, Any] = {"person_id": sam.id, "moment_id": moment.id, "sign": "repair", "words": "Ouch."}
            journal.keep(kind(**{k: v for k, v in given.items() if k in WRITTEN[name]}))
    journal.keep(Sign(person_id=ola.id, moment_id=moment.id, sign="rupture"))
    clock.pass_days(1)
    journal.change(moment, remark="Sam said, to Ola: oh")
    journal.trash(other)
    journal.hold(sam, "a request")
    journal.hold()
    journal.save_draft("moment", "half a\nsentence")
    journal.set("lock after", 10)
    return journal


@contextmanager
def _new_journal(another: Path, clock: Clock) -> Iterator[Journal]:
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(another, Path(folder) / "new"))
        with Journal.open(copied, PASSPHRASE, now=clock) as journal:
            yield journal


# There and back


def test_no_table_is_left_out(full: Journal, tmp_path: Path) -> None:
    found = _read(export(full, tmp_path, beside=BESIDE))
    assert set(metadata.tables) == set(found) - set(SCHEMA["required"])
    assert all(found[name] for name in metadata.tables), "no table was empty"


def test_what_goes_out_comes_back_in_every_table(full: Journal, new: Journal, tmp_path: Path) -> None:
    exported = export(full, tmp_path, beside=BESIDE)
    brought = bring_in(new, exported.path, mine=True)
    assert _rows(new) == _rows(full)
    assert brought.beside == BESIDE
    again = export(new, tmp_path, beside=brought.beside)
    assert {**_read(again), "journal": ""} == {**_read(exported), "journal": ""}
    assert new.faults() == []
    assert [entry.uid for entry in new.search("ou*")] == [entry.uid for entry in full.search("ou*")] != []
    assert [kind for kind, _ in new.undo()] == [kind for kind, _ in full.undo()]
    assert _rows(new) == _rows(full)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(data=st.data())
def test_any_entries_come_back_as_they_were(
    journal: Journal, another: Path, clock: Clock, tmp_path: Path, data: st.DataObject
) -> None:
    """Entries of all kinds; some of them changed, some in the trash."""
    _emptied(journal)
    for kind in data.draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=8)):
        kept = journal.keep(data.draw(entry(kind, journal)))
        clock.pass_days(data.draw(st.sampled_from([0, 0.5])))
        if data.draw(st.booleans()):
            other = data.draw(entry(kind, journal))
            journal.change(kept, **{name: getattr(other, name) for name in WRITTEN[kind]})
        if data.draw(st.integers(0, 4)) == 0:
            journal.trash(kept)
    exported = export(journal, tmp_path)
    VALIDATOR.validate(_read(exported))
    with _new_journal(another, clock) as new:
        bring_in(new, exported.path, mine=True)
        assert _rows(new) == _rows(journal)
        assert {**_read(export(new, tmp_path)), "journal": ""} == {**_read(exported), "journal": ""}


def _emptied(journal: Journal) -> None:
    with journal.vault.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        connection.exec_driver_sql("DELETE FROM search")


# The schema


def test_the_schema_says_what_the_tables_say() -> None:
    assert schema_of_tables() == SCHEMA, "python -m tests.journal.schema_of_tables"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("whole", [True, False])
def test_an_export_follows_its_schema(full: Journal, tmp_path: Path, whole: bool) -> None:
    person = None if whole else full.people()[0]
    VALIDATOR.validate(_read(export(full, tmp_path, person=person, beside=BESIDE)))


def test_the_schema_is_strict(full: Journal, tmp_path: Path) -> None:
    found = _read(export(full, tmp_path))
    for wrong in (
        {**found, "unknown": []},
        {**found, "sealed": True},
        {**found, "people": [{**found["people"][0], "nickname": "x" * 81}]},
        {**found, "people": [{**found["people"][0], "rating": 3}]},
        {**found, "signs": [{**found["signs"][0], "sign": "falling out"}]},
        {**found, "follow_ups": [{**found["follow_ups"][0], "due_on": "soon"}]},
    ):
        assert list(VALIDATOR.iter_errors(wrong))


# Not sealed


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_says_in_its_name_that_it_is_not_sealed_and_is_for_its_owner_alone(
    full: Journal, tmp_path: Path, form: str
) -> None:
    first, second = export(full, tmp_path, form), export(full, tmp_path, form)
    ending = {"json": "json", "csv": "csv.zip", "markdown": "md"}[form]
    assert first.path.name == f"poise-2026-03-05-not-sealed.{ending}"
    assert second.path.name == f"poise-2026-03-05-2-not-sealed.{ending}"
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.glob("*.*")) == sorted([first.path.name, second.path.name])
    assert not list(tmp_path.glob(".*"))


def test_where_there_is_no_folder_nothing_is_written(full: Journal, tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="there is no folder `nowhere`"):
        export(full, tmp_path / "nowhere")


def test_what_is_stopped_leaves_nothing_behind(full: Journal, tmp_path: Path) -> None:
    def did(_: object) -> list[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(full, tmp_path, MARKDOWN, did=did)
    assert [path.name for path in tmp_path.iterdir()] == ["practice"]


def test_no_key_leaves_the_journal(full: Journal, tmp_path: Path) -> None:
    waiting.prepare(full)
    assert full.setting(waiting.KEY)
    for form in FORMATS:
        data = export(full, tmp_path, form).path.read_bytes()
        texts = _members(data) if form == CSV else {"": data.decode()}
        assert not [name for name, text in texts.items() if str(full.setting(waiting.KEY)) in text or "_key" in text]


# One person's part


def test_one_persons_part_is_what_is_about_them(full: Journal, tmp_path: Path) -> None:
    sam = next(person for person in full.people() if person.nickname == "Sam")
    found = _read(export(full, tmp_path, person=sam))
    assert found["person"] == sam.uid
    assert [person["nickname"] for person in found["people"]] == ["Sam"]
    assert [moment["remark"] for moment in found["moments"]] == ["Sam said, to [someone]: oh"]
    counts = {name: len(value) for name, value in found.items() if isinstance(value, list)}
    one_each = dict.fromkeys(("people", "moments", "reflections", "signs", "follow_ups", "lines", "holds", "texts"), 1)
    assert counts == one_each


@pytest.mark.parametrize("form", FORMATS)
def test_nobody_else_is_named_in_one_persons_part(full: Journal, tmp_path: Path, form: str) -> None:
    sam, ola = sorted(full.people(), key=lambda person: person.nickname == "Ola")
    exported = export(full, tmp_path, form, person=sam)
    data = exported.path.read_bytes()
    for text in _members(data).values() if form == CSV else [data.decode()]:
        assert "Ola" not in text
        assert ola.uid not in text
    assert "one-person" in exported.path.name
    assert "sam" not in exported.path.name.lower()
    assert exported.replaced == 1


@pytest.mark.parametrize(
    ("others", "words", "said"),
    [
        (["Ola"], "Ola, OLA and ola's; Olaf; Viola", "[someone], [someone] and [someone]'s; Olaf; Viola"),
        (["Sam B."], "Sam and Sam B. went", "Sam and [someone] went"),
        (["李"], "昨天李说了", "昨天[someone]说了"),
        (["🌧"], "so🌧so", "so[someone]so"),
        (["M."], "M. and m. and Me", "[someone] and m. and Me"),
        (["I"], "I think it is", "[someone] think it is"),
        (["Ｏｌａ"], "Ola ½", "[someone] ½"),
        (["Ola"], "Ｏｌａ went", "[someone] went"),
        (["a.c"], "abc a.c", "abc [someone]"),
        (["sam"], "Sam went", "Sam went"),
    ],
)
def test_a_nickname_is_found_however_it_is_written(
    journal: Journal, tmp_path: Path, others: list[str], words: str, said: str
) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    for nickname in others:
        journal.keep(Person(nickname=nickname))
    journal.keep(KeptMoment(person_id=sam.id, remark=words))
    assert [moment["remark"] for moment in _read(export(journal, tmp_path, person=sam))["moments"]] == [said]


def test_what_refers_outside_the_part_refers_to_nothing(journal: Journal, new: Journal, tmp_path: Path) -> None:
    sam, ola = journal.keep(Person(nickname="Sam")), journal.keep(Person(nickname="Ola"))
    text = journal.keep_text("poise: 1\ntitle: With Ola\n")
    theirs = journal.keep(KeptMoment(person_id=ola.id))
    mine = journal.keep(KeptMoment(person_id=sam.id, book_sha256=text))
    journal.keep(Sign(person_id=sam.id, moment_id=theirs.id, sign="repair"))
    journal.keep(Line(moment_id=mine.id, words="about nobody, in a moment of Sam's"))
    journal.keep(Line(moment_id=theirs.id, words="about nobody, in a moment of another's"))
    journal.keep(FollowUp(person_id=ola.id, moment_id=mine.id))
    journal.keep(Reflection(moment_id=theirs.id))
    journal.keep(CheckIn(note="mine alone"))
    exported = export(journal, tmp_path, person=sam)
    found = _read(exported)
    assert [sign["moment"] for sign in found["signs"]] == [None]
    assert [line["words"] for line in found["lines"]] == ["about nobody, in a moment of Sam's"]
    assert (found["moments"][0]["book_sha256"], found["texts"], exported.left_out) == (None, [], 1)
    assert not found["follow_ups"] + found["reflections"]
    assert bring_in(new, exported.path, mine=True).new == 4
    assert [person.nickname for person in new.people()] == ["Sam"]


def test_one_persons_part_can_be_removed_without_the_rest_and_come_back(full: Journal, tmp_path: Path) -> None:
    for hold in full.holds():
        full.lift(hold)
    sam = next(person for person in full.people() if person.nickname == "Sam")
    exported = export(full, tmp_path, person=sam)
    before = _rows(full)
    full.erase(sam)
    assert [person.nickname for person in full.people()] == ["Ola"]
    bring_in(full, exported.path)
    after = _rows(full)
    assert {row["uid"] for row in after["people"]} == {row["uid"] for row in before["people"]}
    assert len(after["reflections"]) == len(before["reflections"])


# CSV


def _members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_csv_has_a_file_for_each_kind_with_every_field(full: Journal, tmp_path: Path) -> None:
    members = _members(export(full, tmp_path, CSV).path.read_bytes())
    assert set(members) == {f"{name}.csv" for name in metadata.tables} | {"READ-ME.txt"}
    whole = _read(export(full, tmp_path, JSON))
    for name in metadata.tables:
        rows = list(csv.DictReader(io.StringIO(members[f"{name}.csv"], newline="")))
        assert len(rows) == len(whole[name])
        for row, record in zip(rows, whole[name], strict=True):
            assert set(row) == set(record)
            for field, value in record.items():
                as_cell = "" if value is None else value if isinstance(value, str) else json.dumps(value)
                assert row[field] == as_cell, (name, field)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=cmd|"/c calc"!A1'])
def test_no_cell_is_a_formula(journal: Journal, tmp_path: Path, words: str) -> None:
    journal.keep(KeptMoment(remark=words))
    members = _members(export(journal, tmp_path, CSV).path.read_bytes())
    (row,) = csv.DictReader(io.StringIO(members["moments.csv"], newline=""))
    assert row["remark"] == f"'{words}"


# Markdown


def test_every_word_that_was_written_is_in_the_markdown_once(journal: Journal, tmp_path: Path) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    moment = journal.keep(KeptMoment(person_id=sam.id))
    written = []
    for name, kind in KINDS.items():
        given: dict[str, Any] = {"person_id": sam.id, "moment_id": moment.id, "sign": "repair", "whose": "mine"}
        for column in word_columns(kind.table()):
            given.setdefault(column.name, f"{name}-{column.name}-words")
        known = {field.name for field in fields(kind)}
        written += [value for key, value in given.items() if key in known and str(value).endswith("-words")]
        journal.keep(kind(**{key: value for key, value in given.items() if key in known}))
    text = export(journal, tmp_path, MARKDOWN).path.read_text("utf-8")
    assert {words: text.count(words) for words in written} == dict.fromkeys(written, 1)


def test_a_moment_stands_with_what_came_of_it(full: Journal, tmp_path: Path) -> None:
    text = export(full, tmp_path, MARKDOWN, beside=BESIDE).path.read_text("utf-8")
    assert (
        "# My journal\n\nWritten on 5 March 2026. It is not sealed: whoever has this file can read every word.\n"
        in text
    )
    titles = [line for line in text.splitlines() if line.startswith("#")]
    at = titles.index("### 4 March 2026, 19:30 · with Sam")
    assert "#### Reflection · 4 March 2026, 19:30" in titles[at:]
    assert "### 4 March 2026, 19:30 · with Ola · in the trash" in titles
    assert "- what I did: ask" in text
    assert "\n````\npoise: 1\n# 我\n```\n````\n" in text


def test_words_are_not_run_by_whoever_shows_the_markdown(journal: Journal, tmp_path: Path) -> None:
    journal.keep(KeptMoment(remark="<script>x</script>\n# not a title\n![](http://elsewhere/x.png)"))
    text = export(journal, tmp_path, MARKDOWN).path.read_text("utf-8")
    assert "> \\<script>x\\</script>\n> # not a title\n> !\\[](http://elsewhere/x.png)\n" in text


def test_what_was_done_can_be_said_in_the_words_of_its_book(full: Journal, tmp_path: Path) -> None:
    text = export(full, tmp_path, MARKDOWN, did=lambda record: ["I asked"] if record["did"] else []).path.read_text()
    assert "- what I did: I asked\n" in text


def test_an_empty_journal_is_an_empty_export(journal: Journal, tmp_path: Path) -> None:
    found = _read(export(journal, tmp_path))
    VALIDATOR.validate(found)
    assert not any(found[name] for name in metadata.tables)
