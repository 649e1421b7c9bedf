"""Nothing readable anywhere; damage is noticed and named; only the owner can open the files."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from poise.journal.copies import FOLDER
from poise.journal.entries import KeptMoment
from poise.journal.journal import Journal
from poise.journal.sealing.sqlite import NAME
from poise.journal.sealing.vault import Vault
from poise.journal.trouble import Damaged, NoJournal, NotAllowed, Trouble

from .conftest import PASSPHRASE, QUICK

MARKER = "quixotic_marker_zyzzyva"


def test_no_word_and_no_key_is_readable_outside_the_process(folder: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.writer", "words", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{PASSPHRASE}\n{MARKER}\n".encode())
    process.stdin.flush()
    assert process.stdout.readline() == b"ready\n"
    seen = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert str(folder / f"{NAME}-wal") in seen
    assert str(folder / f"{NAME}-shm") in seen
    assert any(FOLDER in name for name in seen)
    for name in ("cmdline", "environ"):
        if (proc := Path(f"/proc/{process.pid}/{name}")).exists():
            seen[name] = proc.read_bytes()
    seen["output"], seen["log and crash reports"] = process.communicate(timeout=60)
    assert b"Traceback" in seen["log and crash reports"]
    assert b"Refused" in seen["log and crash reports"]
    with Journal.open(folder, PASSPHRASE) as journal:
        assert len(journal.search(MARKER)) == 2, "it was kept"
        key = journal.vault.key.secret
    for name, data in seen.items():
        for secret in (MARKER.encode(), MARKER.encode("utf-16-le"), PASSPHRASE.encode(), key, key.hex().encode()):
            assert secret not in data, name


def test_the_sealed_file_has_no_header_of_a_database(folder: Path) -> None:
    assert not (folder / NAME).read_bytes().startswith(b"SQLite")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Journal.create(tmp_path / "new", PASSPHRASE, derivation=QUICK) as journal:
            journal.keep(KeptMoment(remark="x"))
            journal.backup()
            _assert_private(tmp_path / "new")
        (tmp_path / "new").chmod(0o755)
        for path in (tmp_path / "new").glob("*.*"):
            path.chmod(0o644)
        with Journal.open(tmp_path / "new", PASSPHRASE):
            _assert_private(tmp_path / "new")
    finally:
        os.umask(before)


def _assert_private(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def _filled(folder: Path, count: int = 60) -> None:
    with Journal.open(folder, PASSPHRASE) as journal:
        for number in range(count):
            journal.keep(KeptMoment(remark=f"number {number} " + "x" * 3000))


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def _look_at_everything(folder: Path) -> list[str]:
    with Journal.open(folder, PASSPHRASE) as journal:
        found = journal.faults()
        journal.moments(most=1000)
        journal.search("number", most=1000)
        return found


def test_every_flipped_bit_is_noticed_and_named_with_the_way_back(folder: Path) -> None:
    _filled(folder)
    whole = (folder / NAME).read_bytes()
    chance = random.Random(7)
    for at in [0, 15, 16, 4095, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))]:
        (folder / NAME).write_bytes(whole)
        _flip(folder / NAME, at)
        try:
            found = "\n".join(_look_at_everything(folder))
        except Damaged as trouble:
            found = str(trouble)
            assert found == (
                "the journal's file `journal.db` is damaged: a part of it does not match its seal\n"
                "  `poise restore` brings back the newest copy"
            )
        assert found, f"the bit at {at} was not noticed"
    (folder / NAME).write_bytes(whole)
    assert _look_at_everything(folder) == []


def test_a_damaged_page_is_named_by_its_number(folder: Path) -> None:
    _filled(folder)
    _flip(folder / NAME, 4096 * 20 + 99)
    with Journal.open(folder, PASSPHRASE) as journal:
        assert "21" in journal.faults()[0]


@pytest.mark.parametrize("size", [0, 100, 4096, 40_000])
def test_a_file_cut_short_is_damaged_and_not_a_wrong_passphrase(folder: Path, size: int) -> None:
    _filled(folder)
    with (folder / NAME).open("r+b") as file:
        file.truncate(size)
    with pytest.raises(Damaged):
        assert _look_at_everything(folder) == []


def test_somebody_elses_file_in_its_place_is_noticed(folder: Path, tmp_path: Path) -> None:
    Journal.create(tmp_path / "other", "another passphrase", derivation=QUICK).lock()
    (folder / NAME).write_bytes((tmp_path / "other" / NAME).read_bytes())
    with pytest.raises(Damaged):
        Journal.open(folder, PASSPHRASE)


def test_a_missing_file_is_named_and_no_empty_one_is_made(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(NoJournal, match=r"`journal.db` is missing; its keys are there\n  `poise restore`"):
        Journal.open(folder, PASSPHRASE)
    assert not (folder / NAME).exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotAllowed, match=r"the folder `practice` cannot be used: file exists\n  it is in"):
        Journal.create(tmp_path / "file" / "practice", PASSPHRASE, derivation=QUICK)


def test_a_path_with_odd_signs_works(tmp_path: Path) -> None:
    folder = tmp_path / "100% ours? #1 ‘é’"
    Journal.create(folder, PASSPHRASE, derivation=QUICK).lock()
    with Journal.open(folder, PASSPHRASE) as journal:
        journal.keep(KeptMoment(remark="here"))
        assert journal.rehearse(journal.backup())


def test_making_a_journal_is_all_or_nothing(tmp_path: Path) -> None:
    def stopped(_: Vault) -> None:
        raise Trouble("stopped halfway")

    with pytest.raises(Trouble, match="stopped halfway"):
        Vault.create(tmp_path / "new", PASSPHRASE, stopped, QUICK)
    assert list(tmp_path.iterdir()) == []
