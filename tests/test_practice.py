"""A practice: rulebook and journal together, as one person uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import poise
from poise.journal.entries import FollowUp, KeptMoment, Line, Reflection, Sign
from poise.journal.trouble import AlreadyThere, Locked, NotThere, Refused, WrongKey
from poise.practice import Practice, home, restore
from poise.practice.leaning import shown
from poise.shelf import STARTERS
from poise.weighing.moment import Answer

from .made import PASSPHRASE, QUICK

ANSWERS: dict[str, Answer] = {
    "place": "group_chat",
    "harm": "stings",
    "who_was_hit": "someone_here",
    "trust": {"new": 0.3, "building": 0.7},
}
NUMBERS = (int, float)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Practice.create(tmp_path / "practice", PASSPHRASE, derivation=QUICK) as made:
        yield made


def _reopened(practice: Practice) -> Practice:
    practice.lock()
    return Practice.open(practice.journal.vault.folder, PASSPHRASE)


@pytest.mark.parametrize("book", STARTERS)
def test_a_practice_begins_with_a_copy_of_a_book_that_needs_no_other(tmp_path: Path, book: str) -> None:
    with Practice.create(tmp_path / "practice", PASSPHRASE, book=book, derivation=QUICK) as practice:
        assert practice.books.names == [book]
        assert practice.books.in_use == book
        text = practice.books.text()
        assert "\ninclude:" not in text
        assert practice.books.read().guidelines == poise.read(book).guidelines


def test_a_book_with_mistakes_begins_no_practice(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("poise: 1\nguidelines: {a: {when: nothing}}\n")
    with pytest.raises(poise.Mistakes):
        Practice.create(tmp_path / "practice", PASSPHRASE, book=tmp_path / "mine.yaml", derivation=QUICK)
    assert not (tmp_path / "practice").exists()


def test_a_moment_is_kept_with_the_leaning_as_it_was_shown(practice: Practice) -> None:
    happened = datetime(2026, 3, 3, 21, 15, tzinfo=UTC)
    kept = practice.keep(
        answers=ANSWERS,
        person="Sam",
        gut="say something",
        did={"toward": "gentle_now", "beside": "with_them"},
        forecast="it goes well",
        remark="what was said",
        happened_at=happened,
    )
    practice = _reopened(practice)
    (found,) = practice.moments("sam")
    assert found == kept
    assert found.answers == ANSWERS
    assert found.happened_at == happened
    assert found.did == {"toward": "gentle_now", "beside": "with_them"}
    assert found.leaning["lead"].keys() == {"toward", "beside"}
    assert "What will you do?" in found.told
    assert [person.nickname for person in practice.people()] == ["Sam"]
    practice.lock()


def test_no_number_is_kept_of_a_leaning(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS)

    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [number for item in value for number in numbers(item)]
        return [value] if isinstance(value, NUMBERS) and not isinstance(value, bool) else []

    assert numbers(kept.leaning) == []


def test_a_moment_is_weighed_again_by_the_text_of_its_day(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS)
    book = next((practice.journal.vault.folder / "rulebooks").glob("*.yaml"))
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace("gentle_now", "softly_now"), encoding="utf-8")
    practice = _reopened(practice)
    assert "softly_now" in practice.books.read().responses
    (found,) = practice.moments()
    again = practice.replay(found)
    assert shown(again) == found.leaning == kept.leaning
    assert str(again) == found.told
    later = practice.keep(answers=ANSWERS)
    assert later.book_sha256 != kept.book_sha256
    assert "softly_now" in practice.replay(later).book.responses
    practice.lock()


def test_a_text_that_did_not_change_is_stored_once(practice: Practice) -> None:
    assert len({practice.keep(answers=ANSWERS).book_sha256 for _ in range(3)}) == 1


def test_a_slip_of_my_own_is_kept_with_its_own_list(practice: Practice) -> None:
    kept = practice.keep(whose="mine", did="own_it_now")
    assert (kept.whose, kept.did) == ("mine", {"mine": "own_it_now"})
    assert kept.leaning["lead"].keys() == {"mine"}
    assert shown(practice.replay(kept)) == kept.leaning


def test_when_it_landed_on_me_nothing_is_steered_in_what_is_kept(practice: Practice) -> None:
    assert practice.keep(answers={"who_was_hit": "me"}).leaning["steer"] is False


def test_something_else_is_kept_in_words(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS, did_else="I left the room and rang a friend")
    assert (kept.did, kept.did_else) == ({}, "I left the room and rang a friend")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"answers": {"plase": "x"}}, "this book does not ask about `plase`\n  did you mean `place`?"),
        ({"answers": {"harm": "big"}}, "`harm` has no answer `big`"),
        ({"did": "gentl_now"}, "there is no response `gentl_now` in this rulebook\n  did you mean `gentle_now`?"),
        ({"whose": "ours"}, "a moment is `theirs` or `mine`, not `ours`"),
        ({"book": "mine"}, "there is no rulebook `mine` in this practice\n  there are: among_friends"),
    ],
)
def test_what_is_not_in_the_book_is_a_mistake_and_nothing_is_kept(
    practice: Practice, wrong: dict[str, str], message: str
) -> None:
    with pytest.raises(poise.Mistakes) as found:
        practice.keep(person="Sam", **wrong)  # type: ignore[arg-type]
    assert message in str(found.value)
    assert str(found.value).endswith(("Nothing was kept.", "Nothing was changed."))
    assert (practice.people(), practice.moments()) == ([], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": " "},
        {"person": "Sam", "remark": "x" * 10_000_000},
        {"person": "Sam", "gut": "a\0b"},
        {"person": "Sam", "happened_at": datetime(9999, 12, 31, 23, 59)},  # noqa: DTZ001
        {"person": "Sam", "happened_at": datetime(1, 1, 1)},  # noqa: DTZ001
    ],
)
def test_what_cannot_be_kept_is_refused_and_nobody_new_is_made(practice: Practice, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        practice.keep(**wrong)  # type: ignore[arg-type]
    assert (practice.people(), practice.moments()) == ([], [])


def test_a_person_is_the_same_however_their_name_is_written(practice: Practice) -> None:
    for name in ("Zoë", "zoe\u0308", " ZOË ", "🌧"):
        practice.keep(person=name)
    assert [person.nickname for person in practice.people()] == ["Zoë", "🌧"]
    with pytest.raises(NotThere, match=r"nobody called `Kim` in the journal\n  `poise people` lists them"):
        practice.moments("Kim")


def test_a_month_with_one_person(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS, person="Sam", did="call_in_later")
    practice.sign("Sam", "rupture", moment=kept, note="it went quiet")
    back = practice.come_back(kept, person="Sam", due_on=date(2026, 12, 24), waiting_for="a walk together")
    practice.line("Can I tell you how that landed?", kept, response="call_in_later")
    practice.sign("Sam", "repair", said="we talked")
    reflection = practice.reflect(kept, for_them="heard", for_us="closer", hindsight="call_in_later")
    practice.check_in(energy="low", toll="some")
    practice.rest(note="two days away")
    journal = practice.journal
    assert reflection.hindsight == {"toward": "call_in_later"}
    assert [sign.sign for sign in journal.entries(Sign)] == ["repair", "rupture"]
    assert journal.entries(FollowUp) == [back]
    assert journal.entries(Line)[0].person_id == kept.person_id
    assert journal.entries(Reflection, moment_id=kept.id) == [reflection]
    assert [entry.kind for entry in practice.search("", person="Sam")] == [
        "signs",
        "lines",
        "follow_ups",
        "signs",
        "moments",
        "people",
    ]
    assert [entry.kind for entry in practice.search("walk")] == ["follow_ups"]


def test_moments_are_found_by_what_was_done_and_by_the_guideline_that_applied(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS, did="call_in_later")
    practice.keep(answers={"place": "one_to_one"}, did="ask")
    assert practice.search("", did="call_in_later") == [kept]
    guideline = kept.leaning["applies"][0]
    assert kept in practice.search("", by=guideline)


def test_hindsight_is_a_response_of_the_book_of_that_day(practice: Practice) -> None:
    kept = practice.keep(answers=ANSWERS)
    with pytest.raises(poise.Mistakes, match="there is no response `calm_down`"):
        practice.reflect(kept, hindsight="calm_down")
    assert practice.journal.entries(Reflection) == []


def test_what_was_brought_in_from_elsewhere_is_not_replayed(practice: Practice) -> None:
    kept = practice.journal.keep(KeptMoment(remark="from an older diary"))
    with pytest.raises(NotThere, match="this moment was not weighed by a rulebook"):
        practice.replay(kept)


def test_a_second_book_is_adopted_and_used_by_name(practice: Practice) -> None:
    assert practice.books.adopt("in_the_room") == "in_the_room"
    assert practice.books.in_use == "in_the_room"
    assert practice.keep("among_friends", ANSWERS).book == "among_friends"
    practice.books.use("among_friends")
    with pytest.raises(AlreadyThere, match="there is a rulebook `in_the_room` in this practice already"):
        practice.books.adopt("in_the_room")
    with pytest.raises(poise.Mistakes, match="did you mean `in_the_room`"):
        practice.books.use("in_the_rom")


def test_a_backup_brings_back_the_books_as_well(practice: Practice, tmp_path: Path) -> None:
    kept = practice.keep(answers=ANSWERS, person="Sam")
    text = practice.books.text()
    copy = practice.backup(tmp_path / "copy.sealed")
    restore(copy.path, tmp_path / "elsewhere", PASSPHRASE)
    with Practice.open(tmp_path / "elsewhere", PASSPHRASE) as other:
        assert other.moments() == [kept]
        assert other.books.text() == text
        assert other.books.in_use == "among_friends"
        assert shown(other.replay(kept)) == kept.leaning


def test_locking_locks_everything(practice: Practice) -> None:
    practice.lock()
    for ask in (practice.people, practice.moments, practice.keep, practice.backup):
        with pytest.raises(Locked):
            ask()


def test_the_recovery_kit_opens_a_practice(practice: Practice) -> None:
    kit, folder = str(practice.journal.vault.kit), practice.journal.vault.folder
    practice.lock()
    Practice.recover(folder, kit, "a newer lantern").lock()
    with pytest.raises(WrongKey):
        Practice.open(folder, PASSPHRASE)
    Practice.open(folder, "a newer lantern").lock()


def test_a_practice_is_where_one_says_or_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POISE_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("POISE_HOME")
    assert home().name == "practice"
    assert "poise" in str(home())


def test_a_weighing_that_was_made_already_is_kept_as_it_is(practice: Practice) -> None:
    weighing = poise.weigh(practice.books.read(), poise.Moment(practice.books.read(), **ANSWERS))
    path = next((practice.journal.vault.folder / "rulebooks").glob("*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("gentle_now", "softly_now"), encoding="utf-8")
    kept = practice.keep(weighing=weighing, did="gentle_now")
    assert kept.told == str(weighing)
    assert (kept.book, kept.answers) == ("among_friends", ANSWERS)
    assert practice.journal.text(kept.book_sha256 or "") == text, "by the text it was weighed by, not the one of now"


def test_a_weighing_by_somebody_elses_book_is_not_kept(practice: Practice) -> None:
    with pytest.raises(poise.Mistakes, match="is not a rulebook of this practice"):
        practice.keep(weighing=poise.weigh(poise.read("in_the_room"), poise.Moment(poise.read("in_the_room"))))
    assert practice.moments() == []
