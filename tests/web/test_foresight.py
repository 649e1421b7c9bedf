"""Now, or later: the flow, when it is not offered, and what stands on the page; as a browser without JavaScript."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import timedelta

import pytest

from poise.foresight import SWITCHES
from poise.foresight.offering import LANDED_ON_YOU
from poise.practice.foreseeing.foreseen import Foreseen
from poise.practice.foreseeing.sliders import SLIDERS
from poise.practice.telling import foresight_words as words
from poise.web.looking_ahead import MOST, LookingAhead

from .site import Answer, Visitor
from .test_words import NEVER

ALONE = {
    "safety": "safe", "risk": "none", "dependent": "none", "who_was_hit": "people_not_here", "harm": "stings",
    "place": "one_to_one", "they_want": "back_me_up",
}  # fmt: skip
FEW = 6
"""Sets of assumptions, where it is not what they say that is tested."""
PATIENCE = 240.0
"""Seconds until everything is found on a machine that has much else to do."""


def kept(visitor: Visitor, answers: Mapping[str, str] = ALONE, **more: str) -> str:
    """The page that looks ahead from a kept moment."""
    with visitor.app.rooms.door.inside() as practice:
        return f"/foresight/moment/{practice.keep(answers={**answers, **more}, person='Ola').uid}"


def found(visitor: Visitor, path: str) -> Answer:
    """The page, once nothing more is to come. It is worked out while one waits."""
    until = time.monotonic() + PATIENCE
    while 'hx-trigger="load' in (page := visitor.get(path)).text:
        assert time.monotonic() < until
        time.sleep(0.2)
    return page


def test_without_a_moment_it_says_so_and_leads_on(unlocked: Visitor) -> None:
    page = unlocked.get("/foresight")
    assert page.status == 200
    assert "No moment is kept yet" in page.words
    path = kept(unlocked)
    assert f'href="{path}"' in unlocked.get("/foresight").text


def test_while_locked_it_leads_to_the_lock_and_back(unlocked: Visitor) -> None:
    path = kept(unlocked)
    unlocked.app.rooms.lock()
    assert unlocked.get(path).place == f"/unlock?to={path}"


def test_what_is_not_there_is_said(unlocked: Visitor) -> None:
    for path in ("/foresight/moment/nothing", "/foresight/person/nobody", "/foresight/draft/none"):
        assert unlocked.get(path).status == 404


def test_it_is_reached_from_a_leaning_a_moment_a_person_and_two_roles(unlocked: Visitor) -> None:
    path = kept(unlocked)
    uid = path.rpartition("/")[2]
    assert f'href="{path}"' in unlocked.get(f"/afterwards/{uid}").text
    assert f'href="{path}"' in unlocked.get(f"/two-roles/{uid}").text
    with unlocked.app.rooms.door.inside() as practice:
        person = practice.people()[0].uid
    assert f'href="/foresight/person/{person}"' in unlocked.get(f"/people/{person}").text
    now = unlocked.send("/now", {"whose": "theirs", "question": "who_was_hit", "answer": "someone_here"}).place
    assert f'href="/foresight/draft/{now.split("/")[2]}"' in unlocked.get(f"{now}/leaning").text
    unlocked.send(now, {"question": "who_was_hit", "answer": "me"})
    assert "/foresight/" not in unlocked.get(f"{now}/leaning").text
    unlocked.app.rooms.lock()


def test_somebody_who_was_hit_is_told_kindly_and_shown_nothing_of_it(unlocked: Visitor) -> None:
    page = unlocked.get(kept(unlocked, {"who_was_hit": "me", "harm": "serious"}))
    assert LANDED_ON_YOU in page.words
    assert "Reach for your people" in page.words
    assert "Whom you can turn to" in page.words
    assert "<svg" not in page.text
    assert 'type="range"' not in page.text


@pytest.mark.parametrize("bound", [{"safety": "not_safe"}, {"risk": "serious_soon"}, {"they_want": "leave_it"}])
def test_under_a_bound_it_says_which(unlocked: Visitor, bound: dict[str, str]) -> None:
    page = unlocked.get(kept(unlocked, ALONE | bound))
    assert words.BOUND in page.words
    assert "Whom you can turn to" in page.words
    assert "<svg" not in page.text


def test_what_comes_first_is_asked_and_kept_nowhere(unlocked: Visitor) -> None:
    path = kept(unlocked, {"harm": "stings", "place": "one_to_one"})
    page = unlocked.get(path)
    assert "This comes first" in page.words
    for question in ("safety", "who_was_hit", "they_want", "risk", "dependent"):
        assert f'name="q-{question}"' in page.text
    answers = {f"q-{name}": answer for name, answer in ALONE.items()}
    unsure = unlocked.follow(unlocked.send(path, answers | {"q-risk": "", "q-they_want": ""}))
    assert "that comes before looking ahead" in unsure.words
    assert 'name="q-they_want"' not in unsure.text, "asked once, not knowing what they want is enough"
    page = unlocked.follow(unlocked.send(path, {"q-risk": "none"}))
    assert "you are here" in page.words
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.moments()[0].answers == {"harm": "stings", "place": "one_to_one"}
    unlocked.app.rooms.lock()
    assert unlocked.app.rooms.ahead.said(path.rpartition("/")[2]) == {}


def test_what_was_said_for_looking_ahead_can_be_said_anew(unlocked: Visitor) -> None:
    path = kept(unlocked, {"harm": "stings", "place": "one_to_one"})
    assert "Say anew" not in unlocked.get(path).words
    answers = {f"q-{name}": answer for name, answer in ALONE.items()} | {"q-they_want": "leave_it"}
    page = unlocked.follow(unlocked.send(path, answers))
    assert words.BOUND in page.words
    assert "Say anew what you said for looking ahead" in page.words
    assert "This comes first" in unlocked.follow(unlocked.send(path, {"anew": "yes"})).words


def test_an_answer_that_its_question_does_not_have_is_a_mistake_in_words(unlocked: Visitor) -> None:
    page = unlocked.send(kept(unlocked), {"q-receptive": "very"})
    assert page.status == 422
    assert "How open are they to talking, today?" in page.words


def test_a_moment_can_be_thought_of_with_somebody(unlocked: Visitor) -> None:
    with unlocked.app.rooms.door.inside() as practice:
        person = practice.keep_person("Ola").uid
    page = unlocked.get(f"/foresight/person/{person}")
    assert "No moment with them is kept." in page.words
    path = unlocked.send(f"/foresight/person/{person}").place
    assert "A moment you think of, with Ola" in unlocked.get(path).words
    page = unlocked.follow(unlocked.send(path, {f"q-{name}": answer for name, answer in ALONE.items()}))
    assert "you are here" in page.words
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.moments() == []


@pytest.mark.parametrize("name", list(SLIDERS))
def test_a_number_outside_its_range_names_its_field(unlocked: Visitor, name: str) -> None:
    path = kept(unlocked)
    for wrong in ("99", "-1", "much"):
        page = unlocked.get(f"{path}?{name}={wrong}")
        assert page.status == 422
        assert f"`{name}` cannot be" in page.words
    page = unlocked.get(f"{path}/looked?off=all&along=luck")
    assert page.status == 422


def test_at_first_there_is_one_line_and_a_plain_link_to_look_again(unlocked: Visitor) -> None:
    path = kept(unlocked)
    page = unlocked.get(path)
    assert "Looking through 400 sets of assumptions" in page.words
    assert "The bands, which matter more, are being worked out." in page.words
    assert 'class="wide-band"' not in page.text
    assert f'href="{path}?along=strain"' in page.text
    assert page.text.count('type="range"') == len(SLIDERS)
    assert page.text.count('name="off"') == len(SWITCHES)
    for name in SLIDERS:
        assert f'<label for="s-{name}">' in page.text
        assert f'id="o-{name}"' in page.text


def test_a_slider_stands_where_it_was_put_and_says_so_in_words(unlocked: Visitor) -> None:
    page = unlocked.get(f"{kept(unlocked)}?strain=0.1&off=no_time_ahead&along=harm&meetings=3")
    assert re.search(r'id="o-strain">not at all<', page.text)
    assert re.search(r'id="o-meetings">3, this one included<', page.text)
    assert re.search(r'value="no_time_ahead" checked', page.text)
    assert re.search(r'value="harm" selected', page.text)
    assert "strain=0.1" in page.text
    assert "off=no_time_ahead" in page.text


def test_in_the_end_every_picture_has_its_table_and_no_number_is_nobody_s_to_know(unlocked: Visitor) -> None:
    path = kept(unlocked, trust="new")
    unlocked.app.rooms.ahead.sets = FEW
    page = found(unlocked, path)
    for head in ("costs", "why", "map", "year", "hinges"):
        assert f'<h2 id="{head}">' in page.text
    assert page.text.count('<details class="as-table">') == page.text.count("<table") - 1 == 5
    assert "four in five" in page.words
    assert "You decide." in page.words
    said = re.sub(r"\d+ (November|December|January|February|March|April|May|June|July|August|September|October) \d+",
                  "", page.words).replace("400 sets", "")  # fmt: skip
    assert not NEVER.search(said)
    assert re.findall(r"\b\d+\b(?!, this one)", said) == []
    assert len(page.raw) < 80_000
    looked = unlocked.get(f"{path}/looked?along=strain")
    assert 'id="looked-rest" hx-swap-oob="true"' in looked.text
    assert "<html" not in looked.text
    assert 'hx-trigger="load' not in looked.text


def test_a_journal_without_signs_says_that_trust_is_taken_in_the_middle(unlocked: Visitor) -> None:
    page = unlocked.get(kept(unlocked))
    assert f"in the middle {words.WHENCE['taken']}" in page.words


def test_with_signs_it_says_that_the_journal_told_it(unlocked: Visitor) -> None:
    path = kept(unlocked)
    with unlocked.app.rooms.door.inside() as practice:
        for days, said in enumerate(("held", "shaky", "held")):
            practice.sign("Ola", "rating", said=said, happened_at=practice.journal.now() - timedelta(days=days))
    assert words.WHENCE["journal"] in unlocked.get(path).words


def test_where_it_stops_half_way_it_says_so_and_looks_again_when_asked(
    unlocked: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(unlocked)
    with monkeypatch.context() as patched:
        patched.setattr("poise.practice.foreseeing.foreseen.worlds_of", lambda *_: 1 / 0)
        page = found(unlocked, path)
    assert "stopped half-way" in page.words
    assert "stopped half-way" not in unlocked.get(path).words


def test_what_was_asked_is_found_once_and_dropped_with_the_lock(unlocked: Visitor) -> None:
    path, ahead = kept(unlocked), unlocked.app.rooms.ahead
    known = _known(ahead)
    unlocked.get(path)
    unlocked.get(f"{path}/looked")
    assert len(known()) == 1
    for number in range(MOST + 3):
        unlocked.get(f"{path}/looked?meetings={number + 1}")
    assert len(known()) == MOST
    unlocked.app.rooms.lock()
    assert known() == []


def _known(ahead: LookingAhead):  # type: ignore[no-untyped-def]
    def known() -> list[Foreseen]:
        with ahead._turn:
            return list(ahead._known.values())

    return known


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_all_of_it_is_said_in_chinese(unlocked: Visitor, language: str) -> None:
    path = kept(unlocked, trust="solid", receptive="guarded", energy="low", again="soon")
    unlocked.app.rooms.ahead.sets = FEW
    unlocked.send("/settings/look", {"language": language})
    page = found(unlocked, f"{path}?meetings=2&off=no_strain")
    said = re.sub(r"\b(Poise|Ola)\b", "", page.words)
    assert re.findall(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}", said) == []
