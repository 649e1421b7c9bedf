"""What comes home, and what works beside the pages, holds no door open and keeps nothing once it is locked."""

from __future__ import annotations

import gc
import json
import threading
import time
import tracemalloc
import weakref
from pathlib import Path
from typing import Any

import pytest

from poise.journal.trouble import Damaged, Refused, Trouble
from poise.practice import Practice
from poise.practice.coming_home import MOST_BYTES, letters_of
from poise.practice.foreseeing import foreseen as foreseen_module
from poise.practice.foreseeing.foreseen import Foreseen
from poise.web.learning_through import LearningThrough
from poise.web.pages.settings import phone
from poise.web.tongue import LANGUAGES, saying

from ..made import PASSPHRASE
from ..pocket.test_home import a_moment, moments, sealed
from .site import Visitor
from .test_foresight import FEW, found, kept
from .test_pocket import posted, uploaded


def test_locking_does_not_wait_for_what_comes_home_and_the_rest_waits(unlocked: Visitor, folder: Path) -> None:
    file = sealed(folder, *(a_moment(folder) for _ in range(120)))
    answers: list[str] = []
    sending = threading.Thread(target=lambda: answers.append(posted(unlocked, file).text))
    sending.start()
    door = unlocked.app.rooms.door
    until = time.monotonic() + 30
    while time.monotonic() < until and not door._inside:
        time.sleep(0.001)
    began = time.monotonic()
    door.lock()
    took = time.monotonic() - began
    sending.join(60)
    said = json.loads(answers[0])
    assert took < 2.0
    assert said["came_in"] + said["waiting"] == 120
    assert said["waiting"] > 0
    assert said["not_taken"] == []
    assert unlocked.send("/unlock", {"passphrase": PASSPHRASE}).place == "/"
    with door.inside() as practice:
        assert len(list(practice.every_moment())) == 120


def test_many_files_are_no_way_around_the_limit(
    unlocked: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone, "MOST_LETTERS", 3)
    two = sealed(folder, a_moment(folder), a_moment(folder))
    assert "nothing was taken" in uploaded(unlocked, two, two).words
    with unlocked.app.rooms.door.inside() as practice:
        assert moments(practice) == []
    assert "2 came in" in uploaded(unlocked, two).words


@pytest.mark.parametrize("many", [b"{},", b"0,", b"[],", b'[[],{"a":0}],'])
def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_taken_apart(many: bytes) -> None:
    data = b'{"poise_letters": 1, "letters": [' + many * ((MOST_BYTES - 100) // len(many)) + b"0]}"
    tracemalloc.start()
    try:
        with pytest.raises((Damaged, Refused), match="nothing was taken"):
            letters_of(data)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()


def test_once_it_is_locked_no_thread_holds_on_to_what_was_looked_ahead(unlocked: Visitor) -> None:
    unlocked.app.rooms.ahead.sets = FEW
    found(unlocked, kept(unlocked))
    looked_at = [weakref.ref(each) for each in unlocked.app.rooms.ahead._known.values()]
    assert looked_at
    unlocked.app.rooms.lock()
    until = time.monotonic() + 20
    while any(each() is not None for each in looked_at):
        assert time.monotonic() < until
        gc.collect()
        time.sleep(0.05)


def test_an_answer_under_way_while_it_is_locked_is_not_remembered(
    unlocked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = unlocked.app.rooms
    rooms.ahead.sets = FEW
    path = kept(unlocked)
    real = foreseen_module.foreseen

    def slowly(*asked: Any) -> Foreseen:
        rooms.lock()  # the key L, in another tab
        return real(*asked)

    monkeypatch.setattr(foreseen_module, "foreseen", slowly)
    unlocked.get(path)
    assert not rooms.door.open
    assert not rooms.ahead._known
    assert not rooms.ahead._open


def test_whatever_stops_the_locking_what_is_in_memory_is_dropped(unlocked: Visitor) -> None:
    door, dropped = unlocked.app.rooms.door, []

    class Stops:
        def lock(self) -> None:
            raise OSError

    open_practice = door._practice
    door._practice, door.on_lock = Stops(), lambda: dropped.append(1)  # type: ignore[assignment]
    with pytest.raises(OSError):  # noqa: PT011 - whichever
        door.lock()
    assert dropped
    assert open_practice is not None
    open_practice.lock()


def test_what_goes_wrong_after_locking_is_no_matter_of_the_next_practice(unlocked: Visitor) -> None:
    learning, door = LearningThrough(), unlocked.app.rooms.door

    class Stops:
        def lesson(self) -> None:
            learning.forget()  # it is locked meanwhile
            raise MemoryError

    open_practice = door._practice
    door._practice = Stops()  # type: ignore[assignment]
    learning.begin(door)
    assert learning._thread is not None
    learning._thread.join(10)
    door._practice = open_practice
    assert not learning.failed


@pytest.mark.parametrize("name", ["{x}", "{0.__class__}", "{", "}{", "%(x)s", "%", "{nothing}", "{person:>9999999999}"])
def test_a_name_with_braces_is_said_as_it_is(folder: Path, name: str) -> None:
    with Practice.open(folder, PASSPHRASE) as practice:
        other = practice.keep_person("Ola")
        with pytest.raises(Trouble) as nobody:
            practice.person(name)
        practice.keep_person(name)
        with pytest.raises(Trouble) as taken:
            practice.edit_person(other, nickname=name)
    for trouble in (nobody.value, taken.value):
        assert name in str(trouble)
        for language in LANGUAGES:
            assert any(name in part for part in trouble.said(saying(language)))


@pytest.mark.parametrize("name", ["{x}", "{0.__class__}", "%(x)s", "%"])
def test_a_name_with_braces_is_shown_as_it_is_on_pages(unlocked: Visitor, name: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.keep_person("Ola")
        person = practice.keep_person(name)
        practice.keep(answers={"harm": "stings"}, person=name, did_else=name, remark=name)
    for language in ("en", "zh-Hans"):
        unlocked.send("/settings/look", {"language": language, "appearance": "system"})
        for path in ("/people", f"/people/{person.uid}", f"/foresight/person/{person.uid}", "/look-back"):
            page = unlocked.get(path)
            assert page.status in (200, 303), (path, page.status)
    answer = unlocked.send(f"/people/{person.uid}/edit", {"nickname": "Ola"})
    assert answer.status < 500
