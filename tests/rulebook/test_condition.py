from itertools import product
from random import Random

import pytest
from hypothesis import given
from tests.weighing.invented import CHANCES, Invented, Question, condition, questions_of, told
from tests.weighing.oracle import Oracle

from poise.rulebook.condition import ALWAYS, NEVER, All, Among, Any, Condition, Not, scope, when_unless
from poise.rulebook.consideration import Consideration
from poise.rulebook.mistake import Mistake
from poise.rulebook.reading.conditions import parse
from poise.rulebook.text import Place, Source, Word

HARM = Consideration("harm", 0, "q", ("slip", "stings", "serious", "cruel"), True, {})
PLACE = Consideration("place", 1, "q", ("home", "work", "2_rooms"), False, {})
KNOWN = {"harm": HARM, "place": PLACE}
TERMS: dict[str, Condition] = {"bad": Among(0, 0b1100)}


def word(text: str) -> Word:
    return Word(text, Place(Source("b", text), 0, len(text)))


def no_terms(_: str) -> None:
    """A book without terms."""


def parsed(text: str) -> Condition:
    found = parse(word(text), KNOWN, TERMS.get)
    assert not isinstance(found, list), found
    return found


def mistakes(text: str, lost: frozenset[str] = frozenset()) -> list[Mistake]:
    found = parse(word(text), KNOWN, TERMS.get, lost)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("harm == stings", 0b0010),
        ("harm != stings", 0b1101),
        ("harm < serious", 0b0011),
        ("harm <= serious", 0b0111),
        ("harm > serious", 0b1000),
        ("harm >= serious", 0b1100),
        ("harm in (slip, cruel)", 0b1001),
        ("harm in (slip)", 0b0001),
        ("harm>=serious", 0b1100),
        ("  harm\n  ==\n  slip ", 0b0001),
        ("((harm == slip))", 0b0001),
        ("bad", 0b1100),
    ],
)
def test_a_comparison_is_the_set_of_answers_for_which_it_is_so(text: str, mask: int) -> None:
    assert parsed(text) == Among(0, mask)


def test_answers_side_by_side_can_be_equal_or_not_and_may_begin_with_a_digit() -> None:
    assert parsed("place == 2_rooms") == Among(1, 0b100)
    assert parsed("place != home") == Among(1, 0b110)


def test_not_in_is_the_opposite_of_in() -> None:
    assert parsed("harm not in (slip, cruel)") == Not(Among(0, 0b1001))


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    a, b, c = Among(0, 1), Among(0, 2), Among(0, 4)
    text = "not harm == slip and harm == stings or harm == serious"
    assert parsed(text) == Any((All((Not(a), b)), c))
    assert parsed("harm == slip or harm == stings and harm == serious") == Any((a, All((b, c))))
    assert parsed("not (harm == slip and harm == stings)") == Not(All((a, b)))
    assert parsed("not not harm == slip") == Not(Not(a))
    assert parsed("not bad") == Not(TERMS["bad"])


def test_when_and_not_unless() -> None:
    a, b = Among(0, 1), Among(1, 2)
    assert when_unless(a, NEVER) == a
    assert when_unless(a, b) == All((a, Not(b)))


def test_unknown_is_not_no() -> None:
    a, b = parsed("harm == slip"), parsed("place == home")
    assert a.under((-1, -1)) is None
    assert Not(a).under((-1, -1)) is None
    assert All((a, b)).under((-1, 1)) is False
    assert All((a, b)).under((0, -1)) is None
    assert Any((a, b)).under((0, -1)) is True
    assert Any((a, b)).under((1, -1)) is None
    assert (ALWAYS.under(()), NEVER.under(())) == (True, False)


def test_the_scope_of_a_condition_is_what_it_looks_at() -> None:
    assert scope(parsed("harm == slip or not (place == home and bad)")) == {0, 1}
    assert scope(ALWAYS) == set()


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("harm = slip", "condition-unclear", "="),
        ("harm == slip & bad", "condition-unclear", "&"),
        ("harm == slip harm == cruel", "condition-unclear", "harm == cruel"),
        ("harm == slip)", "condition-unclear", ")"),
        ("harm is slip", "condition-unclear", "is"),
        ("harm in slip", "condition-unclear", "slip"),
        ("harm in ()", "condition-unclear", ")"),
        ("harm in (slip,)", "condition-unclear", ")"),
        ("harm not slip", "condition-unclear", "slip"),
        ("== slip", "condition-unclear", "=="),
        ("and", "condition-unclear", "and"),
        ("harm == not", "condition-unclear", "not"),
        ("harm == slip and", "condition-unfinished", "d"),
        ("(harm == slip", "condition-unfinished", "p"),
        ("harm ==", "condition-unfinished", "="),
        ("not", "condition-unfinished", "t"),
        ("harm in (slip", "condition-unfinished", "p"),
        ("harm", "no-comparison", "harm"),
        ("place < work", "no-order", "place"),
        ("harm == slop", "unknown-answer", "slop"),
        ("harm in (slip, slop)", "unknown-answer", "slop"),
        ("hram == slip", "unknown-name", "hram"),
        ("worse", "unknown-name", "worse"),
        ("bad == slip", "term-compared", "bad"),
        ("$", "condition-unclear", "$"),
        ("你好 == slip", "unknown-name", "你好"),
    ],
)
def test_a_mistake_points_at_the_exact_word(text: str, kind: str, at: str) -> None:
    (mistake,) = mistakes(text)
    assert mistake.kind == kind
    assert mistake.place is not None
    assert text[mistake.place.start :].startswith(at[0])
    assert mistake.place.raw == at if kind != "condition-unclear" else at.startswith(mistake.place.raw)


def test_all_unknown_words_of_a_condition_are_named_at_once() -> None:
    assert [mistake.kind for mistake in mistakes("hram == slip and harm == slop or worse")] == [
        "unknown-name", "unknown-answer", "unknown-name",
    ]  # fmt: skip


def test_what_was_lost_with_an_entry_that_cannot_be_read_is_not_complained_of_again() -> None:
    assert parse(word("worse or hram == slip"), KNOWN, TERMS.get, frozenset(["worse", "hram"])) == Any((NEVER, NEVER))


@pytest.mark.parametrize(
    "text", ["(" * 21 + "bad" + ")" * 21, "not " * 21 + "bad", "(" * 900, "not " * 400, "bad or " * 400]
)
def test_a_condition_nobody_could_check_is_refused(text: str) -> None:
    assert [mistake.kind for mistake in mistakes(text)] == ["condition-too-long"]


def test_a_condition_that_looks_at_too_many_questions_is_refused() -> None:
    known = {f"q{i}": Consideration(f"q{i}", i, "q", ("a", "b"), False, {}) for i in range(13)}
    text = " or ".join(f"{name} == a" for name in known)
    found = parse(word(text), known, TERMS.get)
    assert isinstance(found, list)
    assert [mistake.kind for mistake in found] == ["condition-too-long"]
    assert not isinstance(parse(word(text.removeprefix("q0 == a or ")), known, TERMS.get), list)


def _known(questions: tuple[Question, ...]) -> dict[str, Consideration]:
    return {q.id: Consideration(q.id, i, "q", q.answers, q.ordered, {}) for i, q in enumerate(questions)}


@given(CHANCES)
def test_a_condition_is_so_in_exactly_the_situations_it_says(chance: Random) -> None:
    questions = questions_of(chance)
    said = condition(chance, questions, most=8)
    found = parse(word(told(said)), _known(questions), no_terms)
    assert not isinstance(found, list)
    so = Oracle(Invented(questions, {})).so(said)
    codes = product(*(range(len(question.answers)) for question in questions))
    assert {i for i, each in enumerate(codes) if found.under(each)} == so


@given(CHANCES)
def test_brackets_that_change_nothing_change_nothing(chance: Random) -> None:
    questions = questions_of(chance)
    said = condition(chance, questions)
    known = _known(questions)
    assert parse(word(f"( {told(said)} )"), known, no_terms) == parse(word(told(said)), known, no_terms)
