import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise
from poise.foresight import FIVE_ACTIONS, Action, action_of, answer_of, moment_of, trust_of
from poise.foresight.mapping import DEGREES, ENERGY, HEARD, OPEN, SESSIONS, SEVERITY, level_at, place, trust_at
from poise.relationship.constants import SPAN
from poise.relationship.trust import FIVE, cuts_for
from poise.rulebook.guideline import DEGREES as BOOK_DEGREES
from poise.rulebook.guideline import HEARD_BY, WHEN, Response

STARTERS = ("in_the_room", "among_friends", "keeping_the_room")


def response(name: str, *degrees: str, when: str = "now", heard_by: str = "everyone_here") -> Response:
    directness, asks, effort, protects = degrees
    return Response(
        name,
        "toward",
        "",
        when=when,
        heard_by=heard_by,
        directness=directness,
        asks=asks,
        effort=effort,
        protects=protects,
    )


REFERENCE = (
    response("let_go", "none", "none", "none", "none", when="none_now", heard_by="no_one"),
    response("ask", "little", "little", "little", "little"),
    response("gentle", "some", "some", "some", "some"),
    response("privately", "some", "some", "some", "little", when="later", heard_by="just_them"),
    response("call_out", "much", "much", "much", "much"),
)


@pytest.mark.parametrize(
    ("said", "action"), list(zip(REFERENCE, FIVE_ACTIONS, strict=True)), ids=[a.id for a in FIVE_ACTIONS]
)
def test_the_reference_responses_are_the_reference_actions(said: Response, action: Action) -> None:
    found = action_of(said)
    assert (found.id, found.addresses, found.silent) == (action.id, action.addresses, action.silent)
    assert found[1:7] == pytest.approx(action[1:7])


@given(*(st.sampled_from(DEGREES) for _ in range(4)), st.sampled_from(WHEN), st.sampled_from(HEARD_BY))
def test_every_response_a_book_can_hold_has_its_action(  # noqa: PLR0917 - each attribute a response has
    directness: str, asks: str, effort: str, protects: str, when: str, heard_by: str
) -> None:
    found = action_of(response("it", directness, asks, effort, protects, when=when, heard_by=heard_by))
    assert all(0 <= number <= 1 for number in found[1:7])
    assert found.silent == (directness == asks == "none")
    assert found.addresses == (asks in {"some", "much"})


def test_the_words_are_those_of_the_rulebook() -> None:
    assert DEGREES == BOOK_DEGREES
    assert set(HEARD) == set(HEARD_BY)


@pytest.mark.parametrize("starter", STARTERS)
def test_what_starter_books_answer_is_all_mapped(starter: str) -> None:
    book = poise.read(starter)
    for said in book.listed("toward"):
        assert action_of(said).id == said.id
    for name, mapped in (("harm", SEVERITY), ("receptive", OPEN), ("energy", ENERGY), ("again", SESSIONS)):
        assert set(mapped) == set(book.considerations[name].answers)
        in_order = [mapped[answer] for answer in book.considerations[name].answers]
        assert in_order == sorted(in_order)
    assert tuple(book.considerations["trust"].answers) == FIVE


def test_starter_books_hold_something_that_speaks_to_it_and_something_that_does_not() -> None:
    for starter in STARTERS:
        assert {action_of(said).addresses for said in poise.read(starter).listed("toward")} == {True, False}


@given(st.floats(-SPAN, SPAN), st.integers(2, 9))
def test_a_level_of_trust_has_the_same_answer_in_both_rooms(level: float, count: int) -> None:
    answers = [f"answer{i}" for i in range(count)]
    cuts = cuts_for(answers)
    if min(abs(level - cut) for cut in cuts) > 1e-9:
        assert answer_of(trust_at(level, SPAN), answers) == answers[sum(level > cut for cut in cuts)]
    assert level_at(trust_at(level, SPAN), SPAN) == pytest.approx(level, abs=1e-9)


def test_beyond_the_span_trust_stays_at_its_end() -> None:
    assert (trust_at(-9, SPAN), trust_at(9, SPAN)) == (0, 1)


def test_the_answers_lie_in_the_middle_of_their_parts() -> None:
    assert [round(place(i, 5), 9) for i in range(5)] == [0.1, 0.3, 0.5, 0.7, 0.9]
    assert [answer_of(place(i, 5), FIVE) for i in range(5)] == list(FIVE)
    assert (answer_of(0.0, FIVE), answer_of(1.0, FIVE)) == ("none", "deep")


def test_a_belief_is_taken_at_its_mean() -> None:
    assert trust_of({"building": 1.0}, FIVE) == 0.5
    assert trust_of({"none": 0.5, "deep": 0.5}, FIVE) == pytest.approx(0.5)
    assert trust_of({"new": 0.3, "building": 0.7}, FIVE) == pytest.approx(0.44)


@pytest.mark.parametrize("bad", [{"none": 0.5}, {"lots": 1.0}, {"none": -0.5, "new": 1.5}])
def test_what_is_no_belief_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="add up to one"):
        trust_of(bad, FIVE)


def test_moments_are_the_models() -> None:
    assert moment_of("stings", present=True) == (0.55, True)
    assert moment_of("cruel", present=False) == (1.0, False)
