"""Every table comes back as it was: through the program, through JSON, and through a copy. A new table without a way
here is a failing test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, inspect, select

from poise.journal.copies import restore
from poise.journal.entries import KINDS, Entry, KeptMoment, Person, from_plain, to_plain
from poise.journal.finding import SEARCHED
from poise.journal.journal import Journal
from poise.journal.keeping.checking import _ONE_OF
from poise.journal.tables import Answers, Instant, Words, metadata

from .conftest import FILE, PASSPHRASE, SERVER, Clock

EVERYWHERE = True
ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
FEW = settings(ONCE, max_examples=6)
"""On a server, where each takes ten times as long; the file has tried what can be kept."""
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)
ZONES = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-720, 840))
TIMES = st.datetimes(datetime(1950, 1, 1), datetime(2026, 3, 1), timezones=ZONES)  # noqa: DTZ001
ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0, 1) | TEXT,
    lambda more: st.lists(more, max_size=3) | st.dictionaries(TEXT, more, max_size=3),
    max_leaves=6,
)
GIVEN = {"id", "uid", "written_at", "changed_at", "trashed_at"}
WRITTEN = {name: [f.name for f in fields(kind) if f.name not in GIVEN] for name, kind in KINDS.items()}


def _value(column: Column[Any]) -> st.SearchStrategy[Any]:
    """Anything that a column can hold."""
    if column.name in _ONE_OF:
        return st.sampled_from(_ONE_OF[column.name])
    if isinstance(column.type, Words):
        return TEXT.filter(str.strip).map(lambda text: text[: column.type.most])  # type: ignore[attr-defined]
    if isinstance(column.type, Answers):
        return st.dictionaries(TEXT, ANSWERS, max_size=3)
    if isinstance(column.type, Instant):
        return TIMES if not column.nullable else st.none() | TIMES
    return st.none() | st.dates(date(2026, 1, 1), date(2040, 1, 1))


@st.composite
def entry(draw: st.DrawFn, kind: str, journal: Journal) -> Entry:
    """A random entry of one kind; what it refers to is kept first."""
    given: dict[str, Any] = {}
    for column in KINDS[kind].table().columns:
        if column.name in GIVEN or column.name.endswith("_offset"):
            continue
        if column.foreign_keys:
            given[column.name] = _referred(column, journal) if not column.nullable or draw(st.booleans()) else None
        else:
            given[column.name] = draw(_value(column))
    return KINDS[kind](**given)


def _referred(column: Column[Any], journal: Journal) -> Any:
    (key,) = column.foreign_keys
    if key.column.table.name == "texts":
        return journal.keep_text("poise: 1")
    about = Person(nickname="Sam") if key.column.table.name == "people" else KeptMoment()
    return journal.keep(about).id


@pytest.mark.parametrize("place", [FILE])
@pytest.mark.parametrize("kind", KINDS)
@ONCE
@given(data=st.data())
def test_every_entry_comes_back_as_it_was(kind: str, journal: Journal, data: st.DataObject) -> None:
    _comes_back(kind, journal, data)


@pytest.mark.parametrize("place", [SERVER])
@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_every_entry_comes_back_from_a_server_as_it_was(kind: str, journal: Journal, data: st.DataObject) -> None:
    _comes_back(kind, journal, data)


def _comes_back(kind: str, journal: Journal, data: st.DataObject) -> None:
    given = data.draw(entry(kind, journal))
    kept = journal.keep(given)
    assert journal.get(KINDS[kind], kept.uid) == kept
    for name in WRITTEN[kind]:
        assert getattr(kept, name) == getattr(given, name), name
        if f"{name}_offset" in given.table().c and getattr(given, name):
            assert getattr(kept, name).utcoffset() == getattr(given, name).utcoffset()
    assert from_plain(KINDS[kind], json.loads(json.dumps(to_plain(kept)))) == kept
    assert journal.change(kept, **{name: getattr(given, name) for name in WRITTEN[kind]}) == kept


def _texts(journal: Journal) -> None:
    assert journal.text(journal.keep_text("poise: 1\n# 我")) == "poise: 1\n# 我"


def _drafts(journal: Journal) -> None:
    journal.save_draft("moment", "half a\nsentence")
    assert journal.draft("moment") == "half a\nsentence"


def _settings(journal: Journal) -> None:
    journal.set("lock after", 10)
    assert journal.setting("lock after") == 10


def _holds(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    hold = journal.hold(sam, "a request")
    assert journal.holds() == [hold]


def _changes(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    journal.change(sam, nickname="Samuel")
    journal.undo()
    assert journal.get(Person, sam.uid) == sam


def _files(journal: Journal) -> None:
    """Filled in copies: see the copies' own tests, and the last test here."""


OTHERS: dict[str, Callable[[Journal], None]] = {
    "texts": _texts,
    "drafts": _drafts,
    "settings": _settings,
    "holds": _holds,
    "changes": _changes,
    "files": _files,
}


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_table_comes_back_as_it_was(name: str, journal: Journal) -> None:
    OTHERS[name](journal)


def test_no_table_is_without_a_way_there_and_back(journal: Journal, place: str) -> None:
    assert set(metadata.tables) == set(KINDS) | set(OTHERS)
    with journal.vault.reading() as connection:
        there = {name for name in inspect(connection).get_table_names() if not name.startswith("search")}
    around = {"members", "audit"} if place == SERVER else set()
    assert there == {*metadata.tables, "alembic_version"} | around
    assert set(SEARCHED) == set(KINDS), "whatever is kept is found"


def test_every_column_of_an_entry_is_a_field_of_its_class() -> None:
    for kind in KINDS.values():
        columns = {column.name for column in kind.table().columns if not column.name.endswith("_offset")}
        assert columns == {field.name for field in fields(kind)}


def test_no_column_holds_what_can_be_worked_out() -> None:
    """Words, answers, times, references: the only numbers are ids and the offsets of clocks."""
    for table in metadata.tables.values():
        for column in table.columns:
            plain = isinstance(column.type, (Words, Answers, Instant)) or str(column.type) in ("DATE", "VARCHAR(32)")
            known = plain or str(column.type).startswith("VARCHAR")
            assert known or column.name.endswith(("id", "_offset")), f"{table.name}.{column.name}"


def test_a_copy_holds_every_row_of_every_table(folder: Path, clock: Clock, tmp_path: Path) -> None:
    with Journal.open(folder, PASSPHRASE, now=clock, beside=lambda: {"help.txt": "near"}) as journal:
        sam = journal.keep(Person(nickname="Sam"))
        moment = journal.keep(KeptMoment(person_id=sam.id, book_sha256=journal.keep_text("poise: 1")))
        for name, kind in KINDS.items():
            if name not in ("people", "moments"):
                needed: dict[str, Any] = {
                    "person_id": sam.id,
                    "moment_id": moment.id,
                    "sign": "repair",
                    "words": "Ouch.",
                }
                journal.keep(kind(**{k: v for k, v in needed.items() if k in WRITTEN[name]}))
        for way in OTHERS.values():
            way(journal)
        journal.trash(moment)
        copy = journal.backup()
        before = _rows(journal)
    restore(copy.path, tmp_path / "new", PASSPHRASE)
    with Journal.open(tmp_path / "new", PASSPHRASE, now=clock) as journal:
        after = _rows(journal)
    files = after.pop("files")
    assert [row[:2] for row in files] == [("help.txt", "near")]
    assert before.pop("files") == []
    assert after == before
    assert all(before.values()), "no table was empty"


def _rows(journal: Journal) -> dict[str, list[tuple[Any, ...]]]:
    with journal.vault.reading() as connection:
        return {name: [tuple(r) for r in connection.execute(select(t))] for name, t in metadata.tables.items()}
