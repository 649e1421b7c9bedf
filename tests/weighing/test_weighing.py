"""How a moment is weighed, told by one small book."""

import pytest

from poise import Moment, Rulebook, Weighing, weigh
from poise.rulebook.reading import read
from poise.weighing.tables import SCALE
from poise.weighing.weighing import tables_of

BOOK = """
poise: 1
title: Small
considerations:
  who_was_hit: {ask: q, answers: me | someone_here | people_not_here}
  harm: {ask: q, answers: slip < stings < serious}
  place: {ask: q, answers: home | work | online, fixed: true}
  trust: {ask: q, answers: none < new < deep}
  danger: {ask: q, answers: no | yes, fixed: true}
impossible: ["place == home and trust == none"]
responses:
  toward:
    say_it: {say: Say it}
    ask: {say: Ask}
    let_be: {say: Let it be}
  beside:
    with_them: {say: Be with them, needs: "who_was_hit == someone_here"}
    nothing_more: {say: Nothing more}
  mine:
    own_it: {say: Own it}
    let_it_rest: {say: Let it rest}
start: {ask: 0.25}
guidelines:
  address_it:
    say: Address it
    when: "harm >= stings"
    lean: {say_it: nudge, let_be: -nudge}
  worse:
    say: The worse, the plainer
    leans:
      - {when: "harm >= stings", lean: {say_it: nudge}}
      - {when: "harm == serious", lean: {say_it: pull, let_be: -pull}}
  not_online:
    say: Not online
    when: "place == online"
    unless: "who_was_hit == me"
    lean: {say_it: -strong}
    weight: 0.5
  trusted:
    say: Ask those I trust
    when: "trust == deep"
    lean: {ask: 2}
bounds:
  danger: {when: danger == yes, instead: Get out}
  at_work: {when: "place == work", unless: "harm == slip", never: [let_be], say: Not at work}
"""


def book(text: str = BOOK) -> Rulebook:
    return read("small", text)


def weighed(**answers: str | dict[str, float]) -> Weighing:
    small = book()
    return weigh(small, Moment(small, **answers))


def doublings(weighing: Weighing, name: str = "toward") -> dict[str, float]:
    leaning = getattr(weighing, name)
    return {standing.response: standing.score / SCALE for standing in leaning.ranking}


def test_a_score_is_the_start_and_the_leans_of_all_that_applies() -> None:
    weighing = weighed(harm="serious", place="online", who_was_hit="someone_here", trust="new")
    assert doublings(weighing) == {"say_it": 0.75 + 0.75 + 1.5 - 1.5, "ask": 0.25, "let_be": -2.25}
    assert weighing.applies == {"address_it": 1, "worse": 1, "not_online": 1}


def test_reasons_name_each_guideline_once_and_add_up_to_the_score() -> None:
    weighing = weighed(harm="serious", place="online", who_was_hit="someone_here", trust="new")
    reasons = [(reason.guideline, reason.doublings) for reason in weighing.reasons["say_it"]]
    assert reasons == [("address_it", 0.75), ("worse", 2.25), ("not_online", -1.5)]
    assert [(reason.guideline, reason.doublings) for reason in weighing.reasons["ask"]] == [("start", 0.25)]


def test_shares_double_with_each_doubling() -> None:
    weighing = weighed(harm="slip", trust="deep", place="home", who_was_hit="someone_here")
    assert weighing.toward is not None
    assert weighing.toward["ask"].share / weighing.toward["let_be"].share == pytest.approx(2**2.25)


def test_lists_are_led_apart_and_a_pair_is_suggested() -> None:
    weighing = weighed(harm="slip", trust="deep", place="home", who_was_hit="someone_here")
    assert weighing.pair == {"toward": ("ask",), "beside": ("with_them", "nothing_more")}
    assert weighing.mine is None


def test_a_tie_is_a_tie_in_the_order_of_the_book() -> None:
    weighing = weighed(who_was_hit="someone_here")
    assert weighing.beside is not None
    assert (weighing.beside.lead, weighing.beside.close) == (("with_them", "nothing_more"), True)
    assert weighing.beside.rival is None


def test_close_is_within_half_a_doubling() -> None:
    small = book(BOOK.replace("ask: 0.25", "ask: 0.5"))
    weighing = weigh(small, Moment(small))
    assert weighing.toward is not None
    assert (weighing.toward.lead, weighing.toward.close) == (("ask",), True)
    farther = book(BOOK.replace("ask: 0.25", "ask: 0.501"))
    weighing = weigh(farther, Moment(farther))
    assert weighing.toward is not None
    assert not weighing.toward.close


def test_my_own_slip_is_weighed_on_its_own_list() -> None:
    weighing = weighed(whose="mine", harm="slip")
    assert (weighing.toward, weighing.beside) == (None, None)
    assert weighing.mine is not None
    assert weighing.pair == {"mine": ("own_it", "let_it_rest")}


def test_unknown_is_not_no() -> None:
    weighing = weighed(who_was_hit="people_not_here", trust="new")
    assert set(weighing.open) == {"address_it", "worse", "not_online"}
    assert weighing.applies == {}
    assert doublings(weighing) == {"say_it": 0, "ask": 0.25, "let_be": 0}


def test_a_guideline_applies_when_it_holds_whatever_the_unanswered_questions_are() -> None:
    small = book(BOOK.replace('when: "trust == deep"', 'when: "trust == deep or trust != deep"'))
    assert weigh(small, Moment(small)).applies == {"trusted": 1}


def test_what_cannot_be_is_not_waited_for() -> None:
    small = book(BOOK.replace('when: "trust == deep"', 'when: "trust >= new"'))
    assert weigh(small, Moment(small, place="home")).applies == {"trusted": 1}
    assert "trusted" in weigh(small, Moment(small, place="work")).open


def test_a_belief_counts_a_guideline_by_the_chance_that_it_holds() -> None:
    weighing = weighed(trust={"new": 0.25, "deep": 0.75}, place="work", harm="slip", who_was_hit="me")
    assert weighing.applies == {"trusted": 0.75}
    assert doublings(weighing)["ask"] == 0.25 + 0.75 * 2


def test_chances_are_rounded_to_a_256th_so_that_scores_stay_whole() -> None:
    weighing = weighed(trust={"new": 2 / 3, "deep": 1 / 3}, place="work", harm="slip", who_was_hit="me")
    assert weighing.applies == {"trusted": 85 / 256}
    assert all(isinstance(standing.score, int) for leaning in weighing.leanings for standing in leaning.ranking)


def test_a_bound_that_replaces_is_all_there_is() -> None:
    weighing = weighed(danger="yes", harm="serious")
    assert weighing.bound is not None
    assert (weighing.bound.id, weighing.bound.say) == ("danger", "Get out")
    assert (weighing.leanings, weighing.pair, weighing.turns) == ((), None, ())
    assert (weighing.settled, weighing.next_question) == (True, None)


def test_a_bound_takes_responses_out_when_it_is_certainly_met() -> None:
    weighing = weighed(place="work", harm="stings")
    assert weighing.toward is not None
    assert [standing.response for standing in weighing.toward.ranking] == ["say_it", "ask"]
    with pytest.raises(KeyError):
        weighing.toward["let_be"]
    assert {state.bound.id: state.met for state in weighing.bounds} == {"danger": False, "at_work": True}


def test_a_bound_that_may_be_met_is_said_and_takes_nothing_out() -> None:
    weighing = weighed(place="work", danger="no")
    assert {state.bound.id: state.met for state in weighing.bounds} == {"at_work": False}
    assert "let_be" in doublings(weighing)


@pytest.mark.parametrize("chance", [0.5, 0.999, 0.001, 1e-9])
def test_a_bound_believed_in_but_not_certain_is_said_and_takes_nothing_out(chance: float) -> None:
    weighing = weighed(place="work", harm={"stings": chance, "slip": 1 - chance}, danger="no")
    assert {state.bound.id: state.met for state in weighing.bounds} == {"at_work": False}
    assert "let_be" in doublings(weighing)


def test_what_lacks_what_it_needs_is_out_only_when_that_is_certain() -> None:
    assert "with_them" in doublings(weighed(), "beside")
    assert "with_them" in doublings(weighed(who_was_hit={"me": 0.9, "someone_here": 0.1}), "beside")
    assert "with_them" not in doublings(weighed(who_was_hit="people_not_here"), "beside")
    assert "with_them" not in doublings(weighed(who_was_hit={"me": 0.9, "people_not_here": 0.1}), "beside")


def test_when_it_landed_on_me_nothing_is_steered_and_everything_still_stands() -> None:
    weighing = weighed(who_was_hit="me", harm="serious")
    assert (weighing.steer, weighing.pair) == (False, None)
    assert weighing.toward is not None
    assert weighing.toward.lead == ("say_it",)
    assert weighed(who_was_hit={"me": 0.9, "someone_here": 0.1}).steer


def test_it_asks_what_could_move_a_lead_and_stops_when_nothing_could() -> None:
    weighing = weighed(who_was_hit="people_not_here", place="work", danger="no")
    assert not weighing.settled
    assert weighing.next_question in ("harm", "trust")
    small = book()
    moment = weighing.moment.changed(small, harm="slip", trust="deep")
    assert weigh(small, moment).settled
    assert weigh(small, moment).next_question is None


def test_questions_that_cannot_change_a_lead_are_not_asked() -> None:
    weighing = weighed(who_was_hit="people_not_here", harm="slip", trust="deep", place="home")
    assert weighing.settled  # `danger` is unanswered, but bounds stand outside
    assert {state.bound.id for state in weighing.bounds} == {"danger"}


def test_turns_are_the_fewest_changes_that_put_another_in_the_lead() -> None:
    weighing = weighed(who_was_hit="people_not_here", harm="slip", trust="new", place="home")
    assert [(turn.changes, turn.lead) for turn in weighing.turns if turn.list == "toward"] == [
        ({"harm": "stings"}, ("say_it",)),
        ({"harm": "serious"}, ("say_it",)),
    ]
    assert [(turn.changes, turn.lead) for turn in weighing.turns if turn.list == "beside"] == [
        ({"who_was_hit": "someone_here"}, ("with_them", "nothing_more")),
    ]


def test_what_is_fixed_and_what_cannot_be_are_never_offered_as_turns() -> None:
    turns = weighed(who_was_hit="someone_here", harm="serious", trust="deep", place="online").turns
    assert turns
    assert not any({"place", "danger"} & turn.changes.keys() for turn in turns)
    at_home = weighed(who_was_hit="someone_here", harm="slip", trust="deep", place="home").turns
    assert not any(turn.changes.get("trust") == "none" for turn in at_home)


def test_reasons_that_are_enough_alone_and_reasons_that_had_to_be_there() -> None:
    weighing = weighed(who_was_hit="people_not_here", harm="serious", trust="deep", place="home")
    assert weighing.toward is not None
    assert weighing.toward.lead == ("say_it",)
    assert weighing.toward.guidelines == ("address_it", "worse", "trusted")
    assert weighing.toward.enough_alone == ("address_it", "worse")
    assert weighing.toward.had_to_be_there == ("address_it", "worse")


def test_weights_are_taken_in_exactly_as_they_are_written() -> None:
    lean = "lean: {say_it: 1.5, let_be: -1.5}\n    weight: 1.253"
    small = book(BOOK.replace("lean: {say_it: nudge, let_be: -nudge}", lean))
    assert doublings(weigh(small, Moment(small, harm="stings")))["let_be"] == -1.88


def test_the_tables_of_a_book_are_made_once() -> None:
    small = book()
    assert tables_of(small) is tables_of(small)
    assert tables_of(book()) is not tables_of(small)


def test_many_books_can_be_weighed_in_turn() -> None:
    books = [book() for _ in range(40)]
    for _ in range(2):
        assert all(weigh(each, Moment(each, harm="serious")).toward for each in books)
