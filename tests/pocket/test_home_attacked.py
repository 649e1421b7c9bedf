"""Anybody can seal a letter. It changes nothing that it did not bring, and nothing that somebody wrote since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from poise.journal import waiting
from poise.journal.entries import KeptMoment, Line
from poise.journal.trouble import NoRoom
from poise.practice import Practice
from poise.practice.coming_home import let_wait, letters_of, take_home, take_waiting
from poise.practice.letters import take
from poise.web.door import Door

from ..made import PASSPHRASE
from .test_home import a_moment, address, brought, moments, practice, sealed

__all__ = ["practice"]

WRITTEN = "what somebody is writing"


def letter(folder: Path, name: str, words: Any) -> bytes:
    return address(folder).seal(name, json.dumps(words).encode())


@pytest.mark.parametrize("name", ["check-in", "after-1", "supervision"])
def test_a_letter_drops_nothing_that_is_being_written(folder: Path, practice: Practice, name: str) -> None:
    practice.journal.save_draft(name, WRITTEN)
    assert take_home(practice, [letter(folder, name, a_moment(folder))]).came_in == 1
    let_wait(folder, [letter(folder, name, a_moment(folder))])
    assert take_waiting(practice).came_in == 1
    assert practice.journal.draft(name) == WRITTEN


def test_a_letter_from_elsewhere_writes_over_nothing_that_is_being_written(folder: Path, practice: Practice) -> None:
    practice.journal.save_draft("check-in", WRITTEN)
    both = a_moment(folder) | {"draft": {"energy": "none"}}
    assert take_home(practice, [letter(folder, "check-in", both)]).came_in == 1
    let_wait(folder, [letter(folder, "check-in", {"draft": {"energy": "none"}})])
    assert len(take_waiting(practice).not_taken) == 1
    assert practice.journal.draft("check-in") == WRITTEN


def test_a_letter_of_the_app_goes_on_with_its_own_moment_alone(folder: Path, practice: Practice) -> None:
    said = a_moment(folder)["moment"]
    waiting.put(folder, f"now-{said['id']}", {"draft": said})
    waiting.put(folder, "check-in", {"draft": said})
    assert len(take_waiting(practice).not_taken) == 1
    assert json.loads(practice.journal.draft(f"now-{said['id']}") or "{}") == said
    assert practice.journal.draft("check-in") is None


def test_a_letter_from_elsewhere_brings_no_rulebook_with_it(folder: Path, practice: Practice) -> None:
    path = next((folder / "rulebooks").glob("*.yaml"))
    theirs = {"moment": a_moment(folder)["moment"], "text": path.read_text("utf-8").replace("title: ", "title: x")}
    assert brought(practice, sealed(folder, theirs)).came_in == 0
    let_wait(folder, letters_of(sealed(folder, theirs)))
    assert take_waiting(practice).came_in == 0
    assert moments(practice) == []


def test_a_letter_about_a_moment_that_no_letter_brought_changes_nothing(folder: Path, practice: Practice) -> None:
    own = practice.keep(answers={"who_was_hit": "someone_here"}, did_else="I left", remark="as it was")
    found = brought(practice, sealed(folder, a_moment(folder, id=own.uid, remark="theirs", line="theirs")))
    assert "not kept on a phone" in found.not_taken[0].trouble.message
    assert practice.journal.get(KeptMoment, own.uid) == own
    assert list(practice.every(Line)) == []


def later(said: dict[str, Any], at: str, **more: str) -> dict[str, Any]:
    return {**said, "moment": {**said["moment"], "written_at": at, **more}}


def test_a_later_letter_is_written_over_the_earlier_one(folder: Path, practice: Practice) -> None:
    said = later(a_moment(folder), "2026-01-02T10", remark="first", line="One.")
    assert brought(practice, sealed(folder, said)).came_in == 1
    assert brought(practice, sealed(folder, later(said, "2026-01-02T11", remark="second", line="Two."))).came_in == 1
    (kept,) = moments(practice)
    assert kept.remark == "second"
    assert [each.words for each in practice.every(Line)] == ["Two."]


def test_a_later_letter_stands_beside_what_was_changed_at_home(folder: Path, practice: Practice) -> None:
    said = later(a_moment(folder, did={"toward": "mark_it"}), "2026-01-02T10", remark="first", line="One.")
    brought(practice, sealed(folder, said))
    (kept,), (line,) = moments(practice), practice.every(Line)
    practice.journal.change(kept, remark="first, and what I see now", did={"toward": "ask"})
    practice.journal.change(line, words="One, better.")
    assert brought(practice, sealed(folder, later(said, "2026-01-02T11", remark="second", line="Two."))).came_in == 1
    (kept,) = moments(practice)
    assert kept.remark == "first, and what I see now\n\nsecond"
    assert kept.did == {"toward": "ask"}
    assert sorted(each.words for each in practice.every(Line)) == ["One, better.", "Two."]


def test_an_earlier_letter_that_comes_later_takes_nothing_away(folder: Path, practice: Practice) -> None:
    said = later(a_moment(folder, did={"toward": "mark_it"}), "2026-01-02T10", remark="first")
    newer = later(said, "2026-01-02T11", remark="first, and more")
    newer["moment"]["did"] = {"toward": "ask"}
    assert brought(practice, sealed(folder, newer)).came_in == 1
    assert brought(practice, sealed(folder, said)).came_in == 1
    (kept,) = moments(practice)
    assert (kept.remark, kept.did) == ("first, and more", {"toward": "ask"})


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_letter_cut_short_comes_in_once_more(
    folder: Path, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sealed(folder, a_moment(folder, remark="as it was"))
    with monkeypatch.context() as cut:
        cut.setattr("poise.practice.letters.from_phone.settle", killed)
        with pytest.raises(KeyboardInterrupt):
            brought(practice, file)
    assert brought(practice, file).came_in == 1
    assert [each.remark for each in moments(practice)] == ["as it was"]


def test_a_damaged_copy_that_waits_stands_in_no_letters_place(folder: Path) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    good = letter(folder, "n", a_moment(folder))
    said = json.loads(good)
    said["sealed"] = said["sealed"][:-8] + ("A" * 8 if said["sealed"][-8:] != "A" * 8 else "B" * 8)
    assert let_wait(folder, [json.dumps(said).encode()]).waiting == 1
    assert let_wait(folder, [good]).waiting == 1
    with Practice.open(folder, PASSPHRASE) as practice:
        found = take_waiting(practice)
        assert (found.came_in, len(found.not_taken)) == (1, 1)


def test_what_had_no_room_waits_on(folder: Path, practice: Practice) -> None:
    waiting.put(folder, "now-a", {"x": 1})

    def full(*_: object) -> None:
        raise NoRoom("the disk is full", "make some room")

    (trouble,) = waiting.collect(practice.journal, full)
    assert isinstance(trouble, NoRoom)
    assert waiting.how_many(folder) == 1
    assert waiting.collect(practice.journal, lambda *_: None) == []


def test_what_is_put_aside_stands_beside_what_was(folder: Path, practice: Practice) -> None:
    place = folder / waiting.FOLDER
    place.mkdir(exist_ok=True)
    for words in (b"first", b"second"):
        (place / "x.letter").write_bytes(words)
        assert len(waiting.collect(practice.journal, lambda *_: None)) == 1
    assert {path.read_bytes() for path in (place / waiting.ASIDE).iterdir()} == {b"first", b"second"}


def test_a_letter_that_cannot_be_read_keeps_nobody_out(folder: Path) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    (folder / waiting.FOLDER / "odd.letter").mkdir(parents=True)
    door = Door(folder)
    door.unlock(PASSPHRASE)
    assert door.open
    assert len(door.troubles) == 1
    door.lock()


def test_the_app_itself_still_writes_over_its_own_moment(folder: Path, practice: Practice) -> None:
    text = practice.books.text(practice.books.in_use)
    said = a_moment(folder)["moment"]
    for remark in ("first", "second"):
        take(practice, f"now-{said['id']}", {"moment": said | {"remark": remark}, "text": text})
    assert [each.remark for each in moments(practice)] == ["second"]
