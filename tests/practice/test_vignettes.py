"""The starter books on the invented moments. The labels are one practitioner's; see docs/moments.md."""

import re
from typing import Any

import pytest

import poise
from poise.shelf import STARTERS

from .page import PAGE, page
from .reading import Vignette, book_of, flip_named, flip_reached, is_acceptable, leads, vignettes

ALL = vignettes()
WEIGHED = [v for v in ALL if not v.best.startswith("bound:")]
FLIPS = [(v, flip) for v in ALL for flip in v.flips]
CONTESTED = [v for v in ALL if v.best == "contested"]
THEIRS = [v for v in ALL if v.best == "theirs"]

IN_OTHER_WORDS = {
    "you owe no one a lesson": "owe no one a lesson",
    "their call": "their call",
}
"""Where the books say it in the first person, since guidelines are the reader's own."""


def by_id(vignette: Any) -> str:
    return vignette.id if isinstance(vignette, Vignette) else ""


def test_there_are_56_moments_for_all_three_books() -> None:
    assert len(ALL) == 56
    assert {v.book for v in ALL} == set(STARTERS)


@pytest.mark.parametrize("vignette", ALL, ids=by_id)
def test_bounds_stop_the_weighing_when_they_should_and_only_then(vignette: Vignette) -> None:
    weighing = vignette.weigh()
    wanted = vignette.best.removeprefix("bound:") if vignette.best.startswith("bound:") else None
    assert (weighing.bound.id if weighing.bound else None) == wanted


@pytest.mark.parametrize("vignette", WEIGHED, ids=by_id)
def test_what_would_be_wrong_never_leads(vignette: Vignette) -> None:
    weighing = vignette.weigh()
    for leaning in weighing.leanings:
        assert not leads(weighing, leaning) & set(vignette.not_ok)


def test_the_lead_is_acceptable_in_at_least_19_of_20() -> None:
    lists = [(v, weighing, leaning) for v in WEIGHED for weighing in [v.weigh()] for leaning in weighing.leanings]
    fell = [f"{v.id} {leaning.list} {leaning.lead}" for v, w, leaning in lists if not is_acceptable(v, w, leaning)]
    assert len(fell) <= 0.05 * len(lists), fell


def test_small_changes_flip_the_lead_in_at_least_19_of_20() -> None:
    fell = [f"{v.id} {flip['change']}" for v, flip in FLIPS if not flip_reached(v, flip)]
    assert len(fell) <= 0.05 * len(FLIPS), fell


def test_what_would_tip_it_names_a_part_of_the_change_in_at_least_19_of_20() -> None:
    fell = [f"{v.id} {flip['change']} {v.weigh().turns}" for v, flip in FLIPS if not flip_named(v, flip)]
    assert len(fell) <= 0.05 * len(FLIPS), fell


@pytest.mark.parametrize("vignette", CONTESTED, ids=by_id)
def test_contested_moments_are_never_led_by_more_than_half(vignette: Vignette) -> None:
    weighing = vignette.weigh()
    assert weighing.toward is not None
    assert max(standing.share for standing in weighing.toward.ranking) <= 0.5
    if weighing.steer:
        assert "Good people would differ." in str(weighing)
        assert str(weighing).count("For “") == 2


@pytest.mark.parametrize("vignette", THEIRS, ids=by_id)
def test_when_it_is_theirs_nothing_is_steered_and_everything_stands(vignette: Vignette) -> None:
    weighing = vignette.weigh()
    assert weighing.steer is False
    for leaning in weighing.leanings:
        assert {s.response for s in leaning.ranking} == {r.id for r in weighing.book.listed(leaning.list)}


@pytest.mark.parametrize("vignette", [v for v in ALL if v.must_say], ids=by_id)
def test_what_has_to_be_said_is_said(vignette: Vignette) -> None:
    text = " ".join(str(vignette.weigh()).lower().split())
    for words in vignette.must_say:
        assert IN_OTHER_WORDS.get(words, words) in text, (words, text)


@pytest.mark.parametrize("vignette", ALL, ids=by_id)
def test_what_hurts_is_not_said(vignette: Vignette) -> None:
    text = " ".join(str(vignette.weigh()).lower().split())
    assert not [words for words in vignette.must_not_say if re.search(rf"\b{re.escape(words)}\b", text)]


IDENTITIES = """
black white asian chinese jewish muslim christian hindu indigenous cree latino hispanic arab roma trans transgender
cis woman women man men girl boy female male gay lesbian queer bisexual nonbinary disabled deaf blind wheelchair fat
immigrant refugee undocumented race racial ethnicity gender religion orientation nationality
"""


@pytest.mark.parametrize("name", STARTERS)
def test_identity_is_never_an_input(name: str) -> None:
    book = book_of(name)
    asked = " ".join(
        " ".join([question.id, question.ask, question.explain, *question.answers, *question.words.values()])
        for question in book.questions
    )
    conditions = " ".join([*book.terms, *book.guidelines, *(g.say for g in book.guidelines.values())])
    words = set(re.findall(r"[a-z]+", f"{asked} {conditions}".lower().replace("_", " ")))
    assert not words & set(IDENTITIES.split())
    assert set(book.considerations["who_was_hit"].answers) == {"me", "someone_here", "people_not_here"}


def test_every_answer_of_the_stories_is_one_the_books_know() -> None:
    for vignette in ALL:
        book = book_of(vignette.book)
        poise.Moment(book, vignette.whose, **vignette.answers)
        for flip in vignette.flips:
            poise.Moment(book, vignette.whose, **{**vignette.answers, **flip["change"]})


def test_the_page_of_worked_moments_says_what_the_books_say_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again: python -m tests.practice.page"
