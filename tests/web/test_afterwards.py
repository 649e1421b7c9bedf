"""Afterwards: one question at a time, each skippable, nothing pre-filled, nothing lost."""

import re
from html import unescape

import pytest

from poise.journal.entries import Reflection, Sign
from poise.practice import Practice

from .conftest import PASSPHRASE
from .site import Answer, Visitor

ANSWERS = {"who_was_hit": "someone_here", "harm": "stings", "they_want": "back_me_up"}


@pytest.fixture
def moment(unlocked: Visitor) -> str:
    """The path of a kept moment."""
    with unlocked.app.rooms.door.inside() as practice:
        kept = practice.keep(answers=ANSWERS, person="Ola", did="gentle_now")
    return f"/afterwards/{kept.uid}"


def question(page: Answer) -> str:
    """The name of the question on a page."""
    found = re.search(r'name="question" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def answered(visitor: Visitor, path: str, **answers: str) -> list[str]:
    """Answer what is named, pass the rest over; the names of the questions in their order."""
    asked: list[str] = []
    for _ in range(40):
        page = visitor.get(f"{path}/ask")
        name = question(page)
        if not name:
            return asked
        asked.append(name)
        visitor.send(f"{path}/ask", {"question": name, "answer": answers.get(name, "")})
    raise AssertionError(asked)


def test_before_anything_is_kept_it_says_what_comes_here(unlocked: Visitor) -> None:
    assert "Nothing is kept yet." in unlocked.get("/afterwards").words


def test_a_kept_moment_is_listed_with_what_i_did(unlocked: Visitor, moment: str) -> None:
    page = unlocked.get("/afterwards")
    assert "with Ola" in page.words
    assert "Tell them kindly, now" in page.words
    assert moment in page.text


def test_what_was_expected_is_asked_before_how_it_went(unlocked: Visitor, moment: str) -> None:
    asked = answered(unlocked, moment)
    assert asked[0] == "forecast"
    assert asked.index("forecast") < asked.index("for_us")


def test_nothing_is_filled_in_and_the_leaning_is_not_shown(unlocked: Visitor, moment: str) -> None:
    page = unlocked.get(f"{moment}/ask")
    assert "aria-pressed" not in page.text.split("<main")[1].split("</main")[0]
    assert "checked" not in page.text
    assert "leans to" not in unlocked.get(moment).words


def test_answers_become_a_reflection_and_signs(unlocked: Visitor, moment: str) -> None:
    answered(unlocked, moment, forecast="sore", for_us="closer", for_me="lighter", off="no", rating="held")
    page = unlocked.follow(unlocked.send(f"{moment}/keep"))
    assert "closer" in page.words
    with unlocked.app.rooms.door.inside() as practice:
        (reflection,) = practice.journal.entries(Reflection)
        assert (reflection.for_us, reflection.for_me) == ("closer", "lighter")
        signs = {sign.sign: sign.said for sign in practice.journal.entries(Sign)}
        assert signs == {"rupture": "no", "rating": "held"}
        assert practice.moments()[0].forecast == "sore"


def test_passing_everything_over_keeps_nothing(unlocked: Visitor, moment: str) -> None:
    answered(unlocked, moment)
    assert "nothing to keep" in unlocked.get(f"{moment}/ask").words


def test_own_words_count_and_an_answer_that_is_none_does_not(unlocked: Visitor, moment: str) -> None:
    unlocked.send(f"{moment}/ask", {"question": "forecast", "answer": "", "words": "a long silence"})
    unlocked.send(f"{moment}/ask", {"question": "off", "answer": "nonsense"})
    for _ in range(20):
        name = question(unlocked.get(f"{moment}/ask"))
        if name in ("off", ""):
            break
        unlocked.send(f"{moment}/ask", {"question": name})
    unlocked.send(f"{moment}/ask", {"question": "off", "answer": "nonsense"})
    unlocked.send(f"{moment}/keep")
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.moments()[0].forecast == "a long silence"
        assert practice.journal.entries(Sign) == []


def test_one_step_back_asks_again_and_another_tab_answers_nothing_twice(unlocked: Visitor, moment: str) -> None:
    first = question(unlocked.get(f"{moment}/ask"))
    unlocked.send(f"{moment}/ask", {"question": first, "answer": "sore"})
    second = question(unlocked.get(f"{moment}/ask"))
    unlocked.send(f"{moment}/ask", {"question": first, "answer": "closer"})
    assert question(unlocked.get(f"{moment}/ask")) == second
    unlocked.send(f"{moment}/ask", {"back": "yes"})
    assert question(unlocked.get(f"{moment}/ask")) == first


def test_it_goes_on_after_locking_where_it_was(unlocked: Visitor, moment: str) -> None:
    unlocked.send(f"{moment}/ask", {"question": "forecast", "answer": "sore"})
    unlocked.send("/lock")
    assert unlocked.get(f"{moment}/ask").place == f"/unlock?to={moment}/ask"
    unlocked.send("/unlock", {"passphrase": PASSPHRASE})
    assert question(unlocked.get(f"{moment}/ask")) != "forecast"
    assert "Go on where you were" in unlocked.get(moment).words


def test_what_is_typed_is_kept(unlocked: Visitor, moment: str) -> None:
    unlocked.send(f"{moment}/draft", {"question": "forecast", "words": "half a sen"})
    assert "half a sen" in unlocked.get(f"{moment}/ask").text


def test_a_moment_there_is_not_says_so(unlocked: Visitor) -> None:
    assert unlocked.get("/afterwards/nothing").status == 404
    assert unlocked.get("/afterwards/nothing/ask").status == 404


def test_many_moments_come_page_by_page(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        for _ in range(25):
            practice.keep(answers={"harm": "slip"})
    page = unlocked.get("/afterwards")
    older = re.search(r'href="(/afterwards\?before=[0-9a-f]+)"', page.text)
    assert older
    rest = unlocked.get(older[1])
    assert len(set(re.findall(r"/afterwards/[0-9a-f]{32}", page.text + rest.text))) == 25


def test_a_practice_opened_elsewhere_shows_the_same(unlocked: Visitor, moment: str) -> None:
    with Practice.open(unlocked.app.rooms.door.folder, PASSPHRASE) as practice:
        assert practice.moments()[0].uid == moment.rpartition("/")[2]


INSTRUMENT = """\
instrument: 1
id: mine
title: A scale of one's own
licence: by permission of its owner
notice: "(c) the owner, 2020"
reliability: 0.8
items:
  one: {from: 0, to: 10, step: 0.5}
"""


def at_rating(visitor: Visitor, path: str) -> Answer:
    """Pass over what comes before the question how much it held."""
    for _ in range(20):
        page = visitor.get(f"{path}/ask")
        if question(page) == "rating":
            return page
        visitor.send(f"{path}/ask", {"question": question(page), "answer": ""})
    raise AssertionError("it was not asked")


def test_without_an_instrument_of_ones_own_no_number_is_asked_for(unlocked: Visitor, moment: str) -> None:
    assert 'type="number"' not in at_rating(unlocked, moment).text
    unlocked.send(f"{moment}/ask", {"question": "rating", "answer": "", "number": "7"})
    unlocked.send(f"{moment}/keep")
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.journal.entries(Sign) == []


def test_a_rating_is_a_number_in_the_bounds_of_ones_own_instrument(unlocked: Visitor, moment: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.use_instrument(INSTRUMENT)
    page = at_rating(unlocked, moment)
    assert re.search(r'type="number" name="number" inputmode="decimal" min="0" max="10" step="0.5"', page.text)
    assert "(c) the owner, 2020" in page.words
    assert "Licence: by permission of its owner." in page.words
    for wrong in ("11", "-1", "7.2", "seven", "nan", "1e999", "7 7"):
        refused = unlocked.send(f"{moment}/ask", {"question": "rating", "answer": "", "number": wrong})
        assert refused.status == 422
        assert "is not on your instrument; nothing was kept" in refused.words
        assert "a number from 0 to 10, in steps of 0.5" in refused.words
    assert question(unlocked.get(f"{moment}/ask")) == "rating", "it is still asked"
    unlocked.send(f"{moment}/ask", {"question": "rating", "answer": "", "number": "7.5"})
    unlocked.send(f"{moment}/keep")
    with unlocked.app.rooms.door.inside() as practice:
        assert [sign.said for sign in practice.journal.entries(Sign)] == ["mine 7.5"]
        assert practice.trust(practice.person("Ola")).encounters[0].rating == 7.5


def test_the_five_words_still_count_and_a_number_can_be_passed_over(unlocked: Visitor, moment: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.use_instrument(INSTRUMENT)
    at_rating(unlocked, moment)
    unlocked.send(f"{moment}/ask", {"question": "rating", "pass": "yes", "number": "7"})
    assert question(unlocked.get(f"{moment}/ask")) != "rating"
    unlocked.send(f"{moment}/ask", {"back": "yes"})
    unlocked.send(f"{moment}/ask", {"question": "rating", "answer": "solid", "number": "nonsense"})
    unlocked.send(f"{moment}/keep")
    with unlocked.app.rooms.door.inside() as practice:
        assert [sign.said for sign in practice.journal.entries(Sign)] == ["solid"]


def test_a_number_whose_instrument_is_gone_meanwhile_is_refused_in_words(unlocked: Visitor, moment: str) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        practice.use_instrument(INSTRUMENT)
    at_rating(unlocked, moment)
    unlocked.send(f"{moment}/ask", {"question": "rating", "number": "7"})
    with unlocked.app.rooms.door.inside() as practice:
        practice.use_instrument("")
    answer = unlocked.send(f"{moment}/keep")
    assert answer.status == 422
    assert "has no answer `7`" in answer.words
