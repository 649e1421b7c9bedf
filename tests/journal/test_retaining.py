"""What is older than it is kept: against a plain walk over everything that is about an entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poise.journal.entries import CheckIn, Entry, FollowUp, KeptMoment, Line, Person, Reflection, Sign
from poise.journal.journal import Journal
from poise.journal.keeping.referring import Ids
from poise.journal.keeping.retaining import let_go, outlived, years_before
from poise.journal.tables import metadata

from .conftest import Clock

START = datetime(2000, 1, 1, tzinfo=UTC)


def _outlived(journal: Journal, before: datetime) -> Ids:
    with journal.vault.reading() as connection:
        return outlived(connection, before)


def _times(entry: Entry) -> list[datetime]:
    names = ("written_at", "changed_at", "happened_at", "ends_at", "done_at")
    found = [at for name in names if (at := getattr(entry, name, None))]
    day = getattr(entry, "due_on", None)
    return [*found, datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)] if day else found


def _goes(entry: Entry, every: list[Entry], before: datetime) -> bool:
    """Nothing in it, and nothing about it, lies after that day."""
    column = {"people": "person_id", "moments": "moment_id"}.get(entry.kind)
    about = [other for other in every if column and getattr(other, column, None) == entry.id and not other.trashed_at]
    return max(_times(entry)) < before and not entry.trashed_at and all(_goes(other, every, before) for other in about)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_it_is_what_has_no_later_day_in_it_or_about_it(journal: Journal, clock: Clock, data: st.DataObject) -> None:
    with journal.vault.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    years = st.integers(0, 20)
    person_ids: list[int] = []
    moment_ids: list[int] = []
    every: list[Entry] = []
    for _ in range(data.draw(st.integers(1, 8))):
        clock.at = START + timedelta(days=366 * data.draw(years))
        entry = data.draw(_entry(person_ids, moment_ids, clock.at))
        kept = journal.keep(entry)
        person_ids += [kept.id] if isinstance(kept, Person) else []
        moment_ids += [kept.id] if isinstance(kept, KeptMoment) else []
        every.append(kept)
    clock.at = START + timedelta(days=366 * 25)
    if data.draw(st.booleans()):
        journal.trash(data.draw(st.sampled_from(every)))
    every = [journal.get(type(entry), entry.uid) for entry in every]
    before = START + timedelta(days=366 * data.draw(years) + 1)
    found = _outlived(journal, before)
    assert found == {
        kind: ids
        for kind in {entry.kind for entry in every}
        if (ids := {entry.id for entry in every if entry.kind == kind and _goes(entry, every, before)})
    }
    with journal.vault.writing() as connection:
        assert let_go(connection, found, clock.at) == sum(map(len, found.values()))
    assert {entry.id for entry in journal.in_trash()} >= {number for ids in found.values() for number in ids}


@st.composite
def _entry(draw: st.DrawFn, person_ids: list[int], moment_ids: list[int], at: datetime) -> Entry:
    """An entry about what is there already."""
    person: Any = draw(st.sampled_from([None, *person_ids]))
    moment: Any = draw(st.sampled_from([None, *moment_ids]))
    choices: list[Entry] = [Person(nickname="Sam"), KeptMoment(person_id=person), CheckIn(), Line(words="Ouch.")]
    choices.append(
        FollowUp(person_id=person, moment_id=moment, due_on=(at + timedelta(days=draw(st.integers(0, 900)))).date())
    )
    choices += [Reflection(moment_id=moment)] if moment else []
    choices += [Sign(person_id=person, moment_id=moment, sign="repair")] if person else []
    return draw(st.sampled_from(choices))


def test_what_is_held_stays(journal: Journal, clock: Clock) -> None:
    sam = journal.keep(Person(nickname="Sam"))
    journal.keep(KeptMoment(person_id=sam.id))
    other = journal.keep(CheckIn())
    later = clock.at + timedelta(days=1)
    hold = journal.hold(sam)
    assert _outlived(journal, later) == {"check_ins": {other.id}}
    journal.hold()
    assert _outlived(journal, later) == {}
    journal.lift(hold)
    assert _outlived(journal, later) == {}


@pytest.mark.parametrize(
    ("at", "years", "before"),
    [("2026-03-04", 7, "2019-03-04"), ("2024-02-29", 1, "2023-02-28"), ("2024-02-29", 4, "2020-02-29")],
)
def test_years_are_years_of_the_calendar(at: str, years: int, before: str) -> None:
    assert years_before(datetime.fromisoformat(at), years) == datetime.fromisoformat(before)
