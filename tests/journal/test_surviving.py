"""Nothing that was acknowledged is ever lost: killed, crowded, or out of room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from poise.journal.copies import FOLDER
from poise.journal.entries import KeptMoment, Person
from poise.journal.journal import Journal
from poise.journal.trouble import NoRoom, NotAllowed, Trouble

from .conftest import FILE, PASSPHRASE
from .writer import open_at

EVERYWHERE = True

ROOM_TO_READ = 64_000
"""What the database needs for the list of its log's pages."""


def _writer(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.journal.writer", *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _killed(where: str, rounds: int, seed: int) -> None:
    process = _writer("dying", where, str(rounds), str(seed))
    out, trouble = process.communicate(timeout=rounds * 5 + 60)
    assert process.returncode == 0, trouble
    acknowledged = [line for line in out.split("\n") if len(line) == 32]
    journal = open_at(where)
    listed = {moment.uid for moment in journal.moments(most=1_000_000)}
    there = listed | {entry.uid for entry in journal.in_trash()}  # where it was killed before it could undo
    assert set(acknowledged) <= there, f"{len(set(acknowledged) - there)} of {len(acknowledged)} are lost"
    assert len(acknowledged) > rounds, "it was killed while it was writing"
    assert journal.faults() == []
    assert len(journal.search("round", most=1_000_000)) == len(listed) + len(journal.people())
    assert not list((Path(where) / FOLDER).glob(".*")), "what was half made is gone"
    journal.lock()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_whatever_was_acknowledged_is_there_after_thirty_kills(where: str, place: str) -> None:
    _killed(where, 30 if place == FILE else 10, seed=1)


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
@pytest.mark.parametrize("seed", range(10))
def test_whatever_was_acknowledged_is_there_after_five_hundred_kills(where: str, seed: int) -> None:
    _killed(where, 50, seed)


def test_two_processes_write_at_once_and_neither_loses_a_word(where: str) -> None:
    processes = [_writer("write", where, name, "40") for name in ("left", "right")]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    for _, trouble, code in ended:
        assert code == 0, trouble
    journal = open_at(where)
    remarks = {moment.remark for moment in journal.moments(most=1000)}
    assert remarks == {f"{name} {number}" for name in ("left", "right") for number in range(40)}
    assert journal.faults() == []
    journal.lock()


def test_one_reads_while_another_writes(where: str) -> None:
    with open_at(where) as one, open_at(where) as two:
        for number in range(20):
            one.keep(KeptMoment(remark=str(number)))
            assert two.moments()[0].remark == str(number)


@pytest.fixture
def small_disk(tmp_path: Path, made: Path) -> Iterator[Path]:
    """A journal on a disk of its own, 4 MB large."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if os.name != "posix" or os.geteuid() or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("FULL DISK NOT TESTED: a small disk can only be mounted by root")
    try:
        yield Path(shutil.copytree(made, disk / "practice"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_named_and_everything_kept_before_is_there(small_disk: Path) -> None:
    ballast = small_disk.parent / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    journal = Journal.open(small_disk, PASSPHRASE)
    kept = []
    with pytest.raises((NoRoom, NotAllowed)) as found:  # noqa: PT012 - it is full when it is full
        while True:
            kept.append(journal.keep(KeptMoment(remark="x" * 50_000)).uid)
    assert str(found.value) == (
        "this was not kept: the disk is full. Everything kept before is safe\n  make some room, then try again"
    )
    assert len(kept) > 5
    with pytest.raises(NoRoom, match="the disk is full"):
        journal.vault.new_kit()
    with pytest.raises(NoRoom, match="the disk is full"):
        journal.backup()
    assert {moment.uid for moment in journal.moments(most=1000)} == set(kept)
    journal.lock()
    ballast.unlink()
    journal = Journal.open(small_disk, PASSPHRASE)
    assert {moment.uid for moment in journal.moments(most=1000)} == set(kept)
    kept.append(journal.keep(Person(nickname="Sam")).uid)
    assert journal.faults() == []
    journal.lock()


def test_a_journal_on_a_full_disk_still_opens_and_reads(small_disk: Path) -> None:
    with Journal.open(small_disk, PASSPHRASE) as journal:
        kept = journal.keep(KeptMoment(remark="before"))
    room = shutil.disk_usage(small_disk).free
    (small_disk.parent / "ballast").write_bytes(b"x" * (room - ROOM_TO_READ))
    with Journal.open(small_disk, PASSPHRASE) as journal:
        assert journal.moments() == [kept]


def test_a_disk_without_any_room_is_named_when_it_is_opened(small_disk: Path) -> None:
    room = shutil.disk_usage(small_disk).free
    (small_disk.parent / "ballast").write_bytes(b"x" * room)
    with pytest.raises(Trouble, match=r"disk is full|cannot be written here|did not take it"):
        Journal.open(small_disk, PASSPHRASE)
    (small_disk.parent / "ballast").unlink()
    Journal.open(small_disk, PASSPHRASE).lock()
