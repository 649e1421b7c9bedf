"""People: five lines, signs that are asked and dated, what waits; nobody is rated."""

import re

from poise.journal.entries import FollowUp, Sign

from ..made import INSTRUMENT
from .site import Visitor


def met(visitor: Visitor, nickname: str = "Ola") -> str:
    return visitor.send("/people", {"nickname": nickname}).place


def test_nobody_is_here_yet(unlocked: Visitor) -> None:
    assert "Nobody is here yet." in unlocked.get("/people").words


def test_somebody_is_met_by_a_nickname_and_once(unlocked: Visitor) -> None:
    assert met(unlocked) == met(unlocked, " ola ")
    page = unlocked.get("/people")
    assert page.words.count("Ola") == 1
    assert "Ola" not in met(unlocked)


def test_five_lines_say_what_is_known_and_what_is_not(unlocked: Visitor) -> None:
    page = unlocked.get(met(unlocked))
    lines = re.findall(r"<li>", page.text.split('class="five"')[1].split("</ul>")[0])
    assert len(lines) == 5
    assert "is not written down" in page.words
    assert "Not enough yet to say what it could hold between you" in page.words


def test_what_is_written_about_us_can_be_changed(unlocked: Visitor) -> None:
    path = met(unlocked)
    page = unlocked.follow(
        unlocked.send(path, {"nickname": "Ola", "relation": "my sister", "trust_for": "that she calls back"})
    )
    assert "my sister" in page.words
    assert "Trust is for: that she calls back" in page.words


def test_a_nickname_that_somebody_has_is_refused(unlocked: Visitor) -> None:
    met(unlocked, "Kim")
    answer = unlocked.send(met(unlocked), {"nickname": "kim", "relation": "", "trust_for": ""})
    assert answer.status == 409
    assert "already" in answer.words


def test_signs_are_kept_by_day_and_a_sore_place_is_said_until_it_is_mended(unlocked: Visitor) -> None:
    path = met(unlocked)
    unlocked.send(f"{path}/sign", {"sign": "rupture", "said": "yes"})
    assert "is not mended yet, for now" in unlocked.get(path).words
    unlocked.send(f"{path}/sign", {"sign": "repair", "said": "no"})
    assert "is not mended yet, for now" in unlocked.get(path).words
    unlocked.send(f"{path}/sign", {"sign": "repair", "said": "partly"})
    assert "We got to talk about it" in unlocked.get(path).words


def test_a_sign_that_is_none_is_not_kept(unlocked: Visitor) -> None:
    path = met(unlocked)
    for form in ({"sign": "rating", "said": "42"}, {"sign": "grade", "said": "yes"}, {}):
        assert unlocked.send(f"{path}/sign", form).status == 303
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.journal.entries(Sign) == []


def test_a_band_is_drawn_once_there_is_enough(unlocked: Visitor) -> None:
    path = met(unlocked)
    with unlocked.app.rooms.door.inside() as practice:
        for said in ("shaky", "held", "solid"):
            moment = practice.keep(answers={"harm": "slip"}, person="Ola")
            practice.sign("Ola", "rating", said=said, moment=moment)
    page = unlocked.get(path)
    assert 'class="wide-band"' in page.text
    assert not re.search(r"\d+(\.\d+)? ?%", page.words)


def test_what_waits_can_be_come_back_to(unlocked: Visitor) -> None:
    path = met(unlocked)
    unlocked.send(f"{path}/come-back", {"due_on": "2030-01-02", "waiting_for": ""})
    page = unlocked.get(path)
    assert "One thing waits, for now." in page.words
    done = re.search(r'action="([^"]*/came-back/[^"]*)"', page.text)
    assert done
    assert "Nothing waits." in unlocked.follow(unlocked.send(done[1])).words


def test_a_day_that_is_none_is_refused_and_nothing_is_kept(unlocked: Visitor) -> None:
    path = met(unlocked)
    answer = unlocked.send(f"{path}/come-back", {"due_on": "someday", "waiting_for": "x"})
    assert answer.status == 422
    with unlocked.app.rooms.door.inside() as practice:
        assert practice.journal.entries(FollowUp) == []


def test_a_nickname_that_cannot_be_kept_is_refused_in_words(unlocked: Visitor) -> None:
    for nickname in ("", "x" * 500, "\x00"):
        answer = unlocked.send("/people", {"nickname": nickname})
        assert answer.status in (303, 409, 422)
        assert answer.status != 500


def test_people_are_behind_the_lock(visitor: Visitor) -> None:
    assert visitor.get("/people").place == "/unlock?to=/people"
    assert visitor.send("/people", {"nickname": "Ola"}).place == "/unlock?to=/"


def test_how_much_it_held_can_be_a_number_on_ones_own_instrument(unlocked: Visitor) -> None:
    path = met(unlocked)
    assert 'type="number"' not in unlocked.get(path).text
    with unlocked.app.rooms.door.inside() as practice:
        practice.use_instrument(INSTRUMENT)
    page = unlocked.get(path)
    assert re.search(r'type="number"[^>]*min="0" max="10" step="1"', page.text)
    assert "Licence: CC0-1.0." in page.words
    for wrong in ("11", "1.5", "x"):
        refused = unlocked.send(f"{path}/sign", {"sign": "rating", "number": wrong})
        assert refused.status == 422
        assert "is not on your instrument" in refused.words
    shown = unlocked.follow(unlocked.send(f"{path}/sign", {"sign": "rating", "number": "7"}))
    assert "7, on “mine”" in shown.words
    unlocked.send(f"{path}/sign", {"sign": "rupture", "number": "7"})
    with unlocked.app.rooms.door.inside() as practice:
        assert [(each.sign, each.said) for each in practice.journal.entries(Sign)] == [("rating", "mine 7")]


def test_a_number_without_an_instrument_is_refused(unlocked: Visitor) -> None:
    answer = unlocked.send(f"{met(unlocked)}/sign", {"sign": "rating", "number": "7"})
    assert answer.status == 422
    assert "there is no instrument to give a number on" in answer.words
