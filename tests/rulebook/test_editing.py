"""An edit changes one value and not one other character; a copy of one's own says what the book said."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.invented import CHANCES, book_of

import poise
from poise import Mistakes
from poise.rulebook.editing import edit, flatten
from poise.rulebook.editing.spelling import shape_of
from poise.rulebook.reading import Find, read
from poise.rulebook.reading.composing import compose
from poise.rulebook.text import Node, Table, Word
from poise.shelf import STARTERS, flattened

BOOK = """\
# My own
poise: 1
title: Mine   # for me
considerations:
  harm: {ask: 'How bad?', answers: slip < stings}

responses:
  toward:
    ask: {say: Ask}
    let_be: {say: "Let it be"}
guidelines:
  # kept loosely
  kind:
    say: "Be kind"          # always
    weight: 1
    lean: {ask: nudge, let_be: -nudge}  # a little

  clear:
    say: >-  # folded
      Be clear,
      and be brief

    leans:
      - when: "harm == slip"
        lean: {ask: pull}
      - lean:
          let_be: 1
  short: {say: Be short, lean: {ask: nudge}}
  last:
    say: x
    lean: {ask: nudge}
"""
Path = tuple[str, ...]


def places(node: Node, path: Path = ()) -> list[tuple[Path, Word]]:
    """Every value that is one word, and the path to it."""
    if isinstance(node, Word):
        return [(path, node)]
    if isinstance(node, Table):
        return [found for key, value in node for found in places(value, (*path, key.text))]
    return [found for i, item in enumerate(node.items) for found in places(item, (*path, str(i)))]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("title", "Ours", "title: Mine   # for me\n", "title: Ours   # for me\n"),
        ("title", "Ours: mine", "title: Mine   # for me\n", 'title: "Ours: mine"   # for me\n'),
        ("title", "Ours #1", "title: Mine   # for me\n", 'title: "Ours #1"   # for me\n'),
        ("title", "no", "title: Mine   # for me\n", "title: no   # for me\n"),
        ("guidelines.kind.weight", "0.8", "    weight: 1\n", "    weight: 0.8\n"),
        ("guidelines.kind.say", "Be clear", '    say: "Be kind"          # always\n',
         '    say: "Be clear"          # always\n'),
        ("guidelines.kind.say", 'Say "no"\\', '    say: "Be kind"          # always\n',
         '    say: "Say \\"no\\"\\\\"          # always\n'),
        ("considerations.harm.ask", "It's?", "  harm: {ask: 'How bad?', answers: slip < stings}\n",
         "  harm: {ask: 'It''s?', answers: slip < stings}\n"),
        ("guidelines.kind.lean.let_be", "-strong", "    lean: {ask: nudge, let_be: -nudge}  # a little\n",
         "    lean: {ask: nudge, let_be: -strong}  # a little\n"),
        ("guidelines.short.say", "Be short, now", "  short: {say: Be short, lean: {ask: nudge}}\n",
         '  short: {say: "Be short, now", lean: {ask: nudge}}\n'),
        ("guidelines.clear.leans.1.lean.let_be", ".5", "          let_be: 1\n", "          let_be: .5\n"),
        ("guidelines.clear.leans.0.when", "harm == stings", '      - when: "harm == slip"\n',
         '      - when: "harm == stings"\n'),
    ],
)  # fmt: skip
def test_one_value_is_changed_in_its_line(path: str, value: str, old: str, new: str) -> None:
    after = edit("mine", BOOK, tuple(path.split(".")), value)
    assert changed_lines(BOOK, after) == ([old], [new])


def test_folded_text_becomes_one_line_and_its_comment_stays() -> None:
    old, new = changed_lines(BOOK, edit("mine", BOOK, ("guidelines", "clear", "say"), "Be brief"))
    assert old == ["    say: >-  # folded\n", "      Be clear,\n", "      and be brief\n"]
    assert new == ["    say: Be brief  # folded\n"]


@pytest.mark.parametrize(
    ("path", "value", "line", "after"),
    [
        ("guidelines.kind.grip", "loose", "    grip: loose\n", "    lean: {ask: nudge, let_be: -nudge}  # a little\n"),
        ("guidelines.clear.weight", "0.8", "    weight: 0.8\n", "          let_be: 1\n"),
        ("guidelines.clear.leans.1.unless", "harm == slip", "        unless: harm == slip\n", "          let_be: 1\n"),
        ("guidelines.last.because", "It: works", '    because: "It: works"\n', "    lean: {ask: nudge}\n"),
        ("signed", "me", "signed: me\n", "    lean: {ask: nudge}\n"),
    ],
)
def test_a_missing_field_is_written_as_one_new_line(path: str, value: str, line: str, after: str) -> None:
    old, new = changed_lines(BOOK, edit("mine", BOOK, tuple(path.split(".")), value))
    assert (old, new) == ([], [line])
    assert after + line in edit("mine", BOOK, tuple(path.split(".")), value)


@pytest.mark.parametrize(
    ("path", "value", "new"),
    [
        ("guidelines.short.weight", "0.8", "  short: {say: Be short, lean: {ask: nudge}, weight: 0.8}\n"),
        ("guidelines.short.lean.let_be", "1", "  short: {say: Be short, lean: {ask: nudge, let_be: 1}}\n"),
    ],
)
def test_a_missing_field_of_a_table_in_brackets_is_written_in_its_line(path: str, value: str, new: str) -> None:
    old = "  short: {say: Be short, lean: {ask: nudge}}\n"
    assert changed_lines(BOOK, edit("mine", BOOK, tuple(path.split(".")), value)) == ([old], [new])


def test_an_empty_table_in_brackets_can_be_filled() -> None:
    text = BOOK + "start: { }\n"
    assert edit("mine", text, ("start", "ask"), "1") == BOOK + "start: {ask: 1 }\n"


@pytest.mark.parametrize("path", ["guidelines.kind.weight", "guidelines.last.weight", "title", "guidelines.clear.say"])
@pytest.mark.parametrize(
    "kind",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n").removesuffix("\r\n"),
        lambda text: text + "\n\n# the end\n",
        lambda text: "---\n" + text + "...\n",
    ],
)
def test_line_endings_marks_and_a_missing_last_line_break_stay(kind: Callable[[str], str], path: str) -> None:
    assert edit("mine", kind(BOOK), tuple(path.split(".")), "0.5") == kind(
        edit("mine", BOOK, tuple(path.split(".")), "0.5")
    )


WORDS = ("a|b", "- x", "# x", "@x", "'", '"', "\\", "a: b", "a,b", "[a]", "{", "*a", "!", "%", "`", "> x", "|", " x ",
         "x\ny", "\tx", "…", "友 好", "\u2028x", "\x85x", "\xa0x", "~", "---", "😀", "a #b", "? a", "x:", "\\d",
         "x\r\n")  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
@pytest.mark.parametrize("path", ["title", "guidelines.kind.say", "guidelines.short.say", "considerations.harm.ask"])
def test_any_words_can_be_written_anywhere(path: str, text: str) -> None:
    where = tuple(path.split("."))
    root = compose("mine", edit("mine", BOOK, where, text)).root
    assert root is not None
    assert dict(places(root))[where].text == text


@pytest.mark.parametrize(
    ("path", "kind", "help"),
    [
        ("guidelines.knid.weight", "no-such-place", "did you mean `kind`?"),
        ("guidlines.kind.weight", "no-such-place", "did you mean `guidelines`?"),
        ("guidelines.kind.wieght", "no-such-place", "did you mean `weight`?"),
        ("responses.toward.ask.lins", "no-such-place", "did you mean `lines`?"),
        ("considerations.harm.answer", "no-such-place", "did you mean `answers`?"),
        ("titel", "no-such-place", "did you mean `title`?"),
        ("guidelines.clear.leans.2.when", "no-such-place", ""),
        ("guidelines.clear.leans.-1.when", "no-such-place", ""),
        ("guidelines.kind.say.more", "no-such-place", ""),
        ("guidelines.kind", "not-a-word", "name the one to change"),
        ("guidelines.kind.lean", "not-a-word", "name the one to change"),
    ],
)
def test_a_place_that_is_not_there_is_a_mistake_with_the_nearest_right_word(path: str, kind: str, help: str) -> None:
    with pytest.raises(Mistakes) as found:
        edit("mine", BOOK, tuple(path.split(".")), "1")
    assert [(mistake.kind, mistake.help) for mistake in found.value.mistakes] == [(kind, help)]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("guidelines.kind.weight", "heavy", "bad-weight"),
        ("guidelines.last.grip", "tight", "not-one-of"),
        ("guidelines.kind.lean.ask", "nugde", "bad-lean"),
        ("guidelines.kind.lean.aks", "nudge", "unknown-name"),
        ("guidelines.clear.leans.0.when", "harm == slop", "unknown-answer"),
        ("poise", "2", "version"),
        ("title", "a\x00b", "control-character"),
        ("title", "\ud800", "control-character"),
    ],
)
def test_an_edit_after_which_the_book_would_not_read_is_not_made(path: str, value: str, kind: str) -> None:
    with pytest.raises(Mistakes) as found:
        edit("mine", BOOK, tuple(path.split(".")), value)
    assert [mistake.kind for mistake in found.value.mistakes] == [kind]
    assert str(found.value).endswith("Nothing was changed.")


def test_a_book_that_does_not_read_can_still_be_edited_towards_reading() -> None:
    broken = BOOK.replace("weight: 1", "weight: heavy")
    assert edit("mine", broken, ("guidelines", "kind", "weight"), "1") == BOOK


def test_a_book_with_an_include_is_checked_with_it() -> None:
    mine = "poise: 1\ntitle: Mine\ninclude: small\nguidelines:\n  kind: {say: s, lean: {ask: nudge}}\n"
    find: Find = {"small": BOOK.encode()}.get
    assert edit("mine", mine, ("guidelines", "kind", "weight"), ".5", find).endswith("nudge}, weight: .5}\n")
    with pytest.raises(Mistakes):
        edit("mine", mine, ("guidelines", "kind", "weight"), "heavy", find)
    with pytest.raises(Mistakes, match="it may stand in what this file includes"):
        edit("mine", mine, ("guidelines", "other", "weight"), ".5", find)


def test_a_text_that_cannot_be_composed_is_not_touched() -> None:
    with pytest.raises(Mistakes):
        edit("mine", BOOK + "x: y: z\n", ("title",), "Ours")


WRITTEN = st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#,'\"\\{}[]-"), max_size=12)


@given(CHANCES, WRITTEN)
def test_whatever_is_written_wherever_exactly_that_value_differs(chance: Random, value: str) -> None:
    text = chance.choice((BOOK, book_of(chance).text, STARTER_TEXTS[0]))
    text = chance.choice((text, text.replace("\n", "\r\n"), "\ufeff" + text, text.rstrip()))
    root = compose("b", text).root
    assert root is not None
    path, word = chance.choice(places(root))
    try:
        after = edit("b", text, path, value)
    except Mistakes:
        return
    start = text.removeprefix("\ufeff")[: word.place.start]
    assert after.removeprefix("\ufeff").startswith(start)
    assert after.endswith(text.removeprefix("\ufeff")[word.place.end :].lstrip())
    found = compose("b", after).root
    assert found is not None
    assert shape_of(found, path) == shape_of(root, path)
    assert dict(places(found))[path].text == value


STARTER_TEXTS = [flattened(name) for name in STARTERS]


@pytest.mark.parametrize("name", STARTERS)
def test_a_flattened_starter_book_reads_without_its_include_as_the_same_book(name: str) -> None:
    book, text = poise.read(name), flattened(name)
    copy = read("copy", text)
    assert replace(copy, name=name) == book
    assert [list(copy.guidelines), list(copy.responses), list(copy.considerations)] == [
        list(book.guidelines), list(book.responses), list(book.considerations),
    ]  # fmt: skip
    assert "\ninclude:" not in text
    assert "\nwithout:" not in text
    assert "  # Between us\n" in text
    assert flatten("copy", text) == text


SHARED = """\
# shared by all
poise: 1
title: Shared
considerations:
    # two of them
    harm:
        ask: How bad?  # really
        answers: slip < stings
    place: {ask: Where,
            answers: home | work}
responses:
    toward: {ask: {say: Ask}, let_be: {say: "Let it be, for now"}}
    beside:
        go:
            # leaving is an answer
            say: |
                Go.
                  Or stay.
            lines:
            - one   # first
            - "two"
impossible:
- harm == slip and place == work   # never seen
start: {ask: 1, # a bit
        let_be: -1}
guidelines:
    kind:
        # my oldest rule
        say: Be kind,
          always
        lean: {ask: nudge}
        # and my dearest
    left_out: {say: s, lean: {ask: 1}}
    brief: {say: Be brief, lean: {ask: nudge}}
"""
MINE = """\
# written on a Sunday

poise: 1
title: Mine # and yours
include: shared
without: left_out
guidelines:
  brief:   # I changed this
    say: Be very brief
    # because people are tired
    lean: {ask: pull}
  own: {say: "My own", lean: {let_be: 1}}
promises: [never ask first when harm == slip]
cases:
  - moment: {harm: slip}
    # as it should be
    toward: [let_be, ask]
"""
FLAT = """\
# written on a Sunday
poise: 1
title: Mine # and yours

responses:
  toward:
    ask: {say: Ask}
    let_be: {say: "Let it be, for now"}
  beside:
    go:
        # leaving is an answer
        say: |
            Go.
              Or stay.
        lines:
        - one   # first
        - "two"

considerations:
  # two of them
  harm:
      ask: How bad?  # really
      answers: slip < stings
  place: {ask: Where,
          answers: home | work}

impossible:
  - harm == slip and place == work   # never seen

start:
  ask: 1
  let_be: -1

guidelines:
  kind:
      # my oldest rule
      say: Be kind,
        always
      lean: {ask: nudge}
      # and my dearest
  brief:   # I changed this
    say: Be very brief
    # because people are tired
    lean: {ask: pull}
  own: {say: "My own", lean: {let_be: 1}}

promises:
  - never ask first when harm == slip

cases:
  - moment: {harm: slip}
    # as it should be
    toward: [let_be, ask]
"""


def test_a_copy_of_ones_own_keeps_what_its_authors_wrote_beside_their_entries() -> None:
    find: Find = {"shared": SHARED.encode()}.get
    assert flatten("mine", MINE, find) == FLAT
    assert read("mine", FLAT) == read("mine", MINE, find)


def test_a_copy_has_the_line_endings_of_the_book() -> None:
    find: Find = {"shared": SHARED.encode()}.get
    assert flatten("mine", MINE.replace("\n", "\r\n"), find) == FLAT.replace("\n", "\r\n")
    windows: Find = {"shared": SHARED.replace("\n", "\r\n").encode("utf-8-sig")}.get
    assert flatten("mine", MINE.encode(), windows) == FLAT


def test_a_book_that_does_not_read_is_not_copied() -> None:
    with pytest.raises(Mistakes):
        flatten("mine", MINE)


@given(CHANCES)
def test_any_book_flattens_to_an_equal_one(chance: Random) -> None:
    shared = book_of(chance).text
    lines = ["poise: 1", "title: Mine", "include: shared"]
    names = list(read("shared", shared).guidelines)
    without = chance.sample(names, chance.randint(0, len(names)))
    lines += [f"without: [{', '.join(without)}]"] if without else []
    own = [f"  g{i}: {{say: mine, lean: {{t0: {chance.randint(-3, 3)}}}}}" for i in range(7) if chance.random() < 0.3]
    lines += ["guidelines:", *own] if own else []
    mine = "\n".join(lines)
    find: Find = {"shared": shared.encode()}.get
    text = flatten("mine", mine, find)
    assert read("mine", text) == read("mine", mine, find)
    assert list(read("mine", text).guidelines) == list(read("mine", mine, find).guidelines)
    assert flatten("mine", text) == text
