"""The weighing as a conversation, with its lines read from a pipe."""

import pytest

from poise.shelf import read

from .conftest import Poise

SAFE = read("among_friends").considerations["safety"].ask


def test_gut_feeling_comes_first_and_is_shown_again_at_the_end(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="\n1\nsafe\n2\n2\n\n.\n")
    assert ran.code == 0
    asked = ran.out.index("what does your gut say")
    assert asked < ran.out.index(SAFE) < ran.out.index("What will you do?")
    assert "your gut said: say it straight, now" in ran.out.lower()


def test_an_empty_input_weighs_what_it_was_told_which_is_nothing(poise: Poise) -> None:
    ran = poise("weigh", stdin="")
    assert ran.code == 0
    assert "What will you do?" in ran.out


def test_enter_is_i_dont_know_and_the_question_is_not_asked_again(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="\n" * 60)
    assert ran.code == 0
    assert ran.out.count(f"{SAFE}\n  1") == 1
    assert "What will you do?" in ran.out


def test_a_question_mark_explains_and_asks_on(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="1\n?\n\n?\nsafe\n.\n")
    assert "Your first feeling" in ran.out
    assert ran.code == 0


def test_a_word_that_is_none_of_the_answers_gets_the_nearest(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="1\n\nsaef\nsafe\n.\n")
    assert "That is none of these. “saef”: did you mean `safe`?" in ran.out


def test_the_way_out_for_danger_is_there_at_every_question(poise: Poise) -> None:
    for before in ("1\n", "1\n\n", "1\n\nsafe\n", "1\n\nsafe\n2\n"):
        ran = poise("weigh", "among_friends", stdin=before + "!\n")
        assert ran.code == 0
        assert "not one to weigh" in ran.out
        assert "leans to" not in ran.out.split("!")[-1]


def test_my_own_slip_has_questions_and_a_list_of_its_own(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="2\n\n.\n")
    assert "This time it was you" in ran.out


def test_someone_who_was_hit_is_not_steered(poise: Poise) -> None:
    ran = poise("weigh", "among_friends", stdin="1\n\nsafe\nme or my people\n" + "\n" * 60)
    told = ran.out[ran.out.index("That was about you") :]
    assert "leans to" not in told
    assert "Any of these is yours:" in told


@pytest.mark.parametrize("line", ["99999999999999999999999999", "-1", "0", "\x00", "é" * 4000, "²"])
def test_hostile_lines_are_none_of_these(poise: Poise, line: str) -> None:
    ran = poise("weigh", "among_friends", stdin=f"1\n{line}\n.\n")
    assert ran.code == 0
    assert "That is none of these." in ran.out


def test_questions_stop_when_no_answer_could_change_a_lead(poise: Poise) -> None:
    answers = "1\n\n" + "1\n" * 40
    ran = poise("weigh", "among_friends", stdin=answers)
    assert ran.code == 0
    assert "What will you do?" in ran.out
