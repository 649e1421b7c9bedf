from __future__ import annotations

from datetime import timedelta

import pytest

from poise.journal.entries import CheckIn, KeptMoment, Line, Person, Reflection
from poise.journal.finding import SEARCHED, tag
from poise.journal.journal import Journal

from .conftest import Clock


def _words(journal: Journal, words: str, *tags: str) -> list[str]:
    return [getattr(entry, "remark", entry.kind) for entry in journal.search(words, tags)]


def test_search_finds_words_whatever_their_case_accents_and_english_endings(journal: Journal) -> None:
    journal.keep(KeptMoment(remark="A colleague at the Café hurt me."))
    for words in ("colleague", "COLLEAGUES", "café", "cafe", "hurting colleague", "coll*", "c* a*"):
        assert len(journal.search(words)) == 1, words
    for words in ("coll", "hurt nothing", "olleague", "xoll*", "", "   ", "…", "*", "**"):
        assert journal.search(words) == [], words


def test_search_finds_chinese_and_japanese_words_inside_a_sentence(journal: Journal) -> None:
    journal.keep(KeptMoment(remark="他说对不起，然后走了。"))
    journal.keep(KeptMoment(remark="それは冗談だと言った"))
    assert _words(journal, "对不起") == ["他说对不起，然后走了。"]
    assert _words(journal, "走") == ["他说对不起，然后走了。"]
    assert _words(journal, "冗談") == ["それは冗談だと言った"]
    assert _words(journal, "不对") == []


@pytest.mark.parametrize("words", ['"', "'", "*", "a*b", "AND", "OR NOT", "words:", "tags : x", "(", "^a", "NEAR(a b)"])
def test_nothing_typed_is_read_as_the_language_of_the_index(journal: Journal, words: str) -> None:
    journal.keep(KeptMoment(remark="something plain"))
    assert journal.search(words) == []


def test_search_looks_through_every_kind_of_entry(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Sam", relation="lantern keeper"))
    moment = journal.keep(KeptMoment(person_id=sam.id, did_else="lit a lantern"))
    journal.keep(Reflection(moment_id=moment.id, note="the lantern helped"))
    journal.keep(CheckIn(elsewhere="making a lantern"))
    journal.keep(Line(words="Hold my lantern."))
    found = [entry.kind for entry in journal.search("lantern")]
    assert found == ["lines", "check_ins", "reflections", "moments", "people"], "the last written first"
    assert set(found) < set(SEARCHED)


def test_search_is_narrowed_by_person_response_and_guideline(journal: Journal) -> None:
    sam, kim = (journal.keep(Person(nickname=name)) for name in ("Sam", "Kim"))
    journal.keep(
        KeptMoment(person_id=sam.id, remark="sorry 1", did={"toward": "ask"}, leaning={"applies": ["not_online"]})
    )
    journal.keep(KeptMoment(person_id=kim.id, remark="sorry 2", did={"toward": "gentle_now"}))
    assert _words(journal, "sorry", tag("person", sam.id)) == ["sorry 1"]
    assert _words(journal, "sorry", tag("did", "gentle_now")) == ["sorry 2"]
    assert _words(journal, "sorry", tag("did", "gentle")) == []
    assert _words(journal, "sorry", tag("did", "asks")) == _words(journal, "sorry", tag("did", "asked")) == []
    assert _words(journal, "", tag("by", "not_online"), tag("kind", "moments")) == ["sorry 1"]
    assert _words(journal, "sorry", tag("did", 'a" OR "b')) == []


def test_search_follows_changes(journal: Journal) -> None:
    moment = journal.keep(KeptMoment(remark="first words"))
    journal.change(moment, remark="second words")
    assert journal.search("first") == []
    assert len(journal.search("second")) == 1
    journal.trash(moment)
    assert journal.search("second") == []


def test_pages_of_search_and_of_the_list_hold_everything_once(journal: Journal, clock: Clock) -> None:
    for number in range(45):
        clock.pass_days(1)
        happened = clock.at - timedelta(days=number % 7)
        journal.keep(KeptMoment(remark=f"number {number}", happened_at=happened))
    listed: list[KeptMoment] = []
    while page := journal.moments(before=listed[-1] if listed else None):
        listed += page
    times = [moment.happened_at for moment in listed]
    assert times == sorted(times, key=str, reverse=True)
    assert len({moment.uid for moment in listed}) == 45
    first = journal.search("number")
    second = journal.search("number", before=first[-1])
    third = journal.search("number", before=second[-1])
    assert [len(page) for page in (first, second, third)] == [20, 20, 5]
    assert len({entry.uid for entry in [*first, *second, *third]}) == 45


def test_people_stand_in_the_order_of_their_names(journal: Journal) -> None:
    for name in ("sam", "Ada", "🌧", "Éva", "bo"):
        journal.keep(Person(nickname=name))
    assert [person.nickname for person in journal.people()][:3] == ["Ada", "bo", "sam"]
