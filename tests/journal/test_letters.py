"""Letters: whoever writes one cannot open it, the journal can, and nobody can slip in another or a changed one."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.journal import waiting
from poise.journal.journal import Journal
from poise.journal.sealing.letters import Address, LetterKey
from poise.journal.trouble import Damaged, NewerFile, Refused, WrongKey

KEY = LetterKey.new()
HERE = KEY.address("a journal")
MARKER = "quince-and-cardamom"


@given(st.binary(max_size=500), st.from_regex(r"[0-9a-z-]{1,40}", fullmatch=True))
def test_what_was_sealed_comes_out_as_it_went_in(words: bytes, name: str) -> None:
    letter = HERE.seal(name, words)
    assert KEY.open("a journal", letter) == (name, words)


def test_two_letters_with_the_same_words_have_nothing_in_common() -> None:
    first, second = (json.loads(HERE.seal("n", b"the same")) for _ in range(2))
    for part in ("ephemeral", "nonce", "sealed"):
        assert first[part] != second[part]


def test_the_words_are_nowhere_in_the_letter() -> None:
    letter = HERE.seal("n", MARKER.encode())
    assert MARKER.encode() not in letter
    assert MARKER.encode() not in base64.urlsafe_b64decode(json.loads(letter)["sealed"] + "==")


def test_a_key_is_the_same_after_it_was_written_down() -> None:
    again = LetterKey.from_text(KEY.text)
    assert again.address("a journal") == HERE
    assert Address.from_plain(json.loads(json.dumps(HERE.to_plain()))) == HERE
    assert KEY.text not in repr(KEY)


@pytest.mark.parametrize("part", ["ephemeral", "nonce", "sealed", "name"])
def test_a_letter_that_was_changed_does_not_open(part: str) -> None:
    said = json.loads(HERE.seal("n", b"words"))
    said[part] = ("B" if said[part][0] != "B" else "C") + said[part][1:]
    with pytest.raises(Damaged):
        KEY.open("a journal", json.dumps(said).encode())


def test_somebody_elses_letter_is_told_from_a_damaged_one() -> None:
    for address in (LetterKey.new().address("a journal"), KEY.address("another")):
        with pytest.raises(WrongKey, match="another journal"):
            KEY.open("a journal", address.seal("n", b"words"))


@pytest.mark.parametrize("letter", [b"", b"{", b"[]", b"null", b'{"poise_letter": 1}', b"\xff\xfe", b"{}" * 10])
def test_what_is_no_letter_is_refused(letter: bytes) -> None:
    with pytest.raises(Damaged):
        KEY.open("a journal", letter)


def test_a_letter_from_a_newer_poise_is_refused_politely() -> None:
    said = json.loads(HERE.seal("n", b"words")) | {"poise_letter": 2}
    with pytest.raises(NewerFile, match="newer Poise"):
        KEY.open("a journal", json.dumps(said).encode())


def test_letters_wait_until_the_journal_takes_them_in(folder: Path, journal: Journal) -> None:
    assert waiting.prepare(journal)
    taken: list[tuple[str, object]] = []
    for number in range(3):
        waiting.put(folder, f"n-{number}", {"number": number, "words": MARKER})
    waiting.put(folder, "n-1", {"number": 10})
    assert waiting.how_many(folder) == 3
    assert all(MARKER.encode() not in path.read_bytes() for path in (folder / waiting.FOLDER).iterdir())
    assert waiting.collect(journal, lambda name, said, _: taken.append((name, said["number"]))) == []
    assert sorted(taken) == [("n-0", 0), ("n-1", 10), ("n-2", 2)]
    assert waiting.how_many(folder) == 0


def test_a_letter_that_cannot_be_taken_is_put_aside_and_the_others_come_in(folder: Path, journal: Journal) -> None:
    waiting.prepare(journal)
    waiting.put(folder, "good", {"x": 1})
    (folder / waiting.FOLDER / "bad.letter").write_bytes(b"not a letter")
    taken: list[str] = []
    (trouble,) = waiting.collect(journal, lambda name, *_: taken.append(name))
    assert taken == ["good"]
    assert "not a sealed letter" in trouble.message
    assert (folder / waiting.FOLDER / waiting.ASIDE / "bad.letter").read_bytes() == b"not a letter"


@pytest.mark.parametrize("words", [b"no json", b"[" * 100_000, b"\xff"], ids=["text", "deep", "bytes"])
def test_words_that_are_no_json_are_put_aside_and_the_journal_opens(
    folder: Path, journal: Journal, words: bytes
) -> None:
    waiting.prepare(journal)
    address = waiting.address_of(folder)
    assert address is not None
    (folder / waiting.FOLDER).mkdir()
    (folder / waiting.FOLDER / "odd.letter").write_bytes(address.seal("odd", words))
    (trouble,) = waiting.collect(journal, lambda *_: pytest.fail("taken"))
    assert "does not say what a letter says" in trouble.message
    assert (folder / waiting.FOLDER / waiting.ASIDE / "odd.letter").is_file()


def test_a_letter_that_nests_deeper_than_can_be_read_is_refused() -> None:
    with pytest.raises(Damaged):
        KEY.open("a journal", b'{"poise_letter":' + b"[" * 200_000)


def test_an_address_that_somebody_changed_is_noticed_and_put_right(folder: Path, journal: Journal) -> None:
    assert waiting.prepare(journal)
    theirs = LetterKey.new().address(journal.vault.keys.journal)
    (folder / waiting.ADDRESS).write_text(json.dumps(theirs.to_plain()))
    assert not waiting.prepare(journal)
    assert waiting.prepare(journal)
    assert waiting.address_of(folder) != theirs


@pytest.mark.parametrize("words", ["", "{", "[]", '{"poise_address": 1, "journal": "x", "point": "AAAA"}'])
def test_a_damaged_address_is_said_and_made_anew(folder: Path, journal: Journal, words: str) -> None:
    waiting.prepare(journal)
    (folder / waiting.ADDRESS).write_text(words)
    with pytest.raises(Damaged):
        waiting.put(folder, "n", {})
    assert not waiting.prepare(journal)
    waiting.put(folder, "n", {})


def test_where_no_journal_was_opened_nothing_can_wait(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="never opened here"):
        waiting.put(tmp_path, "n", {})


@pytest.mark.parametrize("name", ["", "../x", "A", "x" * 65, "a b", "x.letter"])
def test_a_letters_name_stays_in_its_folder(folder: Path, journal: Journal, name: str) -> None:
    waiting.prepare(journal)
    with pytest.raises(Refused):
        waiting.put(folder, name, {})


def test_a_page_that_was_left_alone_cannot_fill_the_disk(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting.prepare(journal)
    monkeypatch.setattr(waiting, "MOST", 2)
    waiting.put(folder, "a", {})
    waiting.put(folder, "b", {})
    waiting.put(folder, "b", {"again": 1})
    with pytest.raises(Refused, match="2 letters wait already"):
        waiting.put(folder, "c", {})
    with pytest.raises(Refused, match="too long"):
        waiting.put(folder, "b", {"words": "x" * 3_000_000})
