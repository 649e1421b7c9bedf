"""A book fitted to what is remembered: what moves, what must not, and what nobody expects."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

import poise
from poise.learning.design import Design
from poise.learning.lately import lately
from poise.learning.laying import familiar, laid_out
from poise.learning.learner import Learned, learn
from poise.learning.model.posterior import fit
from poise.learning.remembering import Remembered, outcome_of
from poise.rulebook.guideline import UNITS
from poise.rulebook.reading import read

from .books import TEXT, small
from .living import Living, reweighted

BOOK = small()
FREE = [name for name, guideline in BOOK.guidelines.items() if not guideline.anchored]


def lived(
    count: int, weights: dict[str, float] | None = None, seed: int = 0, hindsight: float = 0.3
) -> list[Remembered]:
    values = reweighted(BOOK, weights or {})
    return Living(values, values, hindsight).moments(np.random.default_rng(seed), count)


def online(did: str, count: int, would: str = "") -> list[Remembered]:
    answers = {"place": "online", "harm": "stings", "who_was_hit": "someone_here"}
    would_have = {"toward": would} if would else {}
    return [Remembered(answers, {"toward": did}, would_have, at=float(at)) for at in range(count)]


def test_without_records_the_weights_and_shares_are_those_of_the_book() -> None:
    learned = learn(BOOK, [])
    assert learned.weights == {name: guideline.weight for name, guideline in BOOK.guidelines.items()}
    assert learned.posterior.prior.decisiveness == learned.posterior.prior.spread == 1.0
    design = Design(BOOK)
    assert (learned.posterior.mean == design.prior(0).mean).all()
    assert (learned.posterior.covariance == np.diag(design.prior(0).sd ** 2)).all()


def test_utilities_are_the_scores_of_the_weighing_in_nats() -> None:
    records = lived(40)
    evidence = laid_out(Design(BOOK), records)
    for seen in evidence.seen:
        record = records[seen.number]
        weighing = poise.weigh(BOOK, poise.Moment(BOOK, **record.answers))
        lane = evidence.design.lanes[seen.lane]
        leaning = next(each for each in weighing.leanings if each.list == lane.name)
        u = seen.phi @ evidence.design.written
        for standing in leaning.ranking:
            doublings = standing.score / (UNITS * 256)
            assert u[lane.responses.index(standing.response)] == pytest.approx(doublings * log(2), abs=1e-9)
        assert int(seen.stood.sum()) == len(leaning.ranking)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_anchored_does_not_move_to_the_last_bit(seed: int) -> None:
    learned = learn(BOOK, lived(80, {"not_online": 3.0}, seed))
    assert learned.weights["cardinal"] == 1.0
    assert learned.weights_sd["cardinal"] == 0.0
    assert learned.weights["not_online"] != 1.0
    assert lately(learned).weights["cardinal"] == 1.0


def test_a_guideline_that_is_lived_more_strongly_gets_a_higher_weight_and_another_a_lower_one() -> None:
    learned = learn(BOOK, lived(250, {"not_online": 2.5, "between_us": 0.0}, 4))
    assert learned.weights["not_online"] > 1.25
    assert learned.weights["between_us"] < 0.85
    assert lately(learned).weights["not_online"] > 1.25


def test_a_guideline_of_weight_nothing_can_be_seen_at_work() -> None:
    learned = learn(BOOK, lived(250, {"set_aside": 2.0}, 5))
    assert learned.weights["set_aside"] > 0.4


def test_hindsight_weighs_more_than_what_was_done() -> None:
    done = learn(BOOK, online("speak", 20)).weights["not_online"]
    both = learn(BOOK, online("speak", 20, would="later")).weights["not_online"]
    hindsight = learn(BOOK, [replace(record, did={}) for record in online("speak", 20, would="speak")])
    assert hindsight.weights["not_online"] < done < 1
    assert both > done


def test_followed_advice_moves_less_than_the_same_done_unasked() -> None:
    records = online("later", 30)
    alone = learn(BOOK, records)
    followed = learn(BOOK, [replace(record, followed=True) for record in records])
    written = BOOK.guidelines["not_online"].weight
    assert abs(followed.weights["not_online"] - written) < 0.6 * abs(alone.weights["not_online"] - written)


def test_moments_that_landed_on_me_teach_nothing() -> None:
    on_me = [replace(r, answers={**r.answers, "who_was_hit": "me"}) for r in online("speak", 30, would="speak")]
    assert learn(BOOK, on_me).weights == learn(BOOK, []).weights


def test_moments_under_a_bound_and_choices_it_took_out_teach_nothing() -> None:
    unsafe = [replace(r, answers={**r.answers, "safety": "not_safe"}) for r in online("speak", 30)]
    replaced = [replace(r, answers={**r.answers, "harm": "serious"}) for r in unsafe]
    for records in (unsafe, replaced):
        assert learn(BOOK, records).weights == learn(BOOK, []).weights


def test_what_a_bound_took_out_is_not_among_what_was_chosen_from() -> None:
    answers = {"safety": "not_safe", "place": "online"}
    evidence = laid_out(Design(BOOK), [Remembered(answers, {"toward": "later"})])
    lane = evidence.design.lanes[0]
    assert not evidence.groups[0].stood[0, lane.responses.index("speak")]


def test_the_order_of_records_does_not_matter() -> None:
    records = [replace(record, outcome=float(at % 4)) for at, record in enumerate(lived(60, seed=6))]
    order = np.random.default_rng(0).permutation(60)
    one, other = learn(BOOK, records), learn(BOOK, [records[at] for at in order])
    assert list(one.weights.values()) == pytest.approx(list(other.weights.values()), abs=1e-8)
    assert list(lately(one).weights.values()) == pytest.approx(list(lately(other).weights.values()), abs=1e-12)


def test_other_names_change_nothing() -> None:
    renamed = read(
        "renamed", TEXT.replace("not_online", "zz_offline").replace("speak", "a_word").replace("energy", "zest")
    )
    records = lived(60, seed=7)
    said = {"speak": "a_word"}

    def other(given: object) -> dict[str, str]:
        return {name: said.get(r, r) for name, r in dict(given).items()}  # type: ignore[call-overload]

    changed = [
        replace(
            record,
            answers={("zest" if name == "energy" else name): answer for name, answer in record.answers.items()},
            did=other(record.did),
            hindsight=other(record.hindsight),
        )
        for record in records
    ]
    assert list(learn(BOOK, records).weights.values()) == pytest.approx(
        list(learn(renamed, changed).weights.values()), abs=1e-12
    )


def test_outcomes_that_went_well_with_a_guideline_speak_for_it_and_the_scale_does_not_matter() -> None:
    draw, records = np.random.default_rng(8), []
    for at in range(200):
        did = str(draw.choice(["speak", "later"]))
        went = (1.0 if did == "later" else -1.0) + draw.normal(0, 0.5)
        records.append(replace(online(did, 1)[0], at=float(at), outcome=went))
    plain = learn(BOOK, [replace(record, outcome=None) for record in records])
    rated = learn(BOOK, records)
    scaled = learn(BOOK, [replace(record, outcome=10 * (record.outcome or 0) + 3) for record in records])
    assert rated.outcomes.used == 200
    assert rated.weights["not_online"] > plain.weights["not_online"]
    assert rated.weights["not_online"] == pytest.approx(scaled.weights["not_online"], abs=1e-6)


def test_habits_with_one_person_are_told_apart_from_guidelines() -> None:
    records = lived(120, seed=9)
    with_one = [
        replace(record, did={**record.did, "toward": "ask"}) if record.relationship == 2 else record
        for record in records
    ]
    learned = learn(BOOK, with_one)
    moment = poise.Moment(BOOK, harm="stings", place="group", who_was_hit="someone_here")
    assert learned.shares(moment, 2)["toward"]["ask"] > 2 * learned.shares(moment, 3)["toward"]["ask"]
    somebody_new = learned.shares(moment)["toward"]
    assert sum(somebody_new.values()) == pytest.approx(1)
    in_hindsight = learned.shares(moment, 2, hindsight=True)["toward"]["ask"]
    assert in_hindsight < learned.shares(moment, 2)["toward"]["ask"]


def test_people_met_once_have_no_habits_of_their_own_and_very_many_do_no_harm() -> None:
    records = [
        replace(record, relationship=at // 4 if at < 100 else at) for at, record in enumerate(lived(200, seed=16))
    ]
    assert familiar(records) == tuple(range(12))
    assert familiar(records[:2]) == ()
    backwards = list(reversed(records))
    assert familiar(backwards) == tuple(range(12))


def test_under_a_bound_nothing_is_predicted() -> None:
    assert learn(BOOK, []).shares(poise.Moment(BOOK, safety="not_safe", harm="serious")) == {}


def test_every_part_of_the_joint_fit_is_the_exact_optimum_of_what_it_says() -> None:
    learned = learn(BOOK, [replace(r, outcome=float(at % 5)) for at, r in enumerate(lived(60, seed=15))])
    for part in learned.posterior.parts:
        again = fit(learned.evidence.groups, part.prior, learned.outcomes, np.zeros(len(part.mean)))
        assert again.mean == pytest.approx(part.mean, abs=3e-7)
    assert isinstance(learned, Learned)


def test_how_it_went_is_weighed_by_what_counts() -> None:
    assert outcome_of({"them": 1.0, "us": 0.0, "me": None}, {"them": 3.0, "us": 1.0, "me": 5.0}) == 0.75
    assert outcome_of({"them": None, "us": 1.0}, {"them": 1.0}) is None
    with pytest.raises(ValueError, match="finite"):
        outcome_of({"them": float("nan")}, {"them": 1.0})
    with pytest.raises(ValueError, match="less than nothing"):
        outcome_of({"them": 1.0}, {"them": -1.0})
