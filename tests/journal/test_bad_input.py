from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from poise.journal.entries import Entry, FollowUp, KeptMoment, Person, Rest, Sign
from poise.journal.journal import Journal
from poise.journal.trouble import Refused

from .conftest import everything

EVERYWHERE = True


@contextmanager
def _refused(journal: Journal, message: str) -> Iterator[None]:
    before = _counts(journal)
    with pytest.raises(Refused, match=message):
        yield
    assert _counts(journal) == before


def _counts(journal: Journal) -> dict[str, int]:
    return {name: len(rows) for name, rows in everything(journal).items()}


@pytest.mark.parametrize("name", ["🌧", "👩🏽‍🤝‍👨🏻", "M.", "李", "ب", "x" * 80])
def test_a_nickname_can_be_an_emoji_or_one_letter_in_any_script(journal: Journal, name: str) -> None:
    assert journal.keep(Person(nickname=name)).nickname == name
    assert [person.nickname for person in journal.people()] == [name]


def test_a_backslash_is_a_sign_like_any_other(journal: Journal) -> None:
    answers = {"place": r"a\u0000 \b \\u0000", r"\f": "x\ny"}
    assert journal.keep(KeptMoment(answers=answers)).answers == answers


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Person(nickname=""), r"the nickname is empty\n  nothing was kept; a letter or an emoji is enough"),
        (Person(nickname="  \t"), "the nickname is empty"),
        (Person(nickname="x" * 81), "the nickname is 81 characters long; 80 can be kept"),
        (Person(nickname="a\nb"), "the nickname is more than one line"),
        (Person(nickname="a\u2028b"), "the nickname is more than one line"),
        (Person(nickname="a\x00b"), "the nickname has a sign in it that cannot be shown"),
        (Person(nickname="a\ud800b"), "the nickname has a sign in it that cannot be shown"),
        (Person(nickname="a\x1b[31mb"), "the nickname has a sign in it that cannot be shown"),
        (KeptMoment(remark="x" * 10_000_000), "`remark` is 10,000,000 characters long; 100,000 can be kept"),
        (KeptMoment(remark="so\x00"), "`remark` has a sign in it that cannot be shown"),
        (KeptMoment(answers={"place": "a\x00"}), "`answers` cannot be kept as it is"),
        (KeptMoment(answers={"place": "a\\\x00"}), "`answers` cannot be kept as it is"),
        (KeptMoment(answers={"a\x1b": "x"}), "`answers` cannot be kept as it is"),
        (KeptMoment(answers={"trust": {"new": float("nan")}}), "`answers` holds something that cannot be written down"),
        (KeptMoment(answers={"place": "x" * 60_000}), "`answers` cannot be kept as it is"),
        (KeptMoment(whose="nobody's"), "`whose` is one of theirs, mine"),
        (
            KeptMoment(happened_at=datetime(9999, 12, 31, tzinfo=UTC)),
            r"lies in the future: 9999-12-31\n  .*the year",
        ),
        (KeptMoment(happened_at=datetime(1, 1, 1, tzinfo=UTC)), "when it happened lies before 1900"),
        (KeptMoment(happened_at=datetime(2026, 1, 1)), "when it happened is not a time on a known clock"),  # noqa: DTZ001
        (Sign(person_id=1, sign="falling out"), "`sign` is one of rating, rupture, repair"),
        (FollowUp(due_on=date(9999, 1, 1)), r"the day to come back is 9999-01-01\n  .*look at the year"),
        (Rest(ends_at=datetime(9999, 1, 1, tzinfo=UTC)), "`ends_at` lies in the future"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_changes_nothing(
    journal: Journal, entry: Entry, message: str
) -> None:
    with _refused(journal, message):
        journal.keep(entry)


@pytest.mark.parametrize("value", [None, 7, b"bytes", ["list"]])
def test_what_is_not_text_is_refused(journal: Journal, value: Any) -> None:
    with _refused(journal, "`remark` is not text\n  nothing was kept"):
        journal.keep(KeptMoment(remark=value))


def test_a_change_is_checked_like_a_new_entry(journal: Journal) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    with _refused(journal, "the nickname is empty"):
        journal.change(sam, nickname=" ")
    assert journal.people() == [sam]


def test_a_remark_of_many_lines_comes_back_as_it_was(journal: Journal) -> None:
    for remark in ("a\nb\r\nc\n", "\ttab", "“quotes” — 🌧", "x" * 100_000, "e\u0301 stays apart", "  spaces  "):
        moment = journal.keep(KeptMoment(remark=remark))
        assert journal.get(KeptMoment, moment.uid).remark == remark


def test_a_draft_has_an_end_too(journal: Journal) -> None:
    with _refused(journal, "`body` is 1,000,001 characters long"):
        journal.save_draft("moment", "x" * 1_000_001)
    with _refused(journal, "`body` has a sign in it"):
        journal.save_draft("moment", "\x00")


def test_what_happens_tomorrow_morning_elsewhere_is_not_in_the_future(journal: Journal) -> None:
    at = datetime(2026, 3, 4, 19, 30, tzinfo=UTC) + timedelta(hours=14)
    assert journal.keep(KeptMoment(happened_at=at)).happened_at == at
