"""Words that could point to someone are found however they stand in a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poise.practice.supervising.pointing import KINDS, instead, known_words, pointers
from poise.shelf import STARTERS, read

KNOWN = known_words(read("in_the_room"))


def found(text: str, nicknames: tuple[str, ...] = (), remarks: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(each.words, each.kind) for each in pointers(text, nicknames, remarks, KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sam was there, and SAM’s coat", [("sam", "nickname"), ("SAM", "nickname")]),
        ("Ｓａｍ was there", [("Ｓａｍ", "nickname")]),
        ("the same sample", []),
        ("We met Old  friend twice", [("Old  friend", "nickname")]),
        ("我和小明说了", [("小明", "nickname")]),
        ("We met in Guelph.", [("Guelph", "capital")]),
        ("Guelph is small.", [("Guelph", "capital")]),
        ("He said “Marisol knows.” Then he left.", [("Marisol", "capital")]),
        ("Will he come back? May I ask?", [("Will", "capital"), ("May", "capital")]),
        ("I asked, and I’m glad. It was said, once: they knew.", []),
        ("on 4/3/2026, at 21:15, for 34 of them", [("4/3/2026", "number"), ("21:15", "number"), ("34", "number")]),
        ("Tuesday it was", [("Tuesday", "number")]),
        ("call 416-555-0100", [("416-555-0100", "number")]),
        ("at mara@example.org or https://example.org/mara?x=1 or @mara",
         [("mara@example.org", "address"), ("https://example.org/mara?x=1", "address"), ("@mara", "address")]),
        ("the CAS and a McKinnon", [("CAS", "capital"), ("McKinnon", "capital")]),
    ],
)  # fmt: skip
def test_what_could_point_to_someone_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, ("Sam", "old friend", "小明")) == expected


def test_words_in_a_row_that_were_said_are_found() -> None:
    remark = "You people never learn how to queue, do you?"
    assert found("It was that you people never learn how to wait.", remarks=(remark,)) == [
        ("you people never learn how to", "said")
    ]
    assert found("some people never learn", remarks=(remark,)) == []


def test_a_nickname_within_what_was_said_is_found_as_well() -> None:
    remark = "go home sam we are closed"
    assert found("he said go home sam we are closed", ("Sam",), (remark,)) == [
        ("go home sam we are closed", "said"),
        ("sam", "nickname"),
    ]


@pytest.mark.parametrize("book", STARTERS)
def test_a_starter_books_own_sentences_name_nobody_but_words_that_are_names_too(book: str) -> None:
    starter = read(book)
    known = known_words(starter)
    for guideline in starter.guidelines.values():
        said = {each.words for each in pointers(f"“{guideline.say}” {guideline.because}", (), (), known)}
        assert said <= {"OK", "Grace", "Mark", "Will", "White", "Black"}, guideline.say


WORDS = st.lists(st.sampled_from(["we", "talked", "and", "then", "it", "was", "still", "sore", "between", "us"]))


@given(WORDS, WORDS, st.sampled_from(["Sam", "SAM", "sam", "Ｓａｍ"]), st.sampled_from(["", "’s", ",", ".", "!", "”"]))
def test_a_nickname_never_stays_wherever_it_stands(before: list[str], after: list[str], name: str, end: str) -> None:
    text = " ".join([*before, name + end, *after])
    pointed = pointers(text, ("Sam",), (), KNOWN)
    assert [each.words for each in pointed if each.kind == "nickname"] == [name]
    changed = instead(text, pointed, name, "this person")
    assert "sam" not in changed.casefold()
    assert pointers(changed, ("Sam",), (), KNOWN) == []


@given(st.text(max_size=200), st.text(max_size=10), st.text(max_size=60))
def test_whatever_is_written_what_is_found_stands_there(text: str, nickname: str, remark: str) -> None:
    for each in pointers(text, (nickname,), (remark,), KNOWN):
        assert text[each.start : each.end] == each.words != ""
        assert each.kind in KINDS


def test_other_words_begin_a_sentence_with_a_capital() -> None:
    text = "Sam left. I asked Sam. “Sam knows.”"
    assert instead(text, pointers(text, ("Sam",), (), KNOWN), "Sam", "this person") == (
        "This person left. I asked this person. “This person knows.”"
    )
