"""Letters sealed by the page open in the journal, and nowhere else."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from poise.journal.sealing.letters import Address, LetterKey, check_for, mark_of
from poise.journal.trouble import Damaged, NewerFile, WrongKey

from .node import STATIC, run

KEY = LetterKey.new()
HERE = KEY.address("a1b2c3d4")
SEAL = """
const { seal } = await static_("seal.js");
const answer = (letters) => Promise.all(letters.map(({ address, name, words }) =>
  seal(address, name, new TextEncoder().encode(words))));
"""
WORDS = ["", "a word", "左邻 🐚 \u202eشكرا", "x" * 300_000]


def sealed(*words: str, address: Address = HERE, name: str = "n-1") -> list[bytes]:
    """Letters sealed by the page's module in Node."""
    asked = [{"address": address.to_plain(), "name": name, "words": each} for each in words]
    return [letter.encode() for letter in run(SEAL, asked)]


@pytest.fixture(scope="module")
def letters() -> list[bytes]:
    return sealed(*WORDS)


def test_what_node_seals_the_journal_opens(letters: list[bytes]) -> None:
    assert [KEY.open("a1b2c3d4", letter) for letter in letters] == [("n-1", each.encode()) for each in WORDS]


def test_both_write_the_same_parts_in_the_same_order_and_of_the_same_length(letters: list[bytes]) -> None:
    for letter, words in zip(letters, WORDS, strict=True):
        theirs, ours = letter.decode(), HERE.seal("n-1", words.encode()).decode()
        assert [*json.loads(theirs)] == [*json.loads(ours)]
        assert [line[:22] for line in theirs.splitlines()[:5]] == [line[:22] for line in ours.splitlines()[:5]]
        assert {name: _long(value) for name, value in json.loads(theirs).items()} == {
            name: _long(value) for name, value in json.loads(ours).items()
        }
        assert theirs.endswith("}\n")


def _long(value: Any) -> Any:
    return len(value) if isinstance(value, str) else value


def test_no_two_letters_share_an_ephemeral_key_or_a_nonce() -> None:
    found = [json.loads(letter) for letter in sealed(*["the same words"] * 40)]
    assert len({each["ephemeral"] for each in found}) == len({each["nonce"] for each in found}) == 40
    assert len({mark_of(json.dumps(each).encode()) for each in found}) == 40


@settings(max_examples=120)
@given(st.data())
def test_a_letter_with_one_changed_byte_is_refused(letters: list[bytes], data: st.DataObject) -> None:
    said = json.loads(letters[1])
    part = data.draw(st.sampled_from(["ephemeral", "nonce", "sealed"]))
    raw = bytearray(base64.urlsafe_b64decode(said[part] + "=="))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    said[part] = base64.urlsafe_b64encode(raw).decode()
    with pytest.raises(Damaged, match="does not match its seal"):
        KEY.open("a1b2c3d4", json.dumps(said).encode())


def test_a_letter_under_another_name_is_refused(letters: list[bytes]) -> None:
    said = json.loads(letters[1]) | {"name": "n-2"}
    with pytest.raises(Damaged, match="does not match its seal"):
        KEY.open("a1b2c3d4", json.dumps(said).encode())


def test_a_letter_to_another_key_or_another_journal_is_refused(letters: list[bytes]) -> None:
    other = LetterKey.new()
    with pytest.raises(WrongKey, match="another journal"):
        other.open("a1b2c3d4", letters[1])
    with pytest.raises(WrongKey, match="another journal"):
        KEY.open("e5f6", letters[1])
    with pytest.raises(WrongKey, match="another journal"):
        check_for(other.address("a1b2c3d4"), letters[1])
    (forged,) = sealed("words", address=Address("e5f6", HERE.point))
    said = json.loads(forged) | {"journal": "a1b2c3d4"}  # its journal is part of what its key was made of
    with pytest.raises(Damaged, match="does not match its seal"):
        KEY.open("a1b2c3d4", json.dumps(said).encode())


def test_a_letter_of_a_newer_version_is_refused(letters: list[bytes]) -> None:
    said = json.loads(letters[1]) | {"poise_letter": 2}
    with pytest.raises(NewerFile, match="newer Poise"):
        KEY.open("a1b2c3d4", json.dumps(said).encode())


def test_an_address_that_is_no_key_seals_nothing() -> None:
    script = """
const { seal } = await static_("seal.js");
const answer = (points) => Promise.all(points.map((point) =>
  seal({ journal: "x", point }, "n", new Uint8Array(3)).then(() => "sealed", () => "refused")));
"""
    points = ["AAAA", base64.urlsafe_b64encode(b"\x04" + bytes(64)).decode(), "", "%%%"]
    assert run(script, points) == ["refused"] * 4


@pytest.fixture
def page(chromium: Any) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_what_a_browser_seals_the_journal_opens(page: Page) -> None:
    page.route("http://127.0.0.1/**", lambda route: route.fulfill(**_answers(route.request.url)))
    page.goto("http://127.0.0.1/page.html")
    for words in WORDS:
        letter = page.evaluate(
            """async ([address, words]) => (await import("/seal.js")).seal(
                 address, "n-1", new TextEncoder().encode(words))""",
            [HERE.to_plain(), words],
        )
        assert KEY.open("a1b2c3d4", letter.encode()) == ("n-1", words.encode())


def _answers(url: str) -> dict[str, str]:
    if url.endswith("seal.js"):
        return {"content_type": "text/javascript", "body": (STATIC / "seal.js").read_text()}
    return {"content_type": "text/html", "body": "<!doctype html><title>.</title>"}
