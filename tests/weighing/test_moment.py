import pytest

from poise import Mistakes, Moment
from poise.rulebook.reading import read

BOOK = read(
    "small",
    """
poise: 1
title: Small
considerations:
  harm: {ask: q, answers: slip < stings < serious}
  place: {ask: q, answers: home | work}
  self: {ask: q, answers: a | b}
responses:
  toward:
    ask: {say: Ask}
""",
)


def mistakes(*args: str, **answers: object) -> list[tuple[str, str, str]]:
    with pytest.raises(Mistakes) as found:
        Moment(BOOK, *args, **answers)  # type: ignore[arg-type]
    assert str(found.value).endswith("Nothing was weighed.")
    return [(mistake.kind, mistake.message, mistake.help) for mistake in found.value.mistakes]


def test_what_nobody_said_is_unanswered() -> None:
    moment = Moment(BOOK, place="work")
    assert (moment.answers, moment.beliefs, moment.whose) == ({"place": "work"}, {}, "theirs")
    assert moment.codes == (-1, 1, -1)
    assert Moment(BOOK, place="work", harm=None) == moment


def test_answers_stand_in_the_order_of_the_book() -> None:
    assert list(Moment(BOOK, place="work", harm="slip").answers) == ["harm", "place"]
    assert Moment(BOOK, place="work", harm="slip") == Moment(BOOK, harm="slip", place="work")


def test_a_moment_is_theirs_or_mine() -> None:
    assert Moment(BOOK, "mine").whose == "mine"
    assert Moment(BOOK, whose="mine").whose == "mine"
    assert mistakes("ours") == [("bad-whose", "a moment is `theirs` or `mine`, not `ours`", "")]


def test_a_belief_holds_a_chance_for_each_answer() -> None:
    moment = Moment(BOOK, harm={"slip": 0.25, "stings": 0.75})
    assert (moment.answers, moment.beliefs) == ({}, {"harm": {"slip": 0.25, "stings": 0.75}})
    assert moment.codes[0] == -1


def test_a_belief_in_one_answer_is_an_answer() -> None:
    assert Moment(BOOK, harm={"slip": 1.0}) == Moment(BOOK, harm={"slip": 1, "serious": 0}) == Moment(BOOK, harm="slip")


def test_a_belief_may_miss_one_by_a_rounding() -> None:
    belief = Moment(BOOK, harm={"slip": 0.3333333, "stings": 0.3333333, "serious": 0.3333333}).beliefs["harm"]
    assert sum(belief.values()) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    "belief",
    [{}, {"slip": 0.5}, {"slip": 0.6, "stings": 0.6}, {"slip": 1.5, "stings": -0.5}, {"slip": float("nan")},
     {"slip": float("inf")}, {"slip": 0.0}],
)  # fmt: skip
def test_chances_that_do_not_add_up_are_a_mistake(belief: dict[str, float]) -> None:
    assert mistakes(harm=belief) == [
        ("bad-belief", "the chances given for `harm` are not numbers that sum to 1",
         "for example `trust=new:0.3,building:0.7`"),
    ]  # fmt: skip


def test_all_mistakes_come_at_once_each_with_the_nearest_right_word() -> None:
    assert mistakes(hram="slip", harm="slop", place="moon") == [
        ("unknown-name", "this book does not ask about `hram`", "did you mean `harm`?"),
        ("unknown-answer", "`harm` has no answer `slop`", "did you mean `slip`?"),
        ("unknown-answer", "`place` has no answer `moon`", "it can be `home` or `work`"),
    ]


def test_a_belief_in_an_answer_there_is_not_is_a_mistake() -> None:
    assert [kind for kind, _, _ in mistakes(harm={"slop": 1.0})] == ["unknown-answer"]


def test_a_consideration_may_have_any_name() -> None:
    assert Moment(BOOK, self="a").answers == {"self": "a"}


def test_answers_can_be_changed_and_taken_back_without_touching_the_first_moment() -> None:
    moment = Moment(BOOK, "mine", harm={"slip": 0.5, "stings": 0.5}, place="home")
    changed = moment.changed(BOOK, place="work", harm=None)
    assert (changed.answers, changed.beliefs, changed.whose) == ({"place": "work"}, {}, "mine")
    assert moment.changed(BOOK) == moment
    assert moment.answers == {"place": "home"}
