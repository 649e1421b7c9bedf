"""The door: it locks by the clock on the wall, never under somebody's feet, and drops the key."""

import threading
from pathlib import Path

import pytest

from poise.journal.copies.restoring import READY, stands
from poise.journal.trouble import Locked, WrongKey
from poise.web.door import Door

from .conftest import PASSPHRASE
from .site import Visitor


class Wall:
    """A clock on the wall."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def is_open(door: Door) -> bool:
    return door.open


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def door(folder: Path, wall: Wall) -> Door:
    return Door(folder, idle=600, clock=wall)


def test_it_starts_locked_and_opens_by_the_passphrase(door: Door) -> None:
    assert not door.open
    with pytest.raises(Locked), door.inside():
        pass
    door.unlock(PASSPHRASE)
    with door.inside() as practice:
        assert practice.people() == []
    door.lock()


def test_a_wrong_passphrase_leaves_it_as_it_was(door: Door) -> None:
    with pytest.raises(WrongKey):
        door.unlock("another one entirely")
    assert not door.open


def test_it_locks_itself_when_the_wall_clock_says_so_also_after_sleep(door: Door, wall: Wall) -> None:
    door.unlock(PASSPHRASE)
    with door.inside() as practice:
        pass
    wall.at += 599
    assert is_open(door)
    wall.at += 8 * 3600
    assert not is_open(door)
    assert practice.journal.vault.locked


def test_a_visit_puts_it_off_and_only_looking_does_not(door: Door, wall: Wall) -> None:
    door.unlock(PASSPHRASE)
    wall.at += 500
    with door.inside():
        pass
    wall.at += 500
    with door.inside(visit=False):
        pass
    assert door.open
    wall.at += 200
    assert not door.open


def test_locking_waits_for_those_inside_and_lets_nobody_else_in(door: Door) -> None:
    door.unlock(PASSPHRASE)
    with door.inside() as practice:
        locking = threading.Thread(target=door.lock)
        locking.start()
        while door.open:
            pass
        with pytest.raises(Locked), door.inside():
            pass
        assert practice.people() == []
    locking.join()
    assert practice.journal.vault.locked


def test_whoever_locks_it_what_is_in_memory_is_forgotten(folder: Path, wall: Wall) -> None:
    door = Door(folder, idle=600, clock=wall)
    forgotten: list[bool] = []
    door.on_lock = lambda: forgotten.append(door.open)
    door.unlock(PASSPHRASE)
    wall.at += 601
    assert not door.open
    assert forgotten == [False]


def test_unlocking_twice_leaves_one_practice_open(door: Door) -> None:
    door.unlock(PASSPHRASE)
    with door.inside() as first:
        pass
    door.unlock(PASSPHRASE)
    assert first.journal.vault.locked
    with door.inside() as second:
        assert second.people() == []
    door.lock()


def test_a_practice_that_is_half_restored_is_there_and_the_passphrase_finishes_it(visitor: Visitor) -> None:
    folder = visitor.app.rooms.door.folder
    ready = folder / READY
    ready.mkdir()
    for path in [each for each in folder.iterdir() if each != ready]:
        path.rename(ready / path.name)
    assert stands(folder)
    assert visitor.get("/").status == 200, "it does not lead to the first visit"
    assert visitor.get("/people").place == "/unlock?to=/people"
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE}).place == "/"
    assert visitor.get("/people").status == 200
    assert not ready.exists()
