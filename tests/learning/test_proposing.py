"""Proposals: what is proposed, when nothing is, and how it is said and done."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise
from poise.learning import telling
from poise.learning.applying import change, written
from poise.learning.forecasting import forecasts
from poise.learning.habits import habit
from poise.learning.learner import learn
from poise.learning.proposing import FEWEST, Proposal, Proposals, for_silence, proposals, stepped
from poise.learning.remembering import Remembered
from poise.rulebook.mistake import Mistakes
from poise.rulebook.reading import read

from .books import TEXT, small
from .living import Living, reweighted

BOOK = small()
FORBIDDEN = re.compile(
    r"%|\b(should|must|appropriate|problematic|offender|incident|optimal|score|good|bad|better|wrong|right|well done|"
    r"streak|fail\w*|percent)\b|!",
    re.IGNORECASE,
)


def lived(count: int, weights: dict[str, float], seed: int, hindsight: float = 0.4) -> list[Remembered]:
    values = reweighted(BOOK, weights)
    return Living(values, values, hindsight).moments(np.random.default_rng(seed), count)


def tired(did: str, would: str, count: int) -> list[Remembered]:
    answers = {"energy": "empty", "who_was_hit": "someone_here", "place": "group"}
    hindsight = {"toward": would} if would else {}
    return [Remembered(answers, {"toward": did}, hindsight, at=float(at)) for at in range(count)]


def test_a_guideline_lived_more_strongly_is_proposed_to_pull_harder() -> None:
    found = proposals(learn(BOOK, lived(250, {"not_online": 3.0}, 1)))
    (first, *_) = found.proposals
    assert first.guideline == "not_online"
    assert (first.old, first.up) == (1.0, True)
    assert 1.25 <= first.new <= 2.0
    assert len(first.moments) > len(first.against)
    assert 0 < first.in_hindsight < len(first.moments)


def test_the_moments_behind_it_are_ones_in_which_the_guideline_spoke() -> None:
    records = lived(250, {"not_online": 3.0}, 1)
    (first, *_) = proposals(learn(BOOK, records)).proposals
    assert all(records[number].answers.get("place") == "online" for number in (*first.moments, *first.against))


def test_below_enough_moments_there_is_not_enough_to_tell() -> None:
    found = proposals(learn(BOOK, lived(FEWEST - 1, {"not_online": 3.0}, 1)))
    assert found == Proposals((), enough=False)
    assert telling.tell(BOOK, found) == telling.NOT_ENOUGH
    assert telling.tell(BOOK, Proposals((), enough=True)) == telling.NOTHING


@pytest.mark.parametrize("seed", range(6))
def test_at_most_two_are_proposed_and_never_what_is_anchored(seed: int) -> None:
    weights = {"not_online": 0.0, "tired": 3.0, "between_us": 3.0, "serious": 0.0, "cardinal": 0.0}
    found = proposals(learn(BOOK, lived(300, weights, seed, hindsight=0.8)))
    assert 1 <= len(found.proposals) <= 2
    assert "cardinal" not in {each.guideline for each in found.proposals}


@pytest.mark.parametrize("seed", range(6))
def test_somebody_who_lives_by_the_book_gets_hardly_any_proposal(seed: int) -> None:
    assert len(proposals(learn(BOOK, lived(100, {}, seed))).proposals) <= 1


def test_proposals_point_the_way_of_what_the_person_really_holds() -> None:
    right = wrong = 0
    for seed in range(5):
        draw = np.random.default_rng(seed)
        weights = {
            name: float(np.exp(draw.normal(0, 0.9))) for name in ("not_online", "tired", "between_us", "serious")
        }
        for each in proposals(learn(BOOK, lived(180, weights, seed))).proposals:
            truth = weights.get(each.guideline, 0.0)
            right += (truth > each.old) == each.up
            wrong += (truth > each.old) != each.up
    assert right >= 4
    assert wrong <= right // 4


def test_what_was_forgotten_or_kept_private_is_not_proposed_again() -> None:
    learned = learn(BOOK, lived(250, {"not_online": 3.0}, 1))
    again = proposals(learned, leave_out={"not_online"})
    assert "not_online" not in {each.guideline for each in again.proposals}


def test_habit_alone_never_proposes_more_silence() -> None:
    assert for_silence(BOOK, BOOK.guidelines["tired"]) > 0
    assert for_silence(BOOK, BOOK.guidelines["cardinal"]) < 0
    by_habit = learn(BOOK, tired("let_be", "", 60))
    assert by_habit.weights["tired"] > 1.0
    assert not [each for each in proposals(by_habit).proposals if each.guideline == "tired"]


def test_hindsight_may_propose_letting_be_more_often() -> None:
    records = lived(200, {"tired": 3.0}, 3, hindsight=0.6)
    (first,) = [each for each in proposals(learn(BOOK, records)).proposals if each.guideline == "tired"]
    assert first.up
    assert first.in_hindsight >= 3
    silent = [replace(record, hindsight={}) for record in records]
    assert learn(BOOK, silent).weights["tired"] > 1.25
    assert "tired" not in {each.guideline for each in proposals(learn(BOOK, silent)).proposals}


def test_following_advice_alone_proposes_nothing() -> None:
    followed = []
    for record in lived(200, {}, 5):
        weighing = poise.weigh(BOOK, poise.Moment(BOOK, **record.answers))
        did = {each.list: each.lead[0] for each in weighing.leanings}
        followed.append(replace(record, did=did, hindsight={}, followed=True))
    assert proposals(learn(BOOK, followed)).proposals == ()


@given(st.floats(0, 10), st.floats(-20, 20))
def test_a_step_is_small_and_never_to_nothing(old: float, weight: float) -> None:
    new = stepped(old, weight)
    assert 0 <= new <= 10
    assert new >= min(old, 0.25)
    assert old / 2 <= new <= max(2 * old, 0.25)


# As an edit


def proposal(guideline: str, old: float, new: float) -> Proposal:
    return Proposal(guideline, old, new, (0, 1, 2), (), 1, "little")


def test_applying_changes_one_weight_and_nothing_else() -> None:
    found = change("small", TEXT, proposal("set_aside", 0.0, 0.25))
    assert found.after == TEXT.replace("    weight: 0\n", "    weight: 0.25\n")
    assert read("small", found.after).guidelines["set_aside"].weight == 0.25
    assert [line for line in found.difference if line.startswith("-")] == ["-    weight: 0"]
    assert [line for line in found.difference if line.startswith("+")] == ["+    weight: 0.25"]


def test_a_weight_that_was_not_written_is_written_as_a_new_line() -> None:
    found = change("small", TEXT, proposal("not_online", 1.0, 1.5))
    after = read("small", found.after)
    assert after.guidelines["not_online"] == BOOK.guidelines["not_online"]._replace(weight=1.5)
    assert [line for line in found.difference if line[0] in "+-"] == ["+    weight: 1.5"]
    undone = change("small", found.after, proposal("not_online", 1.5, 1.0))
    assert read("small", undone.after) == BOOK


def test_a_guideline_that_is_not_in_this_text_is_a_mistake_and_nothing_changes() -> None:
    with pytest.raises(Mistakes, match="there is no `nowhere`"):
        change("small", TEXT, proposal("nowhere", 1.0, 1.5))


@pytest.mark.parametrize(
    ("weight", "text"), [(1.0, "1"), (1.5, "1.5"), (0.25, "0.25"), (0.1234, "0.123"), (10.0, "10")]
)
def test_weights_are_written_short(weight: float, text: str) -> None:
    assert written(weight) == text


# In words


def every_sentence() -> list[str]:
    said = [telling.NOT_ENOUGH, telling.NOTHING, telling.ONLY_PROPOSED, telling.CARE, *telling.KNOWN.values()]
    for new in (0.5, 0.75, 1.25, 1.5, 2.0):
        for known in telling.KNOWN:
            each = Proposal("not_online", 1.0, new, tuple(range(14)), (20,), 3, known)
            said += telling.proposal_words(BOOK, each, lambda number: f"moment {number}")
    said += telling.proposal_words(BOOK, proposal("set_aside", 0.0, 0.25))
    for more in (True, False):
        found = habit(BOOK, tired("let_be", "speak", 12))
        assert found is not None
        said.append(telling.habit_words(replace(found, more_than_before=more)))
    records = [Remembered({}, forecast="sore", came=came) for came in ("sore", "closer", "closer", "")]
    said += [telling.forecast_words(each) for each in forecasts(records) + forecasts(records[:1])]
    return said


def test_no_sentence_praises_blames_or_counts_as_a_score() -> None:
    for sentence in every_sentence():
        assert not FORBIDDEN.search(sentence), sentence


def test_a_proposal_in_words() -> None:
    each = Proposal("not_online", 1.0, 2.0, (4, 1, 2), (7,), 2, "little")
    assert telling.proposal_words(BOOK, each, {4: "Monday", 1: "Friday", 2: "the choir"}) == [
        "“Not online”",
        "Proposed: let it pull about twice as hard as it is written.",
        telling.behind(each) + " That is little to go on.",
        "  Monday",
        "  Friday",
        "  the choir",
    ]
    assert telling.behind(each) == (
        "Three of your moments speak for it, two of them by what you said looking back; one speaks against it."
    )
    said = telling.tell(BOOK, Proposals((each,), enough=True))
    assert said.endswith(f"{telling.ONLY_PROPOSED} {telling.CARE}")


# Habit


def test_letting_be_that_hindsight_does_not_share_is_said() -> None:
    records = [*tired("speak", "", 8), *tired("let_be", "speak", 8)]
    records = [replace(record, at=float(at)) for at, record in enumerate(records)]
    found = habit(BOOK, records)
    assert found is not None
    assert found.let_be == found.otherwise == tuple(range(8, 16))
    words = telling.habit_words(replace(found, more_than_before=True))
    assert words == (
        "Lately you have let things be more often than before: in eight of the last twelve moments. Looking back on "
        "them, eight times you would rather have done something else. Does letting it be, for now, still fit?"
    )


@pytest.mark.parametrize(
    "records",
    [
        [],
        tired("let_be", "", 20),
        tired("let_be", "let_be", 20),
        tired("speak", "let_be", 20),
        tired("let_be", "speak", 5),
        [replace(r, answers={**r.answers, "who_was_hit": "me"}) for r in tired("let_be", "speak", 20)],
    ],
    ids=["nothing", "no hindsight", "hindsight agrees", "never let be", "too few", "it landed on me"],
)
def test_otherwise_nothing_is_said_of_it(records: list[Remembered]) -> None:
    assert habit(BOOK, records) is None


def test_letting_be_under_another_name_counts_too() -> None:
    other = read("other", TEXT.replace("    later:", "    wait: {say: Wait, like: let_be}\n    later:"))
    records = tired("wait", "speak", 8)
    assert habit(other, records) is not None


# Forecasts


def test_forecasts_are_counted_from_the_persons_own_record() -> None:
    records = [
        Remembered({}, forecast="sore", came=came)
        for came in ("sore", "closer", "same", "closer", "same", "same", "closer", "")
    ]
    (found,) = forecasts(records)
    assert (found.came, found.otherwise, found.open) == ((0,), (1, 2, 3, 4, 5, 6), (7,))
    assert telling.forecast_words(found) == (
        "You expected “sore” seven times. It came once. Of one more you have not said yet."
    )


def test_two_forecasts_are_not_enough_to_tell() -> None:
    (found,) = forecasts([Remembered({}, forecast="sore", came="closer")] * 2)
    assert telling.forecast_words(found) == "You expected “sore” twice. Not enough to tell yet."
    assert forecasts([Remembered({}, came="sore")]) == ()
