from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poise.journal.entries import CheckIn, Entry, KeptMoment, Line, Person, Reflection
from poise.journal.finding import SEARCHED, tag
from poise.journal.journal import Journal
from poise.journal.trouble import Refused

from .conftest import Clock

ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)

EVERYWHERE = True


def _words(journal: Journal, words: str, *tags: str) -> list[str]:
    return [getattr(entry, "remark", entry.kind) for entry in journal.search(words, tags)]


def test_search_finds_words_whatever_their_case_accents_and_english_endings(journal: Journal) -> None:
    journal.keep(KeptMoment(remark="A colleague at the Café hurt me."))
    for words in ("colleague", "COLLEAGUES", "café", "cafe", "hurting colleague", "coll*", "c* a*"):
        assert len(journal.search(words)) == 1, words
    for words in ("coll", "hurt nothing", "olleague", "xoll*", "", "   ", "…", "*", "**"):
        assert journal.search(words) == [], words


FOUND = {
    "Die Straße war leer.": ["strasse", "STRASSE", "straße", "straß*", "leer"],
    "Cafe\u0301 am Abend": ["café", "CAFE", "caf*", "café*"],
    "w Łodzi, żółty parasol": ["łodzi", "lodzi", "zolty", "parasol", "łod*"],
    "İzmir'de ılık bir gün": ["izmir", "ilik", "gun", "GÜN"],
    "ｆｕｌｌ ｗｉｄｔｈ and a ﬁne ligature": ["full", "width", "fine", "fin*"],
    "كِتَابٌ جديد": ["كتاب", "كِتَاب", "جدي*"],
    "שָׁלוֹם לכולם": ["שלום", "לכולם"],
    "मुझे हिन्दी पसंद है": ["हिन्दी", "पसंद", "हिन्*"],
    "ฉันขอโทษเขาแล้ว": ["ขอโทษ", "ขอ", "แล้ว", "ข"],
    "친구가 미안하다고 했다": ["친구", "미안", "친구가", "했다", "친"],
    "他说对不起，然后走了。": ["对不起", "对不起，", "不起", "走", "走了", "他说 然后", "对不起，然后", "说*"],
    "それは冗談だと言った": ["冗談", "冗", "冗談だと", "言った"],
    "我love你": ["我love你", "love", "我", "love你", "你"],
    "Regen 🌧️, then 🌈🌈": ["🌧", "🌧️", "🌈", "🌈🌈", "regen 🌈"],
    "an e-mail, and she didn’t answer": ["e-mail", "didn't", "didn’t answer", "didn*", "e-ma*"],
}
LOST = {
    "他说对不起，然后走了。": ["不对", "起对", "了走", "对起"],
    "ฉันขอโทษเขาแล้ว": ["โทขอ"],
    "我love你": ["你love我", "我你"],
    "an e-mail, and she didn’t answer": ["mail-e", "t-didn", "mai"],
    "मुझे हिन्दी पसंद है": ["हन्दा"],
}


@pytest.mark.parametrize("text", FOUND)
def test_search_reads_many_scripts(journal: Journal, text: str) -> None:
    journal.keep(KeptMoment(remark=f"before. {text} after."))
    journal.keep(KeptMoment(remark="something else"))
    for words in FOUND[text]:
        assert _words(journal, words) == [f"before. {text} after."], words
    for words in LOST.get(text, ()):
        assert _words(journal, words) == [], words


@ONCE
@given(texts=st.lists(st.text("对不起我。a ", min_size=1, max_size=12), min_size=1, max_size=4), data=st.data())
def test_what_is_found_in_chinese_is_what_stands_there(journal: Journal, texts: list[str], data: st.DataObject) -> None:
    kept = [journal.keep(KeptMoment(remark=text)) for text in texts]
    for _ in range(5):
        part = data.draw(st.text("对不起我", min_size=1, max_size=4) | st.sampled_from(texts))
        part = max(re.findall("[对不起我]+", part), key=len, default="")
        wanted = {moment.uid for moment in kept if part and part in moment.remark}
        assert {entry.uid for entry in journal.search(part, most=1000)} & {m.uid for m in kept} == wanted


BEGUN = [
    *("hurting", "hopped", "happiness", "relational", "relationship", "universities", "nationality", "friendliness"),
    *("sorry", "apologised", "stopping", "colleagues", "databases", "replied", "tying", "being", "agreed", "was"),
    *("conditioner", "ties", "laughed", "table", "tablet", "understanding", "gas", "yes"),
]


def test_a_word_is_found_by_each_of_its_beginnings(journal: Journal) -> None:
    kept = {journal.keep(KeptMoment(remark=f"{word} …")).uid: word for word in BEGUN}
    for word in BEGUN:
        for length in range(1, len(word) + 1):
            found = {kept[entry.uid] for entry in journal.search(f"{word[:length]}*", most=100)}
            wanted = {other for other in BEGUN if other.startswith(word[:length])}
            assert found == wanted if length > 2 else found >= wanted, word[:length]


def test_a_beginning_that_very_many_words_have_is_found(journal: Journal) -> None:
    """Spelled out, or not."""
    kept = [
        journal.keep(KeptMoment(remark=" ".join(f"conv{number}{n}" for n in range(10)))) for number in range(10, 90)
    ]
    assert journal.search("conv*", most=100) == journal.search("con*", most=100) == kept[::-1]
    assert journal.search("conv1*", most=100) == kept[9::-1]
    assert journal.search("conv34*") == kept[24:25]


def test_an_english_ending_at_the_end_of_a_beginning_is_not_taken_off(journal: Journal) -> None:
    journal.keep(KeptMoment(remark="reading, really"))
    kept = journal.keep(KeptMoment(remark=" ".join(f"res{chr(97 + n % 26)}{n}" for n in range(100))))
    assert journal.search("res*") == [kept]


def test_what_an_entry_is_about_is_not_found_as_a_word(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    journal.keep(KeptMoment(person_id=sam.id, did={"toward": "ask"}, remark="snake_case_"))
    for words in (
        "kind",
        "moments",
        "_kind_moments_",
        "_*",
        "_k*",
        "kind*",
        "ask",
        "ask_",
        "_did_ask_",
        tag("did", "ask"),
    ):
        assert journal.search(words) == [], words
    assert _words(journal, "snake_case") == _words(journal, "case") == ["snake_case_"]


def test_many_words_are_found_as_if_each_were_looked_for_by_itself(journal: Journal) -> None:
    chance, words = random.Random(4), [f"word{'x' * number}" for number in range(16)]
    remarks = [" ".join(chance.sample(words, chance.choice([15, 16]))) for _ in range(120)]
    kept = [journal.keep(KeptMoment(remark=remark)) for remark in remarks]
    for length in (11, 13, 16):
        wanted = chance.sample(words, length)
        expected = sorted((m for m in kept if set(wanted) <= set(m.remark.split())), key=lambda m: m.id, reverse=True)
        pages: list[Entry] = []
        while page := journal.search(" ".join(wanted), before=pages[-1] if pages else None, most=7):
            pages += page
        assert pages == expected
        assert len(expected) > 20


def test_very_many_words_are_looked_for_together_and_endless_ones_are_not(journal: Journal) -> None:
    words = [f"word{number}" for number in range(300)]
    journal.keep(KeptMoment(remark=" ".join(words)))
    assert len(journal.search(" ".join(words[:50]))) == 1
    assert len(journal.search(" ".join(words + words))) == 1
    assert journal.search(" ".join([*words[:50], "nowhere"])) == []
    with pytest.raises(Refused, match="this is too long to look for\n  a few of its words are enough"):
        journal.search(" ".join([*words, "more"]))
    with pytest.raises(Refused):
        journal.search("对" * 302)


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
