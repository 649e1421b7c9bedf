from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from poise.journal.copies import restore
from poise.journal.entries import KINDS, KeptMoment, Person
from poise.journal.journal import Journal
from poise.journal.tables import metadata
from poise.journal.team import TeamJournal
from poise.journal.trouble import AlreadyThere, WrongKey

from ..conftest import Clock
from ..postgres.team import PASSPHRASE, Team


def _rows(journal: Any) -> dict[str, list[tuple[Any, ...]]]:
    with journal.vault.reading() as connection:
        tables = {name: table for name, table in metadata.tables.items() if name != "files"}
        return {name: sorted((tuple(r) for r in connection.execute(select(t))), key=str) for name, t in tables.items()}


def _filled(journal: TeamJournal) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    moment = journal.keep(
        KeptMoment(person_id=sam.id, book_sha256=journal.keep_text("poise: 1"), answers={"place": ["a", 0.5, None]})
    )
    needed: dict[str, Any] = {"person_id": sam.id, "moment_id": moment.id, "sign": "repair", "words": "Ouch."}
    for kind in KINDS.values():
        if kind not in (Person, KeptMoment):
            journal.keep(kind(**{name: value for name, value in needed.items() if name in kind.table().c}))
    journal.change(moment, remark="a lantern")
    journal.trash(journal.keep(KeptMoment(remark="a lantern in the trash")))
    journal.save_draft("moment", "half a sentence")
    journal.set("remarks", {"when": "asked"})
    journal.hold(sam, "a request")


def test_a_copy_of_ones_own_is_a_practice_that_needs_no_server(team: Team, tmp_path: Path, clock: Clock) -> None:
    with team.joined(now=clock) as journal:
        _filled(journal)
        copy = journal.backup(tmp_path)
        before = _rows(journal)
    assert all(before.values()), "no table was empty"
    assert [path.name for path in tmp_path.iterdir()] == [copy.path.name], "nothing else is left behind"
    restore(copy.path, tmp_path / "mine", PASSPHRASE)
    with Journal.open(tmp_path / "mine", PASSPHRASE, now=clock) as own:
        assert _rows(own) == before
        assert [moment.remark for moment in own.search("lantern")] == ["a lantern"]  # type: ignore[attr-defined]
        assert own.faults() == []
        assert (found := own.rehearse(own.backup()))
        assert found.fine


def test_a_copy_of_ones_own_is_sealed(team: Team, tmp_path: Path) -> None:
    with team.joined() as journal:
        journal.keep(KeptMoment(remark="quixotic_marker_zyzzyva"))
        copy = journal.backup(tmp_path / "mine.sealed")
        with pytest.raises(AlreadyThere):
            journal.backup(tmp_path / "mine.sealed")
    assert b"quixotic" not in copy.path.read_bytes()
    with zipfile.ZipFile(copy.path) as archive:
        assert archive.namelist() == ["READ-ME.txt", "keys.json", "journal.db"]
    with pytest.raises(WrongKey):
        restore(copy.path, tmp_path / "mine", "a lantern, five plums")


def test_a_stewards_dump_brings_everybody_back_and_each_opens_their_own(
    another_team: Callable[[], Team], clock: Clock
) -> None:
    team, kept = another_team(), {}
    for name in ("Kim", "Lee"):
        with team.joined(name, now=clock) as journal:
            _filled(journal)
            kept[name] = _rows(journal), len(journal.audit(most=1000))
    dump = team.server.dump(team.url("poise_backup"), "--enable-row-security")
    back = Team(team.server, f"{team.database}_back")
    team.server.ask(f"CREATE DATABASE {back.database} TEMPLATE template0 ENCODING 'UTF8'")
    team.server.load(dump, back.database)
    for name, (rows, links) in kept.items():
        with TeamJournal.open(back.url(), name, PASSPHRASE, now=clock) as journal:
            assert _rows(journal) == rows
            assert journal.faults() == []
            assert len(journal.audit(most=1000)) > links
            clock.at += timedelta(minutes=1)
            journal.keep(Person(nickname="somebody new"))
    assert back.steward.broken_links() == {}
    back.close()


def test_a_dump_that_would_leave_rows_out_fails_instead(team: Team) -> None:
    with pytest.raises(AssertionError, match="row-level security"):
        team.server.dump(team.url("poise_backup"))
