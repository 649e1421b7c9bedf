"""The commands as a person at a shell meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from poise.cli import COMMANDS
from poise.shelf import STARTERS

from .conftest import Poise

TABLE = ["role=friend_family", "who_was_hit=someone_here", "place=small_group", "harm=stings", "safety=safe"]


def test_alone_it_greets_with_the_three_commonest_commands(poise: Poise) -> None:
    ran = poise()
    assert ran.code == 0
    assert all(f"poise {command}" in ran.out for command in ("weigh", "show", "check"))


def test_help_names_every_command(poise: Poise) -> None:
    ran = poise("--help")
    assert ran.code == 0
    assert all(name in ran.out and line in " ".join(ran.out.split()) for name, line in COMMANDS.items())


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_its_options(poise: Poise, command: str) -> None:
    ran = poise(command, "--help")
    assert ran.code == 0
    assert "Usage: poise " + command in ran.out


def test_an_unknown_command_gets_the_nearest_right_word(poise: Poise) -> None:
    ran = poise("wiegh")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean `weigh`?" in ran.err


def test_a_group_of_commands_alone_lists_them_and_names_the_nearest_right_word(poise: Poise) -> None:
    assert poise("pocket").code == 0
    assert "Write the page for your phone" in poise("pocket").out
    ran = poise("pocket", "bild")
    assert ran.code == 2
    assert "did you mean `build`?" in ran.err
    assert "`poise pocket --help`" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("learn", "--take", "x"), "'x' is not a valid whole number."),
        (("learn", "--take", "0"), "0 is not in the range from 1 up."),
        (("test", "among_friends", "--threshold", "101"), "101 is not in the range from 0 to 100."),
    ],
)
def test_a_number_that_cannot_be_is_said_in_plain_words(poise: Poise, words: tuple[str, ...], said: str) -> None:
    ran = poise(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_unknown_option_is_code_2_and_prints_nothing_else(poise: Poise) -> None:
    ran = poise("weigh", "--jsn")
    assert (ran.code, ran.out) == (2, "")
    assert "--json" in ran.err


@pytest.mark.parametrize("book", STARTERS)
def test_a_weighing_ends_in_the_question(poise: Poise, book: str) -> None:
    ran = poise("weigh", book, *TABLE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.rstrip().endswith("What will you do?")
    assert "It leans to" in ran.out


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("amongfriends",), "did you mean `among_friends`?"),
        (("no_such_book_at_all",), "in_the_room"),
        (("among_friends", "harms=stings"), "did you mean `harm`?"),
        (("among_friends", "harm=sting"), "did you mean `stings`?"),
        (("among_friends", "harm"), "`name=answer`"),
        (("among_friends", "harm=stings", "harm=slip"), "answered twice"),
        (("among_friends", "trust=new:0.3,building:0.3"), "sum to 1"),
        (("among_friends", "trust=new:nan,building:0.3"), "sum to 1"),
        (("among_friends", "whose=ours"), "`theirs` or `mine`"),
        (("among_friends", "=x"), "`name=answer`"),
        (("harm=stings", "among_friends"), "`name=answer`"),
        (("among_friends", *TABLE, "--language", "xx"), "no labels in `xx`"),
        (("among_friends", *TABLE, "--language", "../x"), "not a language tag"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_understood_is_code_2_with_the_way_out(
    poise: Poise, words: tuple[str, ...], near: str, as_json: bool
) -> None:
    asked = len(words) > 1 or as_json
    ran = poise("weigh", *words, *(["--json"] if as_json else []), stdin="" if asked else "\n")
    assert (ran.code, ran.out) == (2, "")
    assert near in ran.err
    assert "Traceback" not in ran.err


def test_all_mistakes_of_a_command_line_come_at_once(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", "harm=sting", "plce=one_to_one", "harm")
    assert ran.code == 2
    assert all(word in ran.err for word in ("`stings`", "`place`", "`name=answer`", "Nothing was weighed."))


def test_json_holds_what_the_sentences_say(poise: Poise) -> None:
    data = json.loads(poise("weigh", "among_friends", *TABLE, "--json").out)
    assert data["bound"] is None
    assert data["steer"] is True
    assert data["mine"] is None
    for name in ("toward", "beside"):
        leaning = data[name]
        assert leaning["ranking"][0]["id"] in leaning["lead"]
        assert abs(sum(each["share"] for each in leaning["ranking"]) - 1) < 1e-9
        assert data["pair"][name] == leaning["lead"]
    assert all(set(turn) == {"changes", "list", "lead"} for turn in data["turns"])
    assert data["next_question"] is not None
    assert data["settled"] is False
    assert all(bound["state"] in ("met", "possible") for bound in data["bounds"])


def test_json_without_answers_asks_nothing_and_weighs_an_unknown_moment(poise: Poise) -> None:
    ran = poise("weigh", "in_the_room", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["moment"] == {}


def test_a_belief_is_an_answer(poise: Poise) -> None:
    data = json.loads(poise("weigh", "in_the_room", "trust=new:0.3,building:0.7", "--json").out)
    assert data["moment"]["trust"] == {"new": 0.3, "building": 0.7}


def test_a_moment_of_my_own_slip_is_weighed_in_its_own_list(poise: Poise) -> None:
    data = json.loads(poise("weigh", "among_friends", "whose=mine", "harm=slip", "--json").out)
    assert data["toward"] is data["beside"] is None
    assert data["mine"]["lead"]


def test_a_bound_that_replaces_the_weighing_stands_alone(poise: Poise) -> None:
    data = json.loads(poise("weigh", "among_friends", "risk=serious_soon", "--json").out)
    assert data["bound"]["id"] == "serious_harm"
    assert data["toward"] is data["beside"] is data["mine"] is data["pair"] is None
    said = poise("weigh", "among_friends", "risk=serious_soon").out
    assert "not one to weigh" in said
    assert "leans to" not in said


def test_check_reads_books_and_counts_what_is_in_them(poise: Poise) -> None:
    ran = poise("check", *STARTERS)
    assert (ran.code, ran.err) == (0, "")
    assert all(f"{name}: “" in ran.out for name in STARTERS)


def test_check_says_every_mistake_with_its_place(poise: Poise, tmp_path: Path) -> None:
    book = tmp_path / "mine.yaml"
    book.write_text(
        "poise: 1\ntitle: Mine\ninclude: repertoire.yaml\nguidelines:\n  a: {say: Hi, when: 'harn == slip'}\n"
    )
    ran = poise("check", str(book))
    assert ran.code == 2
    assert f"{book}:5:23: there is no consideration `harn`" in ran.out
    assert "did you mean `harm`?" in ran.out
    data = json.loads(poise("check", str(book), "among_friends", "--json").out)
    assert data["books"][0]["mistakes"][0]["line"] == 5
    assert data["books"][1]["mistakes"] == []


def test_check_warns_of_a_book_in_which_nothing_pulls_toward_speaking(poise: Poise, tmp_path: Path) -> None:
    book = tmp_path / "quiet.yaml"
    book.write_text(
        "poise: 1\ntitle: Quiet\nresponses: {toward: {let_be: {say: Let it be}, speak: {say: Speak}}}\n"
        "guidelines: {rest: {say: Rest, lean: {let_be: pull}}}\n"
    )
    ran = poise("check", str(book))
    assert ran.code == 1
    assert "No guideline of this book pulls toward speaking" in " ".join(ran.out.split())


@pytest.mark.parametrize("book", STARTERS)
def test_the_starter_books_pass_their_own_cases(poise: Poise, book: str) -> None:
    ran = poise("test", book, "--threshold", "80")
    assert ran.code == 0, ran.out


def test_a_case_that_does_not_hold_is_code_1_and_says_what_came_out(poise: Poise, tmp_path: Path) -> None:
    book = tmp_path / "mine.yaml"
    book.write_text(
        "poise: 1\ntitle: Mine\nresponses: {toward: {wait: {say: Wait}, speak: {say: Speak}}}\n"
        "considerations: {harm: {ask: How bad, answers: slip < bad}}\n"
        "guidelines:\n  g: {say: Speak up, when: harm == bad, lean: {speak: pull}}\n"
        "  h: {say: Wait, when: harm == slip, lean: {wait: pull}}\n"
        "cases:\n  - {say: it hurts, moment: {harm: bad}, toward: [wait]}\n"
    )
    ran = poise("test", str(book))
    assert ran.code == 1
    assert "it hurts: `toward` leans to `speak`, not to `wait`" in " ".join(ran.out.split())
    assert "No case reaches h." in ran.out
    data = json.loads(poise("test", str(book), "--json").out)["books"][0]
    assert data["holds"] is False
    assert data["coverage"]["applied"] == ["g"]


def test_too_few_guidelines_reached_is_code_1(poise: Poise) -> None:
    ran = poise("test", "among_friends", "--threshold", "100")
    assert ran.code in {0, 1}
    assert ("fewer than the threshold" in " ".join(ran.out.split())) == (ran.code == 1)


def test_show_reads_a_book_aloud(poise: Poise) -> None:
    ran = poise("show", "among_friends")
    assert ran.code == 0
    assert "1. Address it" in ran.out


def test_show_as_text_is_a_book_of_ones_own_that_weighs_the_same(poise: Poise, tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(poise("show", "in_the_room", "--text").out, encoding="utf-8")
    mine = json.loads(poise("weigh", str(own), *TABLE, "--json").out)
    theirs = json.loads(poise("weigh", "in_the_room", *TABLE, "--json").out)
    assert mine == theirs


def test_labels_change_words_and_not_the_leaning(poise: Poise) -> None:
    plain = json.loads(poise("weigh", "among_friends", *TABLE, "--json").out)
    labelled = json.loads(poise("weigh", "among_friends", *TABLE, "--json", "--language", "zh-Hans").out)
    assert plain["toward"] == labelled["toward"]
    assert "轻轻点一下" in poise("show", "among_friends", "--language", "zh-Hans").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(poise: Poise, shell: str) -> None:
    ran = poise("completion", shell)
    assert ran.code == 0
    assert "_POISE_COMPLETE" in ran.out


def test_completion_offers_books_considerations_and_answers(poise: Poise) -> None:
    def offered(words: str, at: str) -> str:
        return poise(_POISE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=at).out

    assert "among_friends" in offered("poise weigh amo", "2")
    assert "harm=stings" in offered("poise weigh among_friends harm=s", "3")
    assert "harm=" not in offered("poise weigh among_friends harm=stings h", "4")


@pytest.mark.parametrize("columns", ["24", "40", "61", "80", "200"])
def test_lines_keep_to_the_width_of_the_terminal(poise: Poise, columns: str) -> None:
    out = poise("weigh", "among_friends", *TABLE, COLUMNS=columns).out
    most = max(len(line) for line in out.splitlines())
    assert most < min(89, int(columns))


def test_without_colour_there_is_no_escape_character(poise: Poise) -> None:
    assert "\x1b" not in poise("weigh", "among_friends", *TABLE, NO_COLOR="1").out


def test_a_terminal_without_round_stones_gets_plain_ones(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", *TABLE, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert "^" in ran.out


def test_output_cut_short_by_another_program_is_no_trouble() -> None:
    line = f"{sys.executable} -m poise show among_friends | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("hostile", ["", ".", "/", "/dev/null", "nul\\0", "a" * 5000, "\udcff"])
def test_hostile_book_names_get_a_clear_word(poise: Poise, hostile: str) -> None:
    ran = poise("check", hostile)
    assert ran.code == 2
    assert "Traceback" not in ran.err + ran.out
