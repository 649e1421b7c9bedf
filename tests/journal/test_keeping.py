from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from poise.journal.entries import CheckIn, FollowUp, KeptMoment, Line, Person, Reflection, Sign
from poise.journal.journal import Journal
from poise.journal.trouble import NotThere, OnHold, Refused, Trouble

from .conftest import Clock, everything

Reopen = Callable[[], Journal]
EVERYWHERE = True


def _month(journal: Journal) -> tuple[Person, KeptMoment, Reflection]:
    sam = journal.keep(Person(nickname="Sam", relation="colleague", trust_for="saying hard things"))
    moment = journal.keep(KeptMoment(person_id=sam.id, did={"toward": "gentle_now"}, remark="what was said"))
    journal.keep(Sign(person_id=sam.id, moment_id=moment.id, sign="rupture"))
    return sam, moment, journal.keep(Reflection(moment_id=moment.id, for_us="strained"))


def test_when_it_happened_and_when_it_was_written_are_apart(journal: Journal, clock: Clock) -> None:
    tuesday = datetime(2026, 3, 3, 21, 15, tzinfo=timezone(timedelta(hours=8)))
    moment = journal.keep(KeptMoment(happened_at=tuesday))
    assert moment.happened_at == tuesday
    assert moment.happened_at is not None
    assert moment.happened_at.isoformat() == "2026-03-03T21:15:00+08:00", "as the clock on that wall showed it"
    assert moment.written_at == clock.at


def test_what_happened_now_needs_no_time(journal: Journal, clock: Clock) -> None:
    assert journal.keep(CheckIn(energy="low")).happened_at == clock.at


def test_what_was_kept_is_there_after_opening_again(reopened: Reopen) -> None:
    sam, moment, reflection = _month(reopened())
    journal = reopened()
    assert journal.people() == [sam]
    assert journal.moments(sam) == [moment]
    assert journal.get(Reflection, reflection.uid) == reflection


def test_keeping_is_all_or_nothing(journal: Journal) -> None:
    with pytest.raises(Refused):
        journal.keep(KeptMoment(remark="x" * 100_001), person=Person(nickname="Somebody new"))
    assert journal.people() == []
    kept = journal.keep(KeptMoment(remark="short"), person=Person(nickname="Somebody new"))
    assert [person.id for person in journal.people()] == [kept.person_id]


def test_a_draft_is_there_until_what_it_became_is_kept(reopened: Reopen) -> None:
    journal = reopened()
    journal.save_draft("moment", "half a sen")
    journal.save_draft("moment", "half a sentence")
    journal = reopened()
    assert journal.draft("moment") == "half a sentence"
    with pytest.raises(NotThere):
        journal.keep(KeptMoment(person_id=12345), draft="moment")
    assert journal.draft("moment") == "half a sentence"
    journal.keep(KeptMoment(remark="a sentence"), draft="moment")
    assert journal.draft("moment") is None


def test_a_change_touches_only_what_was_named(journal: Journal, clock: Clock) -> None:
    sam, moment, _ = _month(journal)
    clock.pass_days(1)
    journal.change(moment, remark="other words")
    journal.change(moment, did_else="I left")
    now = journal.get(KeptMoment, moment.uid)
    assert (now.remark, now.did_else, now.person_id) == ("other words", "I left", sam.id)
    assert now.written_at == moment.written_at
    assert now.changed_at == clock.at


@pytest.mark.parametrize("name", ["id", "uid", "written_at", "kind", "table", "nothing"])
def test_what_the_journal_gives_cannot_be_changed(journal: Journal, name: str) -> None:
    _, moment, _ = _month(journal)
    with pytest.raises(Refused, match=f"`{name}` cannot be changed; nothing was changed"):
        journal.change(moment, **{name: "x"})


def test_the_trash_takes_what_is_about_it_along_and_gives_it_back(journal: Journal) -> None:
    sam, moment, _ = _month(journal)
    assert journal.trash(sam) == 4
    assert (journal.people(), journal.moments(), journal.search("strained")) == ([], [], [])
    assert len(journal.in_trash()) == 4
    assert journal.put_back(sam) == 4
    assert journal.moments(sam) == [moment]
    assert len(journal.search("strained")) == 1


def test_what_was_in_the_trash_before_stays_in_it(journal: Journal, clock: Clock) -> None:
    sam, _, reflection = _month(journal)
    journal.trash(reflection)
    clock.pass_days(1)
    journal.trash(sam)
    journal.put_back(sam)
    assert [entry.uid for entry in journal.in_trash()] == [reflection.uid]


def test_putting_a_part_back_brings_what_it_is_about(journal: Journal) -> None:
    sam, moment, reflection = _month(journal)
    journal.trash(sam)
    journal.put_back(reflection)
    assert journal.moments(sam) == [moment]
    assert [sign.trashed_at is None for sign in journal.entries(Sign)] == []


def test_nothing_new_is_kept_about_what_is_in_the_trash(journal: Journal) -> None:
    sam, moment, _ = _month(journal)
    journal.trash(sam)
    with pytest.raises(NotThere, match="what it is about is not in the journal, or is in the trash"):
        journal.keep(Reflection(moment_id=moment.id))


def test_undo_takes_back_one_thing_after_another(journal: Journal, clock: Clock) -> None:
    sam, moment, _ = _month(journal)
    journal.change(moment, remark="worse words")
    clock.pass_days(1)
    journal.trash(sam)
    assert {action for action, _ in journal.undo()} == {"put in the trash"}
    assert journal.moments(sam)[0].remark == "worse words"
    assert [action for action, _ in journal.undo()] == ["changed"]
    assert journal.moments(sam) == [moment]
    assert [(action, entry.kind) for action, entry in journal.undo()] == [("kept", "reflections")]
    assert journal.search("strained") == []
    for _ in range(3):
        journal.undo()
    assert journal.undo() == []
    assert journal.people() == []
    assert len(journal.in_trash()) == 4, "undoing deletes nothing"


def test_undo_reaches_back_thirty_days(journal: Journal, clock: Clock) -> None:
    _, moment, _ = _month(journal)
    journal.change(moment, remark="other words")
    clock.pass_days(29.9)
    assert [action for action, _ in journal.undo()] == ["changed"]
    clock.pass_days(0.2)
    assert journal.undo() == []


def test_the_trash_is_emptied_after_thirty_days(reopened: Reopen, clock: Clock) -> None:
    journal = reopened()
    sam, *_ = _month(journal)
    journal.trash(sam)
    clock.pass_days(29)
    assert len(reopened().in_trash()) == 4
    clock.pass_days(2)
    journal = reopened()
    assert journal.in_trash() == []
    with pytest.raises(NotThere):
        journal.put_back(sam)


def test_deleting_for_good_leaves_no_word_anywhere(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Zebulon"))
    other = journal.keep(Person(nickname="Someone else"))
    moment = journal.keep(KeptMoment(person_id=sam.id, remark="zebulonish words"))
    journal.change(moment, remark="zebulonian words")
    journal.keep(Line(words="zebuline", moment_id=moment.id))
    assert journal.erase(sam) == 3
    for rows in everything(journal).values():
        assert "zebul" not in str(rows).lower()
    assert journal.people() == [other]
    assert journal.faults() == []


def test_a_text_goes_with_the_last_moment_that_was_weighed_by_it(journal: Journal) -> None:
    first, second = (journal.keep_text(f"poise: 1 # {n}") for n in range(2))
    moment = journal.keep(KeptMoment(book_sha256=first))
    journal.keep(KeptMoment(book_sha256=second))
    journal.erase(moment)
    assert journal.text(first) is None
    assert journal.text(second) == "poise: 1 # 1"


def test_a_text_is_kept_once(journal: Journal) -> None:
    assert journal.keep_text("poise: 1") == journal.keep_text("poise: 1")
    assert len(everything(journal)["texts"]) == 1


def test_a_hold_on_a_person_stops_deletion_and_the_emptying_of_the_trash(reopened: Reopen, clock: Clock) -> None:
    journal = reopened()
    sam, moment, _ = _month(journal)
    other = journal.keep(Person(nickname="Other"))
    hold = journal.hold(sam, "a request came on 4 March")
    for entry in (sam, moment):
        with pytest.raises(OnHold, match=r"a hold is on it\n  lift the hold first"):
            journal.erase(entry)
    journal.trash(sam)
    journal.trash(other)
    clock.pass_days(40)
    journal = reopened()
    assert {entry.kind for entry in journal.in_trash()} == {"people", "moments", "signs", "reflections"}
    assert journal.holds() == [hold]
    journal.lift(hold)
    assert reopened().in_trash() == []


def test_a_hold_on_everything_stops_all_deletion(reopened: Reopen, clock: Clock) -> None:
    journal = reopened()
    sam, moment, _ = _month(journal)
    journal.change(moment, remark="changed")
    journal.hold(why="a complaint")
    with pytest.raises(OnHold):
        journal.erase(sam)
    clock.pass_days(40)
    assert len(everything(reopened())["changes"]) == 5, "how it was before is held as well"


def test_what_comes_back_is_shown_only_when_asked(journal: Journal) -> None:
    sam, moment, _ = _month(journal)
    later = journal.keep(FollowUp(moment_id=moment.id, due_on=date(2026, 3, 10), waiting_for="a quiet day"))
    assert journal.entries(FollowUp, moment_id=moment.id) == [later]
    assert journal.entries(FollowUp, person_id=sam.id) == []


def test_an_undo_that_cannot_be_says_so_and_changes_nothing(journal: Journal) -> None:
    sam, moment, _ = _month(journal)
    other = journal.keep(Person(nickname="Other"))
    journal.change(moment, person_id=other.id)
    for sign in journal.entries(Sign):
        journal.erase(sign)
    journal.erase(sam)
    before = everything(journal)
    with pytest.raises(Trouble, match="this cannot be undone any more"):
        journal.undo()
    assert everything(journal) == before


def test_an_entry_shows_no_words_where_it_is_printed(journal: Journal) -> None:
    _, moment, _ = _month(journal)
    assert str(moment) == repr(moment) == f"<moments {moment.uid}>"


def test_settings_are_what_they_were_set_to(journal: Journal) -> None:
    assert journal.setting("remarks", otherwise=False) is False
    journal.set("remarks", value=True)
    journal.set("remarks", value={"when": "asked"})
    assert journal.setting("remarks") == {"when": "asked"}


def test_uids_are_unique_and_ids_follow_time(journal: Journal, clock: Clock) -> None:
    first = journal.keep(Person(nickname="A"))
    clock.at -= timedelta(days=400)
    second = journal.keep(Person(nickname="B"))
    assert second.id > first.id, "even where a clock was set back"
    assert len({first.uid, second.uid}) == 2
    assert datetime.fromtimestamp(first.id / 1e6, UTC) == datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
    assert journal.faults() == []
