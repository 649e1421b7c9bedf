from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from poise.journal import copies
from poise.journal.copies import FOLDER, restore
from poise.journal.copies.restoring import READY, finish
from poise.journal.entries import KeptMoment, Person
from poise.journal.journal import Journal
from poise.journal.sealing.sqlite import NAME
from poise.journal.trouble import AlreadyThere, Busy, Damaged, NoRoom, Refused, WrongKey

from .conftest import PASSPHRASE, QUICK, Clock

Reopen = Callable[[], Journal]


def _remarks(folder: Path, passphrase: str = PASSPHRASE) -> list[str]:
    with Journal.open(folder, passphrase) as journal:
        return [moment.remark for moment in journal.moments(most=1000)]


def test_a_copy_is_sealed_whole_and_made_while_others_write(folder: Path, clock: Clock) -> None:
    with Journal.open(folder, PASSPHRASE, now=clock) as one, Journal.open(folder, PASSPHRASE) as two:
        one.keep(KeptMoment(remark="first words"))
        copy = two.backup()
        one.keep(KeptMoment(remark="second words"))
    with zipfile.ZipFile(copy.path) as archive:
        assert archive.namelist() == ["READ-ME.txt", "keys.json", "journal.db"]
        assert b"first words" not in archive.read("journal.db")
    assert copy.path.parent == folder / FOLDER


def test_a_copy_comes_back_where_nothing_is(journal: Journal, tmp_path: Path) -> None:
    journal.keep(KeptMoment(remark="words"))
    copy = journal.backup()
    restore(copy.path, tmp_path / "elsewhere" / "practice", PASSPHRASE)
    assert _remarks(tmp_path / "elsewhere" / "practice") == ["words"]


def test_restoring_puts_what_it_replaces_aside(folder: Path, reopened: Reopen) -> None:
    journal = reopened()
    journal.keep(KeptMoment(remark="in the copy"))
    copy = journal.backup()
    journal.keep(KeptMoment(remark="after the copy"))
    journal.lock()
    restore(copy.path, folder, PASSPHRASE)
    assert _remarks(folder) == ["in the copy"]
    (aside,) = folder.glob("replaced-*")
    assert _remarks(aside) == ["after the copy", "in the copy"]


def test_a_damaged_journal_comes_back_by_its_copy(folder: Path, reopened: Reopen) -> None:
    journal = reopened()
    journal.keep(KeptMoment(remark="words"))
    copy = journal.backup()
    journal.lock()
    for name in (NAME, "keys.json", "keys.twin.json"):
        (folder / name).write_bytes(b"spoiled")
    with pytest.raises(Damaged):
        Journal.open(folder, PASSPHRASE)
    restore(copy.path, folder, PASSPHRASE)
    assert _remarks(folder) == ["words"]


def test_nobody_restores_over_a_journal_that_is_open(folder: Path, journal: Journal) -> None:
    copy = journal.backup()
    with pytest.raises(Busy, match=r"the journal is open in another Poise\n  close it there"):
        restore(copy.path, folder, PASSPHRASE)
    assert journal.people() == []


def test_a_copy_opens_by_the_passphrase_of_its_day_or_by_todays(folder: Path, reopened: Reopen, tmp_path: Path) -> None:
    journal = reopened()
    journal.keep(KeptMoment(remark="words"))
    copy = journal.backup()
    journal.vault.change_passphrase(PASSPHRASE, "a newer lantern")
    journal.lock()
    restore(copy.path, tmp_path / "elsewhere", PASSPHRASE)
    assert _remarks(tmp_path / "elsewhere") == ["words"]
    restore(copy.path, folder, "a newer lantern")
    assert _remarks(folder, "a newer lantern") == ["words"]
    with pytest.raises(WrongKey):
        restore(copy.path, tmp_path / "third", "neither of them")
    assert not (tmp_path / "third").exists()


def test_a_copy_of_another_journal_is_not_put_over_this_one(folder: Path, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "other", PASSPHRASE, derivation=QUICK) as other:
        copy = other.backup()
    before = (folder / NAME).read_bytes()
    with pytest.raises(AlreadyThere, match=r"of another journal than the one in .*\n  restore it into a new folder"):
        restore(copy.path, folder, PASSPHRASE)
    assert (folder / NAME).read_bytes() == before


def test_what_lies_beside_the_journal_comes_back_too(folder: Path, clock: Clock, tmp_path: Path) -> None:
    beside = {"rulebooks/mine.yaml": "poise: 1\ntitle: Mine — 我的\n", "help.txt": "somebody near you"}
    with Journal.open(folder, PASSPHRASE, now=clock, beside=lambda: beside) as journal:
        copy = journal.backup()
        assert not any(title.encode() in copy.path.read_bytes() for title in ("title: Mine", "somebody near"))
    restore(copy.path, tmp_path / "new", PASSPHRASE)
    for name, text in beside.items():
        assert (tmp_path / "new" / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", ".hidden", "a/../../b"])
def test_a_copy_puts_nothing_outside_its_folder(folder: Path, tmp_path: Path, name: str) -> None:
    with Journal.open(folder, PASSPHRASE, beside=lambda: {name: "x"}) as journal:
        copy = journal.backup()
    with pytest.raises(Damaged, match="holds a file that has no place here; nothing was changed"):
        restore(copy.path, tmp_path / "new", PASSPHRASE)
    assert not (tmp_path / "new").exists()


def test_a_restoring_that_is_stopped_anywhere_is_finished_by_the_next_opening(folder: Path, tmp_path: Path) -> None:
    with Journal.open(folder, PASSPHRASE, beside=lambda: {"rulebooks/mine.yaml": "poise: 1"}) as journal:
        journal.keep(KeptMoment(remark="in the copy"))
        copy = journal.backup()
        journal.keep(KeptMoment(remark="after the copy"))
    ready = _ready(copy.path, folder)
    files = sorted(path.relative_to(ready) for path in ready.rglob("*") if path.is_file())
    for moved in range(len(files) + 1):
        stopped = Path(shutil.copytree(folder, tmp_path / f"stopped {moved}"))
        for name in files[:moved]:
            (stopped / name).parent.mkdir(exist_ok=True)
            (stopped / READY / name).replace(stopped / name)
        assert _remarks(stopped) == ["in the copy"]
        assert (stopped / "rulebooks" / "mine.yaml").read_text() == "poise: 1"
        assert not (stopped / READY).exists()


def _ready(copy: Path, folder: Path) -> Path:
    """The folder as it is when a restoring was stopped right before its files are moved."""
    restore(copy, folder.with_name("other"), PASSPHRASE)
    ready = folder / READY
    ready.mkdir()
    for name in ("journal.db", "keys.json", "keys.twin.json", "rulebooks"):
        (folder.with_name("other") / name).replace(ready / name)
    return ready


def test_finishing_twice_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    finish(folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_rehearsal_restores_the_newest_copy_and_compares(reopened: Reopen, clock: Clock) -> None:
    journal = reopened()
    assert journal.rehearse() is None
    sam = journal.keep(Person(nickname="Sam"))
    moments = [journal.keep(KeptMoment(person_id=sam.id, remark=str(number))) for number in range(5)]
    clock.pass_days(1)
    journal.backup()
    clock.pass_days(1)
    journal.backup()
    assert (found := journal.rehearse())
    assert found.copy.made_at == clock.at
    assert (found.same, found.newer, found.erased, found.different, found.fine) == (6, 0, 0, 0, True)
    clock.pass_days(1)
    journal.change(moments[0], remark="changed")
    journal.keep(KeptMoment(remark="new"))
    journal.erase(moments[1])
    assert (found := journal.rehearse())
    assert (found.same, found.newer, found.erased, found.different, found.fine) == (4, 2, 1, 0, True)


def test_a_rehearsal_finds_words_that_changed_by_themselves(journal: Journal) -> None:
    moment = journal.keep(KeptMoment(remark="words"))
    journal.backup()
    with journal.vault.writing() as connection:
        connection.exec_driver_sql("UPDATE moments SET remark = 'other' WHERE id = ?", (moment.id,))
    assert (found := journal.rehearse())
    assert (found.different, found.fine) == (1, False)


def test_a_rehearsal_notices_a_damaged_copy(journal: Journal) -> None:
    journal.keep(KeptMoment(remark="words"))
    copy = journal.backup()
    data = bytearray(copy.path.read_bytes())
    data[len(data) // 2] ^= 1
    copy.path.write_bytes(data)
    assert (found := journal.rehearse())
    assert not found.fine
    assert not list(journal.vault.folder.glob(".rehearsal*"))


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04 half a zip"])
def test_what_is_no_copy_is_refused_and_changes_nothing(folder: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "copy").write_bytes(data)
    with pytest.raises(Refused, match="`copy` is not a sealed copy, or is not whole"):
        restore(tmp_path / "copy", folder, PASSPHRASE)
    assert _remarks(folder) == []


def test_half_a_copy_is_refused(journal: Journal, tmp_path: Path) -> None:
    journal.keep(KeptMoment(remark="words"))
    copy = journal.backup()
    data = copy.path.read_bytes()
    for part in (0.3, 0.9, 0.999):
        (tmp_path / "half").write_bytes(data[: int(len(data) * part)])
        with pytest.raises((Refused, Damaged)):
            restore(tmp_path / "half", tmp_path / "new", PASSPHRASE)
    assert not (tmp_path / "new").exists()


def test_a_zip_bomb_is_refused_before_it_swells(tmp_path: Path, journal: Journal) -> None:
    copy = journal.backup()
    with zipfile.ZipFile(copy.path) as archive:
        keys = archive.read("keys.json")
    for name, how in (("journal.db", zipfile.ZIP_DEFLATED), ("keys.json", zipfile.ZIP_STORED)):
        with zipfile.ZipFile(tmp_path / "bomb", "w", how) as archive:
            archive.writestr("keys.json", keys if name != "keys.json" else b"x" * 200_000)
            archive.writestr("journal.db", b"\0" * 50_000_000 if name == "journal.db" else b"x")
        with pytest.raises(Refused, match="this is not a sealed copy"):
            restore(tmp_path / "bomb", tmp_path / "new", PASSPHRASE)
        assert not (tmp_path / "new").exists()


def test_a_copy_that_claims_to_be_endless_is_refused(tmp_path: Path, journal: Journal) -> None:
    copy = journal.backup()
    data = bytearray(copy.path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("journal.db").file_size.to_bytes(4, "little")
    (tmp_path / "copy").write_bytes(data.replace(size * 2, b"\xfe\xff\xff\xff" * 2))
    with pytest.raises((NoRoom, Refused)):
        restore(tmp_path / "copy", tmp_path / "new", PASSPHRASE)


def test_a_copy_does_not_replace_another_file(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("precious")
    with pytest.raises(AlreadyThere, match="there is a file `there` already"):
        journal.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "precious"
    assert journal.backup(tmp_path).path.parent == tmp_path
    assert journal.backup(tmp_path / "named.sealed").path.name == "named.sealed"


def test_deleting_for_good_renews_the_automatic_copies(journal: Journal, clock: Clock) -> None:
    moment = journal.keep(KeptMoment(remark="words"))
    clock.pass_days(1)
    journal.backup(label=copies.AUTOMATIC)
    by_hand = journal.backup()
    clock.pass_days(1)
    journal.erase(moment)
    automatic = [copy for copy in journal.copies() if copy.automatic]
    assert [copy.made_at for copy in automatic] == [clock.at]
    assert by_hand.path.exists(), "what somebody copied by hand stays theirs"


def test_only_the_newest_automatic_copies_are_kept(journal: Journal, clock: Clock) -> None:
    for _ in range(8):
        clock.pass_days(1)
        journal.backup(label=copies.AUTOMATIC)
    journal.backup()
    copies.thin(journal.vault.folder)
    assert sorted(copy.automatic for copy in journal.copies()) == [False] + [True] * 5
    assert min(copy.made_at for copy in journal.copies()) == clock.at - timedelta(days=4)


def test_what_was_left_behind_half_made_is_cleared_away(folder: Path) -> None:
    (folder / FOLDER).mkdir()
    (folder / FOLDER / ".half.db").write_text("")
    (folder / ".rehearsal-1").mkdir()
    Journal.open(folder, PASSPHRASE).lock()
    assert os.listdir(folder / FOLDER) == []  # noqa: PTH208
    assert not (folder / ".rehearsal-1").exists()
