import pytest

from poise.rulebook.reading.composing import MOST_BYTES, compose
from poise.rulebook.text import Node, Row, Table, Word

pytestmark = pytest.mark.usefixtures("composer")

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node | None) -> Plain:
    """What was read, without places."""
    if isinstance(node, Table):
        return {key.text: plain(value) for key, value in node}
    assert node is not None
    return [plain(item) for item in node.items] if isinstance(node, Row) else node.text


def words(node: Node) -> list[Word]:
    """Every word, keys included."""
    if isinstance(node, Word):
        return [node]
    inner = node.items if isinstance(node, Row) else [each for entry in node for each in entry]
    return [word for each in inner for word in words(each)]


def composed(text: str | bytes) -> Table:
    found = compose("b.yaml", text)
    assert not found.mistakes
    assert found.root is not None
    return found.root


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "off", "Yes", "NO", "true", "null", "Null", "~", "1.0", "1e3", "0x1f", "017", "1_000", ".5",
     "-", "1:30", "2024-01-01", "=", "<", "inf", ".nan", "...x"],
)  # fmt: skip
def test_words_are_never_guessed_to_be_something_else(word: str) -> None:
    root = composed(f"a: {word}\nb: [x, '{word}']\n{word}: c\n") if word != "-" else composed(f"a: '{word}'\nb: []\n")
    assert plain(root.get("a")) == word


def test_an_empty_value_is_an_empty_word() -> None:
    assert plain(composed("a:\nb: {c, d: }\n")) == {"a": "", "b": {"c": "", "d": ""}}


def test_tables_rows_and_words_nest() -> None:
    text = "a: {b: [c, {d: e}]}\nf:\n  - g\n  - h: i\n"
    assert plain(composed(text)) == {"a": {"b": ["c", {"d": "e"}]}, "f": ["g", {"h": "i"}]}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_word_knows_where_it_stands(ending: str) -> None:
    text = ending.join(["# 你好", 'title: "朋友 之间"', "guidelines:", "  好_one: {say: 'x', 𝒎: 友}", "last: word"])
    root = composed(text)
    places = {word.text: word.place for word in words(root)}
    assert places["朋友 之间"].raw == '"朋友 之间"'
    assert (places["朋友 之间"].line, places["朋友 之间"].column) == (2, 8)
    assert (places["友"].raw, places["友"].line, places["友"].column) == ("友", 4, 24)
    assert (places["last"].line, places["last"].column) == (5, 1)
    assert places["word"].line_text() == "last: word"
    assert all(place.raw.strip("'\"") == text for text, place in places.items())


@pytest.mark.parametrize("make", [lambda text: text.encode("utf-8-sig"), lambda text: "\ufeff" + text])
def test_a_byte_order_mark_is_no_part_of_the_text(make: object) -> None:
    assert callable(make)
    root = composed(make("title: Mine\n"))
    assert plain(root) == {"title": "Mine"}
    assert [word.place.column for word in words(root)] == [1, 8]


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [
        ("a: one two\n", "one two", "two"),
        ("a: 'one two'\n", "one two", "two"),
        ('a: "one two"\n', "one two", "two"),
        ("a: 'it''s two'\n", "it's two", "two"),
        ("a: one\n   two\n", "one two", "two"),
        ('a: "one\n\n     two"\n', "one\ntwo", "two"),
        ("a: |\n  one\n  two\n", "one\ntwo\n", "two"),
        ("a: >\n  one\n  two\n", "one two\n", "two"),
        ("a: 朋友 two\n", "朋友 two", "two"),
    ],
)
def test_a_part_of_a_word_is_found_in_the_file_through_quotes_and_folds(text: str, word: str, part: str) -> None:
    value = composed(text).get("a")
    assert isinstance(value, Word)
    assert value.text == word
    start = word.index(part)
    assert value.at(start, start + len(part)).raw == part


def test_where_escapes_make_the_place_unclear_the_whole_word_is_pointed_at() -> None:
    value = composed('a: "one\\ttwo three"\n').get("a")
    assert isinstance(value, Word)
    assert value.at(8, 13) == value.place


def test_after_a_trap_the_entry_it_sits_in_is_left_out_and_the_rest_is_read() -> None:
    found = compose("b.yaml", "a:\n  one:\n    say: x: y\n  two: {say: z}\nb: c: d\nc: e\n")
    assert [(mistake.kind, mistake.place.line if mistake.place else 0) for mistake in found.mistakes] == [
        ("colon", 3), ("colon", 5),
    ]  # fmt: skip
    assert plain(found.root) == {"a": {"two": {"say": "z"}}, "c": "e"}
    assert {"one", "say", "b"} <= found.lost


def test_a_name_that_stands_twice_keeps_its_first_value() -> None:
    found = compose("b.yaml", "a: 1\na: 2\n")
    assert [mistake.kind for mistake in found.mistakes] == ["written-twice"]
    assert plain(found.root) == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: b: c", "colon"),
        ("a: b\n  c: d", "indent"),
        ("a:\n  b: c\n d: e", "indent"),
        ('a: "b\nc: d', "quote-open"),
        ('a: "b\nc: "d"', "quote-open"),
        ("a: 'it's'", "quote-inside"),
        ('a: "\\d"', "escape"),
        ('a: "\\ud800"', "escape"),
        ('a: "\\UFFFFFFFF"', "escape"),
        ('a: "\\U00110000"', "escape"),
        ('a: "C:\\bin"', "escape"),
        ('a: "\\0"', "escape"),
        ("a: *b*", "bad-start"),
        ("a: *b", "bad-start"),
        ("a: &b c", "bad-start"),
        ("a: !b c", "bad-start"),
        ("a: @b", "bad-start"),
        ("a: %b", "bad-start"),
        ("a: `b`", "bad-start"),
        ("a: |b", "bad-start"),
        ("a: > b", "bad-start"),
        ("a: ? b", "bad-start"),
        ("%YAML 3.0\n---\na: b", "bad-start"),
        ("a: [b", "bracket-open"),
        ("a: {b: c\nd: e", "bracket-open"),
        ("a: {b: [c, d}", "bracket-open"),
        ("a: ]", "bracket-stray"),
        ("a: [b]]", "bracket-stray"),
        ("a: [b] c", "bracket-stray"),
        ("a: - b", "list-here"),
        ("a:\n  - b\n  c: d", "no-dash"),
        ("a: b\nc\nd: e", "no-colon"),
        ("a:\n\tb: c", "tab"),
        ("a: b\n\tc: d", "tab"),
        ("{a: b} c", "not-readable"),
        ("---\na: b\n---\nc: d", "second-book"),
        ("{[a, b]: c}", "key-not-a-word"),
        ("a\n", "no-table"),
        ("- a\n", "no-table"),
        ("", "no-table"),
        ("# note\n", "no-table"),
        ("a: \x07", "control-character"),
        ("a: \x00", "control-character"),
        ("a: \ufffe", "control-character"),
        ("a: \ud800", "control-character"),
        ("a: \x7f", "control-character"),
    ],
)
def test_each_trap_is_named(text: str, kind: str) -> None:
    found = compose("b.yaml", text)
    assert [mistake.kind for mistake in found.mistakes] == [kind]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "gb18030", "big5"]
)
def test_a_file_in_another_encoding_is_refused(encoding: str) -> None:
    letter = "好" if encoding in ("gb18030", "big5") else "é"
    found = compose("b.yaml", f"a: b\nc: {letter}\n".encode(encoding))
    assert found.mistakes[0].kind in ("encoding", "control-character")
    assert found.root is None


def test_a_file_over_a_megabyte_is_refused_unread() -> None:
    assert [mistake.kind for mistake in compose("b", b"#" * (MOST_BYTES + 1)).mistakes] == ["too-large"]
    assert compose("b", b"a: b\n" + b"#" * (MOST_BYTES - 5)).mistakes == []
