"""Records that nobody expects: finite, sensible, and spoken of in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

import pytest

from poise.learning import telling
from poise.learning.lately import lately
from poise.learning.learner import learn
from poise.learning.proposing import for_silence, proposals
from poise.learning.remembering import Remembered

from .test_learner import BOOK, lived, online

STRANGE: dict[str, Sequence[Remembered]] = {
    "one single record": lived(1, seed=10),
    "one that says nothing": [Remembered({})],
    "one looked back on and not done": [Remembered({"place": "online"}, {}, {"toward": "later"})],
    "all the same": online("speak", 200, would="speak"),
    "hindsight that says the opposite each time": [
        replace(r, hindsight={"toward": "speak" if at % 2 else "later"}) for at, r in enumerate(online("ask", 60))
    ],
    "a clock that ran backwards": [replace(record, at=-record.at) for record in lived(40, seed=11)],
    "all at one time": [replace(record, at=0.0) for record in lived(40, seed=12)],
    "ratings far outside any scale": [
        replace(record, outcome=1e12 if at % 3 else -1e12) for at, record in enumerate(lived(40, seed=13))
    ],
    "ratings that are no numbers": [
        replace(record, outcome=(float("nan"), float("inf"), 2.0)[at % 3])
        for at, record in enumerate(lived(40, seed=17))
    ],
    "a clock that is no number": [replace(record, at=float("nan")) for record in lived(40, seed=18)],
    "hindsight against each deed": [
        replace(record, did={"toward": one}, hindsight={"toward": other})
        for at, record in enumerate(online("ask", 60))
        for one, other in [("speak", "later") if at % 2 else ("later", "speak")]
    ],
    "answers that are none": [Remembered({"place": None, "harm": "stings"}, {"toward": "later"})] * 12,  # type: ignore[dict-item]
    "answers and responses of an older book": [
        Remembered(
            {"place": "the_moon", "weather": "rain", "harm": "stings"}, {"toward": "shout", "beside": "with_them"}
        )
    ]
    * 20,
    "beliefs for answers": [
        Remembered({"trust": {"new": 0.4, "deep": 0.6}, "place": "one_to_one"}, {"toward": "ask"}) for _ in range(20)
    ],
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_records_stay_finite_and_are_spoken_of_in_words(name: str) -> None:
    learned = learn(BOOK, STRANGE[name])
    assert all(isfinite(weight) and weight > -20 for weight in learned.weights.values())
    assert all(isfinite(sd) and sd >= 0 for sd in learned.weights_sd.values())
    assert all(isfinite(weight) for weight in lately(learned).weights.values())
    found = proposals(learned)
    said = telling.tell(BOOK, found)
    assert found.enough or said == telling.NOT_ENOUGH
    assert "nan" not in said
    assert "inf" not in said
    for each in found.proposals:
        assert abs(each.new - each.old) <= max(each.old, 0.25)


def test_one_single_record_is_not_enough_to_tell_whatever_it_says() -> None:
    for record in lived(12, seed=19, hindsight=1.0):
        assert telling.tell(BOOK, proposals(learn(BOOK, [record]))) == telling.NOT_ENOUGH


def test_where_hindsight_says_one_thing_as_often_as_the_other_no_change_is_for_more_silence() -> None:
    torn = [
        replace(record, did={"toward": one}, hindsight={"toward": other})
        for at, record in enumerate(online("ask", 60))
        for one, other in [("speak", "let_be") if at % 2 else ("let_be", "speak")]
    ]
    for each in proposals(learn(BOOK, torn)).proposals:
        assert (each.new - each.old) * for_silence(BOOK, BOOK.guidelines[each.guideline]) <= 0


def test_a_clock_that_ran_backwards_learns_the_same_and_only_what_came_last_is_another() -> None:
    records = lived(60, seed=20)
    one, other = learn(BOOK, records), learn(BOOK, [replace(record, at=-record.at) for record in records])
    assert list(other.weights.values()) == pytest.approx(list(one.weights.values()), abs=1e-8)
    assert all(isfinite(weight) for weight in lately(other).weights.values())


@pytest.mark.long
def test_ten_thousand_records_end_and_stay_finite() -> None:
    learned = learn(BOOK, lived(10_000, {"not_online": 2.0}, 14))
    assert learned.weights["not_online"] == pytest.approx(2.0, abs=0.35)
    assert learned.weights["cardinal"] == 1.0
    assert proposals(learned).proposals[0].guideline == "not_online"
