from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException
from sqlalchemy import insert

from poise.journal.entries import KeptMoment, Person
from poise.journal.tables import people
from poise.journal.team import TeamJournal
from poise.journal.trouble import Refused

from ..postgres.team import PASSPHRASE, ROLES, Team

MARKER = "quixotic_marker_zyzzyva"


@pytest.fixture
def kim(team: Team) -> Iterator[TeamJournal]:
    with team.joined() as journal:
        yield journal


def _done(journal: TeamJournal) -> list[tuple[str, str, list[int]]]:
    """What the audit says, the first first, less what it said before this was asked."""
    return [(link.action, link.kind, link.entries) for link in journal.audit()][::-1]


def test_joining_and_opening_are_noted_with_who_and_when(team: Team) -> None:
    journal = team.joined()
    name = next(member.name for member in team.steward.members()[::-1])
    links = journal.audit()[::-1]
    assert [(link.action, link.actor) for link in links] == [
        ("invited", None),
        ("joined", journal.vault.member),
        ("keys", journal.vault.member),
    ]
    assert all(abs((datetime.now(UTC) - link.at).total_seconds()) < 600 for link in links)
    assert name
    journal.lock()


def test_opening_again_and_another_passphrase_are_noted(team: Team) -> None:
    name = team.member()
    with TeamJournal.open(team.url(), name, PASSPHRASE) as journal:
        journal.vault.change_passphrase(PASSPHRASE, "another lantern")
        assert [action for action, _, _ in _done(journal)][-2:] == ["opened", "keys"]


def test_what_is_written_and_what_is_read_is_noted_by_its_id(kim: TeamJournal) -> None:
    sam = kim.keep(Person(nickname="Sam"))
    first, second = (kim.keep(KeptMoment(person_id=sam.id, remark=f"words {n}")) for n in range(2))
    kim.change(first, remark="other words")
    kim.moments(sam)
    kim.get(KeptMoment, second.uid)
    kim.trash(second)
    kim.erase(second)
    assert _done(kim)[3:] == [
        ("kept", "people", [sam.id]),
        ("kept", "moments", [first.id]),
        ("kept", "moments", [second.id]),
        ("changed", "moments", [first.id]),
        ("read", "moments", [first.id, second.id]),
        ("read", "moments", [second.id]),
        ("changed", "moments", [second.id]),
        ("erased", "moments", [second.id]),
    ]


def test_a_search_notes_what_it_found_and_its_index_what_it_took_in(kim: TeamJournal) -> None:
    found, other = kim.keep(KeptMoment(remark="lantern")), kim.keep(KeptMoment(remark="plum"))
    kim.search("lantern")
    third = kim.keep(KeptMoment(remark="lantern"))
    kim.search("lantern")
    assert _done(kim)[5:] == [
        ("indexed", "moments", [found.id, other.id]),
        ("read", "moments", [found.id]),
        ("kept", "moments", [third.id]),
        ("indexed", "moments", [third.id]),
        ("read", "moments", [found.id, third.id]),
    ]


def test_of_very_many_entries_the_first_and_the_last_are_named_and_how_many(kim: TeamJournal) -> None:
    at = kim.now()
    rows = [
        {"id": n, "uid": f"{n}", "written_at": at, "changed_at": at, "nickname": "Sam", "relation": "", "trust_for": ""}
        for n in range(1, 1002)
    ]
    with kim.vault.writing() as connection:
        connection.execute(insert(people), rows)
    assert len(kim.people()) == 1001
    (link,) = kim.audit(most=1)
    assert (link.action, link.count, link.entries) == ("read", 1001, [1, 1001])


def test_what_was_not_kept_is_not_noted(kim: TeamJournal) -> None:
    before = _done(kim)
    with pytest.raises(Refused):
        kim.keep(KeptMoment(remark="x" * 100_001), person=Person(nickname="Sam"))
    assert _done(kim) == before


def test_the_audit_holds_no_word(team: Team, kim: TeamJournal) -> None:
    sam = kim.keep(Person(nickname=MARKER))
    kim.keep(KeptMoment(person_id=sam.id, remark=MARKER, did={MARKER: MARKER}))
    kim.search(MARKER)
    assert MARKER not in str(team.ask("SELECT * FROM audit"))


def test_who_it_concerns_sees_it_and_no_other_member(team: Team, kim: TeamJournal) -> None:
    kim.keep(Person(nickname="Sam"))
    with team.joined() as lee:
        assert {link.member for link in lee.audit()} == {lee.vault.member}
    assert {link.member for link in kim.audit()} == {kim.vault.member}


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
@pytest.mark.parametrize("role", ["poise_app", "poise_steward", "poise_backup", "poise_owner", "the superuser"])
def test_nobody_changes_it_or_takes_from_it(team: Team, kim: TeamJournal, statement: str, role: str) -> None:
    before = kim.audit()
    as_owner = {"becoming": role} if role == "poise_owner" else {}
    how = {"role": role} if role in ROLES else as_owner
    with pytest.raises((InsufficientPrivilege, RaiseException)):
        team.ask(statement, **how)
    assert kim.audit() == before


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit (action, kind, count) VALUES ('kept', 'people', 1)",
        "INSERT INTO audit (action, kind, count, actor) VALUES ('read', 'people', 1, gen_random_uuid())",
        "INSERT INTO audit (action, kind, count, member) VALUES ('read', 'people', 1, gen_random_uuid())",
        "INSERT INTO audit (action, kind, count, at) VALUES ('read', 'people', 1, now() - interval '1 year')",
        "INSERT INTO audit (action, kind, count, n) VALUES ('read', 'people', 1, 0)",
        "INSERT INTO audit (action, kind, count, hash) VALUES ('read', 'people', 1, '')",
    ],
)
def test_a_program_notes_its_own_reading_and_nothing_else(team: Team, kim: TeamJournal, statement: str) -> None:
    with psycopg.connect(team.url(), options="-c search_path=poise") as connection:
        given = (str(kim.vault.member), kim.vault.seal.proof.hex())
        connection.execute("SELECT set_config('poise.member', %s, true), set_config('poise.proof', %s, true)", given)
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit SET action = 'read' WHERE n = 4 AND member = %s", 4),
        ("UPDATE audit SET entries = '{1}' WHERE n = 5 AND member = %s", 5),
        ("UPDATE audit SET at = at - interval '1 day' WHERE n = 1 AND member = %s", 1),
        ("UPDATE audit SET actor = NULL WHERE n = 2 AND member = %s", 2),
        ("DELETE FROM audit WHERE n = 3 AND member = %s", 3),
        ("DELETE FROM audit WHERE n = 1 AND member = %s", 1),
        ("UPDATE audit SET n = 100 WHERE n = 6 AND member = %s", 6),
        ("UPDATE audit SET hash = '', previous = '' WHERE n = 2 AND member = %s", 2),
    ],
)
def test_a_link_that_was_changed_or_is_missing_is_named_by_the_server_and_by_whom_it_concerns(
    team: Team, tampering: str, broken: int
) -> None:
    with team.joined() as kim, team.joined() as lee:
        for number in range(3):
            kim.keep(Person(nickname=str(number)))
            lee.keep(Person(nickname=str(number)))
        assert kim.faults() == []
        assert str(kim.vault.member) not in team.steward.broken_links()
        with psycopg.connect(team.server.url(team.database), options="-c search_path=poise") as connection:
            connection.execute("SET session_replication_role = replica")
            assert connection.execute(tampering.encode(), (kim.vault.member,)).rowcount == 1
        assert kim.faults() == [f"link {broken} of the audit was changed, or is missing"]
        assert lee.faults() == []
        found = team.steward.broken_links()
        assert (found[str(kim.vault.member)], str(lee.vault.member) in found) == (broken, False)


def test_the_steward_counts_over_all_and_sees_no_one(another_team: Callable[[], Team]) -> None:
    team = another_team()
    for name in ("Kim", "Lee"):
        with team.joined(name) as journal:
            journal.keep(Person(nickname="Sam"))
    counts = team.steward.audit_counts()
    assert counts["kept", "people"] == 2
    assert counts["joined", "members"] == 2
    assert [member.name for member in team.steward.members()] == ["Kim", "Lee"]


def test_the_pages_of_the_audit_hold_every_link_once(kim: TeamJournal) -> None:
    for number in range(7):
        kim.keep(Person(nickname=str(number)))
    first = kim.audit(most=4)
    second = kim.audit(before=first[-1], most=4)
    third = kim.audit(before=second[-1], most=4)
    assert [link.n for link in (*first, *second, *third)] == [*range(10, 0, -1)]
