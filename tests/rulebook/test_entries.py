"""A guideline comes in or goes out, a field goes out, and nothing else changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise import Mistakes
from poise.rulebook.editing import join, put_guideline, take_out
from poise.rulebook.reading import read
from poise.shelf import STARTERS, flattened

from .test_editing import BOOK, changed_lines

NEW: dict[str, str | dict[str, str]] = {
    "say": "Wait: a breath",
    "when": "harm == slip",
    "lean": {"ask": "+nudge", "let_be": "-1.25"},
    "because": 'a "b"',
}
TEXTS = {name: flattened(name) for name in STARTERS}


@pytest.mark.parametrize(
    ("path", "gone", "come"),
    [
        ("guidelines.kind.weight", ["    weight: 1\n"], []),
        ("guidelines.last", ["  last:\n", "    say: x\n", "    lean: {ask: nudge}\n"], []),
        ("guidelines.short.lean.ask", None, None),
        ("guidelines.nobody", None, None),
        ("guidelines.kind.lean.ask", ["{ask: nudge, let_be: -nudge}"], ["{let_be: -nudge}"]),
        ("guidelines.kind.lean.let_be", ["{ask: nudge, let_be: -nudge}"], ["{ask: nudge}"]),
    ],
)
def test_what_is_taken_out_goes_and_nothing_else(path: str, gone: list[str] | None, come: list[str] | None) -> None:
    steps = tuple(path.split("."))
    if gone is None:
        try:
            changed = take_out("book", BOOK, steps)
        except Mistakes:
            return
        assert read("book", changed).guidelines["short"].clauses[0].leans == {}
        return
    old, new = changed_lines(BOOK, take_out("book", BOOK, steps))
    if come:
        assert [old[0].replace(gone[0], come[0])] == new
    else:
        assert (old, new) == (gone, [])


def test_the_notes_right_above_a_guideline_go_with_it() -> None:
    changed = take_out("book", BOOK, ("guidelines", "kind"))
    assert "kept loosely" not in changed
    assert "# My own" in changed
    assert list(read("book", changed).guidelines) == ["clear", "short", "last"]


def test_the_last_guideline_is_not_taken_out_where_nothing_would_be_left_around_it() -> None:
    text = BOOK[: BOOK.index("guidelines:")] + "guidelines:\n  one: {say: x, lean: {ask: nudge}}\n"
    with pytest.raises(Mistakes):
        take_out("book", text, ("guidelines", "one"))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_new_guideline_stands_after_the_last_one(ending: str) -> None:
    before = BOOK.replace("\n", ending)
    after = put_guideline("book", before, "wait", NEW)
    assert after.startswith(before.rstrip())
    assert ending == "\n" or "\n" not in after.replace("\r\n", "")
    book = read("book", after)
    assert list(book.guidelines)[-1] == "wait"
    assert book.guidelines["wait"].say == "Wait: a breath"
    assert book.guidelines["wait"].clauses[0].leans == {"ask": 750, "let_be": -1250}


@pytest.mark.parametrize("tail", ["", "guidelines:\n", "guidelines:\n# none yet\n"])
def test_a_book_without_guidelines_takes_its_first_one(tail: str) -> None:
    text = BOOK[: BOOK.index("guidelines:")] + tail
    assert list(read("book", put_guideline("book", text, "wait", NEW)).guidelines) == ["wait"]


def test_a_name_that_is_taken_and_a_condition_that_cannot_be_read_change_nothing() -> None:
    for id_, fields in (("kind", NEW), ("wait", NEW | {"when": "harm == enormous"})):
        with pytest.raises(Mistakes):
            put_guideline("book", BOOK, id_, fields)


@pytest.mark.long
@settings(max_examples=40)
@given(data=st.data())
def test_any_guideline_of_the_starters_goes_and_another_comes_and_the_rest_stands(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(STARTERS))
    before = read(name, TEXTS[name])
    gone = data.draw(st.sampled_from(list(before.guidelines)))
    say = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=40))
    text = take_out(name, TEXTS[name], ("guidelines", gone))
    if not say.strip():
        return
    text = put_guideline(name, text, "a_new_one", {"say": say, "lean": {"ask": "+pull"}})
    after = read(name, text)
    assert after.guidelines.pop("a_new_one").say == say.strip()
    assert after.guidelines == {id_: each for id_, each in before.guidelines.items() if id_ != gone}
    assert (after.bounds, after.cases, after.promises) == (before.bounds, before.cases, before.promises)


def test_two_changes_of_different_lines_join_and_two_of_the_same_line_do_not() -> None:
    one, other = BOOK.replace("title: Mine", "title: Ours"), BOOK.replace("say: x", "say: y") + "# the end\n"
    both = join(BOOK, one, other)
    assert both == one.replace("say: x", "say: y") + "# the end\n"
    assert join(BOOK, other, one) == both
    assert join(BOOK, one, BOOK.replace("title: Mine", "title: Theirs")) is None
    assert join(BOOK, one, one) == one
    assert join(BOOK, BOOK, other) == other


@given(st.lists(st.sampled_from("abc")), st.data())
def test_what_is_joined_has_each_change_and_each_may_come_first(letters: list[str], data: st.DataObject) -> None:
    """Lines as one letter each; a change replaces some lines by others."""
    base = "".join(f"{letter}\n" for letter in letters)

    def changed(low: int, high: int, letter: str) -> str:
        lines = base.splitlines(keepends=True)
        lines[low:high] = [f"{letter}\n"] * data.draw(st.integers(0, 2))
        return "".join(lines)

    middle = len(letters) // 2
    one = changed(0, data.draw(st.integers(0, middle)), "x")
    other = changed(data.draw(st.integers(middle, len(letters))), len(letters), "y")
    found = join(base, one, other)
    assert found == join(base, other, one)
    if found is not None:
        assert found.count("x") == one.count("x")
        assert found.count("y") == other.count("y")
        assert join(base, found, one) in (found, None)
