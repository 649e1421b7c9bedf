"""Right now, as forms without JavaScript: it works while locked, and loses nothing."""

import re
from pathlib import Path

import pytest

from poise.journal import waiting
from poise.journal.entries import KeptMoment, Line
from poise.practice import Practice

from .conftest import PASSPHRASE
from .site import Answer, Visitor

FIRST = {"book": "", "whose": "theirs", "question": "safety", "answer": "safe"}
WORDS = "a sentence nobody else would write: kumquat"


def begun(visitor: Visitor, **answers: str) -> str:
    """The path of a moment on its way, with some questions answered."""
    path = visitor.send("/now", FIRST).place
    for question, answer in answers.items():
        visitor.send(path, {"question": question, "answer": answer})
    return path


def leaning(visitor: Visitor) -> Answer:
    return visitor.get(f"{begun(visitor, who_was_hit='someone_here', harm='stings', they_want='back_me_up')}/leaning")


def moments(folder: Path) -> list[KeptMoment]:
    with Practice.open(folder, PASSPHRASE) as practice:
        return practice.moments()


def test_the_first_screen_breathes_and_asks_one_question(visitor: Visitor) -> None:
    page = visitor.get("/")
    assert "Take a breath. There is time." in page.words
    assert page.text.count("<h1") == 1
    assert "Do you feel safe here?" in page.words


def test_four_taps_lead_to_a_leaning_marked_so_far(visitor: Visitor) -> None:
    page = leaning(visitor)
    assert re.search("It leans to|It stands level", page.words)
    assert "So far" in page.words
    assert "What will you do?" in page.words


def test_a_leaning_can_be_seen_at_any_time(visitor: Visitor) -> None:
    path = visitor.send("/now", {"book": "", "whose": "theirs", "then": "leaning"}).place
    assert path.endswith("/leaning")
    assert visitor.get(path).status == 200


def test_an_answer_that_is_none_of_the_answers_changes_nothing(visitor: Visitor) -> None:
    path = begun(visitor, harm="enormous", no_such_question="x")
    assert "Who did it land on?" in visitor.get(path).words


def test_where_it_landed_on_me_nothing_is_steered_and_nothing_more_is_asked(visitor: Visitor) -> None:
    page = visitor.follow(visitor.get(begun(visitor, who_was_hit="me")))
    assert "Any of these is yours." in page.words
    assert "It leans to" not in page.words


def test_a_bound_is_a_page_of_its_own_with_the_help_sheet(visitor: Visitor) -> None:
    page = visitor.get(f"{begun(visitor, risk='serious_soon')}/leaning")
    assert "This is not one to weigh." in page.words
    assert "a crisis line where you live" in page.words
    assert "It leans to" not in page.words


def test_what_was_answered_by_mistake_is_answered_otherwise_from_the_page_of_a_bound(visitor: Visitor) -> None:
    path = begun(visitor, risk="serious_soon")
    assert f'href="{path}/ask/risk"' in visitor.get(f"{path}/leaning").text
    visitor.send(path, {"question": "risk", "answer": "", "then": "leaning"})
    assert "This is not one to weigh." not in visitor.get(f"{path}/leaning").words


def test_every_page_offers_help_first(visitor: Visitor) -> None:
    for path in ("/", "/unlock", begun(visitor), "/nowhere"):
        assert 'href="/danger"' in visitor.get(path).text
    assert "a crisis line where you live" in visitor.get("/danger").words


def test_what_is_kept_while_locked_is_sealed_and_joins_the_journal_at_unlocking(visitor: Visitor, folder: Path) -> None:
    path = begun(visitor, who_was_hit="someone_here", harm="stings")
    visitor.follow(visitor.send(f"{path}/did", {"did": "gentle_now"}))
    visitor.send(f"{path}/kept", {"remark": WORDS, "person": "kumquat", "line": WORDS})
    assert waiting.how_many(folder) == 1
    for file in folder.rglob("*"):
        assert not file.is_file() or b"kumquat" not in file.read_bytes()
    assert visitor.send("/unlock", {"passphrase": PASSPHRASE}).status == 303
    assert waiting.how_many(folder) == 0
    with visitor.app.rooms.door.inside() as practice:
        (moment,) = practice.moments()
        assert (moment.remark, moment.did) == (WORDS, {"toward": "gentle_now"})
        assert moment.answers["harm"] == "stings"
        assert [person.nickname for person in practice.people()] == ["kumquat"]
        assert [line.words for line in practice.journal.entries(Line)] == [WORDS]


def test_what_is_kept_while_open_is_in_the_journal_at_once(unlocked: Visitor, folder: Path) -> None:
    path = begun(unlocked, harm="stings")
    unlocked.send(f"{path}/did", {"did": "just_save"})
    assert len(moments(folder)) == 1


def test_sending_twice_and_two_tabs_keep_it_once(unlocked: Visitor, folder: Path) -> None:
    path = begun(unlocked, harm="stings")
    for did in ("gentle_now", "gentle_now", "call_in_later"):
        unlocked.send(f"{path}/did", {"did": did})
    unlocked.send(f"{path}/kept", {"remark": WORDS})
    (moment,) = moments(folder)
    assert moment.did == {"toward": "call_in_later"}
    assert moment.remark == WORDS


def test_a_moment_on_its_way_outlives_the_locking(unlocked: Visitor) -> None:
    path = begun(unlocked, harm="stings")
    unlocked.send("/lock")
    assert unlocked.get(path).status == 404
    unlocked.send("/unlock", {"passphrase": PASSPHRASE})
    assert unlocked.get(path).status == 200


@pytest.mark.parametrize("path", ["/now/unknown", "/now/unknown/leaning", "/now/unknown/kept"])
def test_a_moment_that_is_gone_says_so(visitor: Visitor, path: str) -> None:
    page = visitor.get(path)
    assert page.status == 404
    assert "not being written any more" in page.words
