"""What hindsight teaches, from real journals of simulated persons: proposals, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from poise.journal.entries import KeptMoment, Reflection
from poise.journal.trouble import NotThere, Refused
from poise.learning.proposing import FEWEST
from poise.learning.remembering import Remembered
from poise.practice import Practice
from poise.practice.book_history import WENT_BACK, WRITTEN, ChangedMeanwhile
from poise.practice.hindsight import remembered, understood
from poise.practice.learning import MOST
from poise.practice.proposed import FORGOTTEN, NEW_MOMENTS, PRIVATE, SETTING, TAKEN, Offer, left_out
from poise.practice.telling import proposed as telling

from ..learning.books import TEXT, small
from ..made import PASSPHRASE
from .living import NAME, copied, live, lived

HELD = {"not_online": 3.0, "tired": 3.0}


@pytest.fixture(scope="module")
def ninety(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ninety moments of somebody who holds two guidelines more strongly than they are written."""
    return lived(made, tmp_path_factory.mktemp("lived") / "practice", HELD, 90, 2)


@pytest.fixture
def practice(ninety: Path, tmp_path: Path) -> Iterator[Practice]:
    with copied(ninety, tmp_path / "practice") as opened:
        yield opened


@pytest.fixture
def empty(folder: Path) -> Iterator[Practice]:
    with Practice.open(folder, PASSPHRASE) as opened:
        opened.books.put(NAME, TEXT)
        yield opened


def offer_of(practice: Practice, guideline: str) -> Offer:
    return next(each for each in practice.proposals() if each.proposal.guideline == guideline)


def proposed(practice: Practice) -> set[str]:
    return {each.proposal.guideline for each in practice.proposals()}


def anchored(text: str, guideline: str) -> str:
    return text.replace(f"  {guideline}:\n", f"  {guideline}:\n    anchored: true\n")


# Records


def moment(**more: object) -> KeptMoment:
    kept = {
        "answers": {"harm": "stings"},
        "did": {"toward": "ask"},
        "happened_at": datetime.fromtimestamp(86_400.0, UTC),
    }
    return KeptMoment(**{**kept, **more})  # type: ignore[arg-type]


def said(**words: object) -> Reflection:
    return Reflection(moment_id=1, **words)  # type: ignore[arg-type]


def test_a_moment_and_what_was_said_of_it_become_a_record() -> None:
    kept = moment(forecast="sore", leaning={"steer": True, "lead": {"toward": ["ask"]}})
    found = remembered(kept, [said(for_them="helped, told", for_us="sore", hindsight={"toward": "speak"})], "a1")
    assert found == Remembered(
        {"harm": "stings"},
        {"toward": "ask"},
        {"toward": "speak"},
        outcome=(1 + 1 / 3) / 2,
        relationship="a1",
        at=1.0,
        followed=True,
        forecast="sore",
        came="sore",
    )


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ({}, None),
        ({"for_them": "helped"}, 1.0),
        ({"for_them": "harder, asked"}, 0.0),
        ({"for_them": "harder, guessed"}, None),
        ({"for_them": "they laughed, told", "for_us": "we are fine"}, None),
        ({"for_us": "further", "for_me": "lighter"}, 0.5),
        ({"for_me": "helped"}, None),
    ],
)
def test_only_chosen_words_say_how_it_went_and_a_guess_says_nothing(
    words: dict[str, str], outcome: float | None
) -> None:
    assert remembered(moment(), [said(**words)], None).outcome == outcome


def test_expected_and_came_are_the_same_few_words_or_unknown() -> None:
    own = remembered(moment(forecast="they will sulk"), [said(for_us="they sulked")], None)
    assert (own.forecast, own.came) == ("", "")
    assert remembered(moment(forecast="closer"), [], None).came == ""


def test_the_last_word_counts_and_what_it_leaves_out_is_taken_from_before() -> None:
    last, first = said(for_us="closer"), said(for_us="sore", for_me="heavier", hindsight={"toward": "speak"})
    found = remembered(moment(), [last, first], None)
    assert found.came == "closer"
    assert found.hindsight == {"toward": "speak"}
    assert found.outcome == 0.5
    other = remembered(moment(), [said(hindsight={"else": "laugh"}), first], None)
    assert other.hindsight == {}, "something else in one's own words is not what was said before"


@pytest.mark.parametrize(
    ("did", "leaning", "followed"),
    [
        ({"toward": "ask"}, {"steer": True, "lead": {"toward": ["speak", "ask"]}}, True),
        ({"toward": "ask"}, {"steer": True, "lead": {"toward": ["speak"]}}, False),
        ({"toward": "ask"}, {"steer": False, "lead": {"toward": ["ask"]}}, False),
        ({"toward": "ask", "beside": "with_them"}, {"steer": True, "lead": {"beside": ["with_them"]}}, False),
        ({"beside": "with_them"}, {"steer": True, "lead": {"beside": ["with_them"]}}, True),
        ({}, {"steer": True, "lead": {"toward": ["ask"]}}, False),
        ({"toward": "ask"}, {}, False),
        ({"toward": "ask"}, {"steer": True, "lead": None}, False),
    ],
)
def test_followed_is_what_the_leaning_led_to(did: dict[str, str], leaning: dict[str, object], followed: bool) -> None:
    assert remembered(moment(did=did, leaning=leaning), [], None).followed is followed


def test_a_belief_that_cannot_be_is_no_moment_of_the_book() -> None:
    book = small()
    for belief in ({"new": 0.3}, {"new": "much"}, 3, {"new": float("nan"), "some": 1.0}):
        assert not understood(book, Remembered({"trust": belief}))  # type: ignore[dict-item]
    assert understood(book, Remembered({"trust": {"new": 0.3, "some": 0.7}}))


# Proposals


def test_what_is_held_more_strongly_is_proposed_with_the_moments_behind_it(practice: Practice) -> None:
    found = practice.proposals()
    assert found.enough
    assert {each.proposal.guideline for each in found} <= HELD.keys()
    assert 1 <= len(found) <= 2
    for offer in found:
        assert offer.proposal.up
        assert len(offer.behind) == len(offer.proposal.moments) > len(offer.against)
        at = {"not_online": ("place", "online"), "tired": ("energy", "empty")}[offer.proposal.guideline]
        assert all(each.answers.get(at[0]) == at[1] for each in offer.behind)


def test_below_ten_moments_there_is_not_enough_to_tell(empty: Practice) -> None:
    assert practice_words(empty).startswith("Not enough to tell yet")
    live(empty, HELD, 9, 1)
    assert not empty.proposals().enough
    assert practice_words(empty).startswith("Not enough to tell yet")


def practice_words(practice: Practice) -> str:
    return telling.nothing_words(practice.proposals())


def test_taking_one_writes_one_weight_into_ones_own_book_with_history(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")
    practice.accept(offer)
    text = practice.books.text(NAME)
    assert text == offer.change.after
    assert [line for line in offer.change.difference if line[0] in "+-"] == ["+    weight: 2"]
    assert practice.books.read(NAME).guidelines["not_online"].weight == 2
    assert [step.how for step in practice.books.history(NAME)][-1] == WRITTEN
    before = practice.books.understood(NAME, offer.change.before)
    after = practice.books.read(NAME)
    assert after.guidelines == {
        **before.guidelines,
        "not_online": before.guidelines["not_online"]._replace(weight=2.0),
    }
    assert after.bounds == before.bounds


def test_what_was_taken_is_not_proposed_again_from_the_same_moments(practice: Practice) -> None:
    practice.accept(offer_of(practice, "not_online"))
    assert "not_online" not in proposed(practice)
    for _ in range(NEW_MOMENTS - 1):
        practice.keep(answers={"place": "online"}, did="later")
    assert practice.learned().weights["not_online"] > 2
    assert "not_online" not in proposed(practice)


def test_what_was_taken_can_be_proposed_further_once_there_are_new_moments(practice: Practice) -> None:
    taken = practice.accept(offer_of(practice, "not_online"))
    day = datetime.fromisoformat(taken.at).timestamp() / 86_400
    before, after = [day - each for each in range(90)], [day + 1 + each for each in range(NEW_MOMENTS)]
    assert left_out([taken], before + after[1:]) == {"not_online"}
    assert left_out([taken], before + after) == set()
    assert left_out([replace(taken, what=FORGOTTEN)], before + after) == {"not_online"}
    assert NEW_MOMENTS == FEWEST


def test_undoing_gives_the_text_back_to_the_letter_and_proposes_again(practice: Practice) -> None:
    before = practice.books.text(NAME)
    taken = practice.accept(offer_of(practice, "not_online"))
    practice.take_back(taken)
    assert practice.books.text(NAME) == before
    assert practice.books.history(NAME)[-1].how == WENT_BACK
    assert "not_online" in proposed(practice)
    assert practice.proposals().answered == ()


def test_undoing_after_the_book_was_written_on_changes_that_weight_alone(practice: Practice) -> None:
    taken = practice.accept(offer_of(practice, "not_online"))
    text = practice.books.text(NAME)
    practice.books.rewrite(NAME, text.replace("Not online", "Not on a screen"), instead_of=taken.after)
    practice.take_back(taken)
    found = practice.books.read(NAME).guidelines["not_online"]
    assert (found.say, found.weight) == ("Not on a screen", 1.0)


@pytest.mark.parametrize("other", [("weight: 2", "weight: 3"), ("  not_online:", "  not_there:")])
def test_undoing_what_is_otherwise_by_now_is_refused_and_nothing_changes(
    practice: Practice, other: tuple[str, str]
) -> None:
    taken = practice.accept(offer_of(practice, "not_online"))
    text = practice.books.text(NAME).replace(*other)
    practice.books.rewrite(NAME, text, instead_of=taken.after)
    with pytest.raises(Refused, match="nothing was changed"):
        practice.take_back(taken)
    assert practice.books.text(NAME) == text
    assert practice.proposals().answered == (taken,)


@pytest.mark.parametrize("what", [PRIVATE, FORGOTTEN])
def test_what_was_kept_private_or_forgotten_leaves_the_book_and_is_not_proposed_until_undone(
    practice: Practice, what: str
) -> None:
    before, offer = practice.books.text(NAME), offer_of(practice, "not_online")
    answered = practice.keep_private(offer) if what == PRIVATE else practice.forget(offer)
    assert answered.what == what
    assert practice.books.text(NAME) == before
    assert "not_online" not in proposed(practice)
    assert practice.proposals().answered == (answered,)
    practice.take_back(answered)
    assert "not_online" in proposed(practice)
    with pytest.raises(NotThere):
        practice.take_back(answered)


def test_answers_are_still_there_after_locking(practice: Practice) -> None:
    practice.forget(offer_of(practice, "not_online"))
    folder = practice.journal.vault.folder
    practice.lock()
    with Practice.open(folder, PASSPHRASE) as again:
        assert "not_online" not in proposed(again)


def test_an_answer_for_one_book_says_nothing_about_another(practice: Practice) -> None:
    practice.forget(offer_of(practice, "not_online"))
    practice.books.put("another", TEXT)
    assert practice.proposals().answered == ()
    assert not practice.proposals().enough, "moments kept by one book are not moments of another"


@pytest.mark.long
def test_proposals_point_the_way_of_what_the_person_really_holds(made: Path, tmp_path: Path) -> None:
    right = wrong = 0
    for seed, (more, less) in enumerate([("not_online", "tired"), ("tired", "between_us"), ("between_us", "serious")]):
        folder = lived(made, tmp_path / str(seed), {more: 3.0, less: 0.2}, 120, seed)
        with Practice.open(folder, PASSPHRASE) as practice:
            for each in practice.proposals():
                told = {more: True, less: False}.get(each.proposal.guideline)
                right, wrong = right + (told is each.proposal.up), wrong + (told is not each.proposal.up)
    assert right >= 3
    assert wrong <= 1


# Safety


def test_an_offer_that_was_not_made_is_refused(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")
    forged = replace(offer, proposal=replace(offer.proposal, guideline="cardinal", new=0.25))
    for answer in (practice.accept, practice.keep_private, practice.forget):
        with pytest.raises(Refused, match="nothing was changed"):
            answer(forged)
        with pytest.raises(Refused):
            answer(replace(offer, proposal=replace(offer.proposal, new=9.0)))
    assert practice.books.text(NAME) == TEXT
    assert practice.proposals().answered == ()


def test_many_taps_at_once_are_one_answer(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")

    def tap(answer: int) -> bool:
        try:
            (practice.accept, practice.keep_private, practice.forget)[answer % 3](offer)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as taps:
        assert sum(taps.map(tap, range(12))) == 1
    assert len(practice.proposals().answered) == 1


def test_an_offer_whose_change_was_tampered_with_writes_what_was_proposed(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")
    tampered = replace(offer, change=replace(offer.change, after=TEXT.replace("anchored: true", "anchored: false")))
    practice.accept(tampered)
    assert practice.books.text(NAME) == offer.change.after


def test_what_is_anchored_is_never_proposed(practice: Practice) -> None:
    text = anchored(TEXT, "not_online")
    practice.books.rewrite(NAME, text, instead_of=offer_of(practice, "not_online").sha256)
    assert "not_online" not in proposed(practice)
    learned = practice.learned()
    assert learned.weights["not_online"] == 1.0
    assert learned.weights["cardinal"] == 1.0
    assert learned.weights_sd["cardinal"] == 0.0


def test_once_the_book_is_written_on_an_older_offer_is_refused(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")
    text = TEXT.replace("Not online", "Not on a screen")
    practice.books.rewrite(NAME, text, instead_of=offer.sha256)
    with pytest.raises((Refused, ChangedMeanwhile)):
        practice.accept(offer)
    assert practice.books.text(NAME) == text
    assert practice.books.read(NAME).guidelines["not_online"].weight == 1
    practice.accept(offer_of(practice, "not_online"))
    assert practice.books.read(NAME).guidelines["not_online"].weight == 2


def test_more_letting_be_is_never_proposed_from_habit_alone(practice: Practice) -> None:
    assert "tired" in proposed(practice)
    for each in list(practice.every(Reflection)):
        practice.journal.change(each, hindsight={})
    assert practice.learned().weights["tired"] > 1.25
    assert "tired" not in proposed(practice)


def test_what_was_done_along_with_the_leaning_counts_little(empty: Practice) -> None:
    for _ in range(30):
        kept = empty.keep(answers={"place": "online"}, did="later")
        assert kept.leaning["lead"]["toward"] == ["later"]
    assert all(record.followed for record in empty.learned().evidence.records)
    assert proposed(empty) == set()


# What it rests on


def test_it_is_worked_out_once_and_again_when_something_is_otherwise(practice: Practice) -> None:
    learned = practice.learned()
    assert practice.learned() is learned
    kept = practice.keep(answers={"place": "online"}, did="speak")
    more = practice.learned()
    assert more is not learned
    assert len(more.evidence.records) == 91
    practice.reflect(kept, hindsight="later")
    assert practice.learned().evidence.records[-1].hindsight == {"toward": "later"}
    practice.journal.trash(kept)
    assert practice.learned().evidence.records == learned.evidence.records


def test_locking_drops_what_was_worked_out(practice: Practice) -> None:
    practice.learned()
    practice.lock()
    assert practice._known is None


def test_only_the_last_thousand_moments_are_read(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 1_000
    monkeypatch.setattr("poise.practice.learning.MOST", 12)
    live(empty, {}, 15, 1)
    records = empty.learned().evidence.records
    assert len(records) == 12
    assert [record.at for record in records] == sorted(record.at for record in records)
    assert records[-1].at == pytest.approx((empty.journal.now() - timedelta(days=2)).timestamp() / 86_400, abs=1.01)


def test_a_moment_that_was_brought_in_crooked_stops_nothing(practice: Practice) -> None:
    (last, *_) = practice.moments()
    before = len(practice.learned().evidence.records)
    practice.journal.change(last, answers={"trust": {"new": 5.0}, "harm": "unheard of", "gone": "x"})
    assert len(practice.learned().evidence.records) == before - 1
    assert practice.proposals().enough


def test_a_setting_that_says_nothing_is_no_answer(practice: Practice) -> None:
    for nonsense in ("words", 3, [1, {"what": "taken"}, {"what": "eaten", "number": 1}], {"a": 1}):
        practice.journal.set(SETTING, nonsense)
        assert practice.proposals().answered == ()
    assert "not_online" in proposed(practice)


# Habit and forecasts


def test_letting_be_that_hindsight_does_not_share_is_pointed_out(empty: Practice) -> None:
    assert empty.drift() is None
    for _ in range(8):
        kept = empty.keep(answers={"harm": "serious"}, did="let_be")
        empty.reflect(kept, hindsight="speak")
    found = empty.drift()
    assert found is not None
    assert len(found.otherwise) == 8


def test_expected_and_came_are_counted_from_ones_own_record_in_words(empty: Practice) -> None:
    for expected, came in (("further", "same"), ("further", "further"), ("further", "closer"), ("a row", "a row")):
        kept = empty.keep(answers={"harm": "stings"}, person="Sam", forecast=expected)
        empty.reflect(kept, for_us=came)
    (found,) = empty.forecasts()
    assert (found.word, len(found.came), len(found.otherwise)) == ("further apart", 1, 2)


# In words


def test_what_became_of_it_is_said_and_a_forgotten_one_says_no_more(practice: Practice) -> None:
    offer = offer_of(practice, "not_online")
    book = practice.books.read()
    for answer, words in (
        (practice.keep_private, "Kept to yourself, and the book is as it was: let it pull about twice as hard as"),
        (practice.forget, "Forgotten, and the book is as it was."),
    ):
        answered = answer(offer)
        called, done = telling.answered_words(book, answered)
        assert called == "“Not online”"
        assert done.startswith(words)
        practice.take_back(answered)
    gone = replace(practice.accept(offer), guideline="not_there")
    assert telling.answered_words(book, gone)[0] == "A guideline that is not in the book any more"
    assert set(telling.WAYS) == set(telling.DONE) == set(telling.UNDONE) == {TAKEN, PRIVATE, FORGOTTEN}
