"""A journal moves between a sealed file and a team's server, as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from poise.journal.entries import KINDS, KeptMoment, Person
from poise.journal.exporting import CSV, MARKDOWN, export
from poise.journal.importing import bring_in
from poise.journal.journal import Journal
from poise.journal.tables import metadata

from .test_every_table import WRITTEN

EVERYWHERE = True


def _fill(journal: Any) -> None:
    sam = journal.keep(Person(nickname="Sam", relation="my cousin"))
    journal.keep(Person(nickname="Ola"))
    text = journal.keep_text("poise: 1\n# 我\n")
    moment = journal.keep(
        KeptMoment(person_id=sam.id, book_sha256=text, answers={"harm": "stings"}, remark="lantern, Ola")
    )
    for name, kind in KINDS.items():
        if name not in ("people", "moments"):
            given: dict[str, Any] = {"person_id": sam.id, "moment_id": moment.id, "sign": "repair", "words": "Ouch."}
            journal.keep(kind(**{key: value for key, value in given.items() if key in WRITTEN[name]}))
    journal.change(moment, did_else="left")
    journal.trash(journal.keep(KeptMoment(remark="thrown away")))
    journal.hold(sam, "a request")
    journal.save_draft("moment", "half")
    journal.set("lock after", 10)


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {**found, "journal": "", "exported_at": ""}


def test_it_goes_out_and_comes_back_in_every_table(journal: Any, new: Journal, tmp_path: Path) -> None:
    _fill(journal)
    exported = export(journal, tmp_path)
    assert all(exported.counts[name] for name in metadata.tables if name != "files")
    bring_in(new, exported.path, mine=True)
    again = export(new, tmp_path)
    assert _read(again.path) == _read(exported.path)
    assert [entry.uid for entry in new.search("lantern")] == [entry.uid for entry in journal.search("lantern")]


def test_it_comes_in_from_a_file(journal: Any, new: Journal, tmp_path: Path) -> None:
    _fill(new)
    exported = export(new, tmp_path)
    assert bring_in(journal, exported.path, mine=True, look=True).new > 10
    assert journal.people() == []
    bring_in(journal, exported.path, mine=True)
    assert _read(export(journal, tmp_path).path) == _read(exported.path)
    assert bring_in(journal, exported.path, mine=True).new == 0
    assert [entry.kind for entry in journal.search("lantern")] == ["moments"]


def test_one_persons_part_and_the_other_forms(journal: Any, tmp_path: Path) -> None:
    _fill(journal)
    sam = next(person for person in journal.people() if person.nickname == "Sam")
    part = export(journal, tmp_path, person=sam)
    assert part.counts["moments"] == 1
    assert "Ola" not in part.path.read_text("utf-8")
    assert export(journal, tmp_path, CSV).counts == export(journal, tmp_path, MARKDOWN).counts
