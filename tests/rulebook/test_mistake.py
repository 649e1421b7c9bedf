import pytest

from poise import Mistake, Mistakes
from poise.rulebook.mistake import clipped, columns, did_you_mean, one_of
from poise.rulebook.text import Place, Source


def shown(text: str, word: str) -> list[str]:
    """The lines of a mistake that points at a word."""
    start = text.index(word)
    return str(Mistake("bad-name", "hm", Place(Source("b.yaml", text), start, start + len(word)))).split("\n")


def test_a_mistake_shows_its_place_its_line_and_a_caret_under_the_word() -> None:
    assert shown("poise: 1\ntitle: Mine\n", "Mine") == ["b.yaml:2:8: hm", "    title: Mine", "           ^^^^"]


def test_the_caret_stands_under_the_word_after_wide_characters() -> None:
    assert shown("say: 朋友 x\n", "x") == ["b.yaml:1:9: hm", "    say: 朋友 x", "              ^"]


def test_a_wide_word_gets_a_caret_two_columns_wide_for_each_character() -> None:
    assert shown("say: 朋友 x\n", "朋友") == ["b.yaml:1:6: hm", "    say: 朋友 x", "         ^^^^"]


def test_combining_characters_take_no_column() -> None:
    assert shown("say: e\u0301e\u0301 x", "x")[-1] == "            ^"
    assert columns("e\u0301") == 1


def test_a_word_over_two_lines_is_underlined_on_its_first() -> None:
    assert shown("say: one\n  two\n", "one\n  two") == ["b.yaml:1:6: hm", "    say: one", "         ^^^"]


def test_a_line_of_windows_is_shown_without_its_ending() -> None:
    assert shown("say: one\r\nmore: two\r\n", "two") == ["b.yaml:2:7: hm", "    more: two", "          ^^^"]


def test_a_tab_is_shown_as_one_space_so_that_the_caret_fits() -> None:
    assert shown("\tsay: x\n", "x") == ["b.yaml:1:7: hm", "     say: x", "          ^"]


@pytest.mark.parametrize("length", [60, 100, 300, 300_000])
def test_a_long_line_is_clipped_around_the_caret(length: int) -> None:
    where, line, caret = shown("a" * length + " here " + "b" * length, "here")
    assert where == f"b.yaml:1:{length + 2}: hm"
    assert len(line) <= 104
    assert len(caret) <= 104
    assert line[caret.index("^") : caret.rindex("^") + 1] == "here"


def test_a_place_past_the_end_shows_no_line() -> None:
    assert str(Mistake("bad-name", "hm", Place(Source("b", "a\n"), 2, 2))) == "b:2:1: hm"


def test_help_stands_last_and_indented() -> None:
    assert str(Mistake("bad-name", "hm", help="do this")) == "hm\n  do this"


def test_did_you_mean_offers_only_what_is_near() -> None:
    assert did_you_mean("seriuos", ["slip", "serious"]) == "did you mean `serious`?"
    assert did_you_mean("Serious", ["slip", "serious"]) == "did you mean `serious`?"
    assert did_you_mean("awful", ["slip", "serious"]) == "it can be `slip` or `serious`"
    assert did_you_mean("awful", ["slip", "serious"], "else this") == "else this"
    assert did_you_mean("awful", [f"word{i}" for i in range(13)]) == ""
    assert did_you_mean("awful", []) == ""


def test_one_of_reads_as_a_sentence() -> None:
    assert one_of(["a"]) == "`a`"
    assert one_of(["a", "b", "c"]) == "`a`, `b` or `c`"


def test_clipped_stays_on_one_line_and_shows_what_is_invisible() -> None:
    assert clipped("one\ntwo\x1b[31m") == "one�two�[31m"
    assert clipped("x" * 100) == "x" * 59 + "…"
    assert clipped("\ud800") == "�"


def test_mistakes_are_shown_together_and_the_last_line_says_what_became_of_the_text() -> None:
    mistakes = Mistakes([Mistake("bad-name", "one"), Mistake("bad-name", "two")], "Nothing was read.")
    assert str(mistakes) == "one\n\ntwo\n\nNothing was read."


@pytest.mark.parametrize(
    ("count", "ending"), [(41, "… and 1 more."), (139, "… and 99 more."), (140, "… and many more.")]
)
def test_after_forty_mistakes_the_rest_are_counted(count: int, ending: str) -> None:
    mistakes = Mistakes([Mistake("bad-name", f"m{i}") for i in range(count)])
    parts = str(mistakes).split("\n\n")
    assert parts[:40] == [f"m{i}" for i in range(40)]
    assert parts[40:] == [ending, "Nothing was changed."]


def test_a_mistake_as_data_names_its_file_line_and_column() -> None:
    mistake = Mistake("bad-name", "hm", Place(Source("b", "a\nbc"), 3, 4), "do this")
    assert mistake.as_dict() == {
        "kind": "bad-name", "message": "hm", "help": "do this", "file": "b", "line": 2, "column": 2,
    }  # fmt: skip
    assert "file" not in Mistake("bad-name", "hm").as_dict()
