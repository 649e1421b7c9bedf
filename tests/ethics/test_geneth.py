"""Seventeen published cases of four dilemmas: each dilemma is one rulebook, each case leans to the action found right.

A duty is a consideration whose answer is a difference: what the first action does for it, more or less than the second.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

import poise

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data" / "ethics" / "geneth_cases.json"
FACTS: dict[str, Any] = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
DILEMMAS: dict[str, Any] = FACTS["dilemmas"]
CASES: list[dict[str, Any]] = FACTS["cases"]
BOOKS = {name: poise.read(HERE / "books" / f"{name}.yaml") for name in DILEMMAS}
LEVELS = {0: "even"}
for _steps, _prefix in ((1, ""), (2, "two_"), (3, "three_")):
    LEVELS |= {_steps: f"{_prefix}better", -_steps: f"{_prefix}worse"}


def difference(case: dict[str, Any]) -> dict[str, int]:
    """What the first action does for each duty, more or less than the second; more is always better."""
    dilemma = DILEMMAS[case["dilemma"]]
    first, second = (case[action] for action in dilemma["actions"])
    signs = {duty: -1 if duty in dilemma["bad"] else 1 for duty in dilemma["duties"]}
    return {duty: sign * (first.get(duty, 0) - second.get(duty, 0)) for duty, sign in signs.items()}


def weigh(name: str, steps: dict[str, int]) -> poise.Weighing:
    book = BOOKS[name]
    answers: dict[str, str] = {duty: LEVELS[step] for duty, step in steps.items()}
    return poise.weigh(book, poise.Moment(book, **answers))


def lead(name: str, steps: dict[str, int]) -> tuple[str, ...]:
    leaning = weigh(name, steps).toward
    assert leaning is not None
    return leaning.lead


def favour(name: str, steps: dict[str, int]) -> int:
    """How far the scores favour the first action over the second."""
    leaning = weigh(name, steps).toward
    assert leaning is not None
    first, second = (leaning[action].score for action in DILEMMAS[name]["actions"])
    return first - second


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']:02}-{case['dilemma']}")
def test_every_published_case_leans_to_the_action_found_right(case: dict[str, Any]) -> None:
    assert lead(case["dilemma"], difference(case)) == (case["right"],)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']:02}-{case['dilemma']}")
def test_with_the_actions_swapped_it_leans_to_the_other_side(case: dict[str, Any]) -> None:
    swapped = {duty: -step for duty, step in difference(case).items()}
    (other,) = set(DILEMMAS[case["dilemma"]]["actions"]) - {case["right"]}
    assert lead(case["dilemma"], swapped) == (other,)


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_one_weight_for_each_duty_and_no_table_of_cases(name: str) -> None:
    book = BOOKS[name]
    duties = list(DILEMMAS[name]["duties"])
    assert list(book.considerations) == duties
    assert len(book.guidelines) == len(duties)
    furthest = len(book.questions[0].answers) // 2
    even = dict.fromkeys(duties, 0)
    weight = {duty: favour(name, {**even, duty: 1}) for duty in duties}
    assert all(weight.values())
    steps = range(-furthest, furthest + 1)
    for combination in product(steps, repeat=len(duties)):
        assert favour(name, dict(zip(duties, combination, strict=True))) == sum(
            step * weight[duty] for step, duty in zip(combination, duties, strict=True)
        )


@pytest.mark.parametrize("name", BOOKS)
def test_where_no_duty_is_touched_it_is_a_tie_and_says_so(name: str) -> None:
    assert set(lead(name, dict.fromkeys(DILEMMAS[name]["duties"], 0))) == set(DILEMMAS[name]["actions"])


def test_all_seventeen_cases_are_here() -> None:
    assert [case["id"] for case in CASES] == list(range(1, 18))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not beside this checkout")
def test_our_encoding_agrees_with_the_source() -> None:
    published = {case["id"]: case for case in json.loads(SHARED.read_text("utf-8"))["cases"]}
    assert len(published) == len(CASES)
    for case in CASES:
        theirs, dilemma = published[case["id"]], DILEMMAS[case["dilemma"]]
        assert theirs["dilemma"] == dilemma["source_name"]
        assert theirs["correct"] == dilemma["actions"][case["right"]]
        for action, said in dilemma["actions"].items():
            ours = {source: case[action].get(duty, 0) for duty, source in dilemma["duties"].items()}
            assert theirs["intensity"][said] == ours
