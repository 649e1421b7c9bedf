"""What was kept on the phone comes home: once, whole or not at all, at the time it happened."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal import waiting
from poise.journal.entries import KeptMoment, Line
from poise.journal.sealing.letters import Address, LetterKey
from poise.journal.trouble import Damaged, NewerFile, Refused
from poise.practice import Practice
from poise.practice.book_history import hash_of
from poise.practice.coming_home import CameHome, let_wait, letters_of, take_home, take_waiting
from poise.web.door import Door

from ..made import PASSPHRASE

AT = datetime.fromisoformat("2026-01-02T23:30:00+08:00")
LINE = "I'd rather not laugh at that."


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE) as practice:
        yield practice


def address(folder: Path) -> Address:
    found = waiting.address_of(folder)
    assert found
    return found


def a_moment(folder: Path, **more: Any) -> dict[str, Any]:
    """What the phone writes down, weighed by the practice's book as it stands."""
    text = next((folder / "rulebooks").glob("*.yaml")).read_text(encoding="utf-8")
    moment = {
        "id": secrets.token_hex(16),
        "book": "among_friends",
        "whose": "theirs",
        "answers": {"who_was_hit": "someone_here"},
        "did": {},
        "happened_at": AT.isoformat(),
    }
    return {"moment": moment | more, "text_hash": hash_of(text)}


def sealed(folder: Path, *words: Any) -> bytes:
    """A file from the phone, with a letter of each."""
    letters = [json.loads(_seal(folder, each)) for each in words or [a_moment(folder)]]
    return json.dumps({"poise_letters": 1, "letters": letters}).encode()


def _seal(folder: Path, words: Any) -> bytes:
    name = words["moment"]["id"] if isinstance(words, dict) and "moment" in words else "odd"
    return address(folder).seal(f"now-{name}"[:60], words if isinstance(words, bytes) else json.dumps(words).encode())


def brought(practice: Practice, file: bytes) -> CameHome:
    return take_home(practice, letters_of(file))


def moments(practice: Practice) -> list[KeptMoment]:
    return list(practice.journal.moments())


def test_a_moment_comes_home_with_its_time_its_answers_and_its_line(folder: Path, practice: Practice) -> None:
    said = a_moment(folder, line=LINE, gut="leave it", id="0190ABCD-0000-4000-8000-00000000000a".lower())
    found = brought(practice, sealed(folder, said))
    assert (found.came_in, found.before, found.not_taken) == (1, 0, ())
    (kept,) = moments(practice)
    assert kept.happened_at == AT
    assert kept.happened_at.utcoffset() == timedelta(hours=8)
    assert kept.answers == {"who_was_hit": "someone_here"}
    assert (kept.gut, kept.book, kept.uid) == ("leave it", "among_friends", "0190abcd0000400080000000" + "0000000a")
    assert [line.words for line in practice.every(Line)] == [LINE]
    assert practice.book_of(kept).title


def test_twice_is_once(folder: Path, practice: Practice) -> None:
    file = sealed(folder, a_moment(folder), a_moment(folder))
    assert brought(practice, file).came_in == 2
    again = brought(practice, file)
    assert (again.came_in, again.before, len(again.done)) == (0, 2, 2)
    assert len(moments(practice)) == 2


def test_a_replay_changes_nothing_that_was_edited_since_and_brings_back_nothing_erased(
    folder: Path, practice: Practice
) -> None:
    file = sealed(folder, a_moment(folder, did_else="I left"), a_moment(folder))
    brought(practice, file)
    edited = next(each for each in moments(practice) if each.did_else)
    erased = next(each for each in moments(practice) if not each.did_else)
    practice.journal.change(edited, did_else="I left, and came back")
    practice.journal.erase(erased)
    assert brought(practice, file).before == 2
    assert [each.did_else for each in moments(practice)] == ["I left, and came back"]
    let_wait(folder, letters_of(file))
    assert take_waiting(practice).before == 2
    assert len(moments(practice)) == 1


def test_a_letter_alone_is_a_file_and_letters_may_stand_in_it_as_text(folder: Path, practice: Practice) -> None:
    alone, as_text = _seal(folder, a_moment(folder)), _seal(folder, a_moment(folder)).decode()
    assert brought(practice, alone).came_in == 1
    assert brought(practice, json.dumps({"poise_letters": 1, "letters": [as_text]}).encode()).came_in == 1


def test_what_is_not_for_this_journal_is_named_and_the_rest_comes_in(folder: Path, practice: Practice) -> None:
    elsewhere = LetterKey.new().address("another").seal("theirs", b"{}")
    letters = [json.loads(elsewhere), json.loads(_seal(folder, a_moment(folder))), {"poise_letter": 2}, 7, None]
    found = brought(practice, json.dumps({"poise_letters": 1, "letters": letters}).encode())
    assert found.came_in == 1
    assert [(each.name, each.trouble.message.split(",")[0]) for each in found.not_taken] == [
        ("theirs", "this letter was sealed to another journal"),
        ("", "this is not a sealed letter"),
        ("", "this is not a sealed letter"),
        ("", "this is not a sealed letter"),
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"happened_at": "yesterday"}, "does not say what a moment says"),
        ({"happened_at": (datetime.now().astimezone() + timedelta(days=30)).isoformat()}, "lies in the future"),
        ({"answers": {"no_such": "x"}}, "cannot be understood"),
        ({"answers": []}, "does not say what a moment says"),
        ({"did": {"toward": "no_such_response"}}, "cannot be understood"),
        ({"id": "../../../etc/passwd"}, "does not say what a moment says"),
        ({"id": "x" * 40}, "does not say what a moment says"),
        ({"id": ""}, "does not say what a moment says"),
        ({"line": "w" * 1_000_000}, "can be kept"),
        ({"remark": "\x00"}, "cannot be shown"),
        ({"gut": 7}, "does not say what a moment says"),
        ({"whose": "everyone's"}, ""),
    ],
)
def test_a_letter_that_says_something_impossible_leaves_no_trace(
    folder: Path, practice: Practice, more: dict[str, Any], why: str
) -> None:
    found = brought(practice, sealed(folder, a_moment(folder, **more)))
    assert found.came_in == 0
    assert why in found.not_taken[0].trouble.message
    assert moments(practice) == []
    assert list(practice.every(Line)) == []


@pytest.mark.parametrize("words", [b"[" * 100_000, b"7", b"{}", b'{"draft": {}}', b"\xff", b""])
def test_words_that_are_no_moment_are_refused(folder: Path, practice: Practice, words: bytes) -> None:
    found = brought(practice, sealed(folder, words))
    assert [each.name for each in found.not_taken] == ["now-odd"]
    assert practice.journal.draft("now-odd") is None


def test_a_book_named_like_a_path_opens_no_file(folder: Path, practice: Practice) -> None:
    assert brought(practice, sealed(folder, a_moment(folder, book="../../secret"))).came_in == 1
    assert moments(practice)[0].book == "secret"


def test_a_text_that_is_not_here_is_refused_until_it_is_put_back(folder: Path, practice: Practice) -> None:
    path = next((folder / "rulebooks").glob("*.yaml"))
    before, file = path.read_bytes(), sealed(folder)
    path.write_bytes(before + b"\n# changed\n")
    assert "not in this practice" in brought(practice, file).not_taken[0].trouble.message
    path.write_bytes(before)
    assert brought(practice, file).came_in == 1


def test_a_text_that_the_journal_keeps_is_found_after_the_book_was_changed(folder: Path, practice: Practice) -> None:
    path, file = next((folder / "rulebooks").glob("*.yaml")), sealed(folder)
    practice.journal.keep_text(path.read_text(encoding="utf-8"))
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    assert brought(practice, file).came_in == 1


@pytest.mark.parametrize(
    "file",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 300_000, b'{"poise_letters": "1", "letters": []}',
     b'{"poise_letters": 1}', b'{"poise_letters": 1, "letters": {}}', b'{"letters": []}'],
    ids=str,
)  # fmt: skip
def test_what_is_no_file_of_letters_is_refused(file: bytes) -> None:
    with pytest.raises(Damaged, match="nothing was taken"):
        letters_of(file)


def test_a_file_that_is_too_long_holds_too_many_or_is_newer_is_refused() -> None:
    with pytest.raises(Refused, match="50 MB"):
        letters_of(b" " * 100_000_000)
    with pytest.raises(Refused, match="10,000"):
        letters_of(b'{"poise_letters": 1, "letters": [' + b"0," * 10_000 + b"0]}")
    with pytest.raises(NewerFile):
        letters_of(b'{"poise_letters": 2, "letters": []}')


def test_a_letter_of_many_megabytes_is_refused(folder: Path, practice: Practice) -> None:
    letter = json.loads(_seal(folder, a_moment(folder))) | {"sealed": "A" * 20_000_000}
    found = brought(practice, json.dumps({"poise_letters": 1, "letters": [letter]}).encode())
    assert found.came_in == 0
    assert "not a whole one" in found.not_taken[0].trouble.message


def test_letters_wait_beside_a_locked_journal_and_come_in_when_it_is_unlocked(folder: Path) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    elsewhere = json.loads(LetterKey.new().address("another").seal("theirs", b"{}"))
    file = json.loads(sealed(folder, a_moment(folder), a_moment(folder)))
    file["letters"].append(elsewhere)
    found = let_wait(folder, letters_of(json.dumps(file).encode()))
    assert (found.waiting, found.before, [each.name for each in found.not_taken]) == (2, 0, ["theirs"])
    assert let_wait(folder, letters_of(json.dumps(file).encode())).before == 2
    assert waiting.how_many(folder) == 2
    door = Door(folder)
    door.unlock(PASSPHRASE)
    try:
        assert door.troubles == []
        with door.inside() as practice:
            assert [each.happened_at for each in moments(practice)] == [AT, AT]
            assert brought(practice, json.dumps(file).encode()).before == 2
    finally:
        door.lock()
    assert waiting.how_many(folder) == 0


@pytest.mark.parametrize("name", ["../../../x", "/etc/passwd", "", "a\x00b", "con", "x" * 500])
def test_a_letter_named_like_a_path_stays_in_its_folder(folder: Path, name: str) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    before = set(folder.parent.rglob("*"))
    letter = address(folder).seal(name, json.dumps(a_moment(folder)).encode())
    assert let_wait(folder, letters_of(letter)).waiting == 1
    new = set(folder.parent.rglob("*")) - before
    assert {path.relative_to(folder).parts[0] for path in new} == {waiting.FOLDER}
    with Practice.open(folder, PASSPHRASE) as practice:
        assert take_waiting(practice).came_in == 1


def test_more_letters_than_can_wait_are_refused_all_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Practice.open(folder, PASSPHRASE).lock()
    monkeypatch.setattr(waiting, "MOST", 3)
    with pytest.raises(Refused, match="3 letters"):
        let_wait(folder, letters_of(sealed(folder, *(a_moment(folder) for _ in range(4)))))
    assert waiting.how_many(folder) == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=6,
)


@given(JSON, JSON)
def test_any_file_is_letters_or_refused_in_words(whole: Any, letters: Any) -> None:
    for said in (whole, {"poise_letters": whole, "letters": letters}, {"poise_letters": 1, "letters": letters}):
        with suppress(Damaged, NewerFile, Refused):
            assert all(isinstance(each, bytes) for each in letters_of(json.dumps(said).encode()))


@pytest.fixture(scope="module")
def standing(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """A practice that stays open while many letters are tried on it."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("standing") / "practice"))
    with Practice.open(folder, PASSPHRASE) as practice:
        yield practice


@given(data=st.data())
def test_any_words_come_in_as_a_moment_or_are_refused_and_leave_no_trace(
    standing: Practice, data: st.DataObject
) -> None:
    folder = standing.journal.vault.folder
    moment = a_moment(folder)
    field = data.draw(st.sampled_from([*moment["moment"], "gut", "line", "person", "remark", "forecast", "believed"]))
    moment["moment"][field] = data.draw(JSON)
    if data.draw(st.booleans()):
        moment["text"] = data.draw(JSON)
    before = len(list(standing.every_moment())), len(standing.people()), len(list(standing.every(Line)))
    found = brought(standing, sealed(folder, moment))
    assert found.came_in + len(found.not_taken) == 1
    if found.not_taken:
        after = len(list(standing.every_moment())), len(standing.people()), len(list(standing.every(Line)))
        assert after == before


@pytest.mark.long
def test_a_thousand_letters_come_home(folder: Path, practice: Practice) -> None:
    file = sealed(folder, *(a_moment(folder) for _ in range(1000)))
    assert brought(practice, file).came_in == 1000
    assert brought(practice, file).before == 1000
