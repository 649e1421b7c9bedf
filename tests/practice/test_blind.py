"""The starter books on moments written by people who had never seen a guideline."""

import pytest

from poise.rulebook.guideline import BESIDE, TOWARD

from .reading import is_acceptable, leads, vignettes

BLIND = vignettes("blind.yaml")
LISTS = [(v, weighing, leaning) for v in BLIND for weighing in [v.weigh()] for leaning in weighing.leanings]


def test_no_bound_stops_a_moment_that_is_one_to_weigh() -> None:
    assert not [v.id for v in BLIND if v.weigh().bound]


def test_what_would_be_wrong_leads_in_none_of_them() -> None:
    wrong = [f"{v.id} {leaning.lead}" for v, weighing, leaning in LISTS if leads(weighing, leaning) & set(v.not_ok)]
    assert not wrong


@pytest.mark.parametrize(("name", "least"), [(TOWARD, 0.9), (BESIDE, 0.97)])
def test_the_lead_is_acceptable_in_most_of_them(name: str, least: float) -> None:
    lists = [each for each in LISTS if each[2].list == name]
    fell = [f"{v.id} {leaning.lead}" for v, weighing, leaning in lists if not is_acceptable(v, weighing, leaning)]
    assert len(fell) <= (1 - least) * len(lists), fell
